"""The clocks of an inquiry, one row each in ``CLOCKS``: when it starts and stops, under which limit.

The outer clock (办结) starts at intake and never restarts on a handoff; a handoff waits on its
own clock (签收) with the receiver; a redo has a limit of its own and leaves the first verdict.
Everything here is computed on reading; nothing is stored that could drift.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import pairwise

from msgspec import Struct

from shouwen.core.deadlines.clock import UNREGULATED, Clock, Course, handling_limit, judge, local_day
from shouwen.core.deadlines.extensions import due_with, judged_extensions
from shouwen.core.deadlines.pauses import due_of, pauses_after, stands_still
from shouwen.core.inquiry.events import (
    Appoint,
    Callback,
    Close,
    Extend,
    Handoff,
    Notify,
    Progress,
    Reopen,
    Supervise,
    Target,
)
from shouwen.core.inquiry.lifecycle import State
from shouwen.core.regulation.schema import Limit, limit_for
from shouwen.core.rulebook import Rules

# What an inquirer hears or sees, and so what answers a clock that waits for word.
CONTACTS = (Progress, Notify, Close, Appoint)


class Run(Struct, frozen=True):
    """One run of a clock: its limit, when it started and stopped, and the act that started it.

    ``due`` is set where the limit is a moment agreed and not a length. ``whose`` is who must act;
    None means whoever holds the inquiry when the run ends or its limit runs out. A run that is
    ``only_late`` is told of only if its limit ran out.
    """

    limit: Limit
    started: datetime
    stopped: datetime | None
    whose: Target | None = None
    event: str = ""
    due: datetime | None = None
    only_late: bool = False


class Watched(Struct, frozen=True):
    """An inquiry and what its clocks are read by, as of a moment."""

    rules: Rules
    state: State
    now: datetime

    def limit(self, clock: str, department: str = "") -> Limit | None:
        """The regulation's limit of a clock for this inquiry (in the hands of a department)."""
        return limit_for(self.rules.policy, clock, self.state.inquiry, department)

    def first(self, kinds: tuple[type, ...], since: datetime) -> datetime | None:
        """When one of these acts first happened at or after a moment."""
        return next((e.at for e in self.state.events if isinstance(e, kinds) and e.at >= since), None)

    @property
    def first_close(self) -> datetime | None:
        """When the first result was given."""
        return self.state.closes[0].at if self.state.closes else None

    @property
    def first_asked(self) -> Target:
        """Who was asked first, in whose department."""
        return Target(self.state.inquiry.department, self.state.inquiry.first_responder)


def _first_response(w: Watched) -> Iterator[Run]:
    """首次回应: from intake to the first word, by the first-asked."""
    q = w.state.inquiry
    limit = w.limit("首次回应")
    if limit and not q.inquirer.anonymous:  # there is nobody to answer
        yield Run(limit, q.received, w.first(CONTACTS, q.received), w.first_asked)


def _acceptance(w: Watched) -> Iterator[Run]:
    """签收: from each handoff until it is taken, sent back or overtaken, by the receiver."""
    if limit := w.limit("签收"):
        for each in w.state.passes:
            yield Run(limit, each.event.at, each.settled, each.to, each.event.id)


def _segment(w: Watched) -> Iterator[Run]:
    """环节: as long as one department holds it, by whoever holds it."""
    for segment in w.state.segments:
        if limit := w.limit("环节", segment.holder.department):
            yield Run(limit, segment.since, segment.until, segment.holder)


def _handling(w: Watched) -> Iterator[Run]:
    """办结: from intake to the first result."""
    if limit := handling_limit(w.rules, w.state.inquiry):
        yield Run(limit, w.state.inquiry.received, w.first_close)


def _promise(w: Watched) -> Iterator[Run]:
    """承诺: from intake to the first result, by the time promised."""
    q = w.state.inquiry
    if q.promised:
        yield Run(UNREGULATED, q.received, w.first_close, due=q.promised)


def _redo(w: Watched) -> Iterator[Run]:
    """重办: from each reopening to the result that follows it."""
    if limit := w.limit("重办"):
        for n, event in enumerate(w.state.reopens, 1):
            done = w.state.closes[n].at if n < len(w.state.closes) else None
            yield Run(limit, event.at, done, event=event.id)


def _feedback(w: Watched) -> Iterator[Run]:
    """反馈: staged feedback, the next due an interval after the last word; of those given, the late."""
    limit = w.limit("反馈")
    if not limit:
        return
    words = [e for e in w.state.events if isinstance(e, (*CONTACTS, Reopen))]
    settled = False
    for since, word in pairwise([None, *words, None]):
        if isinstance(since, Close | Reopen):
            settled = isinstance(since, Close)
        if not settled:  # nothing is owed between a result and a redo
            yield Run(
                limit, since.at if since else w.state.inquiry.received, word.at if word else None,
                only_late=bool(word),
            )  # fmt: skip


def _appointment(w: Watched) -> Iterator[Run]:
    """预约: from the agreement until the two met, agreed anew or the matter was settled."""
    limit, calendar = next(iter(w.rules.policy.limits.get("预约", ())), UNREGULATED), w.rules.calendar
    for event in w.state.of(Appoint):
        met = w.first((Progress, Close, Appoint, Handoff), event.when)
        met = met or next((e.at for e in w.state.closes if e.at > event.at), None)
        later = next((e.at for e in w.state.of(Appoint) if e.at > event.at), None)
        end = min(filter(None, (met, later)), default=None)
        due = calendar.close_of(calendar.this_or_next(local_day(event.when, calendar)))
        yield Run(limit, event.at, end, event=event.id, due=due)


def _supervision(w: Watched) -> Iterator[Run]:
    """督办: from a notice with a time of its own until it is answered."""
    for event in w.state.of(Supervise):
        if event.due:
            yield Run(
                UNREGULATED, event.at, w.first((Progress, Close), event.at), event=event.id, due=event.due
            )


def _callback(w: Watched) -> Iterator[Run]:
    """回访: from the result to the call that the regulation requires after it."""
    limit, close = w.limit("回访"), w.state.closed
    if not limit or not close:
        return
    duty = w.rules.policy.duties.get("callback")
    exempt = set(duty.exempt) if duty else set()
    if w.state.inquiry.inquirer.anonymous and "匿名" in exempt or any(x in close.not_told for x in exempt):
        return
    whose = Target(duty.departments[0]) if duty and duty.departments else w.first_asked
    yield Run(limit, close.at, w.first((Callback,), close.at), whose, close.id)


class Kind(Struct, frozen=True):
    """A clock that an inquiry may have: its runs, whether pauses stop it and extensions move it."""

    runs: Callable[[Watched], Iterator[Run]]
    pausable: bool = False
    extendable: bool = False


# Every clock there is, in the order in which reports show them.
CLOCKS = {
    "首次回应": Kind(_first_response),
    "签收": Kind(_acceptance),
    "环节": Kind(_segment, pausable=True),
    "办结": Kind(_handling, pausable=True, extendable=True),
    "承诺": Kind(_promise),
    "重办": Kind(_redo, pausable=True, extendable=True),
    "反馈": Kind(_feedback),
    "预约": Kind(_appointment),
    "督办": Kind(_supervision),
    "回访": Kind(_callback),
}


def clocks(rules: Rules, state: State, now: datetime) -> list[Clock]:
    """Every clock that ever ran on the inquiry, as of ``now``, in the order of CLOCKS."""
    watched = Watched(rules, state, now)
    found = []
    for name, kind in CLOCKS.items():
        for run in kind.runs(watched):
            clock = _read(watched, name, kind, run)
            if clock.late or not run.only_late:
                found.append(clock)
    return found


def _read(w: Watched, name: str, kind: Kind, run: Run) -> Clock:
    """What a run shows: when it is due after its pauses and extensions, and whose it is."""
    rules, state, limit, started, stopped = w.rules, w.state, run.limit, run.started, run.stopped
    calendar, standing = rules.calendar, False
    course: Course | None = None
    refused: tuple[tuple[str, str], ...] = ()
    due = run.due or due_of(limit, started, calendar, [])
    if kind.pausable:
        base, pauses = due, pauses_after(state, started, calendar)
        counted: list[Extend] = []
        void: list[tuple[str, str]] = []
        if kind.extendable:
            counted, void = judged_extensions(rules, state, limit, started, stopped)
        due = due_with(limit, started, pauses, counted, calendar) if pauses or counted else base
        standing = stands_still(state, due, stopped)
        if kind.extendable:
            still = state.pauses[-1].since if standing else None
            course, refused = Course(base, pauses, counted, due, still), tuple(void)
    whose = run.whose or state.holder_at(min(due, stopped or w.now))
    return judge(
        rules, w.now, name, limit, started, None if standing else due, stopped, whose,
        run.event, course, refused,
    )  # fmt: skip
