"""notify 一次性告知: all that is missing, told at once; the clock stops until 补正."""

from typing import Annotated

import typer

from shouwen.core.inquiry.events import Notify
from shouwen.core.vocabulary import clean
from shouwen.services.record_act import act
from shouwen.terminal.acknowledgement import acknowledge
from shouwen.terminal.context import Context
from shouwen.terminal.options import ActFormat, At, Id


def notify(
    ctx: typer.Context,
    name: Id,
    material: Annotated[list[str] | None, typer.Option(metavar="材料", help="还缺的材料，可写多次")] = None,
    procedure: Annotated[str, typer.Option(metavar="程序", help="办理程序")] = "",
    limit: Annotated[str, typer.Option(metavar="时限", help="承诺时限")] = "",
    fee: Annotated[str, typer.Option(metavar="收费", help="收费标准")] = "",
    basis: Annotated[str, typer.Option(metavar="依据", help="办事依据")] = "",
    written: Annotated[bool, typer.Option("--written", help="以书面告知")] = False,
    consultation: Annotated[
        bool, typer.Option("--consultation", help="来人只是咨询：不等补正，时限照走")
    ] = False,
    at: At = "",
    format: ActFormat = None,
) -> None:
    """一次性告知：一次说全还缺什么；时限停下，直到补正。只是来咨询的写 --consultation，时限照走。

    \b
    例：shouwen notify K7Q4 --material 营业执照副本 --material 法人身份证 --procedure 窗口受理 --limit 5个工作日 --fee 不收费 --basis 行政许可法第三十二条 --written
    """
    context: Context = ctx.obj
    inquiry = context.ledger.read(context.ledger.find(name)).content
    listed = context.ui.listed(material, "--material", "还缺的材料（用顿号分开）")
    if inquiry.category == "咨询" and not consultation:
        context.ui.say("类别是咨询：来人只是问要带什么、没有申请的，写 --consultation，时限照走")
    done = act(
        context,
        name,
        context.when(at),
        lambda key, when, by: Notify(
            key,
            when,
            by,
            listed,
            clean(procedure),
            clean(limit),
            clean(fee),
            clean(basis),
            written,
            consultation,
        ),
    )
    acknowledge(context, done, format)
