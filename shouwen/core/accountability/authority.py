"""Who may decide, uphold, modify, revoke: one rule, asked when acting and by ``check``."""

from collections.abc import Iterable, Iterator

from shouwen.core.accountability.case import Decide, Lift, Modify, Revoke, Uphold
from shouwen.core.accountability.lifecycle import CaseState
from shouwen.core.inquiry.events import Event, act_of
from shouwen.core.regulation.citation import cite
from shouwen.core.regulation.schema import Policy

JUDGING = (Decide, Uphold, Modify, Revoke, Lift)
Judgment = Decide | Uphold | Modify | Revoke | Lift


def authority_problem(
    policy: Policy, measures: Iterable[str], authority: str, act: str = "决定"
) -> tuple[str, str]:
    """Return (article, words) of why an authority may not judge on these measures; ('', '') if it may."""
    measures = tuple(measures)
    if act != "决定" and policy.appeal and authority in policy.appeal.bodies:
        return "", ""
    for rule in policy.authorities:
        reserved = [x for x in dict.fromkeys(measures) if x in rule.measures]
        if reserved and authority not in rule.names:
            who = f"不能由“{authority}”{act}" if authority else f"没有写明{act}的机关"
            return rule.article, (
                f"{'、'.join(reserved)}须由{'、'.join(rule.names)}{act}，{who}（{cite(policy, rule.article)}）"
            )
    return "", ""


def judged(event: Event, in_force: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the measures on which an act judges: those it sets, then those it may undo."""
    if isinstance(event, Decide | Modify):
        yield (*event.measures, *event.unit_measures)
    if not isinstance(event, Decide):
        yield in_force


def act_problem(policy: Policy, event: Event, in_force: tuple[str, ...]) -> tuple[str, str]:
    """Return (article, words) of why the authority named in an act may not make it; ('', '') if it may.

    Upholding, modifying and revoking need the authority that deciding needs; ``in_force`` are the
    measures that stood before the act.
    """
    if not isinstance(event, JUDGING) or isinstance(event, Revoke) and not event.authority:
        return "", ""  # a revocation that names none is by who decided
    word = "决定" if isinstance(event, Decide | Modify) else act_of(type(event))
    for measures in judged(event, in_force):
        article, problem = authority_problem(policy, measures, event.authority, word)
        if problem:
            return article, problem
    return "", ""


def unauthorised(policy: Policy, state: CaseState) -> Iterator[tuple[Judgment, str, str]]:
    """Yield (act, article, words) for each that still counts and was not the authority's to make.

    What the right authority has judged since mends what stood before: a modification the decision,
    a revocation everything.
    """
    acts = list(state.judgments)
    for kinds in ((Revoke,), (Decide, Modify)):
        last = max((n for n, (event, _) in enumerate(acts) if isinstance(event, kinds)), default=0)
        acts = acts[last:]
    for event, before in acts:
        article, problem = act_problem(policy, event, before.measures)
        if problem:
            yield event, article, problem
