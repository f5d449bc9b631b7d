"""The one clock of the tests: the ledger's zone, its calendar, a present that stands still."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from shouwen.core.deadlines.working_days import Calendar, Notice
from shouwen.store.settings import load_calendar
from tests.support.roster import CONFIG

NOW = "2026-11-23T09:15"
ZONE = ZoneInfo("Asia/Shanghai")
CALENDAR = load_calendar("/nowhere", CONFIG, ZONE)


def notice(told: dict[str, Any]) -> Notice:
    """Return a change of the calendar as a case writes it: since, off and work."""
    off, work = (frozenset(map(date.fromisoformat, told.get(key, ()))) for key in ("off", "work"))
    return Notice(at(told["since"]), off, work)


def changed(*notices: Notice) -> Calendar:
    """Return the calendar of the tests with what was made known later over it."""
    return Calendar(*CALENDAR.published, CALENDAR.hours, CALENDAR.zone, notices)


def at(text: str) -> datetime:
    """ "23 09:15" in November 2026, or a whole "2026-12-01 09:15"; the zone is the ledger's."""
    day, _, clock = text.partition(" ")
    day = day if "-" in day else f"2026-11-{int(day):02}"
    return datetime.fromisoformat(f"{day}T{clock or '09:00'}").replace(tzinfo=ZONE)


def days(start: date, count: int) -> list[date]:
    """So many days from ``start`` on."""
    return [start + timedelta(days=n) for n in range(count)]
