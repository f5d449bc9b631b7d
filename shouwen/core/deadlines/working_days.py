"""Working days with 调休, and every count that rests on them (民法典 201–203).

A limit in working days starts on the day after, and ends at the close of business of its last
day. A limit in hours starts at once and runs only while the office is open. A Saturday on which
the office opens has hours and is no working day; a make-up Saturday is one, with the hours of
the weekday that it replaces. A year whose arrangement nobody has published yet is taken as
Monday to Friday less the fixed holidays, and whatever rests on it is *provisional*.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec import Struct

from shouwen.core.deadlines.opening_hours import Hours, Interval
from shouwen.core.errors import Usage

if TYPE_CHECKING:
    from fractions import Fraction

FIXED_HOLIDAYS = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
DAY = timedelta(days=1)
_SINCE = attrgetter("since")
LAST_YEAR = 2400  # nothing is counted beyond


class Notice(Struct, frozen=True):
    """Days off and working days as they were made known at a moment; ``covers`` years from then on whole."""

    since: datetime
    off: frozenset[date] = frozenset()
    work: frozenset[date] = frozenset()
    covers: frozenset[int] = frozenset()


class Calendar:
    """Which days work, by all that is known of them, and every count that rests on it."""

    def __init__(
        self, off: set[date], work: set[date], covered: set[int], hours: Hours, zone: ZoneInfo,
        notices: Iterable[Notice] = (),
    ):  # fmt: skip
        """Let ``off`` and ``work`` override the weekday; ``covered`` are the published years.

        ``notices`` came later than that, each at its moment, and lie over what was known before.
        """
        self.notices = sorted(notices, key=_SINCE)
        self.published = (off, work, covered)
        self._versions: dict[int, Calendar] = {len(self.notices): self}
        for notice in self.notices:
            off = off - notice.work | notice.off
            work = work - notice.off | notice.work
            covered = covered | notice.covers
        self._off, self._work = off, work
        self.covered, self.hours, self.zone = covered, hours, zone
        # The sorted working days, and all days with hours, of the years looked at so far.
        self._days: list[date] = []
        self._open: list[date] = []
        self._from = self._until = 0
        # A year has few days, and its inquiries few limits: nearly all has been counted before.
        self._nth = lru_cache(maxsize=10_000)(self._count)
        self._close = lru_cache(maxsize=10_000)(self._closing)

    def known(self, moment: datetime) -> "Calendar":
        """Return the calendar by what had been made known at a moment."""
        if not self.notices or self.notices[-1].since <= moment:
            return self
        count = bisect_right(self.notices, moment, key=_SINCE)
        if count not in self._versions:
            self._versions[count] = Calendar(*self.published, self.hours, self.zone, self.notices[:count])
        return self._versions[count]

    def changes(self, start: datetime) -> list[datetime]:
        """Return the moments after ``start`` at which more was made known, each once."""
        later = self.notices[bisect_right(self.notices, start, key=_SINCE) :]
        return list(dict.fromkeys(notice.since for notice in later))

    def standing(self, start: datetime, count: Callable[["Calendar"], datetime]) -> datetime:
        """Return a moment counted from ``start``, by what was made known before it was reached.

        A day made known too late for anybody to go by moves it no further back than the close of
        that day.
        """
        found = count(self.known(start))
        for change in self.changes(start):
            if change > found:
                break
            found = self.known(change).put_off(count(self.known(change)), found, change)
        return found

    def put_off(self, due: datetime, before: datetime, change: datetime) -> datetime:
        """Return a due moment recounted by a change: where it would lie before the change, that day's close."""
        return due if due >= change else min(before, self.close_of(self.first_day(change)))

    def is_workday(self, day: date) -> bool:
        """Return whether the day is a 工作日."""
        if day in self._work:
            return bool(self.intervals(day))
        return self.hours.works(day) and not self._day_off(day)

    def opens(self, day: date) -> bool:
        """Return whether the office opens on the day, be it a 工作日 or not."""
        return self.is_workday(day) or bool(self.hours.own(day)) and not self._day_off(day)

    def _day_off(self, day: date) -> bool:
        unpublished = day.year not in self.covered
        return day in self._off or unpublished and (day.month, day.day) in FIXED_HOLIDAYS

    def intervals(self, day: date) -> tuple[Interval, ...]:
        """Return the opening hours of a day on which the office opens."""
        replaced = day in self._work and not self.hours.works(day)
        return self.hours.made_up(day) if replaced else self.hours.own(day)

    def _cover(self, first: int, last: int) -> list[date]:
        """Return the sorted working days of at least these years; Usage beyond LAST_YEAR."""
        if last > LAST_YEAR:
            raise Usage(f"工作日数到 {LAST_YEAR} 年仍没有数完；核对天数和 ledger.yaml 的 hours、seasons")
        if not self._until:
            self._from, self._until = first, first - 1
        if last > self._until:  # a year more costs that year alone
            self._grow(self._until + 1, last, at_end=True)
            self._until = last
        if first < self._from:
            self._grow(first, self._from - 1, at_end=False)
            self._from = first
        return self._days

    def _grow(self, first: int, last: int, *, at_end: bool) -> None:
        start = date(first, 1, 1)
        days = [start + n * DAY for n in range((date(last, 12, 31) - start).days + 1)]
        work = [day for day in days if self.is_workday(day)]
        opening = [day for day in days if self.opens(day)] if self.hours.weekends else work
        for kept, new in ((self._days, work), (self._open, opening)):
            kept[len(kept) if at_end else 0 : len(kept) if at_end else 0] = new

    def provisional(self, start: date, end: date) -> bool:
        """Return whether a count between the two days rests on a year not yet published."""
        return not self.covered.issuperset(range(start.year, end.year + 1))

    def after(self, day: date, count: int) -> date:
        """Return the ``count``-th working day after ``day``."""
        return self._nth(day, count)

    def _count(self, day: date, count: int) -> date:
        if count <= 0:
            return day
        reach = day.year + 1 + count // 200
        days = self._cover(day.year, reach)
        while (place := bisect_right(days, day) + count - 1) >= len(days):
            reach += 1
            days = self._cover(day.year, reach)
        return days[place]

    def between(self, start: date, end: date) -> int:
        """Return how many working days lie after ``start`` up to and including ``end``."""
        if end <= start:
            return 0
        days = self._cover(start.year, end.year)
        return bisect_right(days, end) - bisect_right(days, start)

    def this_or_next(self, day: date) -> date:
        """Return the day itself if it works, else the next working day."""
        return day if self.is_workday(day) else self.after(day, 1)

    def opening(self, day: date) -> date:
        """Return the day itself if the office opens on it, else the next on which it does."""
        end = self.this_or_next(day)
        days = self._cover(day.year, end.year) and self._open
        return days[bisect_left(days, day)]

    def first_day(self, moment: datetime) -> date:
        """Return the working day that a moment falls on; after its close of business, the next one."""
        day = moment.astimezone(self.zone).date()
        if self.is_workday(day) and moment < self.close_of(day):
            return day
        return self.after(day, 1)

    def close_of(self, day: date) -> datetime:
        """Return when business closes on a day on which the office opens."""
        return self._close(day)

    def _closing(self, day: date) -> datetime:
        return datetime.combine(day, self.intervals(day)[-1][1], self.zone)

    def _spent(self, day: date, start: datetime, end: datetime) -> timedelta:
        """Return how long the office was open on one day between two moments."""
        total = timedelta()
        for a, b in self.intervals(day):
            first = max(start, datetime.combine(day, a, self.zone))
            last = min(end, datetime.combine(day, b, self.zone))
            total += max(timedelta(), last - first)
        return total

    def opened(self, start: datetime, end: datetime) -> timedelta:
        """Return how long the office was open between two moments, Saturdays with hours included."""
        start, end = start.astimezone(self.zone), end.astimezone(self.zone)
        if end <= start:
            return timedelta()
        self._cover(start.year, end.year)
        days = self._open[bisect_left(self._open, start.date()) : bisect_right(self._open, end.date())]
        return sum((self._spent(day, start, end) for day in days), timedelta())

    def lost(self, start: datetime, end: datetime) -> "Fraction":
        """Return the working days between two moments: of each 工作日 the share of its own opening time."""
        start, end = start.astimezone(self.zone), end.astimezone(self.zone)
        first, last = start.date(), end.date()
        from fractions import Fraction  # few clocks ever stand still

        total = Fraction(max(self.between(first, last - DAY), 0))
        for day in {first, last}:
            if self.is_workday(day):
                whole = self._spent(day, datetime.combine(day, datetime.min.time(), self.zone),
                                    self.close_of(day))  # fmt: skip
                total += Fraction(self._spent(day, start, end) // timedelta.resolution,
                                  whole // timedelta.resolution)  # fmt: skip
        return total

    def after_hours(self, start: datetime, hours: int, more: timedelta = timedelta()) -> datetime:
        """Return the moment at which the office has been open for so many hours, and some time more."""
        left, start = timedelta(hours=hours) + more, start.astimezone(self.zone)
        day = self.opening(start.date())
        while True:
            for a, b in self.intervals(day):
                begin = max(start, datetime.combine(day, a, self.zone))
                stop = datetime.combine(day, b, self.zone)
                if begin < stop:
                    if left <= stop - begin:
                        return begin + left
                    left -= stop - begin
            day = self.opening(day + DAY)
