"""giveback 退件: papers that were taken in are given back."""

from typing import Annotated

import typer

from shouwen.core.errors import Refused
from shouwen.core.inquiry.events import GiveBack, Receive
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.vocabulary import clean
from shouwen.services.record_act import act
from shouwen.terminal.acknowledgement import acknowledge
from shouwen.terminal.context import Context
from shouwen.terminal.options import ActFormat, At, Id


def giveback(
    ctx: typer.Context,
    name: Id,
    material: Annotated[
        list[str] | None, typer.Option(metavar="材料", help="退了什么；不写为收了还没有退的全部")
    ] = None,
    text: Annotated[str, typer.Option(metavar="文字", help="退给谁、为什么")] = "",
    at: At = "",
    format: ActFormat = None,
) -> None:
    """退件：把收下的材料退还；办结以后也可以退。

    \b
    例：shouwen giveback K7Q4 --text 本人领回
        shouwen giveback K7Q4 --material 户口本1份 --text 复印后退原件
    """
    context: Context = ctx.obj
    state = replay(context.ledger.read(context.ledger.find(name)).content)
    kept = [paper for event in state.of(Receive) for paper in event.material]
    for event in state.of(GiveBack):
        for paper in event.material:
            if paper in kept:
                kept.remove(paper)
    papers = tuple(filter(None, map(clean, material or ()))) or tuple(kept)
    if not papers:
        raise Refused(f"{state.inquiry.id}: 没有收了还没有退的材料；收件记在 shouwen receive")
    if strange := [paper for paper in papers if paper not in kept]:
        have = "、".join(kept) or "没有"
        raise Refused(f"{state.inquiry.id}: 没有收过“{strange[0]}”，或已经退了；还没有退的：{have}")
    done = act(
        context, name, context.when(at), lambda key, when, by: GiveBack(key, when, by, papers, clean(text))
    )
    acknowledge(context, done, format)
