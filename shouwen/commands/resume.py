"""resume 恢复: the reason for stopping is gone."""

from typing import Annotated

import typer

from shouwen.commands.act import act
from shouwen.commands.options import ActFormat, At, Id
from shouwen.core import model as m
from shouwen.core.privacy import clean


def resume(
    ctx: typer.Context,
    name: Id,
    text: Annotated[str, typer.Option(metavar="文字", help="说明")] = "",
    at: At = "",
    form: ActFormat = None,
) -> None:
    """恢复：中止的原因消除，时限续算。

    \b
    例：shouwen resume K7Q4 --text 评审意见已到
    """
    act(ctx.obj, name, at, lambda key, when, by: m.Resume(key, when, by, clean(text)), form)
