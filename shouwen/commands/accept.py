"""accept 签收: the receiver takes it; from here the receiver holds it."""

import typer

from shouwen.commands.act import act
from shouwen.commands.options import ActFormat, At, Id
from shouwen.core import model as m


def accept(
    ctx: typer.Context,
    name: Id,
    at: At = "",
    form: ActFormat = None,
) -> None:
    """签收：接下转来的事情，从这时起由签收的人负责。

    \b
    例：shouwen --as lijie accept K7Q4
    """
    act(ctx.obj, name, at, lambda key, when, by: m.Accept(key, when, by), form)
