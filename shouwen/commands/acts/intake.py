"""intake 受理: an inquiry becomes a record; whoever was asked first becomes answerable."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

import typer

from shouwen.core.errors import NotFound, Usage
from shouwen.core.inquiry.confidential import protected, secret
from shouwen.core.inquiry.header import USUAL, Agent, Inquirer, Inquiry
from shouwen.core.inquiry.masking import mask_text
from shouwen.core.office.lookup import find_leader, find_staff, several
from shouwen.core.office.routing import guess, matches, scope_of
from shouwen.core.regulation.citation import cite
from shouwen.core.vocabulary import choose, clean, name_of, phone_of
from shouwen.services.intake import (
    asked_together,
    before,
    first_asked,
    not_applied,
    same_intake,
    take_in,
    where_to,
)
from shouwen.terminal import completers
from shouwen.terminal.acknowledgement import acknowledge
from shouwen.terminal.context import Context, past_day
from shouwen.terminal.options import ActFormat

NO_MATTER = "都不是"
OFFICIAL = ("发现", "交办")  # what a colleague found, or a leader gave, is no matter of his own
RELATIONS = (
    "配偶",
    "子女",
    "父母",
    "亲属",
    "朋友",
    "同事",
    "法定代表人",
    "经办人员",
    "委托代理人",
    "律师",
    "监护人",
)
_TOLD = 3  # earlier inquiries of the same person that are told one by one


def _word(metavar: str, help: str, completion: Callable[..., Any] | None = None) -> Any:
    return typer.Option(metavar=metavar, help=help, autocompletion=completion)


def intake(
    ctx: typer.Context,
    channel: Annotated[str | None, _word("渠道", "从哪里来", completers.channels)] = None,
    category: Annotated[str | None, _word("类别", "是什么事", completers.categories)] = None,
    subject: Annotated[str | None, _word("文字", "一句话说明")] = None,
    detail: Annotated[str, typer.Option(metavar="文字", help="详细内容")] = "",
    name: Annotated[str | None, _word("姓名", "服务对象姓名")] = None,
    phone: Annotated[str | None, _word("电话", "服务对象电话")] = None,
    organisation: Annotated[str, typer.Option(metavar="单位", help="服务对象单位")] = "",
    agent: Annotated[str | None, _word("姓名", "代理人（替服务对象来的人）姓名")] = None,
    agent_relation: Annotated[str | None, _word("关系", "代理人与服务对象的关系，有代理人的必须写", completers.of(*RELATIONS))] = None,
    agent_phone: Annotated[str | None, _word("电话", "代理人电话")] = None,
    agent_staff: Annotated[str, typer.Option(metavar="人员", help="代理人是本单位的哪一位", autocompletion=completers.staff)] = "",
    anonymous: Annotated[bool, typer.Option("--anonymous", help="不愿留名")] = False,
    internal: Annotated[bool, typer.Option("--internal", help="本单位人员提出")] = False,
    urgency: Annotated[str | None, _word("程度", "紧要程度；不写为一般", completers.urgencies)] = None,
    scope: Annotated[str | None, _word("范围", "属谁的职责；不写则按事项判断", completers.scopes)] = None,
    matter: Annotated[str, typer.Option(metavar="事项", help="matters.yaml 里的事项", autocompletion=completers.matters)] = "",
    received: Annotated[str, typer.Option(metavar="时间", help="首次接待的时间；不写为现在")] = "",
    promised: Annotated[str, typer.Option(metavar="时间", help="承诺办结或答复的时间")] = "",
    promise_approved_by: Annotated[str, typer.Option("--promise-approved-by", metavar="人员", help="承诺比条文、事项、本单位的期限晚时，批准的领导", autocompletion=completers.staff)] = "",
    present: Annotated[str, typer.Option(metavar="人员,…", help="同时被问到的几个人", autocompletion=completers.staff)] = "",
    unit: Annotated[
        str,
        typer.Option(metavar="部门", help="首问的是整个部门时（制度允许才可）", autocompletion=completers.departments),
    ] = "",
    case_closed: Annotated[str, typer.Option(metavar="日期", help="所反映案件的办结日期")] = "",
    confidential: Annotated[bool, typer.Option("--confidential", help="需要保密")] = False,
    about: Annotated[list[str] | None, typer.Option(metavar="人员", help="被反映的人，可写多次", autocompletion=completers.staff)] = None,
    assigned_by: Annotated[str, typer.Option(metavar="人员", help="交办这件事的领导", autocompletion=completers.staff)] = "",
    format: ActFormat = None,
) -> None:  # fmt: skip
    """受理：登记一件事；首先被问到的人就是首问责任人。

    在终端里没写的项目会逐项询问；在脚本里必须写全渠道、类别和事由。

    \b
    例：shouwen --as wangfang intake --channel 来电 --category 咨询 --subject 施工许可证办理材料
            --name 张某 --phone 0631-5550123 --scope 其他部门
        shouwen intake
    """
    context: Context = ctx.obj
    office = context.ledger.office
    at = context.read_time(received, "--received ", early=True)
    policy = context.policy_on(at)
    day = at.astimezone(context.ledger.zone).date()
    first, section, why = first_asked(context, policy, several(present), unit, at)
    channel = choose(
        context.ui.ask(channel, "--channel", "渠道", policy.channels.values), policy.channels.values, "渠道"
    )
    asked_together(policy, several(present), channel)
    category = choose(
        context.ui.ask(category, "--category", "类别", policy.categories.values),
        policy.categories.values,
        "类别",
    )
    stated = (duty for duty in policy.laid_down("state_received") if channel in duty.channel)
    if not received and (duty := next(stated, None)):
        label = f"首次接待的时间（{cite(policy, duty.article)}）"
        at = context.ui.read(
            None, "--received", label, lambda text: context.read_time(text, "--received ", early=True)
        )
    if agent and not (name or organisation):
        raise Usage("有代理人（--agent）的，还要写是替谁办：--name 或 --organisation")
    subject = clean(context.ui.ask(subject, "--subject", "事由"))
    if not subject:
        raise Usage("事由（--subject）不能为空")
    if not anonymous and context.ui.interactive:
        name = context.ui.ask(name, "--name", "服务对象姓名（回车为匿名）", default="", check=name_of)
        phone = context.ui.ask(phone, "--phone", "联系电话", default="", check=phone_of) if name else phone
        anonymous = not name and not organisation
        if not anonymous and not agent_staff:
            agent = context.ui.ask(agent, "--agent", "代理人姓名（本人来的回车）", default="", check=name_of)
    matter = choose(clean(matter), office.matters, "事项") if matter else _offered(context, subject)
    fitting = scope_of(office, matter or guess(office, subject), first, section, at.date())
    scope = choose(
        context.ui.ask(scope, "--scope", "属谁的职责", policy.scopes.values, default=fitting or None),
        policy.scopes.values, "范围",
    )  # fmt: skip
    called, asker = (
        _colleague(context, name, at.date())
        if internal and channel not in OFFICIAL
        else (clean(name or ""), "")
    )
    came = _agent(context, agent, agent_relation, agent_phone, agent_staff, at.date())
    bodies = policy.bodies.values if policy.bodies else ()
    accused = tuple(find_staff(office, a, day) for one in about or () for a in several(one))
    hidden = confidential or protected(policy, category, accused)
    grade = (
        choose(urgency, policy.urgencies.values, "紧要程度") if urgency else "一般"
    )  # stands in the record
    inquiry = Inquiry(
        id="", received=at, channel=channel, category=category, subject=subject,
        detail=clean(detail), first_responder=first, first_reason=why,
        inquirer=Inquirer(called, clean(phone or ""), clean(organisation), anonymous, internal, asker),
        agent=came, department=section, case_closed=past_day(context, case_closed, "--case-closed ") if case_closed else None, scope=scope, matter=matter,
        urgency=grade, urgency_stated=bool(urgency) and grade == USUAL,
        promised=context.read_time(promised, "--promised ", future=True) if promised else None,
        promise_approved_by=find_leader(office, bodies, promise_approved_by, day),
        about=accused, confidential=hidden, assigned_by=find_leader(office, bodies, assigned_by, day),
        recorded_by=context.actor if context.actor != first else "", policy=policy.id,
    )  # fmt: skip
    done = take_in(context, inquiry)
    acknowledge(context, done, format)
    taken = done.state.inquiry
    if not context.ui.interactive and (note := not_applied(done)):
        context.ui.say(note)
    for line in where_to(context, policy, taken):
        context.ui.say(line)
    known, settled = before(context, taken)
    if twin := same_intake(context, taken):
        context.ui.say(f"注意：刚登记过一字不差的 {twin}；是同一件的，并到那一件："
                       f"shouwen join {taken.id} --into {twin} --reason 重复登记")  # fmt: skip
    _warn_of(context, [other for other in known if other.id != twin])
    for other in settled[-1:]:
        context.ui.say(f"重复反映：同一服务对象办结过 {other.id}，先看那一件是否没有办好")


def _colleague(context: Context, name: str | None, day: date) -> tuple[str, str]:
    """Return (name, id) of a colleague who asks, by name or id; the id '' where it cannot be told who that is."""
    office, text = context.ledger.office, clean(name or "")
    try:
        staff = find_staff(office, text, day) if text else ""
    except NotFound:
        if len(office.ids_of(text)) > 1:
            context.ui.say(f"叫“{text}”的有{'、'.join(office.ids_of(text))}；写编号才知道是谁、谁该回避")
        return text, ""
    return office.plain_name(staff), staff


def _agent(
    context: Context, name: str | None, relation: str | None, phone: str | None, staff: str, day: date
) -> Agent | None:
    """Return who came for the inquirer; None where nobody is named. The relation is asked for, it has no default."""
    office = context.ledger.office
    known = find_staff(office, staff, day) if staff else ""
    name = clean(name or "") or office.plain_name(known)
    if not name:
        if relation or phone:
            raise Usage("写了代理人的关系或电话，没有写是谁；用 --agent 写姓名")
        return None
    relation = clean(context.ui.ask(relation, "--agent-relation", "代理人与服务对象的关系"))
    if not relation:
        raise Usage("代理人与服务对象的关系（--agent-relation）不能为空")
    if phone is None:
        own = office.phone("", known) if known else ""
        phone = context.ui.ask(None, "--agent-phone", "代理人电话", default=own, check=phone_of)
    return Agent(name, clean(phone), relation, known)


def _offered(context: Context, subject: str) -> str:
    """Offer, on a terminal, the matters that the subject speaks of, and return the one picked; else ''."""
    names = [name for name, _ in matches(context.ledger.office, subject)]
    if not names or not context.ui.interactive:
        return ""  # what was not applied is told once it is written
    chosen = context.ui.ask(None, "--matter", "事项", [*names, NO_MATTER], default=names[0])
    return "" if chosen == NO_MATTER else chosen


def _warn_of(context: Context, known: list[Inquiry]) -> None:
    """Tell of the latest open inquiries of the same person, and how many more there are."""
    for other in known[-_TOLD:]:
        about = "" if secret(other) else f"（{mask_text(other.subject, *other.people)}）"
        context.ui.say(f"注意：同一服务对象还有在办的 {other.id}{about}")
    if len(known) > _TOLD:
        context.ui.say(f"另有更早的 {len(known) - _TOLD} 件，用 shouwen search 查这个电话")
