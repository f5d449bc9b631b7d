"""The lists of a period as forms: each column, masked and revealed, and what is said beneath."""

import pytest
from msgspec import structs

from shouwen.core.inquiry.events import Accept, Callback, Close, Escalate, Instruct
from shouwen.core.inquiry.header import Inquirer, Inquiry
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.rulebook import Rules
from shouwen.render.forms.registers import register
from tests.support.clock import CALENDAR, at
from tests.support.records import BUMEN, close, event, handoff, inquiry
from tests.support.roster import OFFICE

RULES = Rules(BUMEN, OFFICE, CALENDAR)
ZHANG = Inquirer("张某某", "13812341234", "某公司")
ASKED = inquiry(inquirer=ZHANG, subject="张某某问许可证", received=at("2026-11-22 23:30"))
DONE = inquiry(
    handoff("23 10:00"), event(Accept, "23 11:00", "lijie"),
    close("24 10:00", "lijie", not_told="", told=at("24 10:05")),
    event(Callback, "25 10:00", rating="不满意", resolved=False), event(Callback, "26 10:00", rating="满意", resolved=True),
    inquirer=ZHANG,
)  # fmt: skip


def rows(name: str, *records: Inquiry, **more) -> list[tuple]:
    """The rows of a list."""
    return list(register(name, "某局", "11月", [(RULES, replay(r)) for r in records], **more).rows)


def test_the_ledger():
    """The ten fields of the regulation; who, how to reach, and the name in the text are masked."""
    assert rows("台账", ASKED, DONE) == [
        ("20261123-K7Q4QX", "张**", "某公司", "138****1234", "张**问许可证", "2026-11-22 23:30", "", "咨询", "王芳", "王芳"),
        ("20261123-K7Q4QX", "张**", "某公司", "138****1234", "施工许可证办理材料", "2026-11-23 09:00",
         "2026-11-24 10:00", "咨询", "王芳", "李洁"),
    ]  # fmt: skip
    assert rows("台账", ASKED, reveal=True)[0][1:5] == ("张某某", "某公司", "13812341234", "张某某问许可证")
    assert rows("汇总表", ASKED, reveal=True)[0][2:5] == ("张某某", "咨询", "张某某问许可证")
    of_all = structs.replace(ASKED, first_responder="")
    assert rows("台账", of_all)[0][-2:] == ("审批科", "审批科")


def test_the_summary():
    """What came of each, when it was told, and the last call-back."""
    assert rows("汇总表", ASKED, DONE) == [
        ("20261123-K7Q4QX", "2026-11-22", "张**", "咨询", "张**问许可证", "王芳", "在办", "", "", ""),
        ("20261123-K7Q4QX", "2026-11-23", "张**", "咨询", "施工许可证办理材料", "李洁", "已答复：已告知",
         "2026-11-24 10:05", "2026-11-26 已解决", "满意"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "callback, called, rating",
    [
        ({"rating": "不满意", "resolved": False}, "2026-11-25 未解决", "不满意"),
        ({"rating": "满意"}, "2026-11-25", "满意"),
        ({"resolved": True}, "2026-11-25 已解决", ""),
    ],
)
def test_a_call_back_in_the_summary(callback, called, rating):
    """Its day, whether it was settled, and the rating, each where it was said."""
    story = inquiry(close("24 10:00"), event(Callback, "25 10:00", **callback))
    assert rows("汇总表", story)[0][-2:] == (called, rating)


def test_what_was_not_told_says_why_without_names():
    """Result and reason are text, in which name and phone are masked unless revealed."""
    story = inquiry(
        event(Close, "24 10:00", outcome="已答复", result="张某某已知", not_told="张某某停机 13812341234"), inquirer=ZHANG
    )  # fmt: skip
    assert rows("汇总表", story)[0][6:8] == ("已答复：张**已知", "张**停机 138****1234")
    assert rows("汇总表", story, reveal=True)[0][6:8] == ("已答复：张某某已知", "张某某停机 13812341234")


def test_what_is_left_out_is_said_beneath():
    """Confidential ones and files that could not be read are counted, each only where there are some."""
    found = [(RULES, replay(ASKED))] * 2
    assert register("台账", "某局", "11月", found).notes == ("共 2 件。",)
    assert register("台账", "某局", "11月", [], hidden=1, unread=3).notes == (
        "共 0 件。", "另有保密件（举报等）1 件，不列入。", "另有 3 个文件读不出，未列入。")  # fmt: skip


@pytest.mark.parametrize(
    "name, title, columns",
    [
        (
            "台账",
            "首问负责制受理台账",
            "编号 姓名 单位 联系方式 事项内容 受理时间 办结时间 业务属性 首问责任人 承办人",
        ),
        ("汇总表", "客户疑问、投诉汇总表", "编号 日期 客户 类别 内容 承办人 办理结果 告知时间 回访 满意度"),
    ],
)
def test_the_head_of_a_list(name, title, columns):
    """Office, title, period and columns; their shares fill the sheet."""
    made = register(name, "某局", "11月", [])
    assert (made.office, made.title, made.period) == ("某局", title, "11月")
    assert " ".join(c.title for c in made.columns) == columns
    assert sum(c.share for c in made.columns) == 100


def test_visitors_have_what_they_ask_for_and_where_they_went():
    """Who, which kind, the problem, what is asked for, and the department it went to, or that it stayed."""
    came = inquiry(inquirer=ZHANG, detail="张某某请求复查")
    assert rows("来访台账", came, DONE) == [
        ("20261123-K7Q4QX", "2026-11-23", "张**", "咨询", "施工许可证办理材料", "张**请求复查", "本部门办理中", "王芳"),
        ("20261123-K7Q4QX", "2026-11-23", "张**", "咨询", "施工许可证办理材料", "", "规划科", "王芳"),
    ]  # fmt: skip


def test_the_agenda_has_what_nobody_has_answered():
    """The last question put up; answered ones and closed ones are not on it, one asked again is."""
    asked = event(Escalate, "23 10:00", to="heping", text="编制怎样定")
    answer = event(Instruct, "23 11:00", "heping", text="按规定")
    again = event(Escalate, "24 10:00", to="局长办公会", text="请再议")
    waiting = inquiry(asked, answer, again, inquirer=ZHANG)
    listed = rows(
        "请示议题", inquiry(asked), inquiry(asked, answer), waiting, inquiry(asked, close("24 10:00"))
    )
    assert [(r[1], r[5], r[6]) for r in listed] == [
        ("2026-11-23", "编制怎样定", "何平"), ("2026-11-24", "请再议", "局长办公会"),
    ]  # fmt: skip
    assert register("请示议题", "某局", "", [(RULES, replay(inquiry()))]).notes == ("共 0 件。",)
