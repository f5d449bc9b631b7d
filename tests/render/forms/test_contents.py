"""Which values stand in which box: the clauses that name a form name its fields."""

import pytest
from msgspec import structs

from shouwen.core.errors import NotFound, Usage
from shouwen.core.inquiry.events import (
    Accept,
    Callback,
    Contact,
    Correct,
    Instruct,
    Issue,
    Notify,
    Progress,
    Return,
    Supervise,
    Target,
)
from shouwen.core.inquiry.header import Inquiry
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.office.chart import Staff
from shouwen.core.office.roster import Config, Matter
from shouwen.core.rulebook import Rules
from shouwen.render.forms.catalogue import KINDS, filled, find_kind, subject_of, unripe
from shouwen.render.forms.registers import register
from tests.support.clock import CALENDAR, at
from tests.support.records import BUMEN, close, event, handoff, inquiry
from tests.support.roster import OFFICE

STAFF = {
    **OFFICE.staff,
    "wangfang": Staff(name="王芳", department="审批科", title="科员", phone="0631-5550111"),
}
MATTERS = {
    **OFFICE.matters,
    "立项": Matter(department="审批科", materials=("申请书", "营业执照"), procedure="窗口受理", workdays=3,
                 fee="不收费", basis="某办法第二条"),
}  # fmt: skip
RULES = Rules(
    BUMEN,
    structs.replace(
        OFFICE,
        staff=STAFF,
        matters=MATTERS,
        config=Config(name="某局", policy="bumen", supervision_phone="0631-5550199"),
    ),
    CALENDAR,
)
PASSED = handoff("23 09:20", reason="属规划科职责", approved_by="zhaojun", id="p1",
                 contact=Contact("李洁", "0631-5550133", "二楼201"))  # fmt: skip
TAKEN = event(Accept, "23 10:00", "lijie", id="t1")


def boxes(name: str, record: Inquiry, now: str = "23 12:00", which: str = "", number: str = "") -> dict:
    """label → value of a form as of a moment."""
    state = replay(record)
    form = filled(name, RULES, state, subject_of(name, RULES, state, which), at(now), number)
    return {box.label.replace("\n", ""): box.value for row in form.rows for box in row}


def refused(name: str, record: Inquiry) -> str:
    """Why the form cannot be given out."""
    state = replay(record)
    return unripe(name, RULES, state, subject_of(name, RULES, state))


def test_receipt_has_the_four_things() -> None:
    """六项制度（一）6 names four; 九江市办公厅（三）1 adds the post to the name."""
    found = boxes("回执单", inquiry())
    assert found["首问责任人"] == "王芳（科员）"
    assert found["业务类型"] == "咨询"
    assert found["承诺办理或答复时间"] == "2026年11月26日 17:30"
    assert found["监督投诉电话"] == "0631-5550199"
    first = next(row for row in filled("回执单", RULES, replay(inquiry()), None, at("23")).rows
                 if row[0].label == "首问责任人")  # fmt: skip
    assert (first[1].label, first[1].value) == ("联系电话", "0631-5550111")


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (inquiry(promised=at("24 16:00")), "2026年11月24日 16:00"),
        (inquiry(), "2026年11月26日 17:30"),
        (inquiry(received=at("2026-12-29 09:00")), "2027年1月4日 17:30（暂定，放假安排公布后可能调整）"),
        (
            inquiry(event(Notify, "23 09:30", material=("申请书",))),
            "期限暂停，恢复后顺延，另行告知",
        ),
        (
            inquiry(event(Correct, "23 11:00", field="promised", value="2026-11-25T12:00:00+08:00", reason="改期")),
            "2026年11月25日 12:00",
        ),
    ],
    ids=["promised", "outer clock", "unpublished year", "standing still", "corrected"],
)  # fmt: skip
def test_the_time_that_is_promised(record: Inquiry, words: str) -> None:
    """The promise goes before the clock; a date that may still move must say so on paper."""
    now = "2026-12-29 10:00" if record.received.month == 12 else "23 12:00"
    assert boxes("回执单", record, now)["承诺办理或答复时间"] == words


def test_receipt_names_who_it_went_to() -> None:
    """An inquirer sent on asks at the next window, signed for or not."""
    assert boxes("回执单", inquiry(PASSED))["承办部门和承办人"] == "规划科 李洁"
    assert boxes("回执单", inquiry())["承办部门和承办人"] == "审批科 王芳"


def test_department_as_first_asked() -> None:
    """Where a department as a whole was asked first, its name stands for the person."""
    found = boxes("回执单", inquiry(first_responder="", department="规划科"))
    assert found["首问责任人"] == "规划科"
    assert found["联系电话"] == "0631-5550102"


def test_handoff_form() -> None:
    """六项制度附件二 and 审批大厅六: from, to, when, why, what, told, taken, consented to."""
    said = event(Progress, "23 10:10", "lijie", text="已说明由规划科办理")
    assert boxes("交接表", inquiry(PASSED, TAKEN, said, detail="厂房扩建")) == {
        "服务对象": "张某", "联系电话": "13812341234", "单位": "",
        "移交部门": "审批科", "移交人": "王芳（科员）", "接收部门": "规划科", "接收人": "李洁",
        "移交时间": "2026年11月23日 09:20", "签收时间": "2026年11月23日 10:00",
        "移交原因": "属规划科职责", "移交事项": "施工许可证办理材料\n厂房扩建", "移交材料（名称份数）": "",
        "告知服务对象情况": "方式：电话联系\n联系人：李洁 0631-5550133 二楼201\n2026年11月23日 10:10　已说明由规划科办理",
        "首问责任人": "王芳（科员）", "受理时间": "2026年11月23日 09:00",
        "领导审批意见": "批准人：赵军", "移交人签名": "", "接收人签名": "",
    }  # fmt: skip


def test_handoff_form_of_a_return_and_of_an_earlier_handoff() -> None:
    """Passed on twice: the last by default, the first by its event; what came back is said."""
    back = event(Return, "23 10:00", "lijie", reason="不属规划科")
    again = handoff("23 11:00", "办公室/heping", id="p2")
    record = inquiry(PASSED, back, again)
    assert boxes("交接表", record)["接收部门"] == "办公室"
    first = boxes("交接表", record, which="p1")
    assert (first["接收部门"], first["退回情况"]) == ("规划科", "2026年11月23日 10:00　不属规划科")
    with pytest.raises(NotFound, match="没有编号为 zz、可填交接表的事件"):
        boxes("交接表", record, which="zz")


def test_handoff_form_of_a_designation() -> None:
    """A leader's designation is a handoff that the leader consented to."""
    named = event(Instruct, "23 10:00", "heping", text="由规划科承办", designate=Target("规划科"))
    found = boxes("交接表", inquiry(named))
    assert (found["移交原因"], found["领导审批意见"]) == ("由规划科承办", "批准人：何平")
    assert found["告知服务对象情况"] == "方式：领导指定"


def test_coordination_order() -> None:
    """公司首问责任制度五（一）（四）: unit, name, phone, matter, who was absent and why, until when."""
    sent = handoff("23 09:20", absent="出差", reason="承办人不在", joint=("规划科", "办公室"))
    done = close("24 10:00", "wangfang")
    rated = event(Callback, "25 10:00", rating="满意", comment="很快")
    found = boxes("部门协调工单", inquiry(sent, done, rated, urgency="紧急"), "25 12:00")
    assert found["不在岗人员"] == "李洁"
    assert found["不在岗原因"] == "出差"
    assert found["协办部门（按先后）"] == "规划科 → 办公室"
    assert found["转往部门"] == "规划科"
    assert found["紧要程度"] == "紧急"
    assert found["答复期限"] == "2026年11月23日 17:30"
    assert found["办理结果"] == "已答复：已告知"
    assert found["告知客户时间"] == "2026年11月24日 10:00"
    assert found["回访情况"] == "满意，很快"


def test_materials_list_has_five_items() -> None:
    """审批大厅一次性告知第一条 names five; what the notice left out comes from the table of matters."""
    told = event(Notify, "23 09:30", material=("申请书", "授权书"), limit="2个工作日")
    found = boxes("提供材料一览表", inquiry(told, matter="立项"))
    five = ("需提供的材料", "办理程序", "承诺时限", "收费标准", "办事依据")
    assert [found[label] for label in five] == [
        "1. 申请书\n2. 授权书", "窗口受理", "2个工作日", "不收费", "某办法第二条",
    ]  # fmt: skip
    bare = boxes("提供材料一览表", inquiry(matter="立项"))
    assert [bare[label] for label in five] == [
        "1. 申请书\n2. 营业执照", "窗口受理", "3个工作日", "不收费", "某办法第二条",
    ]  # fmt: skip
    assert [boxes("提供材料一览表", inquiry())[label] for label in five] == [""] * 5


def test_refusal_report() -> None:
    """人事局否定报备: reasons in writing before the leader; empty before it is decided."""
    no = close(
        "24 10:00", outcome="不予办理", reason="没有规划许可证", basis="建筑法第八条", signed_by="sunmei"
    )
    found = boxes("否定报备表", inquiry(no, detail="厂房扩建"))
    assert (found["不予办理理由"], found["法律政策依据"]) == ("没有规划许可证", "建筑法第八条")
    assert (found["主管领导意见"], found["基本事实"]) == ("签字领导：孙梅", "厂房扩建")
    assert (found["经办人"], found["职务"]) == ("王芳", "科员")
    before = boxes("否定报备表", inquiry())
    assert (before["不予办理理由"], before["主管领导意见"]) == ("", "")


def test_supervision_notice_counts_on_its_day() -> None:
    """How late it was is a fact of the day on which the notice went out, not of the printing."""
    notice = event(
        Supervise, "30 09:00", "heping", text="请立即办理", due=at("2026-12-02 17:30"), number="督3号"
    )
    record = inquiry(PASSED, TAKEN, notice, event(Progress, "30 15:00", "lijie", text="已报领导"))
    found = boxes("督办单", record, "2026-12-10 09:00")
    assert (found["超期情况"], found["办理期限"]) == ("2个工作日", "2026年11月26日 17:30")
    assert (found["被督办部门"], found["承办人"]) == ("规划科", "李洁")
    assert found["办理情况回复"] == "2026年11月30日 15:00　已报领导"
    state = replay(record)
    assert filled("督办单", RULES, state, notice, at("30 10:00")).number == "督3号"
    early = event(Supervise, "24 09:00", "heping", text="请抓紧")
    assert boxes("督办单", inquiry(early))["超期情况"] == "未超期"
    evening = event(Supervise, "26 18:00", "heping", text="请抓紧")
    assert boxes("督办单", inquiry(evening))["超期情况"] == "不足1个工作日"


def test_registration_tells_what_was_done() -> None:
    """The register shows the disposition, step by step, and why this person is first-asked."""
    record = inquiry(PASSED, TAKEN, close("24 10:00", "lijie"), first_reason="职位高者为首问责任人")
    found = boxes("受理登记表", record, "25 09:00")
    assert found["处理情况"] == (
        "2026年11月23日 09:20　转规划科 李洁（电话联系），属规划科职责\n"
        "2026年11月23日 10:00　李洁签收\n"
        "2026年11月24日 10:00　办结（已答复）：已告知"
    )
    assert found["首问责任人认定"] == "职位高者为首问责任人"
    assert "首问责任人认定" not in boxes("受理登记表", inquiry())


def test_given_out_form_keeps_day_and_number() -> None:
    """Printed again, a form that was given out is the same paper."""
    given = event(Issue, "23 11:00", form="回执单", number="回〔2026〕12号")
    copy = event(Issue, "24 11:00", form="回执单")
    form = filled("回执单", RULES, replay(inquiry(given)), None, at("30"))
    assert (form.number, form.dated) == ("回〔2026〕12号", "2026年11月23日")
    form = filled("回执单", RULES, replay(inquiry(given, copy)), None, at("30"))
    assert (form.number, form.dated) == ("回〔2026〕12号", "2026年11月24日")
    blank = filled("交接表", RULES, replay(inquiry(given, PASSED)), PASSED, at("30"))
    assert (blank.number, blank.dated) == ("", "年　　月　　日")


def test_ripeness() -> None:
    """A form about something that did not happen is not given out."""
    assert refused("交接表", inquiry()) == "还没有转办的记录；先转办：shouwen handoff"
    assert refused("交接表", inquiry(PASSED)) == ""
    assert "还没有督办" in refused("督办单", inquiry())
    assert "还没有一次性告知" in refused("提供材料一览表", inquiry())
    assert refused("提供材料一览表", inquiry(matter="立项")) == ""
    assert refused("回执单", inquiry()) == ""
    assert "已办结（已答复）" in refused("回执单", inquiry(close("24 10:00")))
    assert refused("否定报备表", inquiry()) == ""
    assert "已按“已答复”办结" in refused("否定报备表", inquiry(close("24 10:00")))
    no = close("24 10:00", outcome="不予办理", reason="无", basis="无", signed_by="sunmei")
    assert refused("否定报备表", inquiry(no)) == ""
    assert refused("部门协调工单", inquiry()) == refused("受理登记表", inquiry()) == ""


def test_names_of_forms() -> None:
    """A unique beginning, the title on the paper and the English name are all accepted."""
    assert [find_kind(n) for n in ("回执", "台", "工作交接表", "supervision", "提供")] == [
        "回执单", "台账", "交接表", "督办单", "提供材料一览表",
    ]  # fmt: skip
    with pytest.raises(Usage, match="没有表单“登记”；可用：受理登记表$"):
        find_kind("登记")
    with pytest.raises(Usage, match="没有表单“”；可用：" + "、".join(KINDS)):
        find_kind("")


def test_ledger_has_the_fields_named() -> None:
    """六项制度（一）5 names the fields of the 台账, in this order; people are masked."""
    record = inquiry(PASSED, TAKEN, close("24 10:00", "lijie"))
    found = register("台账", "某局", "十一月", [(RULES, replay(record))], hidden=2, unread=1)
    assert [c.title for c in found.columns[1:]] == [
        "姓名", "单位", "联系方式", "事项内容", "受理时间", "办结时间", "业务属性", "首问责任人", "承办人",
    ]  # fmt: skip
    assert found.rows == (
        ("20261123-K7Q4QX", "张*", "", "138****1234", "施工许可证办理材料", "2026-11-23 09:00",
         "2026-11-24 10:00", "咨询", "王芳", "李洁"),
    )  # fmt: skip
    assert found.notes == ("共 1 件。", "另有保密件（举报等）2 件，不列入。", "另有 1 个文件读不出，未列入。")
    bare = register("台账", "某局", "十一月", [(RULES, replay(record))], reveal=True)
    assert bare.rows[0][1:4] == ("张某", "", "13812341234")


def test_summary_has_result_and_satisfaction() -> None:
    """公司首问责任制度五（八）: what came of it, when it was told, what the customer said."""
    rated = event(Callback, "25 10:00", rating="满意", resolved=True)
    record = inquiry(close("24 10:00", "wangfang"), rated, subject="电话13912345678的事")
    found = register("汇总表", "某局", "十一月", [(RULES, replay(record)), (RULES, replay(inquiry()))])
    assert found.rows[0][1:] == (
        "2026-11-23", "张*", "咨询", "电话139****5678的事", "王芳", "已答复：已告知", "2026-11-24 10:00",
        "2026-11-25 已解决", "满意",
    )  # fmt: skip
    assert found.rows[1][6:] == ("在办", "", "", "")
    assert sum(c.share for c in found.columns) == 100


def test_a_form_for_every_clause_that_issues_one() -> None:
    """The forms that regulations ask for by name (duties' ``items``) can be printed."""
    from shouwen.store.settings import load_policy, policy_ids

    asked = {
        item
        for name in policy_ids()
        for key, duty in load_policy(name).duties.items()
        if key in ("receipt", "notice_form", "handoff_form")
        for item in duty.items
    }
    assert asked <= set(KINDS)
