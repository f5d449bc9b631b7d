"""giveback 退件: papers that were taken in are given back."""

from datetime import datetime
from typing import Annotated

import typer

from shouwen.core.inquiry.events import GiveBack
from shouwen.core.vocabulary import clean, cleaned
from shouwen.services.act_values import papers_given_back
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
    named = cleaned(material)

    def build(
        key: str, when: datetime, by: str
    ) -> GiveBack:  # asked of the record as it is when it is written
        return GiveBack(key, when, by, papers_given_back(context, name, named), clean(text))

    done = act(context, name, context.when(at), build)
    acknowledge(context, done, format)
