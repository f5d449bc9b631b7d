"""purge 清除: identity and content past their retention, leaving a trace that they were."""

from typing import Annotated

import typer

from shouwen.core.errors import Problem, Usage
from shouwen.render.problems import unreadable_text
from shouwen.services.purging import purged
from shouwen.terminal import completers
from shouwen.terminal.acknowledgement import acknowledge
from shouwen.terminal.context import Context
from shouwen.terminal.ending import finish


def purge(
    ctx: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(metavar="[编号]…", help="只清除这些", autocompletion=completers.every)] = None,
    days: Annotated[int | None, typer.Option(metavar="天数", min=1, help="办结满几天的全部清除；不写按 ledger.yaml 的设置")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只列出会清除的，不动")] = False,
) -> None:  # fmt: skip
    """清除：删去保密件过了保存期限的身份和内容，在记录里留下一笔。

    只删 private/ 里的；一旦提交进 git 的文字，历史里始终都在。

    \b
    例：shouwen purge --days 365 --dry-run
        shouwen purge K7Q4
    """
    context: Context = ctx.obj
    after = days or context.ledger.config.retain_private
    if not names and not after:
        raise Usage("写明编号或 --days（办结满几天），或在 ledger.yaml 写 retain_private")
    problems: list[Problem] = []
    done = 0
    for name, trace in purged(context, names or (), after, problems, not dry_run):
        done += 1
        if dry_run:
            context.ui.out(name + "\n")
        elif trace:
            acknowledge(context, trace, None)
    context.ui.say(f"{'可清除' if dry_run else '已清除'} {done} 件")
    if problems:
        context.ui.say(unreadable_text(problems))
    finish(problems)
