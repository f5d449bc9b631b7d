"""Confidential inquiries: which they are, and what of them is kept apart in ``private/``.

A field of an event stays in the shared record only if it is known to hold no more than a word of
the regulation or somebody on the roster (``OPEN``). Everything else that is typed may say who or
what, and goes apart.
"""

from collections.abc import Collection
from typing import Any

from msgspec import ValidationError, convert, structs, to_builtins

from shouwen.core.fact import Fact
from shouwen.core.inquiry.events import Contact, Correct, Event, Note, Withdraw
from shouwen.core.inquiry.header import Agent, Inquirer, Inquiry
from shouwen.core.regulation.schema import Policy

HIDDEN = "保密件"
PURGED = "已按保存期限清除身份和内容"
PURGED_SINCE = "已按保存期限清除转为保密以后的内容；在此以前写进记录的还在"  # of a header written in the open
# Text fields that hold a word from a list, a member of staff or a department; tests hold it whole.
OPEN: dict[str, frozenset[str]] = {
    "转办": frozenset({"mode", "approved_by", "joint", "contact_by", "on_behalf_of"}),
    "反馈": frozenset({"approved_by"}),
    "记事": frozenset({"kind"}),
    "中止": frozenset({"reason"}),
    "请示": frozenset({"to"}),
    "批示": frozenset({"on_behalf_of"}),
    "延期": frozenset({"approved_by", "on_behalf_of"}),
    "督办": frozenset({"on_behalf_of", "lead"}),
    "出具": frozenset({"form", "missing"}),
    "办结": frozenset({"outcome", "signed_by"}),
    "回访": frozenset({"rating"}),
    "更正": frozenset({"field", "approved_by"}),
    "撤回": frozenset({"event", "approved_by"}),
    "并案": frozenset({"into"}),
}
# What a correction may put right in the open: clocks and duties rest on it, and it names nobody but
# whom it is about, as the header does: who that is must be known wherever the record is read.
DRY = frozenset(
    {"received", "channel", "category", "scope", "matter", "urgency", "promised", "confidential", "about"}
)


def secret(inquiry: Inquiry) -> bool:
    """Return a 举报 or a confidential inquiry: in lists it is only counted, never shown.

    One that was a 举报 for a time stays so (``corrected`` sees to it); one that becomes a 举报 by
    a correction is so from its first line on.
    """
    if inquiry.confidential or inquiry.category == "举报":
        return True
    return any(type(e) is Correct and _hides(e) for e in inquiry.events)


def complained_of(inquiry: Inquiry) -> tuple[str, ...]:
    """Return staff ids of those whom an inquiry is about: named at intake, and found to be so since."""
    added = [e for e in inquiry.events if type(e) is Correct and e.field == "about"]
    if not added:
        return inquiry.about
    gone = {e.event for e in inquiry.events if type(e) is Withdraw}
    named = (staff for e in added if e.id not in gone for staff in e.value.split("、") if staff)
    return tuple(dict.fromkeys((*inquiry.about, *named)))


def _hides(event: Correct) -> bool:
    """Tell whether a correction makes the inquiry one that is kept apart."""
    return event.field == "confidential" or event.field == "category" and event.value == "举报"


def confined(*versions: Inquiry) -> bool:
    """Return whether what is told of an inquiry stays in its ledger: a secret one's, and what is said about somebody.

    ``versions`` are its header as written and as corrected: one such is enough.
    """
    return any(secret(one) or bool(one.about) for one in versions)


def protected(policy: Policy, category: str, about: Collection[str]) -> bool:
    """Return whether a regulation keeps what is taken in under a category apart, beside 举报.

    Asked once, at intake; the record is then marked confidential, whatever becomes of it.
    """
    rule = policy.protected
    if not rule or category == "举报":
        return False
    return category in rule.values or rule.about and bool(about)


class Private(Fact, kw_only=True):
    """``private/ID.yaml``: who asked and what, of an inquiry that only few may know.

    ``events`` has by event id the fields whose values stay here. ``subject`` is empty where the
    header was written before the inquiry became a confidential one, or on another machine.
    """

    id: str
    subject: str = ""
    detail: str = ""
    inquirer: Inquirer = Inquirer()
    agent: Agent | None = None
    events: dict[str, dict[str, Any]] = {}


def _blank(value: Any, words: Collection[str]) -> Any:
    """Return what stands in the shared record for a value: that there is one, and the regulation's own words."""
    if isinstance(value, str):
        return "、".join(w for w in words if w in value) or HIDDEN
    if isinstance(value, Contact):
        return Contact(*(HIDDEN if part else "" for part in structs.astuple(value)))
    return (HIDDEN,)


def event_parted(event: Event, words: Collection[str] = ()) -> tuple[Event, dict[str, Any]]:
    """Return an event as the shared record has it, and what of it goes apart.

    ``words`` are those that duties look for in free text (无理取闹, 窗口): they name nobody.
    """
    shown = OPEN.get(str(type(event).__struct_config__.tag), frozenset()) | {"id", "by"}
    if isinstance(event, Correct) and event.field in DRY:
        shown |= {"value"}
    if isinstance(event, Note) and event.text in (PURGED, PURGED_SINCE):
        shown |= {"text"}
    apart = {
        name: value
        for name, value in structs.asdict(event).items()
        if name not in shown and value and isinstance(value, str | tuple | Contact) and value != Contact()
    }
    public = structs.replace(event, **{name: _blank(value, words) for name, value in apart.items()})
    return public, to_builtins(apart)


def parted(inquiry: Inquiry, words: Collection[str] = ()) -> tuple[Inquiry, Private]:
    """Return what may stand in the shared record, and what stays in ``private/``."""
    q = inquiry
    pairs = [event_parted(event, words) for event in q.events]
    public = structs.replace(
        q, subject=HIDDEN, detail="", inquirer=Inquirer(anonymous=q.inquirer.anonymous), agent=None,
        events=tuple(event for event, _ in pairs),
    )  # fmt: skip
    kept = {event.id: apart for event, apart in pairs if apart}
    return public, Private(
        id=q.id, subject=q.subject, detail=q.detail, inquirer=q.inquirer, agent=q.agent, events=kept
    )


def joined(inquiry: Inquiry, private: Private) -> Inquiry:
    """Return the inquiry with its private part put back, as far as there is one."""
    events = tuple(_restored(event, private.events.get(event.id)) for event in inquiry.events)
    found = structs.replace(inquiry, events=events)
    if not private.subject or not withheld(inquiry):
        return found
    return structs.replace(
        found, subject=private.subject, detail=private.detail, inquirer=private.inquirer, agent=private.agent
    )


def _restored(event: Event, apart: dict[str, Any] | None) -> Event:
    if not apart:
        return event
    try:
        return convert(to_builtins(event) | apart, type(event))
    except ValidationError:
        return event  # of another event under this id: what the record says stands


def withheld(inquiry: Inquiry) -> bool:
    """Return whether identity and content of the header lie elsewhere (or were purged)."""
    return secret(inquiry) and inquiry.subject == HIDDEN
