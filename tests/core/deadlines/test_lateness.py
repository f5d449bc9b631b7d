"""How late a duty was done, in working days and in words."""

import pytest

from shouwen.core.deadlines.lateness import late_words, same_day_due, workdays_late
from tests.support.clock import CALENDAR, at


@pytest.mark.parametrize(
    ("due", "done", "days", "words"),
    [
        ("23 17:30", "23 17:30", None, ""),
        ("23 17:30", "23 17:31", 0, "当日过时"),
        ("23 17:30", "24 08:30", 1, "迟1个工作日"),
        ("27 17:30", "29 10:00", 0, "当日过时"),  # a Sunday adds nothing
        ("27 17:30", "30 10:00", 1, "迟1个工作日"),
        ("2026-02-13 17:30", "2026-02-24 10:00", 2, "迟2个工作日"),  # a make-up Saturday, then the holiday
    ],
)
def test_late_by_working_days(due, done, days, words):
    """Counted as overdue is counted: the days after the limit up to the day on which it was done."""
    assert workdays_late(CALENDAR, at(due), at(done)) == days
    assert (late_words(days) if days is not None else "") == words


def test_owed_at_once_is_owed_that_working_day():
    """What is owed at once after closing is in time on the next working day."""
    assert same_day_due(CALENDAR, at("23 10:00")) == at("23 17:30")
    assert same_day_due(CALENDAR, at("23 17:31")) == at("24 17:30")
    assert same_day_due(CALENDAR, at("28 10:00")) == at("30 17:30")
