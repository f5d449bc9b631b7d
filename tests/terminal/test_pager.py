"""Long output on a terminal goes through the pager; nothing else ever does."""

import os
import sys
from pathlib import Path

import pexpect
import pytest

PROGRAM = str(Path(sys.executable).parent / "shouwen")


@pytest.fixture
def marking(tmp_path: Path) -> str:
    """A pager that says that it was used, and shows what it was given."""
    program = tmp_path / "pager"
    program.write_text("#!/bin/sh\necho PAGED $*\nexec cat\n", "utf-8")
    program.chmod(0o755)
    return str(program)


@pytest.fixture
def screen(ledger):
    """``screen(*words, lines, **environment)``: what a terminal of so many lines shows, and the exit code."""

    def shown(*words: str, lines: int, **environment: str) -> tuple[str, int]:
        env = {**os.environ, "TERM": "xterm", "LC_ALL": "C.UTF-8", **environment}
        for size in ("COLUMNS", "LINES"):
            env.pop(size, None)
        child = pexpect.spawn(PROGRAM, ["-L", str(ledger), *words], env=env, encoding="utf-8", timeout=30,
                              dimensions=(lines, 200))  # fmt: skip
        child.expect(pexpect.EOF)
        child.close()
        return child.before, child.exitstatus

    return shown


LONG = [("policy", "show", "bumen"), ("list",), ("overdue", "--as-of", "2026-12-20")]


@pytest.mark.parametrize("words", LONG, ids=lambda words: words[0])
def test_long_output_is_paged(words, screen, marking, inquiry):
    """More lines than the screen has: the pager shows them all, its words and options as $PAGER has them."""
    for _ in range(3):
        inquiry()
    text, code = screen(*words, lines=4, PAGER=f"{marking} -x")
    assert text.startswith("PAGED -x\r\n")
    plain, _ = screen(*words, lines=4, PAGER="cat")
    assert "PAGED" not in plain
    assert text.removeprefix("PAGED -x\r\n") == plain
    assert code == 0


def test_short_output_is_not(screen, marking, inquiry):
    """What fits on the screen is simply printed."""
    inquiry()
    assert "PAGED" not in screen("list", lines=40, PAGER=marking)[0]


@pytest.mark.parametrize("pager", ["", "cat", "/nowhere/less", "  "])
def test_pagers_that_are_none(pager, screen):
    """Switched off, or not there: the output comes all the same."""
    text, code = screen("policy", "show", "bumen", lines=4, PAGER=pager)
    assert "第九条" in text
    assert code == 0


def test_no_pager(screen, marking):
    """--no-pager goes before $PAGER; a terminal that can do nothing gets none either."""
    assert "PAGED" not in screen("--no-pager", "policy", "show", "bumen", lines=4, PAGER=marking)[0]
    assert "PAGED" not in screen("policy", "show", "bumen", lines=4, PAGER=marking, TERM="dumb")[0]


def test_never_in_a_pipe(process, ledger, marking):
    """A script that reads the output reads the output."""
    done = process(
        "-L", ledger, "policy", "show", "bumen", env={"PAGER": marking, "TERM": "xterm", "LINES": "4"}
    )
    assert "PAGED" not in done.stdout and "第九条" in done.stdout


def test_left_early(screen, tmp_path):
    """``q`` after the first page: no error, exit code 0."""
    program = tmp_path / "quitter"
    program.write_text("#!/bin/sh\nhead -n 1\n", "utf-8")
    program.chmod(0o755)
    text, code = screen("policy", "show", "bumen", lines=4, PAGER=str(program))
    assert (text.count("\n"), code) == (1, 0)


@pytest.mark.parametrize("columns", [80, 200])
@pytest.mark.parametrize("words", [("list",), ("overdue", "--as-of", "2026-12-20")], ids=lambda w: w[0])
def test_gbk_terminal_and_emoji(words, columns, ledger, inquiry, process):
    """A Windows terminal of code page 936, narrow or wide: no crash, what it cannot show is escaped."""
    inquiry(subject="许可证😀")
    done = process(
        "-L", ledger, *words, env={"PYTHONIOENCODING": "gbk", "COLUMNS": str(columns)}, encoding="gbk"
    )
    assert "许可证\\U0001f600" in done.stdout
    assert done.returncode == 0
