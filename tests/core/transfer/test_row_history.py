"""What a row states of the course of an inquiry is judged as it would be here; what it does not state is not."""

import pytest

from shouwen.core.deadlines.clock_table import clocks
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.rulebook import Rules
from shouwen.core.transfer.importing import SheetReading
from tests.core.transfer.test_row_import import ROW, reading, setting
from tests.support.clock import CALENDAR, at
from tests.support.roster import OFFICE


def read(row: dict, **limits) -> SheetReading:
    """The reading of one row whose work has ten working days, where extensions are looked at."""
    made = reading(
        [ROW | row],
        list(ROW | row),
        rules={"limits": {"办结": [{"workdays": 10, "article": "三"}]}, **limits},
    )
    return SheetReading(made.grid, made.mapping, made.setting.__class__(
        **{name: getattr(made.setting, name) for name in ("office", "policy_on", "now", "actor")}, calendar=CALENDAR))  # fmt: skip


def work(made: SheetReading) -> tuple:
    """(late, due) of the work's limit of the row, as of 23 November."""
    assert made.problems == []
    q = made.rows[0].inquiry
    rules = Rules(made.setting.policy_on(q.received), OFFICE, CALENDAR)
    (clock,) = [c for c in clocks(rules, replay(q), at("2026-11-23 09:15")) if c.name == "办结"]
    return clock.late, f"{clock.due:%m-%d}" if clock.due else ""


LATE = {"办结时间": "2026-11-18 10:00", "办理结果": "已答复", "告知时间": "2026-11-18 10:00"}
PAUSED = {"暂停时间": "2026-11-04 09:00", "恢复时间": "2026-11-09 09:00", "暂停原因": "不可抗力"}
LONGER = {"延期批准时间": "2026-11-10 09:00", "延期至": "2026-11-20 17:30", "延期批准人": "何平"}


@pytest.mark.parametrize(
    "more, verdict",
    [
        ({}, (True, "11-16")), (PAUSED, (False, "11-19")), (LONGER, (False, "11-20")),
        (LONGER | {"延期至": "", "延期工作日": "4"}, (False, "11-20")), (PAUSED | LONGER, (False, "11-20")),
        ({"暂停时间": "2026-11-17 09:00", "恢复时间": "2026-11-18 09:00", "暂停原因": "不可抗力"}, (True, "11-16")),
    ],
    ids=["neither", "paused", "extended", "by-days", "both", "too-late"],
)  # fmt: skip
def test_what_was_on_time_there_is_on_time_here(more, verdict):
    """A pause and an extension count as if they had been recorded here, and no pause that came too late."""
    assert work(read(LATE | more)) == verdict


def test_an_open_row_that_is_paused_is_not_late():
    """The clock stands; without the pause it ran out a week ago."""
    still = PAUSED | {"恢复时间": ""}
    assert work(read({})) == (True, "11-16") and work(read(still)) == (False, "")


@pytest.mark.parametrize(
    "more, why",
    [
        ({"延期批准时间": "2026-11-17 09:00"}, "期满后才提出延期，不算延期"),
        ({"延期至": "2026-12-25 17:30"}, "延期超过每次5个工作日"),
        ({"延期至": "2026-11-12 17:30"}, "延期后的时间不晚于原期限"),
    ],
)
def test_an_extension_that_does_not_count_here_is_told(more, why):
    """By its cell, with what to do: the verdict would be another than there, and nobody would know."""
    (problem,) = read(LATE | LONGER | more).problems
    assert why in problem.text and "删去这几格" in problem.hint


def test_what_the_row_does_not_state_is_not_judged():
    """By row, not only by column: a receipt without a time beside one that has it."""
    passed = LATE | {"承办人": "李洁", "转办方式": "引领", "转办时间": "2026-11-02 10:00", "签收时间": "2026-11-02 11:00",
                     "首次回应时间": "2026-11-02 10:30", "评价": "满意", "回访时间": "2026-11-19 09:00"}  # fmt: skip

    def left(**other):
        (row,) = read(passed | other).rows
        return row.inquiry.not_judged

    assert left() == ("反馈",)
    assert left(签收时间="") == ("签收", "环节", "反馈") == left(转办时间="", 签收时间="")
    assert left(回访时间="") == ("反馈", "回访")
    assert setting().calendar is None
