"""Which clocks have run out on open inquiries, and which are about to."""

from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import cast

from shouwen.core.deadlines.clock import RED, YELLOW, Clock
from shouwen.core.deadlines.clock_table import clocks
from shouwen.core.deadlines.pauses import standstills
from shouwen.core.inquiry.events import Target
from shouwen.core.inquiry.header import Inquiry
from shouwen.core.inquiry.lifecycle import State
from shouwen.core.rulebook import Rules

FOR_GOOD = datetime.max.replace(tzinfo=UTC)


def running(found: list[Clock]) -> list[Clock]:
    """Return the clocks that still run."""
    return [c for c in found if c.stopped is None and c.due is not None]


def due_time(clock: Clock) -> datetime:
    """Return when a running clock runs out."""
    return cast(datetime, clock.due)


def pressing(
    rules: Rules, state: State, now: datetime, soon: int | None = None, found: list[Clock] | None = None
) -> list[tuple[Clock, int]]:
    """Return clocks run out, and with ``soon`` those with at most so many working days left.

    The number is the working days left (0 on the day itself; 0 once run out). ``found`` are all
    clocks of the inquiry, where they have been read already.
    """
    calendar = rules.calendar.known(now)
    today = now.astimezone(calendar.zone).date()
    hits = []
    for clock in running(clocks(rules, state, now) if found is None else found):
        left = calendar.between(today, due_time(clock).date())
        if clock.level == RED:
            hits.append((clock, 0))
        elif soon is not None and left <= soon:
            hits.append((clock, left))
    return hits


def unchanged_until(inquiry: Inquiry, found: list[Clock], now: datetime, zone: tzinfo) -> datetime:
    """Return until when the clocks of an inquiry, and the days that are counted on them, stay as they are now.

    At midnight the days change; a level when a limit runs out; a holder by an act dated ahead.
    ``inquiry`` is as written, ``found`` its clocks as of ``now``.
    """
    midnight = datetime.combine(now.astimezone(zone).date() + timedelta(days=1), time(), zone)
    moments = [inquiry.received, *(e.at for e in inquiry.events), *(c.due for c in found if c.due)]
    if now in moments:
        return now + datetime.resolution
    return min([midnight, *(m for m in moments if m > now)])


def not_judged(state: State, found: list[Clock]) -> list[str]:
    """Return the names of the clocks of an open imported inquiry that still run unjudged (不计)."""
    return [] if state.closed else sorted({c.name for c in found if not c.judged and not c.stopped})


def still_until(inquiry: Inquiry, state: State, found: list[Clock], now: datetime, zone: tzinfo) -> datetime:
    """Return the same as ``unchanged_until``; but once all is settled and no clock runs, days that pass change nothing."""
    if not state.closed or any(c.stopped is None for c in found):
        return unchanged_until(inquiry, found, now, zone)
    ahead = [m for m in (inquiry.received, *(e.at for e in inquiry.events)) if m > now]
    return min(ahead, default=FOR_GOOD)


def long_standing(rules: Rules, state: State, now: datetime) -> tuple[datetime, int] | None:
    """Return (since when, working days) of a pause that lasts longer than the office lets pass unseen (久停)."""
    if not state.waiting:
        return None
    since = standstills(state.pauses)[-1][0]
    zone, calendar = rules.calendar.zone, rules.calendar.known(now)
    days = calendar.between(since.astimezone(zone).date(), now.astimezone(zone).date())
    return (since, days) if days > rules.office.config.long_pause else None


# Clocks of somebody in particular; the others are for whoever holds the inquiry now.
_OWN = ("首次回应", "签收", "回访")


def answerable(clock: Clock, state: State) -> Target:
    """Return who can still do what a late clock waits for: its own person or department, else the holder."""
    return clock.whose if clock.name in _OWN else state.holder


def level_of(found: list[Clock]) -> str:
    """Return the worst level among running clocks."""
    levels = {c.level for c in running(found)}
    return RED if RED in levels else YELLOW if YELLOW in levels else "正常"
