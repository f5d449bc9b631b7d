"""What decided cases asked for and did not get in time: named from the day after, until it is done."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from shouwen.core.accountability.case import Case, Complete, Decide, Revoke, Verify
from shouwen.services.case_act import act, open_case
from shouwen.services.follow_up import missed
from tests.support.clock import at


@pytest.fixture
def decided(desk):
    """A case decided on 23 November, to be put right by the 26th."""
    desk = replace(desk, actor="heping")
    name = next(n for n, v in desk.ledger.policy("bumen").violations.items() if v.article == "四")
    header = {"id": "", "reported": at("21 09:00"), "by": "heping", "staff": "wangfang", "violation": name,
              "article": "四", "occurred": date(2026, 11, 20), "summary": "推", "policy": "bumen"}  # fmt: skip
    key = open_case(desk, Case(**header)).state.case.id
    act(desk, key, at("22 09:00"), lambda k, w, by: Verify(k, w, by, "查实"))
    ordered = ("责令限期改正",)
    by_day = {"complete_by": date(2026, 11, 26)}
    act(desk, key, at("23 09:00"), lambda k, w, by: Decide(k, w, by, ordered, "团党委", **by_day))
    return desk, key


@pytest.mark.parametrize(("day", "late"), [(25, 0), (26, 0), (27, 1), (30, 1)])
def test_late_from_the_day_after(decided, day: int, late: int) -> None:
    """The last day itself is in time."""
    desk, key = decided
    found = missed(desk, at(f"{day} 09:00"), [])
    assert found == [(key, "责令限期改正限2026-11-26，过期未完成")] * late


@pytest.mark.parametrize(
    "done",
    [lambda k, w, by: Complete(k, w, by, "已道歉"), lambda k, w, by: Revoke(k, w, by, "查无此事", "团党委")],
    ids=["complete", "revoke"],
)
def test_what_is_done_or_revoked_is_named_no_more(decided, done) -> None:
    """Put right late it is no longer open; of a revoked case nothing is asked."""
    desk, key = decided
    act(desk, key, at("27 09:00"), done)
    assert missed(desk, at("30 09:00"), []) == []


def test_an_earlier_day_is_told_as_it_stood(decided) -> None:
    """A report of the past does not know that it was put right since."""
    desk, key = decided
    act(desk, key, at("30 09:00"), lambda k, w, by: Complete(k, w, by, "已道歉"))
    assert [case for case, _ in missed(desk, at("29 09:00"), [])] == [key]
    assert missed(desk, at("30 10:00"), []) == []


def test_a_file_that_cannot_be_read_hides_no_other(decided) -> None:
    """It is among the problems, and what the others asked for still is told."""
    desk, key = decided
    folder = Path(desk.ledger.root, "sanctions/2026")
    (folder / "S20261122-AAAAAA.yaml").write_text("id: [", "utf-8")
    problems: list = []
    assert [case for case, _ in missed(desk, at("30 09:00"), problems)] == [key] and len(problems) == 1
