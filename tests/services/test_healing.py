"""A merge that left records undecided: both sides' lines stand, what only people can decide is named."""

from pathlib import Path

import pytest

from shouwen.core.inquiry.events import Note
from shouwen.services.healing import heal
from shouwen.store.ledger import Ledger
from tests.support.clock import at
from tests.support.records import close, event, inquiry
from tests.support.repository import clone, commit, git

MARKED = "<<<<<<< HEAD\n{}=======\n{}>>>>>>> other\n"


def line(identity: str, minute: int, text: str) -> str:
    """A remark as it stands in a record."""
    return (
        f'- {{"id": "{identity}", "at": "2026-11-23T10:{minute:02}:00+08:00", "by": "wangfang", '
        f'"do": "记事", "text": "{text}"}}\n'
    )


@pytest.fixture
def torn(desk) -> Path:
    """A record with both sides' remarks between markers, in no repository."""
    path = Path(desk.ledger.root, desk.ledger.create(inquiry()).path)
    path.write_text(
        path.read_text("utf-8") + MARKED.format(line("aaaa", 1, "甲"), line("bbbb", 2, "乙")), "utf-8"
    )
    return path


@pytest.mark.parametrize("write", [True, False])
def test_both_sides_stand(desk, torn, write):
    """Every line of the difference is shown first; the original is laid beside; without ``write`` nothing is touched."""
    before, shown = torn.read_bytes(), []
    done = heal(desk, shown.append, write)
    assert (done.mended, done.moved, done.left, done.problems) == (
        [str(torn.relative_to(desk.ledger.root))],
        [],
        [],
        [],
    )
    assert (done.count, done.staged) == (1, False)
    assert [text for text in shown if text.startswith("-<")] == ["-<<<<<<< HEAD"]
    if not write:
        assert torn.read_bytes() == before and not list(torn.parent.glob(".*"))
        return
    assert [e.id for e in desk.ledger.read(done.mended[0]).content.events] == ["aaaa", "bbbb"]
    (copy,) = torn.parent.glob(".*.bak")
    assert copy.read_bytes() == before
    again = heal(desk, shown.append)
    assert (again.count, again.left) == (0, [])


@pytest.mark.parametrize(
    ("mend", "why"),
    [
        (lambda text: text.replace("=======\n", ""), "不成对"),
        (lambda text: text.replace("id: ", "<<<<<<< a\nid: ", 1), "要人来定"),
        (lambda text: text.replace('"do": "记事"', '"do": "无此事"', 1), "没有修复"),
    ],
)
def test_what_cannot_be_told_apart_is_left(desk, torn, mend, why):
    """Said with the file, and byte for byte as it was."""
    torn.write_text(mend(torn.read_text("utf-8")), "utf-8")
    before = torn.read_bytes()
    done = heal(desk, lambda text: None)
    assert done.mended == [] and len(done.left) == 1
    assert why in done.left[0] and done.left[0].startswith(str(torn.relative_to(desk.ledger.root)))
    assert torn.read_bytes() == before


def test_settings_in_conflict_are_for_people_and_records_are_healed_all_the_same(desk, torn):
    """The line of the first marker is named; what cannot be judged without the settings is let be."""
    staff = Path(desk.ledger.root, "staff.yaml")
    staff.write_text(staff.read_text("utf-8") + MARKED.format("a: 1\n", "a: 2\n"), "utf-8")
    lines = staff.read_text("utf-8").split("\n")
    fresh = type(desk)(Ledger(desk.ledger.root))
    done = heal(fresh, lambda text: None)
    assert done.left == [
        f"staff.yaml:{lines.index('<<<<<<< HEAD') + 1}: 设置文件的冲突要人来定：留下该留的，去掉标记，再 git add"
    ]
    assert done.count == 1


def test_a_file_that_cannot_be_read_stops_nothing(desk, torn):
    """It is told as a problem; bytes that are no text are for check to tell."""
    other = desk.ledger.create(inquiry(id="20261123-AAAAAA")).path
    Path(desk.ledger.root, other).write_bytes(b"\xff<<<<<<< \n")
    big = Path(desk.ledger.root, desk.ledger.create(inquiry(id="20261123-BBBBBB")).path)
    big.write_bytes(b"#" * (1 << 20) + b"\n")
    done = heal(desk, lambda text: None)
    assert [p.path for p in done.problems] == [str(big.relative_to(desk.ledger.root))]
    assert done.count == 1 and done.left == []


def test_what_is_open_comes_out_of_the_archive(desk):
    """A clone put it away while another went on with it; it counts among what was healed."""
    record = desk.ledger.create(inquiry())
    settled = desk.ledger.create(inquiry(close("23 09:10"), id="20261123-SETT1D"))
    for one in (record, settled):
        desk.ledger.move(one.path, "archive")
    done = heal(desk, lambda text: None)
    assert done.moved == [(record.path, record.path.replace("inquiries", "archive", 1))]
    assert (done.count, done.mended, done.left) == (1, [], [])


@pytest.mark.parametrize("write", [True, False])
def test_in_a_repository_git_is_told(desk, tmp_path, write):
    """Both sides are taken from git's index, whatever stands in the file; what was healed is staged, nothing else."""
    root = Path(desk.ledger.root)
    path = root / desk.ledger.create(inquiry()).path
    git(root, "init", "-q", "-b", "main")
    for key, value in (("user.name", "王芳"), ("user.email", "wangfang@example.org")):
        git(root, "config", key, value)
    (root / ".gitattributes").write_text("", "utf-8")
    commit(root)
    other = clone(root, tmp_path / "other")
    for key, value in (("user.name", "李洁"), ("user.email", "lijie@example.org")):
        git(other, "config", key, value)
    for n, here in enumerate((root, other)):
        ledger = Ledger(str(here))
        record = ledger.read(ledger.find("K7Q4"))
        ledger.append(record, event(Note, at(f"23 09:0{n + 1}"), text=f"第{n}边", id=f"n{n}aa"))
        commit(here)
    git(root, "fetch", "-q", str(other), "main")
    git(root, "merge", "-q", "FETCH_HEAD", code=1)
    marked = path.read_bytes()
    done = heal(desk, lambda text: None, write)
    assert (done.count, done.left, done.staged) == (1, [], write)
    assert bool(git(root, "ls-files", "-u")) is not write
    if write:
        assert [e.id for e in desk.ledger.read(done.mended[0]).content.events] == ["n0aa", "n1aa"]
    else:
        assert path.read_bytes() == marked
