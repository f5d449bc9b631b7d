"""What may be wrong with a regulation whose keys and types are right."""

from collections.abc import Iterator

from shouwen.core.duties import DUTIES
from shouwen.core.policy import DEFAULT, Limit, Policy


def _articles(policy: Policy) -> Iterator[tuple[str, str]]:
    """(where, article) of every rule."""
    for clock, limits in policy.limits.items():
        for limit in limits:
            yield f"limits.{clock}", limit.article
    for name, duty in policy.duties.items():
        yield f"duties.{name}", duty.article
    for name, violation in policy.violations.items():
        yield f"violations.{name}", violation.article
    for threshold in policy.thresholds:
        yield "thresholds", threshold.article
    for authority in policy.authorities:
        yield "authorities", authority.article
    for route in policy.routing:
        yield "routing", route.article
    for name in ("filing", "bodies", "levels", "extension"):
        if rule := getattr(policy, name):
            yield name, rule.article


def check_policy(policy: Policy) -> Iterator[tuple[str, str]]:
    """(text, hint) for every rule that cites no known article, contradicts or cannot work."""
    for where, article in _articles(policy):
        if article != DEFAULT and article not in policy.articles:
            yield f"{where} 引用的条款“{article}”不在 articles 里", "补上这一条的转述，或改正条款"
    for clock, limits in policy.limits.items():
        for limit in limits:
            lengths = [limit.workdays, limit.hours, limit.days, limit.months, int(limit.same_day)]
            if sum(bool(n) for n in lengths) != 1 or min(lengths) < 0:
                yield f"limits.{clock}：时长要写且只写一种，且大于零", "如 workdays: 3"
            yield from _known(policy, f"limits.{clock}", limit)
        for n, limit in enumerate(limits[:-1]):
            if not (limit.scope or limit.category or limit.channel or limit.urgency or limit.matter):
                yield f"limits.{clock} 第{n + 1}条没有条件，后面的永远用不到", "把没有条件的放在最后"
    for name, duty in policy.duties.items():
        if name not in DUTIES:
            yield f"duties 里不认识的职责“{name}”", f"可用：{'、'.join(DUTIES)}"
            continue
        for key in ("modes", "items", "outcomes", "phrases", "exempt", "departments", "leader"):
            if getattr(duty, key) and key not in DUTIES[name].keys:
                known = "、".join(DUTIES[name].keys) or "只有 article、level、violation 和条件"
                yield f"duties.{name} 不用 {key}", f"可用：{known}"
        if duty.violation and duty.violation not in policy.violations:
            yield f"duties.{name} 的 violation“{duty.violation}”不在 violations 里", "补上或删去"
        yield from _known(policy, f"duties.{name}", duty)
    for name, v in policy.violations.items():
        if sum(map(bool, (v.measures or v.one_of, v.ladder))) != 1:
            yield f"violations.{name}：写固定措施（measures、one_of）或阶梯（ladder）之一", ""
    measures = {
        x for v in policy.violations.values() for s in (v, *v.ladder) for x in (*s.measures, *s.one_of)
    }
    for threshold in policy.thresholds:
        if threshold.at_least < 1:
            yield f"thresholds：“{threshold.measure}”的次数须大于零", ""
        if threshold.measure not in measures:
            yield f"thresholds 里的措施“{threshold.measure}”没有任何违规行为会给", "核对措施的名称"
    for scale, value in policy.scales.items():
        if len(value.grades) < 2:
            yield f"scales.{scale}：等次至少两个，从好到差", ""


def _known(policy: Policy, where: str, rule) -> Iterator[tuple[str, str]]:
    lists = {"scope": policy.scopes, "category": policy.categories, "channel": policy.channels}
    if isinstance(rule, Limit):
        lists["urgency"] = policy.urgencies
    else:
        lists |= {"modes": policy.modes, "outcomes": policy.outcomes}
    for key, choice in lists.items():
        for word in getattr(rule, key):
            if word not in choice.values:
                yield f"{where} 的 {key}“{word}”不在词表里", f"可用：{'、'.join(choice.values)}"
