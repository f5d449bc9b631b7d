"""Pauses: the time in which the clocks stood still, and what a limit lost by it.

Lost time is added up over all pauses of a clock and given back as whole days, rounded up once:
working days by each day's share of its opening time, calendar days and months by the time
elapsed, hours exactly.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING

from msgspec import Struct

from shouwen.core.deadlines.working_days import DAY, Calendar
from shouwen.core.inquiry.lifecycle import Pause
from shouwen.core.regulation.schema import Limit

if TYPE_CHECKING:
    from fractions import Fraction

Spans = list[tuple[datetime, datetime | None]]


def standstills(pauses: Iterable[Pause]) -> Spans:
    """Return when the clocks stood still, ground by ground put together; the last may last still (None)."""
    found: Spans = []
    for pause in pauses:  # in the order in which they began
        if found:
            since, until = found[-1]
            if until is None:
                break
            if pause.since <= until:
                longer = None if pause.until is None else max(until, pause.until)
                found[-1] = (since, longer)
                continue
        found.append((pause.since, pause.until))
    return found


class Lost(Struct, frozen=True):
    """Time lost, by every measure that a limit may need."""

    days: "Fraction | int" = 0
    elapsed: timedelta = timedelta()
    opened: timedelta = timedelta()

    def and_(self, limit: Limit, start: datetime, end: datetime, calendar: Calendar) -> "Lost":
        """Return the same with one more stretch, measured as the limit is."""
        return Lost(
            self.days if limit.hours else self.days + calendar.lost(start, end),
            self.elapsed + (end - start),
            self.opened + calendar.opened(start, end) if limit.hours else self.opened,
        )


def due_of(limit: Limit, start: datetime, calendar: Calendar, lost: Lost = Lost()) -> datetime:
    """Return when a limit that began at ``start`` runs out, with the time lost given back."""
    local = start.astimezone(calendar.zone)
    if limit.hours:
        return calendar.after_hours(local, limit.hours, lost.opened)
    if limit.workdays:
        end = calendar.after(local.date(), limit.workdays + ceil(lost.days))
    elif limit.same_day:
        end = calendar.after(calendar.first_day(local), ceil(lost.days))
    else:
        last = local.date() + timedelta(days=limit.days)
        if limit.months:
            from dateutil.relativedelta import relativedelta

            last = local.date() + relativedelta(months=limit.months)
        end = calendar.this_or_next(last + ceil(lost.elapsed / DAY) * DAY)
    return calendar.close_of(end)


def moved(limit: Limit, moment: datetime, lost: Lost, calendar: Calendar) -> datetime:
    """Return a moment granted, with the time lost since then given back as the limit's kind has it."""
    if limit.hours:
        return calendar.after_hours(moment, 0, lost.opened) if lost.opened else moment
    if limit.days or limit.months:
        more = ceil(lost.elapsed / DAY)
        return calendar.close_of(calendar.this_or_next(moment.date() + more * DAY)) if more else moment
    more = ceil(lost.days)
    return calendar.close_of(calendar.after(moment.date(), more)) if more else moment
