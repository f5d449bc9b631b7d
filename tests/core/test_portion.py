"""What several parts of the records gave is what all of them give, whatever fields there are."""

from copy import copy

import pytest

from shouwen.core.portion import Portion
from shouwen.render.inquiries import Rows
from shouwen.services.overdue import Gathered
from shouwen.services.today import Page

SAMPLE = {
    list: (["a"], ["b"], ["a", "b"]), int: (2, 3, 5),
    dict: ({"a": 1, "c": 2, "e": ("x",)}, {"b": 2, "c": 3, "e": ("y",)}, {"a": 1, "b": 2, "c": 5, "e": ("y",)}),
}  # fmt: skip


@pytest.mark.parametrize("kind", [Rows, Gathered, Page])
def test_no_field_of_a_part_is_left_out(kind: type[Portion]) -> None:
    """A count that was added to such a class and not to the hand-written sum would have been that of the first part alone."""
    samples = {name: SAMPLE[type(getattr(kind(), name))] for name in kind.__struct_fields__}
    first, second = (kind(**{name: copy(each[n]) for name, each in samples.items()}) for n in (0, 1))
    first.join(second)
    assert {name: getattr(first, name) for name in samples} == {
        name: each[2] for name, each in samples.items()
    }


def test_an_empty_part_changes_nothing() -> None:
    """A half of a ledger in which nothing is found is no trouble."""
    rows = Rows([{"id": "a"}], [], 1)
    rows.join(Rows())
    assert rows == Rows([{"id": "a"}], [], 1)
