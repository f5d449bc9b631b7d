"""The one way git is called: nothing that an untrusted ledger configures is run.

Hooks, fsmonitor, external diffs, filters and signature programs are switched off, the
environment's GIT_* variables are cleared, nothing is asked on the terminal. Contents are read
as blobs, so that no filter of the ledger's own stands between the history and the check.
"""

import os
import re
import subprocess

from shouwen.core.errors import Conflict, Refused

_SAFE = (
    "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "diff.external=",
    "-c", "log.showSignature=false", "-c", "commit.gpgSign=false", "-c", "core.editor=true",
    "-c", "safe.bareRepository=explicit", "-c", "core.quotePath=false", "-c", "core.pager=cat",
    "-c", "protocol.ext.allow=never", "-c", "core.fsync=all", "--no-pager",
)  # fmt: skip
# Keys of a ledger's own .git/config that name a program git would start while talking to others.
_PROGRAMS = re.compile(
    r"core\.(sshcommand|gitproxy|askpass)|credential\..*|remote\..*\.(uploadpack|receivepack|vcs)"
    r"|url\..*|include(if)?\..*|protocol\..*"
)
_CONTENT = re.compile(
    r"(filter\..*)\.(clean|smudge|process|required)|(merge\..*)\.driver|(diff\..*)\.(command|textconv)"
)


class GitError(Exception):
    """git said no; the text is its own, for the end of our message."""


def call(root: str, *words: str, given: bytes = b"", options: tuple[str, ...] = ()) -> bytes:
    """The output of a git command in the ledger; GitError with git's words if it fails."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    clean |= {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(
            ["git", *_SAFE, *options, "-C", root, *words],
            env=clean, input=given, capture_output=True, timeout=600, check=False,
        )  # fmt: skip
    except FileNotFoundError:
        raise GitError("没有安装 git") from None
    except (OSError, subprocess.TimeoutExpired) as error:
        raise GitError(str(error)) from None
    if done.returncode:
        raise GitError((done.stderr or done.stdout).decode("utf-8", "replace").strip())
    return done.stdout


def git(root: str, *words: str) -> str | None:
    """The output of a git command as text, or None if git cannot say."""
    try:
        return call(root, *words).decode("utf-8", "replace").strip()
    except GitError:
        return None


def revision(root: str) -> str | None:
    """The commit the ledger stands at, or None outside git."""
    return git(root, "rev-parse", "--verify", "-q", "HEAD")


def resolve(root: str, name: str) -> str | None:
    """The commit that a name means, or None if there is none here."""
    return git(root, "rev-parse", "--verify", "-q", "--end-of-options", f"{name}^{{commit}}")


def identity(root: str) -> tuple[str, str]:
    """git's (user.name, user.email) here; '' where unset."""
    return git(root, "config", "user.name") or "", git(root, "config", "user.email") or ""


def inside(root: str) -> bool:
    """Whether the ledger lies in a git work tree."""
    return git(root, "rev-parse", "--is-inside-work-tree") == "true"


def _keys(root: str) -> list[str]:
    raw = git(root, "config", "--local", "--includes", "--name-only", "-z", "--list") or ""
    return [key for key in raw.split("\0") if key]


def unarmed(root: str) -> tuple[str, ...]:
    """Options that empty every filter, merge driver and diff program the ledger configures."""
    found = []
    for key in _keys(root):
        if hit := _CONTENT.fullmatch(key.lower()):
            value = "false" if key.lower().endswith("required") else ""
            found += ["-c", f"{key}={value}"] if hit else []
    return tuple(found)


def trusted(root: str) -> None:
    """Refused if the ledger's own configuration names programs for talking to other machines."""
    bad = sorted({key for key in _keys(root) if _PROGRAMS.fullmatch(key.lower())})
    if bad:
        raise Refused(
            f"这个台账的 .git/config 里有会运行程序的设置（{'、'.join(bad)}），不执行；"
            "确属自己所设的，请移到 git config --global"
        )


def commit(root: str, paths: list[str], subject: str) -> None:
    """Commit exactly these paths; Conflict in the user's words if git refuses."""
    options = unarmed(root)
    try:
        call(root, "add", "--", *paths, options=options)
        call(root, "commit", "-q", "-m", subject, "--", *paths, options=options)
    except GitError as error:
        raise Conflict(f"记录已写好，git 没有提交成功（{error}）；请手工 git commit") from None


def stage(root: str, paths: list[str]) -> None:
    """Mark paths as resolved or to be committed."""
    call(root, "add", "--", *paths, options=unarmed(root))


RECORDS = ("inquiries", "archive", "sanctions")


def changed(root: str) -> list[str]:
    """Records that differ from the last commit or are new, as paths from the ledger's root."""
    words = ("status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames", "--", *RECORDS)
    raw = call(root, *words, options=unarmed(root))
    prefix = git(root, "rev-parse", "--show-prefix") or ""
    paths = [os.fsdecode(entry[3:]).removeprefix(prefix) for entry in raw.split(b"\0") if entry]
    return sorted(p for p in paths if not os.path.basename(p).startswith("."))


_HOOK = """\
#!/bin/sh
# shouwen: 提交前检查台账
exec shouwen -L "{root}" check --staged
"""


def install_hook(root: str) -> str:
    """Write the pre-commit hook, unless another one stands there; what was done, in words."""
    folder = git(root, "rev-parse", "--git-common-dir") or ".git"
    path = os.path.join(root, folder, "hooks", "pre-commit")
    text = _HOOK.format(
        root=root.replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$").replace("`", "\\`")
    )
    try:
        with open(path, encoding="utf-8") as file:
            if "shouwen" in file.read():
                return "提交前检查：已有"
        return f"提交前检查：{path} 已有别的内容，没有改；请在里面加一行 shouwen check --staged"
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(path, 0o755)
        return "提交前检查：已装"


def start(root: str, paths: list[str]) -> None:
    """A repository in ``root`` (unless it lies in one) with these files committed."""
    try:
        if not inside(root):
            call(root, "init", "-q", "-b", "main")
    except GitError as error:
        raise Conflict(f"{root}: 台账已建好，git init 没有成功（{error}）") from None
    if not all(identity(root)):
        raise Refused(
            f"{root}: 台账已建好；先用 git config 设置 user.name 和 user.email，再 git add . 和 git commit"
        )
    commit(root, paths, "建账")
