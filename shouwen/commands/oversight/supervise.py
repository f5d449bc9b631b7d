"""supervise 督办: a supervision notice with a time limit."""

from typing import Annotated

import typer

from shouwen.core.inquiry.events import Supervise
from shouwen.core.office.lookup import find_staff
from shouwen.core.vocabulary import clean
from shouwen.services.record_act import act
from shouwen.terminal import completers
from shouwen.terminal.acknowledgement import acknowledge
from shouwen.terminal.context import Context
from shouwen.terminal.options import ActFormat, At, Id, OnBehalfOf


def supervise(
    ctx: typer.Context,
    name: Id,
    text: Annotated[str | None, typer.Option(metavar="文字", help="督办要求")] = None,
    due: Annotated[str, typer.Option(metavar="时间", help="限期")] = "",
    number: Annotated[str, typer.Option(metavar="文号", help="督办单号")] = "",
    for_: OnBehalfOf = "",
    lead: Annotated[
        str,
        typer.Option(
            metavar="人员", help="由谁负责答复；不写为届时的办件人", autocompletion=completers.staff
        ),
    ] = "",
    at: At = "",
    format: ActFormat = None,
) -> None:
    """督办：发督办通知；限期内要有反馈或办结。

    \b
    例：shouwen supervise K7Q4 --text 请立即办理并书面说明 --due 2026-11-25 --number 督〔2026〕3号
    """
    context: Context = ctx.obj
    said = clean(context.ui.ask(text, "--text", "督办要求"))
    end = context.read_time(due, "--due ", future=True) if due else None
    day = context.day(at)
    speaking = context.leader_of(name, for_, at)
    chief = find_staff(context.ledger.office, lead, day) if lead else ""
    done = act(
        context,
        name,
        context.when(at),
        lambda key, when, by: Supervise(key, when, by, said, end, clean(number), speaking, chief),
    )
    acknowledge(context, done, format)
