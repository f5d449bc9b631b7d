"""Who has today what a department of another day was given: the department renamed, merged, or still there."""

from datetime import date

import pytest
from msgspec.structs import replace

from shouwen.core.inquiry.events import Target
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.office.chart import Department, FormerName
from shouwen.core.office.standing import as_held_on, put_down_to, today_of
from tests.support.records import close, handoff, inquiry
from tests.support.roster import OFFICE

BEFORE, AFTER = date(2026, 11, 23), date(2026, 12, 1)
# From December 规划科 is 规划建设科, and 审批科 has gone into 办公室.
CHANGED = replace(
    OFFICE,
    departments={
        "审批科": Department(leader="zhaojun", until=date(2026, 11, 30), into="办公室"),
        "规划建设科": Department(
            leader="sunmei", formerly=(FormerName(name="规划科", until=date(2026, 11, 30)),)
        ),
        "办公室": Department(leader="heping"),
    },
)


@pytest.mark.parametrize(
    ("department", "day", "now"),
    [
        ("审批科", BEFORE, "审批科"), ("审批科", AFTER, "办公室"), ("规划科", BEFORE, "规划科"),
        ("规划科", AFTER, "规划建设科"), ("办公室", AFTER, "办公室"), ("", AFTER, ""),
    ],
)  # fmt: skip
def test_the_business_of_a_department_goes_along(department: str, day: date, now: str) -> None:
    """By the day that is asked about; the person stays who it was."""
    assert today_of(CHANGED, Target(department, "lijie"), day) == Target(now, "lijie")


def test_an_open_inquiry_is_held_by_who_has_it_now_and_a_closed_one_as_it_was() -> None:
    """Handed on or not yet signed for, too; nothing of it changes on the days before."""
    waiting = replay(inquiry(handoff("23 10:00")))
    assert as_held_on(CHANGED, waiting, BEFORE) is waiting
    now = as_held_on(CHANGED, waiting, AFTER)
    assert now.holder.department == "办公室" and now.pending.to.department == "规划建设科"
    assert waiting.holder.department == "审批科" and waiting.pending.to.department == "规划科"
    done = replay(inquiry(close("23 10:00")))
    assert as_held_on(CHANGED, done, AFTER) is done


@pytest.mark.parametrize(
    ("figure", "end", "row"),
    [
        ("open", AFTER, "办公室"), ("overdue", AFTER, "办公室"), ("long_paused", AFTER, "办公室"),
        ("open", BEFORE, "审批科"), ("received", AFTER, "审批科"), ("closed", AFTER, "审批科"),
    ],
)  # fmt: skip
def test_what_stands_open_is_the_successor_s_and_what_happened_stays(
    figure: str, end: date, row: str
) -> None:
    """What was taken in or closed stays with the department that did it."""
    assert put_down_to(CHANGED, figure, Target("审批科", "wangfang"), end).department == row


@pytest.mark.parametrize("end", [BEFORE, AFTER])
def test_a_renamed_department_has_one_row(end: date) -> None:
    """By its key, whatever it was called when; nobody's figure stays nobody's."""
    assert put_down_to(CHANGED, "received", Target("规划科"), end) == Target("规划建设科")
    assert put_down_to(CHANGED, "received", Target("规划建设科"), end) == Target("规划建设科")
    assert put_down_to(CHANGED, "received", Target(""), end) == Target("")
