"""escalate 请示: put to a leader, or up the chain."""

from typing import Annotated

import typer

from shouwen.core.errors import NotFound
from shouwen.core.inquiry.events import Escalate
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.office.powers import concern
from shouwen.core.vocabulary import clean
from shouwen.services.record_act import act
from shouwen.terminal import completers
from shouwen.terminal.acknowledgement import acknowledge
from shouwen.terminal.context import Context
from shouwen.terminal.options import ActFormat, At, Id


def escalate(
    ctx: typer.Context,
    name: Id,
    to: Annotated[
        str,
        typer.Option(
            metavar="人员", help="向谁请示：领导，或制度写明的会议、上级机关", autocompletion=completers.staff
        ),
    ] = "",
    text: Annotated[str | None, typer.Option(metavar="文字", help="请示什么")] = None,
    at: At = "",
    format: ActFormat = None,
) -> None:
    """请示：向领导请示；不写 --to 时按部门负责人、分管领导、主要领导逐级向上。

    \b
    例：shouwen escalate K7Q4 --text 两科职责不清，请指定
    """
    context: Context = ctx.obj
    office = context.ledger.office
    said = clean(context.ui.ask(text, "--text", "请示什么"))
    if not (leader := context.leader_of(name, to, at)):
        state = replay(context.ledger.read(context.ledger.find(name)).content)
        asked = {e.to for e in state.of(Escalate)} | {context.actor}
        day, about = context.day(at), state.inquiry.about
        touched = concern(office, about, state.inquiry.received.astimezone(context.ledger.zone).date(), day)
        section = state.holder.department
        there = [office.answers(s, section, day) for s in office.chain(section, day)]
        leader = next((s for s in there if s and s not in asked and not touched.touches(office, s, day)), "")
        if not leader:
            raise NotFound(
                f"{state.holder.department}之上没有可请示的领导；用 --to 写明，或在 staff.yaml 补上负责人"
            )
    done = act(context, name, context.when(at), lambda key, when, by: Escalate(key, when, by, leader, said))
    acknowledge(context, done, format)
