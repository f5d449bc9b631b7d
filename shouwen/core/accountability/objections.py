"""Why an act on a case is refused: asked when acting, whoever acts by whichever command."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from shouwen.core.accountability.authority import act_problem
from shouwen.core.accountability.case import Decide, Modify, Serve, Verify
from shouwen.core.accountability.charge import charges, elements
from shouwen.core.accountability.follow_up import ordered
from shouwen.core.accountability.lifecycle import CaseState
from shouwen.core.accountability.proposals import GRAVITY, Proposal, agrees, rung_text
from shouwen.core.accountability.worsening import worse
from shouwen.core.inquiry.events import Event
from shouwen.core.regulation.accountability import Rung
from shouwen.core.regulation.citation import cite
from shouwen.core.regulation.schema import Policy
from shouwen.core.vocabulary import nearest


def known_measures(policy: Policy) -> set[str]:
    """Return every measure that the regulation names: for a person, the department, a leader, by conversion."""
    found = {rule.becomes for rule in policy.conversions}
    for rule in policy.violations.values():
        found |= {
            *rule.named,
            *(rule.unit.named if rule.unit else ()),
            *(rule.joint.measures if rule.joint else ()),
        }
    return found


def _terms(policy: Policy, state: CaseState, event: Decide | Modify) -> str:
    """Return why the term of a measure is not one that the regulation knows, or ''.

    A term runs from the decision, also where it was modified; a measure that stays keeps its term.
    """
    day = state.decision.at.date() if state.decision else event.at.date()
    for term in policy.terms:
        held = [x for x in event.measures if x in term.measures]
        if not held or not event.until and state.until and set(held) <= set(state.measures):
            continue
        length = f"{term.length}（{cite(policy, term.article)}）"
        if not event.until:
            return f"{'、'.join(held)}须写明期限，{length}：--months 个月数"
        if not months_after(day, term.at_least) <= event.until <= months_after(day, term.at_most):
            return f"{'、'.join(held)}的期限是{length}，到{event.until}不合"
    return ""


def _sums(policy: Policy, state: CaseState, event: Decide | Modify) -> str:
    """Return why the sums of a decision are not those that the regulation allows, or ''."""
    said = {amount.measure: amount.yuan for amount in event.sums}
    if strange := [x for x in said if x not in event.measures]:
        return f"没有决定“{strange[0]}”，不能写它的金额"
    stated = said if isinstance(event, Decide) else {a.measure: a.yuan for a in state.sums} | said
    for word, rule in policy.sums.items():
        if word not in event.measures:
            continue
        where = cite(policy, rule.article)
        if word not in stated:
            return f"{word}须写明金额（{where}）：--amount {word}=元"
        yuan = Decimal(stated[word])
        if yuan < Decimal(str(rule.at_least)) or rule.at_most and yuan > Decimal(str(rule.at_most)):
            most = f"至{rule.at_most:g}" if rule.at_most else "以上"
            return f"{word}的金额是{rule.at_least:g}{most}元（{where}），不是{stated[word]}元"
    return ""


def _for_unit(policy: Policy, state: CaseState, event: Decide | Modify, rung: Rung | None) -> str:
    """Return why the measures for the department are not what the regulation has for it, or ''."""
    chosen = event.unit_measures
    if chosen and not state.case.department:
        return "案件没有写责任部门，不能写 --unit-measure"
    if not chosen or event.reason:
        return ""
    if rung:
        fits = Proposal("", 1, rung.measures, rung.one_of, "", optional=rung.optional)
        return "" if fits.accepts(chosen) else f"对部门规定：{rung_text(rung)}；决定与此不同，须写 --reason"
    strange = [x for x in chosen if x not in known_measures(policy)]
    return f"《{policy.name}》没有措施“{strange[0]}”；确要如此请写 --reason" if strange else ""


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later; the last of a shorter month (民法典 202)."""
    from dateutil.relativedelta import relativedelta

    later: date = day + relativedelta(months=months)
    return later


def objection(policy: Policy, state: CaseState, event: Event, proposal: Callable[[], Proposal]) -> str:
    """Return why the regulation does not let this act be made on the case as it stands, or ''.

    ``proposal`` gives what the regulation has for it; only a decision asks.
    """
    if isinstance(event, Verify):
        return _unknown_elements(policy, state, event)
    if isinstance(event, Serve) and event.complete_by:
        return _day_set(policy, state)
    measures = event.measures if isinstance(event, Decide | Modify) else ()
    if twice := [x for x in dict.fromkeys(measures) if measures.count(x) > 1]:
        return f"措施“{'、'.join(twice)}”写了两遍，写一遍"
    if isinstance(event, Decide):
        wanted = proposal()
        if problem := _departure(policy, event, wanted) or _for_unit(policy, state, event, wanted.unit):
            return problem
    if isinstance(event, Decide | Modify) and (
        problem := _terms(policy, state, event) or _sums(policy, state, event)
    ):
        return problem
    _, problem = act_problem(policy, event, state.standing.measures)
    if not problem and isinstance(event, Modify):
        _, problem = worse(policy, state, event, state.standing) or ("", "")
    return problem


def _day_set(policy: Policy, state: CaseState) -> str:
    """Return why the notice that is served cannot set a day: one stands already, or the regulation has a length."""
    if state.complete_by:
        return f"已限{state.complete_by}以前做到，送达不能另定日期"
    for rule in policy.remedies:
        if (rule.workdays or rule.days) and (held := ordered(rule, state)):
            length = f"{rule.workdays}个工作日" if rule.workdays else f"{rule.days}日"
            return f"{'、'.join(held)}的期限是{length}（{cite(policy, rule.article)}），不另定日期"
    return ""


def _unknown_elements(policy: Policy, state: CaseState, event: Verify) -> str:
    rules = charges(policy, state)
    if wrong := [x for x in event.grounds if x not in policy.grounds]:
        return f"《{policy.name}》没有情形“{wrong[0]}”；有：{'、'.join(policy.grounds) or '（没有写）'}"
    if event.violation:
        rules = [(event.violation, policy.violations[event.violation])]
    tiers = list(dict.fromkeys(x for _, rule in rules for x in rule.tiers))
    if event.tier and event.tier not in tiers:
        return f"{cite(policy, state.case.article)}没有情节“{event.tier}”；有：{'、'.join(tiers) or '（没有分）'}"
    known = list(dict.fromkeys(x for _, rule in rules for x in elements(rule)))
    for word in event.needs:
        if word not in known:
            have = f"要查明的是：{'、'.join(known)}" if known else "没有另要查明的情节"
            return f"{cite(policy, state.case.article)}{have}，没有“{word}”"
    return ""


def _departure(policy: Policy, event: Decide, proposal: Proposal) -> str:
    """Return what bars the decision: elements not confirmed, an unknown measure, a departure without a reason."""
    article = cite(policy, proposal.article)
    if missing := proposal.unproven(event.measures):
        more = " ".join("--tier …" if x.startswith(GRAVITY) else f"--needs {x}" for x in missing)
        return (
            f"{article}要求“{'、'.join(missing)}”，核实时没有确认，不能依这一条决定"
            f"；查明了的先补：shouwen sanction verify 案号 --finding 查实 {more}"
        )
    if event.reason or agrees(policy, proposal, event.measures):
        return ""
    known = known_measures(policy)
    for word in event.measures:
        if word not in known:
            near = f"（有：{'、'.join(nearest(word, sorted(known)))}）" if known else ""
            return f"《{policy.name}》没有措施“{word}”{near}；确要如此请写 --reason"
    return f"{article}规定：{proposal}；决定与此不同，须写 --reason"
