"""What a regulation says about accountability, a line each: violations, measures, what they add up to."""

from collections.abc import Iterator

from shouwen.core.accountability import thresholds
from shouwen.core.accountability.charge import elements
from shouwen.core.accountability.proposals import Proposal, rung_text
from shouwen.core.accountability.thresholds import follows, needed
from shouwen.core.regulation.accountability import Rung, Violation
from shouwen.core.regulation.citation import cite
from shouwen.core.regulation.schema import Policy

WINDOWS = {
    "calendar-month": "当月",
    "calendar-quarter": "当季",
    "calendar-half": "半年内",
    "calendar-year": "当年",
    "rolling-12-months": "连续十二个月",
    "always": "历次",
}
ROUNDING = {"floor": "不足一人的舍去", "round": "不足一人的四舍五入", "ceil": "不足一人的进一"}
CONCERNS = {"staff": "", "department": "部门", "members": "部门人员合计"}
EFFECTS = {"exempt": "可以免予问责", "lighter": "可以轻于规定", "heavier": "可以重于规定"}


def violation_lines(policy: Policy, name: str, v: Violation) -> list[str]:
    """Return a violation and what follows from it, a line a rung."""
    needs = f"（须查明：{'、'.join(elements(v))}）" if v.needs else ""
    lines = [f"  {cite(policy, v.article)} {name}：{v.text}{needs}"]
    if v.ladder:
        for n, rung in enumerate(v.ladder, 1):
            proposal = Proposal(v.article, n, (*rung.measures, *v.also), rung.one_of, "", rung.optional)
            lines.append(f"      第{n}次：{proposal}")
        lines.append(f"      计次范围：{WINDOWS[v.window]}")
    elif v.tiers:
        for degree, tier in v.tiers.items():
            review = f"，并查看{tier.review}的责任" if tier.review else ""
            lines.append(f"      {degree}：{rung_text(tier)}{review}")
    else:
        usual = Rung(measures=(*v.measures, *v.also), one_of=v.one_of, optional=v.optional)
        lines.append(f"      {rung_text(usual)}")
    if v.review_leader:
        post = v.review_leader if isinstance(v.review_leader, str) else "部门负责人"
        lines.append(f"      并查看{post}的责任")
    for own in v.special:
        who = "、".join((*own.status, *((f"职级{own.rank}以上",) if own.rank else ())))
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


def bears_on(v: Violation, article: str) -> bool:
    """Return whether an article says something of a violation: what it is, or what follows for whom."""
    return article in (v.article, *(own.article for own in v.special), v.joint and v.joint.article)


def thresholds_of(policy: Policy, article: str = "") -> list[str]:
    """Return what so much of something leads to, of one article or of all."""
    lines = []
    for t in policy.thresholds:
        if article and t.article != article:
            continue
        least = f"（至少有{t.at_least}件才算）" if t.rate and t.at_least else ""
        lines.append(
            f"  {cite(policy, t.article)} {CONCERNS[t.concerns]}{thresholds.whom(t)}{WINDOWS[t.window]}"
            f"{thresholds.title(t)}{needed(t)}{least} → {follows(t, between='、')}"
        )
        if t.window_note:
            lines.append(f"      {t.window_note}")
    return lines


def cap(policy: Policy, article: str = "") -> list[str]:
    """Return how many at most are 优秀."""
    rule = policy.excellent_cap
    if not rule or article and rule.article != article:
        return []
    return [
        f"  {cite(policy, rule.article)} 优秀不超过参评人数的{rule.ratio * 100:g}%，{ROUNDING[rule.rounding]}"
    ]


def authorities(policy: Policy) -> list[str]:
    """Return who decides which measures."""
    return [
        f"  {cite(policy, a.article)} {'、'.join(a.measures)}：由{'、'.join(a.names)}决定"
        for a in policy.authorities
    ]


def measures(policy: Policy) -> list[str]:
    """Return what else is laid down of measures: points, conversion, sums, terms, what is done after them, grounds."""
    return [f"  {line}" for line in _measures(policy)]


def _measures(policy: Policy) -> Iterator[str]:
    if points := policy.points:
        values = "、".join(f"{name}{value:g}分" for name, value in points.values.items())
        yield f"{cite(policy, points.article)} 计分：{values}"
    for rule in policy.conversions:
        count = f"{WINDOWS[rule.window]}{rule.measure}满{rule.times}次"
        yield f"{cite(policy, rule.article)} 折算：{count}，折合{rule.becomes}一次"
    for name, amount in policy.sums.items():
        most = f"至多{amount.at_most:g}元" if amount.at_most else "上限不限"
        yield f"{cite(policy, amount.article)} 金额（{name}）：至少{amount.at_least:g}元，{most}，决定写明"
    for term in policy.terms:
        end = "，期满由决定机关解除" if term.lift else "，期满自行终止"
        yield f"{cite(policy, term.article)} 期限（{'、'.join(term.measures)}）：{term.length}{end}"
    for remedy in policy.remedies:
        days = f"{remedy.workdays}个工作日" if remedy.workdays else f"{remedy.days}天" if remedy.days else ""
        when = f"决定后{days}内" if days else "期限由决定写明"
        yield f"{cite(policy, remedy.article)} 改正、报告（{'、'.join(remedy.measures)}）：{when}"
    for name, ground in policy.grounds.items():
        yield f"{cite(policy, ground.article)} 情形（{name}）：{ground.text}，{EFFECTS[ground.effect]}"


def gravity(policy: Policy) -> list[str]:
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
