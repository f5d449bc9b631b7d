"""Golden outputs are written by the program: their decisive values stand beside them, worked out by hand.

Regenerating an output blesses a fault with it; who, when, which article, in which order and how many is therefore said
a second time, in a ``decisive.yaml`` that nothing writes.
"""

import os
import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.support.places import ROOT

HERE = Path(__file__).parent
GOLDEN = [
    ROOT / "tests" / place
    for place in (
        "commands/example", "commands/lookup/forms", "commands/oversight/appraisal", "commands/oversight/bulletin", "render/forms/whole",
    )
]  # fmt: skip
Statement = str | list[str]


def stated(folder: Path) -> dict[str, list[Statement]]:
    """The statements about each file of a folder."""
    return YAML(typ="safe").load((folder / "decisive.yaml").read_text("utf-8"))


def cells(line: str) -> list[str]:
    """What stands side by side in a line: between strokes, or two blanks and more."""
    bare = line.strip().strip("|").strip() if "|" in line else line.strip()
    return [cell.strip() for cell in re.split(r"\s*\|\s*" if "|" in line else r" {2,}", bare)]


def says(line: str, statement: Statement) -> bool:
    """Whether a line states something: a text somewhere in it, or cells side by side; … stands for any cells."""
    if isinstance(statement, str):
        return statement in line
    found, marks = cells(line), "".join(".*" if s == "…" else re.escape(f"⟨{s}⟩") for s in statement)
    return bool(re.search(marks, "".join(f"⟨{c}⟩" for c in found)))


def missing(text: str, statements: list[Statement]) -> Statement | None:
    """The first statement that no line after those of the ones before it makes; None if all are made."""
    lines = iter(text.splitlines())
    return next((s for s in statements if not any(says(line, s) for line in lines)), None)


CASES = [(folder, name) for folder in GOLDEN for name in stated(folder)]


@pytest.mark.parametrize(("folder", "name"), CASES, ids=[f"{f.name}/{n}" for f, n in CASES])
def test_a_golden_output_says_what_was_worked_out(folder: Path, name: str) -> None:
    """Every decisive value, in this order."""
    assert missing((folder / name).read_text("utf-8"), stated(folder)[name]) is None


@pytest.mark.parametrize("page", stated(HERE))
def test_the_outputs_in_the_pages_say_what_was_worked_out(page: str) -> None:
    """The READMEs and docs show outputs that are brought up to date by a program, too."""
    assert missing((ROOT / page).read_text("utf-8"), stated(HERE)[page]) is None


@pytest.mark.parametrize("folder", GOLDEN, ids=lambda f: f.name)
def test_no_golden_output_is_left_out(folder: Path) -> None:
    """A new golden file needs its values; one that is gone takes them along."""
    assert set(stated(folder)) == {f for f in os.listdir(folder) if f not in ("decisive.yaml", "__pycache__")}
    assert min(len(each) for each in stated(folder).values()) > 1


def test_every_folder_of_golden_files_is_known() -> None:
    """Whatever SHOUWEN_GOLDEN rewrites stands in the table of this module."""
    places = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        text = path.read_text("utf-8")
        if '"SHOUWEN_GOLDEN" in os.environ' in text and path != Path(__file__):
            places.add(path.parent / re.search(r'GOLDEN = Path\(__file__\)\.parent / "(\w+)"', text)[1])
    assert places == set(GOLDEN)


@pytest.mark.parametrize(("folder", "name"), CASES, ids=[f"{f.name}/{n}" for f, n in CASES])
def test_a_wrong_value_or_order_is_noticed(folder: Path, name: str) -> None:
    """With a figure one higher, or the lines the other way round, a statement fails: the table can find a fault."""
    text, statements = (folder / name).read_text("utf-8"), stated(folder)[name]
    one_more = re.sub(r"[0-9]", lambda d: str((int(d[0]) + 1) % 10), text)
    assert missing(one_more, statements) is not None
    assert missing("\n".join(reversed(text.splitlines())), statements) is not None
