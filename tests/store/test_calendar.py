"""The calendar: the published arrangement, and over it what the office declares for itself."""

from datetime import date
from pathlib import Path

import pytest

from shouwen.store.settings import load_calendar
from tests.support.clock import ZONE
from tests.support.roster import CONFIG

MAKE_UP = date(2026, 1, 4)  # a Sunday that the arrangement of 2026 makes a working day
HOLIDAY = date(2026, 1, 2)  # a Friday that it makes a day off
PLAIN = date(2026, 11, 24)  # a Tuesday of which it says nothing
SUNDAY = date(2026, 11, 22)


@pytest.mark.parametrize("day", [MAKE_UP, HOLIDAY, PLAIN, SUNDAY])
@pytest.mark.parametrize(("word", "works"), [("off", False), ("work", True)])
def test_the_office_has_the_last_word_on_each_day(tmp_path: Path, day: date, word: str, works: bool) -> None:
    """A day off of its own overrides a make-up day, a working day of its own a holiday; other days stand."""
    plain = load_calendar(str(tmp_path), CONFIG, ZONE)
    assert [plain.is_workday(d) for d in (MAKE_UP, HOLIDAY, PLAIN, SUNDAY)] == [True, False, True, False]
    (tmp_path / "calendar").mkdir()
    (tmp_path / "calendar" / "2026.yaml").write_text(f"year: 2026\n{word}: {{{day}: 本单位自定}}\n", "utf-8")
    own = load_calendar(str(tmp_path), CONFIG, ZONE)
    for each in (MAKE_UP, HOLIDAY, PLAIN, SUNDAY):
        assert own.is_workday(each) == (works if each == day else plain.is_workday(each))
