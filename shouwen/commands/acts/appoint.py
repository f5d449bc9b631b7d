"""appoint 预约: another time agreed with the inquirer."""

from typing import Annotated

import typer

from shouwen.core.inquiry.events import Appoint
from shouwen.core.vocabulary import clean
from shouwen.services.record_act import act
from shouwen.terminal.acknowledgement import acknowledge
from shouwen.terminal.context import Context
from shouwen.terminal.options import ActFormat, At, Id


def appoint(
    ctx: typer.Context,
    name: Id,
    when: Annotated[str | None, typer.Option(metavar="时间", help="约定的时间")] = None,
    place: Annotated[str, typer.Option(metavar="地点", help="地点")] = "",
    reason: Annotated[str, typer.Option(metavar="理由", help="为什么另约")] = "",
    at: At = "",
    format: ActFormat = None,
) -> None:
    """预约：与服务对象另约时间。

    \b
    例：shouwen appoint K7Q4 --when "11-25 09:30" --place 二楼会议室 --reason 需集体研究
    """
    context: Context = ctx.obj
    agreed = context.ui.read(
        when, "--when", "约定的时间", lambda t: context.read_time(t, "--when ", future=True)
    )
    done = act(
        context,
        name,
        context.when(at),
        lambda key, at_, by: Appoint(key, at_, by, agreed, clean(place), clean(reason)),
    )
    acknowledge(context, done, format)
