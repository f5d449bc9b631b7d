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
    names = {
        f"{FILE}:{c.co_qualname}".replace(".<locals>", "")
        for c in codes(compile((ROOT / FILE).read_bytes(), FILE, "exec"))
    }
    assert {c.function for c in changes(FILE) if c.function} <= names


@pytest.mark.parametrize("layer", LAYERS)
def test_the_same_seed_draws_the_same(layer):
    """A figure in docs/mutation.md can be had again; each layer has as many changes as are asked for."""
    one = drawn(layer, 30, 7)
    assert one == drawn(layer, 30, 7)
    assert len(set(one)) == 30
    assert one != drawn(layer, 30, 8)


def test_the_tests_of_the_module_are_asked_first_then_each_file_in_turn():
    """Many quick tests of one kind see no more of a function than one of them does."""
    change = next(c for c in changes(FILE) if c.function)
    reach = {
        "tests": {
            "a::1": 0.1,
            "a::2": 0.2,
            "b::1": 0.9,
            "x/test_seats.py::1": 2.0,
            "x/test_seats.py::2": 3.0,
            "a::0": 0.0,
        },
        "functions": {change.function: ["a::2", "a::1", "b::1", "x/test_seats.py::2", "x/test_seats.py::1"]},
    }
    assert concerned(change, reach) == ["x/test_seats.py::1", "x/test_seats.py::2", "a::1", "b::1", "a::2"]
    assert concerned(change._replace(function="shouwen/x.py:f"), reach) == []
