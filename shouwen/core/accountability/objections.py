"""Why an act on a case is refused: asked when acting, whoever acts by whichever command."""

from collections.abc import Callable

from shouwen.core.accountability.authority import act_problem
from shouwen.core.accountability.case import Decide, Modify, Verify
from shouwen.core.accountability.case_findings import worse
from shouwen.core.accountability.charge import charges, elements
from shouwen.core.accountability.lifecycle import CaseState
from shouwen.core.accountability.proposals import Proposal
from shouwen.core.inquiry.events import Event
from shouwen.core.regulation.citation import cite
from shouwen.core.regulation.schema import Policy
from shouwen.core.vocabulary import nearest


def known_measures(policy: Policy) -> set[str]:
    """Every measure that the regulation names for some violation."""
    found = {x for v in policy.violations.values() for x in v.also}
    for rule in policy.violations.values():
        found |= {*rule.measures, *rule.one_of}
        found |= {x for rung in rule.ladder for x in (*rung.measures, *rung.one_of)}
    return found


def objection(policy: Policy, state: CaseState, event: Event, proposal: Callable[[], Proposal]) -> str:
    """Why the regulation does not let this act be made on the case as it stands, or ''.

    ``proposal`` gives what the regulation has for it; only a decision asks.
    """
    if isinstance(event, Verify):
        return _unknown_elements(policy, state, event)
    measures = event.measures if isinstance(event, Decide | Modify) else ()
    if twice := [x for x in dict.fromkeys(measures) if measures.count(x) > 1]:
        return f"措施“{'、'.join(twice)}”写了两遍，写一遍"
    if isinstance(event, Decide) and (problem := _departure(policy, event, proposal())):
        return problem
    in_force = state.measures or state.revoked
    _, problem = act_problem(policy, event, in_force)
    if not problem and isinstance(event, Modify):
        _, problem = worse(policy, event, in_force) or ("", "")
    return problem


def _unknown_elements(policy: Policy, state: CaseState, event: Verify) -> str:
    rules = charges(policy, state)
    if event.violation:
        rules = [(event.violation, policy.violations[event.violation])]
    known = list(dict.fromkeys(x for _, rule in rules for x in elements(rule)))
    for word in event.needs:
        if word not in known:
            have = f"要查明的是：{'、'.join(known)}" if known else "没有另要查明的情节"
            return f"{cite(policy, state.case.article)}{have}，没有“{word}”"
    return ""


def _departure(policy: Policy, event: Decide, proposal: Proposal) -> str:
    """Elements not confirmed, a measure nobody knows, or another than is laid down without a reason."""
    article = cite(policy, proposal.article)
    if missing := proposal.unproven(event.measures):
        more = " ".join(f"--needs {x}" for x in missing)
        return (
            f"{article}要求“{'、'.join(missing)}”，核实时没有确认，不能依这一条决定"
            f"；查明了的先补：shouwen sanction verify 案号 --finding 查实 {more}"
        )
    if event.reason or proposal.accepts(event.measures):
        return ""
    known = known_measures(policy)
    for word in event.measures:
        if word not in known:
            near = f"（有：{'、'.join(nearest(word, sorted(known)))}）" if known else ""
            return f"《{policy.name}》没有措施“{word}”{near}；确要如此请写 --reason"
    return f"{article}规定：{proposal}；决定与此不同，须写 --reason"
