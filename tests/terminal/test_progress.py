"""Long work says on a terminal how far it is, and nowhere else."""

import io
import sys

import pytest

from shouwen.terminal import progress


class Screen(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        """Yes."""
        return True


@pytest.fixture
def hurried(monkeypatch):
    """No patience: every record is worth a word."""
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    monkeypatch.setattr(progress, "STRIDE", 2)


def test_a_terminal_is_told_and_wiped(hurried, monkeypatch):
    """Each look overwrites the last; in the end the line is blank again, also when the reader stops early."""
    for stop in (5, 4):
        screen = Screen()
        monkeypatch.setattr(sys, "stderr", screen)
        found = progress.counted(iter(range(5)))
        assert [next(found) for _ in range(stop)] == list(range(stop))
        found.close()
        said = screen.getvalue()
        assert said.startswith("\r已读 2 条…\r已读 4 条…\r  ")
        assert said.endswith(" \r") and "\x1b" not in said


def test_quick_work_says_nothing(monkeypatch):
    """Under a second there is nothing to tell."""
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    assert list(progress.counted(iter(range(500)))) == list(range(500))
    assert screen.getvalue() == ""


def test_pipes_are_not_told(hurried, sw, inquiry):
    """The log of the night has no carriage returns in it."""
    for _ in range(4):
        inquiry()
    assert "已读" not in sw("lijie", "list").err
