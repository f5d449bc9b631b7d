"""The one way git is called: nothing that an untrusted ledger configures is run.

Hooks, fsmonitor, external diffs, filters and signature programs are switched off, the
environment's GIT_* variables are cleared, nothing is asked on the terminal, paths are taken as
they are spelt. Contents are read as blobs, so that no filter of the ledger's own stands between
the history and the check.
"""

import os
import re
import subprocess
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from glob import escape, glob

from shouwen.core.errors import Conflict, Refused
from shouwen.store import atomic_files
from shouwen.store.refusals import reason

_SAFE = (
    "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "diff.external=",
    "-c", "log.showSignature=false", "-c", "commit.gpgSign=false", "-c", "push.gpgSign=false",
    "-c", "merge.verifySignatures=false", "-c", "core.editor=true", "-c", "core.pager=cat",
    "-c", "safe.bareRepository=explicit", "-c", "core.quotePath=false", "-c", "gc.auto=0",
    "-c", "maintenance.auto=false", "-c", "protocol.ext.allow=never", "-c", "core.fsync=all",
    "-c", "submodule.recurse=false", "-c", "advice.graftFileDeprecated=false", "--no-pager",
)  # fmt: skip
# Keys of a ledger's own configuration that name a program git would start while talking to
# others, or lead git to another place than the one shown.
_PROGRAMS = re.compile(
    r"core\.(sshcommand|gitproxy|askpass|alternaterefscommand|worktree)|credential\..*|url\..*"
    r"|remote\..*\.(uploadpack|receivepack|vcs)|include(if)?\..*|protocol\..*|gpg\..*"
)
# Programs that stand between a file and its contents, and what takes their place: no filter,
# a merge that always leaves a conflict, no diff program.
_CONTENT = {
    re.compile(r"filter\..*\.(clean|smudge|process)"): "",
    re.compile(r"filter\..*\.required"): "false",
    re.compile(r"merge\..*\.driver"): "false",
    re.compile(r"diff\..*\.(command|textconv)"): "",
}
RECORDS = ("inquiries", "archive", "sanctions")
_STATUS = (
    "status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames", "--ignore-submodules=all",
)  # fmt: skip
PATIENCE = 2  # seconds to wait for another git
_LONGEST = 600  # seconds that one call of git may take
_ENDING = 10  # seconds that a git may take to clear up when asked to end
ABANDONED = 60  # seconds after which a lock of git's, with no git running here, is nobody's
_TAKEN = re.compile(r"(?:Unable to create|could not lock config file) '?(.+?)(?:\.lock)?'?: File exists")
_MANY = 1000  # paths that fit on a command line


# How git says, with another code than 1, that there is none of what was asked for.
NO_REPOSITORY = "not a git repository"
_NONE = (
    NO_REPOSITORY, "no upstream configured", "no such branch", "unknown revision", "Not a valid object name",
    "Not a valid commit name", "HEAD does not point to a branch", "not stored as a remote-tracking branch",
    "does not have any commits yet",
)  # fmt: skip


class GitError(Conflict):
    """git did not do it; the text is its own, for the end of our message."""

    def __init__(self, text: str, code: int = 0):
        super().__init__(text)
        self.says_no = code == 1 or any(words in text for words in _NONE)


class NotStarted(GitError):
    """There is no git, or the system could not start it; it has said nothing."""


def in_repository(root: str) -> bool:
    """Return whether a .git lies here or above: asked of the disk, for most ledgers checked have none."""
    here = os.path.abspath(root)
    while not os.path.lexists(os.path.join(here, ".git")):
        if here == (here := os.path.dirname(here)):
            return False
    return True


def call(root: str, *words: str, given: bytes = b"", options: tuple[str, ...] = (), index: str = "") -> bytes:
    """Run a git command in the ledger; return its output.

    ``index`` is another index than the repository's own, as git gives to its hooks.

    Raises:
        GitError: it failed, with git's words.
        NotStarted: the system could not start git.
    """
    clean = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    clean |= {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_LITERAL_PATHSPECS": "1"}
    # The history as it was written, not as replacements or grafts would have it seen.
    clean |= {"GIT_NO_REPLACE_OBJECTS": "1", "GIT_GRAFT_FILE": os.devnull}
    clean |= {"LC_ALL": "C.UTF-8"} | ({"GIT_INDEX_FILE": index} if index else {})
    try:
        code, out, err = _run(["git", *_SAFE, *options, "-C", root, *words], clean, given)
    except FileNotFoundError:
        raise NotStarted("没有安装 git") from None
    except OSError as error:
        raise NotStarted(f"git 没有运行：{reason(error)}") from None
    except subprocess.TimeoutExpired as error:
        raise GitError(str(error)) from None
    if code:
        raise GitError(_words(root, (err or out).decode("utf-8", "replace")), code)
    return out


def _run(line: list[str], environment: dict[str, str], given: bytes) -> tuple[int, bytes, bytes]:
    """Run git; return its (exit code, stdout, stderr).

    It holds the lock as long as it runs, also where this process is killed meanwhile. Interrupted, it is
    asked to end, which lets it take its own locks away.
    """
    with subprocess.Popen(
        line, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        pass_fds=atomic_files.holding(),
        restore_signals=False,  # a file that may not grow is git's to report, not to die of with its lock held
    ) as process:  # fmt: skip
        try:
            out, err = process.communicate(given, timeout=_LONGEST)
        except BaseException:
            process.terminate()
            try:
                process.wait(_ENDING)
            except subprocess.TimeoutExpired:
                process.kill()
            raise
        return process.returncode, out, err


def _words(root: str, said: str) -> str:
    """Return what git said, in one line; in the user's words where it does not trust the folder's owner."""
    if "dubious ownership" in said:
        place = os.path.abspath(root)
        return f"仓库属于另一个用户，git 不肯读（{place}）；信得过的，运行 git config --global --add safe.directory {place}"
    return " ".join(said.split()) or "没有说明原因"


def git(root: str, *words: str) -> str | None:
    """Return the output of a git command as text, or None if there is none of what was asked for.

    Where no repository is, a machine without git has said so too.

    Raises:
        GitError: git refused or failed (another owner, a broken configuration): never taken for a no.
    """
    try:
        return call(root, *words).decode("utf-8", "replace").strip()
    except GitError as error:
        if error.says_no or isinstance(error, NotStarted) and not in_repository(root):
            return None
        raise


def revision(root: str) -> str | None:
    """Return the commit the ledger stands at, or None outside git."""
    return resolve(root, "HEAD")


def resolve(root: str, name: str) -> str | None:
    """Return the commit that a name means, or None if there is none here."""
    return git(root, "rev-parse", "--verify", "-q", "--end-of-options", f"{name}^{{commit}}")


def identity(root: str) -> tuple[str, str]:
    """Return git's (user.name, user.email) here; '' where unset."""
    return git(root, "config", "user.name") or "", git(root, "config", "user.email") or ""


def inside(root: str) -> bool:
    """Return whether the ledger lies in a git work tree; git is asked only where the disk has a .git."""
    return in_repository(root) and git(root, "rev-parse", "--is-inside-work-tree") == "true"


def require(root: str) -> None:
    """Make sure that the ledger lies in a git repository.

    Raises:
        Refused: it does not.
        GitError: git has a reason of its own.
    """
    try:
        call(root, "rev-parse", "--show-prefix")
    except GitError as error:
        if "not a git repository" in str(error):
            raise Refused("台账不在 git 仓库里，没有历史可查；用 shouwen git setup 建立") from None
        raise


def folder(root: str) -> str:
    """Return the repository's own folder, of this work tree.

    Raises:
        GitError: git failed; its own words.
        NotStarted: the system could not start git.
    """
    return call(root, "rev-parse", "--absolute-git-dir").decode().strip()


def shallow(root: str) -> bool:
    """Return whether the clone lacks the older history."""
    return git(root, "rev-parse", "--is-shallow-repository") == "true"


def _keys(root: str) -> list[str]:
    """Return keys that the repository itself sets; the user's own and the system's are trusted."""
    raw = git(root, "config", "--show-scope", "--includes", "--name-only", "-z", "--list") or ""
    words = raw.split("\0")
    return [
        key for scope, key in zip(words[::2], words[1::2], strict=False) if scope in ("local", "worktree")
    ]


def unarmed(root: str) -> tuple[str, ...]:
    """Return options that disarm every filter, merge driver and diff program the ledger configures."""
    found: list[str] = []
    for key in _keys(root):
        for pattern, value in _CONTENT.items():
            if pattern.fullmatch(key.lower()):
                found += ["-c", f"{key}={value}"]
    return tuple(found)


def trusted(root: str) -> None:
    """Make sure that the ledger's own configuration names no program for talking to other machines.

    Raises:
        Refused: it does; the settings are named.
    """
    bad = sorted({key for key in _keys(root) if _PROGRAMS.fullmatch(key.lower())})
    if bad:
        raise Refused(
            f"这个台账的 .git/config 里有会运行程序的设置（{'、'.join(bad)}），不执行；"
            "确属自己所设的，请移到 git config --global"
        )


def unions(root: str) -> bool:
    """Return whether records are merged by keeping both sides' lines."""
    paths = [f"{folder}/2026/x.yaml" for folder in RECORDS]
    found = git(root, "check-attr", "-z", "merge", "--", *paths) or ""
    return found.split("\0")[2::3] == ["union"] * len(paths)


def commit(root: str, paths: Iterable[str], subject: str) -> None:
    """Commit exactly these paths, gone ones too.

    What somebody else's commit took along meanwhile is committed, and so it is done.

    Raises:
        Conflict: git refuses; the message is in the user's words.
    """
    there = {p: os.path.lexists(os.path.join(root, p)) for p in paths}
    these = ("--pathspec-from-file=-", "--pathspec-file-nul")
    try:
        if not all(there.values()):  # moved away: git knows it only if it was committed before
            known = set((git(root, "ls-files", "-z", "--", *RECORDS) or "").split("\0"))
            there = {p: True for p, lies in there.items() if lies or p in known}
        given, options = "\0".join(there).encode(), unarmed(root)
        with atomic_files.lock(root):  # two acts at once wait for each other, not for git's lock
            write(root, "add", *these, given=given, options=options)
            if 0 < len(there) < _MANY and not call(root, *_STATUS, "--", *there, options=options):
                return
            write(root, "commit", "-q", "-m", subject, "--only", *these, given=given, options=options)
    except (GitError, atomic_files.Unlocked) as error:
        why = getattr(error, "why", error)
        raise Conflict(f"记录已写好，git 没有提交成功（{why}）；请手工 git commit") from None


def write(root: str, *words: str, given: bytes = b"", options: tuple[str, ...] = ()) -> None:
    """Let git change the repository, again for a while where another git (a fetch, an editor) holds a lock.

    One that a killed git left behind is taken away. Call under the ledger's lock.

    Raises:
        GitError: it failed, or the other git is still there.
    """
    end = time.monotonic() + PATIENCE
    while True:
        try:
            call(root, *words, given=given, options=options)
            return
        except GitError as error:
            if not (lock := taken(root, error)):
                raise
            if _abandoned(lock):
                with suppress(FileNotFoundError):
                    os.unlink(lock)
            elif time.monotonic() >= end:
                hint = f"确定没有别的 git 在用这个仓库的，删去 {lock}"
                raise GitError(f"另一个 git 正在用仓库，或者上次被强行终止；{hint}") from None
        time.sleep(0.1)


def taken(root: str, error: GitError) -> str:
    """Return the lock of git's at which a git stopped; "" if it was something else."""
    found = _TAKEN.search(str(error))
    return os.path.join(root, f"{found[1]}.lock") if found else ""


def sweep(root: str) -> None:
    """Take away the indexes that killed commits had begun beside the repository's own: no other git minds them.

    Call under the ledger's lock.

    Raises:
        GitError: git failed; its own words.
        NotStarted: the system could not start git.
    """
    for path in glob(os.path.join(escape(folder(root)), "next-index-*.lock")):
        if _abandoned(path):
            with suppress(FileNotFoundError):
                os.unlink(path)


def _abandoned(path: str) -> bool:
    """Return whether a lock of git's is old and no git runs on this machine; False where that cannot be seen."""
    try:
        with tempfile.TemporaryFile(dir=os.path.dirname(path)) as file:  # by the disk's own clock
            if os.fstat(file.fileno()).st_mtime - os.lstat(path).st_mtime < ABANDONED:
                return False
        running = [name for name in os.listdir("/proc") if name.isdigit()]
    except OSError:
        return False
    for process in running:
        try:
            with open(f"/proc/{process}/comm", encoding="utf-8", errors="replace") as file:
                if file.read().startswith("git"):
                    return False
        except OSError:  # it has just ended
            continue
    return bool(running)


def stage(root: str, paths: list[str]) -> None:
    """Mark paths as resolved or to be committed, those of files that are gone too.

    Raises:
        GitError: git failed; its own words.
        NotStarted: the system could not start git.
    """
    there = [p for p in paths if os.path.lexists(os.path.join(root, p))]
    if there:
        write(root, "add", "--", *there, options=unarmed(root))
    if gone := [p for p in paths if p not in there]:
        write(root, "rm", "-q", "--cached", "-f", "--ignore-unmatch", "--", *gone, options=unarmed(root))


def changed(root: str, *paths: str) -> list[str]:
    """Return files, of these paths or in the records' folders, that differ from the last commit or are new.

    Raises:
        GitError: git failed; its own words.
        NotStarted: the system could not start git.
    """
    raw = call(root, *_STATUS, "--", *(paths or RECORDS), options=unarmed(root))
    prefix = git(root, "rev-parse", "--show-prefix") or ""
    return sorted(os.fsdecode(entry[3:]).removeprefix(prefix) for entry in raw.split(b"\0") if entry)
