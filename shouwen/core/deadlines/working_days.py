"""Working days with 调休, opening hours, and how limits are counted (民法典 201–203).

A limit in working days starts on the day after, and ends at the close of business of its last
day. A limit in hours starts at once and runs only while the office is open. A year whose
arrangement nobody has published yet is taken as Monday to Friday less the fixed holidays, and
whatever rests on it is *provisional*.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from shouwen.core.errors import Usage

FIXED_HOLIDAYS = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
DAY = timedelta(days=1)
LAST_YEAR = 2400  # nothing is counted beyond
_INTERVAL = re.compile(r"(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})")

Interval = tuple[time, time]
Pauses = Iterable[tuple[date, date]]
Week = Mapping[str, Sequence[str]]  # 工作日 or a weekday → intervals as text


def intervals(texts: Iterable[str]) -> tuple[Interval, ...]:
    """("08:30-12:00", …) as times, sorted; ValueError names what is not such an interval."""
    found: list[Interval] = []
    for text in texts:
        try:
            match = _INTERVAL.fullmatch(text.strip())
            a, b, c, d = map(int, match.groups() if match else ())
            pair = (time(a, b), time(c, d))
        except ValueError:
            raise ValueError(f"“{text}”不是时段，应写成 08:30-12:00") from None
        if pair[0] >= pair[1]:
            raise ValueError(f"时段“{text}”的起点不早于终点")
        if any(pair[0] < until and since < pair[1] for since, until in found):
            raise ValueError(f"时段“{text}”与另一时段重叠")
        found.append(pair)
    return tuple(sorted(found))


class Hours:
    """Opening hours: by 工作日 or weekday, other ones in a season."""

    def __init__(self, usual: Week, seasons: Iterable[tuple[str, str, Week]] = ()):
        self._usual = self._week(usual)
        self._seasons = [(a, b, self._week(hours)) for a, b, hours in seasons]

    @staticmethod
    def _week(hours: Week) -> dict[int, tuple[Interval, ...]]:
        every = intervals(hours.get("工作日", ()))
        week = dict.fromkeys(range(5), every)
        for name, texts in hours.items():
            if name in WEEKDAYS:
                week[WEEKDAYS.index(name)] = intervals(texts)
            elif name != "工作日":
                raise ValueError(f"“{name}”不是工作日或周一至周日")
        return week

    def _of(self, day: date) -> dict[int, tuple[Interval, ...]]:
        key = f"{day.month:02}-{day.day:02}" if self._seasons else ""
        for start, end, week in self._seasons:
            inside = start <= key <= end if start <= end else key >= start or key <= end
            if inside:
                return week
        return self._usual

    def on(self, day: date) -> tuple[Interval, ...]:
        """The intervals of a working day; a make-up Saturday keeps the week's first hours.

        Empty in a season in which the office never opens.
        """
        week = self._of(day)
        return week.get(day.weekday()) or next((week[n] for n in sorted(week) if week[n]), ())

    def opens(self, day: date) -> bool:
        """Whether the office has hours on the day's weekday."""
        return bool(self._of(day).get(day.weekday()))

    def open_weekdays(self, day: date) -> Iterable[int]:
        """Weekdays (0 is Monday) on which the office opens in that day's season."""
        return [n for n, found in self._of(day).items() if found]


class Calendar:
    """Which days work, and every count that rests on it."""

    def __init__(self, off: set[date], work: set[date], covered: set[int], hours: Hours, zone: ZoneInfo):
        """``off`` and ``work`` override the weekday; ``covered`` are the published years."""
        self._off, self._work = off, work
        self.covered, self.hours, self.zone = covered, hours, zone
        self._days: list[date] = []
        # A year has few days, and its inquiries few limits: nearly all has been counted before.
        self._nth = lru_cache(maxsize=10_000)(self._count)
        self._close = lru_cache(maxsize=10_000)(self._closing)
        self._from = self._until = 0

    def is_workday(self, day: date) -> bool:
        """Whether the office works on that day."""
        if day in self._work:
            return bool(self.hours.on(day))
        if day in self._off or not self.hours.opens(day):
            return False
        return day.year in self.covered or (day.month, day.day) not in FIXED_HOLIDAYS

    def _cover(self, first: int, last: int) -> list[date]:
        """The sorted working days of at least these years; Usage beyond LAST_YEAR."""
        if last > LAST_YEAR:
            raise Usage(f"工作日数到 {LAST_YEAR} 年仍没有数完；核对天数和 ledger.yaml 的 hours、seasons")
        if not self._days or first < self._from or last > self._until:
            self._from = min(first, self._from or first)
            self._until = max(last, self._until)
            day, end = date(self._from, 1, 1), date(self._until, 12, 31)
            self._days = [d for n in range((end - day).days + 1) if self.is_workday(d := day + n * DAY)]
        return self._days

    def provisional(self, start: date, end: date) -> bool:
        """Whether a count between the two days rests on a year not yet published."""
        return not self.covered.issuperset(range(start.year, end.year + 1))

    def after(self, day: date, count: int, pauses: Pauses = ()) -> date:
        """The ``count``-th working day after ``day``.

        Each pause (from, until) takes out the working days after its first day up to and
        including its last: the rest of the limit runs from the day after the pause ends.
        """
        cuts = list(pauses)
        if not cuts:
            return self._nth(day, count)
        left, current = count, day
        while left > 0:
            current = self._nth(current, 1)
            if not any(a < current <= b for a, b in cuts):
                left -= 1
        return current

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
        """How many working days lie after ``start`` up to and including ``end``."""
        if end <= start:
            return 0
        days = self._cover(start.year, end.year)
        return bisect_right(days, end) - bisect_right(days, start)

    def this_or_next(self, day: date) -> date:
        """The day itself if it works, else the next working day."""
        return day if self.is_workday(day) else self.after(day, 1)

    def close_of(self, day: date) -> datetime:
        """When business closes on that day."""
        return self._close(day)

    def _closing(self, day: date) -> datetime:
        return datetime.combine(day, self.hours.on(day)[-1][1], self.zone)

    def opened(self, start: datetime, end: datetime) -> timedelta:
        """How long the office was open between two moments."""
        total = timedelta()
        start, end = start.astimezone(self.zone), end.astimezone(self.zone)
        day = self.this_or_next(start.date())
        while day <= end.date():
            for a, b in self.hours.on(day):
                first = max(start, datetime.combine(day, a, self.zone))
                last = min(end, datetime.combine(day, b, self.zone))
                total += max(timedelta(), last - first)
            day = self.after(day, 1)
        return total

    def after_hours(
        self, start: datetime, hours: int, pauses: Iterable[tuple[datetime, datetime]] = ()
    ) -> datetime:
        """The moment at which the office has been open for so many hours, pauses left out."""
        left = timedelta(hours=hours)
        cuts = sorted(pauses)
        start = start.astimezone(self.zone)
        day = self.this_or_next(start.date())
        while True:
            for a, b in self.hours.on(day):
                begin = max(start, datetime.combine(day, a, self.zone))
                stop = datetime.combine(day, b, self.zone)
                for c, d in cuts:
                    if c <= begin < d:
                        begin = d
                    if begin < c < stop:
                        if left < c - begin:
                            return begin + left
                        left, begin = left - (c - begin), d
                if begin < stop:
                    # with the last moment a pause may begin: then the limit ends after the pause
                    if begin + left < stop or (begin + left == stop and not _in_one_of(cuts, stop)):
                        return begin + left
                    left -= stop - begin
            day = self.after(day, 1)


def _in_one_of(spans: Iterable[tuple[datetime, datetime]], moment: datetime) -> bool:
    return any(since <= moment < until for since, until in spans)
