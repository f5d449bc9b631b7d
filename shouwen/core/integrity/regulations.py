"""What may be wrong with a regulation whose keys and types are right."""

from collections.abc import Collection, Container, Iterator
from difflib import get_close_matches
from typing import Any

from shouwen.core.duties import DUTIES
from shouwen.core.integrity.never import never
from shouwen.core.integrity.sanction_rules import check_sanctions
from shouwen.core.integrity.slips import slips
from shouwen.core.office.powers import IN_POST, LEADING, OWN, OWN_CASE, RECUSED
from shouwen.core.regulation.schema import DEFAULT, Duty, Limit, Policy, Route, duty_kind

Where = tuple[str | int, ...]


def _cited(where: Where, value: Any) -> Iterator[tuple[Where, str]]:
    """Yield (place in the file, article) of every rule in a value: none is left out, whatever is added."""
    if isinstance(value, dict):
        for key, rule in value.items():
            yield from _cited((*where, key), rule)
    elif isinstance(value, tuple):
        for n, rule in enumerate(value):
            yield from _cited((*where, n), rule)
    elif article := getattr(value, "article", ""):
        yield where, article
        yield from (((*where, "beside", other), other) for other in getattr(value, "beside", ()))


def check_policy(
    policy: Policy, own: Container[str] = (), base: Policy | None = None
) -> Iterator[tuple[Where, str, str]]:
    """Yield (place, text, hint) for every rule that cites no known article, contradicts, cannot work.

    ``own`` are the words by which the office's overrides say whose rule they are; ``base`` is
    what the regulation extends, whose own rules are not judged by the words of this one.
    """
    rules = ((name, getattr(policy, name)) for name in policy.__struct_fields__)
    for where, article in (cited for name, value in rules for cited in _cited((name,), value)):
        if article != DEFAULT and article not in policy.articles and article not in own:
            yield where, f"引用的条款“{article}”不在 articles 里", "补上这一条的转述，或改正条款"
    for clock, limits in policy.limits.items():
        for n, limit in enumerate(limits):
            where = ("limits", clock, n)
            lengths = [limit.workdays, limit.hours, limit.days, limit.months, limit.same_day]
            if sum(bool(x) for x in lengths) != 1:
                yield where, "时长要写且只写一种，且大于零", "如 workdays: 3"
            yield from _known(policy, where, limit, base)
            yield from _violation(policy, where, limit)
            conditions = (limit.scope, limit.category, limit.channel, limit.urgency, limit.matter)
            if not any(conditions) and not limit.department and n < len(limits) - 1:
                yield where, "没有条件，后面的规则永远用不到", "把没有条件的放在最后"
    for n, route in enumerate(policy.routing):
        yield from _known(policy, ("routing", n), route, base)
    yield from _powers(policy)
    yield from _check_duties(policy, base)
    yield from check_sanctions(policy)
    yield from never(policy)
    yield from slips(policy, base)


def _check_duties(policy: Policy, base: Policy | None) -> Iterator[tuple[Where, str, str]]:
    for name, duty in policy.duties.items():
        where, kind = ("duties", name), DUTIES.get(duty_kind(name))
        if not kind:
            near = get_close_matches(name, DUTIES, 3, 0.6)
            hint = f"相近的：{'、'.join(near)}" if near else f"可用：{'、'.join(DUTIES)}"
            yield where, f"不认识的职责“{name}”", hint
            continue
        for key in (
            "modes",
            "items",
            "outcomes",
            "phrases",
            "variants",
            "unless",
            "exempt",
            "departments",
            "leader",
        ):
            if getattr(duty, key) and key not in kind.keys:
                known = "、".join(kind.keys) or "只有 article、level、violation 和条件"
                yield where, f"“{name}”不用 {key}", f"可用：{known}"
        yield from _violation(policy, where, duty)
        yield from _words(policy, where, name, duty)
        yield from _phrases(where, duty)
        yield from _known(policy, where, duty, base)


# Circumstances that free from a duty, for the duties that know such.
FREED = ("匿名", "无理取闹")


def _words(policy: Policy, where: Where, name: str, duty: Duty) -> Iterator[tuple[Where, str, str]]:
    """Yield words that no record can ever show: a duty with one of them would accuse everybody, or nobody."""
    words = DUTIES[duty_kind(name)].words
    for word in duty.items:
        if words and word not in words:
            yield where, f"items 里不认识的“{word}”", f"可用：{'、'.join(words)}"
    for word in duty.exempt if duty_kind(name) == "register" else ():
        if word not in FREED:
            yield where, f"exempt 里不认识的“{word}”", f"可用：{'、'.join(FREED)}"
    known = policy.starter.departments
    for word in duty.departments if known else ():
        if word not in known:
            yield (
                where,
                f"departments 里没有的部门“{word}”",
                f"可用：{'、'.join(known)}；别的部门先写进 starter",
            )


def _phrases(where: Where, duty: Duty) -> Iterator[tuple[Where, str, str]]:
    """Yield phrases that can never be found: empty, begun with the gap, or covered by an exception."""
    for phrase in (*duty.phrases, *duty.variants, *duty.unless):
        if not phrase.strip("…") or phrase.startswith("…"):
            yield where, f"“{phrase}”没有开头的字，永远找不到", "写成 到…去找：以字开头，… 代几个字"
        elif marks := [m for m in (".*", ".{", "\\", "?", "[", "|", "(", "^", "$") if m in phrase]:
            yield where, f"“{phrase}”里有“{marks[0]}”，照字面找", "短语照字面写，只有 … 代几个字"
    for phrase in (*duty.phrases, *duty.variants):
        if phrase in duty.unless:
            yield where, f"“{phrase}”又在 unless 里，永远找不到", "从 phrases 或 unless 里删去"


def _there_are(known: Collection[str]) -> str:
    return f"有：{'、'.join(known)}；改正，或补上" if known else "补上或删去"


def _powers(policy: Policy) -> Iterator[tuple[Where, str, str]]:
    """Yield the names of powers that there are not."""
    known = (IN_POST, LEADING, OWN, RECUSED, OWN_CASE)
    for name in policy.powers:
        if name not in known:
            yield ("powers", name), f"没有权力“{name}”", f"可用：{'、'.join(known)}"


def _violation(policy: Policy, where: Where, rule: Limit | Duty) -> Iterator[tuple[Where, str, str]]:
    if rule.violation and rule.violation not in policy.violations:
        yield where, f"violation“{rule.violation}”不在 violations 里", _there_are(policy.violations)


def _known(
    policy: Policy, where: Where, rule: Limit | Duty | Route, base: Policy | None
) -> Iterator[tuple[Where, str, str]]:
    """Yield words outside the regulation's lists; a rule of the ``base`` itself may name more than are used."""
    if not base:
        if rule.article == DEFAULT:
            return
    elif rule in base.duties.values() or any(rule in limits for limits in base.limits.values()):
        return
    lists = {"scope": policy.scopes, "category": policy.categories, "channel": policy.channels,
             "urgency": policy.urgencies}  # fmt: skip
    if isinstance(rule, Duty):
        lists |= {"modes": policy.modes, "outcomes": policy.outcomes}
    for key, choice in lists.items():
        for word in getattr(rule, key, ()):
            if word not in choice.values:
                yield where, f"{key}“{word}”不在词表里", f"可用：{'、'.join(choice.values)}"
