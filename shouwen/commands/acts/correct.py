"""correct 更正: a header value was wrong: the right one, and why."""

from typing import Annotated

import typer

from shouwen.core.inquiry.corrections import CORRECTABLE
from shouwen.core.inquiry.events import Correct
from shouwen.core.office.lookup import find_staff
from shouwen.core.vocabulary import choose, clean
from shouwen.services.record_act import act
from shouwen.terminal import completers
from shouwen.terminal.acknowledgement import acknowledge
from shouwen.terminal.context import Context
from shouwen.terminal.options import ActFormat, ApprovedBy, At, Id


def correct(
    ctx: typer.Context,
    name: Id,
    field: Annotated[
        str | None, typer.Option(metavar="项目", help="哪一项", autocompletion=completers.of(*CORRECTABLE))
    ] = None,
    value: Annotated[str | None, typer.Option(metavar="值", help="正确的值")] = None,
    reason: Annotated[str | None, typer.Option(metavar="理由", help="理由")] = None,
    approved_by: ApprovedBy = None,
    at: At = "",
    format: ActFormat = None,
) -> None:
    """更正：登记时写错的一项，写明正确的值和原因；原来的一行不动。

    期满或办结以后更正受理时间、类别、范围、紧要程度、事项、承诺的，要由办件人以外的领导批准；
    原来的判定和更正后的判定都留着。

    \b
    例：shouwen correct K7Q4 --field inquirer.phone --value 0631-5550124 --reason 号码听错
    """
    context: Context = ctx.obj
    item = context.ui.ask(field, "--field", "哪一项", CORRECTABLE)
    right = clean(context.ui.ask(value, "--value", "正确的值"))
    policy = context.policy_of(name)
    listed = {"channel": ("渠道", policy.channels), "category": ("类别", policy.categories),
              "scope": ("范围", policy.scopes), "urgency": ("紧要程度", policy.urgencies)}  # fmt: skip
    if item in listed:
        what, words = listed[item]
        right = choose(right, words.values, what)
    if item in ("received", "promised"):
        right = context.read_time(
            right, "--value ", future=item == "promised", early=item == "received"
        ).isoformat()
    if item == "agent.staff" and right:
        right = find_staff(context.ledger.office, right, context.day(at))
    why = clean(context.ui.ask(reason, "--reason", "更正的原因"))
    leader = find_staff(context.ledger.office, approved_by) if approved_by else ""
    done = act(
        context,
        name,
        context.when(at),
        lambda key, when, by: Correct(key, when, by, item, right, why, leader),
    )
    acknowledge(context, done, format)
