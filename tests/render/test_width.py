"""One measure of width, one way to wrap: as the terminal counts, and nothing is lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth, wcwidth

from shouwen.render import width as module
from shouwen.render.width import packed, padded, plain, width, wrapped

TEXT = st.text(
    st.one_of(
        st.sampled_from(" ab-，。（）“”《》、"), st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)
    ),
    max_size=60,
)


def test_plain_characters_are_as_wide_as_wcwidth_says():
    """Columns stay straight only if each character is counted as the terminal counts it."""
    everyday = [c for c in map(chr, range(0x10000)) if plain(c)]
    assert len(everyday) > 27_000
    assert [c for c in everyday if width(c) != wcwidth(c)] == []
    assert not any(map(plain, map(chr, range(0x10000, 0x11000))))


@pytest.mark.parametrize("odd", ["👍🏽", "ｶﾞ", "é", "e\u0301", "\u3000", "한글", "𠀀"])
def test_other_characters_are_the_librarys_business(odd):
    """Emoji, halfwidth kana, combining marks, rare characters: by the tables of Unicode."""
    assert not plain(odd) and width(f"事{odd}") == wcswidth(f"事{odd}")


@pytest.mark.parametrize(("side", "out"), [("left", "事a  "), ("right", "  事a"), ("center", " 事a ")])
def test_padded(side, out):
    """Filled up to the columns on the side asked for; what is wider stays as it is."""
    assert padded("事a", 5, side) == out and padded("事事事", 5, side) == "事事事"


@given(TEXT, st.integers(8, 40))
def test_no_line_is_wider_and_no_mark_begins_one(text, columns):
    """Each line fits; a closing mark stays with its word, unless the marks alone fill a line."""
    lines = wrapped(text, columns)
    assert all(width(line) <= columns for line in lines)
    short = all(width(piece) <= columns for piece in re.findall(module._PIECE, text))
    if short:
        assert not [line for line in lines[1:] if line[:1] in "，。）”》、"]


@given(TEXT, st.integers(4, 40))
def test_nothing_is_lost(text, columns):
    """Every character once and in order, blanks at the turn of a line aside."""
    assert "".join("".join(wrapped(text, columns)).split()) == "".join(text.split())


def test_lines_of_the_text_stay_lines():
    """An empty line stays one; what is continued is indented, the next line is not."""
    assert wrapped("一\n\n二", 10) == ["一", "", "二"]
    assert wrapped("首问负责制\n二", 6, "  ") == ["首问负", "  责制", "二"]


@given(st.lists(st.text("一二三ab", min_size=1, max_size=6), max_size=12), st.integers(16, 60))
def test_words_are_packed_whole(words, columns):
    """Every word once, in order, unbroken; no line is wider, none could have taken the word that follows."""
    lines = packed(words, columns, "  ")
    assert " ".join(lines).split() == words
    assert all(width(line) <= columns for line in lines)
    firsts = [line.split()[0] for line in lines[1:]]
    assert all(width(f"{a}  {b}") > columns for a, b in zip(lines, firsts, strict=False))
