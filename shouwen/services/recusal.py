"""Who is concerned by an inquiry, and therefore may neither see it nor act on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

from shouwen.core.accountability.case import Case
from shouwen.core.errors import NotFound, Refused, Usage
from shouwen.core.inquiry.confidential import complained_of, secret
from shouwen.core.inquiry.header import Inquiry
from shouwen.core.office.powers import RECUSED, concern
from shouwen.core.regulation.citation import cite
from shouwen.core.regulation.schema import DEFAULT, Policy
from shouwen.services.desk import Desk
from shouwen.store.ids import SANCTIONS
from shouwen.store.ledger import Ledger


def accused(ledger: Ledger, inquiry: Inquiry) -> frozenset[str]:
    """Return staff ids of those whom an inquiry is about, and of a secret one those whose case rests on it.

    Cases are looked through for secret inquiries alone, by their bytes first.
    """
    people = frozenset(complained_of(inquiry))
    if not secret(inquiry):
        return people
    needle = inquiry.id.encode()
    found = ledger.records(SANCTIONS, wanted=lambda raw: needle in raw)
    return people | {
        r.content.staff for r in found
        if not isinstance(r, list) and isinstance(r.content, Case) and r.content.inquiry == inquiry.id and r.content.staff
    }  # fmt: skip


@contextmanager
def told_first(desk: Desk, inquiry: Inquiry) -> Iterator[None]:
    """Let what is wrong with an act be told to nobody concerned: it may say what stands in the record.

    Raises:
        Refused: the inquiry concerns whoever acts, and the act was refused for another reason.
    """
    try:
        yield
    except (Refused, NotFound, Usage):
        Sight(desk).demand(inquiry, desk.ledger.policy(inquiry.policy))
        raise


def cases_on(ledger: Ledger) -> dict[str, set[str]]:
    """Return inquiry id → the staff whose cases rest on it; cases that cannot be read are left out."""
    found: dict[str, set[str]] = {}
    for record in ledger.records(SANCTIONS):
        case = None if isinstance(record, list) else record.content
        if isinstance(case, Case) and case.staff and case.inquiry:
            found.setdefault(case.inquiry, set()).add(case.staff)
    return found


class Sight:
    """What whoever looks may not see in a ledger; who that is, is asked when it first matters.

    What names whoever complained, or is complained of, is shown to somebody: a single such inquiry
    asks who looks, and a list that reveals leaves it out where nobody said. A masked list for the
    whole office, as a night's report is, shows it to nobody in particular.
    """

    def __init__(self, desk: Desk, reveal: bool = False):
        """Look at a ledger: ``desk`` says which, who looks and on what day; ``reveal``: nothing is masked."""
        self._desk, self._reveal = desk, reveal

    @cached_property
    def viewer(self) -> str:
        """The staff id of whoever looks, or ''."""
        try:
            return self._desk.actor
        except Usage:
            return ""

    @cached_property
    def _cases(self) -> dict[str, set[str]]:
        return cases_on(self._desk.ledger)

    def blocked(self, inquiry: Inquiry) -> bool:
        """Return whether the inquiry concerns whoever looks, so that what it says is kept back."""
        about = complained_of(inquiry)
        if not (about or secret(inquiry)):
            return False
        if not self.viewer:
            return self._reveal
        ledger, day = self._desk.ledger, self._desk.now.date()
        people = {*about, *(self._cases.get(inquiry.id, ()) if secret(inquiry) else ())}
        then = inquiry.received.astimezone(ledger.zone).date()
        return concern(ledger.office, people, then, day).touches(ledger.office, self.viewer, day)

    def demand(self, inquiry: Inquiry, policy: Policy) -> None:
        """Let nobody concerned go on.

        Raises:
            Refused: the inquiry concerns whoever looks; what stays open is said.
            Usage: it concerns somebody, and nobody said who looks.
        """
        if (complained_of(inquiry) or secret(inquiry)) and not self.viewer:
            raise Usage(
                f"{inquiry.id}: 这件是保密件或反映本单位人员的，要写明是谁在看：--as 人员编号或姓名，或设环境变量 SHOUWEN_AS"
            )
        if self.blocked(inquiry):
            article = cite(policy, policy.powers.get(RECUSED, DEFAULT))
            raise Refused(
                f"{inquiry.id}: 这件事反映的是{self._desk.ledger.office.name(self.viewer)}或其负责人，应当回避，"
                f"不能查看（{article}）；本人的说明用 shouwen note {inquiry.id} --kind 申辩，"
                "不服处理用 shouwen sanction appeal"
            )
