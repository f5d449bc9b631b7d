"""The course of one limit: what moved it while it ran, and what came too late to move it.

A limit is swept once along what happened, in order of time. A pause counts if the limit was
running and had not run out when it began; an extension, a promise or a correction is judged on
what was known in its moment. Whoever paused in time is never late in the moment the pause ends.
"""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter

from msgspec import Struct, field

from shouwen.core.deadlines.clock import PROMISED, Course, Promise
from shouwen.core.deadlines.extensions import granted_until, objection
from shouwen.core.deadlines.pauses import Lost, due_of, moved
from shouwen.core.inquiry.events import Extend
from shouwen.core.regulation.schema import DEFAULT, Limit
from shouwen.core.rulebook import Rules


class Stand(Struct, frozen=True):
    """The clocks begin to stand still."""

    at: datetime


class Go(Struct, frozen=True):
    """The clocks go on."""

    at: datetime


Move = Stand | Go | Extend | Promise


class Line(Struct):
    """A limit on its way; ``due`` is when it runs out by what is known so far.

    ``anchor`` is a moment granted or promised, from which lost time counts anew; ``back`` is the
    end of the last pause that counted, ``place`` how far the moves have been looked at, ``judged``
    what was found against each extension (event id → why, or '') when it was granted.
    """

    rules: Rules
    limit: Limit
    started: datetime
    due: datetime
    source: str
    base: datetime
    place: int = 0
    anchor: datetime | None = None
    lost: Lost = Lost()
    days: int = 0
    back: datetime | None = None
    still: datetime | None = None
    muted: bool = False
    pauses: list[tuple[datetime, datetime]] = field(default_factory=list)
    extensions: list[Extend] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    unpromised: list[tuple[str, str]] = field(default_factory=list)
    promise: Promise | None = None
    judged: dict[str, str] = field(default_factory=dict)

    def sweep(self, moves: Sequence[Move], until: datetime | None) -> None:
        """Let what happened up to a moment, and was not yet looked at, move the limit."""
        while self.place < len(moves):
            move = moves[self.place]
            if until and move.at > until:
                break
            self.place += 1
            if isinstance(move, Stand):
                if move.at <= self.due:
                    self.still, self.muted = move.at, False
            elif isinstance(move, Go):
                self._go_on(move.at)
            elif isinstance(move, Extend):
                self._extend(move)
            else:
                self.promised(move)

    def course(self) -> Course:
        """Return how the due moment came about."""
        return Course(
            self.base, [*self.pauses], [*self.extensions], self.due, self.still, self.promise
        )  # fmt: skip

    def _go_on(self, at: datetime) -> None:
        if self.still is not None:
            zone = self.rules.calendar.zone
            self.pauses.append((self.still.astimezone(zone), at.astimezone(zone)))
            self.lost, self.back = self._lost(at), at
            self.still = None
            self.due = self._reckoned(self.lost, self.back)

    def _lost(self, at: datetime) -> Lost:
        if self.still is None or self.muted:
            return self.lost
        return self.lost.and_(self.limit, self.still, at, self.rules.calendar)

    def _known(self, at: datetime) -> datetime:
        """Return when the limit runs out as far as was known at a moment, be it within a pause."""
        return self.due if self.still is None else self._reckoned(self._lost(at), at)

    def _reckoned(self, lost: Lost, back: datetime | None) -> datetime:
        due, calendar = self._counted(lost), self.rules.calendar
        if back and due < back:
            return back if self.limit.hours else calendar.close_of(calendar.first_day(back))
        return due

    def _counted(self, lost: Lost) -> datetime:
        calendar, limit = self.rules.calendar, self.limit
        if self.anchor:
            due = moved(limit, self.anchor, lost, calendar)
        else:
            due = due_of(limit, self.started, calendar, lost)
        return calendar.close_of(calendar.after(due.date(), self.days)) if self.days else due

    def _extend(self, event: Extend) -> None:
        stands = self._known(event.at)
        if event.id not in self.judged:
            self.judged[event.id] = objection(self.rules, event, stands, len(self.extensions))
        if why := self.judged[event.id]:
            self.refused.append((event.id, why))
            return
        self.extensions.append(event)
        if event.until and event.until <= stands:  # granted before another calendar gave as much
            return
        if event.until:
            self._anchored(event.until.astimezone(self.rules.calendar.zone))
        else:
            if self._counted(self._lost(event.at)) < stands:  # the end of a pause set the limit
                self._anchored(stands)
            self.days += event.workdays
        self.due = granted_until(event, stands, self.rules.calendar)

    def _anchored(self, moment: datetime) -> None:
        """Let the limit run until a moment from here on; only pauses that begin later move it."""
        self.anchor, self.lost, self.days = moment, Lost(), 0
        self.muted = self.still is not None
        self.back = None

    def recounted(self, before: "Line", moves: Sequence[Move], at: datetime) -> None:
        """Take over from a moment in another line's stead, which was counted by the calendar known before.

        What was granted stays granted. A day made known after the fact runs nobody out of time.
        """
        self.judged = before.judged
        self.sweep(moves, at)
        if self.still is None and self.due < at:
            self._anchored(self.rules.calendar.put_off(self.due, before.due, at))
            self.due = self.anchor or self.due

    def promised(self, promise: Promise) -> None:
        """Let a promise later than a default limit govern in its stead.

        Later than a limit that somebody set, or than an earlier promise, it needs approval: a promise
        then moves the earlier one, and never the limit.
        """
        stands = self._known(promise.at)
        if promise.until <= stands:
            return
        free = self.source == DEFAULT or self.source == PROMISED and bool(promise.approved_by)
        if promise.at > stands:
            self.unpromised.append((promise.event, "期满以后才承诺，原来的期限不变"))
        elif not promise.approved_by and not free:
            before = "先前的承诺" if self.source == PROMISED else f"{self.source}的期限"
            self.unpromised.append((promise.event, f"承诺比{before}晚，没有领导批准"))
        elif free:
            self.source, self.promise = PROMISED, promise
            self.due = promise.until.astimezone(self.rules.calendar.zone)
            self._anchored(self.due)


def line_of(rules: Rules, limit: Limit, started: datetime, source: str, moves: Sequence[Move] = ()) -> Line:
    """Return a limit at its start, before any of the moves."""
    due = due_of(limit, started, rules.calendar)
    return Line(rules, limit, started, due, source, due, bisect_left(moves, started, key=attrgetter("at")))
