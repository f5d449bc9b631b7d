"""reopen 重办: taken up again; its own limit runs, the first verdict stays."""

from typing import Annotated

import typer

from shouwen.core.inquiry.events import Reopen
from shouwen.core.vocabulary import clean
from shouwen.services.record_act import act
from shouwen.terminal.acknowledgement import acknowledge
from shouwen.terminal.context import Context
from shouwen.terminal.options import ActFormat, At, Id


def reopen(
    ctx: typer.Context,
    name: Id,
    reason: Annotated[str | None, typer.Option(metavar="理由", help="理由")] = None,
    at: At = "",
    format: ActFormat = None,
) -> None:
    """重办：重新办理，另计时限；第一次的结论保留。

    \b
    例：shouwen reopen K7Q4 --reason 回访称未解决
    """
    context: Context = ctx.obj
    why = clean(context.ui.ask(reason, "--reason", "重办理由"))
    done = act(context, name, context.when(at), lambda key, when, by: Reopen(key, when, by, why))
    acknowledge(context, done, format)
