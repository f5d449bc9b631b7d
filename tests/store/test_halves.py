"""Two processes say what one would have said, whatever becomes of the second."""

import os
import shutil
import signal
import subprocess
import sys
import time

import pytest

from shouwen.store import parallel as module
from shouwen.store.parallel import halves
from tests.support.places import ROOT

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


@pytest.fixture
def two(monkeypatch):
    """Two processors, and little enough is much."""
    monkeypatch.setattr(module, "MANY", 2)
    monkeypatch.setattr(module, "_processors", lambda: 2)


def test_two_processes_each_do_one_half(two):
    """The halves come back in their order, each from a process of its own."""
    (first, mine), (second, other) = halves(lambda items: (list(items), os.getpid()), range(7))
    assert first + second == list(range(7)) and abs(len(first) - len(second)) <= 1
    assert mine == os.getpid() != other


@pytest.mark.parametrize(("many", "processors"), [(8, 2), (2, 1)])
def test_little_work_or_one_processor_is_done_here(monkeypatch, many, processors):
    """Where a second process gains nothing there is none."""
    monkeypatch.setattr(module, "MANY", many)
    monkeypatch.setattr(module, "_processors", lambda: processors)
    assert halves(lambda items: (list(items), os.getpid()), range(7)) == [([*range(7)], os.getpid())]


def _killed(items):
    os.kill(os.getpid(), signal.SIGKILL)


def _raises(items):
    raise MemoryError


def _cannot_be_sent(items):
    return lambda: items


@pytest.mark.parametrize("fate", [_killed, _raises, _cannot_be_sent])
def test_what_the_second_does_not_send_is_done_here(two, fate):
    """Killed, out of memory, unsendable: nothing is left out for it."""
    here = os.getpid()
    assert halves(lambda items: sum(items) if os.getpid() == here else fate(items), range(100)) == [
        sum(range(50)), sum(range(50, 100)),
    ]  # fmt: skip


def test_an_error_is_raised_here(two):
    """An error in the second half is the caller's to see, as if one process had met it."""

    def work(items):
        if 9 in items:
            raise ValueError("nine")

    with pytest.raises(ValueError, match="nine"):
        halves(work, range(10))


def test_stopped_here_nobody_goes_on(two):
    """Ctrl-C ends the second process too, at once, and leaves no zombie."""
    here = os.getpid()

    def work(items):
        if os.getpid() == here:
            raise KeyboardInterrupt
        time.sleep(60)

    with pytest.raises(KeyboardInterrupt):
        halves(work, range(10))
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


SAYS = """
from shouwen.store import parallel
parallel.MANY, parallel._processors = 2, lambda: 2
print("once", end="")
print(parallel.halves(sum, range(4)))
"""


def test_what_was_said_before_is_not_said_twice():
    """What the first has said and not yet written is not written by the second as well."""
    done = subprocess.run([sys.executable, "-c", SAYS], capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("once[1, 5]\n", "")


REPORTS = (
    ("overdue",), ("overdue", "--format", "jsonl", "--soon", "3"), ("overdue", "--mine"), ("check",),
    ("overdue", "--as-of", "2026-06-30"), ("evaluate", "2026"), ("evaluate", "2026", "--format", "json"),
    ("list",), ("list", "--status", "all", "--archive", "--sort", "-due", "--format", "json"),
    ("search", "材料"), ("search", "a", "--in", "name"),
)  # fmt: skip


@pytest.fixture
def copy(tmp_path):
    """The example, with an unreadable record in either half, and one that lies there twice."""
    target = tmp_path / "example"
    shutil.copytree(ROOT / "ledger-example", target)
    records = sorted(target.glob("inquiries/*/*/*.yaml"))
    for path in (records[0], records[-1]):
        path.write_bytes(path.read_bytes().replace(b"subject:", b"sbject:", 1))
    archived = target / "archive" / records[1].relative_to(target / "inquiries")
    archived.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(records[1], archived)
    return target


@pytest.mark.parametrize("broken", [False, True], ids=["sound", "broken"])
@pytest.mark.parametrize("words", REPORTS, ids=" ".join)
def test_every_report_is_the_same_by_two(copy, run, monkeypatch, words, broken):
    """Rows, counts, problems and exit codes do not depend on how many processes read."""
    ledger = copy if broken else ROOT / "ledger-example"
    args = ("-L", str(ledger), "--as", "wangfang", *words)
    one = run(*args, code=None)
    monkeypatch.setattr(module, "MANY", 2)
    monkeypatch.setattr(module, "_processors", lambda: 2)
    two = run(*args, code=None)
    assert (two.code, two.out, two.err) == (one.code, one.out, one.err)
    assert one.out or one.err
