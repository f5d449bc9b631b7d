"""note 记事: an internal remark."""

from typing import Annotated

import typer

from shouwen.core.inquiry.events import Note
from shouwen.core.office.powers import STATEMENT
from shouwen.core.vocabulary import choose, clean
from shouwen.services.record_act import act
from shouwen.terminal import completers
from shouwen.terminal.acknowledgement import acknowledge
from shouwen.terminal.context import Context
from shouwen.terminal.options import ActFormat, At, Id


def note(
    ctx: typer.Context,
    name: Id,
    text: Annotated[str | None, typer.Option(metavar="文字", help="备注")] = None,
    kind: Annotated[
        str,
        typer.Option(
            metavar="种类", help="申辩：被反映的人自己的说明", autocompletion=completers.of(STATEMENT)
        ),
    ] = "",
    at: At = "",
    format: ActFormat = None,
) -> None:
    """记事：内部备注，不影响任何时限；被反映的人自己的说明写 --kind 申辩。

    \b
    例：shouwen note K7Q4 --text 原件已放档案柜
        shouwen note K7Q4 --kind 申辩 --text 当日不在岗，有请假单
    """
    context: Context = ctx.obj
    said = clean(context.ui.ask(text, "--text", "备注"))
    marked = choose(kind, (STATEMENT,), "种类") if kind else ""
    done = act(context, name, context.when(at), lambda key, when, by: Note(key, when, by, said, marked))
    acknowledge(context, done, format)
