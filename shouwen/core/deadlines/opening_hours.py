"""Opening hours: by 工作日 or weekday, other ones in a season, several intervals a day."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from operator import itemgetter

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
SATURDAY = 5
_INTERVAL = re.compile(r"(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})")

_FROM = itemgetter(0)
Interval = tuple[time, time]
Week = Mapping[str, Sequence[str]]  # 工作日 or a weekday → intervals as text


def intervals(texts: Iterable[str]) -> tuple[Interval, ...]:
    """Return ("08:30-12:00", …) as times, sorted; ValueError names what is not such an interval.

    Raises:
        ValueError: one of them is no interval, or two overlap; which and why.
    """
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
    """Opening hours: by 工作日 or weekday, other ones in a season, and new ones from a day on."""

    def __init__(
        self, usual: Week, seasons: Iterable[tuple[str, str, Week]] = (),
        later: Iterable[tuple[date, "Hours"]] = (),
    ):  # fmt: skip
        """Take the usual hours; ``later`` are those that replace them, each from its day on."""
        self._later = sorted(later, key=_FROM)
        self._usual = self._week(usual)
        self._seasons = [(a, b, self._week(hours)) for a, b, hours in seasons]
        weeks = [self._usual, *(week for _, _, week in self._seasons)]
        # An office that opens at weekends alone has its working days then.
        self.working = range(SATURDAY) if any(self._usual[n] for n in range(SATURDAY)) else range(7)
        self.weekends: bool = any(week.get(n) for week in weeks for n in (5, 6)) or any(
            hours.weekends for _, hours in self._later
        )

    @staticmethod
    def _week(hours: Week) -> dict[int, tuple[Interval, ...]]:
        every = intervals(hours.get("工作日", ()))
        week = dict.fromkeys(range(SATURDAY), every)
        for name, texts in hours.items():
            if name in WEEKDAYS:
                week[WEEKDAYS.index(name)] = intervals(texts)
            elif name != "工作日":
                raise ValueError(f"“{name}”不是工作日或周一至周日")
        return week

    def _then(self, day: date) -> "Hours":
        """Return the hours of the time in which a day lies."""
        place = bisect_right(self._later, day, key=_FROM)
        return self._later[place - 1][1] if place else self

    def week(self, day: date) -> dict[int, tuple[Interval, ...]]:
        """Return the intervals by weekday in the season in which a day lies, whatever came later."""
        key = f"{day.month:02}-{day.day:02}" if self._seasons else ""
        for start, end, week in self._seasons:
            inside = start <= key <= end if start <= end else key >= start or key <= end
            if inside:
                return week
        return self._usual

    def on(self, day: date) -> tuple[Interval, ...]:
        """Return the intervals of the day's own weekday; where it has none, those of a make-up day."""
        return self.own(day) or self.made_up(day)

    def own(self, day: date) -> tuple[Interval, ...]:
        """Return the intervals that the day's weekday has; empty where the office does not open on it."""
        return self._then(day).week(day).get(day.weekday(), ())

    def made_up(self, day: date) -> tuple[Interval, ...]:
        """Return the intervals of a make-up day: those of the weekday it replaces, the week's first.

        Empty in a season in which the office never opens.
        """
        week = self._then(day).week(day)
        return next((week[n] for n in sorted(week) if week[n]), ())

    def works(self, day: date) -> bool:
        """Return whether the day's weekday is a working day: it has hours, and is no Saturday or Sunday."""
        return day.weekday() in self._then(day).working and bool(self.own(day))

    def open_weekdays(self, day: date) -> list[int]:
        """Return weekdays (0 is Monday) on which the office opens in that day's season."""
        return [n for n, found in self._then(day).week(day).items() if found]
