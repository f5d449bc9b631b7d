"""progress 反馈: the inquirer was told how it stands."""

from typing import Annotated

import typer

from shouwen.core.inquiry.events import Progress
from shouwen.core.vocabulary import clean
from shouwen.services.record_act import act
from shouwen.terminal.acknowledgement import acknowledge
from shouwen.terminal.context import Context
from shouwen.terminal.options import ActFormat, ApprovedBy, At, Id


def progress(
    ctx: typer.Context,
    name: Id,
    text: Annotated[str | None, typer.Option(metavar="文字", help="告诉了什么")] = None,
    promise: Annotated[str, typer.Option(metavar="时间", help="承诺何时办结或答复")] = "",
    approved_by: ApprovedBy = None,
    at: At = "",
    format: ActFormat = None,
) -> None:
    """反馈：记下已告诉服务对象的进展或说明。

    承诺的时间（--promise）比默认期限晚的，以承诺为准；比条文、事项、本单位的期限或先前的承诺晚的，
    要领导批准（--approved-by），原来的期限照走。期满以前才能承诺。

    \b
    例：shouwen progress K7Q4 --text 已说明需会同规划科核实，周三前答复
        shouwen progress K7Q4 --text 要等图纸，周五答复 --promise 2026-11-27
    """
    context: Context = ctx.obj
    said = clean(context.ui.ask(text, "--text", "告诉了什么"))
    until = context.read_time(promise, "--promise ", future=True) if promise else None
    leader = context.leader_of(name, approved_by, at)
    done = act(
        context,
        name,
        context.when(at),
        lambda key, when, by: Progress(key, when, by, said, until, leader),
    )
    acknowledge(context, done, format)
