"""close 办结: a result, and when the inquirer was told of it."""

from typing import Annotated

import typer

from shouwen.core.errors import Usage
from shouwen.core.inquiry.events import Close
from shouwen.core.vocabulary import choose, clean
from shouwen.services.record_act import act
from shouwen.terminal import completers
from shouwen.terminal.acknowledgement import acknowledge
from shouwen.terminal.context import Context
from shouwen.terminal.options import ActFormat, At, Id, Reason


def close(
    ctx: typer.Context,
    name: Id,
    outcome: Annotated[
        str | None, typer.Option(metavar="结果", help="办理结果", autocompletion=completers.outcomes)
    ] = None,
    result: Annotated[str | None, typer.Option(metavar="文字", help="答复或处理的内容")] = None,
    told: Annotated[str, typer.Option(metavar="时间", help="何时告知服务对象；不写为办结时")] = "",
    not_told: Annotated[str, typer.Option(metavar="原因", help="没有告知的原因，如 匿名、无理取闹")] = "",
    reason: Reason = None,
    basis: Annotated[str, typer.Option(metavar="依据", help="不予办理的依据")] = "",
    signed_by: Annotated[
        str, typer.Option(metavar="人员", help="签字的领导", autocompletion=completers.staff)
    ] = "",
    at: At = "",
    format: ActFormat = None,
) -> None:
    """办结：记下结果，以及何时告知了服务对象。

    不予办理须有理由、依据和领导签字（否定报备）。

    \b
    例：shouwen close K7Q4 --outcome 已答复 --result 已书面告知全部材料
        shouwen close K7Q4 --outcome 不予办理 --result 不符合条件 --reason 未取得用地批准
            --basis 建筑法第八条 --signed-by zhaojun --told 15:05
    """
    context: Context = ctx.obj
    if told and not_told:
        raise Usage("--told（告知时间）和 --not-told（没有告知的原因）只写一个")
    words = context.policy_of(name).outcomes.values
    end = choose(context.ui.ask(outcome, "--outcome", "结果", words), words, "结果")
    text = clean(context.ui.ask(result, "--result", "答复或处理的内容"))
    heard = context.read_time(told, "--told ") if told else None
    leader = context.leader_of(name, signed_by, at)
    done = act(context, name, context.when(at), lambda key, when, by: Close(
        key, when, by, end, text, None if not_told else heard or when, clean(not_told),
        clean(reason or ""), clean(basis), leader,
    ))  # fmt: skip
    acknowledge(context, done, format)
