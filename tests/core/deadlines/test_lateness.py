"""How late something was done, in working days, in the unit of its own limit and in words."""

import pytest

from shouwen.core.deadlines.lateness import AT_ONCE, late_by, same_day_due
from shouwen.core.inquiry.events import Progress
from shouwen.core.regulation.schema import Limit
from tests.support.clock import CALENDAR, at
from tests.support.records import clock, close, event, inquiry, with_limits


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
    late = late_by(CALENDAR, at(due), at(done))
    assert (late and late.workdays, late.words if late else "") == (days, words)


@pytest.mark.parametrize(
    ("limit", "due", "done", "words", "beside"),
    [
        ({"workdays": 3}, "27 17:30", "30 10:00", "迟1个工作日", ""),
        ({"hours": 4}, "27 16:30", "27 17:00", "迟0.5个工作小时", "（0.5个工作小时）"),
        ({"hours": 4}, "27 16:30", "30 09:00", "迟1.5个工作小时", "（1.5个工作小时）"),  # the weekend is closed
        ({"hours": 4}, "27 17:30", "27 19:00", "当日过时", ""),  # nobody works in the evening
        ({"hours": 4}, "27 16:30", "27 16:31", "迟0.1个工作小时", "（0.1个工作小时）"),  # a tenth begun counts
        ({"days": 5}, "27 17:30", "30 10:00", "迟3天", "（3天）"),
        ({"days": 5}, "27 17:30", "27 18:00", "当日过时", ""),
        ({"months": 1}, "27 17:30", "2026-12-04 10:00", "迟7天", "（7天）"),
        ({"days": 5}, "2026-02-13 17:30", "2026-02-24 10:00", "迟11天", "（11天）"),
        ({"hours": 4}, "2026-02-13 17:30", "2026-02-14 09:30", "迟1个工作小时", "（1个工作小时）"),  # 调休
    ],
)  # fmt: skip
def test_late_in_the_unit_of_the_limit(limit, due, done, words, beside):
    """Working hours while the office is open, calendar days on the wall, working days by 调休."""
    late = late_by(CALENDAR, at(due), at(done), Limit(article="一", **limit))
    assert (late.words, late.beside) == (words, beside)
    assert late.workdays == late_by(CALENDAR, at(due), at(done), AT_ONCE).workdays


def test_a_clock_says_it_in_both():
    """A first response owed in hours, a result owed in calendar days: working days as ever, and their own."""
    said = event(Progress, "24 10:30", text="在查")
    late = clock(inquiry(said), "首次回应", rules=with_limits(首次回应={"hours": 4}))
    assert (late.overdue_workdays, late.by.own) == (1, "4.5个工作小时")  # due at three
    slow = clock(inquiry(close("30 10:00")), "办结", rules=with_limits(办结={"days": 3}))
    assert (slow.due, slow.overdue_workdays, slow.by.own) == (at("26 17:30"), 2, "4天")
    kept = clock(inquiry(close("24 10:00")), "办结", rules=with_limits(办结={"days": 3}))
    assert kept.by is None


def test_owed_at_once_is_owed_that_working_day():
    """What is owed at once after closing is in time on the next working day."""
    assert same_day_due(CALENDAR, at("23 10:00")) == at("23 17:30")
    assert same_day_due(CALENDAR, at("23 17:31")) == at("24 17:30")
    assert same_day_due(CALENDAR, at("28 10:00")) == at("30 17:30")
