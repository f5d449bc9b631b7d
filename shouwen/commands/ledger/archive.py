"""archive 归档: settled records out of the nightly way, into ``archive/``."""

from typing import Annotated

import typer

from shouwen.core.errors import Problem
from shouwen.render.problems import unreadable_text
from shouwen.services.archiving import archived
from shouwen.terminal.context import Context
from shouwen.terminal.ending import finish


def archive(
    ctx: typer.Context,
    days: Annotated[int | None, typer.Option(metavar="天数", min=0, help="办结满几天的；不写按 ledger.yaml 的设置")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只列出会移走的，不移")] = False,
) -> None:  # fmt: skip
    """归档：办结已久、没有争议、没有未了时限的记录移到 archive/。

    夜间报告只读在办的目录，归档不影响查找、统计和考核；再办归档的一件时会自动移回。

    \b
    例：shouwen archive --dry-run
        shouwen archive --days 30
    """
    context: Context = ctx.obj
    problems: list[Problem] = []
    moved = 0
    touched: list[str] = []
    for name, paths in archived(context, days, problems, not dry_run):
        moved += 1
        touched += paths
        context.ui.out(name + "\n")
    if touched:
        context.committed(touched, f"归档 {moved} 条")
    if not dry_run:
        context.ledger.sweep()
    context.ui.say(f"{'可归档' if dry_run else '已归档'} {moved} 条")
    if problems:
        context.ui.say(unreadable_text(problems))
    finish(problems)
