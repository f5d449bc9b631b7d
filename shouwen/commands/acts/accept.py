"""accept 签收: the receiver takes it; from here the receiver holds it."""

import typer

from shouwen.core.inquiry.events import Accept
from shouwen.services.record_act import act
from shouwen.terminal.acknowledgement import acknowledge
from shouwen.terminal.context import Context
from shouwen.terminal.options import ActFormat, At, Id


def accept(
    ctx: typer.Context,
    name: Id,
    at: At = "",
    format: ActFormat = None,
) -> None:
    """签收：接下转来的事情，从这时起由签收的人负责。

    \b
    例：shouwen --as lijie accept K7Q4
    """
    context: Context = ctx.obj
    done = act(context, name, context.when(at), Accept)
    acknowledge(context, done, format)
