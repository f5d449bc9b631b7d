"""A system without POSIX's calls, as Windows is: the names are taken out, and every kind of act is done.

It shows which calls the program needs, not how Windows behaves; README says that nobody has run it there.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

TAKEN_OUT = """
import os, sys
for name in ("fchmod", "fchown", "chown", "lchown", "fork", "forkpty", "O_NOFOLLOW", "O_NONBLOCK", "O_TMPFILE", "O_DIRECTORY",
             "mkfifo", "getuid", "geteuid", "getgid", "setuid", "setsid", "statvfs", "sched_getaffinity", "sched_setaffinity"):
    if hasattr(os, name):
        delattr(os, name)
for name in ("fcntl", "grp", "pwd", "resource", "termios", "tty", "pty"):
    sys.modules[name] = None
from shouwen.cli import run
sys.exit(run(sys.argv[1:]))
"""
TAKEN = (
    "intake",
    "--channel",
    "来电",
    "--subject",
    "一件",
    "--name",
    "张某",
    "--phone",
    "13812341234",
    "--scope",
    "本人",
    "--category",
)


@pytest.fixture
def bare(ledger: Path):
    """``bare("note", …)``: the command in a process that lacks those names; its stdout."""

    def runner(*words: str, code: int = 0) -> str:
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", TAKEN_OUT, "-L", str(ledger), "--as", "heping", *map(str, words)],
            capture_output=True, text=True, env={**os.environ, "PYTHONUTF8": "1"},
        )  # fmt: skip
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr
        return done.stdout

    return runner


def test_every_kind_of_act(bare, ledger: Path, tmp_path: Path) -> None:
    """Taken in, handed on, noted, closed, put away, kept apart, purged, charged, checked, reported, tidied."""
    name, wrong = bare(*TAKEN, "咨询").split()[0], bare(*TAKEN, "举报").split()[0]
    for one in (name, wrong):
        bare("note", one, "--text", "记")
        bare("close", one, "--outcome", "已答复", "--result", "好")
    bare("purge", wrong)
    assert not (ledger / "private" / f"{wrong}.yaml").exists()
    bare("archive", "--days", "0")
    bare("note", name, "--text", "再记")
    bare(
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
    for words in (
        ("check",),
        ("list", "--status", "all"),
        ("overdue",),
        ("evaluate", "2026"),
        ("export", "-o", tmp_path / "o.csv"),
        ("fmt",),
    ):
        bare(*words)
    raw = next(ledger.rglob(f"{name}.yaml")).read_bytes()
    assert b"\r" not in raw and raw.count("记".encode()) >= 2


def test_the_lock_is_held_there_too(bare, ledger: Path) -> None:
    """Two at once on one record: both stand."""
    from concurrent.futures import ThreadPoolExecutor

    name = bare(*TAKEN, "咨询").split()[0]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: bare("note", name, "--text", f"第{n}笔。"), range(8)))
    text = next(ledger.rglob(f"{name}.yaml")).read_text("utf-8")
    assert [n for n in range(8) if text.count(f"第{n}笔。") != 1] == []
