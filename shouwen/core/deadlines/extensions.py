"""Extensions (延期): each is judged once, on what was known when it was granted."""

from datetime import datetime

from msgspec import structs

from shouwen.core.deadlines.clock import Spans
from shouwen.core.deadlines.pauses import due_of, given_back, pauses_after
from shouwen.core.deadlines.working_days import Calendar
from shouwen.core.inquiry.events import Extend
from shouwen.core.inquiry.lifecycle import State
from shouwen.core.regulation.schema import Limit
from shouwen.core.rulebook import Rules


def due_with(
    limit: Limit, started: datetime, pauses: Spans, granted: list[Extend], calendar: Calendar
) -> datetime:
    """When a limit runs out with these pauses and these extensions.

    An extension by working days adds to what stands; one until a moment stands as it was granted,
    moved by the pauses that began after it.
    """
    due = due_of(limit, started, calendar, pauses)
    cuts = [(a.date(), b.date()) for a, b in pauses]
    for event in granted:
        if event.until:
            due = event.until.astimezone(calendar.zone)
            lost = sum(calendar.between(a.date(), b.date()) for a, b in pauses if event.at <= a < due)
            due = calendar.close_of(calendar.after(due.date(), lost)) if lost else due
        else:
            due = calendar.close_of(calendar.after(due.date(), event.workdays, cuts))
    return given_back(due, pauses, calendar) if granted and pauses and not limit.hours else due


def judged_extensions(
    rules: Rules, state: State, limit: Limit, started: datetime, stopped: datetime | None
) -> tuple[list[Extend], list[tuple[str, str]]]:
    """The extensions that count, and those refused with why.

    Each is judged once, on what was known when it was granted: a pause that began later moves what
    was granted, and never makes it unlawful.
    """
    counted: list[Extend] = []
    refused: list[tuple[str, str]] = []
    allowed, calendar = rules.policy.extension, rules.calendar
    for event in state.of(Extend):
        if event.at < started or stopped and event.at > stopped:
            continue
        known = pauses_after(state, started, calendar, event.at)
        due = due_with(limit, started, known, counted, calendar)
        new = due_with(limit, started, known, [*counted, event], calendar)
        most = structs.replace(event, until=None, workdays=allowed.workdays) if allowed else None
        longest = due_with(limit, started, known, [*counted, most], calendar) if most else new
        if event.at > due:
            refused.append((event.id, "期满后才提出延期，不算延期"))
        elif allowed and len(counted) >= allowed.times:
            refused.append((event.id, f"延期次数已满{allowed.times}次"))
        elif allowed and new > longest:
            refused.append((event.id, f"延期超过每次{allowed.workdays}个工作日"))
        elif new <= due:
            refused.append((event.id, "延期后的时间不晚于原期限"))
        else:
            counted.append(event)
    return counted, refused
