"""乡首问负责制: a township, where the head of the section leads and 分管领导 hears of it."""

import pytest

DAY, NEXT = "2026-11-23T", "2026-11-24T"


@pytest.fixture
def o(system):
    """The township."""
    return system("xiangzhen")


def test_reason_told_and_papers_at_once(o):
    """Item 二1: not settled on the spot, then why; what is missing is told in one go."""
    name = o.intake("jieban", DAY + "09:15", category="业务", subject="低保申请").id
    found = o.show(name, NEXT + "09:00")["findings"]
    assert [(f["article"], f["text"]) for f in found] == [
        ("二1", "未当场办结，没有向服务对象说明原因的记录（反馈）")
    ]
    o("jieban", NEXT + "09:05", "notify", name, "--material", "收入证明", "--material", "户口簿")
    assert o.found(name, NEXT + "09:06") == set()
    o("jieban", NEXT + "10:00", "supplement", name)
    o("jieban", NEXT + "10:05", "notify", name, "--material", "残疾证")
    assert o.found(name, NEXT + "10:06") == {("二1", "一次告知")}


def test_other_department_reason_and_contact(o):
    """Item 二2: sent on with the reason, the department and how to reach it."""
    bare = o.intake("jieban", DAY + "09:15", scope="其他部门").id
    o("jieban", DAY + "09:20", "handoff", bare, "--to", "国土所", "--mode", "指引")
    found = o.show(bare, DAY + "09:21")["findings"]
    assert [(f["article"], f["text"]) for f in found] == [("二2", "转给国土所，没有说明理由")]
    whole = o.intake("jieban", DAY + "09:30", scope="其他部门").id
    told = ("--contact", "郭图,0371-5550113", "--reason", "宅基地归国土所")
    o("jieban", DAY + "09:35", "handoff", whole, "--to", "国土所", "--mode", "指引", *told)
    assert o.found(whole, DAY + "09:36") == set()


def test_two_departments_the_head_leads_and_reports(o):
    """Item 二4: the head of the first-asked's department leads, and puts it to 分管领导."""
    name = o.intake("jieban", DAY + "09:15", scope="其他部门", subject="危房改造和救助").id
    ways = (
        "--mode",
        "电话联系",
        "--reason",
        "涉及两家",
        "--contact",
        "闵铮,0371-5550111",
        "--with",
        "国土所,农业站",
        "--to",
    )
    o("jieban", DAY + "09:20", "handoff", name, *ways, "民政办/jieban")
    assert o.found(name, DAY + "09:21") == {("二4", "牵头"), ("二4", "汇报")}
    led = o.intake("jieban", DAY + "09:30", scope="其他部门", subject="危房改造和救助").id
    o("jieban", DAY + "09:35", "handoff", led, *ways, "民政办/minzheng")
    assert o.found(led, DAY + "09:36") == {("二4", "汇报")}
    o("minzheng", DAY + "09:40", "accept", led)
    o("minzheng", DAY + "09:45", "escalate", led, "--to", "fenguan", "--text", "由民政办牵头，三家共办")
    told = o.show(led, DAY + "09:46")
    assert (told["holder"], told["findings"]) == ("minzheng", [])


def test_reports_and_complaints_are_registered(o):
    """Item 二5: matter, name and phone, or it is not taken; anonymous is registered as such."""
    for category in ("举报", "投诉"):
        words = {"channel": "来电", "category": category, "subject": "反映补贴发放"}
        assert o.intake("dangzheng", DAY + "09:15", **words, phone="").code == 0
        o.intake("dangzheng", DAY + "09:20", **words)
        o.intake("dangzheng", DAY + "09:25", **words, name="", phone="", anonymous=True)


def test_a_phone_question_is_held_to_the_same_rules(o):
    """Item 二5: what is asked by phone is answered by the rules of a visit: sent elsewhere, it needs reason and number."""
    for channel in ("来访", "来电"):
        name = o.intake("dangzheng", DAY + "09:15", channel=channel, scope="其他部门").id
        o("dangzheng", DAY + "09:20", "close", name, "--outcome", "超出职责", "--result", "找民政办去")
        assert ("二2", "打发走") in o.found(name, DAY + "09:21")


def test_a_grave_case_reaches_the_leader(o):
    """Item 四: only where the circumstances are grave is the leader's responsibility looked at, and 纪律责任 due."""
    report = (
        "--staff",
        "jieban",
        "--violation",
        "严重不负责任",
        "--summary",
        "拖延致误期",
        "--occurred",
        "2026-11-20",
    )
    case = o("dangzheng", DAY + "09:00", "sanction", "report", *report).id
    assert o.json("dangzheng", DAY + "09:01", "sanction", "show", case)["proposal"]["measures"] == [
        "追究纪律责任"
    ]
    needs = ("--needs", "引起不满并造成不良后果，情节严重")
    o("dangzheng", DAY + "09:10", "sanction", "verify", case, "--finding", "查实", *needs)
    o("dangzheng", DAY + "09:30", "sanction", "decide", case, "--authority", "乡党委")
    result = o.json("dangzheng", DAY + "10:00", "evaluate", 2026)
    assert result["review"] == [{"leader": "fenguan", "post": "分管领导", "sanction": case}]
    assert f"冯官：{case} 严重不负责任" in o("dangzheng", DAY + "10:01", "evaluate", 2026).out


def test_criticised_and_corrected(o):
    """Item 四: 通报批评 with 限期整改, both."""
    violation = "不负责任"
    report = (
        "--staff",
        "jieban",
        "--article",
        "四",
        "--violation",
        violation,
        "--summary",
        "拖延致误期",
        "--occurred",
        "2026-11-20",
    )
    case = o("dangzheng", DAY + "09:00", "sanction", "report", *report).id
    shown = o.json("dangzheng", DAY + "09:01", "sanction", "show", case)["proposal"]
    assert (shown["measures"], shown["note"]) == (["通报批评", "限期整改"], "须查明：引起不满并造成不良后果")
    needs = ("--needs", "引起不满并造成不良后果")
    o("dangzheng", DAY + "09:10", "sanction", "verify", case, "--finding", "查实", *needs)
    half = ("sanction", "decide", case, "--authority", "乡党委", "--measure", "通报批评")
    assert "须写 --reason" in o("dangzheng", DAY + "09:20", *half, code=3).err
    o("dangzheng", DAY + "09:30", *half, "--measure", "限期整改")
    assert o.json("dangzheng", DAY + "10:00", "evaluate", 2026)["review"] == []


def test_three_phrases(o):
    """Item 三1: 不知道, 不清楚, 不归我管 are not said to visitors."""
    name = o.intake("jieban", DAY + "09:15").id
    o("jieban", DAY + "09:20", "progress", name, "--text", "不清楚，不归我管")
    assert [f["article"] for f in o.show(name, DAY + "09:21")["findings"]] == ["三1"]
