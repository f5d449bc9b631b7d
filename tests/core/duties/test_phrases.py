"""Phrases of a regulation in a text: literal, with one sign for a gap that ends no sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.duties.phrases import GAP, hit, hits


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("不知道", "我不知道", "不知道"),
        ("到…找", "到三楼找", "到三楼找"),
        ("到…找", "到。找", ""),
        ("到…找", "到" + "x" * GAP + "找", "到" + "x" * GAP + "找"),
        ("到…找", "到" + "x" * (GAP + 1) + "找", ""),
        ("a.c", "abc", ""),
        ("", "abc", ""),
    ],
)
def test_a_phrase_is_found_as_it_stands(phrase: str, text: str, found: str) -> None:
    """A full stop is a full stop; a gap has its length, and does not reach beyond the sentence."""
    assert hit([phrase], [], text) == found


def test_an_exception_covers_what_it_overlaps() -> None:
    """“不知道您是否方便” is politeness, wherever else in the text the phrase may stand too."""
    text = "不知道您是否方便；这个不知道"
    assert hits(["不知道"], ["不知道您"], text) == ["不知道"]
    assert hits(["不知道"], [], text) == ["不知道", "不知道"]


@given(st.text(max_size=30), st.text(min_size=1, max_size=5).filter(lambda p: "…" not in p))
def test_a_plain_phrase_is_found_where_it_stands(text: str, phrase: str) -> None:
    """Without the sign it is Python's own search, whatever characters there are."""
    assert bool(hit([phrase], [], text)) == (phrase in text)
