"""What in the cases of a ledger departs from the regulation, contradicts itself, judges twice."""

from collections.abc import Callable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from shouwen.core.accountability.authority import unauthorised
from shouwen.core.accountability.case import Decide, Modify, Serve
from shouwen.core.accountability.charge import subjects
from shouwen.core.accountability.follow_up import undated
from shouwen.core.accountability.lifecycle import CaseState
from shouwen.core.accountability.proposals import Earlier, agrees, propose, unpublished
from shouwen.core.accountability.worsening import worse
from shouwen.core.duties.findings import Finding
from shouwen.core.inquiry.events import act_of
from shouwen.core.office.roster import Office
from shouwen.core.regulation.citation import cite
from shouwen.core.regulation.schema import DEFAULT, Policy

# What a person must look at, though the year can be appraised meanwhile.
APPEAL, ELEMENTS = "申诉处理", "要件"
ONCE = "一事两罚"


def _order(state: CaseState) -> tuple[float, float, str]:
    decided = state.decision.at.timestamp() if state.decision else 0
    return decided, state.case.reported.timestamp(), state.case.id


def one_act(state: CaseState) -> Iterator[tuple[object, ...]]:
    """Yield keys of the act that a case is about: two cases that share one are about the same act.

    The same person or department, the same day, and the same inquiry or the same words.
    """
    case = state.case
    about = [("inquiry", case.inquiry)] if case.inquiry else []
    about.append(("summary", "".join(case.summary.split()).rstrip("。.")))
    for subject in subjects(case):
        yield from ((subject, case.occurred, *each) for each in about)


def case_findings(
    policy: Policy | Callable[[str], Policy],
    states: list[CaseState],
    zone: ZoneInfo,
    office: Office | None = None,
) -> dict[str, list[Finding]]:
    """Return, by case id, contradictions, wrong authority, departures, one act sanctioned twice.

    ``policy`` is the regulation of all the cases, or gives each case's own by its id.
    """
    found: dict[str, list[Finding]] = {s.case.id: [] for s in states}
    acts: dict[tuple[object, ...], str] = {}
    before, at_once = Earlier(zone), list[tuple[datetime, CaseState]]()  # decided earlier; in one moment
    for state in sorted(states, key=_order):
        mine = found[state.case.id]
        mine += [
            Finding("争议", DEFAULT, f"{act_of(type(d.event))}未生效：{d.text}", d.event.id, True)
            for d in state.disputes
        ]
        if not state.decision:
            continue
        rules = policy(state.case.policy) if callable(policy) else policy
        mine += _judgments(rules, state)
        if not state.counts:
            continue
        if at_once and at_once[0][0] < state.decision.at:
            for _, each in at_once:
                before.add(each)
            at_once.clear()
        at_once.append((state.decision.at, state))
        mine += _decision(rules, state, state.decision, before, zone, office)
        keys = list(one_act(state))
        for twice in dict.fromkeys(acts[key] for key in keys if key in acts):
            mine.append(Finding(ONCE, DEFAULT, f"与{twice}针对同一行为", state.decision.id))
        for key in keys:
            acts.setdefault(key, state.case.id)
    return found


def _judgments(policy: Policy, state: CaseState) -> Iterator[Finding]:
    """Yield what an authority did that was not its to do, or made worse on an appeal."""
    for event, article, problem in unauthorised(policy, state):
        yield Finding(APPEAL if not event.authority else "决定机关", article, problem, event.id, True)
    days = [e for e in state.events if isinstance(e, Decide | Serve) and e.complete_by]
    for later in (e for e in days[1:] if e.complete_by != state.complete_by):
        text = f"已限{state.complete_by}以前做到，又写了{later.complete_by}，以先写的为准"
        yield Finding("整改期限", DEFAULT, text, later.id)
    for event, before in state.judgments:
        if isinstance(event, Modify) and (article_text := worse(policy, state, event, before)):
            yield Finding(APPEAL, *article_text, event.id, True)


def _decision(
    policy: Policy,
    state: CaseState,
    decision: Decide,
    earlier: Earlier,
    zone: ZoneInfo,
    office: Office | None,
) -> Iterator[Finding]:
    """Yield how a decision in force compares with what the regulation has for it."""
    if policy.publication and unpublished(policy, state):
        what = "、".join(x for x in state.measures if x in policy.publication.values)
        text = f"决定了{what}，没有记下公布的会议和日期（sanction publish）"
        yield Finding("未公布", policy.publication.article, text, decision.id)
    words, article = undated(policy, state)
    if words:
        text = f"决定了{words}，没有写明到哪一天（决定书、通知书写明的：sanction serve --complete-by 日期）"
        yield Finding("整改期限", article, text, decision.id)
    proposal = propose(policy, state, earlier, state.decided_on(zone), office)
    if not agrees(policy, proposal, decision.measures):
        why = f"理由：{decision.reason}" if decision.reason else "未写理由"
        text = f"决定“{'、'.join(decision.measures)}”，规定为“{proposal}”，{why}"
        yield Finding("与建议不同", proposal.article, text, decision.id, not decision.reason)
    if missing := proposal.unproven(decision.measures):
        text = f"{cite(policy, proposal.article)}要求“{'、'.join(missing)}”，核实时没有确认"
        yield Finding(ELEMENTS, proposal.article, text, decision.id)
    if twice := [x for x in dict.fromkeys(decision.measures) if decision.measures.count(x) > 1]:
        yield Finding("措施重复", DEFAULT, f"“{'、'.join(twice)}”写了两遍，只算一次", decision.id)
