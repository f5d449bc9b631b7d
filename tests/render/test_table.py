"""Tables drawn without tabulate look as tabulate draws them."""

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tabulate import tabulate

from shouwen.core import terminal_safety
from shouwen.render import table

CELL = st.text(
    st.one_of(st.sampled_from(" ab-|\\1.年。—“·"), st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)),
    max_size=8,
)


@given(st.data(), st.integers(1, 4))
def test_a_table_of_everyday_characters_is_tabulates_own(data, columns):
    """What is drawn here for speed must not differ by a blank from what the library draws."""
    row = st.lists(CELL, min_size=columns, max_size=columns)
    titles = [t.strip() or "编号" for t in data.draw(row)]
    rows = data.draw(st.lists(row, min_size=1, max_size=5))
    assert table._grid(rows, titles, "simple") == tabulate(
        rows, titles, tablefmt="simple", disable_numparse=True
    ) + "\n"  # fmt: skip


@pytest.mark.parametrize("odd", ["👍🏽", "ｶﾞ", "é", "e\u0301", "　"])
def test_other_characters_are_left_to_tabulate(odd, monkeypatch):
    """Widths of emoji, halfwidth kana and combining marks are the library's business."""
    monkeypatch.setattr(table, "_simple", lambda *_: pytest.fail("drawn here"))
    rows = [{"a": f"事{odd}", "b": "x"}]
    drawn = table.table(rows, (("a", "甲"), ("b", "乙")), "table").splitlines()
    assert drawn[2].startswith(f"事{odd}".strip()) and drawn[2].endswith("  x")


def test_no_printable_character_is_unsafe():
    """Printable text is passed through unseen, so nothing that must be escaped may be printable."""
    unsafe = [c for c in map(chr, range(sys.maxunicode + 1)) if re.match(terminal_safety._UNSAFE, c)]
    assert len(unsafe) > 80
    assert not any(c.isprintable() for c in unsafe)
