"""What may be wrong with what a regulation says about accountability: words nobody gives, rules that cannot work."""

from collections.abc import Iterator

from shouwen.core.accountability.lifecycle import EXEMPT
from shouwen.core.accountability.objections import known_measures
from shouwen.core.regulation.accountability import Threshold
from shouwen.core.regulation.schema import Policy

Where = tuple[str | int, ...]
Found = Iterator[tuple[Where, str, str]]


def check_sanctions(policy: Policy) -> Found:
    """Yield (place, text, hint) for every rule of accountability that contradicts itself or can never apply."""
    measures = known_measures(policy)
    for name, v in policy.violations.items():
        kinds = [bool(v.measures or v.one_of), bool(v.ladder), bool(v.tiers)]
        if sum(kinds) > 1:
            text = "固定措施（measures、one_of）、阶梯（ladder）和情节（tiers）只写一种"
            yield ("violations", name), text, "留一种，别的删去"
    named: list[tuple[Where, tuple[str, ...]]] = [
        (("authorities", n), rule.measures) for n, rule in enumerate(policy.authorities)
    ]
    named += [((k,), c.values) for k in ("filing", "publication") if (c := getattr(policy, k))]
    named += [(("terms", n), rule.measures) for n, rule in enumerate(policy.terms)]
    named += [(("remedies", n), rule.measures) for n, rule in enumerate(policy.remedies)]
    named += [(("conversions", n), (rule.measure,)) for n, rule in enumerate(policy.conversions)]
    named += [(("sums", word), (word,)) for word in policy.sums]
    named += [(("points",), tuple(policy.points.values))] if policy.points else []
    for where, words in named:
        for word in words:
            if word not in measures and word != EXEMPT:
                yield where, f"措施“{word}”没有任何违规行为会给", _known(measures)
    for n, threshold in enumerate(policy.thresholds):
        for text, hint in _threshold(policy, threshold, measures):
            yield ("thresholds", n), text, hint
    yield from _figures(policy)


def _figures(policy: Policy) -> Found:
    """Yield numbers of terms, conversions, scales and the cap that cannot be meant."""
    for n, term in enumerate(policy.terms):
        if not 0 < term.at_least <= term.at_most:
            yield ("terms", n), f"期限{term.at_least}至{term.at_most}个月不成立", "如 at_least: 3, at_most: 6"
    for n, conversion in enumerate(policy.conversions):
        if conversion.times < 1 or conversion.measure == conversion.becomes:
            yield ("conversions", n), "折算的次数须大于零，且不能折成自己", "核对 times、measure、becomes"
    for scale, value in policy.scales.items():
        if len(value.grades) < 2:
            yield ("scales", scale), "等次至少两个，从好到差", "如 grades: [优秀, 合格, 不合格]"
    cap = policy.excellent_cap
    if cap and not 0 < cap.ratio <= 1:
        yield ("excellent_cap",), f"优秀比例 {cap.ratio:g} 须大于零、不大于一", "如 ratio: 0.2"


def _threshold(policy: Policy, t: Threshold, measures: set[str]) -> Iterator[tuple[str, str]]:
    """Yield what keeps a threshold from ever being reached, or leaves open what it counts."""
    kinds = [t.measure, t.measures, t.violations, t.points, t.rate]
    if sum(bool(kind) for kind in kinds) != 1:
        yield "数什么要写且只写一种", "measure、measures、violations、points、rate 之一"
    for word in (x for x in (t.measure, *t.measures) if x and x not in measures):
        yield f"措施“{word}”没有任何违规行为会给", _known(measures)
    for word in t.violations:
        if word not in policy.violations:
            yield f"违规行为“{word}”不在 violations 里", _known(set(policy.violations))
    if t.at_least < 1 and not t.points and not t.rate:
        yield f"“{t.measure}”的次数须大于零", "写上 at_least，如 at_least: 2"
    if t.points and not policy.points and not any(v.points for v in policy.violations.values()):
        yield "没有任何措施或行为计分，这一条永远达不到", "写 points 或 violations 的 points"
    if t.rate and not 0 < t.below <= 100:
        yield f"低于{t.below:g}%永远达不到或总是达到", "如 below: 92"
    if t.rate and t.window != "calendar-year":
        yield "比率只按全年算", "写 window: calendar-year"
    if t.rank and t.below_rank and t.rank >= t.below_rank:
        yield f"职级{t.rank}以上又在{t.below_rank}以下的没有人", "核对 rank、below_rank"
    if t.concerns != "staff" and (t.status or t.rank or t.below_rank):
        yield "说的是部门，不看人的身份、职级", "删去 status、rank，或写 concerns: staff"
    if t.concerns != "staff" and t.effect in ("grade", "bar-excellent"):
        yield "部门没有等次，也不评优秀", "对部门写 effect: bar-collective 或 action"


def _known(words: set[str]) -> str:
    return f"有：{'、'.join(sorted(words))}" if words else "核对名称"
