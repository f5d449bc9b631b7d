"""escalate 请示: put to a leader, or up the chain."""

from typing import Annotated

import typer

from shouwen.core.inquiry.events import Escalate
from shouwen.core.vocabulary import clean
from shouwen.services.act_values import leader_above
from shouwen.services.record_act import act
from shouwen.terminal import completers
from shouwen.terminal.acknowledgement import acknowledge
from shouwen.terminal.context import Context
from shouwen.terminal.options import ActFormat, At, Id


def escalate(
    ctx: typer.Context,
    name: Id,
    to: Annotated[
        str,
        typer.Option(
            metavar="人员", help="向谁请示：领导，或制度写明的会议、上级机关", autocompletion=completers.staff
        ),
    ] = "",
    text: Annotated[str | None, typer.Option(metavar="文字", help="请示什么")] = None,
    at: At = "",
    format: ActFormat = None,
) -> None:
    """请示：向领导请示；不写 --to 时按部门负责人、分管领导、主要领导逐级向上。

    \b
    例：shouwen escalate K7Q4 --text 两科职责不清，请指定
    """
    context: Context = ctx.obj
    said = clean(context.ui.ask(text, "--text", "请示什么"))
    leader = context.leader_of(name, to, at) or leader_above(context, name, context.day(at))
    done = act(context, name, context.when(at), lambda key, when, by: Escalate(key, when, by, leader, said))
    acknowledge(context, done, format)
