"""sync: commit what was recorded, pull, check, push; every stop says what to do."""

import typer

from shouwen.services.sync import synchronise
from shouwen.terminal.context import Context


def sync(ctx: typer.Context) -> None:
    """同步：提交新记录，拉取别人的，检查，推送；每一步停下时都说明怎么办。

    提交 inquiries、archive、sanctions 里的记录，和名册命令（staff、department）写好的 staff.yaml；手改的设置文件请自己 git commit。

    \b
    例：shouwen sync
    """
    context: Context = ctx.obj
    root = context.ledger.root
    if revision := synchronise(lambda: Context((root,), ui=context.ui), context.ui.say):
        context.ui.out(revision + "\n")
        context.ui.say("已同步")
