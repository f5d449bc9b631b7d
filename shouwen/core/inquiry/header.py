"""The header of an inquiry: what was written at intake and never changes, with its events."""

from datetime import date
from unicodedata import normalize

from shouwen.core.fact import Fact, Time
from shouwen.core.inquiry.events import InquiryEvent


class Inquirer(Fact):
    """Who asks: a citizen, patient, customer or (``internal``) a colleague, whose id is ``staff``."""

    name: str = ""
    phone: str = ""
    organisation: str = ""
    anonymous: bool = False
    internal: bool = False
    staff: str = ""


class Agent(Fact):
    """Who came for the inquirer (代理人), and as what; ``staff`` is the id of one who works in the office."""

    name: str = ""
    phone: str = ""
    relation: str = ""
    staff: str = ""


Person = Inquirer | Agent  # of whom an inquiry speaks by name and telephone


def same_person(inquirer: Inquirer) -> tuple[str, str] | None:
    """Return what two inquiries of one person have in common: phone, however spaced, and name.

    None where no phone was left: a name alone says too little.
    """
    phone = "".join(c for c in normalize("NFKC", inquirer.phone) if c.isdigit()) if inquirer.phone else ""
    return (phone, inquirer.name.strip()) if phone else None


USUAL = "一般"  # how urgent a matter is of which nobody said so


class Inquiry(Fact, kw_only=True):
    """One inquiry: the header written at intake, then its events in file order.

    ``first_responder`` is empty where a department as a whole was asked first. ``case_closed``
    is the day on which the case that the inquiry is about was closed; ``urgency_stated``: the usual urgency
    was said at intake, and not just left; ``assigned_by`` the leader
    who gave the task. ``imported`` is when it came in from another register; ``not_judged`` names the
    clocks whose beginning or end that register did not state: their runs from before are not judged.
    """

    id: str
    received: Time
    channel: str
    category: str
    subject: str
    detail: str = ""
    inquirer: Inquirer = Inquirer()
    agent: Agent | None = None
    first_responder: str = ""
    first_reason: str = ""
    department: str
    scope: str
    matter: str = ""
    urgency: str = USUAL
    promised: Time | None = None
    promise_approved_by: str = ""
    case_closed: date | None = None
    about: tuple[str, ...] = ()
    confidential: bool = False
    recorded_by: str = ""
    assigned_by: str = ""
    imported: Time | None = None
    not_judged: tuple[str, ...] = ()
    urgency_stated: bool = False
    policy: str
    events: tuple[InquiryEvent, ...] = ()

    @property
    def people(self) -> tuple[Person, ...]:
        """Those whose names and numbers are masked wherever they stand: the inquirer, and who came for them."""
        return (self.inquirer, self.agent) if self.agent else (self.inquirer,)
