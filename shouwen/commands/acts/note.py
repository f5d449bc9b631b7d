"""note 记事: an internal remark."""

from typing import Annotated

import typer

from shouwen.core.inquiry.events import Note
from shouwen.core.vocabulary import clean
from shouwen.services.record_act import act
from shouwen.terminal.acknowledgement import acknowledge
from shouwen.terminal.context import Context
from shouwen.terminal.options import ActFormat, At, Id


def note(
    ctx: typer.Context,
    name: Id,
    text: Annotated[str | None, typer.Option(metavar="文字", help="备注")] = None,
    at: At = "",
    format: ActFormat = None,
) -> None:
    """记事：内部备注，不影响任何时限。

    \b
    例：shouwen note K7Q4 --text 原件已放档案柜
    """
    context: Context = ctx.obj
    said = clean(context.ui.ask(text, "--text", "备注"))
    done = act(context, name, context.when(at), lambda key, when, by: Note(key, when, by, said))
    acknowledge(context, done, format)
