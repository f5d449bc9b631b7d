"""Conflicts without markers: renamed and deleted, added twice, not merged at all; every side's events stay."""

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from shouwen.core.inquiry.events import Close, Reopen
from shouwen.store.ledger import Ledger
from tests.support.repository import START, append, clone, commit, git, head, noted, path_of, taken


def archived(root: Path, name: str) -> None:
    """Move a record to the archive, as ``archive`` does."""
    ledger = Ledger(str(root))
    ledger.move(ledger.find(name), "archive")


def deleted(root: Path, name: str) -> None:
    """Somebody took the record away."""
    path_of(root, name).unlink()


def settled(root: Path, name: str) -> None:
    """Close a record: only such a one belongs into the archive."""
    at = START + timedelta(minutes=30)
    append(root, name, Close("cccc", at, "wangfang", "已答复", "好", at))


def notes(root: Path, name: str, side: str, count: int) -> list[str]:
    """So many remarks; their event ids."""
    ids = [f"{side}{n:03}" for n in range(count)]
    for n, key in enumerate(ids):
        noted(root, name, key, 100 + n)
    return ids


# (what one side does beside its notes, how many notes), the same of the other; where the record then
# lies, where the sides agree: a rename that git can follow it merges by itself.
STORIES = {
    "archived in both, 1 and 8": ((archived, 1), (archived, 8), "archive"),
    "archived in both, 8 and 1": ((archived, 8), (archived, 1), "archive"),
    "archived in both, 9 and 9": ((archived, 9), (archived, 9), "archive"),
    "archived here, 8 more there": ((archived, 0), (None, 8), ""),
    "8 more here, archived there": ((None, 8), (archived, 0), ""),
    "8 more and archived here, 1 there": ((archived, 8), (None, 1), ""),
    "deleted here, 2 more there": ((deleted, 0), (None, 2), ""),
    "2 more here, deleted there": ((None, 2), (deleted, 0), ""),
    "archived here, deleted there": ((archived, 3), (deleted, 0), ""),
}
RULES = {"union": "", "none": "*.yaml merge=text\n", "-merge": "*.yaml -merge\n", "binary": "*.yaml binary\n"}


@pytest.fixture
def split(repo: Path, tmp_path: Path) -> Callable[..., tuple[Path, str, list[str]]]:
    """``split(story, rule)``: two clones went apart, the second's commits fetched and merged into the first."""

    def made(story: str, rule: str = "union") -> tuple[Path, str, list[str]]:
        name = taken(repo)
        if STORIES[story][2]:
            settled(repo, name)
        noted(repo, name, "base")
        if RULES[rule]:
            place = repo / "inquiries/2026/11/.gitattributes"
            place.write_text(RULES[rule], "utf-8")
            (repo / "archive/2026/11").mkdir(parents=True)
            (repo / "archive/2026/11/.gitattributes").write_text(RULES[rule], "utf-8")
        commit(repo)
        other = clone(repo, tmp_path / "other")
        keys = ["base"]
        for root, side, (act, count) in zip((repo, other), "ab", STORIES[story][:2], strict=True):
            keys += notes(root, name, side, count)
            if act:
                act(root, name)
            commit(root)
        git(repo, "fetch", "-q", str(other), "main")
        git(repo, "merge", "-q", "--no-edit", "FETCH_HEAD", code=None)
        return repo, name, keys

    return made


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("story", STORIES)
def test_heal_keeps_every_sides_events(story, rule, split, run):
    """Whatever each side did and whatever rule stood there: after heal and a commit nothing is missing."""
    root, name, keys = split(story, rule)
    run("-L", root, "heal")
    assert git(root, "ls-files", "-u") == ""
    commit(root, "合并")
    copies = [p for p in root.rglob(f"{name}.yaml") if p.name[0] != "."]
    assert len(copies) == 1
    text = copies[0].read_text("utf-8")
    assert [key for key in keys if text.count(f'"id": "{key}"') != 1] == []
    assert copies[0].relative_to(root).parts[0].startswith(STORIES[story][2])


def test_a_dry_run_changes_nothing(split, run):
    """What would be done is shown; the index and the files are as before."""
    root, _, _ = split("archived in both, 1 and 8", "-merge")
    before = git(root, "ls-files", "-u"), git(root, "status", "--porcelain")
    assert "可修复 1 条" in run("-L", root, "heal", "--dry-run").err
    assert (git(root, "ls-files", "-u"), git(root, "status", "--porcelain")) == before


def test_what_is_recorded_while_it_is_undecided_is_kept(split, run):
    """Git left our side lying there: somebody goes on working, then heals."""
    root, name, keys = split("archived in both, 9 and 9", "-merge")
    noted(root, name, "more", 300)
    run("-L", root, "heal")
    commit(root, "合并")
    text = path_of(root, name).read_text("utf-8")
    assert all(text.count(f'"id": "{key}"') == 1 for key in (*keys, "more"))


def test_headers_that_differ_are_for_people(repo, tmp_path, run):
    """The same id with another header on each side: named, nothing written."""
    name = taken(repo)
    (repo / "inquiries/2026/11/.gitattributes").write_text("*.yaml -merge\n", "utf-8")
    commit(repo)
    other = clone(repo, tmp_path / "other")
    for n, root in enumerate((repo, other)):
        path = path_of(root, name)
        path.write_text(path.read_text("utf-8").replace("事由0", f"改{n}"), "utf-8")
        commit(root)
    git(repo, "fetch", "-q", str(other), "main")
    git(repo, "merge", "-q", "FETCH_HEAD", code=1)
    before = path_of(repo, name).read_bytes()
    assert "登记部分两边不同（subject）" in run("-L", repo, "heal", code=1).err
    assert path_of(repo, name).read_bytes() == before and git(repo, "ls-files", "-u") != ""


@pytest.mark.parametrize("story", [s for s in STORIES if "deleted" not in s])
def test_sync_sends_nobody_in_a_circle(story, shared, run):
    """What heal would do, sync does: both clones end alike, in one call each."""
    _, one, two = shared
    name = taken(one)
    noted(one, name, "base")
    commit(one)
    git(one, "push", "-q")
    git(two, "pull", "-q")
    keys = ["base"]
    for root, side, (act, count) in zip((one, two), "ab", STORIES[story][:2], strict=True):
        keys += notes(root, name, side, count)
        if act:
            act(root, name)
    for root in (one, two, one):
        run("-L", root, "sync")
    for root in (one, two):
        text = path_of(root, name).read_text("utf-8")
        assert [key for key in keys if text.count(f'"id": "{key}"') != 1] == []
        assert len([p for p in root.rglob(f"{name}.yaml") if p.name[0] != "."]) == 1
    assert head(one) == head(two)


PLANTED = {
    "among the records": "inquiries/2026/11/.gitattributes",
    "in the archive": "archive/.gitattributes",
    "in the clone": ".git/info/attributes",
}


@pytest.mark.parametrize("place", PLANTED.values(), ids=PLANTED)
def test_a_foreign_attribute_file_is_named_and_stops_sync(place, shared, run):
    """It decides what a merge keeps: check names it, sync does not go on."""
    _, one, _ = shared
    taken(one)
    path = one / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("*.yaml -merge\n", "utf-8")
    shown = place if not place.startswith(".git/") else ".git/info/attributes"
    assert f"{shown}: " in run("-L", one, "check", code=1).out
    assert shown in run("-L", one, "sync", code=3).err or "git setup" in run("-L", one, "sync", code=3).err


# Lines of .git/info/attributes: whether one may decide what becomes of a record.
LINES = {
    "*.png binary": False,
    "*.docx diff=word": False,
    "docs/** -merge": False,
    "staff*.yaml merge=ours": False,
    "README.md -text": False,
    "*.yaml diff=yaml": False,
    "*.yaml -merge": True,
    "* text=auto eol=crlf": True,
    "inquiries/** filter=x": True,
    "2026*.yaml binary": True,
    "*/11/* ident": True,
    "archive/2026/*.ya?l merge": True,
    "20261102-AAAAAA.yaml !merge": True,
    "S2026* working-tree-encoding=gbk": True,
}


@pytest.mark.parametrize("line", LINES)
def test_only_what_can_touch_a_record_is_named(line, shared, run):
    """A clone may have attributes of its own for other files; of a record, also one that is still to come."""
    _, one, _ = shared
    taken(one, 1)
    (one / ".git/info").mkdir(exist_ok=True)
    (one / ".git/info/attributes").write_text(f"# 本机\n{line}\n", "utf-8")
    done = run("-L", one, "check", code=None)
    assert (".git/info/attributes" in done.out) == LINES[line], done.out
    assert run("-L", one, "sync", code=None).code == (3 if LINES[line] else 0)


def test_a_macro_of_ones_own_is_looked_through(repo, run):
    """[attr]plain -merge, and *.yaml plain."""
    (repo / ".git/info").mkdir(exist_ok=True)
    (repo / ".git/info/attributes").write_text("[attr]plain -merge\n*.yaml plain\n", "utf-8")
    assert "*.yaml plain" in run("-L", repo, "check", code=1).out


def test_a_line_that_overrules_ours_is_named(shared, run):
    """In our own file, further down, for one record alone."""
    _, one, _ = shared
    name = taken(one)
    with (one / ".gitattributes").open("a", encoding="utf-8") as file:
        file.write(f"{name}.yaml merge=binary\n")
    commit(one)
    assert f"{name}.yaml 的 merge 是 binary" in run("-L", one, "check", code=1).out
    assert "盖过了台账的" in run("-L", one, "sync", code=3).err


def test_an_attribute_file_from_upstream_is_not_merged(shared, run):
    """Somebody pushed one: refused before it comes into this clone."""
    _, one, two = shared
    taken(two)
    (two / "inquiries/2026/11/.gitattributes").write_text("*.yaml -merge\n", "utf-8")
    commit(two)
    git(two, "push", "-q")
    taken(one, 1)
    said = run("-L", one, "sync", code=3).err
    assert "inquiries/2026/11/.gitattributes" in said and "没有合并上游的" in said
    assert not (one / "inquiries/2026/11/.gitattributes").exists()


def start(root: Path, *words: str) -> subprocess.CompletedProcess:
    """The program as a process of its own."""
    program = [sys.executable, "-m", "shouwen", "-L", str(root), "--as", "wangfang", *words]
    return subprocess.run(program, capture_output=True, text=True)


def test_two_syncs_of_one_clone_wait_for_each_other(shared):
    """Started in the same instant, both end well."""
    _, one, two = shared
    name = taken(one)
    commit(one)
    git(one, "push", "-q")
    git(two, "pull", "-q")
    noted(one, name, "aaaa")
    noted(two, name, "bbbb")
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda root: start(root, "sync"), [one, one, two, two]))
    assert [d.stderr for d in done if d.returncode] == []


def test_a_commit_that_another_already_made_is_success(repo, run):
    """``git: {commit: true}``: three people note on one record at once; written, committed, exit 0."""
    settings = repo / "ledger.yaml"
    settings.write_text(settings.read_text("utf-8") + "git: {commit: true}\n", "utf-8")
    name = taken(repo)
    commit(repo)
    with ThreadPoolExecutor(3) as pool:
        done = list(pool.map(lambda n: start(repo, "note", name, "--text", f"第{n}笔"), range(9)))
    assert [d.stderr for d in done if d.returncode] == []
    assert git(repo, "status", "--porcelain") == ""
    assert path_of(repo, name).read_text("utf-8").count("第") == 9


def test_what_was_planted_long_ago_can_be_taken_away(shared, run):
    """It stands upstream too: deleted and committed here, sync carries the deletion there."""
    _, one, _ = shared
    taken(one)
    place = one / "inquiries/2026/11/.gitattributes"
    place.write_text("*.yaml -merge\n", "utf-8")
    commit(one)
    git(one, "push", "-q")
    run("-L", one, "sync", code=3)
    place.unlink()
    commit(one)
    run("-L", one, "sync")
    assert ".gitattributes" not in git(one, "ls-tree", "-r", "--name-only", "@{upstream}", "inquiries")


# Put away on one side, gone on with on the other: git follows the rename and is content


def parted(one: Path, two: Path) -> str:
    """A settled record that ``two`` has put away and ``one`` has taken up again; its id."""
    name = taken(one)
    close = Close(
        "cccc", START + timedelta(minutes=30), "wangfang", "已答复", "好", START + timedelta(minutes=30)
    )
    append(one, name, close)
    commit(one)
    git(one, "push", "-q")
    git(two, "pull", "-q")
    archived(two, name)
    commit(two)
    git(two, "push", "-q")
    append(one, name, Reopen("rrrr", START + timedelta(days=1), "wangfang", "又来问"))
    commit(one)
    return name


def test_what_git_merged_into_the_archive_while_open_is_brought_back_by_sync(shared, run):
    """Nobody's nightly report would read of it there: found and mended in the same run, and pushed."""
    _, one, two = shared
    name = parted(one, two)
    done = run("-L", one, "sync")
    assert f"inquiries/2026/11/{name}.yaml" in done.err and "移回" in done.err
    assert path_of(one, name) == one / f"inquiries/2026/11/{name}.yaml"
    assert '"rrrr"' in path_of(one, name).read_text("utf-8")
    assert not (one / f"archive/2026/11/{name}.yaml").exists()
    assert "archived-open" not in run("-L", one, "check", "--since", "all", code=None).out
    git(two, "pull", "-q")
    assert path_of(two, name).read_text("utf-8") == path_of(one, name).read_text("utf-8")


@pytest.mark.parametrize("dry", [True, False])
def test_the_same_after_a_plain_pull_is_brought_back_by_heal(dry, shared, run):
    """check names it, heal moves it and tells git; a dry run only says so."""
    _, one, two = shared
    name = parted(one, two)
    git(one, "pull", "-q", "--no-rebase", "--no-edit")
    there = one / f"archive/2026/11/{name}.yaml"
    assert there.exists() and "[archived-open]" in run("-L", one, "check", code=1).out
    done = run("-L", one, "heal", *(("--dry-run",) if dry else ()))
    assert f"{there.relative_to(one)} → inquiries/2026/11/{name}.yaml" in done.out and "1 条" in done.err
    assert there.exists() is dry
    if not dry:
        assert "archived-open" not in run("-L", one, "check", "--since", "all", code=None).out
        assert [line[0] for line in git(one, "status", "--porcelain").splitlines()] == ["R"]


def test_a_record_that_lies_in_both_places_is_made_one(repo, run):
    """A merge resolved by hand left a copy in each: all events of both stand in the live one, once."""
    name = taken(repo)
    noted(repo, name, "base")
    live = path_of(repo, name)
    old = live.read_bytes()
    noted(repo, name, "aaaa", 70)
    mine = live.read_bytes()
    live.write_bytes(old)
    noted(repo, name, "bbbb", 80)
    other = repo / f"archive/2026/11/{name}.yaml"
    other.parent.mkdir(parents=True)
    other.write_bytes(mine)
    commit(repo)
    assert "另有一份" in run("-L", repo, "check", code=1).out
    run("-L", repo, "heal")
    text = live.read_text("utf-8")
    assert [text.count(f'"{key}"') for key in ("base", "aaaa", "bbbb")] == [1, 1, 1] and not other.exists()
    commit(repo)
    assert run("-L", repo, "check", "--since", "all").out == ""


def alike(one: Path, two: Path) -> tuple[str, list[str]]:
    """``one`` put a record away and took in others that look like it; ``two`` went on with it."""
    name = taken(one)
    commit(one)
    git(one, "push", "-q")
    git(two, "pull", "-q")
    noted(two, name, "mine")
    commit(two)
    settled(one, name)
    archived(one, name)
    others = [taken(one, 0) for _ in range(4)]  # the same but for the id
    commit(one)
    git(one, "push", "-q")
    return name, others


@pytest.mark.parametrize("how", ["sync", "pull", "rebase"])
def test_no_event_wanders_into_a_record_that_looks_alike(how, shared, run):
    """git pairs what went with what came by likeness, and would write one inquirer's event into another's record."""
    _, one, two = shared
    name, others = alike(one, two)
    if how == "sync":
        run("-L", two, "sync")
    else:
        run("-L", two, "git", "setup")
        commit(two)
        git(two, "pull", "-q", "--rebase" if how == "rebase" else "--no-rebase", "--no-edit", code=None)
        run("-L", two, "heal")
        words = ("rebase", "--continue") if how == "rebase" else ("commit", "-q", "--no-edit")
        git(two, *words, env={**os.environ, "GIT_EDITOR": "true"})
    assert '"mine"' in path_of(two, name).read_text("utf-8")
    assert [other for other in others if "mine" in path_of(two, other).read_text("utf-8")] == []
    assert [
        p for p in run("-L", two, "check", "--since", "all", code=None).out.splitlines() if "history-" in p
    ] == []
