"""Pauses: when a limit runs out with the time left out in which the clock stood still."""

from datetime import datetime, timedelta

from shouwen.core.deadlines.clock import Spans
from shouwen.core.deadlines.working_days import Calendar
from shouwen.core.inquiry.lifecycle import State
from shouwen.core.regulation.schema import Limit


def due_of(limit: Limit, start: datetime, calendar: Calendar, pauses: Spans) -> datetime:
    """When a limit that began at ``start`` runs out, finished pauses left out of the count.

    The pauses are in the ledger's zone.
    """
    local = start.astimezone(calendar.zone)
    if limit.hours:
        return calendar.after_hours(local, limit.hours, pauses)
    days = [(a.date(), b.date()) for a, b in pauses]
    if limit.workdays:
        end = calendar.after(local.date(), limit.workdays, days)
    elif limit.same_day:
        end = calendar.this_or_next(local.date())
    else:
        stretch = local.date() + timedelta(days=limit.days)
        if limit.months:
            from dateutil.relativedelta import relativedelta

            stretch = local.date() + relativedelta(months=limit.months)
        lost = timedelta(days=sum((b - a).days for a, b in days))
        end = calendar.this_or_next(stretch + lost)
    due = calendar.close_of(end)
    return given_back(due, pauses, calendar) if pauses else due


def given_back(due: datetime, pauses: Spans, calendar: Calendar) -> datetime:
    """The due moment; one at which the clock stood is moved to the first working day after the pause.

    Days count from their morning, so that nothing is taken out of the day on which a pause began.
    What was left of a last day is given back whole: else who asked for papers in time would be late
    in the moment they come.
    """
    cuts = [(a.date(), b.date()) for a, b in pauses]
    for since, until in pauses:
        if since <= due < until:
            due = calendar.close_of(calendar.after(until.date(), 1, cuts))
    return due


def pauses_after(state: State, since: datetime, calendar: Calendar, known: datetime | None = None) -> Spans:
    """The finished pauses after a moment, in the ledger's zone; with ``known`` all that began before
    that moment, as long as they had lasted by then."""
    zone, spans = calendar.zone, []
    for pause in state.pauses:
        until = pause.until
        if known:
            if pause.since >= known:
                break
            until = min(until or known, known)
        if until and until > since:
            spans.append((max(pause.since, since).astimezone(zone), until.astimezone(zone)))
    return spans


def stands_still(state: State, due: datetime, stopped: datetime | None) -> bool:
    """Whether a clock stands still now; one that had run out when the pause began does not."""
    last = state.pauses[-1] if state.pauses else None
    return bool(last and not last.until and not stopped and last.since <= due)
