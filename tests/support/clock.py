"""The one clock of the tests: the ledger's zone, its calendar, a present that stands still."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from shouwen.store.settings import load_calendar
from tests.support.roster import CONFIG

NOW = "2026-11-23T09:15"
ZONE = ZoneInfo("Asia/Shanghai")
CALENDAR = load_calendar("/nowhere", CONFIG, ZONE)


def at(text: str) -> datetime:
    """ "23 09:15" in November 2026, or a whole "2026-12-01 09:15"; the zone is the ledger's."""
    day, _, clock = text.partition(" ")
    day = day if "-" in day else f"2026-11-{int(day):02}"
    return datetime.fromisoformat(f"{day}T{clock or '09:00'}").replace(tzinfo=ZONE)


def days(start: date, count: int) -> list[date]:
    """So many days from ``start`` on."""
    return [start + timedelta(days=n) for n in range(count)]
