"""What a regulation lays down, line by line, against tables made from the documents."""

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
