"""A duty that was found broken stays found: what is done afterwards makes it late, and no more."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import convert, structs

from shouwen.core.deadlines.clock_table import clocks
from shouwen.core.duties import DUTIES
from shouwen.core.duties.findings import done_late, findings
from shouwen.core.inquiry.events import Escalate, Issue, Urge
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.regulation.schema import Duty
from shouwen.core.rulebook import Rules
from tests.core.deadlines.test_laws import ACTS as CLOCK_ACTS
from tests.support.clock import CALENDAR, at
from tests.support.duty_cases import BOOK, OFFICE, POLICY
from tests.support.records import event, handoff, inquiry

START = at("23 09:00")
# What may be done about a duty; taking back and putting right undo what was never so.
ACTS = {
    name: act
    for name, act in CLOCK_ACTS.items()
    if name not in ("更正", "改范围", "批准更正", "退回", "回访", "并案")
} | {
    "不在": lambda t: handoff(t, "规划科", mode="告知联系方式", absent="开会"),
    "请示": lambda t: event(Escalate, t, to="heping", text="怎么办"),
    "报市局": lambda t: event(Escalate, t, to="市局", text="怎么办"),
    "催办": lambda t: event(Urge, t),
    "出具": lambda t: event(Issue, t, form="回执单"),
}  # fmt: skip
# Who answers another's matter himself, though late, sends nobody away: that has the limit of the work.
SETTLED_OTHERWISE = {"sent_away"}
RULES = {
    duty: told.get("rule") or next((c["rule"] for c in told.values() if "rule" in c), {})
    for book in BOOK.values()
    for duty, told in book.items()
}


def found(name: str, events, now) -> list:
    """What one duty finds on a record of some acts, as of a moment."""
    duty = convert({"article": "一", **RULES.get(name, {})}, Duty)
    rules = Rules(structs.replace(POLICY, duties={name: duty}), OFFICE, CALENDAR)
    state = replay(inquiry(*events))
    return [f for f in findings(rules, state, clocks(rules, state, now), now) if f.name == DUTIES[name].title]


TIMES = st.lists(st.integers(0, 20 * 24 * 60), min_size=1, max_size=7, unique=True).map(sorted)


@pytest.mark.parametrize(
    "name", sorted(n for n, k in DUTIES.items() if k.find and n not in SETTLED_OTHERWISE)
)
@given(TIMES, st.data())
@settings(max_examples=30)
def test_what_was_found_broken_is_not_forgotten(name, times, data):
    """Whatever was found three working days after the last act is found after any further act, if only as late."""
    events = [
        data.draw(st.sampled_from(sorted(ACTS)).map(ACTS.get))(START + timedelta(minutes=n)) for n in times
    ]
    cut = data.draw(st.integers(0, len(events)))
    before = [*events[:cut]]
    moment = max([e.at for e in before], default=START) + timedelta(days=9)
    later = [structs.replace(e, at=e.at + timedelta(days=9)) for e in events[cut:]]
    if found(name, before, moment):
        assert found(name, [*before, *later], moment + timedelta(days=60))


EVERY = {
    name: convert({"article": "一" if n % 2 else "默认", **RULES.get(name, {})}, Duty)
    for n, name in enumerate(sorted(n for n, k in DUTIES.items() if k.find))
}


@given(TIMES, st.data())
@settings(max_examples=200)
def test_what_reports_count_as_late_is_what_show_says(times, data):
    """Reports of many inquiries pass over what cannot be late: they leave out nothing that `show` tells as late."""
    events = [
        data.draw(st.sampled_from(sorted(ACTS)).map(ACTS.get))(START + timedelta(minutes=n // 4))
        for n in times
    ]
    now = START + timedelta(days=90)
    rules, state = Rules(structs.replace(POLICY, duties=EVERY), OFFICE, CALENDAR), replay(inquiry(*events))
    running = clocks(rules, state, now)
    shown = [f for f in findings(rules, state, running, now) if f.late]
    assert [one.finding for one in done_late(rules, state, running, now)] == shown
    for one in done_late(rules, state, running, now):
        assert one.finding.due < one.done <= now and one.whose.department and one.late == one.finding.late
