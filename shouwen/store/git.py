"""The one way git is called: nothing that an untrusted ledger configures is run.

Hooks, fsmonitor, external diffs and signature programs are switched off, the environment's
GIT_* variables are cleared, nothing is asked on the terminal.
"""

import os
import subprocess

_SAFE = (
    "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "diff.external=",
    "-c", "log.showSignature=false", "-c", "safe.bareRepository=explicit",
    "-c", "core.quotePath=false", "-c", "protocol.ext.allow=never", "--no-pager",
)  # fmt: skip


def git(root: str, *words: str) -> str | None:
    """The output of a git command in the ledger, or None if git cannot say."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    clean |= {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(
            ["git", *_SAFE, "-C", root, *words],
            env=clean, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode("utf-8", "replace").strip() if done.returncode == 0 else None


def revision(root: str) -> str | None:
    """The commit the ledger stands at, or None outside git."""
    return git(root, "rev-parse", "--verify", "-q", "HEAD")


def identity(root: str) -> tuple[str, str]:
    """git's (user.name, user.email) here; '' where unset."""
    return git(root, "config", "user.name") or "", git(root, "config", "user.email") or ""


def start(root: str, paths: list[str]) -> str:
    """A repository in ``root`` with these files committed; '' or what went wrong."""
    if git(root, "rev-parse", "--git-dir") is None and git(root, "init", "-q", "-b", "main") is None:
        return "git init 失败（没有安装 git？）"
    if git(root, "add", "--", *paths) is None:
        return "git add 失败"
    if git(root, "commit", "-q", "-m", "建账", "--", *paths) is None:
        return "git commit 失败（先用 git config 设置 user.name 和 user.email）"
    return ""
