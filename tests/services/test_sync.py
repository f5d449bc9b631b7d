"""Synchronising without a terminal: what is said, what is returned, and what is read anew after a merge."""

import shutil
from pathlib import Path

import pytest

from shouwen.core.errors import Refused
from shouwen.core.inquiry.events import Note
from shouwen.services.sync import synchronise
from shouwen.store.git_setup import follow_no_renames
from shouwen.store.ledger import Ledger
from tests.support.desk import At
from tests.support.records import event, inquiry
from tests.support.repository import clone, commit, git, head

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")


@pytest.fixture
def clones(desk, tmp_path: Path, monkeypatch) -> tuple[Path, Path]:
    """Two clones of one hub, by a git user of the test's own."""
    (tmp_path / ".gitconfig").write_text("[user]\n name = wangfang\n email = w@example.org\n", "utf-8")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    one = Path(desk.ledger.root)
    desk.ledger.create(inquiry())
    git(one, "init", "-q", "-b", "main")
    commit(one)
    hub = tmp_path / "hub.git"
    git(tmp_path, "clone", "-q", "--bare", str(one), str(hub))
    git(one, "remote", "add", "origin", str(hub))
    git(one, "fetch", "-q")
    git(one, "branch", "-q", "-u", "origin/main")
    two = clone(hub, tmp_path / "second")
    for root in (one, two):
        follow_no_renames(str(root))
    return one, two


def synced(root: Path) -> tuple[str, list[str]]:
    """(what both sides have then, what was said)."""
    said: list[str] = []
    return synchronise(lambda: At(Ledger(str(root))), said.append), said


def note(root: Path, identity: str, day: str) -> None:
    """One more remark on the inquiry that both have."""
    ledger = Ledger(str(root))
    ledger.append(ledger.read(ledger.find(inquiry().id)), event(Note, day, text="记", id=identity))


def test_what_each_recorded_both_have(clones):
    """The revision returned is the one that the hub has; said is what was committed."""
    one, two = clones
    note(one, "aaaa", "23 09:10")
    note(two, "bbbb", "23 09:12")
    assert synced(one) == (head(one), ["已提交 1 条记录"])
    assert synced(two)[1] == ["已提交 1 条记录"]
    revision, said = synced(one)
    assert said == [] and revision == head(one) == head(two) == git(two, "rev-parse", "@{upstream}")
    text = Path(one, Ledger(str(one)).find(inquiry().id)).read_text("utf-8")
    assert text.count('"aaaa"') == text.count('"bbbb"') == 1


def test_without_an_upstream_what_was_recorded_is_committed(clones):
    """Nothing is returned, and it is said how to set one."""
    one, _ = clones
    git(one, "branch", "-q", "--unset-upstream")
    note(one, "aaaa", "23 09:10")
    revision, said = synced(one)
    assert revision == "" and said[0] == "已提交 1 条记录" and "git push -u" in said[1]
    assert git(one, "status", "--porcelain") == ""


def test_settings_that_a_merge_brought_are_those_that_judge_it(clones):
    """What the other side made of staff.yaml is read after the merge, not what stood there before."""
    one, two = clones
    (two / "staff.yaml").write_text("departments: {}\nstaff: {wangfang: {name: 王芳, rank: x}}\n", "utf-8")
    commit(two)
    git(two, "push", "-q")
    before = git(two, "rev-parse", "@{upstream}")
    note(one, "aaaa", "23 09:10")
    with pytest.raises(Exception, match="staff.yaml"):
        synced(one)
    git(two, "fetch", "-q")
    assert git(two, "rev-parse", "@{upstream}") == before


def test_a_conflict_marker_is_not_pushed(clones):
    """A record that no clone could read stops it before anything is committed."""
    one, _ = clones
    path = Path(one, Ledger(str(one)).find(inquiry().id))
    path.write_text(path.read_text("utf-8") + "<<<<<<< HEAD\n", "utf-8")
    before = head(one)
    with pytest.raises(Refused, match="提交前检查不通过"):
        synced(one)
    assert head(one) == before
