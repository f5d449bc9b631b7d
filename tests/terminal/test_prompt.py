"""One line typed: what is no text is refused, what is one comes as it is."""

import io
import sys

import pytest

from shouwen.terminal.prompt import LONGEST, Unread, line, rest_of_paste


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
    ("text", "said"),
    [
        ("张某\n", "张某"),
        ("\n", ""),
        ("张某", "张某"),
        ("a\tb\n", "a\tb"),
        ("张 某\n", "张 某"),
        (" \n", " "),
    ],
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


def test_the_other_lines_of_a_paste_are_what_lies_there(monkeypatch):
    """Whatever has arrived behind the line, in however many pieces, without the line end at its ends."""
    pieces = [b"\r\n\xe4\xb8", b"\x80\r\xff", b"x\r", b""]
    monkeypatch.setattr("select.select", lambda *_: ([0], [], []))
    monkeypatch.setattr("os.read", lambda handle, most: pieces.pop(0))
    assert rest_of_paste() == "一\n\ufffdx"
    monkeypatch.setattr("select.select", lambda *_: ([], [], []))
    assert rest_of_paste() == ""


def test_a_paste_without_end_is_not_taken_whole(monkeypatch):
    """What never ends is cut after four of the longest answers, and refused by its length then."""
    monkeypatch.setattr("select.select", lambda *_: ([0], [], []))
    monkeypatch.setattr("os.read", lambda handle, most: b"x" * most)
    assert 4 * LONGEST <= len(rest_of_paste()) <= 4 * LONGEST + 4096
