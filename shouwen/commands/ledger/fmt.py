"""fmt: put hand-edited records back into the common form, without losing a comment."""

import difflib
from typing import Annotated

import typer

from shouwen.core.errors import Problem
from shouwen.render.values import safe
from shouwen.store.canonical import tidied
from shouwen.store.record import Record
from shouwen.terminal.reading import finish, readable
from shouwen.terminal.session import Session


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
    session = ctx.obj
    ledger = session.ledger
    problems: list[Problem] = []
    if names:
        records = [ledger.read(ledger.find(name)) for name in names]
    else:
        records = readable(session, problems, "inquiries", "archive", "sanctions")
    changed = sum(tidy(session, record, write=not check) for record in records)
    session.say(f"{'应整理' if check else '已整理'} {changed} 条")
    for problem in problems:
        session.say(str(problem))
    finish(problems, 1 if check and changed else 0)


def tidy(session: Session, record: Record, write: bool = True, keep: bool = False) -> bool:
    """Show what the common form would change in a record and change it; whether anything did.

    With ``keep`` the original is laid beside it first.
    """
    new = tidied(record)
    if new == record.raw:
        return False
    before, after = (raw.decode("utf-8-sig").splitlines() for raw in (record.raw, new))
    for line in difflib.unified_diff(before, after, record.path, record.path, lineterm="", n=1):
        session.out(safe(line) + "\n")
    if keep:
        session.ledger.keep(record.path, record.raw)
    if write:
        session.ledger.rewrite(record, new)
    return True
