"""The roster that a command wrote reaches the other clones, wherever the command was killed; what people edit does not."""

from pathlib import Path

import pytest

from shouwen.store import git as own
from tests.support.repository import commit, git, head, noted, taken

WORDS = {
    "add": ("staff", "add", "qianwu", "--name", "钱五", "--department", "审批科"),
    "move": ("staff", "move", "lijie", "--to", "审批科", "--from", "2026-12-01"),
    "leave": ("staff", "leave", "wangfang", "--from", "2026-12-01", "--until", "2026-12-04", "--why", "学习"),
    "import": ("staff", "import", "people.csv"),
    "set up": ("department", "add", "信息科", "--leader", "heping"),
    "rename": ("department", "rename", "规划科", "规划建设科", "--from", "2026-12-01"),
    "merge": ("department", "merge", "规划科", "--into", "审批科", "--last-day", "2026-11-30"),
}


class Killed(BaseException):
    """As if the process had ended there."""


@pytest.fixture
def people(tmp_path: Path, monkeypatch) -> None:
    """A sheet of people where the command is run."""
    (tmp_path / "people.csv").write_text("编号,姓名,部门\nqianwu,钱五,审批科\n", "utf-8")
    monkeypatch.chdir(tmp_path)


def killed_at(monkeypatch, run, root: Path, words, step: str) -> None:
    """Run a command that ends before git's ``step``."""
    write = own.write

    def stopping(place, *said, **more) -> None:
        if said[0] == step:
            raise Killed
        write(place, *said, **more)

    with monkeypatch.context() as patch:
        patch.setattr(own, "write", stopping)
        with pytest.raises(Killed):
            run("-L", root, *words)


@pytest.fixture
def clones(repo: Path, shared) -> tuple[str, Path, Path]:
    """(an inquiry that both have, one clone, the other), each act committed at once."""
    _, one, two = shared
    settings = one / "ledger.yaml"
    settings.write_text(settings.read_text("utf-8") + "\ngit: {commit: true}\n", "utf-8")
    name = taken(one)
    commit(one)
    git(one, "push", "-q")
    git(two, "pull", "-q")
    return name, one, two


@pytest.mark.parametrize("step", ["add", "commit"])
@pytest.mark.parametrize("words", WORDS)
def test_killed_before_it_was_committed(words, step, clones, run, people, monkeypatch) -> None:
    """Between writing and committing: the next sync takes it along, others having gone on meanwhile."""
    name, one, two = clones
    noted(one, name, "aaaa")
    run("-L", one, "sync")
    killed_at(monkeypatch, run, two, WORDS[words], step)
    written = (two / "staff.yaml").read_bytes()
    noted(two, name, "bbbb", 90)
    assert "已提交名册" in run("-L", two, "sync").err
    run("-L", one, "sync")
    assert (one / "staff.yaml").read_bytes() == written and head(one) == head(two)
    assert git(two, "status", "--porcelain") == ""
    assert "已提交" not in run("-L", two, "sync").err  # once


@pytest.mark.parametrize("words", WORDS)
def test_a_ledger_that_is_committed_by_sync(words, shared, run, people) -> None:
    """The roster is taken along with the records; then nothing of it is left over in git's folder."""
    _, one, two = shared
    run("-L", two, *WORDS[words])
    assert "已提交名册" in run("-L", two, "sync").err
    run("-L", one, "sync")
    assert (one / "staff.yaml").read_bytes() == (two / "staff.yaml").read_bytes()
    assert not list((two / ".git").glob("shouwen-roster-*"))


def test_what_was_edited_since_is_left_to_people(shared, run) -> None:
    """A change by hand on top of the command's is not committed, half done as it may be."""
    _, _, two = shared
    run("-L", two, *WORDS["add"])
    staff = two / "staff.yaml"
    staff.write_text(staff.read_text("utf-8") + "# 改了一半\n", "utf-8")
    assert "名册" not in run("-L", two, "sync").err
    assert git(two, "status", "--porcelain") == " M staff.yaml"


def test_killed_before_it_was_written(clones, run, monkeypatch) -> None:
    """The note of what was to be written proves nothing: the roster stands as it stood, and is not committed."""
    from shouwen.store import atomic_files

    _, one, _ = clones
    before = (one / "staff.yaml").read_bytes()

    def stopped(*words) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(atomic_files, "replace", stopped)
        with pytest.raises(Killed):
            run("-L", one, *WORDS["add"])
    assert (one / "staff.yaml").read_bytes() == before
    assert "名册" not in run("-L", one, "sync").err
    run("-L", one, *WORDS["add"])  # nothing is in the way of another try
    assert git(one, "status", "--porcelain") == ""
