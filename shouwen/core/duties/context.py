"""What a duty is judged on, and the questions several duties ask of it."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from functools import cached_property

from msgspec import Struct

from shouwen.core.deadlines.clock import Clock
from shouwen.core.inquiry.acts import Acts
from shouwen.core.inquiry.events import Appoint, Escalate, Event, Handoff, Notify, Progress
from shouwen.core.inquiry.header import Inquiry
from shouwen.core.inquiry.lifecycle import State
from shouwen.core.office.routing import names_for, same_department
from shouwen.core.regulation.schema import Duty
from shouwen.core.rulebook import Rules

Found = Iterator[tuple[str, str]]

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

    def same(self, one: str, other: str, at: datetime) -> bool:
        """Return whether two names mean one department at a moment, renamed or merged as it may be."""
        return same_department(self.rules.office, one, other, self.day(at))

    def among(self, department: str, named: Collection[str], at: datetime) -> bool:
        """Return whether a department is one of those that a rule names, by any name it goes by at a moment."""
        return not names_for(self.rules.office, department, self.day(at)).isdisjoint(named)

    def late_by(self, since: datetime, done: datetime) -> int:
        """Return working days by which what had to be done at once came late; 0 up to the next working day.

        No document says how soon "at once" is for what cannot be settled the same day, so the day
        after is not held against anybody.
        """
        calendar = self.rules.calendar.known(done)
        start = calendar.this_or_next(self.day(since))
        if start == self.day(since) and since > calendar.close_of(start):
            start = calendar.after(start, 1)
        days = calendar.between(start, self.day(done))
        return days if days > 1 else 0

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

    def reported_to(self, kind: str) -> bool:
        """Return whether it was put (请示) to a leader of that kind, of any department that had it."""
        departments = {s.holder.department for s in self.state.segments}
        return any(
            self.leads(e.to, kind, department, self.day(e.at))
            for e in self.state.of(Escalate)
            for department in departments
        )
