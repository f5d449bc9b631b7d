"""note 记事: an internal remark."""

from typing import Annotated

import typer

from shouwen.commands.act import act
from shouwen.commands.options import ActFormat, At, Id
from shouwen.core import model as m
from shouwen.core.privacy import clean


def note(
    ctx: typer.Context,
    name: Id,
    text: Annotated[str | None, typer.Option(metavar="文字", help="备注")] = None,
    at: At = "",
    form: ActFormat = None,
) -> None:
    """记事：内部备注，不影响任何时限。

    \b
    例：shouwen note K7Q4 --text 原件已放档案柜
    """
    said = clean(ctx.obj.ask(text, "--text", "备注"))
    act(ctx.obj, name, at, lambda key, when, by: m.Note(key, when, by, said), form)
