"""instruct 批示: a leader's answer, which may designate a department."""

from typing import Annotated

import typer

from shouwen.core.inquiry.events import Instruct
from shouwen.core.office.lookup import find_target
from shouwen.core.vocabulary import clean
from shouwen.services.record_act import act
from shouwen.terminal import completers
from shouwen.terminal.acknowledgement import acknowledge
from shouwen.terminal.context import Context
from shouwen.terminal.options import ActFormat, At, Id


def instruct(
    ctx: typer.Context,
    name: Id,
    text: Annotated[str | None, typer.Option(metavar="文字", help="批示内容")] = None,
    designate: Annotated[
        str, typer.Option(metavar="部门[/人员]", help="指定承办", autocompletion=completers.targets)
    ] = "",
    at: At = "",
    format: ActFormat = None,
) -> None:
    """批示：领导的答复；用 --designate 指定承办部门，被指定的不得退回。

    \b
    例：shouwen --as zhaojun instruct K7Q4 --text 由规划科承办 --designate 规划科
    """
    context: Context = ctx.obj
    said = clean(context.ui.ask(text, "--text", "批示内容"))
    target = find_target(context.ledger.office, designate, context.day(at)) if designate else None
    done = act(context, name, context.when(at), lambda key, when, by: Instruct(key, when, by, said, target))
    acknowledge(context, done, format)
