"""A regulation written out: articles, rules with their sources, what the document leaves open."""

from typing import Any

from shouwen.core.accountability import thresholds
from shouwen.core.accountability.charge import elements
from shouwen.core.accountability.proposals import Proposal, rung_text
from shouwen.core.accountability.thresholds import follows, needed
from shouwen.core.deadlines.clock import describe
from shouwen.core.duties import DUTIES
from shouwen.core.regulation.accountability import Rung, Violation
from shouwen.core.regulation.citation import cite
from shouwen.core.regulation.schema import DEFAULT, Limit, Policy, duty_kind
from shouwen.render import regulation_settings as settings
from shouwen.render.values import safe

WINDOWS = {
    "calendar-month": "当月",
    "calendar-quarter": "当季",
    "calendar-half": "半年内",
    "calendar-year": "当年",
    "rolling-12-months": "连续十二个月",
    "always": "历次",
}
ROUNDING = {"floor": "不足一人的舍去", "round": "不足一人的四舍五入", "ceil": "不足一人的进一"}


def _condition(rule: Limit) -> str:
    words = [
        w
        for key in ("scope", "category", "channel", "urgency", "matter", "department")
        for w in getattr(rule, key, ())
    ]
    return "、".join(words) or "其余"


def violation_text(policy: Policy, name: str, v: Violation) -> list[str]:
    """Return a violation and what follows from it, a line a rung."""
    needs = f"（须查明：{'、'.join(elements(v))}）" if v.needs else ""
    lines = [f"  {cite(policy, v.article)} {name}：{v.text}{needs}"]
    if v.ladder:
        for n, rung in enumerate(v.ladder, 1):
            lines.append(
                f"      第{n}次：{Proposal(v.article, n, (*rung.measures, *v.also), rung.one_of, '')}"
            )
        lines.append(f"      计次范围：{WINDOWS[v.window]}")
    elif v.tiers:
        for degree, tier in v.tiers.items():
            review = f"，并查看{tier.review}的责任" if tier.review else ""
            lines.append(f"      {degree}：{rung_text(tier)}{review}")
    else:
        usual = Rung(measures=(*v.measures, *v.also), one_of=v.one_of, optional=v.optional)
        lines.append(f"      {rung_text(usual)}")
    if v.review_leader:
        lines.append("      并查看领导的责任")
    for own in v.special:
        who = "、".join(own.status) or f"职级{own.rank}以上"
        lines.append(f"      {who}（{cite(policy, own.article)}）：{rung_text(own)}")
    lines += [f"      部门：{rung_text(v.unit)}"] if v.unit else []
    if v.joint:
        measures = "、".join(v.joint.measures)
        share = f"计其{v.joint.share:g}倍的分" if v.joint.share else ""
        lines.append(
            f"      {v.joint.post}同责（{cite(policy, v.joint.article)}）：{'，'.join(filter(None, (measures, share)))}"
        )
    lines += [f"      计{v.points:g}分"] if v.points else []
    return lines


def _gravity_lines(policy: Policy) -> list[str]:
    """Return the orders of gravity, how to appeal, and for what an appeal may end in something heavier."""
    lines = []
    for name, order in policy.gravity.items():
        basis = f"，依据{order.basis}" if order.basis else ""
        values = "、".join(order.values)
        lines.append(f"  {cite(policy, order.article)} {name}，由轻到重：{values}{basis}")
    if rule := policy.appeal:
        within = f"{rule.workdays}个工作日" if rule.workdays else f"{rule.days}天" if rule.days else ""
        answer = f"{rule.answer_workdays}个工作日" if rule.answer_workdays else f"{rule.answer_days}天"
        more = f"，{answer}内答复" if rule.answer_workdays or rule.answer_days else ""
        bodies = "、".join(rule.bodies) or "决定机关"
        lines.append(f"  {cite(policy, rule.article)} {f'{within}内' if within else ''}向{bodies}申诉{more}")
    words = "、".join(policy.heavier.values) or "（没有）"
    lines.append(f"  {cite(policy, policy.heavier.article)} 申诉后不得加重，除非：{words}")
    return lines


CONCERNS = {"staff": "", "department": "部门", "members": "部门人员合计"}


def _threshold_lines(policy: Policy, article: str = "") -> list[str]:
    lines = []
    for t in policy.thresholds:
        if article and t.article != article:
            continue
        lines.append(
            f"  {cite(policy, t.article)} {CONCERNS[t.concerns]}{thresholds.whom(t)}{WINDOWS[t.window]}{thresholds.title(t)}{needed(t)} → {follows(t, between='、')}"
        )
        if t.window_note:
            lines.append(f"      {t.window_note}")
    return lines


def _cap_lines(policy: Policy, article: str = "") -> list[str]:
    cap = policy.excellent_cap
    if not cap or article and cap.article != article:
        return []
    return [
        f"  {cite(policy, cap.article)} 优秀不超过参评人数的{cap.ratio * 100:g}%，{ROUNDING[cap.rounding]}"
    ]


def _authority_lines(policy: Policy) -> list[str]:
    return [
        f"  {cite(policy, a.article)} {'、'.join(a.measures)}：由{'、'.join(a.names)}决定"
        for a in policy.authorities
    ]


def article_text(policy: Policy, article: str) -> str:
    """Return one article: its paraphrase and every rule made from it."""
    lines = [f"《{policy.name}》{cite(policy, article)}", f"  {policy.articles[article]}", ""]
    for clock, limits in policy.limits.items():
        lines += [f"  时限 {clock}：{_condition(x)} {describe(x)}" for x in limits if x.article == article]
    lines += [_duty(policy, n) for n, d in policy.duties.items() if d.article == article]
    for name, v in policy.violations.items():
        if v.article == article:
            lines += violation_text(policy, name, v)
    lines += _threshold_lines(policy, article) + _cap_lines(policy, article)
    cited = cite(policy, article)
    rest = (
        *settings.roles(policy), *settings.handling(policy), *_authority_lines(policy), *settings.filing(policy),
        *_gravity_lines(policy), *settings.word_lists(policy), *settings.people(policy),
    )  # fmt: skip
    lines += [line for line in rest if line.startswith((f"  {cited} ", f"  {cited}："))]
    return "\n".join(map(safe, lines)).rstrip() + "\n"


def article_data(policy: Policy, article: str) -> dict[str, Any]:
    """Return the same as JSON has it: the rules of the article in the regulation's own keys."""

    def of(rule: Any) -> bool:
        return getattr(rule, "article", None) == article

    lists = [name for name in policy.__struct_fields__ if of(getattr(policy, name))]
    return {
        "policy": policy.id, "name": policy.name, "article": article, "cited": cite(policy, article),
        "text": policy.articles[article],
        "limits": {clock: own for clock, found in policy.limits.items() if (own := list(filter(of, found)))},
        "duties": {name: duty for name, duty in policy.duties.items() if of(duty)},
        "violations": {name: v for name, v in policy.violations.items() if of(v)},
        "thresholds": list(filter(of, policy.thresholds)),
        "authorities": list(filter(of, policy.authorities)),
        "routing": list(filter(of, policy.routing)),
        "scales": {name: scale for name, scale in policy.scales.items() if of(scale)},
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
    for clock, limits in policy.limits.items():
        lines += [f"  {cite(policy, x.article)} {clock}：{_condition(x)} {describe(x)}" for x in limits]
    lines += settings.handling(policy)
    lines += ["", "职责（记录里看得出的）", *(_duty(policy, n) for n in policy.duties)]
    if policy.violations:
        lines += ["", "违规行为与措施"]
        for name, v in policy.violations.items():
            lines += violation_text(policy, name, v)
    if policy.thresholds:
        lines += ["", "考核", *_threshold_lines(policy)]
    lines += _cap_lines(policy)
    lines += _authority_lines(policy)
    lines += ["", "归档、公布和等次", *settings.filing(policy)]
    lines += ["", "轻重和申诉", *_gravity_lines(policy)]
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
