"""A record of thousands of acts, a calendar of many years: the work grows as they do, not faster."""

import sys
from collections.abc import Callable
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec import structs

from shouwen.core.deadlines.clock_table import clocks
from shouwen.core.deadlines.opening_hours import Hours
from shouwen.core.deadlines.working_days import Calendar
from shouwen.core.inquiry.header import Inquiry
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.rulebook import Rules
from tests.core.deadlines.test_laws import ACTS, RULES
from tests.support.clock import CALENDAR, at
from tests.support.records import inquiry

MOST = 2.2  # calls at twice the size
SIZE = 300
ROUNDS = {
    "转办签收": ("转办", "签收"), "转办退回": ("转办", "退回"), "告知补正": ("告知", "补正"), "中止恢复": ("中止", "恢复"),
    "办结重办": ("办结", "重办"), "办结回访重办": ("办结", "回访", "重办"), "指定签收": ("指定", "签收"),
    "一切": tuple(sorted(set(ACTS) - {"更正", "改范围", "批准更正"})),
}  # fmt: skip


def calls(work: Callable[[], object]) -> int:
    """How many functions a piece of work calls."""
    count = 0

    def look(frame, what, argument):
        nonlocal count
        count += what in ("call", "c_call")

    sys.setprofile(look)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def record_of(acts: tuple[str, ...], size: int, **header: str) -> Inquiry:
    """A record with so many acts, taken in turn, half an hour apart."""
    times = (at("23 09:00") + timedelta(minutes=30 * n + 1) for n in range(size))
    events = (ACTS[acts[n % len(acts)]](moment) for n, moment in enumerate(times))
    return inquiry(*(structs.replace(e, id=f"e{n:05}") for n, e in enumerate(events)), **header)


def grown(acts: tuple[str, ...], size: int, rules: Rules) -> int:
    """The calls that the clocks of a record with so many acts cost."""
    start = at("23 09:00")
    record, now = record_of(acts, size), start + timedelta(days=400)
    return calls(lambda: clocks(rules, replay(record), now))


@pytest.mark.parametrize("acts", [*((act,) for act in sorted(ACTS)), *ROUNDS.values()], ids="、".join)
@pytest.mark.parametrize("rules", range(len(RULES)))
def test_twice_the_acts_cost_twice_the_calls(acts, rules):
    """Feedback, appointments, pauses, redos: each act is looked at a fixed number of times."""
    grown(acts, SIZE, RULES[rules])  # what is counted once for all
    small, large = grown(acts, SIZE, RULES[rules]), grown(acts, 2 * SIZE, RULES[rules])
    assert large <= MOST * small


def off_for(years: int) -> Calendar:
    """A calendar on which nobody works for so many years from 2027 on."""
    first = date(2027, 1, 1)
    off = {first + timedelta(days=n) for n in range(365 * years)}
    return Calendar(off, set(), set(range(2000, 2401)), Hours({"工作日": ("09:00-17:00",)}), ZoneInfo("UTC"))


def test_a_long_calendar_is_looked_at_once():
    """Seventy thousand days off are passed over at the cost of looking at each."""
    cost = {}
    for years in (96, 192):
        calendar = off_for(years)
        cost[years] = calls(lambda calendar=calendar: calendar.after(date(2026, 12, 31), 5))
        assert calendar.after(date(2026, 12, 31), 1) > date(2026 + years, 11, 1)
    assert cost[192] <= MOST * cost[96]


def test_the_clocks_read_the_same_calendar():
    """The growth is measured with the calendar that offices use."""
    assert RULES[0].calendar is CALENDAR
