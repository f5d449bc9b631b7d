"""suspend 中止: the clock stops for a reason that the regulation lists."""

from typing import Annotated

import typer

from shouwen.commands import complete
from shouwen.commands.act import act
from shouwen.commands.options import ActFormat, At, Id
from shouwen.core import model as m
from shouwen.core.privacy import clean
from shouwen.core.words import choose


def suspend(
    ctx: typer.Context,
    name: Id,
    reason: Annotated[
        str | None, typer.Option(metavar="原因", help="制度列明的原因", autocompletion=complete.pauses)
    ] = None,
    text: Annotated[str, typer.Option(metavar="文字", help="说明")] = "",
    at: At = "",
    form: ActFormat = None,
) -> None:
    """中止：因制度列明的原因停下时限。

    \b
    例：shouwen suspend K7Q4 --reason 特别程序 --text 送专家评审
    """
    session = ctx.obj
    allowed = session.policy_of(name).suspend.values
    why = choose(session.ask(reason, "--reason", "中止原因", allowed), allowed, "中止原因")
    act(ctx.obj, name, at, lambda key, when, by: m.Suspend(key, when, by, why, clean(text)), form)
