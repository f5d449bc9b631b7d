"""resume 恢复: the reason for stopping is gone."""

from typing import Annotated

import typer

from shouwen.core.inquiry.events import Resume
from shouwen.core.vocabulary import clean
from shouwen.services.record_act import act
from shouwen.terminal.acknowledgement import acknowledge
from shouwen.terminal.context import Context
from shouwen.terminal.options import ActFormat, At, Id


def resume(
    ctx: typer.Context,
    name: Id,
    text: Annotated[str, typer.Option(metavar="文字", help="说明")] = "",
    at: At = "",
    format: ActFormat = None,
) -> None:
    """恢复：中止的原因消除，时限续算。

    \b
    例：shouwen resume K7Q4 --text 评审意见已到
    """
    context: Context = ctx.obj
    done = act(context, name, context.when(at), lambda key, when, by: Resume(key, when, by, clean(text)))
    acknowledge(context, done, format)
