"""A repository for the ledger, and the check before each commit in it."""

import os
import shlex
import sys
from shutil import rmtree

from shouwen.core.errors import BadData, Conflict, Refused
from shouwen.store import atomic_files
from shouwen.store.git import GitError, call, commit, git, identity, inside, write
from shouwen.store.permissions import open_to_group

_HOOK = '#!/bin/sh\n# shouwen: 提交前检查台账\nPATH="$PATH":{bin}\n'


def install_hook(root: str) -> str:
    """Write the pre-commit hook, unless a foreign one stands there; what was done, in words.

    The hook runs at the top of the work tree; each ledger of the repository has its line.

    Raises:
        GitError: git failed; its own words.
        NotStarted: the system could not start git.
    """
    if elsewhere := [line for line in (git(root, "config", "--show-scope", "--get-all", "core.hooksPath")
                     or "").splitlines() if not line.startswith("command")]:  # fmt: skip
        place = elsewhere[-1].split("\t", 1)[1]
        return f"提交前检查：core.hooksPath 指向 {place}，没有改；请在那里的 pre-commit 加一行 shouwen check --staged"
    folder = call(root, "rev-parse", "--path-format=absolute", "--git-common-dir").decode().strip()
    prefix = git(root, "rev-parse", "--show-prefix") or ""
    path = os.path.join(folder, "hooks", "pre-commit")
    start = _HOOK.format(bin=shlex.quote(os.path.dirname(sys.executable)))
    line = f"shouwen -L {shlex.quote('./' + prefix)} check --staged || exit 1\n"
    try:
        old = atomic_files.read(path, path)
    except FileNotFoundError:
        atomic_files.create(path, (start + line).encode(), path)
        os.chmod(path, 0o755)
        return "提交前检查：已装"
    except BadData:
        old = b""
    if line.encode() in old:
        return "提交前检查：已有"
    if not old.startswith(start.encode()):
        return f"提交前检查：{path} 已有别的内容，没有改；请在里面加一行 {line.strip()}"
    with atomic_files.lock(root):
        atomic_files.replace(path, old, old + line.encode(), path)
    return "提交前检查：已装"


def start(root: str, paths: list[str]) -> None:
    """Make a repository in ``root``, unless it lies in one, and commit these files.

    Raises:
        Refused: git knows no name and address of the user.
        Conflict: git failed; the ledger is made all the same.
    """
    try:
        if not inside(root):
            _init(root)
            follow_no_renames(root)
            share(root)
    except GitError as error:
        raise Conflict(f"{root}: 台账已建好，git init 没有成功（{error}）") from None
    if not all(identity(root)):
        raise Refused(
            f"{root}: 台账已建好；先用 git config 设置 user.name 和 user.email，再 git add . 和 git commit"
        )
    commit(root, paths, "建账")


def _init(root: str) -> None:
    """Make a repository, or none: half of one would be neither.

    Raises:
        GitError: git failed; what it had made is gone again.
    """
    place = os.path.join(root, ".git")
    anew = not os.path.lexists(place)
    try:
        call(root, "init", "-q", "-b", "main")
    except BaseException:
        if anew:
            rmtree(place, ignore_errors=True)
        raise


def follow_no_renames(root: str) -> None:
    """Keep a plain git pull, merge or rebase in this clone from taking one record for another by its likeness.

    By the strategy that heeds it in every version of git: that of 2.34 to 2.4x looks for renames all the same.

    Raises:
        GitError: git refuses.
        NotStarted: the system could not start git.
    """
    for key, value in (("merge.renames", "false"), ("pull.twohead", "recursive")):
        if git(root, "config", "--local", key) != value:
            write(root, "config", "--local", key, value)


def share(root: str) -> bool:
    """Let git's own files be for whom the ledger's folder is; whether anything had to be done.

    Without it the first who commits locks the others of the group out. What the office has set
    (core.sharedRepository) stays.

    Raises:
        GitError: git failed; its own words.
        NotStarted: the system could not start git.
    """
    rights = os.stat(root).st_mode
    if not rights & 0o020 or git(root, "config", "core.sharedRepository"):
        return False
    write(root, "config", "core.sharedRepository", f"0{0o660 | rights & 0o004:o}")
    open_to_group(
        call(root, "rev-parse", "--path-format=absolute", "--git-common-dir").decode().strip(), rights
    )
    return True
