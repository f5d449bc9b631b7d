"""Extensions (延期): each is judged once, on what was known when it was granted."""

from datetime import datetime

from msgspec import structs

from shouwen.core.deadlines.working_days import Calendar
from shouwen.core.inquiry.events import Extend
from shouwen.core.rulebook import Rules


def granted_until(event: Extend, due: datetime, calendar: Calendar) -> datetime:
    """Return until when an extension reaches: the moment it names, or its working days after what stands."""
    if event.until:
        return event.until.astimezone(calendar.zone)
    return calendar.close_of(calendar.after(due.date(), event.workdays))


def objection(rules: Rules, event: Extend, due: datetime, before: int) -> str:
    """Return why an extension does not count, after so many others, of a limit that stood at ``due``; or ''."""
    allowed, calendar = rules.policy.extension, rules.calendar
    new = granted_until(event, due, calendar)
    if event.at > due:
        return "期满后才提出延期，不算延期"
    if allowed and before >= allowed.times:
        return f"延期次数已满{allowed.times}次"
    if allowed:
        most = structs.replace(event, until=None, workdays=allowed.workdays)
        if new > granted_until(most, due, calendar):
            return f"延期超过每次{allowed.workdays}个工作日"
    return "延期后的时间不晚于原期限" if new <= due else ""
