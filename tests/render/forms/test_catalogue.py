"""Every form whole, box by box: of a record in which much happened, of one in which nothing did.

After a change that is meant: SHOUWEN_GOLDEN=1 rewrites tests/render/forms/whole, then read the diff.
"""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec import structs

from shouwen.core.duties.informing import refusals
from shouwen.core.inquiry.events import (
    Accept,
    Callback,
    Contact,
    Escalate,
    Event,
    Instruct,
    Issue,
    Note,
    Notify,
    Progress,
    Reopen,
    Resume,
    Return,
    Supervise,
    Supplement,
    Suspend,
    Target,
)
from shouwen.core.inquiry.header import Inquirer, Inquiry
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.office.chart import Department, Tenure
from shouwen.core.office.roster import Config, Matter
from shouwen.core.rulebook import Rules
from shouwen.render.forms.catalogue import KINDS, filled, subject_of, unripe
from shouwen.render.forms.layout import Box, matter, phone, place, promised, written
from tests.support.clock import CALENDAR, at
from tests.support.records import close, event, handoff, inquiry, policy
from tests.support.roster import OFFICE

GOLDEN = Path(__file__).parent / "whole"
REWRITE = "SHOUWEN_GOLDEN" in os.environ
LEVELS = {
    "article": "一",
    "titles": {"首问责任人": "首问责任人", "首办责任人": "承办人", "直接责任人": "负责人"},
}
HEADS = (
    Tenure(staff="heping", until=at("23 00:00").date()),
    Tenure(staff="zhaojun", from_=at("24 00:00").date()),
)
RULES = Rules(
    policy(levels=LEVELS),
    structs.replace(
        OFFICE,
        config=Config(name="某局", policy="bumen", supervision_phone="0631-5550199", leaders={"分管领导": "sunmei"}),
        departments=OFFICE.departments | {"审批科": Department(leader=HEADS, place="一楼3号窗口", phone="0631-5550101")},
        staff=OFFICE.staff | {
            "wangfang": structs.replace(OFFICE.staff["wangfang"], title="科员", phone="0631-5550111"),
            "sunmei": structs.replace(OFFICE.staff["sunmei"], title="副局长"),
        },
        matters={"施工许可证": Matter(department="规划科", materials=("申请书",), procedure="窗口受理、审核、发证",
                                      workdays=5, fee="不收费", basis="建筑法第七条")},
    ),
    CALENDAR,
)  # fmt: skip
EVENTS = (
    event(Note, "23 09:05", id="e01", text="内部记事，不上表"),
    handoff("23 09:10", "办公室/heping", mode="引领", id="e02", reason="先问办公室"),
    event(Return, "23 09:20", "heping", id="e03", reason="不属办公室"),
    handoff("23 09:30", id="e04", reason="属规划科职责", approved_by="zhaojun", absent="出差",
            joint=("规划科", "办公室"), contact=Contact("李洁", "0631-5550133", "二楼201")),
    event(Accept, "23 10:00", "lijie", id="e05"),
    event(Progress, "23 10:10", "lijie", id="e06", text="已说明由规划科办理"),
    event(Notify, "23 10:20", "lijie", id="e07", material=("规划许可证", "施工图"), limit="3个工作日"),
    event(Supplement, "24 09:00", "lijie", id="e08"),
    event(Notify, "24 09:30", "lijie", id="e09", material=("规划许可证", "授权书"), fee="每证10元"),
    event(Supplement, "25 09:00", "lijie", id="e10"),
    event(Suspend, "25 10:00", "lijie", id="e11", reason="不可抗力"),
    event(Resume, "26 09:00", "lijie", id="e12"),
    event(Escalate, "26 09:10", "lijie", id="e13", to="sunmei", text="两科都说不归自己"),
    event(Instruct, "26 09:20", "sunmei", id="e14", text="抓紧"),
    event(Supervise, "2026-12-10 09:00", "heping", id="e15", text="请立即办理", due=at("2026-12-11 17:30"), number="督〔2026〕3号"),
    close("2026-12-10 15:00", "lijie", id="e16", outcome="不予办理", reason="没有规划许可证", basis="建筑法第八条", signed_by="sunmei"),
    event(Callback, "2026-12-11 10:00", id="e17", rating="不满意", comment="没有说清楚"),
    event(Reopen, "2026-12-14 09:00", id="e18", reason="未解决"),
    event(Instruct, "2026-12-14 09:10", "sunmei", id="e19", text="由审批科办", designate=Target("审批科", "zhaojun")),
)  # fmt: skip
WHOLE = inquiry(*EVENTS, detail="厂房扩建", matter="施工许可证", urgency="复杂", recorded_by="zhaojun",
                first_reason="职位高者为首问责任人", inquirer=Inquirer("张某某", "13812341234", "某公司"))  # fmt: skip
BARE = inquiry(first_responder="", department="没有的科", inquirer=Inquirer())
RECORDS = {
    "much": (WHOLE, "2026-12-15 09:00"),
    "nothing": (BARE, "23 12:00"),
    "unit": (inquiry(first_responder="", department="规划科"), "23 12:00"),
    "taken-in": (inquiry(scope="本人"), "23 12:00"),
}
SINGLE = [name for name, kind in KINDS.items() if kind.rows]


def boxed(box: Box) -> str:
    """label：value, with the lines of room and the foot where there are any."""
    room, foot = f" ({box.lines})" if box.lines > 1 else "", f" 〔{box.foot}〕" if box.foot else ""
    return f"{box.label}：{box.value}{room}{foot}".replace("\n", "⏎")


def sheet(name: str, record: Inquiry, now: str, which: str = "") -> str:
    """A form as lines: label, value, room and foot of each box, boxes of a row side by side."""
    state = replay(record)
    form = filled(name, RULES, state, subject_of(name, RULES, state, which), at(now))
    lines = [f"## {form.office} {form.title} {form.id} {form.number or '（无号）'} {form.dated}"]
    for row in form.rows:
        lines.append(" | ".join(map(boxed, row)))
    return "\n".join([*lines, *form.notes]) + "\n"


@pytest.mark.parametrize("which", RECORDS)
def test_every_form_whole(which: str) -> None:
    """Each label, value, line of room and foot, to the last character; what is not known stays empty."""
    record, now = RECORDS[which]
    made = "\n".join(sheet(name, record, now) for name in SINGLE)
    kept = GOLDEN / f"{which}.txt"
    if REWRITE:
        kept.write_text(made, "utf-8")
    assert made == kept.read_text("utf-8")


def line(text: str, label: str) -> str:
    """The line of a form that holds a label."""
    return next(x for x in text.splitlines() if f"{label}：" in x)


def test_earlier_events_have_their_own_forms() -> None:
    """The first handoff and the first notice, printed again, say what they said; returns are told."""
    first = sheet("交接表", WHOLE, "2026-12-15 09:00", "e02")
    assert line(first, "接收部门") == "接收部门：办公室 | 接收人：何平"
    assert line(first, "退回情况") == "退回情况：2026年11月23日 09:20　不属办公室"
    assert line(first, "移交时间") == "移交时间：2026年11月23日 09:10 | 签收时间："
    again = sheet("提供材料一览表", WHOLE, "2026-12-15 09:00", "e07")
    assert line(again, "承诺时限") == "承诺时限：3个工作日" and line(again, "收费标准") == "收费标准：不收费"


def test_the_registers_leader_is_of_the_day_of_intake() -> None:
    """Taken in at half past midnight by the office's clock: the new head signs, whatever UTC says."""
    night = inquiry(received=datetime(2026, 11, 23, 16, 30, tzinfo=UTC))
    assert "部门负责人⏎签名：赵军" in sheet("受理登记表", night, "24 09:00")
    assert "部门负责人⏎签名：何平" in sheet("受理登记表", inquiry(), "24 09:00")


def test_the_supervision_notice_says_how_late_it_was() -> None:
    """In time, less than a working day, so many; a stopped clock has nothing to say; copied to whoever is in charge."""

    def late(when: str, by: str = "heping", *before: Event) -> tuple[str, str]:
        notice = event(Supervise, when, by, id="n", text="请抓紧")
        text = sheet("督办单", inquiry(*before, notice), "2026-12-20 09:00")
        return line(text, "超期情况").split(" | ")[0].removeprefix("超期情况："), line(text, "抄送")[3:]

    assert late("26 17:30") == ("未超期", "孙梅（副局长）")
    assert late("26 17:31") == ("不足1个工作日", "孙梅（副局长）")
    assert late("27 17:30", "sunmei") == ("1个工作日", "")
    assert late("30 09:00", "heping", event(Notify, "23 10:00", material=("甲",))) == ("", "孙梅（副局长）")


def test_the_answer_to_a_supervision_notice() -> None:
    """The first thing told after it, or the result; what was told before is no answer."""
    notice = event(Supervise, "24 09:00", "heping", text="请抓紧")
    before, same = event(Progress, "24 08:59", text="早先"), event(Progress, "24 09:00", text="当即")
    ended = close("25 09:00")
    for events, words in (((before, notice), ""), ((before, notice, same), "2026年11月24日 09:00　当即"),
                          ((notice, ended), "2026年11月25日 09:00　已答复：已告知")):  # fmt: skip
        assert f"办理情况⏎回复：{words} (6)" in sheet("督办单", inquiry(*events), "26 09:00")


def test_who_is_not_there_is_named() -> None:
    """By the roster where the handoff names a person, by the contact where it does not; nobody where nobody was away."""

    def away(**more) -> str:
        return line(
            sheet("部门协调工单", inquiry(handoff("23 09:20", "规划科", **more)), "23 12:00"), "不在岗人员"
        )

    told = Contact("老李", "0631-5550133")
    assert away(absent="出差", contact=told) == "不在岗人员：老李 | 不在岗原因：出差"
    assert away(contact=told) == "不在岗人员： | 不在岗原因："


def test_values_that_several_forms_show() -> None:
    """Moments in the ledger's zone; a phone and a place as far as they are known; the matter said once."""
    assert (
        written(datetime(2026, 1, 2, 16, 5, tzinfo=UTC), RULES) == "2026年1月3日 00:05"
        and written(None, RULES) == ""
    )
    assert [phone(RULES, "审批科", who) for who in ("wangfang", "zhaojun", "moumou", "")] == [
        "0631-5550111", "0631-5550101", "0631-5550101", "0631-5550101"]  # fmt: skip
    assert [phone(RULES, "没有", who) for who in ("wangfang", "moumou")] == ["0631-5550111", ""]
    assert (place(RULES, "审批科"), place(RULES, "没有")) == ("一楼3号窗口", "")
    once = inquiry(subject="问材料", detail="问材料")
    assert [matter(replay(q)) for q in (once, inquiry(subject="甲", detail="乙"), inquiry(subject="甲"))] == [
        "问材料",
        "甲\n乙",
        "甲",
    ]
    timeless = Rules(structs.replace(RULES.policy, limits={}), RULES.office, CALENDAR)
    assert promised(timeless, replay(inquiry()), at("23 12:00")) == ""


def test_what_counts_as_a_refusal() -> None:
    """The outcomes that the regulation lists, else 不予办理."""
    own = policy(duties={"refusal_report": {"outcomes": ["不予办理", "超出职责"]}})
    none = structs.replace(own, duties={})
    empty = policy(duties={"refusal_report": {"outcomes": []}})
    assert [refusals(Rules(p, OFFICE, CALENDAR)) for p in (own, none, empty)] == [
        ("不予办理", "超出职责"), ("不予办理",), ("不予办理",)]  # fmt: skip


def test_who_took_it_stands_on_the_handoff_form() -> None:
    """Sent to a department, taken by one of its people: that person; until then nobody."""
    sent, taken = handoff("23 09:20", "规划科", reason=""), event(Accept, "23 10:00", "sunmei")
    assert line(sheet("交接表", inquiry(sent), "23 12:00"), "接收部门").endswith("接收人：")
    assert line(sheet("交接表", inquiry(sent, taken), "23 12:00"), "接收部门").endswith(
        "接收人：孙梅（副局长）"
    )
    done = line(sheet("受理登记表", inquiry(sent), "23 12:00"), "处理情况")
    assert done == "处理情况：2026年11月23日 09:20　转规划科（电话联系） (5)"


def test_what_was_told_when_it_was_passed_on() -> None:
    """At the handoff or after it; what was said before belongs to another step."""
    early, same = (
        event(Progress, "23 09:10", text="早先"),
        event(Progress, "23 09:20", id="z", text="当面"),
    )
    told = sheet("交接表", inquiry(early, handoff("23 09:20", id="a"), same), "23 12:00")
    assert line(told, "告知服务⏎对象情况").endswith("⏎2026年11月23日 09:20　当面 (2)")


def test_the_last_call_is_the_customers_word() -> None:
    """Asked twice, the last answer stands on the order."""
    calls = [event(Callback, f"2{n} 10:00", rating=word) for n, word in ((5, "不满意"), (6, "满意"))]
    assert line(sheet("部门协调工单", inquiry(close("24 10:00"), *calls), "27 09:00"), "回访情况").endswith(
        "：满意"
    )


def test_the_refusal_is_whoever_gave_it() -> None:
    """Taken up again by another section, the report still bears the one who refused."""
    record = inquiry(handoff("23 09:20"), event(Accept, "23 10:00", "lijie"),
                     close("24 10:00", "lijie", outcome="不予办理"), event(Reopen, "25 09:00", reason="不服"),
                     handoff("25 09:10", "办公室/heping", "lijie"), event(Accept, "25 09:20", "heping"))  # fmt: skip
    assert line(sheet("否定报备表", record, "26 09:00"), "经办人").startswith("经办人：李洁")


def test_a_copy_goes_to_whoever_was_in_charge_then() -> None:
    """Of the department that was urged, on the day of the notice by the office's clock."""
    charge = (
        Tenure(staff="lijie", until=at("23 00:00").date()),
        Tenure(staff="zhaojun", from_=at("24 00:00").date()),
    )
    departments = RULES.office.departments | {"审批科": Department(in_charge=charge)}
    rules = Rules(RULES.policy, structs.replace(RULES.office, departments=departments), CALENDAR)
    for moment, name in ((at("23 23:00"), "李洁"), (datetime(2026, 11, 23, 16, 30, tzinfo=UTC), "赵军")):
        notice = event(Supervise, moment, "heping", text="请抓紧")
        form = filled("督办单", rules, replay(inquiry(notice)), notice, at("25 09:00"))
        assert [box.value for row in form.rows for box in row if box.label == "抄送"] == [name]


def test_what_needs_no_refusal_report() -> None:
    """Closed with another outcome than those that must be reported: all of these are named."""
    own = Rules(policy(duties={"refusal_report": {"outcomes": ["不予办理", "超出职责"]}}), OFFICE, CALENDAR)
    state = replay(inquiry(close("24 10:00")))
    assert unripe("否定报备表", own, state, None) == "已按“已答复”办结，不是不予办理、超出职责，不用否定报备"


def test_who_told_is_who_is_asked_back() -> None:
    """The notice bears the person, phone and section of whoever gave it, though another section holds the matter."""
    told = event(Notify, "23 11:00", "wangfang", material=("申请书",))
    form = sheet(
        "提供材料一览表", inquiry(handoff("23 09:20"), event(Accept, "23 10:00", "lijie"), told), "23 12:00"
    )
    assert line(form, "告知人") == "告知人：王芳（科员） | 联系电话：0631-5550111"
    assert line(form, "办理部门") == "办理部门：审批科 | 办公地点：一楼3号窗口"


def test_given_out_at_the_moment_of_the_act() -> None:
    """A form issued in the same moment as the handoff that it is about is that handoff's; an earlier one is not."""
    sent, given = (
        handoff("23 09:20", id="a"),
        event(Issue, "23 09:20", id="b", form="交接表", number="交1号"),
    )
    back = event(Return, "23 09:30", "lijie", reason="不属规划科")
    again = handoff("23 09:40", id="c")
    state = replay(inquiry(sent, given, back, again))
    numbers = [filled("交接表", RULES, state, about, at("23 12:00")).number for about in (sent, again)]
    assert numbers == ["交1号", ""]
