"""One line typed: what is no text is refused, what is one comes as it is."""

import io
import sys

import pytest

from shouwen.terminal.prompt import LONGEST, Unread, line


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch):
    """``typed(text)``: what a line read from this text is; the prompt goes to stderr, for stdout is a file."""

    def read(text: str) -> str:
        monkeypatch.setattr(sys, "stdin", io.StringIO(text, newline=""))
        monkeypatch.setattr(sys, "stdout", io.StringIO())
        monkeypatch.setattr(sys, "stderr", io.StringIO())
        return line("姓名：")

    return read


@pytest.mark.parametrize(
    ("text", "said"), [("张某\n", "张某"), ("\n", ""), ("张某", "张某"), ("a\tb\n", "a\tb")]
)
def test_a_line_without_its_end(typed, text, said):
    """The last one needs no line end."""
    assert typed(text) == said
    assert (sys.stdout.getvalue(), sys.stderr.getvalue()) == ("", "姓名：")


def test_nothing_at_all_is_the_end(typed):
    """An empty line is an answer, a terminal that is gone is none."""
    with pytest.raises(EOFError):
        typed("")


@pytest.mark.parametrize("text", ["a\x1b[31m\n", "a\x00\n", "a\x7f\n", "半\ud83d字\n", "\udcff\n"])
def test_what_is_no_text_is_refused(typed, text):
    """Escape sequences, control characters, half of a character."""
    with pytest.raises(Unread, match="控制键或不完整的字符"):
        typed(text)


def test_the_longest_answer(typed):
    """So long and no longer."""
    assert typed("字" * LONGEST + "\n") == "字" * LONGEST
    with pytest.raises(Unread, match=f"最多 {LONGEST} 个字"):
        typed("字" * (LONGEST + 1) + "\n")
