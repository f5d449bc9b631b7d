"""fmt: put hand-edited records back into the common layout, without losing a comment."""

import difflib
from typing import Annotated

import typer

from shouwen.core.errors import Problem
from shouwen.render.values import safe
from shouwen.store.canonical import tidied
from shouwen.store.record import Record
from shouwen.terminal.context import Context
from shouwen.terminal.reading import finish, readable


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
    context = ctx.obj
    ledger = context.ledger
    problems: list[Problem] = []
    if names:
        records = [ledger.read(ledger.find(name)) for name in names]
    else:
        records = readable(context, problems, "inquiries", "archive", "sanctions")
    changed = sum(tidy(context, record, write=not check) for record in records)
    context.ui.say(f"{'应整理' if check else '已整理'} {changed} 条")
    for problem in problems:
        context.ui.say(str(problem))
    finish(problems, 1 if check and changed else 0)


def tidy(context: Context, record: Record, write: bool = True, keep: bool = False) -> bool:
    """Show what the common layout would change in a record and change it; whether anything did.

    With ``keep`` the original is laid beside it first.
    """
    new = tidied(record)
    if new == record.raw:
        return False
    before, after = (raw.decode("utf-8-sig").splitlines() for raw in (record.raw, new))
    for line in difflib.unified_diff(before, after, record.path, record.path, lineterm="", n=1):
        context.ui.out(safe(line) + "\n")
    if keep:
        context.ledger.keep(record.path, record.raw)
    if write:
        context.ledger.rewrite(record, new)
    return True
