"""sync: commit what was recorded, pull, check, push; every stop says what to do."""

import typer

from shouwen.commands.check import problems_of
from shouwen.commands.session import Session
from shouwen.core.errors import Conflict, Refused
from shouwen.store import git
from shouwen.store.history import History, default_since, require

ATTEMPTS = 3


def sync(ctx: typer.Context) -> None:
    """同步：提交新记录，拉取别人的，检查，推送；每一步停下时都说明怎么办。

    只提交 inquiries、archive、sanctions 里的记录；设置文件请自己 git commit。

    \b
    例：shouwen sync
    """
    session: Session = ctx.obj
    root = session.ledger.root
    require(root)
    git.trusted(root)
    if git.git(root, "rev-parse", "-q", "--verify", "MERGE_HEAD") is not None:
        raise Conflict("上次合并还没有完成：先 shouwen heal，再 git commit，然后重新 shouwen sync")
    _sound(session, default_since(root), "提交前")
    if changed := git.changed(root):
        git.commit(root, changed, f"台账：{len(changed)} 条记录")
        session.say(f"已提交 {len(changed)} 条记录")
    upstream = git.git(root, "rev-parse", "--abbrev-ref", "-q", "--verify", "@{upstream}")
    if not upstream:
        session.say("没有上游分支，只作了本地提交；用 git push -u origin main 设好后再同步")
        return
    for _ in range(ATTEMPTS):
        before = git.revision(root)
        _pull(session, root)
        _sound(Session((root,)), before or "HEAD", "拉取后")
        if _push(session, root):
            session.out((git.revision(root) or "") + "\n")
            session.say("已同步")
            return
        session.say("推送时别人又推了新的，再拉取一次")
    raise Conflict("连续几次都有人抢先推送；本地已提交，稍后再 shouwen sync")


def _sound(session: Session, since: str, when: str) -> None:
    """Refused, with the first problems, if the ledger or its history is not sound."""
    found, _ = problems_of(session)
    blocking = [
        p
        for p in found
        if p.check in ("parseable", "keys", "conflict-markers", "readable", "id-matches-path")
    ]
    blocking += list(History(session.ledger.root).check(since))
    if blocking:
        first = "\n".join(map(str, blocking[:5]))
        raise Refused(
            f"{when}检查不通过（{len(blocking)} 个问题），没有推送；修好后再 shouwen sync：\n{first}"
        )


def _pull(session: Session, root: str) -> None:
    try:
        git.call(root, "fetch", "-q")
    except git.GitError as error:
        raise Conflict(f"拉取失败（{error}）；本地已提交，网络通了再 shouwen sync") from None
    try:
        git.call(root, "merge", "-q", "--no-edit", "@{upstream}", options=git.unarmed(root))
    except git.GitError as error:
        text = f"合并有冲突（{error}）；运行 shouwen heal，核对后 git commit，再 shouwen sync"
        raise Conflict(text) from None


def _push(session: Session, root: str) -> bool:
    try:
        git.call(root, "push", "-q", "--no-verify")
        return True
    except git.GitError as error:
        if "rejected" in str(error) or "fetch first" in str(error):
            return False
        raise Conflict(f"推送失败（{error}）；本地已提交，稍后再 shouwen sync") from None
