"""extend 延期: more time, asked before expiry."""

from typing import Annotated

import typer

from shouwen.core.errors import Usage
from shouwen.core.inquiry.events import Extend
from shouwen.core.vocabulary import clean, half_width
from shouwen.services.record_act import act
from shouwen.terminal.acknowledgement import acknowledge
from shouwen.terminal.context import Context
from shouwen.terminal.options import ActFormat, ApprovedBy, At, Id, OnBehalfOf, Reason


def extend(
    ctx: typer.Context,
    name: Id,
    by: Annotated[int, typer.Option(metavar="天数", min=0, help="延长几个工作日")] = 0,
    until: Annotated[str, typer.Option(metavar="时间", help="延到何时")] = "",
    approved_by: ApprovedBy = None,
    reason: Reason = None,
    told: Annotated[str, typer.Option(metavar="时间", help="何时告知服务对象")] = "",
    for_: OnBehalfOf = "",
    at: At = "",
    format: ActFormat = None,
) -> None:
    """延期：期满以前经批准延长；期满以后提出的不算。

    \b
    例：shouwen extend K7Q4 --by 3 --approved-by zhaojun --reason 需现场勘验
        shouwen extend K7Q4 --until 2026-12-01 --approved-by zhaojun --reason 等上级批复 --told 09:30
    """
    context: Context = ctx.obj
    if not by and not until and context.ui.interactive:
        by, until = _how_long(context)
    if bool(by) == bool(until):
        raise Usage("--by（几个工作日）和 --until（延到何时）写一个")
    speaking = context.leader_of(name, for_, at)
    listed = context.policy_of(name).bodies
    bodies = listed.values if listed else ()
    leader = context.person(
        approved_by or for_ or None, "--approved-by", "批准的领导", context.day(at), bodies
    )
    why = clean(context.ui.ask(reason, "--reason", "延期理由"))
    end = context.read_time(until, "--until ", future=True) if until else None
    heard = context.read_time(told, "--told ") if told else None
    days = by
    done = act(
        context,
        name,
        context.when(at),
        lambda key, when, who: Extend(key, when, who, leader, why, end, 0 if end else days, heard, speaking),
    )
    acknowledge(context, done, format)


def _how_long(context: Context) -> tuple[int, str]:
    """Return (working days, or 0; until when, or ''), as somebody types one of them at the terminal."""

    def days(text: str) -> int:
        number = half_width(text).removesuffix("个工作日").removesuffix("天")
        return int(number) if number.isdecimal() and len(number) < 4 else 0

    def checked(text: str) -> str:
        if not days(text):
            context.read_time(text, "延到何时：", future=True)
        return text

    said = context.ui.ask(None, "--by 或 --until", "延长几个工作日，或延到何时", check=checked)
    return (days(said), "") if days(said) else (0, said)
