"""What a regulation lays down, line by line, against tables made from the documents."""

import re

import pytest

from shouwen.store.settings import load_policy
from tests.mutation.policies import FILES
from tests.support.rules import TABLES, expected, rules, told


@pytest.mark.parametrize("name", FILES)
def test_a_regulation_says_what_its_table_says(name: str) -> None:
    """Nobody changes a number, an article or a word of a regulation by the way.

    After a change that the document asks for, write the lines that differ into the table yourself.
    """
    policy = load_policy(name)
    wanted, found = expected(name), sorted(rules(policy))
    more, less = [x for x in found if x not in wanted], [x for x in wanted if x not in found]
    assert (more, less) == ([], []), "\n".join(["now:", *more, "in the table:", *less])
    assert found == wanted


def test_every_regulation_has_a_table() -> None:
    """One that is added later is held to its document too; no table speaks of one that is gone."""
    assert {path.stem for path in TABLES.glob("*.txt")} == set(FILES)
    assert all(told(load_policy(name)) for name in FILES if name != "base")


# Every number that a document states for what the program counts, by hand: 两次, 一次, 三次, 两次, 第二次; 六个月.
STATED = {
    ("bumen", "九", "thresholds.1", "at_least=2"), ("bumen", "九", "thresholds.2", "at_least=1"),
    ("bumen", "九", "thresholds.3", "at_least=3"), ("bumen", "九", "thresholds.4", "at_least=2"),
    ("bumen", "四", "thresholds.5", "at_least=1"), ("fayuan", "三(二)", "routing.3", "months=6"),
}  # fmt: skip


def test_no_number_stands_as_a_documents_that_it_does_not_state() -> None:
    """A limit in days that only this tool proposes says so (默认); the documents state six numbers in all."""
    found = set()
    for name in FILES:
        for line in expected(name):
            article, rule, values = map(str.strip, line.split("|", 2))
            if article not in ("默认", "—"):
                found |= {(name, article, rule, n) for n in re.findall(r"\b[a-z_]+=\d+\b", values)}
    assert found == STATED
