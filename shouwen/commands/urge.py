"""urge 催办: a reminder to whoever holds it."""

from typing import Annotated

import typer

from shouwen.commands.act import act
from shouwen.commands.options import ActFormat, At, Id
from shouwen.core import model as m
from shouwen.core.privacy import clean


def urge(
    ctx: typer.Context,
    name: Id,
    text: Annotated[str, typer.Option(metavar="文字", help="催办内容")] = "",
    at: At = "",
    form: ActFormat = None,
) -> None:
    """催办：提醒现在负责的人。

    \b
    例：shouwen urge K7Q4 --text 明日到期
    """
    act(ctx.obj, name, at, lambda key, when, by: m.Urge(key, when, by, clean(text)), form)
