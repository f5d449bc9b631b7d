"""heal: records with conflict markers made whole again, every line of both sides kept."""

from typing import Annotated

import typer

from shouwen.render.problems import unreadable_text
from shouwen.services import healing
from shouwen.terminal.context import Context
from shouwen.terminal.ending import finish


def heal(
    ctx: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看会怎样改，不写")] = False,
) -> None:
    """修复没有合完的记录：两边的事件都保留，看 git 索引里的各方版本，不只看冲突标记。

    一边改名（归档）一边删去、两边都新增、合并规则被改过的，也从各方版本合起来。
    登记部分和设置文件（staff.yaml 等）的冲突要人来定，不自动改，只指出来。

    \b
    例：shouwen heal --dry-run
        shouwen heal
    """
    context: Context = ctx.obj
    ui = context.ui
    done = healing.heal(context, ui.line, not dry_run)
    for path, *before in done.moved:
        ui.line(f"{'、'.join(before)} → {path}")
    ui.say(f"{'可修复' if dry_run else '已修复'} {done.count} 条" + ("，git add 已做" if done.staged else ""))
    for line in done.left:
        ui.say(line)
    if done.problems:
        ui.say(unreadable_text(done.problems))
    finish(done.problems, 1 if done.left else 0)
