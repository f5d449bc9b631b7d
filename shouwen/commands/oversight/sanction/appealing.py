"""sanction appeal, uphold, modify, revoke: what may come after a decision."""

from typing import Annotated

import typer

from shouwen.core.accountability.case import (
    Appeal,
    Modify,
    Revoke,
    Uphold,
)
from shouwen.core.accountability.lifecycle import replay_case
from shouwen.core.accountability.objections import months_after
from shouwen.core.vocabulary import choose, clean
from shouwen.services.case_act import FOLDER, act
from shouwen.terminal import completers
from shouwen.terminal.acknowledgement import acknowledge_case
from shouwen.terminal.case_options import (
    Authority,
    CaseFormat,
    CaseId,
    Months,
    Sums,
    Text,
    UnitMeasures,
    amount_of,
)
from shouwen.terminal.context import Context
from shouwen.terminal.options import At


def appeal(
    ctx: typer.Context, name: CaseId, text: Text = None, at: At = "", format: CaseFormat = None
) -> None:
    """申诉：本人不服；申诉期间不停止执行。

    \b
    例：shouwen sanction appeal 9DTM --text 当日不在岗，有请假单
    """
    context: Context = ctx.obj
    said = clean(context.ui.ask(text, "--text", "申诉理由"))
    done = act(context, name, context.when(at), lambda k, w, by: Appeal(k, w, by, said))
    acknowledge_case(context, done, format)


def uphold(ctx: typer.Context, name: CaseId, authority: Authority = None, text: Text = None, at: At = "", format: CaseFormat = None) -> None:  # fmt: skip
    """维持：申诉后维持原决定；决定须由谁作的，维持也须由谁作。

    \b
    例：shouwen sanction uphold 9DTM --authority 团党委
    """
    context: Context = ctx.obj
    body = clean(context.ui.ask(authority, "--authority", "复核机关"))
    done = act(context, name, context.when(at), lambda k, w, by: Uphold(k, w, by, body, clean(text or "")))
    acknowledge_case(context, done, format)


def modify(
    ctx: typer.Context, name: CaseId,
    measure: Annotated[list[str] | None, typer.Option(metavar="措施", help="变更后的措施，可写多次", autocompletion=completers.measures)] = None,
    authority: Authority = None,
    reason: Annotated[str | None, typer.Option(metavar="理由", help="为什么变更")] = None,
    ground: Annotated[str, typer.Option(metavar="原因", help="法律许可加重的原因：新的事实、相反请求", autocompletion=completers.heavier)] = "",
    months: Months = 0, amount: Sums = None, unit_measure: UnitMeasures = None,
    at: At = "", format: CaseFormat = None,
) -> None:  # fmt: skip
    """变更：申诉后变更措施；不得因申诉加重，加了措施、换了更重的或制度没有的、延长了期限、加了钱或分的都不收。

    期限、金额、对部门的措施不写的，照原决定；期限从决定之日算。

    \b
    例：shouwen sanction modify 9DTM --measure 诫勉教育 --authority 团党委 --reason 情节轻微
        shouwen sanction modify 9DTM --measure 效能告诫 --months 3 --authority 团党委 --reason 缩短
    """
    context: Context = ctx.obj
    body = clean(context.ui.ask(authority, "--authority", "复核机关"))
    why = clean(context.ui.ask(reason, "--reason", "为什么变更"))
    chosen = tuple(clean(x) for x in measure or context.ui.ask(None, "--measure", "变更后的措施").split("、"))
    ledger = context.ledger
    state = replay_case(ledger.read(ledger.find(name, FOLDER)).content)
    allowed = ledger.policy(state.case.policy).heavier.values
    lawful = choose(ground, allowed, "可以加重的原因") if ground else ""
    until = months_after(state.decided_on(ledger.zone), months) if months and state.decision else None
    sums, units = tuple(map(amount_of, amount or ())), tuple(clean(x) for x in unit_measure or ())
    done = act(context, name, context.when(at), lambda k, w, by: Modify(
        k, w, by, chosen, body, why, lawful, until, sums, units))  # fmt: skip
    acknowledge_case(context, done, format)


def revoke(
    ctx: typer.Context, name: CaseId,
    reason: Annotated[str | None, typer.Option(metavar="理由", help="为什么撤销")] = None,
    authority: Annotated[str, typer.Option(metavar="机关", help="撤销机关；不写即原决定机关", autocompletion=completers.authorities)] = "",
    at: At = "", format: CaseFormat = None,
) -> None:  # fmt: skip
    """撤销：决定不再有效，不再计数；决定须由谁作的，撤销也须由谁作。

    \b
    例：shouwen sanction revoke 9DTM --authority 团党委 --reason 事实不清
    """
    context: Context = ctx.obj
    why = clean(context.ui.ask(reason, "--reason", "为什么撤销"))
    done = act(context, name, context.when(at), lambda k, w, by: Revoke(k, w, by, why, clean(authority)))
    acknowledge_case(context, done, format)
