"""销售部首问负责制管理办法: sales offices, tasks set by superiors, one complaints phone."""

import pytest

DAY, NEXT = "2026-11-23T", "2026-11-24T"


@pytest.fixture
def o(system):
    """The sales department."""
    return system("xiaoshou")


def test_a_task_of_a_superior_has_a_time_limit(o):
    """Items 二, 三: visits, calls and letters are taken in; a 督办 task without a limit is refused."""
    for channel in ("来访", "来电", "来信"):
        o.intake("yingye", DAY + "09:00", channel=channel)
    task = {"channel": "交办", "category": "督办事项", "subject": "清收甲公司欠款", "name": ""}
    bare = o.intake("neiqin", DAY + "09:15", **task).id
    assert o.found(bare, DAY + "09:16") == {("三", "交办限期")}
    name = o.intake("neiqin", DAY + "09:20", promised="2026-11-25 17:30", **task).id
    o("zongjian", DAY + "10:00", "supervise", name, "--text", "按期报结果", "--due", "2026-11-25 12:00")
    clocks = {
        i["clock"] for i in o.json("zongjian", "2026-11-26T09:00", "overdue")["items"] if i["id"] == name
    }
    assert {"承诺", "督办"} <= clocks
    lead = o("zongjian", "2026-11-26T09:00", "sanction", "report", "--from-overdue").out
    assert "--staff neiqin --article '三' --violation '督办未完成'" in lead and name in lead
    report = ("--staff", "neiqin", "--article", "三", "--summary", "到期未完成", "--occurred", "2026-11-25")
    case = o("zongjian", "2026-11-26T09:30", "sanction", "report", *report, "--inquiry", name).id
    o("zongjian", "2026-11-26T09:40", "sanction", "verify", case, "--finding", "查实")
    # The document breaks off before its penalties: whatever the company decides is taken down.
    decide = ("sanction", "decide", case, "--authority", "公司", "--measure", "扣减绩效")
    assert o("zongjian", "2026-11-26T10:00", "sanction", "decide", case, "--authority", "公司", code=2).err
    o("zongjian", "2026-11-26T10:00", *decide)


def test_field_staff_ask_the_back_office(o):
    """Item 二: a salesman in the field is an inquirer too, whose matter is answered in time."""
    name = o.intake("neiqin", DAY + "09:15", category="内部协助", channel="来电", subject="请代办发货手续",
                    name="朱伟", internal=True, matter="驻外协助").id  # fmt: skip
    told = o.show(name, DAY + "09:16")
    assert (told["inquirer"]["internal"], told["due"]) == (True, "2026-11-25T17:30:00+08:00")


def test_forms_of_intake(o):
    """Item 四1: face to face, letters, calls and complaints on the net; what else comes is taken too."""
    for channel in ("来访", "来信", "来电", "网上", "短信"):
        name = o.intake("yingye", DAY + "09:00", channel=channel, category="投诉").id
        assert o.show(name, DAY + "09:01")["channel"] == channel


def test_the_complaints_phone_is_on_the_receipt(o):
    """Item 四3: the phone that the document names stands in the new ledger and on every receipt."""
    name = o.intake("yingye", DAY + "09:15", matter="质量反馈").id
    paper = o("yingye", DAY + "09:20", "form", "回执单", name).out
    assert "| 监督投诉电话 | 0631-8081585 " in paper


def test_a_named_coordinator_and_a_limit(o):
    """Item 五1.1: what concerns several windows has a person who coordinates, and a limit."""
    name = o.intake("yingye", DAY + "09:15", scope="其他部门", category="购买服务", subject="集团采购").id
    several = ("--mode", "书面转交", "--with", "营业室,区域销售一部", "--to")
    o("yingye", DAY + "09:20", "handoff", name, *several, "综合科")
    assert o.found(name, DAY + "09:21") == {("五1.1", "专人")}
    o("zhuanguan", DAY + "09:25", "return", name, "--reason", "请写明专管人")
    o("yingye", DAY + "09:30", "handoff", name, *several, "综合科/zhuanguan")
    o("zhuanguan", DAY + "09:40", "accept", name)
    told = o.show(name, DAY + "09:41")
    assert (told["holder"], told["due"], told["first_responder"]) == (
        "zhuanguan", "2026-11-26T17:30:00+08:00", "yingye",
    )  # fmt: skip


def test_service_windows_are_departments(run, tmp_path):
    """Item 四2: a new ledger of this kind of office has its windows, matters and phone, and is sound."""
    root = tmp_path / "new"
    assert run("init", root, "--policy", "xiaoshou").code == 0
    staff = (root / "staff.yaml").read_text("utf-8")
    for window in ("营业室", "热线室", "区域销售一部"):
        assert f"  {window}: {{leader: " in staff
    assert "scale: 企业" in staff
    assert run("-L", root, "check").out == ""
    assert "营业室" in run("-L", root, "route", "价格").out
