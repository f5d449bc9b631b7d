"""The words of a ledger: an inquiry, its events, a sanction case. Facts only, no state.

Every struct is frozen and refuses unknown keys, so a misspelt key in a file is an error with
a line, never a fact silently lost. Times are aware datetimes. Field names are the keys in the
file; values are Chinese, as the clerk says them.
"""

from typing import get_args

from shouwen.core.fact import Fact, Number, Time


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
    makes contact, where the inquirer may choose: 自行联系 or 代为联系. ``reason`` is internal;
    ``said`` is what the inquirer was told.
    """

    to: Target
    mode: str
    reason: str = ""
    approved_by: str = ""
    absent: str = ""
    contact: Contact = Contact()
    joint: tuple[str, ...] = ()
    contact_by: str = ""
    said: str = ""
    on_behalf_of: str = ""


class Accept(Event, tag="签收"):
    """The receiver takes it; from here the receiver holds it."""


class Return(Event, tag="退回"):
    """Back to the sender, by the receiver (or taken back by the sender)."""

    reason: str


class Progress(Event, tag="反馈"):
    """The inquirer was told how it stands; ``text`` is what was said.

    ``promised`` is a time by which a result was promised, ``approved_by`` who allowed it to be later
    than a limit.
    """

    text: str
    promised: Time | None = None
    approved_by: str = ""


class Note(Event, tag="记事"):
    """An internal remark; no clock looks at it. ``kind`` 申辩: the statement of somebody concerned."""

    text: str
    kind: str = ""


class Notify(Event, tag="一次性告知"):
    """Everything still missing, told at once; the clock stops until 补正.

    ``consultation``: whoever asks was told what it takes; nothing is awaited and no clock stops.
    """

    material: tuple[str, ...]
    procedure: str = ""
    limit: str = ""
    fee: str = ""
    basis: str = ""
    written: bool = False
    consultation: bool = False


class Supplement(Event, tag="补正"):
    """The inquirer brought what was missing; the clock runs again from the next day."""

    text: str = ""


class Receive(Event, tag="收件"):
    """Papers were taken in, by name and number; no clock looks at it."""

    material: tuple[str, ...]
    text: str = ""


class GiveBack(Event, tag="退件"):
    """Papers were given back, to whom and why in ``text``."""

    material: tuple[str, ...]
    text: str = ""


class Objection(Event, tag="异议"):
    """The inquirer does not accept an explanation or a result; ``text`` is what he says against it."""

    text: str


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
    on_behalf_of: str = ""


class Extend(Event, tag="延期"):
    """More time, asked before expiry: until a moment, or by a number of working days."""

    approved_by: str
    reason: str
    until: Time | None = None
    workdays: Number = 0
    told: Time | None = None
    on_behalf_of: str = ""


class Appoint(Event, tag="预约"):
    """Another time agreed with the inquirer."""

    when: Time
    place: str = ""
    reason: str = ""


class Urge(Event, tag="催办"):
    """A reminder to whoever holds it."""

    text: str = ""


class Supervise(Event, tag="督办"):
    """A supervision notice; ``due`` is when it must have been answered, by ``lead`` or else the holder."""

    text: str
    due: Time | None = None
    number: str = ""
    on_behalf_of: str = ""
    lead: str = ""


class Issue(Event, tag="出具"):
    """A form was given out: 回执单, 交接表, 提供材料一览表 … ``missing`` is what stood empty on it."""

    form: str
    number: str = ""
    to: str = ""
    missing: tuple[str, ...] = ()


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
    """A header value was wrong: the right one, and why. The header line itself stays.

    ``approved_by`` is who allowed a correction that came after a limit had run out.
    """

    field: str
    value: str
    reason: str
    approved_by: str = ""


class Withdraw(Event, tag="撤回"):
    """One's own slip is taken back: ``event`` stays in the file and counts for nothing."""

    event: str
    reason: str
    approved_by: str = ""


class Join(Event, tag="并案"):
    """Several people's same matter: this one is worked on with ``into``, and still told of by itself."""

    into: str
    reason: str = ""


InquiryEvent = (
    Handoff | Accept | Return | Progress | Note | Notify | Supplement | Suspend | Resume | Escalate
    | Instruct | Extend | Appoint | Urge | Supervise | Issue | Close | Callback | Reopen | Correct
    | Withdraw | Join | Receive | GiveBack | Objection
)  # fmt: skip


def act_of(kind: type[Event]) -> str:
    """Return the word (``do``) of an event class, for example 转办."""
    return str(kind.__struct_config__.tag)


EVENTS: dict[str, type[Event]] = {act_of(k): k for k in get_args(InquiryEvent)}
