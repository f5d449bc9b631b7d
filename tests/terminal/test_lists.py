"""A list is cut to a screen, and to nothing else."""

import os

import pytest

from shouwen.terminal.lists import fit_screen
from shouwen.terminal.ui import Ui

COLUMNS = (("id", "编号"), ("subject", "事由"), ("cited", "条款"))
ROWS = [{"id": "20261123-K7Q4QX", "subject": "施工许可证办理材料", "cited": "第九条"}]


class Screen(Ui):
    """Somebody's screen, or a pipe."""

    def __init__(self, seen: bool):
        super().__init__()
        self._seen = seen

    @property
    def columns(self) -> int:
        """How wide it is."""
        return int(os.environ["COLUMNS"]) if self._seen else 0


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A screen of thirty columns."""
    monkeypatch.setenv("COLUMNS", "30")


def test_a_narrow_screen_leaves_out_what_is_least_needed_and_says_so() -> None:
    """The id stays whole: it is what the next command needs."""
    rows, columns, note = fit_screen(Screen(True), ROWS, COLUMNS, "table", wide=False)
    assert [key for key, _ in columns] == ["id", "subject"] and rows[0]["id"] == ROWS[0]["id"]
    assert note == "屏幕窄，没有列出：条款（--wide 全列）"


@pytest.mark.parametrize(
    ("seen", "format", "wide"), [(False, "table", False), (True, "table", True), (True, "csv", False)]
)
def test_a_pipe_a_file_and_whoever_asks_get_everything(seen, format, wide) -> None:
    """Not a column less, not a letter less."""
    assert fit_screen(Screen(seen), ROWS, COLUMNS, format, wide) == (ROWS, COLUMNS, "")
