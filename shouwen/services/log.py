"""What was done, act by act, over many inquiries: the newest first."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from shouwen.core.errors import Problem
from shouwen.core.inquiry.confidential import secret
from shouwen.core.inquiry.events import act_of
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.inquiry.masking import mask_text
from shouwen.core.office.namesakes import named_apart
from shouwen.render.inquiries import Rows
from shouwen.render.values import shown_minute
from shouwen.services.desk import Desk
from shouwen.services.reading import sound
from shouwen.services.recusal import Sight
from shouwen.store.record import Record

INTAKE = "受理"


class WantedActs(Struct, frozen=True):
    """Which acts are listed; what is empty does not matter. ``first`` and ``last`` are local days."""

    person: str = ""
    section: str = ""
    acts: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None


def acts(desk: Desk, wanted: WantedActs, archive: bool = False) -> Rows:
    """Return the acts that are wanted, the newest first; those on secret inquiries, and on what
    concerns whoever looks, are only counted."""
    ledger, office, sight = desk.ledger, desk.ledger.office, Sight(desk)
    folders = ("inquiries", "archive") if archive else ("inquiries",)

    def look(records: Iterable[Record | list[Problem]]) -> Rows:
        found = Rows()
        for record in sound(desk, records, found.problems):
            inquiry = record.content
            state = replay(inquiry)
            kept = secret(state.inquiry) or sight.blocked(inquiry)
            taken = (
                inquiry.received,
                inquiry.recorded_by or inquiry.first_responder,
                INTAKE,
                inquiry.department,
            )
            done = [taken, *((e.at, e.by, act_of(type(e)), "") for e in inquiry.events)]
            for n, (at, by, act, section) in enumerate(done):
                day = at.astimezone(ledger.zone).date()
                if by in office.staff:
                    section = named_apart(office, office.department_of(by, day), day)
                if (
                    wanted.first and day < wanted.first or wanted.last and day > wanted.last
                    or wanted.person and by != wanted.person or wanted.acts and act not in wanted.acts
                    or wanted.section and office.unit(section) != wanted.section
                ):  # fmt: skip
                    continue
                if kept:
                    found.hidden += 1
                    continue
                found.rows.append({
                    "at": shown_minute(at, ledger.zone), "who": office.name(by) or section, "department": section, "do": act,
                    "id": inquiry.id, "subject": mask_text(state.inquiry.subject, *state.people),
                    "staff": by, "path": record.path, "line": record.line(inquiry.events[n - 1].id) if n else 1, "moment": at,
                })  # fmt: skip
        return found

    found = look(ledger.records(*folders))
    found.rows.sort(key=lambda r: (r["moment"], r["id"], r["line"]), reverse=True)
    return found
