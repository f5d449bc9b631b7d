"""--json and --csv: the same as --format json and --format csv, on every command that has --format."""

import pytest
import typer

from shouwen.terminal.short_formats import SHORT, Formats
from tests.project.test_help import ALL, LEAVES
from tests.support.places import ROOT

EXAMPLE = ROOT / "ledger-example"

FORMATTED = {
    path: param.metavar.words
    for path in LEAVES
    for param in ALL[path].params
    if "--format" in param.opts and isinstance(param.metavar, Formats)
}


@pytest.mark.parametrize("path", LEAVES)
def test_every_format_option_has_its_short_forms(path):
    """One rule: where --format takes json or csv there is --json or --csv; elsewhere there is none."""
    options = {name for param in ALL[path].params for name in param.opts}
    assert ("--format" in options) == (path in FORMATTED)
    assert {word for word in SHORT if f"--{word}" in options} == set(SHORT) & set(FORMATTED.get(path, ()))


@pytest.mark.parametrize(
    "words",
    [
        ("list",), ("list", "--status", "all"), ("search", "证"), ("overdue",), ("route", "施工"), ("log",),
        ("evaluate", "2026"), ("bulletin",), ("policy", "list"), ("sanction", "list"), ("calendar", "show", "2026"),
        ("show", "CNCDF"), ("check",), ("policy", "show", "bumen"), ("sanction", "show", "M6MWH0"), ("export",),
        ("--as", "guotao", "stats"),
    ],
)  # fmt: skip
def test_the_short_form_gives_the_same_bytes(words, run):
    """What comes out is what the long form gives, before and behind the other words."""
    path = " ".join(word for word in words if word in {w for p in LEAVES for w in p.split()})
    known = next(formats for name, formats in FORMATTED.items() if path.startswith(name))
    for word in set(SHORT) & set(known):
        long = run("-L", EXAMPLE, *words, "--format", word, code=None)
        short = run("-L", EXAMPLE, *words, f"--{word}", code=None)
        both = run("-L", EXAMPLE, *words, f"--{word}", "--format", word, code=None)
        assert long.out and long == short == both


def test_an_act_gives_the_record(sw, inquiry):
    """--json of an act prints the record; the text of a note may still be called so."""
    import json

    name = inquiry()
    shown = json.loads(sw("wangfang", "note", name, "--text", "--json", "--json").out)
    assert (shown["id"], shown["events"][-1]["text"]) == (name, "--json")


@pytest.mark.parametrize(
    "words, said",
    [
        (["--json", "--format", "csv"], "--json 与 --format csv 互相矛盾；只写一个"),
        (["-f", "table", "--csv"], "--csv 与 --format table 互相矛盾；只写一个"),
        (["--json", "--csv"], "--csv 与 --json 互相矛盾；只写一个"),
        (["--json", "--csv", "--format", "csv"], "--json 与 --csv 互相矛盾；只写一个"),
    ],
)
def test_contradictions_are_refused(words, said, run):
    """Nobody's script gets the other format without a word."""
    refused = run("-L", EXAMPLE, "list", *words, code=2)
    assert (refused.out, refused.err) == ("", f"shouwen: {said}\n")


def test_a_contradiction_writes_nothing(sw, inquiry, ledger):
    """An act is refused before it is done."""
    name = inquiry()
    sw("wangfang", "note", name, "--text", "x", "--csv", code=2)
    assert "记事" not in next(ledger.glob("inquiries/*/*/*.yaml")).read_text("utf-8")


def test_the_words_are_the_programs(run):
    """Every format that an option names is one that it takes: the metavar and the check do not part."""
    for path, words in FORMATTED.items():
        (option,) = (p for p in ALL[path].params if "--format" in p.opts)
        context = typer.Context(ALL[path], info_name=path)
        assert tuple(item.value for item in option.shell_complete(context, "")) == words
