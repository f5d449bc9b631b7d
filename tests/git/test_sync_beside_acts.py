"""sync beside acts: git's own writing is under the ledger's lock, and nothing acknowledged is lost."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from shouwen.store import atomic_files
from shouwen.store import git as store_git
from tests.support.repository import commit, git, noted, path_of, taken

WRITES = {"add", "commit", "merge"}
TURNS = int(os.environ.get("RACE_TURNS", "12"))


def held_elsewhere(root: Path) -> bool:
    """Whether another process would have to wait for the ledger's lock."""
    ask = "import fcntl,os,sys; fcntl.flock(os.open(sys.argv[1], os.O_RDWR|os.O_CREAT), fcntl.LOCK_EX|fcntl.LOCK_NB)"
    done = subprocess.run([sys.executable, "-c", ask, str(root / atomic_files.LOCK)], capture_output=True)
    return b"BlockingIOError" in done.stderr


@pytest.mark.parametrize("changes", [(), ("one",), ("two",), ("one", "two")], ids="+".join)
def test_git_writes_only_under_the_lock(shared, run, monkeypatch, changes):
    """Whoever has something new, each call of git that changes files or commits finds the lock held."""
    _, one, two = shared
    name = taken(one)
    commit(one)
    git(one, "push", "-q")
    git(two, "pull", "-q")
    if "two" in changes:
        noted(two, name, "bbbb")
        commit(two)
        git(two, "push", "-q")
    if "one" in changes:
        noted(one, name, "aaaa")
    seen, real = [], store_git.call

    def watched(root, *words, **more):
        if words[0] in WRITES:
            seen.append((words[0], held_elsewhere(one)))
        return real(root, *words, **more)

    monkeypatch.setattr(store_git, "call", watched)
    run("-L", one, "sync")
    assert "merge" in dict(seen)
    assert [what for what, held in seen if not held] == []
    assert not held_elsewhere(one)


def test_what_is_recorded_while_it_fetches_is_committed_before_the_merge(shared, run, monkeypatch):
    """An act that falls between the first commit and the merge stays, and is pushed with the rest."""
    _, one, two = shared
    name = taken(one)
    commit(one)
    git(one, "push", "-q")
    git(two, "pull", "-q")
    noted(two, name, "bbbb")
    commit(two)
    git(two, "push", "-q")
    noted(one, name, "aaaa")
    real = store_git.call

    def fetching(root, *words, **more):
        if words[0] == "fetch":
            noted(one, name, "cccc", 120)
        return real(root, *words, **more)

    monkeypatch.setattr(store_git, "call", fetching)
    run("-L", one, "sync")
    text = path_of(one, name).read_text("utf-8")
    assert [text.count(f'"id": "{i}"') for i in ("aaaa", "bbbb", "cccc")] == [1, 1, 1]
    assert git(one, "show", f"origin/main:{path_of(one, name).relative_to(one)}") == text.rstrip()


@pytest.mark.slow
def test_every_acknowledged_note_is_there_in_the_end(shared, run):
    """Two clones, each with a loop of notes beside a loop of sync: none that was printed is missing."""
    _, one, two = shared
    name = taken(one)
    commit(one)
    git(one, "push", "-q")
    git(two, "pull", "-q")

    def call(root: Path, *words: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "-m", "shouwen", "-L", str(root), "--as", "wangfang", *words],
            capture_output=True, text=True,
        )  # fmt: skip

    def notes(root: Path) -> list[str]:
        texts = [f"{root.name}第{n}笔。" for n in range(TURNS)]
        return [t for t in texts if call(root, "note", name, "--text", t).returncode == 0]

    def syncs(root: Path) -> list[str]:
        for _ in range(TURNS // 2):
            call(root, "sync")
        return []

    with ThreadPoolExecutor(4) as pool:
        said = [t for found in pool.map(lambda job: job[0](job[1]), [(notes, one), (notes, two), (syncs, one), (syncs, two)]) for t in found]  # fmt: skip
    for root in (one, two, one):
        done = call(root, "sync")
        assert done.returncode == 0, done.stderr
    assert len(said) >= TURNS
    for root in (one, two):
        text = path_of(root, name).read_text("utf-8")
        assert [t for t in said if text.count(t) != 1] == []
        assert run("-L", root, "check", "--since", "all").out == ""
