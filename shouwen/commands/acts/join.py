"""join 并案: several people's same matter is worked on together."""

from typing import Annotated

import typer

from shouwen.core.inquiry.events import Join
from shouwen.core.vocabulary import clean
from shouwen.services.act_values import main_inquiry
from shouwen.services.record_act import act
from shouwen.terminal import completers
from shouwen.terminal.acknowledgement import acknowledge
from shouwen.terminal.context import Context
from shouwen.terminal.options import ActFormat, At, Id


def join(
    ctx: typer.Context,
    name: Id,
    into: Annotated[
        str | None, typer.Option(metavar="编号", help="并入哪一件", autocompletion=completers.live)
    ] = None,
    reason: Annotated[str, typer.Option(metavar="理由", help="为什么是同一件事")] = "",
    at: At = "",
    format: ActFormat = None,
) -> None:
    """并案：几个人反映同一件事，合在一起办。

    每个人仍各自告知，各件的期限照走；统计时同一个人的超期只计一次。

    \b
    例：shouwen join M3T8 --into K7Q4 --reason 同一盏路灯
    """
    context: Context = ctx.obj
    main = main_inquiry(context, name, context.ui.read(into, "--into", "并入哪一件", context.ledger.find))
    why = clean(reason)
    done = act(context, name, context.when(at), lambda key, when, by: Join(key, when, by, main, why))
    acknowledge(context, done, format)
