"""What the regulation has for a case on this occasion, and what in a case departs from it."""

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from msgspec import Struct

from shouwen.core.accountability.case import Case
from shouwen.core.accountability.lifecycle import CaseState
from shouwen.core.duties.findings import Finding
from shouwen.core.inquiry.events import act_of
from shouwen.core.regulation.citation import cite
from shouwen.core.regulation.schema import DEFAULT, Policy, Step, Violation


class Proposal(Struct, frozen=True):
    """What the regulation has for this violation on this occasion (1 is the first)."""

    article: str
    occasion: int
    measures: tuple[str, ...]
    one_of: tuple[str, ...]
    note: str

    @property
    def unregulated(self) -> bool:
        """Whether the document names no measure: the authority then chooses freely."""
        return not self.measures and not self.one_of

    def accepts(self, chosen: Iterable[str]) -> bool:
        """Whether the chosen measures are just what is proposed, or nothing was laid down."""
        if self.unregulated:
            return True
        extra = set(chosen) - set(self.measures)
        choices = extra & set(self.one_of)
        return (
            set(self.measures) <= set(chosen)
            and extra == choices
            and len(choices) == (1 if self.one_of else 0)
        )

    def __str__(self) -> str:
        parts = [*self.measures]
        if self.one_of:
            parts.append(" 或 ".join(self.one_of) + "（择一）")
        return " + ".join(parts) or "没有写明措施，由决定机关定"


def year_before(day: date) -> date:
    """The same day a year earlier; 29 February becomes 28 February (民法典 202)."""
    from dateutil.relativedelta import relativedelta

    return day - relativedelta(years=1)


def in_window(day: date, end: date, window: str) -> bool:
    """Whether ``day`` counts for an occasion on ``end``: the year's, (end − 1 year, end], or all."""
    if day > end:
        return False
    if window == "calendar-year":
        return day.year == end.year
    if window == "rolling-12-months":
        return day > year_before(end)
    return True


def propose(policy: Policy, case: Case, others: Iterable[CaseState], on: date, zone: ZoneInfo) -> Proposal:
    """The measure for a case decided on a day, given the other cases of the ledger."""
    rule = policy.violations.get(case.violation) or Violation(article=case.article, text="")
    same = [
        s
        for s in others
        if s.counts
        and s.case.id != case.id
        and s.case.violation == case.violation
        and (s.case.staff, s.case.staff or s.case.department) == (case.staff, case.staff or case.department)
        and in_window(s.decided_on(zone), on, rule.window)
    ]
    occasion = len(same) + 1
    if rule.ladder:
        step: Step = rule.ladder[min(occasion, len(rule.ladder)) - 1]
        earlier = "、".join(s.case.id for s in same) or "无"
        note = f"第{occasion}次（此前已决定：{earlier}）"
        return Proposal(rule.article, occasion, (*step.measures, *rule.also), step.one_of, note)
    note = f"须查明：{rule.needs}" if rule.needs else ""
    return Proposal(rule.article, occasion, (*rule.measures, *rule.also), rule.one_of, note)


def authority_problem(policy: Policy, measures: Iterable[str], authority: str) -> tuple[str, str]:
    """(article, words) of why an authority may not decide these measures; ('', '') if it may."""
    for rule in policy.authorities:
        held = [x for x in measures if x in rule.measures]
        if held and authority not in rule.names:
            return rule.article, (
                f"{'、'.join(held)}须由{'、'.join(rule.names)}决定，不能由“{authority}”决定"
                f"（{cite(policy, rule.article)}）"
            )
    return "", ""


def unfiled(policy: Policy, state: CaseState) -> bool:
    """Decided, to be filed to the personnel file by the regulation, and not filed yet."""
    must = policy.filing.values if policy.filing else ()
    return state.counts and not state.filed and any(x in must for x in state.measures)


def unpublished(policy: Policy, state: CaseState) -> bool:
    """Decided, to be made public by the regulation, and no meeting or notice recorded yet."""
    must = policy.publication.values if policy.publication else ()
    return state.counts and not state.published and any(x in must for x in state.measures)


def _order(state: CaseState) -> tuple[float, float, str]:
    decided = state.decision.at.timestamp() if state.decision else 0
    return decided, state.case.reported.timestamp(), state.case.id


def case_findings(policy: Policy, states: list[CaseState], zone: ZoneInfo) -> dict[str, list[Finding]]:
    """By case id: contradictions, wrong authority, departures, one act sanctioned twice."""
    found: dict[str, list[Finding]] = {s.case.id: [] for s in states}
    acts: dict[tuple[str, str, date], CaseState] = {}
    for state in sorted(states, key=_order):
        case, mine = state.case, found[state.case.id]
        mine += [
            Finding("争议", DEFAULT, f"{act_of(type(d.event))}未生效：{d.text}", d.event.id, True)
            for d in state.disputes
        ]
        if not state.decision:
            continue
        article, problem = authority_problem(policy, state.measures, state.authority)
        if problem:
            mine.append(Finding("决定机关", article, problem, state.decision.id, True))
        if not state.counts:
            continue
        if policy.publication and unpublished(policy, state):
            what = "、".join(x for x in state.measures if x in policy.publication.values)
            text = f"决定了{what}，没有记下公布的会议和日期（sanction publish）"
            mine.append(Finding("未公布", policy.publication.article, text, state.decision.id))
        earlier = [s for s in states if s.counts and s.decision and s.decision.at < state.decision.at]
        proposal = propose(policy, case, earlier, state.decided_on(zone), zone)
        if not proposal.accepts(state.decision.measures):
            why = f"理由：{state.decision.reason}" if state.decision.reason else "未写理由"
            mine.append(
                Finding(
                    "与建议不同", proposal.article,
                    f"决定“{'、'.join(state.decision.measures)}”，规定为“{proposal}”，{why}",
                    state.decision.id, not state.decision.reason,
                )
            )  # fmt: skip
        act = (case.staff or case.department, case.inquiry or case.summary, case.occurred)
        if act in acts:
            mine.append(Finding("一事两罚", DEFAULT, f"与{acts[act].case.id}针对同一行为", state.decision.id))
        acts.setdefault(act, state)
    return found
