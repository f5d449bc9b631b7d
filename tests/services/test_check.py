"""Checking a ledger: every problem with its place, records seen once, nothing changed."""

from pathlib import Path

import pytest

from shouwen.core.inquiry.events import Accept
from shouwen.services.check import history_problems, problems_of
from tests.support.clock import at
from tests.support.records import close, event, inquiry
from tests.support.repository import commit, git


def names(desk, **more) -> set[str]:
    """The names of the checks that found something."""
    return {p.check for p in problems_of(desk, **more)[0]}


def files(root: str) -> dict[str, bytes]:
    """Every file of the ledger as it lies."""
    return {str(p): p.read_bytes() for p in Path(root).rglob("*") if p.is_file()}


def test_a_sound_ledger_has_no_problem(desk):
    """Records are counted, live, archived and cases."""
    desk.ledger.create(inquiry())
    path = desk.ledger.create(inquiry(close("20 10:00"), id="20261120-AAAAAA", received=at("20 09:00"))).path
    desk.ledger.move(path, "archive")
    assert problems_of(desk)[:2] == ([], 2)


@pytest.mark.parametrize(
    ("spoil", "check"),
    [
        (lambda path: path.write_text("id: [", "utf-8"), "parseable"),
        (lambda path: path.write_bytes(path.read_bytes() + b"# \n"), "canonical"),
        (lambda path: path.write_text(path.read_text("utf-8").replace("bumen", "wu"), "utf-8"), "known-policy"),
        (lambda path: path.rename(path.with_name("20261123-ZZZZZZ.yaml")), "id-matches-path"),
    ],
)  # fmt: skip
def test_each_kind_is_found_and_nothing_is_changed(desk, spoil, check):
    """A broken file, a touched one, an unknown regulation, a wrong name: told, and left as it is."""
    path = desk.ledger.create(inquiry()).path
    spoil(Path(desk.ledger.root, path))
    before = files(desk.ledger.root)
    assert check in names(desk)
    assert files(desk.ledger.root) == before


def test_the_same_id_twice(desk):
    """A record that lies in two places is told where the second lies."""
    path = desk.ledger.create(inquiry(close("23 09:10"))).path
    other = Path(desk.ledger.root, path.replace("inquiries", "archive", 1))
    other.parent.mkdir(parents=True)
    other.write_bytes(Path(desk.ledger.root, path).read_bytes())
    (problem,) = problems_of(desk)[0]
    assert (problem.path, problem.check) == (path.replace("inquiries", "archive", 1), "id-matches-path")


def test_archived_though_open(desk):
    """What the nightly report does not read must be settled."""
    path = desk.ledger.create(inquiry()).path
    desk.ledger.move(path, "archive")
    assert names(desk) == {"archived-open"}


def test_an_unlawful_line_is_told_at_its_line(desk):
    """An acceptance that nobody asked for stands in line N of the file."""
    desk.ledger.create(inquiry(event(Accept, "23 09:10", "lijie")))
    found = problems_of(desk)[0]
    assert {(p.check, p.line) for p in found} == {("legal-order", 15)} or all(p.line > 1 for p in found)


def test_a_visitor_sees_each_once(desk):
    """Whoever needs the records too is shown each, and gets back what it kept."""
    for letter in "ABC":
        desk.ledger.create(inquiry(id=f"20261123-{letter * 6}"))

    def visit(record, state, kept):
        kept[record.content.id[-1]] = kept.get(record.content.id[-1], 0) + 1

    kept = {}
    for part in problems_of(desk, visit=visit)[2]:
        kept |= part
    assert kept == {"A": 1, "B": 1, "C": 1}


def test_the_layout_may_be_left_out(desk):
    """The year's appraisal does not care for a comment."""
    path = desk.ledger.create(inquiry()).path
    file = Path(desk.ledger.root, path)
    file.write_bytes(file.read_bytes() + b"# \n")
    assert names(desk) == {"canonical"} and names(desk, layout_too=False) == set()


def test_a_header_in_another_order_is_not_the_common_form(desk):
    """It says the same, and the next tool that compares bytes would take it for a change."""
    path = Path(desk.ledger.root, desk.ledger.create(inquiry()).path)
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join([lines[1], lines[0], *lines[2:]]), "utf-8")
    assert names(desk) == {"canonical"}


def test_a_private_part_without_a_record_is_found(desk):
    """As an intake that was cut short leaves it; one that has its record is no fault."""
    record = desk.ledger.create(inquiry(category="举报"))
    assert names(desk) == set()
    Path(desk.ledger.root, record.path).unlink()
    assert [(p.check, p.path) for p in problems_of(desk)[0]] == [("private", "private/20261123-K7Q4QX.yaml")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("off: {2026-11-24: 甲}\nwork: {2026-11-24: 乙}", "2026-11-24 同时写成放假和上班"),
        ("off: {2027-01-04: 甲}", "2027-01-04 不是 2026 年的日子"),
        ("work: {2025-12-27: 甲}", "2025-12-27 不是 2026 年的日子"),
    ],
)
def test_a_calendar_that_contradicts_itself(desk, text, said):
    """A day both off and worked, a day in another year's file."""
    Path(desk.ledger.root, "calendar").mkdir(exist_ok=True)
    Path(desk.ledger.root, "calendar", "2026.yaml").write_text(f"year: 2026\n{text}\n", "utf-8")
    found = problems_of(desk)[0]
    assert said in [p.text for p in found] and {p.check for p in found} <= {"calendar", "calendar-since"}


def test_what_git_would_take_or_has_taken_of_private(desk):
    """Not ignored, tracked, committed once: each is told; and a line that is gone from a record is."""
    root = Path(desk.ledger.root)
    record = desk.ledger.create(inquiry(category="举报"))
    git(root, "init", "-q", "-b", "main")
    for key, value in (("user.name", "王芳"), ("user.email", "wangfang@example.org")):
        git(root, "config", key, value)
    assert names(desk) - {"merge-rules"} == set()
    commit(root)
    (root / ".gitignore").write_text("", "utf-8")
    assert "private" in names(desk)
    commit(root)
    said = [p.text for p in problems_of(desk)[0] if p.check == "private"]
    assert any("被 git 跟踪" in text for text in said)
    assert any("收进了 private/" in p.text for p in history_problems(desk.ledger, "all"))
    path = root / record.path
    path.write_text(path.read_text("utf-8").replace("channel: ", "urgency: ", 1), "utf-8")
    assert any(p.text.startswith("未提交") for p in history_problems(desk.ledger, "all"))
