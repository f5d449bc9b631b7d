"""政务服务中心六项制度: windows with receipts, handoff forms, a register and a ledger."""

import pytest

DAY, NEXT = "2026-11-23T", "2026-11-24T"
KINDS = ("咨询", "行政许可", "行政确认", "公共服务", "审批", "备案", "登记")


@pytest.fixture
def o(system):
    """The service centre, with its complaints phone."""
    made = system("zhengwu")
    made.edit("ledger.yaml", 'supervision_phone: ""', 'supervision_phone: "0451-5550199"')
    return made


def test_kinds_of_business(o):
    """Item (一)3: the seven kinds, at the window, by phone and on the net."""
    for kind in KINDS:
        name = o.intake("chuang", DAY + "09:15", category=kind).id
        assert o.show(name, DAY + "09:16")["category"] == kind
    assert "类别没有“信访”" in o.intake("chuang", DAY + "09:15", category="信访", code=2).err
    for channel in ("来电", "网上"):
        o.intake("chuang", DAY + "09:20", channel=channel)


def test_brought_handed_over_and_followed(o):
    """Item (一)4: to another window with a form, and the first-asked goes on following it."""
    name = o.intake(
        "chuang",
        DAY + "09:15",
        scope="其他部门",
        category="登记",
        subject="公司注册",
        promised="2026-11-25 17:00",
    ).id
    o(
        "chuang",
        DAY + "09:20",
        "handoff",
        name,
        "--to",
        "市场准入窗口/shichang",
        "--mode",
        "引领",
        "--reason",
        "属注册登记",
    )
    assert o.found(name, DAY + "09:21") == {("(一)4", "工作交接")}
    paper = o("chuang", DAY + "09:25", "form", "交接表", name, "--issue").out
    for word in ("庄窗", "石昌", "市场准入窗口", "公司注册", "属注册登记"):
        assert word in paper
    assert o.found(name, DAY + "09:26") == set()
    o("shichang", DAY + "09:30", "accept", name)
    o("chuang", DAY + "09:35", "form", "回执单", name, "--issue")
    later = o.show(name, NEXT + "09:00")
    assert (later["first_responder"], later["holder"]) == ("chuang", "shichang")
    assert o.found(name, NEXT + "09:00") == set()
    plain = o.intake("chuang", DAY + "10:15", scope="其他部门", category="登记").id
    o("chuang", DAY + "10:20", "handoff", plain, "--to", "市场准入窗口/shichang", "--mode", "指引")
    assert ("(一)4", "引领") in o.found(plain, DAY + "10:21")
    o("shichang", DAY + "10:30", "accept", plain)
    assert ("(一)4", "跟踪") in o.found(plain, NEXT + "09:00")
    o("chuang", NEXT + "09:05", "note", plain, "--text", "已问石昌，下午办结")
    assert ("(一)4", "跟踪") not in o.found(plain, NEXT + "09:06")


def test_the_ledger_has_its_fields(o):
    """Item (一)5: name, unit, contact, matter, both times, kind, first-asked and handler; none missing."""
    bare = o.intake("chuang", DAY + "09:14", name="", phone="").id
    assert o.found(bare, DAY + "09:14") == {("(一)5", "登记")}
    name = o.intake("chuang", DAY + "09:15", organisation="东方公司", category="备案", subject="合同备案").id
    o("chuang", DAY + "10:00", "close", name, "--outcome", "已解决", "--result", "已备案")
    table = o("zonghe", DAY + "11:00", "form", "台账", "--from", "2026-11-01", "--to", "2026-11-30").out
    head = (
        "姓名",
        "单位",
        "联系方式",
        "事项内容",
        "受理时间",
        "办结时间",
        "业务属性",
        "首问责任人",
        "承办人",
    )
    row = (
        "张*",
        "东方公司",
        "138****1234",
        "合同备案",
        "2026-11-23 09:15",
        "2026-11-23 10:00",
        "备案",
        "庄窗",
    )
    for word in head + row:
        assert word in table
    register = o("chuang", DAY + "11:01", "form", "受理登记表", name).out
    for word in ("张某", "东方公司", "13812341234", "合同备案", "庄窗"):
        assert word in register


def test_a_receipt_when_not_settled_the_same_day(o):
    """Item (一)6: the receipt has who and which phone, kind, promised time and complaints phone."""
    name = o.intake("chuang", DAY + "09:15", category="行政许可", matter="施工许可", scope="本人").id
    assert o.found(name, DAY + "17:00") == set()
    assert o.found(name, NEXT + "09:00") == {("(一)6", "出具回执")}
    paper = o("chuang", NEXT + "09:05", "form", "回执单", name, "--issue").out
    for word in ("庄窗", "0451-5550111", "行政许可", "2026年11月30日 17:30", "0451-5550199"):
        assert word in paper
    assert o.found(name, NEXT + "09:06") == set()
    same_day = o.intake("chuang", DAY + "09:30").id
    o("chuang", DAY + "09:40", "close", same_day, "--outcome", "已答复", "--result", "已说明程序")
    assert o.found(same_day, NEXT + "09:00") == set()


def test_whoever_answers_the_phone(o):
    """Item (一)7: by phone, the one who answered is first-asked, and the caller may stay nameless."""
    name = o.intake("gongcheng", DAY + "09:15", channel="来电", name="", phone="").id
    assert o.show(name, DAY + "09:16")["first_responder"] == "gongcheng"
