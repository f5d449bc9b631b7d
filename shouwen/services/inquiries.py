"""Look inquiries up: by filters (``list``), or by a text in any field (``search``)."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime

from msgspec import Struct

from shouwen.core.errors import Problem
from shouwen.core.inquiry.confidential import secret
from shouwen.core.inquiry.header import Inquiry
from shouwen.core.inquiry.lifecycle import CLOSED, State, replay
from shouwen.core.office.roster import Office
from shouwen.render.inquiries import Rows, list_row
from shouwen.services.desk import Desk
from shouwen.services.reading import sound
from shouwen.services.recusal import Sight
from shouwen.store.record import Record, needle_in

Read = Iterable[Record | list[Problem]]
Found = Iterator[tuple[Record, State]]
States = Callable[[Read, list[Problem]], Found]
PHASES = ("在办", "待签收", "中止", "办结")
LIVE, EVERYWHERE = ("inquiries",), ("inquiries", "archive")


class Filter(Struct, frozen=True):
    """Which inquiries are listed; what is '' or None does not matter.

    ``person`` and ``section`` are first-asked or hold it now; ``first`` and ``last`` are local
    days of intake, both included.
    """

    phases: tuple[str, ...] = PHASES
    person: str = ""
    section: str = ""
    channel: str = ""
    category: str = ""
    first: date | None = None
    last: date | None = None

    def wants_day(self, day: date) -> bool:
        """Whether what was taken in on a day may be wanted."""
        return not (self.first and day < self.first or self.last and day > self.last)

    def wants(self, office: Office, state: State) -> bool:
        """Whether an inquiry as it stands is wanted, its day of intake aside."""
        q = state.inquiry
        return (
            state.phase in self.phases
            and self.channel in ("", q.channel)
            and self.category in ("", q.category)
            and (not self.person or self.person in (q.first_responder, state.holder.staff))
            and (
                not self.section or self.section in map(office.unit, (q.department, state.holder.department))
            )
        )


def listed(
    desk: Desk, wanted: Filter, now: datetime, past: bool = False, archive: bool = False, reveal: bool = False
) -> Rows:
    """The inquiries that a filter wants, as they stood at ``now``; secret ones are only counted.

    With ``past`` that moment lies in the past: what came later is left out, and nothing is passed
    over as settled.
    """

    def states(records: Read, problems: list[Problem]) -> Found:
        for record in sound(desk, records, problems):
            q = record.content
            if (
                not wanted.wants_day(q.received.astimezone(desk.ledger.zone).date())
                or past
                and q.received > now
            ):
                continue
            state = replay(q, until=now if past else None)
            if wanted.wants(desk.ledger.office, state):
                yield record, state

    folders = EVERYWHERE if archive else LIVE
    open_only = CLOSED not in wanted.phases and not past
    return _rows(desk, states, now, reveal, folders, open_only=open_only)


def searched(desk: Desk, text: str, field: str = "", live: bool = False, reveal: bool = False) -> Rows:
    """The inquiries in which a text stands, literally: anywhere, or in the field of a name."""

    sight = Sight(desk)

    def states(records: Read, problems: list[Problem]) -> Found:
        for record in sound(desk, records, problems):
            state = replay(record.content)
            # that a word stands in a complaint about oneself would be told already by its count
            if (not field or text in said(state.inquiry, field)) and not sight.blocked(state.inquiry):
                yield record, state

    folders = LIVE if live else EVERYWHERE
    return _rows(desk, states, desk.now, reveal, folders, wanted=needle_in(text))


def said(inquiry: Inquiry, field: str) -> str:
    """The texts of a field: of the header, of the inquirer, or of every event that has it."""
    texts = [getattr(inquiry, field, ""), getattr(inquiry.inquirer, field, "")]
    texts += [getattr(event, field, "") for event in inquiry.events]
    return "\n".join(t for t in texts if isinstance(t, str))


def _rows(
    desk: Desk, states: States, now: datetime, reveal: bool, folders: tuple[str, ...],
    open_only: bool = False, wanted: Callable[[bytes], bool] | None = None,
) -> Rows:  # fmt: skip
    """The rows of what ``states`` finds among the records of the folders, in their order."""
    ledger, sight = desk.ledger, Sight(desk)

    def look(records: Iterator[Record | list[Problem]]) -> Rows:
        found = Rows()
        for record, state in states(records, found.problems):
            if secret(state.inquiry) or sight.blocked(state.inquiry):
                found.hidden += 1
            else:
                rules = ledger.rules(state.inquiry.policy)
                found.rows.append(list_row(rules, record.path, state, now, reveal))
        return found

    whole = Rows()
    for part in ledger.parts(look, *folders, open_only=open_only, wanted=wanted):
        whole.rows += part.rows
        whole.problems += part.problems
        whole.hidden += part.hidden
    return whole
