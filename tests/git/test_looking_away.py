"""Ways to make git show another history than the one that was written: none hides a falsified record."""

import json
import subprocess
from pathlib import Path

import pytest

from shouwen.core.inquiry.events import Note
from shouwen.services.check import history_problems
from shouwen.store.ledger import Ledger
from shouwen.store.record import event_line
from tests.support.repository import START, commit, git, head, noted, path_of, taken


def found(root: Path, since: str = "all") -> list:
    """What the history gives away."""
    return list(history_problems(Ledger(str(root)), since))


@pytest.fixture
def falsified(repo: Path) -> tuple[Path, str]:
    """A record of three commits, the last of which changed an earlier line; the commit before it."""
    name = taken(repo)
    noted(repo, name, "aaaa")
    commit(repo)
    noted(repo, name, "bbbb", 90)
    good = commit(repo)
    path = path_of(repo, name)
    path.write_text(path.read_text("utf-8").replace("记 aaaa", "另记"), "utf-8")
    commit(repo)
    return repo, good


def test_a_replaced_commit_is_seen_as_it_was_written(falsified):
    """git replace puts the falsified tree under the good commit: the check does not look through it."""
    root, good = falsified
    tree, parent = git(root, "rev-parse", "HEAD^{tree}"), git(root, "rev-parse", "HEAD~2")
    other = git(root, "commit-tree", tree, "-p", parent, "-m", "x")
    git(root, "replace", good, other)
    assert git(root, "diff", "--stat", good, "HEAD") == ""  # git itself is deceived
    assert "history-edited" in {p.check for p in found(root)}


def test_a_replaced_blob_is_seen_as_it_was_written(falsified):
    """The same one level below."""
    root, good = falsified
    path = str(path_of(root, next(iter(Ledger(str(root)).ids("inquiries")))[0]).relative_to(root))
    git(root, "replace", git(root, "rev-parse", f"{good}:{path}"), git(root, "rev-parse", f"HEAD:{path}"))
    assert "history-edited" in {p.check for p in found(root)}


@pytest.mark.parametrize("how", ["grafts", "shallow"])
def test_a_history_cut_off_is_said_to_be(how, falsified):
    """.git/info/grafts is not followed; a planted .git/shallow is named."""
    root, _ = falsified
    place = root / ".git" / ("info/grafts" if how == "grafts" else "shallow")
    place.write_text(head(root) + "\n", "utf-8")
    checks = {p.check for p in found(root)}
    assert ("history-edited" if how == "grafts" else "history-rewritten") in checks


def test_a_shallow_clone_says_that_it_cannot_know(falsified, tmp_path, run):
    """Of all it has it can prove nothing further back."""
    root, _ = falsified
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{root}", str(tmp_path / "short"))
    said = run("-L", tmp_path / "short", "check", "--since", "all", code=1).out
    assert "被截断" in said and "--unshallow" in said


def test_an_object_under_a_false_name_is_named(falsified, tmp_path, run):
    """Another store lends its objects (alternates), and one of them is not what its name says."""
    import zlib

    root, good = falsified
    path = str(path_of(root, next(iter(Ledger(str(root)).ids("inquiries")))[0]).relative_to(root))
    blob, forged = (
        git(root, "rev-parse", f"{good}:{path}"),
        git(root, "show", f"HEAD:{path}").encode() + b"\n",
    )
    place = root / ".git/objects" / blob[:2] / blob[2:]
    lent = tmp_path / "lent" / blob[:2] / blob[2:]
    lent.parent.mkdir(parents=True)
    lent.write_bytes(zlib.compress(b"blob %d\0" % len(forged) + forged))
    place.unlink()
    (root / ".git/objects/info/alternates").write_text(str(tmp_path / "lent") + "\n", "utf-8")
    done = run("-L", root, "check", "--since", "all", code=None)
    assert done.code in (1, 5) and ("与它的编号不符" in done.out + done.err or "history-edited" in done.out)


# Mended


def lines(path: Path) -> list[str]:
    """The lines of a record."""
    return path.read_text("utf-8").splitlines(keepends=True)


def _edit(path: Path) -> None:
    path.write_text(path.read_text("utf-8").replace("记 aaaa", "另记"), "utf-8")


def _drop(path: Path) -> None:
    path.write_text("".join(line for line in lines(path) if '"aaaa"' not in line), "utf-8")


def _swap(path: Path) -> None:
    found = lines(path)
    found[-1], found[-2] = found[-2], found[-1]
    path.write_text("".join(found), "utf-8")


def _insert(path: Path) -> None:
    found = lines(path)
    found.insert(-1, event_line(Note("zzzz", START, "wangfang", "补写")) + "\n")
    path.write_text("".join(found), "utf-8")


BREACHES = {
    "edited": _edit,
    "line deleted": _drop,
    "reordered": _swap,
    "inserted": _insert,
    "record deleted": Path.unlink,
}


@pytest.mark.parametrize("how", BREACHES)
@pytest.mark.parametrize("later", [False, True], ids=["at once", "after further acts"])
def test_a_breach_that_was_restored_and_committed_is_over(how, later, shared, run):
    """What errors.md advises works: the original is put back, sync goes on; what came meanwhile stays."""
    _, one, _ = shared
    name = taken(one)
    noted(one, name, "aaaa")
    noted(one, name, "bbbb", 70)
    commit(one)
    run("-L", one, "sync")
    path = path_of(one, name)
    before = path.read_text("utf-8")
    BREACHES[how](path)
    commit(one)
    run("-L", one, "sync", code=3)
    extra = ""
    if later and how != "record deleted":
        noted(one, name, "cccc", 200)
        commit(one)
        extra = lines(path)[-1]
    path.write_text(before + extra, "utf-8")
    commit(one)
    run("-L", one, "sync")
    assert found(one) == []


@pytest.mark.parametrize("how", [h for h in BREACHES if h != "record deleted"])
def test_restoring_does_not_cover_what_came_meanwhile(how, repo):
    """Put back to the letter, but an act recorded in between is gone: still a breach."""
    name = taken(repo)
    noted(repo, name, "aaaa")
    noted(repo, name, "bbbb", 70)
    commit(repo)
    path = path_of(repo, name)
    before = path.read_text("utf-8")
    BREACHES[how](path)
    commit(repo)
    noted(repo, name, "cccc", 200)
    commit(repo)
    path.write_text(before, "utf-8")
    commit(repo)
    assert found(repo) != []


@pytest.mark.parametrize("how", BREACHES)
def test_half_a_restoration_is_none(how, repo):
    """One of two falsified records is put back: the other is still named."""
    names = [taken(repo, n) for n in range(2)]
    for name in names:
        noted(repo, name, "aaaa")
        noted(repo, name, "bbbb", 70)
    commit(repo)
    paths = [path_of(repo, name) for name in names]
    before = paths[0].read_text("utf-8")
    for path in paths:
        BREACHES[how](path)
    commit(repo)
    paths[0].write_text(before, "utf-8")
    commit(repo)
    assert {p.path for p in found(repo)} == {str(paths[1].relative_to(repo))}


# The mark in a footer


def mark(text: str) -> str:
    """The anchor that a report ends with."""
    return text.partition("台账锚：")[2].partition("（")[0]


REPORTS = [
    (*command, "--format", form)
    for command in (("overdue",), ("bulletin", "--from", "2026-11-01", "--to", "2026-11-30"))
    for form in ("markdown", "html", "json")
]


@pytest.mark.parametrize("words", [w for w in REPORTS if w[0] == "bulletin" or "json" in w], ids=" ".join)
def test_an_anchor_of_what_a_merge_left_twice_accuses_nobody(words, repo, sw, run):
    """A record in both folders, an event in a file twice: tidied they are one, as they were counted."""
    for n, event in enumerate(("aaaa", "bbbb")):
        noted(repo, taken(repo, n), event)
    one, two = sorted((repo / "inquiries").rglob("*.yaml"))
    other = repo / str(one.relative_to(repo)).replace("inquiries", "archive", 1)
    other.parent.mkdir(parents=True)
    other.write_bytes(one.read_bytes())
    last = two.read_text("utf-8").splitlines(keepends=True)[-1]
    two.write_text(two.read_text("utf-8") + last, "utf-8")
    commit(repo)
    text = sw("heping", *words, code=None).out
    if "json" in words:
        text = "".join(json.loads(text)["anchor"])
    run("-L", repo, "heal")
    run("-L", repo, "fmt")
    assert not other.exists() and two.read_text("utf-8").count(last) == 1
    assert found(repo, mark(text)) == []
    two.write_text(two.read_text("utf-8").replace(last, ""), "utf-8")
    assert {p.check for p in found(repo, mark(text))} == {"history-deleted"}


@pytest.mark.parametrize("git_too", [True, False], ids=["git", "no git"])
@pytest.mark.parametrize("committed", [True, False], ids=["committed", "not committed"])
@pytest.mark.parametrize("words", REPORTS, ids=" ".join)
def test_an_anchor_of_an_untouched_ledger_accuses_nobody(words, committed, git_too, repo, sw):
    """With archived ones and a case in it: the command that the footer names works, and finds nothing."""
    name, other = taken(repo), taken(repo, 1)
    noted(repo, name, "aaaa")
    Ledger(str(repo)).move(Ledger(str(repo)).find(other), "archive")
    sw(
        "heping",
        "sanction",
        "report",
        "--staff",
        "wangfang",
        "--article",
        "四",
        "--summary",
        "推",
        "--occurred",
        "2026-11-20",
    )
    if committed:
        commit(repo)
    if not git_too:
        subprocess.run(["rm", "-rf", str(repo / ".git")], check=True)
    text = sw("heping", *words).out
    if "json" in words:
        text = "".join(json.loads(text)["anchor"])
    assert [p for p in found(repo, mark(text)) if p.check == "anchor"] == []
    path = path_of(repo, name)
    raw = path.read_bytes()
    path.unlink()
    if not committed:
        assert "anchor" in {p.check for p in found(repo, mark(text))}
    path.write_bytes(raw)


# Without git


@pytest.fixture
def sealed(ledger: Path, run, tmp_path) -> Path:
    """A ledger of three inquiries and a case, outside git, and its seal."""
    for n in range(3):
        name = taken(ledger, n)
        noted(ledger, name, "aaaa")
        noted(ledger, name, "bbbb", 70)
    seal = tmp_path / "kept.seal"
    assert "3 条记录、6 个事件，摘要" in run("-L", ledger, "check", "--seal", seal).err
    return seal


def test_a_seal_lets_grow_what_grows(sealed, ledger, run):
    """More events, more records, put away, tidied: nothing is found."""
    names = [name for name, _ in Ledger(str(ledger)).ids("inquiries")]
    noted(ledger, names[0], "cccc", 90)
    taken(ledger, 9)
    Ledger(str(ledger)).move(Ledger(str(ledger)).find(names[1]), "archive")
    path = path_of(ledger, names[2])
    path.write_text(path.read_text("utf-8").replace('channel: "来电"', "channel:   来电 # 核对"), "utf-8")
    run("-L", ledger, "fmt")
    done = run("-L", ledger, "check", "--since", sealed, code=None)
    assert "history-" not in done.out and "record-deleted" not in done.out


@pytest.mark.parametrize("how", [h for h in BREACHES if h != "inserted"])
def test_a_seal_shows_what_was_changed(how, sealed, ledger, run):
    """A changed, dropped or reordered line, a deleted record: named with its file."""
    path = path_of(ledger, next(iter(Ledger(str(ledger)).ids("inquiries")))[0])
    BREACHES[how](path)
    said = run("-L", ledger, "check", "--since", sealed, code=1).out
    kind = {"reordered": "history-reordered", "record deleted": "record-deleted"}.get(how, "history-edited")
    assert path.name in said and f"[{kind}]" in said


def test_a_seal_that_was_changed_is_refused(sealed, ledger, run):
    """Whoever changes the ledger and its seal alike has another digest than was noted down, or none that fits."""
    sealed.write_text(sealed.read_text("utf-8").replace('"lines": ["', '"lines": ["0', 1), "utf-8")
    assert "被改过" in run("-L", ledger, "check", "--since", sealed, code=5).err


def test_a_seal_lies_elsewhere_and_overwrites_nothing(sealed, ledger, run):
    """Inside the ledger it could be changed with it; an older one is somebody's proof."""
    assert "放在台账以外" in run("-L", ledger, "check", "--seal", ledger / "x.seal", code=2).err
    before = sealed.read_bytes()
    assert "没有覆盖" in run("-L", ledger, "check", "--seal", sealed, code=2).err
    assert sealed.read_bytes() == before


def test_another_authors_date_excuses_nothing(repo):
    """A commit that claims to be a replayed one is held to the same: a line put in between is named."""
    name = taken(repo)
    noted(repo, name, "aaaa")
    noted(repo, name, "bbbb", 70)
    commit(repo)
    _insert(path_of(repo, name))
    git(repo, "commit", "-q", "-a", "-m", "x", "--date", "2020-01-01T00:00:00+08:00")
    assert [p.check for p in found(repo)] == ["history-inserted"]


@pytest.mark.parametrize("around", ["{}", " {} ", "（{}）", "{}）", "“{}”", "{}。"])
@pytest.mark.parametrize("git_too", [True, False])
def test_a_mark_copied_with_what_stood_around_it_accuses_nobody(around, git_too, repo, sw, run):
    """Out of a footer or a mail: a bracket or a full stop too many is no rewritten history."""
    taken(repo)
    commit(repo)
    if not git_too:
        subprocess.run(["rm", "-rf", str(repo / ".git")], check=True)
    said = mark(sw("heping", "bulletin", "--from", "2026-11-01", "--to", "2026-11-30").out)
    assert run("-L", repo, "check", "--since", around.format(said)).out == ""


@pytest.mark.parametrize("slip", ["", "main2", "seal.json", "昨天", "HEAD~99", "12-3-4"])
def test_a_word_that_names_nothing_accuses_nobody(slip, repo, run):
    """A slip of the pen is not found (4), and no finding; a revision that is gone is one."""
    taken(repo)
    commit(repo)
    done = run("-L", repo, "check", "--since", slip, code=4)
    assert f"没有叫“{slip}”的版本" in done.err and done.out == ""
    assert "history-rewritten" in run("-L", repo, "check", "--since", "0123456789ab", code=1).out
