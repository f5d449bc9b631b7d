"""Text that a terminal would obey is shown, not obeyed."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.terminal_safety import json_safe, safe


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("张某", "张某"), ("a\x1b[31m", "a\\x1b[31m"), ("\u202e反", "\\u202e反"), ("\x9b", "\\x9b"),
        ("a\r\nb", "a\\x0d\\x0ab"), ("\u200b", "\\u200b"), ("", ""),
    ],
)  # fmt: skip
def test_what_is_not_seen_is_spelt_out(text: str, shown: str) -> None:
    """Escapes, direction marks and marks without a width."""
    assert safe(text) == shown


def test_lines_stay_where_they_are_wanted() -> None:
    """Only the line end itself is let through, never the return before it."""
    assert safe("a\nb", lines=True) == "a\nb"
    assert safe("a\r\nb\x1b", lines=True) == "a\\x0d\nb\\x1b"


@given(st.text())
def test_nothing_printed_moves_the_cursor(text: str) -> None:
    """Whatever it was: one line of characters that a terminal prints, and the safe text is safe already."""
    shown = safe(text)
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in shown)
    assert safe(shown) == shown


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_json_says_the_same(text: str) -> None:
    """A reader of the JSON gets back what was there."""
    plain = json.dumps(text, ensure_ascii=False)
    assert json.loads(json_safe(plain)) == text and "\x9b" not in json_safe(plain)
