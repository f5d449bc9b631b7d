"""Accountability cases: read them all, judge one act, append it, say what came of it."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from msgspec import structs

from shouwen.core.accountability.case import Case
from shouwen.core.accountability.charge import charges
from shouwen.core.accountability.lifecycle import REVOKED, UNFOUNDED, CaseState, done_already, replay_case
from shouwen.core.accountability.objections import objection
from shouwen.core.accountability.powers import was_not_there, why_not_step
from shouwen.core.accountability.proposals import Earlier, Proposal, propose
from shouwen.core.accountability.thresholds import leader_of
from shouwen.core.errors import BadData, Problem, Refused
from shouwen.core.inquiry.events import Event, act_of
from shouwen.core.inquiry.lifecycle import apart
from shouwen.core.office.namesakes import told_apart
from shouwen.core.office.powers import power_of
from shouwen.core.office.presence import left_since
from shouwen.core.regulation.citation import cite
from shouwen.core.regulation.schema import Policy
from shouwen.render.case import CaseOutcome
from shouwen.services.desk import Desk
from shouwen.services.reading import readable
from shouwen.store.ids import new_event_id
from shouwen.store.record import Record

FOLDER = "sanctions"
_WIDE = str.maketrans("（）．。", "()..")
Build = Callable[[str, datetime, str], Event]


def states(desk: Desk, problems: list[Problem] | None = None) -> list[tuple[Record, CaseState]]:
    """Return (record, state) of every case; problems of the others are added to ``problems``.

    Raises:
        BadData: a case cannot be read, and no ``problems`` are collected.
    """
    found: list[Problem] = [] if problems is None else problems
    pairs = [(r, replay_case(r.content)) for r in readable(desk, found, FOLDER)]
    if problems is None and found:
        raise BadData(found)
    return pairs


def proposed(desk: Desk, policy: Policy, state: CaseState, when: datetime | None = None) -> Proposal:
    """Return what the regulation has for a case decided at ``when``, after the occasions decided before it.

    Raises:
        BadData: a case of the ledger cannot be read.
    """
    moment = state.decision.at if state.decision else when or desk.now
    decided = [(s.decision.at, s) for _, s in states(desk) if s.decision and s.decision.at < moment]
    zone = desk.ledger.zone
    earlier = Earlier(zone, (s for _, s in sorted(decided, key=lambda pair: pair[0])))
    return propose(policy, state, earlier, moment.astimezone(zone).date(), desk.ledger.office)


def policy_of(desk: Desk, name: str) -> Policy:
    """Return the regulation of the case that a name means."""
    ledger = desk.ledger
    return ledger.policy(ledger.read(ledger.find(name, FOLDER)).content.policy)


def article_cited(policy: Policy, text: str) -> str:
    """Return the article that a text means, as it is numbered or as it is quoted; '' where there is none."""
    plain = text.strip().translate(_WIDE)
    quoted = {cite(policy, article).translate(_WIDE): article for article in chargeable(policy)}
    return quoted.get(plain, "")


def chargeable(policy: Policy) -> list[str]:
    """Return every article that can be broken: all that the regulation prints."""
    return list(dict.fromkeys((*policy.articles, *(v.article for v in policy.violations.values()))))


def jointly_liable(desk: Desk, name: str, reported: datetime, summary: str, source: str) -> Case:
    """Return the case, not yet written, of the leader who is liable with the person of another one.

    Raises:
        Refused: the regulation makes no leader liable with him, or nobody held that post that day.
    """
    ledger = desk.ledger
    state = replay_case(ledger.read(ledger.find(name, FOLDER)).content)
    policy, main = ledger.policy(state.case.policy), state.case
    found = charges(policy, state)
    rule = found[0][1]
    if len(found) > 1:
        raise Refused(
            f"{main.id}: {cite(policy, main.article)}有几种行为，先核实是哪一种（verify --violation）"
        )
    if not rule.joint:
        raise Refused(f"{main.id}: 《{policy.name}》没有规定{found[0][0] or '这一条'}由领导同责（joint）")
    leader = leader_of(ledger.office, rule.joint.post, state)
    if not leader or leader == main.staff:
        raise Refused(f"{main.id}: {main.occurred}没有另外的{rule.joint.post}可以同责；核对 staff.yaml")
    return Case(
        id="", reported=reported, by=desk.actor, staff=leader, violation=found[0][0], article=main.article,
        joint=main.id, inquiry=main.inquiry, occurred=main.occurred,
        summary=summary or f"与{main.id}同责：{main.summary}", source=source, policy=policy.id,
    )  # fmt: skip


def open_case(desk: Desk, case: Case) -> CaseOutcome:
    """Write a new case under a fresh id of the day on which it was reported.

    Raises:
        Refused: whoever reports is concerned, or not in office; who is charged was not there that day.
        Conflict: eight ids in a row were taken, or the disk failed.
    """
    ledger = desk.ledger
    policy = ledger.policy(case.policy)
    why = why_not_step(ledger.office, policy, CaseState(case), "立案", case, ledger.zone)
    if why := why or was_not_there(ledger.office, case):
        raise Refused(why)
    desk.sure("立案")
    record = ledger.add(case, case.reported, "S")
    return _outcome(desk, record, f"立案 {record.content.id}")


def same_case(desk: Desk, opened: Case) -> Iterator[tuple[str, str]]:
    """Yield (case, status) of those that charge the same with the same act: article, day and inquiry are one."""
    unread: list[Problem] = []  # told of by whoever reads the cases to judge by them
    for record in readable(desk, unread, FOLDER):
        state = replay_case(record.content)
        same = state.case.id != opened.id and _charged(state.case) == _charged(opened)
        if same and state.status not in (UNFOUNDED, REVOKED):
            yield state.case.id, state.status


def _charged(case: Case) -> tuple[object, ...]:
    return case.staff, case.department, case.article, case.violation, case.occurred, case.inquiry


def act(desk: Desk, name: str, when: datetime, build: Build) -> CaseOutcome:
    """Append the event that ``build(id, at, by)`` makes to the case that ``name`` means.

    Raises:
        NotFound: no case, or several, of that name.
        Refused: whoever acts may not take this step, the event lies before the case was opened, or
            the case's status or the regulation does not allow it.
        Changed: somebody else changed the case meanwhile; nothing was written.
    """
    ledger = desk.ledger
    record = ledger.read(ledger.find(name, FOLDER))
    case = told_apart(ledger.office, record.content, ledger.zone)
    if when < case.reported:
        raise Refused(f"{case.id}: 时间早于立案")
    events = case.events
    event = build(new_event_id({e.id for e in events}), apart(events, when), desk.actor)
    before = replay_case(case)
    after = replay_case(structs.replace(case, events=(*case.events, event)))
    if new := [d for d in after.disputes if d not in before.disputes]:
        raise Refused(f"{case.id}: {new[0].text}")
    if why := done_already(before, event):
        raise Refused(f"{case.id}: {why}")
    policy = ledger.policy(case.policy)
    if why := why_not_step(ledger.office, policy, before, act_of(type(event)), event, ledger.zone):
        raise Refused(f"{case.id}: {why}")
    if not power_of(event).absent and (why := left_since(ledger.office, event.by, desk.now.date())):
        raise Refused(f"{case.id}: 经办人{why}")
    if why := objection(policy, before, event, lambda: proposed(desk, policy, before, when)):
        raise Refused(f"{case.id}: {why.replace('案号', case.id)}")
    what = f"{act_of(type(event))} {record.content.id}"
    desk.sure(what)
    return _outcome(desk, ledger.append(record, event), what)


def _outcome(desk: Desk, record: Record, what: str) -> CaseOutcome:
    state = replay_case(record.content)
    policy = desk.ledger.policy(state.case.policy)
    return CaseOutcome(state, policy, record.path, what, partial(proposed, desk, policy, state))
