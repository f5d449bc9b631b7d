"""urge 催办: a reminder to whoever holds it."""

from typing import Annotated

import typer

from shouwen.core.inquiry.events import Urge
from shouwen.core.vocabulary import clean
from shouwen.services.record_act import act
from shouwen.terminal.acknowledgement import acknowledge
from shouwen.terminal.context import Context
from shouwen.terminal.options import ActFormat, At, Id


def urge(
    ctx: typer.Context,
    name: Id,
    text: Annotated[str, typer.Option(metavar="文字", help="催办内容")] = "",
    at: At = "",
    format: ActFormat = None,
) -> None:
    """催办：提醒现在负责的人。

    \b
    例：shouwen urge K7Q4 --text 明日到期
    """
    context: Context = ctx.obj
    done = act(context, name, context.when(at), lambda key, when, by: Urge(key, when, by, clean(text)))
    acknowledge(context, done, format)
