"""The clocks of an inquiry, one row each in ``CLOCKS``: when it starts and stops, under which limit.

The outer clock (办结) starts at intake and never restarts on a handoff; a handoff waits on its
own clock (签收) with the receiver; a redo has a limit of its own and leaves the first verdict.
Everything here is computed on reading; nothing is stored that could drift.
"""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from itertools import pairwise

from msgspec import Struct, structs

from shouwen.core.deadlines.clock import (
    NORMAL,
    OFFICE,
    PROMISED,
    UNJUDGED,
    UNREGULATED,
    Clock,
    handling_limit,
    local_day,
)
from shouwen.core.deadlines.course import Go, Move, Stand
from shouwen.core.deadlines.reading import Of, Run, Watched, read
from shouwen.core.inquiry.events import (
    Appoint,
    Callback,
    Close,
    Handoff,
    Notify,
    Progress,
    Reopen,
    Supervise,
    Target,
)
from shouwen.core.inquiry.header import Inquiry
from shouwen.core.inquiry.lifecycle import Pass, State
from shouwen.core.office.routing import names_for, places
from shouwen.core.regulation.schema import limit_for
from shouwen.core.rulebook import Rules

# What an inquirer hears or sees, and so what answers a clock that waits for word.
CONTACTS = (Progress, Notify, Close, Appoint)


def _limit(w: Watched, clock: str, department: Collection[str] = ()) -> Of:
    """Return the regulation's limit of a clock, for whatever the header says."""
    return lambda q: limit_for(w.rules.policy, clock, q, department)


def _first_response(w: Watched) -> Iterator[Run]:
    """Run 首次回应 from intake to the first word, by the first-asked."""
    q = w.state.inquiry
    if not q.inquirer.anonymous:  # else there is nobody to answer
        yield Run(_limit(w, "首次回应"), None, w.first(CONTACTS, q.received), w.first_asked)


def _acceptance(w: Watched) -> Iterator[Run]:
    """Run 签收 from each handoff until it is taken, sent back or overtaken, by the receiver."""
    limit = _limit(w, "签收")
    for each in w.state.passes:
        yield Run(limit, each.event.at, each.settled, each.to, each.event.id)


def _segment(w: Watched) -> Iterator[Run]:
    """Run 环节 as long as one department holds it, by whoever holds it, until it is handed on.

    What the receiver leaves unsigned is the receiver's. Until it is signed for it may still come back, so
    the clock only stands still; what was sent back goes on without the time away.
    """
    passes, place = w.state.passes, 0
    for n, segment in enumerate(w.state.segments):
        away: list[Move] = []
        gone: Pass | None = None
        while place < len(passes) and (not segment.until or passes[place].event.at <= segment.until):
            each, place = passes[place], place + 1
            if each.returned:
                away += (Stand(each.event.at), Go(each.returned.at))
            else:
                gone = gone or each  # a leader who names another does not bring it back
            if each.accepted:
                break
        left = gone.event.at if gone else None
        if left and not segment.until:
            away.append(Stand(left))
        day = local_day(segment.since, w.rules.calendar)
        limit = _limit(w, "环节", names_for(w.rules.office, segment.holder.department, day))
        stopped = segment.until and (left or segment.until)
        yield Run(
            limit, segment.since if n else None, stopped, segment.holder, away=tuple(away), left=left,
        )  # fmt: skip


def _handling(w: Watched) -> Iterator[Run]:
    """Run 办结 from intake to the first result."""
    yield Run(lambda q: handling_limit(w.rules, q), None, w.first_close)


def _promise(w: Watched) -> Iterator[Run]:
    """Run 承诺 from the promise to the next result, by the time promised; a later promise replaces it."""
    told = w.promises
    for n, promise in enumerate(told):
        later = told[n + 1] if n + 1 < len(told) else None
        done = w.first((Close,), promise.at)
        replaced = later.at if later and later.at <= promise.until and later.approved_by else None
        end = min(filter(None, (done, replaced)), default=None)
        yield Run(
            lambda q: UNREGULATED, promise.at, end, event=promise.event, due=promise.until, source=PROMISED
        )


def _redo(w: Watched) -> Iterator[Run]:
    """Run 重办 from each reopening to the result that follows it."""
    for n, event in enumerate(w.state.reopens, 1):
        done = w.state.closes[n].at if n < len(w.state.closes) else None
        yield Run(_limit(w, "重办"), event.at, done, event=event.id)


def _feedback(w: Watched) -> Iterator[Run]:
    """Run 反馈, staged feedback: the next due an interval after the last word; of those given, the late."""
    limit, settled = _limit(w, "反馈"), False
    words = [e for e in w.state.events if isinstance(e, (*CONTACTS, Reopen))]
    for since, word in pairwise([None, *words, None]):
        if isinstance(since, Close | Reopen):
            settled = isinstance(since, Close)
        if not settled:  # nothing is owed between a result and a redo
            yield Run(limit, since.at if since else None, word.at if word else None, only_late=bool(word))


def _appointment(w: Watched) -> Iterator[Run]:
    """Run 预约 from the agreement until the two met, agreed anew or the matter was settled.

    Missed only after its own hour and that day's close; void at the first result after it was made.
    """
    limit, calendar = next(iter(w.rules.policy.limits.get("预约", ())), UNREGULATED), w.rules.calendar

    def missed(event: Appoint) -> datetime:
        day = local_day(event.when, calendar)
        return calendar.standing(
            event.when, lambda known: max(event.when, known.close_of(known.opening(day)))
        )

    for event in w.state.of(Appoint):
        ends = (
            w.first((Progress, Appoint, Handoff), event.when),
            w.first((Close,), event.at), w.first((Appoint,), event.at, strictly=True),
        )  # fmt: skip
        yield Run(
            lambda q: limit, event.at, min(filter(None, ends), default=None), event=event.id,
            due=missed(event), source="" if limit is not UNREGULATED else PROMISED,
        )  # fmt: skip


def _supervision(w: Watched) -> Iterator[Run]:
    """Run 督办 from a notice with a time of its own until it is answered, by whom it names."""
    for event in w.state.of(Supervise):
        if event.due:
            answered = w.first((Progress, Close), event.at)
            lead = _lead(w, event)
            yield Run(lambda q: UNREGULATED, event.at, answered, lead, event.id, event.due, OFFICE)


def _lead(w: Watched, event: Supervise) -> Target | None:
    day = local_day(event.at, w.rules.calendar)
    return Target(w.rules.office.department_of(event.lead, day), event.lead) if event.lead else None


def _callback(w: Watched) -> Iterator[Run]:
    """Run 回访 from each result to the call that the regulation requires after it.

    A redo ends the waiting; a call that was already missed by then stays missed.
    """
    duty = next(iter(w.rules.policy.laid_down("callback")), None)
    exempt = set(duty.exempt) if duty else set()
    if w.state.inquiry.inquirer.anonymous and "匿名" in exempt:
        return
    for n, close in enumerate(w.state.closes):
        whose = w.first_asked
        if duty and duty.departments:
            named, day = duty.departments[0], local_day(close.at, w.rules.calendar)
            there = places(w.rules.office, named, day)
            whose = Target(w.rules.office.called(there[0], day) if len(there) == 1 else named)
        if any(word in close.not_told for word in exempt):
            continue
        redone = w.state.reopens[n].at if n < len(w.state.reopens) else None
        end = min(filter(None, (w.first((Callback,), close.at), redone)), default=None)
        yield Run(_limit(w, "回访"), close.at, end, whose, close.id, only_late=bool(redone))


class ClockKind(Struct, frozen=True):
    """A clock that an inquiry may have: its runs, whether pauses stop it and extensions move it.

    One that is ``regulated`` runs only where the regulation has limits under its name.
    """

    runs: Callable[[Watched], Iterator[Run]]
    pausable: bool = False
    extendable: bool = False
    regulated: bool = False


# Every clock there is, in the order in which reports show them.
CLOCKS = {
    "首次回应": ClockKind(_first_response, regulated=True),
    "签收": ClockKind(_acceptance, regulated=True),
    "环节": ClockKind(_segment, pausable=True, regulated=True),
    "办结": ClockKind(_handling, pausable=True, extendable=True),
    "承诺": ClockKind(_promise),
    "重办": ClockKind(_redo, pausable=True, extendable=True),
    "反馈": ClockKind(_feedback, regulated=True),
    "预约": ClockKind(_appointment),
    "督办": ClockKind(_supervision),
    "回访": ClockKind(_callback, regulated=True),
}


def unstated(inquiry: Inquiry, clock: Clock) -> bool:
    """Return whether a run rests on times that the register it came from did not state (不计)."""
    begun_before = inquiry.imported is not None and clock.started < inquiry.imported
    return begun_before and clock.name in inquiry.not_judged


def _unjudged(clock: Clock) -> Clock:
    """Return the run without due time and verdict: it is shown, and counts neither as kept nor as broken."""
    return structs.replace(
        clock, due=None, stopped=clock.stopped, state=UNJUDGED, level=NORMAL, overdue_workdays=0,
        provisional=False, course=None, first=None, refused=(), unpromised=(), unmoved=(), by=None,
    )  # fmt: skip


def clocks(rules: Rules, state: State, now: datetime) -> list[Clock]:
    """Return every clock that ever ran on the inquiry, as of ``now``, in the order of CLOCKS."""
    watched = Watched(rules.known(now), state, now)
    found = []
    for name, kind in CLOCKS.items():
        if kind.regulated and name not in rules.policy.limits:
            continue
        for run in kind.runs(watched):
            clock = read(watched, name, kind.pausable, kind.extendable, run)
            if clock and unstated(state.inquiry, clock):
                clock = _unjudged(clock)
            if clock and (clock.late or not run.only_late):
                found.append(clock)
    return found
