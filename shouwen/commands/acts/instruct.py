"""instruct 批示: a leader's answer, which may designate a department."""

from typing import Annotated

import typer

from shouwen.core.inquiry.events import Instruct
from shouwen.core.office.lookup import find_target
from shouwen.core.vocabulary import clean
from shouwen.services.record_act import act, answering
from shouwen.terminal import completers
from shouwen.terminal.acknowledgement import acknowledge
from shouwen.terminal.context import Context
from shouwen.terminal.options import ActFormat, At, Id, OnBehalfOf


def instruct(
    ctx: typer.Context,
    name: Id,
    text: Annotated[str | None, typer.Option(metavar="文字", help="批示内容")] = None,
    designate: Annotated[
        str, typer.Option(metavar="部门[/人员]", help="指定承办", autocompletion=completers.targets)
    ] = "",
    for_: OnBehalfOf = "",
    at: At = "",
    format: ActFormat = None,
) -> None:
    """批示：领导的答复；用 --designate 指定承办部门，被指定的不得退回。

    只有领导能批示；由别人代记的写 --for。已向谁请示、还没有答复的，代记时不写就是谁的答复。

    \b
    例：shouwen --as zhaojun instruct K7Q4 --text 由规划科承办 --designate 规划科
        shouwen --as wangfang instruct K7Q4 --for zhaojun --text 由规划科承办 --designate 规划科
    """
    context: Context = ctx.obj
    said = clean(context.ui.ask(text, "--text", "批示内容"))
    day = context.day(at)
    target = find_target(context.ledger.office, designate, day) if designate else None
    leader = answering(context, name, for_, day)
    done = act(
        context, name, context.when(at), lambda key, when, by: Instruct(key, when, by, said, target, leader)
    )
    acknowledge(context, done, format)
