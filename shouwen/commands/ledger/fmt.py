"""fmt: put hand-edited records back into the common layout, without losing a comment."""

from collections.abc import Iterable
from typing import Annotated

import typer

from shouwen.core.errors import Problem
from shouwen.services.reading import readable
from shouwen.services.tidying import tidy
from shouwen.store.record import Record
from shouwen.terminal.context import Context
from shouwen.terminal.ending import finish


def fmt(
    ctx: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[编号]…", help="只整理这些；不写则全部")
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="只看差别，不改；有差别时退出码为 1")] = False,
) -> None:
    """整理手工改过的记录：恢复一行一事的形式，去掉合并重复的事件，注释保留。

    \b
    例：shouwen fmt --check
        shouwen fmt K7Q4
    """
    context: Context = ctx.obj
    ledger = context.ledger
    problems: list[Problem] = []
    records: Iterable[Record]
    if names:
        records = [ledger.read(ledger.find(name)) for name in names]
    else:
        records = readable(context, problems, "inquiries", "archive", "sanctions", as_written=True)
    changed = sum(tidy(ledger, record, context.ui.line, write=not check) for record in records)
    context.ui.say(f"{'应整理' if check else '已整理'} {changed} 条")
    for problem in problems:
        context.ui.say(str(problem))
    finish(problems, 1 if check and changed else 0)
