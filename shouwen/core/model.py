"""The words of a ledger: an inquiry, its events, a sanction case. Facts only, no state.

Every struct is frozen and refuses unknown keys, so a misspelt key in a file is an error with
a line, never a fact silently lost. Times are aware datetimes. Field names are the keys in the
file; values are Chinese, as the clerk says them.
"""

from datetime import date, datetime
from typing import Annotated, get_args

from msgspec import Meta, Struct

Time = Annotated[datetime, Meta(tz=True)]
Number = Annotated[int, Meta(ge=0, le=9999)]  # of days, hours, occasions: nobody means more


class Fact(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A value read from, and written to, a file."""


class Inquirer(Fact):
    """Who asks: a citizen, patient, customer or (``internal``) a colleague."""

    name: str = ""
    phone: str = ""
    organisation: str = ""
    anonymous: bool = False
    internal: bool = False


class Target(Fact):
    """Where a matter goes: a department and, when known, a member of its staff."""

    department: str
    staff: str = ""


class Contact(Fact):
    """What an inquirer is told when nobody can be reached: whom to ask, where, by phone."""

    name: str = ""
    phone: str = ""
    place: str = ""


class Event(Fact, tag_field="do"):
    """One act: when it really happened, who did it, and its own unrepeatable id."""

    id: str
    at: Time
    by: str


class Handoff(Event, tag="转办"):
    """To another department or person; the sender stays answerable until 签收.

    ``joint`` are the departments that work on it too, in their order. ``contact_by`` says who
    makes contact, where the inquirer may choose: 自行联系 or 代为联系.
    """

    to: Target
    mode: str
    reason: str = ""
    approved_by: str = ""
    absent: str = ""
    contact: Contact = Contact()
    joint: tuple[str, ...] = ()
    contact_by: str = ""


class Accept(Event, tag="签收"):
    """The receiver takes it; from here the receiver holds it."""


class Return(Event, tag="退回"):
    """Back to the sender, by the receiver (or taken back by the sender)."""

    reason: str


class Progress(Event, tag="反馈"):
    """The inquirer was told how it stands; ``text`` is what was said."""

    text: str


class Note(Event, tag="记事"):
    """An internal remark; no clock looks at it."""

    text: str


class Notify(Event, tag="一次性告知"):
    """Everything still missing, told at once; the clock stops until 补正."""

    material: tuple[str, ...]
    procedure: str = ""
    limit: str = ""
    fee: str = ""
    basis: str = ""
    written: bool = False


class Supplement(Event, tag="补正"):
    """The inquirer brought what was missing; the clock runs again from the next day."""

    text: str = ""


class Suspend(Event, tag="中止"):
    """The clock stops for a reason that the regulation lists."""

    reason: str
    text: str = ""


class Resume(Event, tag="恢复"):
    """The reason for stopping is gone."""

    text: str = ""


class Escalate(Event, tag="请示"):
    """Put to a leader, or up the chain."""

    to: str
    text: str


class Instruct(Event, tag="批示"):
    """A leader's answer; ``designate`` names a department that may not return it."""

    text: str
    designate: Target | None = None


class Extend(Event, tag="延期"):
    """More time, asked before expiry: until a moment, or by a number of working days."""

    approved_by: str
    reason: str
    until: Time | None = None
    workdays: Number = 0
    told: Time | None = None


class Appoint(Event, tag="预约"):
    """Another time agreed with the inquirer."""

    when: Time
    place: str = ""
    reason: str = ""


class Urge(Event, tag="催办"):
    """A reminder to whoever holds it."""

    text: str = ""


class Supervise(Event, tag="督办"):
    """A supervision notice; ``due`` is when the holder must have answered it."""

    text: str
    due: Time | None = None
    number: str = ""


class Issue(Event, tag="出具"):
    """A form was given out: 回执单, 交接表, 提供材料一览表 …"""

    form: str
    number: str = ""
    to: str = ""


class Close(Event, tag="办结"):
    """A result. ``told`` is when the inquirer heard it; else ``not_told`` says why not."""

    outcome: str
    result: str
    told: Time | None = None
    not_told: str = ""
    reason: str = ""
    basis: str = ""
    signed_by: str = ""


class Callback(Event, tag="回访"):
    """What the inquirer says of the result afterwards."""

    rating: str = ""
    resolved: bool | None = None
    comment: str = ""


class Reopen(Event, tag="重办"):
    """Taken up again; its own limit runs, the first verdict stays."""

    reason: str


class Correct(Event, tag="更正"):
    """A header value was wrong: the right one, and why. The header line itself stays."""

    field: str
    value: str
    reason: str


InquiryEvent = (
    Handoff | Accept | Return | Progress | Note | Notify | Supplement | Suspend | Resume | Escalate
    | Instruct | Extend | Appoint | Urge | Supervise | Issue | Close | Callback | Reopen | Correct
)  # fmt: skip


class Inquiry(Fact, kw_only=True):
    """One inquiry: the header written at intake, then its events in file order.

    ``first_responder`` is empty where a department as a whole was asked first. ``case_closed``
    is the day on which the case that the inquiry is about was closed.
    """

    id: str
    received: Time
    channel: str
    category: str
    subject: str
    detail: str = ""
    inquirer: Inquirer = Inquirer()
    first_responder: str = ""
    first_reason: str = ""
    department: str
    scope: str
    matter: str = ""
    urgency: str = "一般"
    promised: Time | None = None
    case_closed: date | None = None
    about: tuple[str, ...] = ()
    confidential: bool = False
    recorded_by: str = ""
    policy: str
    events: tuple[InquiryEvent, ...] = ()


class Verify(Event, tag="核实"):
    """What the examination of a reported violation found: 查实 or 不成立."""

    finding: str
    text: str = ""


class Decide(Event, tag="决定"):
    """The authority's decision; ``reason`` is needed where it departs from the proposal."""

    measures: tuple[str, ...]
    authority: str
    number: str = ""
    reason: str = ""
    published: str = ""


class Serve(Event, tag="送达"):
    """The decision reached the person."""

    text: str = ""


class Publish(Event, tag="公布"):
    """The decision was made known; ``text`` names the meeting or notice and its day."""

    text: str


class File(Event, tag="归档"):
    """The decision went into the personnel file."""

    text: str = ""


class Appeal(Event, tag="申诉"):
    """The person objects; execution goes on."""

    text: str


class Uphold(Event, tag="维持"):
    """The appeal changed nothing."""

    authority: str
    text: str = ""


class Modify(Event, tag="变更"):
    """Other measures take the place of the first; never heavier ones on an appeal."""

    measures: tuple[str, ...]
    authority: str
    reason: str


class Revoke(Event, tag="撤销"):
    """The decision is gone and counts no more."""

    reason: str
    authority: str = ""


CaseEvent = Verify | Decide | Serve | Publish | File | Appeal | Uphold | Modify | Revoke


class Case(Fact, kw_only=True):
    """One accountability case (问责): who is said to have done what, under which article."""

    id: str
    reported: Time
    by: str
    staff: str = ""
    department: str = ""
    violation: str
    article: str
    inquiry: str = ""
    occurred: date
    summary: str
    source: str = ""
    policy: str
    events: tuple[CaseEvent, ...] = ()


def act_of(kind: type[Event]) -> str:
    """The word (``do``) of an event class, for example 转办."""
    return kind.__struct_config__.tag


EVENTS: dict[str, type[Event]] = {act_of(k): k for k in get_args(InquiryEvent)}
CASE_EVENTS: dict[str, type[Event]] = {act_of(k): k for k in get_args(CaseEvent)}
