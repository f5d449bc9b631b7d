"""Look inquiries up: by filters (``list``), or by a text in any field (``search``)."""

from collections.abc import Iterable
from datetime import date, datetime

from msgspec import Struct, msgpack

from shouwen.core.deadlines.clock_table import clocks
from shouwen.core.deadlines.overdue import unchanged_until
from shouwen.core.errors import Problem
from shouwen.core.inquiry.confidential import confined, secret
from shouwen.core.inquiry.events import Target
from shouwen.core.inquiry.header import Inquiry
from shouwen.core.inquiry.lifecycle import CLOSED, State, replay
from shouwen.core.office.roster import Office
from shouwen.core.office.standing import as_held_on
from shouwen.render.inquiries import Rows, list_row
from shouwen.services.desk import Desk
from shouwen.services.reading import sound
from shouwen.services.recusal import Sight
from shouwen.store.memo import Recalled
from shouwen.store.record import Record, needle_in

Read = Iterable[Record | Recalled | list[Problem]]
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
        """Return whether what was taken in on a day may be wanted."""
        return not (self.first and day < self.first or self.last and day > self.last)

    def wants(self, office: Office, found: "Listed") -> bool:
        """Return whether an inquiry as it stands is wanted, its day of intake aside."""
        return (
            found.phase in self.phases
            and self.channel in ("", found.channel)
            and self.category in ("", found.category)
            and (not self.person or self.person in (found.first_responder, found.holder.staff))
            and (
                not self.section
                or self.section in map(office.unit, (found.department, found.given, found.holder.department))
            )
        )


class Listed(Struct, array_like=True):
    """An inquiry as a list knows it: what filters ask for, ``day`` being that of intake as written, and its row.

    ``holder`` is by the department that has it today, ``given`` the department that the record names.
    """

    day: date
    phase: str
    channel: str
    category: str
    first_responder: str
    department: str
    holder: Target
    given: str
    row: dict[str, str] = {}


_DECODER = msgpack.Decoder(Listed)


def _listed(state: State, day: date, given: str) -> Listed:
    q = state.inquiry
    return Listed(
        day, state.phase, q.channel, q.category, q.first_responder,
        q.department, state.holder, given,
    )  # fmt: skip


def listed(
    desk: Desk, wanted: Filter, now: datetime, past: bool = False, archive: bool = False, reveal: bool = False
) -> Rows:
    """Return the inquiries that a filter wants, as they stood at ``now``; secret ones are only counted.

    With ``past`` that moment lies in the past: what came later is left out, and nothing is passed
    over as settled.
    """

    ledger, sight = desk.ledger, Sight(desk, reveal)
    office, zone = ledger.office, ledger.zone
    open_only = CLOSED not in wanted.phases and not past
    memo = desk.memo(now, "list", settled="closed") if open_only and not reveal and not archive else None

    def look(records: Read) -> Rows:
        found = Rows()
        for record in sound(desk, records, found.problems):
            if isinstance(record, Recalled):
                one = _DECODER.decode(record.value)
                if wanted.wants_day(one.day) and wanted.wants(office, one):
                    found.rows.append(one.row)
                continue
            q = record.content
            day = q.received.astimezone(zone).date()
            if not wanted.wants_day(day) or past and q.received > now:
                continue
            state = replay(q, until=now if past else None)
            held = as_held_on(office, state, now.astimezone(zone).date())
            one = _listed(held, day, state.holder.department)
            if not wanted.wants(office, one):
                continue
            if secret(state.inquiry) or sight.blocked(state.inquiry):
                found.hidden += 1
                continue
            rules = ledger.rules(state.inquiry.policy)
            running = clocks(rules, state, now)
            one.row = list_row(rules, record.path, held, now, reveal, running)
            found.rows.append(one.row)
            if memo and not confined(q, state.inquiry):
                memo.keep(
                    record.path, record.raw, msgpack.encode(one), unchanged_until(q, running, now, zone)
                )
        return found

    folders = EVERYWHERE if archive else LIVE
    return together(ledger.parts(look, *folders, open_only=open_only, memo=memo))


def searched(desk: Desk, text: str, field: str = "", live: bool = False, reveal: bool = False) -> Rows:
    """Return the inquiries in which a text stands, literally: anywhere, or in the field of a name."""

    ledger, sight = desk.ledger, Sight(desk, reveal)

    def look(records: Read) -> Rows:
        found = Rows()
        for record in sound(desk, records, found.problems):
            state = replay(record.content)
            # that a word stands in a complaint about oneself would be told already by its count
            if field and text not in said(state.inquiry, field) or sight.blocked(state.inquiry):
                continue
            if secret(state.inquiry):
                found.hidden += 1
            else:
                rules = ledger.rules(state.inquiry.policy)
                running, today = clocks(rules, state, desk.now), desk.now.date()
                held = as_held_on(ledger.office, state, today)
                found.rows.append(list_row(rules, record.path, held, desk.now, reveal, running))
        return found

    folders = LIVE if live else EVERYWHERE
    return together(ledger.parts(look, *folders, wanted=needle_in(text)))


def said(inquiry: Inquiry, field: str) -> str:
    """Return the texts of a field: of the header, of the inquirer, of the agent, or of every event that has it."""
    texts = [getattr(inquiry, field, ""), getattr(inquiry.inquirer, field, "")]
    if field == "agent" and (agent := inquiry.agent):
        texts += [agent.name, agent.phone, agent.relation]
    texts += [getattr(event, field, "") for event in inquiry.events]
    return "\n".join(t for t in texts if isinstance(t, str))


def together(parts: Iterable[Rows]) -> Rows:
    """Return the rows of several parts as those of all of them."""
    whole = Rows()
    for part in parts:
        whole.add(part)
    return whole
