"""Who may have done what a row of a register says: the table of powers, by the column in which the name stands."""

from collections.abc import Iterator
from datetime import tzinfo

from msgspec import structs

from shouwen.core.inquiry.events import Event, Extend, Handoff, act_of
from shouwen.core.inquiry.header import Inquiry
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.office.powers import ask, asked_at_intake, intake_breaches
from shouwen.core.office.roster import Office
from shouwen.core.regulation.schema import Policy


def _column(inquiry: Inquiry, event: Event, field: str) -> str:
    """Return the field of a mapping in which a name of an event stood."""
    if field == "signed_by":
        return field
    if isinstance(event, Extend) and field == "approved_by":
        return "extended_by"
    if isinstance(event, Handoff) and field == "on_behalf_of":
        return "designated_by"
    if isinstance(event, Handoff) and field != "by":
        return "handler" if event.to.staff else "handler_department"
    return "first_responder" if event.by == inquiry.first_responder else "handler"


def powers_lacking(
    office: Office, policy: Policy, inquiry: Inquiry, zone: tzinfo | None
) -> Iterator[tuple[str, str]]:
    """Yield (field of the mapping, words) for whoever could not have done what a row says, on its day."""
    for key, breach in intake_breaches(asked_at_intake(office, policy, inquiry, zone), inquiry):
        if key != "recorded_by":  # who imports wrote it down afterwards
            yield key, breach.text
    for n, event in enumerate(inquiry.events):
        state = replay(structs.replace(inquiry, events=inquiry.events[:n]))
        for breach in ask(office, policy, state, event, zone):
            yield _column(inquiry, event, breach.field), f"{act_of(type(event))}：{breach.text}"
