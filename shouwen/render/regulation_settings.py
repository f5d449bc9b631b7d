"""What a regulation sets beside its duties and sanctions, a line each, and what it leaves to people."""

from shouwen.core.duties import DUTIES
from shouwen.core.regulation.citation import cite
from shouwen.core.regulation.schema import DEFAULT, Choice, Duty, Limit, Policy, duty_kind

ORDER = {"rank": "职位高的", "joined": "到岗早的"}
LISTS = (
    ("channels", "渠道"), ("categories", "类别"), ("scopes", "范围"), ("urgencies", "紧要程度"), ("modes", "转办方式"),
    ("outcomes", "结果"), ("ratings", "评价（从好到差，末两级为差评）"), ("suspend", "中止原因"),
    ("absences", "不在岗的原因"), ("bodies", "可请示的会议和上级"),
)  # fmt: skip


def source(policy: Policy, article: str) -> str:
    """Return the article cited; a default is marked as what the document does not say."""
    return f"{DEFAULT}（文件没有写）" if article == DEFAULT else cite(policy, article)


def roles(policy: Policy) -> list[str]:
    """Return who is first-asked, which degrees of responsibility there are, where which category goes."""
    first = policy.first_asked
    order = "，再比".join(ORDER[x] for x in first.order)
    where = f"；只在{'、'.join(first.channel)}" if first.channel else ""
    lines = [f"  {source(policy, first.article)} 几人同时被问：{order}；都相同的按列名先后{where}"]
    unit = "可以" if first.unit else "不可以"
    lines.append(f"  {source(policy, first.article)} 整个部门{unit}作首问责任人")
    if policy.levels:
        for title, who in policy.levels.titles.items():
            lines.append(f"  {source(policy, policy.levels.article)} {title}：{who}（按当天的名册）")
    for route in policy.routing:
        when = f"，案件办结后{route.months}个月内" if route.months else ""
        lines.append(
            f"  {source(policy, route.article)} {'、'.join(route.category)}{when} → {route.department}"
        )
    return lines


def handling(policy: Policy) -> list[str]:
    """Return extension, warning and what is kept apart."""
    lines = []
    if e := policy.extension:
        lines.append(
            f"  {source(policy, e.article)} 延期：届满前提出，至多{e.times}次，每次至多{e.workdays}个工作日"
        )
    lines.append(f"  {DEFAULT}（文件没有写） 剩余不超过{policy.yellow}个工作日亮黄牌")
    if p := policy.protected:
        about = "；写了被反映的人的也另存" if p.about else ""
        lines.append(f"  {source(policy, p.article)} 身份和内容另存：{'、'.join(p.values)}{about}")
    return lines


# What each power asks, by its name in a regulation.
POWERS = {
    "在岗": "写进角色的人（承办、批准、签字、联系、协办）当天在岗",
    "领导": "批准、签字、指定、批示由当天的领导或制度写明的机关",
    "本人不批": "不给自己批准、签字、延期，也不自己证明自己",
    "回避": "被反映的人及其部门不看、不接、不答、不批",
    "案件回避": "不办自己的案件；申诉谁都可以",
}


def powers(policy: Policy) -> list[str]:
    """Return who may act and who may not, each with the article that says so."""
    return [
        f"  {source(policy, article)} {name}{f'：{POWERS[name]}' if name in POWERS else ''}"
        for name, article in policy.powers.items()
    ]


def word_lists(policy: Policy) -> list[str]:
    """Return every list of words; those that the document does not name stand apart."""
    lines = []
    for name, title in LISTS:
        choice: Choice | None = getattr(policy, name)
        if not choice:
            continue
        others = {w for words in choice.beside.values() for w in words}
        own = [w for w in choice.values if w not in choice.more and w not in others]
        lines.append(f"  {source(policy, choice.article)} {title}：{'、'.join(own)}")
        for article, words in choice.beside.items():
            lines.append(f"  {source(policy, article)} {title}：{'、'.join(words)}")
        if choice.more:
            lines.append(f"      文件没有写、照样受理的：{'、'.join(choice.more)}")
    return lines


def filing(policy: Policy) -> list[str]:
    """Return what is filed, what is made public, the grades of each scale."""
    lines = []
    for choice, what in ((policy.filing, "存入人事档案"), (policy.publication, "公开通报，记下会议和日期")):
        if choice:
            lines.append(f"  {source(policy, choice.article)} {'、'.join(choice.values)}：{what}")
    for name, scale in policy.scales.items():
        lines.append(f"  {source(policy, scale.article)} 考核等次（{name}）：{'、'.join(scale.grades)}")
    return lines


def consequence(policy: Policy, name: str, duty: Duty) -> str:
    """Return what a breach of a duty leads to: refusal, a lead and the violation that sanctions it, or just a look."""
    if duty.level == "拒绝":
        effect = "违反则拒绝"
    elif (kind := DUTIES.get(duty_kind(name))) and kind.look:
        return "查到的只供查看，不作线索"
    else:
        effect = "违反则提示"
    if duty.article == DEFAULT:
        return f"{effect}，不作线索"
    rule = policy.violations.get(duty.violation)
    if not rule:
        return f"{effect}，列为线索；文件没有写怎样处理"
    return f"{effect}，列为线索；按{cite(policy, rule.article)}“{duty.violation}”处理"


def after(policy: Policy, limit: Limit) -> str:
    """Return what running out of a limit may be charged as, and when it becomes a lead."""
    rule = policy.violations.get(limit.violation)
    charge = f"；超期的按{cite(policy, rule.article)}“{limit.violation}”处理" if rule else ""
    since = "超期后第一次催办起" if limit.grace_from == "催办" else "超期后"
    return charge + (f"；{since}再过{limit.grace}个工作日才列为线索" if limit.grace else "")


def people(policy: Policy) -> list[str]:
    """Return which clauses no record shows, and who sees to them instead."""
    if not policy.people:
        return []
    lines = [f"  {cite(policy, article)}：{why}" for article, why in policy.people.items()]
    return ["", "留给人的（记录里看不出）", *lines]


# What else a new ledger begins with for a matter.
MATTER = (
    ("contact", "联系人 "),
    ("place", "地点 "),
    ("phone", "电话 "),
    ("words", "词 "),
    ("materials", "材料 "),
    ("procedure", "程序 "),
    ("fee", "收费 "),
    ("basis", "依据 "),
)


def _words(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else "、".join(value)


def starter(policy: Policy) -> list[str]:
    """Return what a new ledger begins with; none of it is a rule of the document."""
    start, work = policy.starter, policy.starter.departments
    if not work:
        return []
    places = "、".join(f"{name}（{work[name]}）" for name in work)
    lines = [
        "",
        "新台账的样例（不是规则）",
        f"  部门：{places}；归口部门 {start.office}；人员按“{start.scale}”考核",
    ]
    for name, matter in start.matters.items():
        days = f"，{matter.workdays}个工作日" if matter.workdays else ""
        more = [f"{title}{_words(value)}" for key, title in MATTER if (value := getattr(matter, key))]
        lines.append(f"  事项 {name}：{'；'.join((matter.department + days, *more))}")
    for day, spans in start.hours.items():
        lines.append(f"  {day} {'、'.join(spans)} 上班")
    if start.supervision_phone:
        lines.append(f"  监督投诉电话：{start.supervision_phone}")
    return lines
