"""suspend 中止: the clock stops for a reason that the regulation lists."""

from typing import Annotated

import typer

from shouwen.core.inquiry.events import Suspend
from shouwen.core.vocabulary import choose, clean
from shouwen.services.record_act import act
from shouwen.terminal import completers
from shouwen.terminal.acknowledgement import acknowledge
from shouwen.terminal.context import Context
from shouwen.terminal.options import ActFormat, At, Id


def suspend(
    ctx: typer.Context,
    name: Id,
    reason: Annotated[
        str | None, typer.Option(metavar="原因", help="制度列明的原因", autocompletion=completers.pauses)
    ] = None,
    text: Annotated[str, typer.Option(metavar="文字", help="说明")] = "",
    at: At = "",
    format: ActFormat = None,
) -> None:
    """中止：因制度列明的原因停下时限。

    \b
    例：shouwen suspend K7Q4 --reason 特别程序 --text 送专家评审
    """
    context: Context = ctx.obj
    allowed = context.policy_of(name).suspend.values
    why = choose(context.ui.ask(reason, "--reason", "中止原因", allowed), allowed, "中止原因")
    done = act(
        context, name, context.when(at), lambda key, when, by: Suspend(key, when, by, why, clean(text))
    )
    acknowledge(context, done, format)
