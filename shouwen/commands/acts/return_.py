"""return_ 退回: back to the sender, with a reason."""

from typing import Annotated

import typer

from shouwen.core.inquiry.events import Return
from shouwen.core.vocabulary import clean
from shouwen.services.record_act import act
from shouwen.terminal.acknowledgement import acknowledge
from shouwen.terminal.context import Context
from shouwen.terminal.options import ActFormat, At, Id


def return_(
    ctx: typer.Context,
    name: Id,
    reason: Annotated[str | None, typer.Option(metavar="理由", help="理由")] = None,
    at: At = "",
    format: ActFormat = None,
) -> None:
    """退回：把转来的事情退给转出的人并写明理由；转出的人也可用它撤回。

    \b
    例：shouwen --as lijie return K7Q4 --reason 属建设科职责
    """
    context: Context = ctx.obj
    why = clean(context.ui.ask(reason, "--reason", "退回理由"))
    done = act(context, name, context.when(at), lambda key, when, by: Return(key, when, by, why))
    acknowledge(context, done, format)
