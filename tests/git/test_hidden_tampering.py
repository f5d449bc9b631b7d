"""Falsified, and git told to show another history: found at each of twenty places, in each of the ways."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.repository import git, head

from .test_tamper import PLACES, copy, edited, found, honest, victims  # noqa: F401 - fixtures are used by name


def replaced_commit(root: Path, path: Path, before: str) -> None:
    """The last honest commit is shown with the falsified tree."""
    tree = git(root, "rev-parse", "HEAD^{tree}")
    git(root, "replace", before, git(root, "commit-tree", tree, "-p", f"{before}~1", "-m", "x"))


def replaced_blob(root: Path, path: Path, before: str) -> None:
    """The honest version of the file is shown with the falsified contents."""
    inner = path.relative_to(root)
    git(root, "replace", git(root, "rev-parse", f"{before}:{inner}"), git(root, "rev-parse", f"HEAD:{inner}"))


def grafted(root: Path, path: Path, before: str) -> None:
    """The falsified commit is shown as the first one."""
    (root / ".git/info").mkdir(exist_ok=True)
    (root / ".git/info/grafts").write_text(head(root) + "\n", "utf-8")


def shallow(root: Path, path: Path, before: str) -> None:
    """The same, as a shallow clone has it."""
    (root / ".git/shallow").write_text(head(root) + "\n", "utf-8")


WAYS: dict[str, Callable[[Path, Path, str], None]] = {
    "replaced commit": replaced_commit, "replaced blob": replaced_blob, "grafts": grafted, "shallow": shallow,
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_no_way_hides_it_at_any_place(way: str, copy: Path) -> None:  # noqa: F811 - the fixture
    """What was falsified is named, or the history is said to be cut off there."""
    start, missed = head(copy), []
    git(copy, "remote", "remove", "origin")
    for n, path in enumerate(victims(copy)[:PLACES]):
        edited(path, n)
        git(copy, "commit", "-q", "-a", "-m", "整理")
        WAYS[way](copy, path, start)
        checks = {p.check for p in found(copy, "all")}
        if not checks & {"history-edited", "history-rewritten"}:
            missed.append((n, checks))
        for name in ("info/grafts", "shallow"):
            (copy / ".git" / name).unlink(missing_ok=True)
        for name in git(copy, "replace", "-l").split():
            git(copy, "replace", "-d", name)
        git(copy, "reset", "-q", "--hard", start)
    assert missed == []
    assert found(copy, "all") == []
