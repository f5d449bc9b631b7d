"""Whom and which department a clerk means, and who may make a move."""

from datetime import date

import pytest
from msgspec import structs

from shouwen.core.inquiry.events import Accept, Event, Instruct, Note, Return, Target
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.office.chart import Department, Staff
from shouwen.core.office.powers import refusal
from tests.support.records import event, handoff, inquiry
from tests.support.roster import OFFICE as WORLD

OFFICE = structs.replace(
    WORLD,
    departments=WORLD.departments
    | {"甲窗": Department(aliases=("窗口", "甲")), "乙窗": Department(aliases=("窗口",))},
    staff=WORLD.staff
    | {
        "wang2": Staff(name="王芳", department="规划科"),
        "chen": Staff(name="陈实", department="甲窗", from_=date(2026, 3, 1), until=date(2026, 8, 31)),
    },
)

DAY = date(2026, 11, 23)


GIVEN = (handoff("23 10:00", "规划科"),)


def designate(to: str) -> Event:
    """A leader names who deals with it."""
    return event(Instruct, "23 12:00", "heping", text="办", designate=Target(*to.split("/")))


def by(kind: type, who: str, **more) -> Event:
    """An act of somebody at noon."""
    return event(kind, "23 12:00", who, **more)


OTHERS = "这件转给了规划科，{}，不能{}"


@pytest.mark.parametrize(
    "before, move, header, why",
    [
        (GIVEN, by(Accept, "lijie"), {}, ""),
        (GIVEN, by(Accept, "heping"), {}, OTHERS.format("何平在办公室", "签收")),
        (GIVEN, by(Accept, "moren"), {}, OTHERS.format("moren在名册之外", "签收")),
        (GIVEN, by(Accept, "wangfang"), {}, OTHERS.format("王芳（wangfang）在审批科", "签收")),
        (GIVEN, by(Return, "lijie", reason="x"), {}, ""),
        (GIVEN, by(Return, "wangfang", reason="x"), {}, ""),  # taken back by the sender
        (GIVEN, by(Return, "zhaojun", reason="x"), {}, OTHERS.format("赵军在审批科", "退回")),
        (GIVEN, by(Note, "moren", text="x"), {}, ""),
        ((), by(Accept, "heping"), {}, ""),  # that nothing waits is for the table of moves to say
        ((), handoff("23 12:00", "审批科/wangfang"), {}, "现在就由王芳（wangfang）负责，不必转办"),
        ((), handoff("23 12:00", "规划科/wangfang"), {}, "现在就由王芳（wangfang）负责，不必转办"),
        ((), handoff("23 12:00", "审批科"), {}, "现在就在审批科；转给本部门的人请写明是谁（--to 部门/人员）"),
        ((), handoff("23 12:00", "审批科"), {"first_responder": ""}, "现在就由审批科负责，不必转办"),
        ((), handoff("23 12:00", "审批科/zhaojun"), {}, ""),
        ((), handoff("23 12:00", "规划科"), {"first_responder": ""}, ""),
        ((), handoff("23 12:00", "审批科", joint=("规划科",)), {}, ""),
        ((), handoff("23 12:00", "办公室"), {"about": ("lijie",)}, ""),
        ((), handoff("23 12:00", "办公室"), {"about": ("moren",)}, ""),
        ((), designate("审批科"), {}, "现在就在审批科；转给本部门的人请写明是谁（--to 部门/人员）"),
        ((), designate("规划科"), {}, ""),
        ((), by(Instruct, "heping", text="抓紧"), {"about": ("lijie",)}, ""),
    ],
)
def test_who_may_move(before, move, header, why):
    """The receiver's department signs or returns; nobody is handed what he holds, or is accused in."""
    assert refusal(OFFICE, replay(inquiry(*before, **header)), move, DAY) == why


PASSED = inquiry(handoff("23 10:00", "规划科"))


@pytest.mark.parametrize(
    "record, move, why",
    [
        (PASSED, event(Accept, "23 11:00", "lijie"), ""),
        (PASSED, event(Accept, "23 11:00", "sunmei"), ""),  # anybody of the department
        (PASSED, event(Accept, "23 11:00", "heping"), "何平在办公室，不能签收"),
        (PASSED, event(Return, "23 11:00", "lijie", reason="x"), ""),
        (PASSED, event(Return, "23 11:00", "wangfang", reason="x"), ""),  # taken back
        (PASSED, event(Return, "23 11:00", "heping", reason="x"), "不能退回"),
        (inquiry(), handoff("23 10:00", "审批科/wangfang"), "不必转办"),
        (inquiry(about=("lijie",)), handoff("23 10:00", "办公室"), ""),
    ],
)  # fmt: skip
def test_who_may_move_it(record, move, why):
    """Receivers are of the department; nobody gets a complaint about himself."""
    found = refusal(OFFICE, replay(record), move, date(2026, 11, 23))
    assert (why in found) if why else found == ""
