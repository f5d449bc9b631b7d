"""Periods of whole days, and those they are compared with: the one before, the same a year ago.

Whole months are compared with whole months, so February stands beside January and a leap
February beside one of 28 days. Any other period is compared with as many days just before it,
and with the same days a year earlier, where 29 February becomes 28 February (民法典 202).
"""

from calendar import monthrange
from datetime import date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta
from msgspec import Struct

DAY = timedelta(days=1)


class DateRange(Struct, frozen=True):
    """From the first day to the last, both included."""

    first: date
    last: date

    @property
    def months(self) -> int:
        """How many calendar months it is, if it is made of whole ones; else 0."""
        if self.first.day != 1 or self.last.day != monthrange(self.last.year, self.last.month)[1]:
            return 0
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1

    def within(self, moment: datetime) -> bool:
        """Return whether a moment, in the ledger's zone, falls on one of the days."""
        return self.first <= moment.date() <= self.last

    def end(self, now: datetime) -> datetime:
        """Return the last second of the period in ``now``'s zone; ``now`` if that comes first."""
        return min(now, datetime.combine(self.last, time(23, 59, 59), now.tzinfo))

    def __str__(self) -> str:
        if self.months == 12 and self.first.month == 1:
            return f"{self.first.year}年"
        if self.months == 1:
            return f"{self.first.year}年{self.first.month}月"
        if self.months:
            return f"{self.first.year}年{self.first.month}月—{self.last.year}年{self.last.month}月"
        return f"{self.first}至{self.last}" if self.first != self.last else f"{self.first}"


def month(year: int, number: int) -> DateRange:
    """Return one calendar month."""
    return DateRange(date(year, number, 1), date(year, number, monthrange(year, number)[1]))


def whole_year(year: int) -> DateRange:
    """Return one calendar year."""
    return DateRange(date(year, 1, 1), date(year, 12, 31))


def last_month(today: date) -> DateRange:
    """Return the calendar month before the one that ``today`` is in."""
    before = today.replace(day=1) - DAY
    return month(before.year, before.month)


def before(period: DateRange) -> DateRange:
    """Return the period of the same length just before: whole months before whole months."""
    last = period.first - DAY
    if period.months:
        return DateRange(period.first - relativedelta(months=period.months), last)
    return DateRange(period.first - (period.last - period.first) - DAY, last)


def year_earlier(period: DateRange) -> DateRange:
    """Return the same days a year earlier; a whole February stays whole."""
    first, last = (day - relativedelta(years=1) for day in (period.first, period.last))
    if period.months:
        last = month(last.year, last.month).last
    return DateRange(first, last)
