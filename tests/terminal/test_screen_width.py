"""Whatever is printed on a terminal fits it, at any width; only an id, a path or an address may be wider."""

import io
import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from shouwen import cli
from shouwen.core.vocabulary import clean
from shouwen.render.bulletin.text import bars
from shouwen.render.width import on_screen, width
from shouwen.terminal.screen import screen
from tests.project.test_help import LEAVES
from tests.support.places import ROOT

EXAMPLE = ROOT / "ledger-example"
WIDTHS = (40, 60, 80, 120)
YEAR = ("--from", "2026-01-01", "--to", "2026-11-23")
# Every command that only looks, in the ways it can be asked; None is today's page.
LOOKING: dict[str | None, list[tuple[str, ...]]] = {
    None: [()],
    "show": [("T0J1PC",), ("DMKY31", "--why-due"), ("8R7RTE", "--why-due"), ("G4D87K",), ("Z1S8J1",)],
    "list": [(), ("--status", "all"), ("--department", "规划科", "-f", "plain")],
    "search": [("证",)],
    "log": [("-n", "60"), ("--archive", "-n", "30", "-f", "plain")],
    "stats": [(), ("--staff", "郭涛", *YEAR)],
    "route": [(), ("施工",)],
    "form": [(), ("回执单", "T0J1PC"), ("交接表", "T0J1PC"), ("受理登记表", "CZ3BN3"), ("督办单", "T0J1PC"),
             ("一览表", "CZ3BN3"), ("台账", *YEAR), ("汇总表", *YEAR)],
    "overdue": [(), ("--soon", "5"), ("--by", "department"), ("--by", "holder"), ("-f", "plain")],
    "sanction list": [(), ("--missed",), ("-f", "plain")],
    "sanction show": [("WAQ53G",), ("M6MWH0",), ("Q9RC7F",), ("GZVJY1",)],
    "evaluate": [("2026",), ("2025", "-f", "table"), ("2026", "-f", "plain", "--staff", "王芳")],
    "bulletin": [YEAR, ("--month", "2026-10", "--by", "department"), (*YEAR, "--by", "staff", "-f", "plain")],
    "policy list": [()],
    "policy show": [("bumen",), ("jiujiang",), ("bumen", "--article", "四")],
    "policy check": [()],
    "calendar show": [("2026",), ("2030",)],
    "calendar add": [("2026-11-20", "5")],
    "calendar between": [("2026-11-01", "2026-11-23")],
    "check": [(), ("--explain", "powers")],
}  # fmt: skip
WRITING = {
    "init", "intake", "handoff", "accept", "return", "progress", "note", "notify", "supplement", "suspend", "resume",
    "escalate", "instruct", "extend", "appoint", "urge", "supervise", "close", "callback", "reopen", "correct",
    "withdraw", "join", "receive", "giveback", "object", "calendar change", "calendar import", "fmt", "archive",
    "purge", "export", "import", "git setup", "sync", "heal", "completion",
}  # fmt: skip


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def _seen(monkeypatch: pytest.MonkeyPatch, columns: int, *words: str) -> list[str]:
    """What a terminal of so many columns is given, stdout and stderr."""
    out, err = _Terminal(), _Terminal()
    with monkeypatch.context() as patch:
        patch.setenv("COLUMNS", str(columns))
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        patch.setattr(sys, "stdin", io.StringIO())
        try:
            code = cli.run(["-L", str(EXAMPLE), "--as", "wangfang", "--no-pager", *words])
        except SystemExit as stop:
            code = stop.code or 0
    assert code in (0, 1, 2, 3, 4), out.getvalue() + err.getvalue()
    return (out.getvalue() + err.getvalue()).splitlines()


def _too_wide(lines: list[str], columns: int) -> list[str]:
    """The lines that are wider than the screen, but for one word that cannot be broken."""
    wide = [line for line in lines if wcswidth(line) > columns]
    return [
        line
        for line in wide
        if not re.fullmatch(r"[（“《]*[\x21-\x7e]+[，。；：、！？）”》…]*", line.strip())
    ]


def test_every_command_is_here():
    """A new command that looks must be looked at on a narrow screen too."""
    groups = ("sanction ", "staff ", "department ")
    looking = {path for path in LEAVES if path not in WRITING and not path.startswith(groups)}
    assert looking | {"sanction list", "sanction show"} == {name for name in LOOKING if name}


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("name", LOOKING, ids=str)
def test_what_is_shown_fits(name, columns, monkeypatch):
    """One rule for all of them, whatever they are asked."""
    for words in LOOKING[name]:
        lines = _seen(monkeypatch, columns, *(name or "").split(), *words)
        assert lines and _too_wide(lines, columns) == [], words


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("path", LEAVES)
def test_refusals_and_helps_fit(path, columns, monkeypatch):
    """Without its words, with one that it does not know, of a record that is not there; and how it is used."""
    for words in ((), ("--没有这个选项",), ("ZZZZZZ", "--as", "nobody"), ("--help",)):
        if path in (
            "sync",
            "heal",
            "git setup",
            "fmt",
            "archive",
            "purge",
            "export",
            "init",
        ) and "--" not in "".join(words):
            continue  # these would do something
        assert _too_wide(_seen(monkeypatch, columns, *path.split(), *words), columns) == [], words


def test_who_asks_for_everything_gets_it_as_wide_as_it_is(monkeypatch):
    """--wide is the one exception: a table of all columns, each row a line."""
    wide = _seen(monkeypatch, 40, "list", "--wide", "--status", "all")
    assert max(map(wcswidth, wide)) > 100 and not [line for line in wide if line.startswith("  ")]


def test_data_for_programs_is_not_touched(monkeypatch, run):
    """CSV, JSON, markdown on a terminal are the same bytes as in a pipe."""
    for name in ("csv", "json", "markdown"):
        words = ("overdue", "--format", name)
        piped = run("-L", EXAMPLE, "--as", "wangfang", *words, code=None)
        lines = piped.out.splitlines()
        assert lines and _seen(monkeypatch, 40, *words)[: len(lines)] == lines


@pytest.mark.parametrize(
    ("stated", "columns"), [("33", 33), ("0", 80), ("", 80), ("x", 80), ("-5", 80), ("４０", 80)]
)
def test_how_wide_a_screen_is(stated, columns, monkeypatch):
    """$COLUMNS decides; a terminal that does not tell has 80; what is no terminal has none."""
    monkeypatch.setenv("COLUMNS", stated)
    assert screen(_Terminal()) == columns and screen(io.StringIO()) == 0


WORDS = st.lists(
    st.one_of(
        st.text("首问负责制办理材料（），。：“”", min_size=1, max_size=30), st.sampled_from(["K7Q4QX", "--why-due", "2026-11-23 09:15"])
    ),
    max_size=12,
)  # fmt: skip


@given(st.lists(WORDS, max_size=5), st.integers(20, 120), st.integers(0, 8))
def test_every_line_fits_and_nothing_is_lost(lines, columns, indent):
    """Any text: each character once and in order; a line that fits is not touched."""
    text = "\n".join(" " * indent + " ".join(words) for words in lines)
    shown = on_screen(text, columns)
    assert all(width(line) <= columns for line in shown.split("\n"))
    assert "".join(shown.split()) == "".join(text.split())
    if all(width(line) <= columns for line in text.split("\n")):
        assert shown == text
    assert clean(on_screen("", columns)) == ""


@pytest.mark.parametrize(
    "word",
    ["inquiries/2026/11/20261119-YHX3MQ.yaml:14:", "https://example.org/a/very/long/address/of/a/page"],
)
def test_what_is_to_be_copied_stays_whole(word):
    """A path or an address wider than the screen has a line of its own."""
    assert word in [line.strip() for line in on_screen(f"  见 {word} 转办未生效，核实后另记", 24).split("\n")]


@pytest.mark.parametrize(("columns", "longest"), [(0, 24), (120, 24), (36, 14), (28, 6), (27, 0)])
def test_bars_are_as_long_as_there_is_room(columns, longest):
    """The full bar is what is left of the line; where that says nothing there are figures alone."""
    drawn = bars([("行政审批服务科", 12, "12"), ("规划科", 6, "6")], 0, columns)
    assert [line.count("█") for line in drawn.splitlines()] == [longest, longest // 2]
