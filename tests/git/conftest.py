"""Every test here has a git user of its own and nothing of the machine's settings."""

import shutil
from pathlib import Path

import pytest

from tests.support.repository import clone, commit, git


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without git these tests are skipped."""
    if not shutil.which("git"):
        for item in items:
            if Path(__file__).parent in item.path.parents:
                item.add_marker(pytest.mark.skip(reason="git is not installed"))


@pytest.fixture(autouse=True)
def git_user(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home whose settings of git name a user and nothing else."""
    home = tmp_path_factory.mktemp("home")
    (home / ".gitconfig").write_text(
        "[user]\n name = wangfang\n email = w@example.org\n[init]\n defaultBranch = main\n", "utf-8"
    )
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home))
    return home


@pytest.fixture
def repo(ledger: Path) -> Path:
    """The ledger in a repository, everything committed."""
    git(ledger, "init", "-q", "-b", "main")
    commit(ledger, "建账")
    return ledger


@pytest.fixture
def shared(repo: Path, tmp_path: Path) -> tuple[Path, Path, Path]:
    """(a bare repository, two clones of it with their upstream set)."""
    bare, second = tmp_path / "hub.git", tmp_path / "second"
    git(tmp_path, "clone", "-q", "--bare", str(repo), str(bare))
    git(repo, "remote", "add", "origin", str(bare))
    git(repo, "fetch", "-q")
    git(repo, "branch", "-q", "-u", "origin/main")
    return bare, repo, clone(bare, second)
