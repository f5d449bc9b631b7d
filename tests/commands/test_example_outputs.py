"""What every report makes of the example ledger, to the last character: nothing changes unseen.

Which findings and figures are right is held by the rules' own tests; these hold what is shown of them, in every
format. After a change that is meant: SHOUWEN_GOLDEN=1 rewrites tests/commands/example, then read the diff.
"""

import json
import os
import shutil
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
PLAIN = ((), ("check",), ("sanction", "report", "--from-overdue"))
BULKY = {  # whose other formats say what those of a report beside it say
    "bulletin": ("table", "html", "markdown"), "overdue-holder": ("table", "html", "markdown", "json"),
    "overdue-department": ("table", "html"),
}  # fmt: skip
FORMATS = ("table", "json", "jsonl", "csv", "html", "markdown", "ics", "text")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example outside of any repository: no version of this project stands in its reports."""
    root = tmp_path_factory.mktemp("example") / "ledger"
    shutil.copytree(EXAMPLE, root)
    return root


@pytest.fixture
def on_example(copy: Path, run):
    """``on_example("list", …)``: a run of the program there, as 王芳."""
    return lambda *words: run("-L", copy, "--as", "wangfang", *words, code=None)


def shown(on_example, *words: str) -> str:
    """Both streams of a run on the example, what is talk below a line; '' where it takes no such words."""
    result = on_example(*words)
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


def together(on_example, format: str) -> str:
    """Every report that has a format, each below its name."""
    told = ((name, shown(on_example, *words, "--format", format)) for name, words in REPORTS.items()
            if format in BULKY.get(name, FORMATS))  # fmt: skip
    return "".join(f"== {name}\n{text}" for name, text in told if text)


@pytest.mark.parametrize("format", FORMATS)
def test_every_report(format, on_example):
    """In every format that it has."""
    text = together(on_example, format)
    assert text == kept(f"reports.{format}", text)


def ids(on_example, *words: str) -> list[str]:
    """The ids of what a list of the example has."""
    return [
        item["id"]
        for item in json.loads(shown(on_example, *words, "--format", "json").partition(TALK)[0])["items"]
    ]


@pytest.mark.parametrize("format", ["text", "json", "html"])
def test_every_record(on_example, format):
    """The whole story of each inquiry, why its limits run out when they do, and of each case."""
    html = format == "html"
    records = ids(on_example, "list", "--status", "all")[-12 if html else 0 :]
    told = [shown(on_example, "show", one, "--why-due", "--format", format) for one in records]
    told += [
        shown(on_example, "sanction", "show", one, "--format", format)
        for one in ids(on_example, "sanction", "list")
    ]
    text = "".join(told)
    assert text == kept(f"records.{format}", text)


@pytest.mark.parametrize("format", ["text", "markdown", "html"])
def test_every_form(on_example, format):
    """Of an inquiry with much to tell, and the registers of its month."""
    told = []
    for name, kind in KINDS.items():
        words = ("20261105-G4D87K",) if kind.rows else ("--from", "2026-11-01")
        told.append(shown(on_example, "form", name, *words, "--format", format))
    text = "".join(told)
    assert text == kept(f"forms.{format}", text)


def test_every_regulation(on_example):
    """Everything that it lays down, article by article."""
    text = "".join(f"== {name}\n{shown(on_example, 'policy', 'show', name)}" for name in policy_ids(""))
    assert text == kept("regulations.txt", text)


def test_what_has_one_form(on_example):
    """Today's page, what is wrong, the leads with the command for each."""
    text = "".join(f"== {' '.join(words)}\n{shown(on_example, *words)}" for words in PLAIN)
    assert text == kept("plain.txt", text)


@pytest.mark.parametrize("width", ["40", "80"])
def test_help(run, width, monkeypatch):
    """What a newcomer reads first: every page, at two widths."""
    monkeypatch.setenv("COLUMNS", width)
    text = "".join(
        f"$ {' '.join(words)}\n{run(*words, '--help').out}" for words in (each.split() for each in ALL)
    )
    assert text == kept(f"help-{width}.txt", text)
