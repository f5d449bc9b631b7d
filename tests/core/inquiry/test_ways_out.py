"""No lawful act leads to where nothing leads on: from every state reached there is a way to close."""

from collections import deque
from datetime import timedelta

from shouwen.core.deadlines.clock_table import clocks
from shouwen.core.duties.findings import findings
from shouwen.core.inquiry.events import act_of
from shouwen.core.inquiry.lifecycle import CLOSED, PHASES, replay, why_not
from tests.core.deadlines.test_laws import ACTS, RULES
from tests.support.clock import at
from tests.support.records import close, inquiry

START = at("23 09:00")
STEP = timedelta(hours=7)  # every few steps a limit has run out
DEPTH = 7


def standing(state, found):
    """What a state is told apart by: where it stands, what is found, what has run out."""
    return (
        state.phase, frozenset(act_of(kind) for kind in state.waiting), bool(state.pending and state.pending.designated),
        frozenset(f.name for f in found), bool(state.closes),
    )  # fmt: skip


def judged(events, now):
    """(state, refusing findings, all findings) of a history."""
    state = replay(inquiry(*events))
    found = findings(RULES[0], state, clocks(RULES[0], state, now), now)
    return state, found


def explored():
    """One history for each state that lawful acts lead to, the shortest first."""
    queue, seen = deque([()]), {}
    while queue:
        events = queue.popleft()
        now = START + STEP * (len(events) + 1)
        state, found = judged(events, now)
        key = standing(state, found)
        if key in seen:
            continue
        seen[key] = events
        if len(events) < DEPTH:
            for make in ACTS.values():
                event = make(now)
                if not why_not(state, event):
                    queue.append((*events, event))
    return seen


def test_from_every_state_there_is_a_way_to_close():
    """Every phase with every finding that lawful acts bring about: a result, or a redo, is accepted."""
    seen = explored()
    assert {key[0] for key in seen} == set(PHASES) and len(seen) > 40
    for key, events in seen.items():
        now = START + STEP * (len(events) + 1)
        state, before = judged(events, now)
        last = ACTS["重办"](now) if state.phase == CLOSED else close(now)
        assert why_not(state, last) == "", key
        after, found = judged((*events, last), now)
        new = [f for f in found if f.refuse and f.event in ("", last.id) and f not in before]
        assert new == [] and last in after.events, key
