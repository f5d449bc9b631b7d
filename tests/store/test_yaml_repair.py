"""A slip in a file that people write is named where it was made, with a mend that helps, not where a parser stumbled."""

import os
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.errors import BadData, Problem
from shouwen.store.settings import BUILT_IN
from shouwen.store.yaml import compose
from shouwen.store.yaml_repair import slip

with open(os.path.join(BUILT_IN, "bumen.yaml"), encoding="utf-8") as file:
    GOOD = file.read().split("\n")
# How a row is spoilt, and what is said of it; None where the row has nothing of the kind.
SLIPS = {
    "全角冒号": (lambda row: row.replace(": ", "：", 1), "全角冒号|缺一个冒号"),
    "冒号后面没有空格": (lambda row: row.replace(": ", ":", 1), "缺一个空格"),
    "少了右括号": (lambda row: row.replace("]", "", 1), r"\[ 没有配对"),
    "少了左括号": (lambda row: row.replace("[", "", 1), "] 没有配对"),
    "少了右花括号": (lambda row: row.replace("}", "", 1), r"\{ 没有配对"),
    "多了引号": (lambda row: row.replace(": ", ': "', 1), "引号没有配对"),
    "缩进多一格": (lambda row: " " + row, "没有对齐"),
    "制表符": (lambda row: re.sub("^ +", "\t", row), "制表符"),
}
ROWS = [n for n, row in enumerate(GOOD, 1) if row.strip() and row.lstrip()[0] != "#"]


def told(rows: list[str]) -> list[Problem]:
    """What is wrong with the text as YAML; nothing where it reads."""
    try:
        compose("\n".join(rows), "policies/bumen.yaml")
    except BadData as error:
        return error.problems
    return []


@pytest.mark.parametrize("kind", SLIPS)
@pytest.mark.parametrize("part", range(4))
def test_the_row_is_named(kind: str, part: int) -> None:
    """Full-width signs that stand as text in good rows above and below are never blamed."""
    spoil, said = SLIPS[kind]
    found = 0
    for number in ROWS[part * 5 :: 23]:
        row = spoil(GOOD[number - 1])
        if kind == "缩进多一格" and row.endswith(":"):
            continue  # the head of a block: it is the next head that is out of line with it
        if row == GOOD[number - 1] or not (problems := told([*GOOD[: number - 1], row, *GOOD[number:]])):
            continue  # nothing of the kind there, or it still reads
        found += 1
        (problem,) = problems
        assert abs(problem.line - number) <= 1 and problem.hint, (number, row, str(problem))
        assert re.search(said, problem.text) or problem.line != number, (number, row, str(problem))
    assert found or kind in ("少了右花括号", "少了左括号", "少了右括号", "制表符", "缩进多一格")


def test_what_nothing_mends_is_said_where_it_is() -> None:
    """A row of rubbish: the parser's own place, and what to look at."""
    (problem,) = told(["name: 某局", "]]}} : [", "policy: bumen"])
    assert problem.line == 2 and "看这一行和上一行" in problem.hint


@given(st.text(alphabet="ab:：,，[]{}\"' \t\n-#甲", max_size=60), st.integers(0, 5))
def test_any_text_may_be_tried(text: str, line: int) -> None:
    """Whatever a file holds the trying ends, and its place lies within the text."""
    sign = slip(text, line)
    rows = text.split("\n")
    assert sign is None or 1 <= sign.line <= len(rows) and 1 <= sign.column <= len(rows[sign.line - 1]) + 1
