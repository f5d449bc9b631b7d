"""Synchronise: commit what was recorded, pull, check, push; every stop says what to do."""

import random
import time
from collections.abc import Callable, Iterable

from shouwen.core.errors import BadData, Conflict, Problem, Refused
from shouwen.services.check import problems_of
from shouwen.services.desk import Desk
from shouwen.services.misplaced import put_back
from shouwen.store import atomic_files, git
from shouwen.store.exposure import committed, exposed
from shouwen.store.history import History, default_since
from shouwen.store.merge_rules import foreign_attributes
from shouwen.store.roster_file import commit_roster
from shouwen.store.unmerged import record_name, settle, undecided, unmerged_paths, whole

ATTEMPTS = 8
PAUSE = 0.3  # seconds, at most, before the second attempt; longer each time, and never the same for two
SYNCING, WAIT = "shouwen-syncing", 120  # in .git; seconds
# How git says that somebody else pushed first, or is pushing at this moment.
_FIRST = (
    "fetch first", "non-fast-forward", "cannot lock ref", "failed to update ref", "incorrect old value",
    "stale info",
)  # fmt: skip
# A record with one of these is not one that other clones could read.
UNREADABLE = frozenset({"readable", "parseable", "keys", "conflict-markers", "id-matches-path"})


Say = Callable[[str], None]


def synchronise(sit_down: Callable[[], Desk], say: Say) -> str:
    """Bring this clone and its upstream together; return the revision that both have then, '' without an upstream.

    ``sit_down`` opens the ledger anew, as its settings are then: a merge may change them.
    ``say`` is told each thing that was done, as it is done. Two syncs of one clone take turns.

    Raises:
        Refused: something is not sound, and nothing was merged or pushed; with the first problems.
        Conflict: people have to decide, or somebody else was faster; with the way out.
        BadData: the settings cannot be read.
    """
    desk = sit_down()
    root = desk.ledger.root
    history = History(root)
    with atomic_files.lock(git.folder(root), SYNCING, WAIT):
        _ready(desk, say)
        base = default_since(root)
        leaks = [*exposed(root), *committed(root, base)]
        _sound(desk, "提交前", [*leaks, *history.check(base), *history.check_work_tree()])
        with atomic_files.lock(root):
            git.sweep(root)
            _commit(root, say)
        if not git.resolve(root, "@{upstream}"):
            say("没有上游分支，只作了本地提交；用 git push -u origin main 设好后再同步")
            return ""
        return _exchanged(sit_down, history, base, say)


def _exchanged(sit_down: Callable[[], Desk], history: History, base: str, say: Say) -> str:
    """Take in what others pushed and push, until nobody was faster; return what both sides have then."""
    root = history.root
    for attempt in range(ATTEMPTS):
        if attempt:
            _wait(attempt)
        _fetch(history, base)
        with atomic_files.lock(root):  # what was recorded since is committed, so the merge overwrites nothing
            _commit(root, say)
            _merge(sit_down(), say)
            _put_back(sit_down(), say)
        _sound(sit_down(), "合并后", [*history.check(base), *history.check_work_tree()])
        if not (why := _push(root)):
            return git.revision(root) or ""
        say("推送时别人又推了新的，再拉取一次")
    raise Conflict(f"{why}；本地已提交，稍后再 shouwen sync")


def _wait(attempt: int) -> None:
    """Let whoever was faster get away: two that wait equally long meet again."""
    time.sleep(random.uniform(0, attempt * PAUSE))


def _ready(desk: Desk, say: Say) -> None:
    """Stop with the way out (Refused or Conflict) where a sync cannot begin."""
    root = desk.ledger.root
    git.trusted(root)
    if git.shallow(root):
        raise Refused("这是浅克隆，历史不全，无从核对：先 git fetch --unshallow，再 shouwen sync")
    if not git.unions(root):
        raise Refused("合并规则没有设好，两边的记录不会都留：先 shouwen git setup，再 shouwen sync")
    _ours(foreign_attributes(root), "没有同步")
    if git.git(root, "symbolic-ref", "-q", "HEAD") is None:
        raise Conflict("现在不在任何分支上：先完成 git rebase，或 git switch main，再 shouwen sync")
    if unmerged_paths(root) or git.resolve(root, "MERGE_HEAD"):
        with atomic_files.lock(root):
            _settled(desk, say)


def _ours(found: Iterable[Problem], what: str) -> None:
    """Refuse if an attribute file that is not ours could decide how records are merged."""
    if foreign := list(found):
        raise Refused(
            f"合并规则不由台账定，{what}；处理好再 shouwen sync：\n" + "\n".join(map(str, foreign[:5]))
        )


def _settled(desk: Desk, say: Say) -> None:
    """Make whole the records that a merge left undecided, and commit the merge. Call under the lock.

    Conflict, with the way out, where people must decide.
    """
    root = desk.ledger.root
    left = []
    for record in undecided(root):
        try:
            settle(desk.ledger, record, *whole(desk.ledger, record))
            say(f"{record.name}：两边的事件都留下了")
        except (ValueError, BadData) as error:
            left.append(f"{record.paths[0]}: {error}")
    left += [f"{path}: 两边改了同一处，要人来定" for path in unmerged_paths(root) if not record_name(path)]
    if left:
        shown = "\n".join(left[:5])
        raise Conflict(f"合并没有完成，改好下面的文件，git add 以后再 shouwen sync：\n{shown}")
    if git.resolve(root, "MERGE_HEAD"):
        git.write(root, "commit", "-q", "--no-edit", "--no-verify", options=git.unarmed(root))


def _sound(desk: Desk, when: str, breaches: list[Problem]) -> None:
    """Refuse, with the first problems, if records cannot be read or the history has breaches."""
    blocking = [p for p in problems_of(desk)[0] if p.check in UNREADABLE] + breaches
    if blocking:
        first = "\n".join(map(str, blocking[:5]))
        raise Refused(
            f"{when}检查不通过（{len(blocking)} 个问题），没有推送；修好后再 shouwen sync：\n{first}"
        )


def _commit(root: str, say: Say) -> None:
    """Commit the records that changed, and the roster as a command left it.

    Call under the lock: else an act falls between status and commit.
    """
    if changed := git.changed(root):
        git.commit(root, changed, f"台账：{len(changed)} 条记录")
        say(f"已提交 {len(changed)} 条记录")
    if commit_roster(root):
        say("已提交名册")


def _fetch(history: History, before: str) -> None:
    """Fetch and look at what came. Refused before anything is merged if it is not sound."""
    root = history.root
    try:
        git.write(root, "fetch", "-q", "--no-recurse-submodules")
    except git.GitError as error:
        raise Conflict(f"拉取失败（{error}）；本地已提交，网络通了再 shouwen sync") from None
    _ours(foreign_attributes(root, "@{upstream}"), "没有合并上游的")
    if found := list(history.check(before, "@{upstream}")):
        first = "\n".join(map(str, found[:5]))
        raise Refused(
            f"上游的历史被改过（{len(found)} 个问题），没有合并；先与其他克隆核对，查明是谁、为什么：\n{first}"
        )


def _merge(desk: Desk, say: Say) -> None:
    """Merge what was fetched. Call under the lock: git replaces files that an act may be adding to."""
    root = desk.ledger.root
    try:
        # A new intake resembles one that was put away: by likeness git would carry events from one to the other.
        exact = ("-X", "find-renames=100%")
        git.write(root, "merge", "-q", "--no-edit", *exact, "@{upstream}", options=git.unarmed(root))
    except git.GitError as error:
        if git.resolve(root, "MERGE_HEAD"):
            return _settled(desk, say)
        text = f"没有合并（{error}）；自己改过的设置文件先 git commit，再 shouwen sync"
        raise Conflict(text) from None


def _put_back(desk: Desk, say: Say) -> None:
    """Bring out again what one side put away and the other went on with, and commit it. Call under the lock."""
    moved, left = put_back(desk, problems_of(desk)[0])
    for line in (*(f"{path}: 一边归档、另一边又办了，移回这里" for path, *_ in moved), *left):
        say(line)
    _commit(desk.ledger.root, say)


def _push(root: str) -> str:
    """Return why the push has to be tried again; "" if it was taken."""
    try:
        git.call(root, "push", "-q", "--no-verify", "--recurse-submodules=no")
        return ""
    except git.GitError as error:
        if lock := git.taken(root, error):
            return f"上游有 git 的锁文件 {lock}：有人正在推送；几分钟以后还在的，是被强行终止时留下的，请在上游删去"
        if any(words in str(error) for words in _FIRST):
            return "连续几次都有人抢先推送"
        raise Conflict(f"推送失败（{error}）；本地已提交，稍后再 shouwen sync") from None
