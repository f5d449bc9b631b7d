"""What a duty is judged on, and the questions several duties ask of it."""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, datetime
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from msgspec import Struct

from shouwen.core.deadlines.clock import Clock
from shouwen.core.deadlines.lateness import Lateness, late_by, same_day_due
from shouwen.core.inquiry.acts import Acts
from shouwen.core.inquiry.events import Appoint, Escalate, Event, Handoff, Issue, Notify, Progress
from shouwen.core.inquiry.header import Inquiry
from shouwen.core.inquiry.lifecycle import Pass, State
from shouwen.core.office.routing import names_for, same_department
from shouwen.core.regulation.schema import Duty
from shouwen.core.rulebook import Rules


class Owed(NamedTuple):
    """What a duty that has a time found: the act that shows it, in words, what it was owed from, until when.

    ``owed_from`` is the act that it was owed from, '' the intake: whoever made that one bore it.
    ``late`` says by how much, once it is done, with ``done`` its time; both None while it is not.
    """

    event: str
    text: str
    owed_from: str
    due: datetime
    late: Lateness | None = None
    done: datetime | None = None


class Done(NamedTuple):
    """When something was done, and by which act ('' the intake)."""

    at: datetime
    act: str


def done_by(event: Event | None) -> Done | None:
    """Return when an act was done, and its id."""
    return Done(event.at, event.id) if event else None


# What a duty finds: (event id or '', what is wrong); with its time, where it has one.
Found = Iterator[tuple[str, str] | Owed]

TOLD = (Progress, Notify, Appoint)
# Ways of passing on in which the inquirer stands beside the clerk: the reason is said, not just filed.
FACE_TO_FACE = ("引领", "指引")
# Ways in which the inquirer is told whom to ask: the reason is told with it.
TELLING = ("告知联系方式", "告知电话", "告知地点")


def informs(event: Event) -> bool:
    """Return whether the inquirer was told something by an act: word, a notice, an appointment, why he is passed on."""
    if isinstance(event, Handoff):
        return bool(event.said or event.reason and event.mode in FACE_TO_FACE + TELLING)
    return isinstance(event, TOLD)


class Judged(Struct, frozen=True, dict=True):
    """A duty and the inquiry that is judged by it, as of a moment."""

    rules: Rules
    state: State
    now: datetime
    duty: Duty
    clocks: tuple[Clock, ...] = ()

    @property
    def inquiry(self) -> Inquiry:
        """The header, corrections applied."""
        return self.state.inquiry

    def day(self, moment: datetime) -> date:
        """Return the local day of a moment."""
        return moment.astimezone(self.rules.calendar.zone).date()

    def next_close(self, since: datetime) -> datetime:
        """Return the close of the working day after: no document says how soon "at once" is."""
        day = self.day(since)
        return self.rules.calendar.standing(since, lambda known: known.close_of(known.after(day, 1)))

    @property
    def at_once(self) -> bool:
        """Whether it was settled, or may still be settled, on the day of intake."""
        end = self.state.closes[0].at if self.state.closes else self.now
        return self.day(end) <= self.day(self.inquiry.received)

    @cached_property
    def acts(self) -> Acts:
        """Return the acts by kind and time."""
        return Acts(self.state.events)

    @cached_property
    def handoffs(self) -> list[Handoff]:
        """Return the handoffs that count: a slip taken back, or sent back and done again, is none.

        A slip is what its sender took back himself, or what came back and went to the same
        department again on the same day.
        """
        returned = {p.event.id: p.returned for p in self.state.passes if p.returned}
        later: set[tuple[str, date]] = set()  # to which department, on which day, one was made after it
        kept = []
        for event in reversed(self.state.of(Handoff)):
            back, day = returned.get(event.id), self.day(event.at)
            made = (self.rules.office.successor(event.to.department, day), day)
            if not back or back.by != event.by and made not in later:
                kept.append(event)
            later.add(made)
        return kept[::-1]

    @cached_property
    def passes(self) -> list[Pass]:
        """Return what was passed on, but for what its sender took back himself before anybody signed for it."""
        return [p for p in self.state.passes if not p.returned or p.returned.by != p.event.by]

    def same(self, one: str, other: str, at: datetime) -> bool:
        """Return whether two names mean one department at a moment, renamed or merged as it may be."""
        return same_department(self.rules.office, one, other, self.day(at))

    def among(self, department: str, named: Collection[str], at: datetime) -> bool:
        """Return whether a department is one of those that a rule names, by any name it goes by at a moment."""
        return not names_for(self.rules.office, department, self.day(at)).isdisjoint(named)

    def owed(
        self, since: datetime, done: Done | None, before: str, did: str, *,
        missing: tuple[str, str] | None = None, owed_from: str = "", due: datetime | None = None, spare: int = 1,
    ) -> Found:  # fmt: skip
        """Find what is owed since a moment: as ``missing`` while it is not done, as late once it is.

        The one rule of every duty that has a time: 未当场办结，迟2个工作日才请示领导. Owed at once is owed
        that working day, or by ``due``; up to ``spare`` working days after it are not held against
        anybody: no document says how soon "at once" is.
        """
        calendar = self.rules.calendar
        due = due or same_day_due(calendar, since)
        if not done:
            if missing:
                yield Owed(*missing, owed_from, due)
            return
        late = late_by(calendar, due, done.at)
        if late and (late.workdays > spare or not spare):
            pause = "" if before.endswith("后") else "，"
            yield Owed(done.act, f"{before}{pause}{late.words}才{did}", owed_from, due, late, done.at)

    def owed_at_intake(
        self, done: Done | None, before: str, did: str, missing: tuple[str, str] | None = None
    ) -> Found:
        """Find what is owed at once since the intake."""
        return self.owed(self.inquiry.received, done, before, did, missing=missing)

    def first(
        self, kinds: tuple[type, ...], since: datetime | None = None, strictly: bool = False
    ) -> Done | None:
        """Return when, and by which act, one of these kinds was done first at (unless ``strictly``) or after a moment."""
        return done_by(self.acts.first(kinds, since or self.inquiry.received, strictly))

    def issued(self, form: str, since: datetime | None = None) -> Done | None:
        """Return when a form was first given out, at or after a moment."""
        issues = self._issues.get(form, [])
        place = bisect_left(issues, since, key=attrgetter("at")) if since else 0
        return done_by(issues[place]) if place < len(issues) else None

    @cached_property
    def _issues(self) -> dict[str, list[Issue]]:
        found: dict[str, list[Issue]] = {}
        for event in self.state.of(Issue):
            found.setdefault(event.form, []).append(event)
        return found

    @property
    def promised(self) -> Done | None:
        """Return when a time was first promised to the inquirer, at intake or later."""
        at_intake = self.put_right(lambda q: q.promised is not None)
        told = next((e for e in self.state.of(Progress) if e.promised), None)
        return min(filter(None, (at_intake, done_by(told))), default=None)

    def put_right(self, whole: Callable[[Inquiry], bool]) -> Done | None:
        """Return since when, and by which correction, the header holds what a duty asks for; None where it does not."""
        if not whole(self.inquiry):
            return None
        right = Done(self.inquiry.received, "")
        for version in reversed(self.state.headers):
            if not whole(version.inquiry):
                break
            right = Done(version.at, version.event.id) if version.event else Done(self.inquiry.received, "")
        return right

    def missing(self, words: Mapping[str, object]) -> str:
        """Return those of the duty's ``items`` that have no value, joined; '' if none is missing."""
        return "、".join(item for item in self.duty.items if not words.get(item))

    def leader(self, kind: str, department: str, on: date) -> str:
        """Return the staff id that a title (负责人, 分管领导, 主要领导) means for a department, or ''."""
        office = self.rules.office
        if kind == "负责人":
            return office.leader(department, on)
        if kind == "分管领导":
            return office.in_charge(department, on)
        return office.top(kind, on)

    def leads(self, person: str, kind: str, department: str, on: date) -> bool:
        """Return whether a person had that title then; nobody has it where nobody was named."""
        return bool(person) and person == self.leader(kind, department, on)

    def reported_to(self, kind: str) -> Done | None:
        """Return when it was first put (请示) to a leader of that kind, of any department that had it."""
        departments = {s.holder.department for s in self.state.segments}
        return next(
            (
                Done(e.at, e.id)
                for e in self.state.of(Escalate)
                if any(self.leads(e.to, kind, department, self.day(e.at)) for department in departments)
            ),
            None,
        )
