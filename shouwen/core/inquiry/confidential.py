"""Confidential inquiries: which they are, and what of them is kept apart in ``private/``."""

from msgspec import structs

from shouwen.core.fact import Fact
from shouwen.core.inquiry.header import Inquirer, Inquiry


def secret(inquiry: Inquiry) -> bool:
    """A 举报 or a confidential inquiry: in lists it is only counted, never shown."""
    return inquiry.confidential or inquiry.category == "举报"


class Private(Fact, kw_only=True):
    """``private/ID.yaml``: who asked and what, of an inquiry that only few may know."""

    id: str
    subject: str
    detail: str = ""
    inquirer: Inquirer = Inquirer()


HIDDEN = "保密件"


def parted(inquiry: Inquiry) -> tuple[Inquiry, Private]:
    """What may stand in the shared record, and what stays in ``private/``."""
    q = inquiry
    public = structs.replace(q, subject=HIDDEN, detail="", inquirer=Inquirer(anonymous=q.inquirer.anonymous))
    return public, Private(id=q.id, subject=q.subject, detail=q.detail, inquirer=q.inquirer)


def joined(inquiry: Inquiry, private: Private) -> Inquiry:
    """The inquiry with its private part put back."""
    return structs.replace(inquiry, subject=private.subject, detail=private.detail, inquirer=private.inquirer)


def withheld(inquiry: Inquiry) -> bool:
    """Whether identity and content lie elsewhere (or were purged)."""
    return secret(inquiry) and inquiry.subject == HIDDEN
