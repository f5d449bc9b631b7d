"""What every report makes of the example ledger, to the last character: nothing changes unseen.

Which findings and figures are right is held by the rules' own tests; these hold what is shown of them, in every
format. After a change that is meant: SHOUWEN_GOLDEN=1 rewrites tests/commands/example, then read the diff.
"""

import json
import os
from pathlib import Path

import pytest

from shouwen.render.forms.catalogue import KINDS
from shouwen.store.settings import policy_ids
from tests.project.test_help import ALL
from tests.support.places import ROOT

GOLDEN = Path(__file__).parent / "example"
REWRITE = "SHOUWEN_GOLDEN" in os.environ
EXAMPLE = ROOT / "ledger-example"
TIMES = {"SHOUWEN_NOW": "2026-11-23T09:00", "SHOUWEN_MEMO": "off", "COLUMNS": "120"}
TALK = "----\n"
CARRIAGE_RETURN = "␍"  # so that no editor, nor git, changes it

REPORTS = {
    "list": ("list",),
    "list-all": ("list", "--status", "all"),
    "search": ("search", "施工"),
    "log": ("log", "--from", "2026-11-01"),
    "stats": ("stats", "--staff", "wangfang"),
    "route": ("route",),
    "calendar": ("calendar", "show"),
    "sanctions": ("sanction", "list"),
    "overdue": ("overdue", "--soon", "3"),
    "overdue-holder": ("overdue", "--by", "holder"),
    "overdue-department": ("overdue", "--by", "department"),
    "bulletin": ("bulletin", "--month", "2026-10"),
    "bulletin-department": ("bulletin", "--month", "2026-10", "--by", "department"),
    "evaluate": ("evaluate", "2026"),
    "evaluate-one": ("evaluate", "2026", "--staff", "lijie"),
}
BULKY = {"bulletin": ("table", "html", "markdown")}  # its data are those of bulletin-department, for more
FORMATS = ("table", "json", "jsonl", "csv", "html", "markdown", "ics", "eml", "text")


def shown(run, *words: str) -> str:
    """Both streams of a run on the example, what is talk below a line; '' where it takes no such words."""
    result = run("-L", EXAMPLE, "--as", "wangfang", *words, code=None)
    if result.code == 2:
        return ""
    return result.out + (TALK + result.err if result.err else "")


def kept(name: str, text: str) -> str:
    """What is kept of an output; rewritten first where that was asked for."""
    path = GOLDEN / name
    if REWRITE:
        GOLDEN.mkdir(exist_ok=True)
        path.write_text(text.replace("\r", CARRIAGE_RETURN), "utf-8")
    return path.read_text("utf-8").replace(CARRIAGE_RETURN, "\r")


@pytest.fixture(autouse=True)
def one_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    """The example on the Monday on which its README looks at it, 120 columns wide."""
    for name, value in TIMES.items():
        monkeypatch.setenv(name, value)


@pytest.mark.parametrize("name", REPORTS)
def test_a_report(name, run):
    """In every format that it has."""
    for format in BULKY.get(name, FORMATS):
        if text := shown(run, *REPORTS[name], "--format", format):
            assert text == kept(f"{name}.{format}", text), f"--format {format}"


def ids(run, *words: str) -> list[str]:
    """The ids of what a list of the example has."""
    return [
        item["id"] for item in json.loads(shown(run, *words, "--format", "json").partition(TALK)[0])["items"]
    ]


@pytest.mark.parametrize("format", ["text", "json", "html"])
def test_every_record(run, format):
    """The whole story of each inquiry, why its limits run out when they do, and of each case."""
    html = format == "html"
    records = ids(run, "list", "--status", "all")[-12 if html else 0 :]
    told = [shown(run, "show", one, "--why-due", "--format", format) for one in records]
    told += [shown(run, "sanction", "show", one, "--format", format) for one in ids(run, "sanction", "list")]
    text = "".join(told)
    assert text == kept(f"records.{format}", text)


@pytest.mark.parametrize("format", ["text", "markdown", "html"])
def test_every_form(run, format):
    """Of an inquiry with much to tell, and the registers of its month."""
    told = []
    for name, kind in KINDS.items():
        words = ("20261105-G4D87K",) if kind.rows else ("--from", "2026-11-01")
        told.append(shown(run, "form", name, *words, "--format", format))
    text = "".join(told)
    assert text == kept(f"forms.{format}", text)


@pytest.mark.parametrize("name", policy_ids(""))
def test_a_regulation(run, name):
    """Everything that it lays down, article by article."""
    text = shown(run, "policy", "show", name)
    assert text == kept(f"policy-{name}.txt", text)


@pytest.mark.parametrize(
    "words", [(), ("check",), ("sanction", "report", "--from-overdue")], ids=["today", "check", "leads"]
)
def test_what_has_one_form(run, words):
    """Today's page, what is wrong, the leads with the command for each."""
    text = shown(run, *words)
    assert text == kept(f"{words[-1].strip('-') if words else 'today'}.txt", text)


@pytest.mark.parametrize("width", ["40", "80"])
def test_help(run, width, monkeypatch):
    """What a newcomer reads first: every page, at two widths."""
    monkeypatch.setenv("COLUMNS", width)
    text = "".join(
        f"$ {' '.join(words)}\n{run(*words, '--help').out}" for words in (each.split() for each in ALL)
    )
    assert text == kept(f"help-{width}.txt", text)
