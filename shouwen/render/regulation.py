"""A regulation written out: articles, rules with their sources, what the document leaves open."""

from typing import Any

from shouwen.core.deadlines.clock import describe
from shouwen.core.duties import DUTIES
from shouwen.core.regulation.citation import cite
from shouwen.core.regulation.schema import DEFAULT, Limit, Policy, duty_kind
from shouwen.render import regulation_sanctions as sanctions
from shouwen.render import regulation_settings as settings
from shouwen.render.values import safe


def _condition(rule: Limit) -> str:
    words = [
        w
        for key in ("scope", "category", "channel", "urgency", "matter", "department")
        for w in getattr(rule, key, ())
    ]
    return "、".join(words) or "其余"


def _limits(policy: Policy, clock: str, article: str = "") -> list[str]:
    """Return the limits of a clock, of one article or of all: for what, how long, what running out of it leads to."""
    return [
        f"  {cite(policy, x.article)} {clock}：{_condition(x)} {describe(x)}{settings.after(policy, x)}"
        for x in policy.limits[clock]
        if article in ("", x.article)
    ]


def article_text(policy: Policy, article: str) -> str:
    """Return one article: its paraphrase and every rule made from it."""
    lines = [f"《{policy.name}》{cite(policy, article)}", f"  {policy.articles[article]}", ""]
    for clock in policy.limits:
        lines += _limits(policy, clock, article)
    lines += [_duty(policy, n) for n, d in policy.duties.items() if d.article == article]
    for name, v in policy.violations.items():
        if sanctions.bears_on(v, article):
            lines += sanctions.violation_lines(policy, name, v)
    lines += sanctions.thresholds_of(policy, article) + sanctions.cap(policy, article)
    cited = cite(policy, article)
    rest = (
        *settings.roles(policy), *settings.handling(policy), *sanctions.authorities(policy), *settings.filing(policy),
        *sanctions.measures(policy), *sanctions.gravity(policy), *settings.word_lists(policy), *settings.people(policy),
    )  # fmt: skip
    lines += [line for line in rest if line.startswith((f"  {cited} ", f"  {cited}："))]
    return "\n".join(map(safe, lines)).rstrip() + "\n"


def article_data(policy: Policy, article: str) -> dict[str, Any]:
    """Return the same as JSON has it: the rules of the article in the regulation's own keys."""

    def of(rule: Any) -> bool:
        return getattr(rule, "article", None) == article

    def beside(rule: Any) -> bool:
        return article in getattr(rule, "beside", ())

    def table(name: str) -> dict[str, Any]:
        return {key: rule for key, rule in getattr(policy, name).items() if of(rule)}

    lists = [key for key in policy.__struct_fields__ if of(rule := getattr(policy, key)) or beside(rule)]
    return {
        "policy": policy.id, "name": policy.name, "article": article, "cited": cite(policy, article),
        "text": policy.articles[article],
        "limits": {clock: own for clock, found in policy.limits.items() if (own := list(filter(of, found)))},
        "violations": {k: v for k, v in policy.violations.items() if sanctions.bears_on(v, article)},
        **{name: table(name) for name in ("duties", "scales", "gravity", "grounds", "sums")},
        **{
            name: list(filter(of, getattr(policy, name)))
            for name in ("thresholds", "authorities", "routing", "conversions", "terms", "remedies")
        },
        "settings": {name: getattr(policy, name) for name in lists},
    }  # fmt: skip


def _phrases_label(name: str) -> str:
    return "把人指走的话（文件没有列）" if duty_kind(name) == "sent_away" else "语句"


def _duty(policy: Policy, name: str) -> str:
    duty = policy.duties[name]
    kind = duty_kind(name)
    title = DUTIES[kind].title if kind in DUTIES else name
    words = [
        f"{label} {'、'.join(values)}"
        for label, values in (
            ("范围", duty.scope), ("类别", duty.category), ("渠道", duty.channel), ("紧要程度", duty.urgency),
            ("方式", duty.modes), ("须有", duty.items), ("结果为", duty.outcomes), (_phrases_label(name), duty.phrases),
            ("近似的（文件没有列）", duty.variants), ("不算的", duty.unless), ("除外", duty.exempt),
            ("部门", duty.departments), ("领导", (duty.leader,) if duty.leader else ()), ("次数", (f"{duty.times}次",) if duty.times else ()),
        ) if values
    ]  # fmt: skip
    which = name.partition("/")[2]
    title += f"（{which}）" if which else ""
    return f"  {cite(policy, duty.article)} {title}：{'；'.join([*words, settings.consequence(policy, name, duty)])}"


_LISTS = {
    "channels": "渠道", "categories": "类别", "scopes": "范围", "urgencies": "紧要程度", "modes": "转办方式",
    "outcomes": "结果", "ratings": "评价", "suspend": "中止原因", "absences": "不在岗的原因",
    "first_asked": "几人同时被问", "extension": "延期",
}  # fmt: skip


def defaults(policy: Policy) -> dict[str, list[str]]:
    """Return which settings the document leaves to the base: kind → their names in reports."""
    rules = {key: getattr(policy, key) for key in _LISTS}
    return {
        "设置": [_LISTS[key] for key, rule in rules.items() if rule and rule.article == DEFAULT],
        "时限": [c for c, found in policy.limits.items() if any(x.article == DEFAULT for x in found)],
        "职责": [
            DUTIES[kind].title
            for name, duty in policy.duties.items()
            if duty.article == DEFAULT and (kind := duty_kind(name)) in DUTIES
        ],
        "考核等次": [name for name, scale in policy.scales.items() if scale.article == DEFAULT],
    }


def regulation_text(policy: Policy) -> str:
    """Return the regulation whole: everything it sets, and what its document leaves open."""
    lines = [f"《{policy.name}》（{policy.id}）", f"来源：{policy.document}"]
    if policy.cut:
        lines.append(f"文件到哪里为止：{policy.cut}")
    in_force = policy.in_force
    if in_force.from_ or in_force.until:
        lines.append(f"施行：{in_force.from_ or '…'} 至 {in_force.until or '现在'}")
    lines += ["", "条文（转述）"]
    lines += [f"  {cite(policy, a)}  {text}" for a, text in policy.articles.items()]
    lines += ["", "谁负责", *settings.roles(policy)]
    if policy.powers:
        lines += ["", "谁可以办，谁要回避", *settings.powers(policy)]
    lines += ["", "时限"]
    for clock in policy.limits:
        lines += _limits(policy, clock)
    lines += settings.handling(policy)
    lines += ["", "职责（记录里看得出的）", *(_duty(policy, n) for n in policy.duties)]
    if policy.violations:
        lines += ["", "违规行为与措施"]
        for name, v in policy.violations.items():
            lines += sanctions.violation_lines(policy, name, v)
    if policy.thresholds:
        lines += ["", "考核", *sanctions.thresholds_of(policy)]
    lines += sanctions.cap(policy)
    lines += sanctions.authorities(policy)
    lines += sanctions.measures(policy)
    lines += ["", "归档、公布和等次", *settings.filing(policy)]
    lines += ["", "轻重和申诉", *sanctions.gravity(policy)]
    lines += ["", "词表", *settings.word_lists(policy)]
    lines += settings.people(policy)
    lines += settings.starter(policy)
    lines += ["", "文件没有规定的"]
    lines += [f"  {name}：{text}" for name, text in policy.undefined.items()]
    lines += [f"  缺省的{kind}：{'、'.join(names)}" for kind, names in defaults(policy).items() if names]
    lines.append(
        f"  凡条款写“{DEFAULT}”的，都是文件没有规定、由通用底本补上的缺省值，可在 ledger.yaml 的 overrides 里改。"
    )
    return "".join(f"{safe(line)}\n" for line in lines)
