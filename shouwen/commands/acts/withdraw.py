"""withdraw 撤回: a slip is taken back by who made it."""

from typing import Annotated

import typer

from shouwen.core.inquiry.events import Withdraw
from shouwen.core.vocabulary import clean
from shouwen.services.act_values import own_last
from shouwen.services.record_act import act
from shouwen.terminal.acknowledgement import acknowledge
from shouwen.terminal.context import Context
from shouwen.terminal.options import ActFormat, ApprovedBy, At, Id, Reason


def withdraw(
    ctx: typer.Context,
    name: Id,
    event: Annotated[
        str, typer.Argument(metavar="事件", help="show 里每笔末尾方括号里的编号；不写为自己最近的一笔")
    ] = "",
    reason: Reason = None,
    approved_by: ApprovedBy = None,
    at: At = "",
    format: ActFormat = None,
) -> None:
    """撤回：自己记错的一笔，当日撤回；隔日要领导批准。撤回的一笔留在记录里，什么都不算。

    受理不能撤回；别人已在其上办理的（如已签收）不能撤回。

    \b
    例：shouwen withdraw K7Q4 q7x2 --reason 选错了部门
        shouwen withdraw K7Q4 --reason 记错了件
    """
    context: Context = ctx.obj
    why = clean(context.ui.ask(reason, "--reason", "撤回的原因"))
    leader = context.leader_of(name, approved_by, at)
    slip = event or own_last(context, name)
    done = act(
        context, name, context.when(at), lambda key, when, by: Withdraw(key, when, by, slip, why, leader)
    )
    acknowledge(context, done, format)
