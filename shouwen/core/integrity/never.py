"""Rules of a regulation that can never apply, never be met, or say two things at once."""

from collections import Counter
from collections.abc import Iterator

from shouwen.core.duties import DUTIES
from shouwen.core.duties.phrases import hits
from shouwen.core.regulation.accountability import Threshold, Violation
from shouwen.core.regulation.schema import Choice, Duty, Limit, Policy, duty_kind

Where = tuple[str | int, ...]
Found = Iterator[tuple[Where, str, str]]

CONDITIONS = ("scope", "category", "channel", "urgency", "matter", "department")
# Limits that the record itself sets: what stands here is never read.
FROM_THE_RECORD = ("承诺", "督办")
# Limits that run within the one of the whole matter.
WITHIN = ("首次回应", "签收", "环节")


def never(policy: Policy) -> Found:
    """Yield (place, text, hint) for every rule that cannot do what it says."""
    yield from _limits(policy)
    yield from _duties(policy)
    yield from _thresholds(policy)
    yield from _settings(policy)


def _covers(first: Limit, later: Limit) -> bool:
    """Tell whether whatever fits the later limit fits the first, which is taken."""
    for key in CONDITIONS:
        wide, narrow = getattr(first, key), getattr(later, key)
        if wide and not (narrow and set(narrow) <= set(wide)):
            return False
    return True


def _limits(policy: Policy) -> Found:
    for clock, limits in policy.limits.items():
        if clock in FROM_THE_RECORD and limits:
            yield ("limits", clock), f"{clock}的时间由记录定，写在这里不起作用", "删去这一项"
        for n, limit in enumerate(limits):
            before = next((k for k in range(n) if _covers(limits[k], limit)), None)
            plain = before is not None and not any(getattr(limits[before], key) for key in CONDITIONS)
            if before is not None and not plain:
                text = f"前面第{before + 1}条已经包括这些，这一条永远用不到"
                yield ("limits", clock, n), text, "把条件窄的放在前面"
    whole = policy.limits.get("办结", ())
    for clock in WITHIN:
        for n, limit in enumerate(policy.limits.get(clock, ())):
            outer = next((one for one in whole if _covers(one, limit)), None)
            if outer and limit.workdays and outer.workdays and limit.workdays > outer.workdays:
                text = (
                    f"{clock}{limit.workdays}个工作日，比办结的{outer.workdays}个还长，守着它就不能按时办结"
                )
                yield ("limits", clock, n), text, "改短这一项，或改长办结"


def _duties(policy: Policy) -> Found:
    for name, duty in policy.duties.items():
        where, kind = ("duties", name), DUTIES.get(duty_kind(name))
        if not kind:
            continue
        for key in kind.required:
            if not getattr(duty, key) and not (key == "phrases" and duty.variants):
                yield where, f"没有写 {key}，这一项{_effect(key)}", f"写上 {key}"
        if duty_kind(name) == "superior" and not policy.bodies:
            yield (
                where,
                "没有 bodies，没有可报的上级，这一项谁也做不到",
                "写上 bodies：可请示的会议、上级机关",
            )
        if duty_kind(name) == "to_complained" and policy.protected:
            for word in duty.category:
                if word in policy.protected.values:
                    text = f"“{word}”的身份和内容另存，不得转给被反映的人所在的部门"
                    yield where, text, "从 category 里删去，或从 protected 里删去"
        if duty_kind(name) == "callback" and not policy.limits.get("回访"):
            yield where, "limits 里没有 回访，这一项永远不会到期", "在 limits 里写 回访"
        if duty_kind(name) == "by_table" and not policy.routing:
            yield where, "没有 routing，没有可合的分工表", "写上 routing"
        yield from _phrases(where, duty)


def _effect(key: str) -> str:
    return "人人都违反" if key == "modes" else "永远查不出什么"


def _phrases(where: Where, duty: Duty) -> Found:
    """Yield phrases that an exception always covers: no text holds one without the other."""
    for phrase in (*duty.phrases, *duty.variants):
        if not phrase.strip("…") or phrase.startswith("…") or phrase in duty.unless:
            continue  # told of already
        if not any(hits([phrase], duty.unless, phrase.replace("…", gap)) for gap in ("", "那")):
            cover = next(x for x in duty.unless if hits([x], (), phrase.replace("…", "")) or x in phrase)
            yield where, f"“{phrase}”总被 unless 的“{cover}”盖住，永远找不到", "从 phrases 或 unless 里删去"


def _most(rule: Violation, measure: str, window: str) -> float:
    """Count how often at most one person gets a measure for one violation within a window."""
    others = (*rule.tiers.values(), *rule.special)
    if measure in rule.fixed or any(measure in r.named for r in others):
        return float("inf")
    rungs = [n for n, r in enumerate(rule.ladder) if measure in r.named]
    # A count that goes on, or begins anew just when the threshold's does, reaches each rung once.
    same = rule.window == "always" or rule.window == window != "rolling-12-months"
    if rungs and (rungs[-1] == len(rule.ladder) - 1 or not same):
        return float("inf")
    return len(rungs)


def _thresholds(policy: Policy) -> Found:
    seen: dict[tuple[object, ...], int] = {}
    becomes = {rule.becomes for rule in policy.conversions}
    for n, t in enumerate(policy.thresholds):
        where = ("thresholds", n)
        measures = [x for x in (t.measure, *t.measures) if x]
        if measures and t.concerns == "staff" and not becomes & set(measures):
            most = sum(_most(v, x, t.window) for v in policy.violations.values() for x in measures)
            if 0 < most < t.at_least:
                text = f"按阶梯一个人至多{most:g}次{'、'.join(measures)}，满{t.at_least}次永远达不到"
                yield where, text, "改 at_least，或改 ladder"
        key = _same(t)
        if not (t.at_least or t.points or t.rate):
            continue  # told of already
        if key in seen:
            first = policy.thresholds[seen[key]]
            numbers = f"{_number(first)}、{_number(t)}"
            text = f"与第{seen[key] + 1}条说的是同一件事（{numbers}），自相矛盾或者多余"
            yield where, text, "留一条"
        seen.setdefault(key, n)
    yield from _statuses(policy)


def _number(t: Threshold) -> str:
    return f"满{t.points:g}分" if t.points else f"低于{t.below:g}%" if t.rate else f"满{t.at_least}次"


def _same(t: Threshold) -> tuple[object, ...]:
    """Return what two thresholds must have in common to say the same thing of the same people."""
    counted = (t.measure, t.measures, t.violations, bool(t.points), t.rate)
    return (*counted, t.window, t.effect, t.concerns, t.status, t.rank, t.below_rank, t.actions)


def _statuses(policy: Policy) -> Found:
    for name, v in policy.violations.items():
        for n, own in enumerate(v.special):
            if not own.status and not own.rank:
                yield ("violations", name), f"special 第{n + 1}条没有写 status 或 rank，人人都合", "写上其一"


def _settings(policy: Policy) -> Found:
    force = policy.in_force
    if force.from_ and force.until and force.from_ > force.until:
        yield ("in_force",), f"自{force.from_}至{force.until}：没有一天施行", "核对两个日期"
    if "{}" not in policy.cite:
        yield ("cite",), f"cite“{policy.cite}”里没有 {{}}，引用时看不出是哪一条", "如 第{}条"
    if policy.extension and bool(policy.extension.times) != bool(policy.extension.workdays):
        yield ("extension",), "次数和天数有一个是零，等于不能延期", "两个都写大于零；不许延期的都写零"
    for key in policy.__struct_fields__:
        choice = getattr(policy, key)
        if isinstance(choice, Choice):
            twice = [word for word, times in Counter(choice.values).items() if times > 1]
            if twice:
                yield (key,), f"“{'、'.join(twice)}”写了两遍", "留一个"
    if len(policy.ratings.values) < 3:
        yield ("ratings",), "评价不足三级，末两级都算差评，就没有好评了", "从好到差至少三级"
    if len(set(policy.first_asked.order)) < len(policy.first_asked.order):
        yield ("first_asked",), "order 里同一项写了两遍", "留一个"
