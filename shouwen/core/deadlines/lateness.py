"""How late something was done: one rule, for limits and for duties alike.

Measured as the limit is: working days, working hours, or calendar days for one in days or months.
What is owed at once, and what was agreed for a moment, is measured in working days.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from shouwen.core.deadlines.pauses import due_of
from shouwen.core.deadlines.working_days import Calendar
from shouwen.core.regulation.schema import Limit

AT_ONCE = Limit(article="", same_day=True)
WORKDAYS, HOURS, DAYS = "个工作日", "个工作小时", "天"
_TENTH = timedelta(minutes=6)


class Lateness(NamedTuple):
    """By how much something was late: in working days, and in the unit of its own limit.

    0 is on the day itself; hours are in tenths, a tenth begun counts whole.
    """

    workdays: int
    amount: float
    unit: str

    @property
    def own(self) -> str:
        """The amount in its own unit: 2个工作日, 1.5个工作小时, 3天; '' on the day itself."""
        return f"{self.amount:g}{self.unit}" if self.amount else ""

    @property
    def words(self) -> str:
        """What was done so late, in words: 迟2个工作日, 迟1.5个工作小时, 当日过时."""
        return f"迟{self.own}" if self.amount else "当日过时"

    @property
    def beside(self) -> str:
        """The own unit beside a number of working days: （1.5个工作小时）; '' where it is the same or nothing."""
        return f"（{self.own}）" if self.amount and self.unit != WORKDAYS else ""


def late_by(calendar: Calendar, due: datetime, done: datetime, limit: Limit = AT_ONCE) -> Lateness | None:
    """Return how late something due at a moment was when it was done, or is by now; None if in time."""
    if done <= due:
        return None
    calendar = calendar.known(done)
    first, last = due.astimezone(calendar.zone).date(), done.astimezone(calendar.zone).date()
    workdays = calendar.between(first, last)
    if limit.hours:
        return Lateness(workdays, -(-calendar.opened(due, done) // _TENTH) / 10, HOURS)
    if limit.days or limit.months:
        return Lateness(workdays, (last - first).days, DAYS)
    return Lateness(workdays, workdays, WORKDAYS)


def same_day_due(calendar: Calendar, moment: datetime) -> datetime:
    """Return until when something owed at once after a moment is in time: that working day's close."""
    return calendar.standing(moment, lambda known: due_of(AT_ONCE, moment, known))
