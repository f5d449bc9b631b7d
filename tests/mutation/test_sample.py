"""The program that draws changes: a change is one place of one function, and leaves it a program."""

import ast

import pytest

from tests.mutation.changes import changes
from tests.mutation.forked import codes
from tests.mutation.sample import LAYERS, concerned, drawn
from tests.support.places import ROOT

FILE = "shouwen/services/seats.py"


def test_every_change_leaves_a_program_that_differs():
    """One that does not compile, or says the same, would be noticed or survive for no reason of the tests."""
    raw = (ROOT / FILE).read_bytes()
    found = changes(FILE)
    texts = [raw[: c.start] + c.new.encode() + raw[c.end :] for c in found]
    assert len(found) > 100
    assert all(ast.dump(ast.parse(text)) != ast.dump(ast.parse(raw)) for text in texts)


def test_what_is_changed_is_named_by_its_function():
    """The tests that are asked about a change are those that call the function in which it stands."""
    first = {f"{FILE}:{c.co_firstlineno}" for c in codes(compile((ROOT / FILE).read_bytes(), FILE, "exec"))}
    assert {c.function for c in changes(FILE) if c.function} <= first


@pytest.mark.parametrize("layer", LAYERS)
def test_the_same_seed_draws_the_same(layer):
    """A figure in docs/mutation.md can be had again; each layer has as many changes as are asked for."""
    one = drawn(layer, 30, 7)
    assert one == drawn(layer, 30, 7)
    assert len(set(one)) == 30
    assert one != drawn(layer, 30, 8)


def test_the_quickest_tests_are_asked_first():
    """A change that every test notices costs as much as the quickest of them."""
    change = next(c for c in changes(FILE) if c.function)
    reach = {
        "tests": {"slow": 2.0, "quick": 0.1, "other": 0.0},
        "functions": {change.function: ["slow", "quick"]},
    }
    assert concerned(change, reach) == ["quick", "slow"]
    assert concerned(change._replace(function="shouwen/x.py:1"), reach) == []
