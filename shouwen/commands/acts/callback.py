"""callback 回访: what the inquirer says of the result."""

from typing import Annotated

import typer

from shouwen.core.inquiry.events import Callback
from shouwen.core.vocabulary import choose, clean
from shouwen.services.record_act import act
from shouwen.terminal import completers
from shouwen.terminal.acknowledgement import acknowledge
from shouwen.terminal.context import Context
from shouwen.terminal.options import ActFormat, At, Id


def callback(
    ctx: typer.Context,
    name: Id,
    rating: Annotated[
        str | None, typer.Option(metavar="评价", help="五级评价", autocompletion=completers.ratings)
    ] = None,
    resolved: Annotated[bool | None, typer.Option("--resolved/--unresolved", help="问题是否解决")] = None,
    comment: Annotated[str, typer.Option(metavar="意见", help="原话")] = "",
    at: At = "",
    format: ActFormat = None,
) -> None:
    """回访：记下服务对象对结果的评价。

    \b
    例：shouwen callback K7Q4 --rating 满意 --resolved
        shouwen callback K7Q4 --rating 不满意 --unresolved --comment 还差一份材料没说
    """
    context: Context = ctx.obj
    grades = context.policy_of(name).ratings.values
    word = choose(context.ui.ask(rating, "--rating", "评价", grades), grades, "评价")
    done = act(
        context,
        name,
        context.when(at),
        lambda key, when, by: Callback(key, when, by, word, resolved, clean(comment)),
    )
    acknowledge(context, done, format)
