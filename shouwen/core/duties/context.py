"""What a duty is held against, and the questions several duties ask of it."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from msgspec import Struct

from shouwen.core.inquiry.events import Escalate
from shouwen.core.inquiry.header import Inquiry
from shouwen.core.inquiry.lifecycle import State
from shouwen.core.regulation.schema import Duty
from shouwen.core.rulebook import Rules

Found = Iterator[tuple[str, str]]


class Held(Struct, frozen=True):
    """A duty and the inquiry it is held against, as of a moment."""

    rules: Rules
    state: State
    now: datetime
    duty: Duty

    @property
    def inquiry(self) -> Inquiry:
        """The header, corrections applied."""
        return self.state.inquiry

    def day(self, moment: datetime) -> date:
        """The local day of a moment."""
        return moment.astimezone(self.rules.calendar.zone).date()

    @property
    def at_once(self) -> bool:
        """Whether it was settled, or may still be settled, on the day of intake."""
        end = self.state.closes[0].at if self.state.closes else self.now
        return self.day(end) <= self.day(self.inquiry.received)

    def missing(self, words: Mapping[str, object]) -> str:
        """Those of the duty's ``items`` that have no value, joined; '' if none is missing."""
        return "、".join(item for item in self.duty.items if not words.get(item))

    def leader(self, kind: str, department: str, on: date) -> str:
        """The staff id that a title (负责人, 分管领导, 主要领导) means for a department, or ''."""
        office = self.rules.office
        if kind == "负责人":
            return office.leader(department, on)
        if kind == "分管领导":
            return office.in_charge(department, on)
        return office.top(kind, on)

    def leads(self, person: str, kind: str, department: str, on: date) -> bool:
        """Whether a person had that title then; nobody has it where nobody was named."""
        return bool(person) and person == self.leader(kind, department, on)

    def reported_to(self, kind: str) -> bool:
        """Whether it was put (请示) to a leader of that kind, of any department that had it."""
        departments = {s.holder.department for s in self.state.segments}
        return any(
            self.leads(e.to, kind, department, self.day(e.at))
            for e in self.state.of(Escalate)
            for department in departments
        )
