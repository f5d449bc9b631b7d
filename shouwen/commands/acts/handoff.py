"""handoff 转办: to another department or person; the sender stays answerable until 签收."""

from typing import Annotated

import typer

from shouwen.core.duties.context import TELLING
from shouwen.core.inquiry.events import Contact, Handoff
from shouwen.core.office.lookup import contact_of, find_department, find_target, several
from shouwen.core.vocabulary import choose, clean
from shouwen.services.intake import suggested
from shouwen.services.record_act import act, as_held
from shouwen.terminal import completers
from shouwen.terminal.acknowledgement import acknowledge
from shouwen.terminal.context import Context
from shouwen.terminal.options import ActFormat, ApprovedBy, At, Id, OnBehalfOf, Reason


def handoff(
    ctx: typer.Context,
    name: Id,
    to: Annotated[
        str | None, typer.Option(metavar="部门[/人员]", help="转给谁", autocompletion=completers.targets)
    ] = None,
    mode: Annotated[
        str | None, typer.Option(metavar="方式", help="怎样转的", autocompletion=completers.modes)
    ] = None,
    reason: Reason = None,
    approved_by: ApprovedBy = None,
    absent: Annotated[
        str, typer.Option(metavar="原因", help="经办处无人的原因", autocompletion=completers.absences)
    ] = "",
    contact: Annotated[str, typer.Option(metavar="姓名,电话,地点", help="告知服务对象的联系人")] = "",
    joint: Annotated[
        str,
        typer.Option(
            "--with", metavar="部门,…", help="协办部门，按先后", autocompletion=completers.departments
        ),
    ] = "",
    contact_by: Annotated[
        str,
        typer.Option(
            metavar="谁联系",
            help="自行联系 或 代为联系，由服务对象选择",
            autocompletion=completers.of("自行联系", "代为联系"),
        ),
    ] = "",
    said: Annotated[
        str, typer.Option(metavar="文字", help="对服务对象说的话；理由（--reason）只供内部")
    ] = "",
    for_: OnBehalfOf = "",
    at: At = "",
    format: ActFormat = None,
) -> None:
    """转办：把事情交给另一部门或另一人；对方签收以前，转出的人仍然负责。

    经办处无人时写明原因，并把联系人的姓名和电话告诉服务对象。

    \b
    例：shouwen handoff K7Q4 --to 规划科/lijie --mode 引领 --reason 属规划科职责
        shouwen handoff K7Q4 --to 规划科 --mode 指定 --for zhaojun
        shouwen handoff K7Q4 --to 规划科 --mode 告知联系方式 --absent 外出开会 --contact 李洁,0631-5550133
    """
    context: Context = ctx.obj
    office = context.ledger.office
    policy = context.policy_of(name)
    day = context.day(at)
    known = office.open_departments(day) if to is None else ()

    def named(text: str) -> str:
        find_target(office, text, day)
        return text

    offered = suggested(context, name) if to is None and context.ui.interactive else None
    typed = context.ui.ask(to, "--to", "转给（部门或部门/人员）", known, default=offered, check=named)
    target = find_target(office, typed, day)
    way = choose(context.ui.ask(mode, "--mode", "方式", policy.modes.values), policy.modes.values, "方式")
    why = clean(context.ui.ask(reason, "--reason", "理由", default=""))
    told = [clean(word) for word in contact.replace("，", ",").split(",")] + ["", "", ""]
    if way in TELLING and not contact and not absent:
        told = contact_of(office, target)  # by this way of passing on, what stands in the roster was told
    helpers = tuple(find_department(office, d, day) for d in several(joint))
    if helpers:
        target = as_held(context, name, target, day)
    leader = context.leader_of(name, approved_by, at)
    speaking = context.leader_of(name, for_, at)
    away = choose(absent, policy.absences.values, "不在岗的原因") if absent else ""
    chosen = choose(contact_by, ("自行联系", "代为联系"), "谁联系") if contact_by else ""
    done = act(context, name, context.when(at), lambda key, when, by: Handoff(
        id=key, at=when, by=by, to=target, mode=way, reason=why, approved_by=leader,
        absent=away, contact=Contact(*told[:3]), joint=helpers, contact_by=chosen,
        said=clean(said),
        on_behalf_of=speaking,
    ))  # fmt: skip
    acknowledge(context, done, format)
