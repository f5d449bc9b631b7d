"""Whether a modification on an appeal makes it worse: by a measure, the department's, a term, a sum, points.

An appeal never makes it worse, but for the grounds that the law allows (``heavier``).
"""

from collections.abc import Iterator
from decimal import Decimal

from shouwen.core.accountability.case import Amount, Modify
from shouwen.core.accountability.gravity import heavier
from shouwen.core.accountability.lifecycle import CaseState, Standing
from shouwen.core.accountability.thresholds import points_of_measures
from shouwen.core.regulation.schema import Policy


def worse(policy: Policy, state: CaseState, event: Modify, before: Standing) -> tuple[str, str] | None:
    """Return (article, words) of why a modification is heavier without a lawful ground; None if it is not.

    ``before`` is what stood until then.
    """
    grounds = policy.heavier
    if event.ground in grounds.values:
        return None
    why = next(_heavier(policy, state, event, before), "")
    only = f"只有{'、'.join(grounds.values)}可以" if grounds.values else "没有例外"
    return (grounds.article, f"申诉后不得加重：{why}；{only}") if why else None


def _heavier(policy: Policy, state: CaseState, event: Modify, before: Standing) -> Iterator[str]:
    """Yield, in words, everything that is more than it was."""
    pairs = [("", before.measures, event.measures)]
    if event.unit_measures:
        pairs.append(("对部门，", before.unit_measures, event.unit_measures))
    for whose, old, new in pairs:
        if added := heavier(policy, old, new):
            yield f"{whose}“{'、'.join(added)}”比“{'、'.join(old)}”重，或者轻重没有规定"
    if event.until and before.until and event.until > before.until:
        yield f"期限原到{before.until}，不能延到{event.until}"
    kept = set(event.measures) <= set(before.measures)
    if event.until and not before.until and kept:
        yield f"“{'、'.join(event.measures)}”原来没有期限，不能加上到{event.until}的期限"
    had = _yuan(before.sums)
    for measure, yuan in _yuan(event.sums).items():
        if measure in before.measures and measure not in had and yuan:
            yield f"“{measure}”原来没有金额，不能加上{yuan:f}元"
        if yuan > had.get(measure, yuan):
            yield f"{measure}原为{had[measure]:f}元，不能加到{yuan:f}元"
    after = _yuan(tuple(a for a in before.sums if a.measure in event.measures)) | _yuan(event.sums)
    if had and sum(after.values()) > sum(had.values()):
        yield f"金额合计原为{sum(had.values()):f}元，不能加到{sum(after.values()):f}元"
    old_points, new_points = (points_of_measures(policy, state, x) for x in (before.measures, event.measures))
    if new_points > old_points:
        yield f"原计{old_points.normalize():f}分，不能加到{new_points.normalize():f}分"


def _yuan(sums: tuple[Amount, ...]) -> dict[str, Decimal]:
    return {amount.measure: Decimal(amount.yuan) for amount in sums}
