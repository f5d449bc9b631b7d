"""A calendar that changes: what runs is moved, what had run out or ended stands, both verdicts are told."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from shouwen.core.deadlines.clock_table import clocks
from shouwen.core.deadlines.explain import why_due
from shouwen.core.deadlines.lateness import late_by, same_day_due
from shouwen.core.deadlines.working_days import Calendar, Notice
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.rulebook import Rules
from tests.core.deadlines.test_laws import ACTS, END, RULE, RULES, START, histories, paused
from tests.support.clock import CALENDAR, at, changed
from tests.support.records import close, inquiry, with_limits

OFF = date(2026, 11, 25)  # a Wednesday, the second of three working days from Monday the 23rd
SATURDAY = date(2026, 11, 28)
THREE, FIVE = with_limits(办结={"workdays": 3}), with_limits(办结={"workdays": 5})


def told(rules: Rules, *notices: Notice) -> Rules:
    """The same rules with what was made known of the calendar."""
    return structs.replace(rules, calendar=changed(*notices))


def off(since: str) -> Notice:
    """The Wednesday off, made known at a moment."""
    return Notice(at(since), off=frozenset({OFF}))


def works(since: str) -> Notice:
    """The Saturday a working day, made known at a moment."""
    return Notice(at(since), work=frozenset({SATURDAY}))


def outer(rules: Rules, now: str, *events):
    """The clock of the work as of a moment."""
    return next(c for c in clocks(rules, replay(inquiry(*events)), at(now)) if c.name == "办结")


@pytest.mark.parametrize(
    ("since", "now", "due", "late", "other"),
    [
        ("24 10:00", "28 09:00", "27 17:30", True, None),
        ("26 17:30", "27 09:00", "27 17:30", False, None),
        ("26 17:31", "27 09:00", "26 17:30", True, "27 17:30"),
        ("30 09:00", "30 10:00", "26 17:30", True, "27 17:30"),
        ("2026-12-01 09:00", "30 10:00", "26 17:30", True, None),
    ],
)
def test_a_day_off_moves_what_still_runs_and_nothing_else(since, now, due, late, other):
    """Known to the minute of the expiry it moves the limit; a minute later it only stands beside."""
    clock = outer(told(THREE, off(since)), now)
    assert (clock.due, clock.late) == (at(due), late)
    assert (clock.recounted.due if clock.recounted else None) == (at(other) if other else None)


def test_a_result_given_in_time_is_not_undone():
    """Closed on the last day; a Saturday declared a working day afterwards makes it late for nobody."""
    rules = told(FIVE, works("30 09:00"))
    clock = outer(rules, "2026-12-02 09:00", close(at("30 08:50")))
    assert (clock.due, clock.late, clock.recounted.due) == (at("30 17:30"), False, at("28 17:30"))
    assert clock.recounted.late
    assert any("才公布的日历，不改变判定" in step for step in why_due(rules, clock))


def test_a_working_day_declared_after_it_was_over_runs_nobody_out_of_time():
    """It makes the limit shorter, but not than the close of the day on which it became known."""
    clock = outer(told(FIVE, works("30 10:00")), "30 10:01")
    assert (clock.due, clock.late) == (at("30 17:30"), False)
    assert outer(told(FIVE, works("27 10:00")), "27 11:00").due == at("28 17:30")


def test_an_extension_granted_stays_granted():
    """Judged once: a day off made known afterwards, which gives as much, does not make it void."""
    events = [ACTS["延期"](at("24 10:00"))]
    plain = outer(THREE, "25 09:00", *events)
    later = outer(told(THREE, off("24 15:00")), "25 09:00", *events)
    assert (plain.due, later.due) == (at("30 17:30"), at("2026-12-01 17:30"))
    assert not later.refused


def test_the_day_itself_goes_by_what_was_known_then():
    """A duty of the day: off by a notice of that morning, it is owed on the next; not by one of next week."""
    moment = at("25 09:00")
    assert same_day_due(changed(off("25 10:00")), moment) == at("26 17:30")
    assert same_day_due(changed(off("30 10:00")), moment) == at("25 17:30")
    assert late_by(changed(off("30 10:00")), at("24 17:30"), at("26 09:00")).workdays == 2
    assert late_by(changed(off("25 10:00")), at("24 17:30"), at("26 09:00")).workdays == 1


def _declared(minutes: int, first: int, days: list[int], working: bool) -> Notice:
    chosen = frozenset(date(2026, 11, 20) + timedelta(first + n) for n in days)
    since = START + timedelta(minutes=minutes)
    return Notice(since, work=chosen) if working else Notice(since, off=chosen)


NOTICES = st.lists(
    st.builds(
        _declared,
        st.integers(-2000, 40_000),
        st.integers(0, 30),
        st.lists(st.integers(0, 6), min_size=1, max_size=4),
        st.booleans(),
    ),
    max_size=4,
)


def said(found):
    """What a verdict is: when it was due, whether and by how much it was late."""
    return [(c.name, c.event, c.due, c.level, c.overdue_workdays, c.stopped) for c in found]


@given(histories(most=8), RULE, NOTICES, st.integers(0, 40_000))
@settings(max_examples=400)
def test_a_report_of_the_past_says_what_it_said_then(events, rules, notices, minutes):
    """As of any moment: with notices that came later, or without them, every clock is the same."""
    moment = START + timedelta(minutes=minutes, seconds=1)
    state = replay(inquiry(*events), until=moment)
    all_known = told(RULES[rules], *notices)
    known_then = told(RULES[rules], *(n for n in notices if n.since <= moment))
    assert said(clocks(all_known, state, moment)) == said(clocks(known_then, state, moment))


@given(histories(most=8), RULE, NOTICES, st.integers(0, 40_000))
@settings(max_examples=400)
def test_what_had_ended_or_run_out_keeps_its_verdict(events, rules, notices, minutes):
    """Notices made known after a clock's end or expiry move neither its due moment nor whether it was late."""
    moment = max([e.at for e in events], default=START) + timedelta(minutes=minutes, seconds=1)
    state = replay(inquiry(*events))
    everything = told(RULES[rules], *notices)
    before = clocks(everything, state, moment)
    after = {(c.name, c.event, c.started): c for c in clocks(everything, state, END)}
    for clock in before:
        if clock.stopped or clock.late:
            same = after[(clock.name, clock.event, clock.started)]
            assert (same.due, same.late) == (clock.due, clock.late)
            assert not clock.stopped or same.overdue_workdays == clock.overdue_workdays


@given(histories(most=8), RULE, st.integers(-2000, -1), st.lists(st.integers(0, 20), min_size=1, max_size=3))
@settings(max_examples=200)
def test_what_was_known_before_the_intake_was_always_known(events, rules, minutes, days):
    """A notice older than the inquiry counts as if it had stood in the calendar from the beginning."""
    chosen = frozenset(date(2026, 11, 24) + timedelta(n) for n in days)
    noticed = told(RULES[rules], Notice(START + timedelta(minutes=minutes), off=chosen))
    published, work, covered = CALENDAR.published
    plain = Calendar(published | chosen, work - chosen, covered, CALENDAR.hours, CALENDAR.zone)
    fixed = structs.replace(RULES[rules], calendar=plain)
    state = replay(inquiry(*events))
    assert said(clocks(noticed, state, END)) == said(clocks(fixed, state, END))


@given(NOTICES, RULE)
@settings(max_examples=200)
def test_no_clock_is_due_before_it_starts_by_any_calendar(notices, rules):
    """Whatever days are declared and when: nobody is late before his clock began."""
    for clock in clocks(told(RULES[rules], *notices), replay(inquiry(*paused([(100, 3000)]))), END):
        assert clock.due is None or clock.due >= clock.started


def test_an_office_that_declares_nothing_pays_nothing():
    """Without notices the calendar is one and the same at every moment."""
    assert CALENDAR.known(START) is CALENDAR and THREE.known(END) is THREE
