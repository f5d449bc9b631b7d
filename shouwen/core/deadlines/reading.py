"""Reading the clocks off a record: which header a run goes by, what moved it, whose it is.

A correction moves a run that is under way. One that comes after the run ended, or after its limit
ran out, leaves the verdict as it was, unless somebody entitled approved it; then both are kept.
So with the calendar: what becomes known while a run is under way moves it; what comes later does
not, and what it would give is told beside.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cached_property
from operator import attrgetter

from msgspec import Struct, structs

from shouwen.core.deadlines.attribution import answering
from shouwen.core.deadlines.clock import (
    RED,
    RUNNING,
    STOPPED,
    UNREGULATED,
    WAITING,
    Clock,
    Course,
    Promise,
    Verdict,
    handling_limit,
    level_at,
    local_day,
    source_of,
)
from shouwen.core.deadlines.course import Go, Line, Move, Stand, line_of
from shouwen.core.deadlines.lateness import late_by
from shouwen.core.deadlines.pauses import standstills
from shouwen.core.inquiry.acts import Acts
from shouwen.core.inquiry.events import Correct, Extend, Progress, Target
from shouwen.core.inquiry.header import Inquiry
from shouwen.core.inquiry.lifecycle import State, Version
from shouwen.core.office.standing import today_of
from shouwen.core.regulation.schema import Limit, limit_for
from shouwen.core.rulebook import Rules

Of = Callable[[Inquiry], Limit | None]
_AT = attrgetter("at")
# What of a header decides on a limit or its start.
_DECIDES = ("received", "channel", "category", "scope", "matter", "urgency")


class Run(Struct, frozen=True):
    """One run of a clock: its limit by the header, when it started and stopped, by which act.

    ``started`` None means at intake. ``due`` is set where the limit is a moment agreed and not a
    length. ``whose`` is who must act; None means whoever holds the inquiry when the run ends or its
    limit runs out. A run that is ``only_late`` is told of only if its limit ran out. ``away`` is when
    this run alone stood still; what has ``left`` the hands of who must act grows no later from then on.
    """

    limit: Of
    started: datetime | None
    stopped: datetime | None
    whose: Target | None = None
    event: str = ""
    due: datetime | None = None
    source: str = ""
    only_late: bool = False
    away: tuple[Move, ...] = ()
    left: datetime | None = None


class Basis(Struct, frozen=True):
    """What limits are read by from a moment on: a header, and the calendar known; ``event`` the correction."""

    at: datetime
    inquiry: Inquiry
    rules: Rules
    event: Correct | None = None


class Reading(Struct, frozen=True):
    """What was read off one run."""

    limit: Limit
    started: datetime
    due: datetime
    course: Course
    source: str
    line: Line
    refused: tuple[tuple[str, str], ...] = ()
    unpromised: tuple[tuple[str, str], ...] = ()
    first: Verdict | None = None
    unmoved: tuple[str, ...] = ()
    recounted: Verdict | None = None

    @property
    def stands(self) -> bool:
        """Whether the clock stands still at the end of what was read."""
        return self.course.still is not None


class Watched:
    """An inquiry and what its clocks are read by, as of a moment."""

    def __init__(self, rules: Rules, state: State, now: datetime):
        self.rules, self.state, self.now = rules, state, now
        self._acts = Acts(state.events)
        self._answering: dict[tuple[Target, date], Target] = {}

    def first(self, kinds: tuple[type, ...], since: datetime, strictly: bool = False) -> datetime | None:
        """Return when one of these acts first happened at (unless ``strictly``) or after a moment."""
        found = self._acts.first(kinds, since, strictly)
        return found.at if found else None

    def answering(self, bearer: Target, day: date) -> Target:
        """Return who answered for a bearer on a day, looked up once however many limits ran out on it."""
        if (bearer, day) not in self._answering:
            self._answering[bearer, day] = answering(self.rules.office, bearer, day)
        return self._answering[bearer, day]

    @property
    def first_close(self) -> datetime | None:
        """When the first result was given."""
        return self.state.closes[0].at if self.state.closes else None

    @property
    def first_asked(self) -> Target:
        """Who was asked first, in whose department."""
        return Target(self.state.inquiry.department, self.state.inquiry.first_responder)

    @cached_property
    def pauses(self) -> list[Move]:
        """When the clocks began to stand still and went on, in order."""
        found: list[Move] = []
        for since, until in standstills(self.state.pauses):
            found.append(Stand(since))
            if until:
                found.append(Go(until))
        return found

    @cached_property
    def moves(self) -> list[Move]:
        """All that may move the limit of the work, in order: extensions, promises, pauses."""
        more: list[Move] = []
        for event in self.state.events:
            if isinstance(event, Extend):
                more.append(event)
            elif isinstance(event, Progress) and event.promised:
                leader = event.approved_by if event.approved_by != event.by else ""
                more.append(Promise(event.at, event.promised, leader, event.id))
        return sorted([*more, *self.pauses], key=_AT) if more else self.pauses

    @cached_property
    def told_at_intake(self) -> Promise | None:
        """The promise of the header; a correction after it ran out needs approval."""
        current = None
        for version in self.state.headers:
            promised = version.inquiry.promised
            if promised and (current is None or version.at <= current or self.approved(version)):
                current = promised
        q = self.state.inquiry
        leader = q.promise_approved_by
        leader = "" if leader in (q.first_responder, q.recorded_by) else leader
        return Promise(q.received, current, leader) if current else None

    @property
    def promises(self) -> list[Promise]:
        """The promises that run beside a limit and do not govern in its stead."""
        told = [m for m in self.moves if isinstance(m, Promise)]
        told = [self.told_at_intake, *told] if self.told_at_intake else told
        readings = [self.work[0], *self.work[1].values()] if told else []
        governing = [r.course.promise for r in readings if r and r.course.promise]
        return [p for p in told if p not in governing]

    @cached_property
    def versions(self) -> list[Version]:
        """The header as written, and after each correction of what decides on a limit."""
        first, *rest = self.state.headers
        found = [first]
        for version in rest:
            if any(getattr(version.inquiry, n) != getattr(found[-1].inquiry, n) for n in _DECIDES):
                found.append(version)
        return found

    @cached_property
    def bases(self) -> list[Basis]:
        """Return by what limits are read, in order: anew with each correction and each change of the calendar."""
        first = self.versions[0]
        changes = self.rules.calendar.changes(first.at)
        if not changes:
            return [Basis(v.at, v.inquiry, self.rules, v.event) for v in self.versions]
        found = [Basis(first.at, first.inquiry, self.rules.known(first.at))]
        moments = [(v.at, 0, v) for v in self.versions[1:]] + [(change, 1, None) for change in changes]
        for at, _, version in sorted(moments, key=lambda moment: moment[:2]):
            header = version.inquiry if version else found[-1].inquiry
            found.append(Basis(at, header, self.rules.known(at), version.event if version else None))
        return found

    def approved(self, version: Version | Basis) -> bool:
        """Return whether somebody other than the holder and the writer allowed a correction."""
        event = version.event
        holder = self.state.holder_at(version.at).staff
        return event is not None and event.approved_by not in ("", event.by, holder)

    @cached_property
    def work(self) -> tuple[Reading | None, dict[str, Reading]]:
        """The limit of the first result, and of each redo by the id of its reopening.

        A result taken up again on the day it was given is a slip: where the earlier limit had not
        run out, the redo has no longer than what was left of it, so that nobody gains time.
        """
        rules, state = self.rules, self.state
        outer = Run(lambda q: handling_limit(rules, q), None, self.first_close)
        first = governed(self, "办结", outer, self.moves)
        carried, redone = first and first.line, {}
        for n, event in enumerate(state.reopens, 1):
            done = state.closes[n].at if n < len(state.closes) else None
            run = Run(lambda q: limit_for(rules.policy, "重办", q), event.at, done)
            reading = own = governed(self, "重办", run, self.moves)
            given = state.closes[n - 1].at
            slip = local_day(given, rules.calendar) == local_day(event.at, rules.calendar)
            carried = carried if slip and carried and event.at <= carried.due else None
            if carried:
                carried.sweep(self.moves, done)
                if not own or not carried.still and (own.stands or carried.due < own.due):
                    course = structs.replace(carried.course(), bound=True)
                    reading = Reading(
                        carried.limit, event.at, carried.due, course, carried.source, carried,
                        own.refused if own else (),
                    )  # fmt: skip
            if reading:
                redone[event.id] = reading
            lines = [line for line in (own and own.line, carried) if line]
            carried = min(lines, key=attrgetter("due"), default=None)
        return first, redone


def _line(w: Watched, name: str, run: Run, basis: Basis, moves: Sequence[Move]) -> Line | None:
    q, rules = basis.inquiry, basis.rules
    limit = run.limit(q)
    if not limit:
        return None
    line = line_of(rules, limit, run.started or q.received, source_of(rules, name, limit), moves)
    if name == "办结" and w.told_at_intake:
        line.promised(w.told_at_intake)
    return line


def _same(one: Line | None, other: Line | None) -> bool:
    """Return whether two headers give a run the same limit from the same moment."""
    return one and other and (one.limit, one.started) == (other.limit, other.started) or False


def _through(
    w: Watched, name: str, run: Run, moves: Sequence[Move], bases: Sequence[Basis]
) -> tuple[Line | None, Sequence[Basis]]:
    """Read a run by what was known until it ended or ran out, and what became known only after that."""
    line = _line(w, name, run, bases[0], moves)
    for n, basis in enumerate(bases[1:], 1):
        if run.stopped and basis.at > run.stopped:
            later = bases[n:]
            break
        if line:
            line.sweep(moves, basis.at)
            if not line.still and basis.at > line.due:
                later = bases[n:]
                break
        other = _line(w, name, run, basis, moves)
        if line and other:
            other.judged = line.judged
            if other.rules.calendar is not line.rules.calendar:
                other.recounted(line, moves, basis.at)
            elif _same(line, other):
                continue
        line = other
    else:
        later = ()
    if line:
        line.sweep(moves, run.stopped)
    return line, later


def governed(w: Watched, name: str, run: Run, moves: Sequence[Move]) -> Reading | None:
    """Return a run under the header and the calendar that govern it; None where no limit is set."""
    bases = w.bases
    place = max(bisect_right(bases, run.started, key=_AT) - 1, 0) if run.started else 0
    line, later = _through(w, name, run, moves, bases[place:])
    first: Verdict | None = None
    unmoved: tuple[str, ...] = ()
    corrected = [basis for basis in later if basis.event]
    if corrected:
        approved = next((basis for basis in reversed(corrected) if w.approved(basis)), None)
        header = (approved or corrected[-1]).inquiry
        kept = [b for n, b in enumerate(bases[place:]) if not n or not b.event]
        other, after = _through(w, name, run, moves, [structs.replace(b, inquiry=header) for b in kept])
        if _same(line, other):
            pass
        elif not approved:
            unmoved = (_id(corrected[-1]),) if line and other else ()
        else:
            if line and other:
                level, days = level_at(w.rules, line.due, run.stopped, approved.at)
                first = Verdict(line.due, level == RED, days, approved.at, _id(approved))
            line, later = other or line, after
    if not line:
        return None
    return Reading(
        line.limit, line.started, line.due, line.course(), line.source, line, tuple(line.refused),
        tuple(line.unpromised), first, unmoved, _recounted(w, name, run, moves, line, later),
    )  # fmt: skip


def _recounted(
    w: Watched, name: str, run: Run, moves: Sequence[Move], line: Line, later: Sequence[Basis]
) -> Verdict | None:
    """Return what the calendar known now would give a run that it came too late to move; None if the same."""
    change = next((basis for basis in later if not basis.event), None)
    if not change or line.still:
        return None
    now = structs.replace(later[-1], inquiry=change.inquiry)
    other = line_of(now.rules, line.limit, line.started, line.source, moves)
    other.judged = line.judged
    if name == "办结" and w.told_at_intake:
        other.promised(w.told_at_intake)
    other.sweep(moves, run.stopped)
    if other.still or other.due == line.due:
        return None
    level, days = level_at(w.rules, other.due, run.stopped, w.now)
    return Verdict(other.due, level == RED, days, change.at, "")


def _id(version: Version | Basis) -> str:
    return version.event.id if version.event else ""


def read(w: Watched, name: str, pausable: bool, extendable: bool, run: Run) -> Clock | None:
    """Return what a run shows: when it is due, how it came about, whose it is; None without a limit."""
    if run.due:
        limit, zone = run.limit(w.state.inquiry) or UNREGULATED, w.rules.calendar.zone
        started = run.started or w.state.inquiry.received
        due = max(run.due, started).astimezone(zone)
        return _clock(w, name, run, limit, started, due, run.source or source_of(w.rules, name, limit))
    if extendable:
        reading = w.work[0] if name == "办结" else w.work[1].get(run.event)
    else:
        moves = w.pauses if pausable else ()
        reading = governed(w, name, run, sorted([*moves, *run.away], key=_AT) if run.away else moves)
    if not reading:
        return None
    told = reading.course.promise
    if name == "办结" and told:  # governs instead of it
        name, run = "承诺", structs.replace(run, event=told.event)
    clock = _clock(
        w, name, run, reading.limit, reading.started, reading.due, reading.source,
        reading.stands and not run.stopped,
    )  # fmt: skip
    return structs.replace(
        clock,
        course=structs.replace(reading.course, known=min(_seen(w, run), reading.due)),
        refused=reading.refused,
        unpromised=reading.unpromised,
        first=reading.first,
        unmoved=reading.unmoved,
        recounted=reading.recounted,
    )


def _seen(w: Watched, run: Run) -> datetime:
    """Return as of when a run is judged: its end, when it left who must act, else now."""
    return run.stopped or min(run.left or w.now, w.now)


def _clock(
    w: Watched, name: str, run: Run, limit: Limit, started: datetime, due: datetime, source: str,
    stands: bool = False,
) -> Clock:  # fmt: skip
    rules, end = w.rules, _seen(w, run)
    calendar, shown = rules.calendar.known(end), None if stands else due
    by = late_by(calendar, shown, end, limit) if shown else None
    level, days = (RED, by.workdays) if by else level_at(rules, shown, run.stopped, end)
    bearer = run.whose or w.state.holder_at(min(due, end))
    bearer = today_of(rules.office, bearer, local_day(min(due, end), calendar))
    if level == RED:
        bearer = w.answering(bearer, local_day(due, calendar))
    last = local_day(max(shown, end), calendar) if shown else None
    return Clock(
        name=name, rule=limit, started=started, due=shown, stopped=run.stopped,
        state=STOPPED if run.stopped else RUNNING if shown else WAITING,
        level=level, overdue_workdays=days,
        provisional=last is not None and calendar.provisional(local_day(started, calendar), last),
        whose=bearer, event=run.event, source=source,
        by=by,
    )  # fmt: skip
