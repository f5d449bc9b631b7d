"""git setup: what a clone of the ledger needs so that merges keep every event."""

import os

import typer

from shouwen.core.errors import Refused
from shouwen.store import atomic_files, git, git_setup
from shouwen.store.ledger_template import ATTRIBUTES, IGNORE, add_lines
from shouwen.store.merge_probe import scratch_merge
from shouwen.terminal.context import Context

app = typer.Typer(help="git：为这个台账或克隆设好合并规则和提交前检查。")
PEOPLES = ("policies", "calendar")  # folders of files that people write


@app.command("setup", short_help="设好合并规则和提交前检查")
def setup(ctx: typer.Context) -> None:
    """设好 git：合并规则（.gitattributes）、忽略文件、提交前检查；最后用一次演练合并验证。

    \b
    例：shouwen git setup
    """
    context: Context = ctx.obj
    ledger = context.ledger
    for path, text in ((".gitattributes", ATTRIBUTES), (".gitignore", IGNORE)):
        with atomic_files.lock(ledger.root):
            added = add_lines(ledger.root, path, text)
        if added:
            context.ui.say(f"{path}：补上 {added} 行")
    if not git.inside(ledger.root):
        folders = [name for name in PEOPLES if os.path.isdir(os.path.join(ledger.root, name))]
        git_setup.start(ledger.root, [*ledger.settings(), *folders])
        context.ui.say("已建 git 仓库")
    if not git.unions(ledger.root):
        raise Refused(
            ".gitattributes 里另有规则，记录不会两边都留：删去 inquiries、archive、sanctions 的其他 merge 规则"
        )
    git_setup.follow_no_renames(ledger.root)
    if git_setup.share(ledger.root):
        context.ui.say("core.sharedRepository：仓库照台账目录的权限，同组的人都能提交")
    context.ui.say(git_setup.install_hook(ledger.root))
    if trouble := scratch_merge(ATTRIBUTES):
        raise Refused(f"演练合并没有通过：{trouble}")
    context.ui.say("演练合并通过：两边各加的事件都在，没有冲突")
    context.ui.out(ledger.root + "\n")
