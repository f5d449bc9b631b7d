"""Who may take a step of a case: nobody in his own, except to appeal; a decision by the body named."""

from datetime import date

import pytest

from shouwen.core.accountability.case import Appeal, Case, Complete, Decide, Lift, Modify, Verify
from shouwen.core.accountability.lifecycle import CaseState
from shouwen.core.accountability.powers import case_breaches, why_not_step
from tests.support.clock import ZONE, at
from tests.support.records import BUMEN
from tests.support.roster import OFFICE


def case(*events, by: str = "heping") -> Case:
    """A case against 王芳 of 20 November."""
    return Case(
        id="S20261123-K7Q4QX", reported=at("23 10:00"), by=by, staff="wangfang", violation="推诿", article="四",
        occurred=date(2026, 11, 20), summary="推", policy="bumen", events=events,
    )  # fmt: skip


VERIFY = ("v1", at("24 09:00"))


@pytest.mark.parametrize(
    ("act", "step", "why"),
    [
        ("核实", Verify(*VERIFY, "heping", "查实"), ""),
        ("核实", Verify(*VERIFY, "wangfang", "查实"), "回避"),
        ("申诉", Appeal(*VERIFY, "wangfang", "不服"), ""),
        ("整改", Complete(*VERIFY, "wangfang", "已道歉"), "回避"),
        ("整改", Complete(*VERIFY, "heping", "已道歉"), ""),
        ("解除", Lift(*VERIFY, "wangfang", "团党委"), "回避"),
        ("解除", Lift(*VERIFY, "heping", "审批科"), "须由团党委解除"),
        ("解除", Lift(*VERIFY, "heping", "团党委"), ""),
        ("决定", Decide(*VERIFY, "heping", ("诫勉教育",), "团党委"), ""),
        ("决定", Decide(*VERIFY, "heping", ("诫勉教育",), "审批科"), "须由团党委决定"),
        ("变更", Modify(*VERIFY, "heping", ("效能告诫",), "审批科", "x"), "须由团党委决定"),
    ],
)
def test_who_may_take_a_step(act: str, step, why: str) -> None:
    """The one complained of neither verifies, nor lifts, nor says that all is put right; the regulation's body decides and changes (第十条)."""
    found = why_not_step(OFFICE, BUMEN, CaseState(case(), measures=("诫勉教育",)), act, step, ZONE)
    assert (why in found) if why else found == ""


def test_what_stands_in_a_file_is_judged_by_the_same_table() -> None:
    """A step written by hand is found where it stands, and a case opened by the one it is about."""
    wrong = case(Verify(*VERIFY, "wangfang", "查实"))
    assert [where for where, _ in case_breaches(OFFICE, BUMEN, wrong, ZONE)] == ["v1"]
    assert [where for where, _ in case_breaches(OFFICE, BUMEN, case(by="wangfang"), ZONE)] == ["by"]
    assert list(case_breaches(OFFICE, BUMEN, case(Verify(*VERIFY, "heping", "查实")), ZONE)) == []
