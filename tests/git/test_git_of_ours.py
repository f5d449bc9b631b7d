"""The gits that a command starts: under its lock to their end, asked to end with it, no lock of theirs in the way."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from shouwen.store import git as store_git
from tests.support.repository import commit, git, noted, path_of, taken

from .test_sync_beside_acts import held_elsewhere


@pytest.fixture
def slow(shared, tmp_path, monkeypatch) -> tuple[Path, Path]:
    """(a clone with something to commit, a file that is there while its git commits): that git takes its time.

    Asked to end it takes its own lock away, as git does.
    """
    _, one, _ = shared
    noted(one, taken(one), "aaaa")
    mark = tmp_path / "committing"
    program = tmp_path / "bin" / "git"
    program.parent.mkdir()
    program.write_text(
        f"""#!/bin/sh
case " $* " in *" commit "*)
  trap 'rm -f {mark}; kill $! 2>/dev/null; exit 143' TERM INT HUP
  touch {mark}; sleep 3 & wait $!; rm -f {mark};;
esac
exec {shutil.which("git")} "$@"
""",
        "utf-8",
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    return one, mark


def started(root: Path, mark: Path) -> subprocess.Popen:
    """A sync, as far as its commit."""
    run = subprocess.Popen(
        [sys.executable, "-m", "shouwen", "-L", str(root), "sync"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    for _ in range(600):
        if mark.exists():
            return run
        time.sleep(0.05)
    run.kill()
    pytest.fail(f"never came to its commit: {run.communicate()}")


def test_a_git_whose_starter_was_killed_still_holds_the_lock(slow) -> None:
    """Else an act would write while that git replaces files; when it has ended the lock is free."""
    root, mark = slow
    with started(root, mark) as run:
        run.kill()
        for stream in (run.stdout, run.stderr):  # its git has them too
            stream.close()
    assert mark.exists() and held_elsewhere(root)
    for _ in range(200):
        if not mark.exists() and not held_elsewhere(root):
            break
        time.sleep(0.05)
    assert not held_elsewhere(root)
    assert subprocess.run([sys.executable, "-m", "shouwen", "-L", str(root), "sync"]).returncode == 0


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_who_is_interrupted_lets_his_git_take_its_own_lock_away(name, slow) -> None:
    """Signalled alone, as by kill or a service manager: git is asked to end, not killed with its lock held."""
    root, mark = slow
    run = started(root, mark)
    os.kill(run.pid, getattr(signal, name))
    _, err = run.communicate(timeout=30)
    assert run.returncode == 130 and "Traceback" not in err
    assert not mark.exists() and not held_elsewhere(root)


def put_lock(root: Path, seconds: float) -> Path:
    """A lock of git's, so old."""
    path = root / ".git/index.lock"
    path.write_bytes(b"")
    then = time.time() - seconds
    os.utime(path, (then, then))
    return path


@pytest.fixture
def alone(monkeypatch) -> None:
    """No git of another test runs on this machine, as far as the program can see."""
    real = os.listdir
    monkeypatch.setattr(
        store_git.os, "listdir", lambda path=".": [str(os.getpid())] if path == "/proc" else real(path)
    )


def test_the_lock_of_a_git_that_was_killed_long_ago_stops_nobody(shared, run, alone) -> None:
    """Old, and no git is running: taken away, and the work is done."""
    _, one, _ = shared
    noted(one, taken(one), "aaaa")
    lock = put_lock(one, store_git.ABANDONED + 5)
    run("-L", one, "sync")
    assert not lock.exists() and git(one, "status", "--porcelain") == ""


# Every file by which git keeps others away from what it changes.
LOCKS = ("index", "HEAD", "refs/heads/main", "refs/remotes/origin/main", "packed-refs", "config", "next-index-4711",
         "ORIG_HEAD", "MERGE_HEAD", "shallow")  # fmt: skip


@pytest.mark.parametrize("name", LOCKS)
def test_whichever_lock_a_killed_git_left_it_stops_nobody(name: str, shared, run, alone) -> None:
    """Old, and no git is running: a sync with something to fetch, to commit and to push, and a setup, go through."""
    hub, one, two = shared
    noted(two, taken(two), "bbbb")
    run("-L", two, "sync")
    noted(one, taken(one, 1), "aaaa")
    git(one, "config", "--unset", "pull.twohead", code=None)
    lock = one / ".git" / f"{name}.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    put_lock(one, store_git.ABANDONED + 5).rename(lock)
    run("-L", one, "sync")
    run("-L", one, "git", "setup")
    assert git(one, "rev-parse", "HEAD") == git(hub, "rev-parse", "main")
    assert not lock.exists() or name not in ("index", "refs/heads/main", "config", "next-index-4711")


def test_a_lock_upstream_is_said_to_be_there(shared, run, alone) -> None:
    """It is not ours to take away: which file, what it may be, and that the work is committed here."""
    hub, one, _ = shared
    noted(one, taken(one), "aaaa")
    lock = hub / "refs/heads/main.lock"
    lock.touch()
    said = run("-L", one, "sync", code=6).err
    assert (
        "hub.git" in said
        and "refs/heads/main.lock" in said
        and "上游有 git 的锁文件" in said
        and "本地已提交" in said
        and lock.exists()
    )
    lock.unlink()
    run("-L", one, "sync")
    assert git(one, "rev-parse", "HEAD") == git(hub, "rev-parse", "main")


def test_a_fresh_lock_is_anothers(shared, run, alone, monkeypatch) -> None:
    """It may be working: exit 6, what to do, and the record is there."""
    monkeypatch.setattr(store_git, "PATIENCE", 0.3)
    _, one, _ = shared
    name = taken(one)
    lock = put_lock(one, 0)
    said = run("-L", one, "sync", code=6).err
    assert "另一个 git 正在用仓库" in said and str(lock) in said
    assert lock.exists() and path_of(one, name).exists()
    lock.unlink()
    run("-L", one, "sync")


def test_while_a_git_is_running_an_old_lock_may_be_its_own(shared, run, monkeypatch) -> None:
    """An editor open for hours over a commit message: its lock is left."""
    monkeypatch.setattr(store_git, "PATIENCE", 0.3)
    _, one, _ = shared
    taken(one)
    lock = put_lock(one, store_git.ABANDONED + 5)
    other = subprocess.Popen(
        ["git", "-C", one, "cat-file", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        run("-L", one, "sync", code=6)
        assert lock.exists()
    finally:
        other.communicate()


def test_a_branch_that_is_locked_is_waited_for(shared, run, alone) -> None:
    """Not the index alone: a lock of any reference."""
    _, one, _ = shared
    noted(one, taken(one), "aaaa")
    commit(one)
    lock = put_lock(one, 0).rename(one / ".git/refs/heads/main.lock")
    noted(one, taken(one, 1), "bbbb")
    then = time.time() - store_git.ABANDONED - 5
    os.utime(lock, (then, then))
    run("-L", one, "sync")
    assert not lock.exists()
