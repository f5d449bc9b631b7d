"""Corrections (更正) of the header: which values may be put right, and the header with one put right."""

from datetime import datetime

from msgspec import ValidationError, convert, structs

from shouwen.core.inquiry.events import Correct
from shouwen.core.inquiry.header import Agent, Inquiry

CORRECTABLE = (
    "received", "channel", "category", "subject", "detail", "scope", "matter", "urgency",
    "promised", "inquirer.name", "inquirer.phone", "inquirer.organisation",
    "agent.name", "agent.phone", "agent.relation", "agent.staff",
)  # fmt: skip


def corrected(inquiry: Inquiry, event: Correct) -> Inquiry:
    """Return the header with one value put right; ValueError says why it cannot be."""
    if event.field not in CORRECTABLE:
        raise ValueError(f"“{event.field}”不能更正；可更正：{'、'.join(CORRECTABLE)}")
    name, _, inner = event.field.partition(".")
    try:
        if name == "agent":
            agent = structs.replace(inquiry.agent or Agent(), **{inner: event.value})
            return structs.replace(inquiry, agent=agent if agent != Agent() else None)
        if inner:
            person = structs.replace(inquiry.inquirer, **{inner: event.value})
            return structs.replace(inquiry, inquirer=person)
        kind = datetime if name in ("received", "promised") else str
        value = convert(event.value, kind)
    except ValidationError:
        raise ValueError(f"“{event.value}”不是合法的时间") from None
    if isinstance(value, datetime) and value.tzinfo is None:
        raise ValueError(f"“{event.value}”缺少时区")
    # Once a 举报, always kept as one.
    kept = inquiry.confidential or name == "category" and inquiry.category == "举报"
    return structs.replace(inquiry, **{name: value, "confidential": kept})
