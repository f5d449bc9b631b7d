"""How late something was done: for limits and for duties alike."""

from datetime import datetime

from shouwen.core.deadlines.pauses import due_of
from shouwen.core.deadlines.working_days import Calendar
from shouwen.core.regulation.schema import Limit


def workdays_late(calendar: Calendar, due: datetime, done: datetime) -> int | None:
    """Return working days from a due moment to when it was done: 0 on the day itself, None if in time."""
    if done <= due:
        return None
    calendar = calendar.known(done)
    return calendar.between(due.astimezone(calendar.zone).date(), done.astimezone(calendar.zone).date())


def late_words(days: int) -> str:
    """Return so many working days late in words."""
    return f"迟{days}个工作日" if days else "当日过时"


def same_day_due(calendar: Calendar, moment: datetime) -> datetime:
    """Return until when something owed at once after a moment is in time: that working day's close."""
    limit = Limit(article="", same_day=True)
    return calendar.standing(moment, lambda known: due_of(limit, moment, known))
