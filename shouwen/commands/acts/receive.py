"""receive 收件: papers are taken in, each by its name."""

from typing import Annotated

import typer

from shouwen.core.inquiry.events import Receive
from shouwen.core.vocabulary import clean
from shouwen.services.record_act import act
from shouwen.terminal.acknowledgement import acknowledge
from shouwen.terminal.context import Context
from shouwen.terminal.options import ActFormat, At, Id


def receive(
    ctx: typer.Context,
    name: Id,
    material: Annotated[
        list[str] | None, typer.Option(metavar="材料", help="收了什么、几份，可写多次")
    ] = None,
    text: Annotated[str, typer.Option(metavar="文字", help="说明，如 原件、复印件")] = "",
    at: At = "",
    format: ActFormat = None,
) -> None:
    """收件：收了服务对象的哪些材料；回执用 form 收件回执 出具，退还用 giveback。

    \b
    例：shouwen receive K7Q4 --material 户口本1份 --material 申请表2份 --text 户口本是原件
    """
    context: Context = ctx.obj
    papers = context.ui.listed(material, "--material", "收了什么（用顿号分开）")
    done = act(
        context, name, context.when(at), lambda key, when, by: Receive(key, when, by, papers, clean(text))
    )
    acknowledge(context, done, format)
