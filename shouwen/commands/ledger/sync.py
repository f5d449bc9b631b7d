"""sync: commit what was recorded, pull, check, push; every stop says what to do."""

import typer

from shouwen.core.errors import Conflict, Problem, Refused
from shouwen.services.check import problems_of
from shouwen.store import atomic_files, git
from shouwen.store.exposure import committed, exposed
from shouwen.store.history import History, default_since
from shouwen.terminal.context import Context

ATTEMPTS = 3
# A record with one of these is not one that other clones could read.
UNREADABLE = frozenset({"readable", "parseable", "keys", "conflict-markers", "id-matches-path"})


def sync(ctx: typer.Context) -> None:
    """同步：提交新记录，拉取别人的，检查，推送；每一步停下时都说明怎么办。

    只提交 inquiries、archive、sanctions 里的记录；设置文件请自己 git commit。

    \b
    例：shouwen sync
    """
    context: Context = ctx.obj
    root = context.ledger.root
    history = History(root)
    _ready(root)
    base = default_since(root)
    leaks = [*exposed(root), *committed(root, base)]
    _sound(context, "提交前", [*leaks, *history.check(base), *history.check_work_tree()])
    with atomic_files.lock(root):
        _commit(context)
    if not git.resolve(root, "@{upstream}"):
        context.ui.say("没有上游分支，只作了本地提交；用 git push -u origin main 设好后再同步")
        return
    for _ in range(ATTEMPTS):
        _fetch(history, base)
        with atomic_files.lock(root):  # what was recorded since is committed, so the merge overwrites nothing
            _commit(context)
            _merge(root)
        _sound(Context((root,)), "合并后", [*history.check(base), *history.check_work_tree()])
        if _push(root):
            context.ui.out((git.revision(root) or "") + "\n")
            context.ui.say("已同步")
            return
        context.ui.say("推送时别人又推了新的，再拉取一次")
    raise Conflict("连续几次都有人抢先推送；本地已提交，稍后再 shouwen sync")


def _ready(root: str) -> None:
    """Refused, or Conflict, with the way out, where a sync cannot begin."""
    git.trusted(root)
    if git.shallow(root):
        raise Refused("这是浅克隆，历史不全，无从核对：先 git fetch --unshallow，再 shouwen sync")
    if git.resolve(root, "MERGE_HEAD"):
        raise Conflict("上次合并还没有完成：先 shouwen heal，再 git commit，然后重新 shouwen sync")
    if git.git(root, "symbolic-ref", "-q", "HEAD") is None:
        raise Conflict("现在不在任何分支上：先完成 git rebase，或 git switch main，再 shouwen sync")
    if not git.unions(root):
        raise Refused("合并规则没有设好，两边的记录不会都留：先 shouwen git setup，再 shouwen sync")


def _sound(context: Context, when: str, breaches: list[Problem]) -> None:
    """Refused, with the first problems, if records cannot be read or the history has breaches."""
    blocking = [p for p in problems_of(context)[0] if p.check in UNREADABLE] + breaches
    if blocking:
        first = "\n".join(map(str, blocking[:5]))
        raise Refused(
            f"{when}检查不通过（{len(blocking)} 个问题），没有推送；修好后再 shouwen sync：\n{first}"
        )


def _commit(context: Context) -> None:
    """Commit the records that changed. Call under the lock: else an act falls between status and commit."""
    root = context.ledger.root
    if changed := git.changed(root):
        git.commit(root, changed, f"台账：{len(changed)} 条记录")
        context.ui.say(f"已提交 {len(changed)} 条记录")


def _fetch(history: History, before: str) -> None:
    """Fetch and look at what came. Refused before anything is merged if it is not sound."""
    root = history.root
    try:
        git.call(root, "fetch", "-q", "--no-recurse-submodules")
    except git.GitError as error:
        raise Conflict(f"拉取失败（{error}）；本地已提交，网络通了再 shouwen sync") from None
    if found := list(history.check(before, "@{upstream}")):
        first = "\n".join(map(str, found[:5]))
        raise Refused(
            f"上游的历史被改过（{len(found)} 个问题），没有合并；先与其他克隆核对，查明是谁、为什么：\n{first}"
        )


def _merge(root: str) -> None:
    """Merge what was fetched. Call under the lock: git replaces files that an act may be adding to."""
    try:
        git.call(root, "merge", "-q", "--no-edit", "@{upstream}", options=git.unarmed(root))
    except git.GitError as error:
        if git.resolve(root, "MERGE_HEAD"):
            text = f"合并有冲突（{error}）；运行 shouwen heal，核对后 git commit，再 shouwen sync"
        else:
            text = f"没有合并（{error}）；自己改过的设置文件先 git commit，再 shouwen sync"
        raise Conflict(text) from None


def _push(root: str) -> bool:
    """Whether the push was taken; False if somebody else was first."""
    try:
        git.call(root, "push", "-q", "--no-verify", "--recurse-submodules=no")
        return True
    except git.GitError as error:
        if "fetch first" in str(error) or "non-fast-forward" in str(error):
            return False
        raise Conflict(f"推送失败（{error}）；本地已提交，稍后再 shouwen sync") from None
