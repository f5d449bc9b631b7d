"""progress 反馈: the inquirer was told how it stands."""

from typing import Annotated

import typer

from shouwen.core.inquiry.events import Progress
from shouwen.core.vocabulary import clean
from shouwen.services.record_act import act
from shouwen.terminal.acknowledgement import acknowledge
from shouwen.terminal.context import Context
from shouwen.terminal.options import ActFormat, At, Id


def progress(
    ctx: typer.Context,
    name: Id,
    text: Annotated[str | None, typer.Option(metavar="文字", help="告诉了什么")] = None,
    at: At = "",
    format: ActFormat = None,
) -> None:
    """反馈：记下已告诉服务对象的进展或说明。

    \b
    例：shouwen progress K7Q4 --text 已说明需会同规划科核实，周三前答复
    """
    context: Context = ctx.obj
    said = clean(context.ui.ask(text, "--text", "告诉了什么"))
    done = act(context, name, context.when(at), lambda key, when, by: Progress(key, when, by, said))
    acknowledge(context, done, format)
