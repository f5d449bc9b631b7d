"""Colour is for eyes alone: on a terminal, or where it is asked for; never in data."""

import pytest

RED = "\x1b[31m红牌"


@pytest.fixture
def late(inquiry) -> str:
    """An inquiry whose limit ran out a week ago."""
    return inquiry(received="2026-11-09 09:00")


@pytest.mark.parametrize("command", [["list"], ["list", "--format", "plain"], ["show"], []])
def test_always_colours_what_people_read(run, ledger, late, command):
    """--color always paints 红牌 red in tables and stories, also into a pipe (less -R, watch -c)."""
    words = [*command, late] if command == ["show"] else command
    text = run("-L", ledger, "--as", "wangfang", "--color", "always", *words).out
    assert RED in text and text.count("\x1b[31m") == text.count("\x1b[0m") - text.count("\x1b[33m")


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "tsv", "markdown", "html"])
def test_data_is_never_coloured(run, ledger, late, form):
    """What a program or a browser reads stays as it is, whatever --color says."""
    for command in ("list", "overdue"):
        assert "\x1b" not in run("-L", ledger, "--color", "always", command, "--format", form).out


def test_a_pipe_is_not_coloured_unless_asked(run, ledger, late, monkeypatch):
    """auto, the usual, colours nothing that is no terminal, with NO_COLOR or without."""
    monkeypatch.delenv("NO_COLOR")
    assert "\x1b" not in run("-L", ledger, "list").out + run("-L", ledger, "show", late).out


def test_an_unknown_wish_is_refused(run, ledger):
    """The three words are named."""
    assert "auto、always、never" in run("-L", ledger, "--color", "maybe", "list", code=2).err


def test_on_a_terminal(ledger, late, monkeypatch):
    """A real terminal shows colour; NO_COLOR and --color never switch it off."""
    import os
    import sys
    from pathlib import Path

    pexpect = pytest.importorskip("pexpect")
    program = str(Path(sys.executable).parent / "shouwen")
    env = {**os.environ, "TERM": "xterm"}
    env.pop("NO_COLOR")

    def seen(more: dict, *words: str) -> str:
        return pexpect.run(
            f"{program} -L {ledger} --no-pager {' '.join(words)} list", env=env | more, encoding="utf-8"
        )

    assert RED in seen({})
    assert "\x1b[31m" not in seen({"NO_COLOR": "1"}) + seen({}, "--color", "never")
