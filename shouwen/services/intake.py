"""Take an inquiry in: who was asked first, whether a duty refuses it, who had asked before."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta

from msgspec import structs

from shouwen.core.dates import minute
from shouwen.core.deadlines.clock import main_clock
from shouwen.core.deadlines.clock_table import clocks
from shouwen.core.deadlines.explain import rests_on
from shouwen.core.duties.findings import findings
from shouwen.core.errors import BadData, Refused
from shouwen.core.inquiry.header import Inquiry, same_person
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.office.lookup import find_department, find_staff
from shouwen.core.office.powers import intake_refusal, who_could
from shouwen.core.office.presence import absent_from_office, left_since
from shouwen.core.office.roster import Office
from shouwen.core.office.routing import advice, charge_of, guess, same_department, table_advice
from shouwen.core.regulation.citation import cite
from shouwen.core.regulation.schema import Policy
from shouwen.render.acknowledgement import Outcome
from shouwen.render.story import finding_text
from shouwen.services.desk import Desk
from shouwen.services.record_act import outcome
from shouwen.services.recusal import Sight
from shouwen.store.askers import candidates, many, written_lately
from shouwen.store.ids import LIVE
from shouwen.store.record import Record

SOON = timedelta(minutes=10)  # within which what is entered word for word again is told of


def first_asked(
    desk: Desk, policy: Policy, present: Sequence[str], unit: str, received: datetime
) -> tuple[str, str, str]:
    """Return (staff id, department, reason) of whoever was asked first; the id '' for a whole department.

    ``present`` are those who were asked together, as somebody would name them; without any it is
    whoever acts. ``unit`` is a department asked as a whole.

    Raises:
        NotFound: no such person or department.
        Refused: the regulation knows no department as first-asked, or somebody was away that day.
    """
    office = desk.ledger.office
    day = received.astimezone(desk.ledger.zone).date()
    if unit:
        if not policy.first_asked.unit:
            raise Refused(f"《{policy.name}》的首问责任人是个人，不能是部门（--unit）")
        return "", find_department(office, unit, day), ""
    asked = [find_staff(office, person, day) for person in present] or [desk.actor]
    for staff in asked:
        if reason := absent_from_office(office, staff, day):
            raise Refused(reason + who_could(office, office.leaders(day), day))
    first, why = office.first_asked(asked, policy.first_asked, day) if len(asked) > 1 else (asked[0], "")
    return first, office.department_of(first, day), why


def asked_together(policy: Policy, present: Sequence[str], channel: str) -> None:
    """Hold several who were asked at once against where the regulation says that this can be.

    Raises:
        Refused: in this channel one person answers, whoever else stands by.
    """
    rule = policy.first_asked
    if len(present) > 1 and rule.channel and channel not in rule.channel:
        raise Refused(
            f"《{policy.name}》{cite(policy, rule.article)}说的几人同时被问只在{'、'.join(rule.channel)}；"
            f"{channel}以接听、接收的人为首问责任人，去掉 --present"
        )


def take_in(desk: Desk, inquiry: Inquiry) -> Outcome:
    """Write an inquiry (whose ``id`` is still '') under a fresh id of the day it was received.

    Raises:
        Refused: a duty of the regulation refuses it.
        Conflict: eight ids in a row were taken, or the disk failed.
    """
    ledger = desk.ledger
    rules, state = ledger.rules(inquiry.policy), replay(inquiry)
    why = intake_refusal(ledger.office, rules.policy, inquiry, ledger.zone)
    if why := why or _not_there(ledger.office, inquiry, desk.now.date()):
        raise Refused(why)
    for finding in findings(rules, state, clocks(rules, state, desk.now), desk.now):
        if finding.refuse:
            raise Refused(finding_text(finding, rules))
    asked = ledger.office.name(inquiry.first_responder) or inquiry.department
    desk.sure(f"受理，首问责任人 {asked}，{minute(inquiry.received)}")
    record = ledger.add(inquiry, inquiry.received)
    return outcome(desk, record, f"受理 {record.content.id}", (record.path,))


def _not_there(office: Office, inquiry: Inquiry, today: date) -> str:
    """Return why whoever writes an inquiry down today is in no position to, and who could; '' if they are."""
    if recorder := inquiry.recorded_by:
        gone, others = absent_from_office(office, recorder, today), [inquiry.first_responder]
    else:
        gone, others = left_since(office, inquiry.first_responder, today), office.leaders(today)
    return f"登记人{gone}{who_could(office, others, today)}" if gone else ""


def where_to(desk: Desk, policy: Policy, inquiry: Inquiry) -> list[str]:
    """Return whom the matters and the regulation's table name for an inquiry, a line each."""
    office = desk.ledger.office
    day: date = inquiry.received.astimezone(desk.ledger.zone).date()
    return [*advice(office, inquiry, day), *table_advice(policy, office, inquiry, day)]


def not_applied(done: Outcome) -> str:
    """Return which matter the subject speaks of that was not named, so that its limit does not run; or ''.

    At a terminal the clerk is asked; a script hears of it, with the limit that runs instead.
    """
    inquiry, office = done.state.inquiry, done.rules.office
    name = "" if inquiry.matter else guess(office, inquiry.subject)
    if not name:
        return ""
    days, main = office.matters[name].workdays, main_clock(done.clocks)
    own = f"（限{days}个工作日）" if days else ""
    runs = f"，现按{main.limit}（{rests_on(done.rules, main)}）" if main and days else ""
    return (
        f"事由像是事项“{name}”{own}，没有写 --matter，没有按该事项办{runs}；"
        f"确属该事项：shouwen correct {inquiry.id} --field matter --value {name} --reason 补登"
    )


def suggested(desk: Desk, name: str) -> str | None:
    """Return the department, with its contact, to which the matters send an inquiry that is elsewhere now.

    Raises:
        NotFound: no inquiry, or several, of that name.
        BadData: the record cannot be read.
    """
    office = desk.ledger.office
    state = replay(desk.ledger.read(desk.ledger.find(name)).content)
    inquiry = state.inquiry
    matter = office.matters.get(inquiry.matter or guess(office, inquiry.subject))
    day = desk.now.date()
    if not matter or same_department(office, matter.department, state.holder.department, day):
        return None
    department, contact = charge_of(office, matter, day)
    return f"{department}/{contact}" if office.works_for(contact, department, day) else department


def earlier(desk: Desk, inquiry: Inquiry) -> list[Inquiry]:
    """Open inquiries of the same person, the oldest first, so that nobody is asked twice.

    Looked at are those taken in this month and the last: an older one would have been settled,
    or is in the overdue report, and an intake must not read through the whole ledger.
    """
    return before(desk, inquiry)[0]


def before(desk: Desk, inquiry: Inquiry) -> tuple[list[Inquiry], list[Inquiry]]:
    """Return (open, closed) inquiries of the same person; that there are closed ones is 重复反映."""
    person = same_person(inquiry.inquirer)
    if not person:
        return [], []
    words, sight = [w.encode() for w in (inquiry.inquirer.phone, person[1]) if w], Sight(desk)
    first = desk.now.date().replace(day=1)
    months = [f"{LIVE}/{day:%Y/%m}" for day in (first - timedelta(days=1), first)]
    found: tuple[list[Inquiry], list[Inquiry]] = ([], [])
    for record in _asked(desk, months, person, lambda raw: any(word in raw for word in words)):
        if record.content.id == inquiry.id:
            continue
        if same_person(record.content.inquirer) == person and not sight.blocked(record.content):
            found[bool(replay(record.content).closed)].append(record.content)
    for some in found:
        some.sort(key=lambda other: (other.received, other.id))  # ids of one day are in no order
    return found


def _asked(
    desk: Desk, months: list[str], person: tuple[str, str], wanted: Callable[[bytes], bool]
) -> Iterator[Record]:
    """Yield the readable records of some months that may be of a person, the ``wanted`` among them."""
    ledger = desk.ledger
    memo = desk.memo(desk.now, "intake") if many(ledger.root, months) else None
    if not memo:
        yield from (r for r in ledger.records(*months, wanted=wanted) if not isinstance(r, list))
        return
    for path, raw in candidates(ledger.root, months, person, memo):
        if wanted(raw):
            with suppress(BadData):
                yield ledger.decoded(path, raw)


def same_intake(desk: Desk, taken: Inquiry) -> str:
    """Return the id of an inquiry that says word for word the same, received within minutes of it; '' for none.

    Looked at are those of that day that were written within the hour.
    """
    day = taken.received.astimezone(desk.ledger.zone).date()
    month, mine, sight = f"{LIVE}/{day:%Y/%m}", _said(desk.ledger.whole(taken)), Sight(desk)
    for path, raw in written_lately(desk.ledger.root, month, f"{day:%Y%m%d}"):
        with suppress(BadData):
            other = desk.ledger.decoded(path, raw).content
            if other.id == taken.id or abs(other.received - taken.received) > SOON:
                continue
            said = structs.replace(desk.ledger.whole(other), received=taken.received)
            if _said(said) == mine and not sight.blocked(other):
                return str(other.id)
    return ""


def _said(inquiry: Inquiry) -> Inquiry:
    """Return what was asked, of whom and by whom; whoever wrote it down, and what came of it, aside."""
    return structs.replace(inquiry, id="", recorded_by="", first_reason="", events=())
