"""What a slip of the keyboard leaves in a regulation: nothing where something must stand, a word all but another."""

from collections.abc import Iterator
from typing import Any

import msgspec

from shouwen.core.deadlines.opening_hours import Hours
from shouwen.core.fact import required
from shouwen.core.regulation.accountability import Rung, Tier
from shouwen.core.regulation.schema import Choice, Policy

Where = tuple[str | int, ...]
Found = Iterator[tuple[Where, str, str]]

# Lists whose words the program knows by name; a word of the office's own may stand in them too.
KNOWN = ("channels", "scopes", "urgencies", "modes", "outcomes")
# What may be empty though it must be written: an office that suspends nothing, appeals that are never heavier.
MAY_BE_EMPTY = ("suspend", "absences", "heavier", "protected")


def slips(policy: Policy, base: Policy | None = None) -> Found:
    """Yield (place, text, hint) for whatever is blank, empty, negative, or one sign away from a word of the base."""
    for name in policy.__struct_fields__:
        if name not in ("articles", "undefined", "people", "starter"):
            yield from _blank((name,), getattr(policy, name))
    if not policy.name.strip():
        yield ("name",), "name 没有内容", "写上制度的名称"
    for key in ("articles", "undefined", "people"):
        for name, text in getattr(policy, key).items():
            if not name.strip():
                yield (key,), f"{key} 有一项没有名字", "写上名字，或删去这一项"
            elif key == "people" and name not in policy.articles:
                yield (key, name), f"people 里的“{name}”不在 articles 里", "改正条款，或补上这一条的转述"
            if not text.strip():
                yield (key, name), f"“{name}”没有内容", "写上转述或说明，或删去这一项"
    yield from _numbers(policy)
    yield from _starter(policy)
    yield from _near(policy, base) if base else ()


def _blank(where: Where, value: Any) -> Found:
    """Yield what is written and says nothing: a required text or list, a word of a list, a rung without a measure."""
    if isinstance(value, dict):
        for key, under in value.items():
            if not str(key).strip():
                yield where, f"{where[-1]} 有一项没有名字", "写上名字，或删去这一项"
            yield from _blank((*where, key), under)
    elif isinstance(value, tuple):
        for n, under in enumerate(value):
            if isinstance(under, str) and not under.strip():
                yield where, f"{where[-1]} 第{n + 1}个词没有内容", "写上内容，或删去这个词"
            elif isinstance(under, str) and " " in under and not under.isascii():
                yield where, f"“{under}”中间有空格", "是两个词的，中间加半角逗号；是一个词的，去掉空格"
            elif (
                isinstance(under, msgspec.Struct)
                and under in value[:n]
                and where[0] not in ("limits", "thresholds")
            ):
                yield (*where, n), f"与第{value.index(under) + 1}条一模一样", "留一条"
            yield from _blank((*where, n), under)
    elif isinstance(value, msgspec.Struct):
        yield from _empty(where, value)
        for name in value.__struct_fields__:
            yield from _blank((*where, name), getattr(value, name))


def _empty(where: Where, rule: msgspec.Struct) -> Found:
    for name in () if where[0] in MAY_BE_EMPTY else sorted(required(type(rule))):
        value = getattr(rule, name)
        if isinstance(value, str | tuple | dict) and not (value.strip() if isinstance(value, str) else value):
            yield where, f"{name} 没有内容", f"写上 {name}"
    if isinstance(rule, Rung) and not isinstance(rule, Tier) and not rule.named:
        yield where, "没有写给什么措施", "写上 measures、one_of 或 optional，或删去这一级"


def _numbers(policy: Policy) -> Found:
    """Yield amounts that cannot be meant."""
    costs: list[tuple[Where, str, float]] = [
        (("thresholds", n), "points", t.points) for n, t in enumerate(policy.thresholds)
    ]
    for name, v in policy.violations.items():
        costs.append((("violations", name), "points", v.points))
        if v.joint:
            costs.append((("violations", name, "joint"), "share", v.joint.share))
            if not v.joint.measures and not v.joint.share:
                yield ("violations", name, "joint"), "没有写同责的领导得什么", "写 measures 或 share"
    costs += [
        (("points",), name, value) for name, value in (policy.points.values.items() if policy.points else ())
    ]
    for name, amount in policy.sums.items():
        costs += [(("sums", name), key, getattr(amount, key)) for key in ("at_least", "at_most")]
        if amount.at_most and amount.at_least > amount.at_most:
            text = f"至少{amount.at_least:g}元、至多{amount.at_most:g}元，没有合的金额"
            yield ("sums", name), text, "核对 at_least、at_most"
    for where, name, value in costs:
        if value < 0:
            yield where, f"{name} {value:g} 小于零", "写大于零的数"
    lengths: list[tuple[Where, int, int]] = [
        (("remedies", n), rule.workdays, rule.days) for n, rule in enumerate(policy.remedies)
    ]
    if rule := policy.appeal:
        lengths += [
            (("appeal",), rule.workdays, rule.days),
            (("appeal",), rule.answer_workdays, rule.answer_days),
        ]
    for place, workdays, days in lengths:
        if workdays and days:
            yield place, f"写了{workdays}个工作日，又写了{days}天", "只写一种"


def _starter(policy: Policy) -> Found:
    """Yield departments, scales and days that a new ledger would not have."""
    start = policy.starter
    known = start.departments
    named: list[tuple[Where, str, str]] = [(("starter", "office"), "office", start.office)]
    named += [(("starter", "matters", name), "department", m.department) for name, m in start.matters.items()]
    named += [(("routing", n), "department", route.department) for n, route in enumerate(policy.routing)]
    for where, key, word in named:
        if word and known and word not in known:
            yield where, f"{key} 里没有的部门“{word}”", f"可用：{'、'.join(known)}；别的部门先写进 starter"
    try:
        Hours(start.hours)
    except ValueError as error:
        yield ("starter", "hours"), f"hours：{error}", '如 周六: ["08:30-12:00"]'
    if start.scale not in policy.scales:
        yield ("starter", "scale"), f"没有“{start.scale}”的等次", f"可用：{'、'.join(policy.scales)}"


def _near(policy: Policy, base: Policy) -> Found:
    """Yield words of a list that differ by one sign from a word which the program knows and the list lacks."""
    for key in KNOWN:
        choice: Choice = getattr(policy, key)
        lacking = [word for word in getattr(base, key).values if word not in choice.values]
        for word in choice.values:
            meant = next((other for other in lacking if one_sign_off(word, other)), "")
            if meant and word not in getattr(base, key).values:
                yield (key,), f"“{word}”像是“{meant}”写错了", f"写 {meant}；确是别的意思的，换个不易混的词"


def one_sign_off(one: str, other: str) -> bool:
    """Return whether one of two words is the other with a sign left out, or with two neighbours changed over."""
    short, long = sorted((one, other), key=len)
    if len(short) == len(long):
        return (
            any(short[:n] + short[n + 1] + short[n] + short[n + 2 :] == long for n in range(len(short) - 1))
            and one != other
        )
    return any(long[:n] + long[n + 1 :] == short for n in range(len(long)))
