"""Promises of shouwen/docs/promises.md that belong to no single part of the program."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

READING = (
    ("show",), ("list", "--status", "all"), ("overdue",), ("check",), ("evaluate", "2026"), ("route",),
    ("policy", "show", "bumen"), ("calendar", "show"), ("sanction", "list"), ("fmt", "--check"), ("bulletin",),
)  # fmt: skip


def contents(root: Path) -> dict[str, tuple[bytes, int]]:
    """Every file of a ledger with its bytes and the time it was last written."""
    files = [p for p in root.rglob("*") if p.is_file()]
    return {str(p.relative_to(root)): (p.read_bytes(), p.stat().st_mtime_ns) for p in files}


@pytest.mark.parametrize("words", READING, ids=lambda words: words[0])
def test_reading_writes_nothing(words: tuple[str, ...], ledger: Path, sw, inquiry) -> None:
    """No lock, no cache, no touched file: an archive on a read-only disk can be reported on."""
    name = inquiry()
    before = contents(ledger)
    sw("wangfang", *words, *([name] if words == ("show",) else []))
    assert contents(ledger) == before


@pytest.mark.parametrize(
    "words",
    [("accept",), ("close", "--outcome", "不予办理", "--result", "不行"), ("note", "--text", "早", "--at", "2026-11-01 09:00")],
    ids=["move", "duty", "time"],
)  # fmt: skip
def test_a_refused_act_writes_nothing(words: tuple[str, ...], ledger: Path, sw, inquiry) -> None:
    """Exit 3 means that the ledger is byte for byte what it was."""
    name = inquiry()
    before = contents(ledger)
    act, *options = words
    sw("wangfang", act, name, *options, code=3)
    assert contents(ledger) == before


@pytest.mark.parametrize("words", [("overdue",), ("list",)], ids=lambda words: words[0])
def test_what_cannot_be_read_is_never_left_out(words: tuple[str, ...], ledger: Path, sw, inquiry) -> None:
    """The rest is reported, the broken record is named with its line, and the exit code says so."""
    good, bad = inquiry(), inquiry()
    path = next(ledger.rglob(f"{bad}.yaml"))
    path.write_text(path.read_text("utf-8").replace("channel:", "chanel:"), "utf-8")
    report = sw("wangfang", *words, "--as-of", "2026-12-10", "--format", "json", code=5)
    value = json.loads(report.out)
    assert {item["id"] for item in value["items"]} == {good}
    assert [(p["path"], p["line"], p["check"]) for p in value["unreadable"]] == [
        (str(path.relative_to(ledger)), 3, "keys")
    ]


def test_same_ledger_same_bytes(ledger: Path, process: Callable, inquiry) -> None:
    """Two runs of a report, in processes with different hash seeds, agree to the byte."""
    for n in range(5):
        inquiry(subject=f"事由{n}")
    for words in (("evaluate", "2026"), ("overdue", "--as-of", "2026-12-10"), ("list",), ("bulletin",)):
        runs = [
            process("-L", ledger, *words, "--format", "json", env={"PYTHONHASHSEED": seed}) for seed in "12"
        ]
        assert runs[0].stdout == runs[1].stdout != ""


def test_nothing_is_lost_when_many_write_at_once(ledger: Path, sw, inquiry) -> None:
    """Eight processes append to one record at the same time: all events stand, each once."""
    name = inquiry()
    program = Path(sys.executable).parent / "shouwen"
    running = [
        subprocess.Popen([program, "-L", ledger, "--as", "wangfang", "note", name, "--text", f"第{n}"],
                         env=os.environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for n in range(8)
    ]  # fmt: skip
    codes = []
    for each in running:
        each.communicate(timeout=60)
        codes.append(each.returncode)
    shown = json.loads(sw("wangfang", "show", name, "--format", "json").out)
    said = sorted(e["text"] for e in shown["events"])
    assert len(said) == len(set(said)) == codes.count(0) >= 5  # who gives up has seen five others succeed
    assert set(codes) <= {0, 6}
    assert sw("wangfang", "check").out == ""
