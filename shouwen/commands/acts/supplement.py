"""supplement 补正: the inquirer brought what was missing."""

from typing import Annotated

import typer

from shouwen.core.inquiry.events import Supplement
from shouwen.core.vocabulary import clean
from shouwen.services.record_act import act
from shouwen.terminal.acknowledgement import acknowledge
from shouwen.terminal.context import Context
from shouwen.terminal.options import ActFormat, At, Id


def supplement(
    ctx: typer.Context,
    name: Id,
    text: Annotated[str, typer.Option(metavar="文字", help="补了什么")] = "",
    at: At = "",
    format: ActFormat = None,
) -> None:
    """补正：服务对象补来了材料，时限从次日续算。

    \b
    例：shouwen supplement K7Q4 --text 营业执照副本已交
    """
    context: Context = ctx.obj
    done = act(context, name, context.when(at), lambda key, when, by: Supplement(key, when, by, clean(text)))
    acknowledge(context, done, format)
