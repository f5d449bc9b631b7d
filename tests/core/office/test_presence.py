"""Who, and which department, is there on a day; and why not, in words."""

from datetime import date

import pytest
from msgspec import structs

from shouwen.core.office.chart import Department, Staff
from shouwen.core.office.presence import absent_from_office, left_since, no_department
from tests.support.roster import OFFICE as WORLD

OFFICE = structs.replace(
    WORLD,
    departments=WORLD.departments | {
        "旧窗": Department(until=date(2026, 6, 30), into="审批科"), "撤组": Department(until=date(2026, 6, 30), leader="heping"),
        "空组": Department(until=date(2026, 6, 30)), "新科": Department(from_=date(2026, 7, 1)),
    },
    staff=WORLD.staff
    | {"chen": Staff(name="陈实", department="审批科", from_=date(2026, 3, 1), until=date(2026, 8, 31))},
)  # fmt: skip


@pytest.mark.parametrize(
    "staff, day, why",
    [
        ("chen", "2026-02-28", "陈实（chen）2026-02-28不在岗（任职 2026-03-01—2026-08-31）"),
        ("chen", "2026-03-01", ""), ("chen", "2026-08-31", ""),
        ("chen", "2026-09-01", "陈实（chen）2026-09-01不在岗（任职 2026-03-01—2026-08-31）"),
        ("lijie", "1990-01-01", ""),
    ],
)  # fmt: skip
def test_who_is_not_in_post(staff, day, why):
    """From the first to the last day in post, both included."""
    assert absent_from_office(OFFICE, staff, date.fromisoformat(day)) == why


def test_not_in_post_since_or_until():
    """An open end is left open in the words too."""
    for period, words in (
        ({"from_": date(2027, 1, 1)}, "2027-01-01—"),
        ({"until": date(2025, 1, 1)}, "—2025-01-01"),
    ):
        office = structs.replace(OFFICE, staff={"x": Staff(name="某", department="规划科", **period)})
        assert absent_from_office(office, "x", date(2026, 1, 1)) == f"某（x）2026-01-01不在岗（任职 {words}）"


def test_who_has_left():
    """Only somebody whose last day is over; not who is yet to come."""
    for day, gone in (("2026-02-28", False), ("2026-08-31", False), ("2026-09-01", True)):
        assert bool(left_since(OFFICE, "chen", date.fromisoformat(day))) is gone


@pytest.mark.parametrize(
    "department, day, why",
    [
        ("旧窗", "2026-06-30", ""), ("旧窗", "2026-07-01", "旧窗2026-07-01已不存在：2026-06-30并入审批科"),
        ("撤组", "2026-07-01", "撤组2026-07-01已不存在：2026-06-30撤销，由何平接手"),
        ("空组", "2026-07-01", "空组2026-07-01已不存在：2026-06-30撤销"),
        ("新科", "2026-06-30", "新科2026-06-30还没有（2026-07-01设立）"), ("新科", "2026-07-01", ""),
        ("审批科", "1990-01-01", ""), ("没有科", "2026-07-01", ""),
    ],
)  # fmt: skip
def test_which_department_is_not_there(department, day, why):
    """From its first day to its last, both included; after it, who has its business is said."""
    assert no_department(OFFICE, department, date.fromisoformat(day)) == why
