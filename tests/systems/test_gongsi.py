"""首问责任制度 of a company (documents 4, 13 and 18 are the same)."""

import pytest

DAY, NEXT = "2026-11-23T", "2026-11-24T"
OTHER = {"channel": "来电", "scope": "其他部门", "subject": "设备故障"}
OWN = {"channel": "来电", "scope": "本部门", "subject": "查询合同进度"}


@pytest.fixture
def o(system):
    """The company."""
    return system("gongsi")


def test_several_asked_together(o):
    """Art. 3: the higher post, then the longer service; what decided stands in the record."""
    seen = []
    for present in ("zuoxi,kefu,laoyuan", "zuoxi,laoyuan", "tongnian,zuoxi"):
        told = o.show(o.intake("zuoxi", DAY + "09:15", present=present).id, DAY + "09:16")
        seen.append((told["first_responder"], told["first_reason"]))
    assert seen == [
        ("kefu", "与左西、劳源同时被询问，职位高者为首问责任人"),
        ("laoyuan", "与左西同时被询问，到岗早者为首问责任人"),
        ("tongnian", "与左西同时被询问，职位、到岗时间相同，按列名先后"),
    ]


def test_no_close_without_a_result(o):
    """Art. 4: every question has its answer: 办结 without one is not taken."""
    name = o.intake("zuoxi", DAY + "09:15").id
    assert "--result" in o("zuoxi", DAY + "09:20", "close", name, "--outcome", "已答复", code=2).err
    o("zuoxi", DAY + "09:20", "close", name, "--outcome", "已答复", "--result", "下周三发货")


def test_recorded_whoever_is_in_charge(o):
    """Art. 5(1): every scope is taken down, with who asked; 部门协调工单 prints it for the others."""
    for scope in ("本人", "本部门", "其他部门", "单位外", "不明确"):
        o.intake("zuoxi", DAY + "09:15", scope=scope)
    name = o.intake("zuoxi", DAY + "09:30", organisation="北方机械厂", **OTHER).id
    o(
        "zuoxi",
        DAY + "09:35",
        "handoff",
        name,
        "--to",
        "技术部/jishu",
        "--mode",
        "电话联系",
        "--reason",
        "属技术支持",
    )
    paper = o("zuoxi", DAY + "09:40", "form", "部门协调工单", name, "--issue").out
    for word in ("张某", "13812341234", "北方机械厂", "设备故障", "技术部", "季术", "属技术支持", "左西"):
        assert word in paper
    assert o.show(name, DAY + "09:41")["events"][-1]["form"] == "部门协调工单"


def test_what_is_unclear_is_passed_on_or_asked(o):
    """Art. 5(2): not sure, then another department or a leader."""
    left = o.intake("zuoxi", DAY + "09:15", scope="不明确").id
    assert ("五(二)", "不明请示") in o.found(left, NEXT + "09:00")
    asked = o.intake("zuoxi", DAY + "09:15", scope="不明确").id
    o("zuoxi", DAY + "09:20", "escalate", asked, "--text", "归谁办")
    passed = o.intake("zuoxi", DAY + "09:15", scope="不明确").id
    o("zuoxi", DAY + "09:20", "handoff", passed, "--to", "财务部", "--mode", "电话联系")
    assert [o.found(n, NEXT + "09:00") for n in (asked, passed)] == [set(), set()]


def test_within_the_limit_or_told_at_once_what_is_needed(o):
    """Art. 5(3): handled within the limit, or told once what it takes, and the limit waits meanwhile."""
    name = o.intake("zuoxi", DAY + "09:15").id
    assert o.show(name, DAY + "09:16")["due"] == "2026-11-24T17:30:00+08:00"
    o("zuoxi", DAY + "09:20", "notify", name, "--material", "合同复印件", "--procedure", "传真后核对")
    told = o.show(name, DAY + "09:21")
    assert (told["phase"], told["due"], told["findings"]) == ("中止", None, [])
    o("zuoxi", NEXT + "09:00", "supplement", name)
    o("zuoxi", NEXT + "09:10", "notify", name, "--material", "营业执照")
    assert o.found(name, NEXT + "09:11") == {("五(三)", "一次告知")}


def test_the_holder_is_away(o):
    """Art. 5(4): unit, name, phone and matter are taken down, and it is passed on; why he is away is listed."""
    words = ("--to", "客服部/laoyuan", "--mode", "书面转交", "--absent")
    bare = o.intake("zuoxi", DAY + "09:15", phone="", **OWN).id
    o("zuoxi", DAY + "09:20", "handoff", bare, *words, "病假")
    found = o.show(bare, DAY + "09:21")["findings"]
    assert [(f["article"], f["text"]) for f in found] == [
        ("五(四)", "责任人不在（病假），没有记下服务对象的单位、电话")
    ]
    whole = o.intake("zuoxi", DAY + "09:30", organisation="北方机械厂", **OWN).id
    assert "不在岗的原因没有“有事”" in o("zuoxi", DAY + "09:31", "handoff", whole, *words, "有事", code=2).err
    o("zuoxi", DAY + "09:35", "handoff", whole, *words, "公休")
    o("laoyuan", "2026-11-24T09:00", "accept", whole)
    told = o.show(whole, "2026-11-24T09:01")
    assert (told["holder"], told["findings"]) == ("laoyuan", [])


def test_own_department_leads_what_overlaps(o):
    """Art. 5(5): what other departments share in is led by the first-asked's own."""
    ways = ("--with", "技术部,财务部", "--mode", "电话联系", "--to")
    name = o.intake("zuoxi", DAY + "09:15", **OTHER).id
    o("zuoxi", DAY + "09:20", "handoff", name, *ways, "销售部")
    assert o.found(name, DAY + "09:21") == {("五(五)", "牵头")}
    led = o.intake("zuoxi", DAY + "09:30", **OTHER).id
    o("zuoxi", DAY + "09:35", "handoff", led, *ways, "客服部")
    told = o.show(led, DAY + "09:36")
    assert (told["phase"], told["holder"], told["findings"]) == ("在办", "zuoxi", [])
    assert told["events"][0]["joint"] == ["技术部", "财务部"]


@pytest.mark.parametrize("words", ["不知道", "不清楚", "不归我管"])
def test_no_turning_away_with_words(o, words):
    """Art. 5(6): the three phrases are found in what was told to the customer."""
    name = o.intake("zuoxi", DAY + "09:15", **OTHER).id
    o("zuoxi", DAY + "09:16", "progress", name, "--text", f"这个我{words}")
    assert o.found(name, DAY + "09:17") == {("五(六)", "禁用语")}


def test_nobody_reached_in_the_other_department(o):
    """Art. 5(6): the customer is told why, and hears again by a set time, else it is overdue."""
    name = o.intake("zuoxi", DAY + "09:15", **OTHER).id
    o("zuoxi", DAY + "09:20", "handoff", name, "--to", "技术部", "--mode", "电话联系", "--absent", "联系不上")
    assert o.found(name, DAY + "09:21") == {("五(六)", "无人说明")}
    o(
        "zuoxi",
        DAY + "09:25",
        "appoint",
        name,
        "--when",
        "2026-11-24 10:00",
        "--reason",
        "技术部外出，届时回复",
    )
    assert o.found(name, DAY + "09:26") == set()
    late = o.json("kefu", "2026-11-25T09:00", "overdue")["items"]
    assert "预约" in {i["clock"] for i in late if i["id"] == name}


def test_not_the_companys_business(o):
    """Art. 5(7): explained and pointed to whoever is in charge; a close that told nothing is found."""
    name = o.intake("zuoxi", DAY + "09:15", scope="单位外").id
    o("zuoxi", DAY + "09:20", "close", name, "--outcome", "超出职责", "--result", "属电力公司，已告知95598")
    assert o.found(name, DAY + "09:21") == set()
    bare = o.intake("zuoxi", DAY + "09:30", scope="单位外").id
    o(
        "zuoxi",
        DAY + "09:35",
        "close",
        bare,
        "--outcome",
        "超出职责",
        "--result",
        "不属本公司",
        "--not-told",
        "挂了电话",
    )
    assert ("五(七)", "解释说明") in o.found(bare, DAY + "09:36")


def test_called_back_except_the_anonymous_and_the_vexatious(o):
    """Art. 5(8): the result is told and followed up; only the anonymous and the vexatious are excepted."""
    end = ("--outcome", "已解决", "--result", "已修复")
    plain = o.intake("zuoxi", DAY + "09:00").id
    o("zuoxi", DAY + "10:00", "close", plain, *end)
    silent = o.intake("zuoxi", DAY + "09:00").id
    o("zuoxi", DAY + "10:00", "close", silent, *end, "--not-told", "太忙")
    vexatious = o.intake("zuoxi", DAY + "09:00").id
    o("zuoxi", DAY + "10:00", "close", vexatious, *end, "--not-told", "无理取闹")
    nameless = o.intake("zuoxi", DAY + "09:00", name="", phone="", anonymous=True, channel="来信").id
    o("zuoxi", DAY + "10:00", "close", nameless, *end, "--not-told", "匿名")
    names = (plain, silent, vexatious, nameless)
    assert [o.found(n, NEXT + "09:00") for n in names] == [set(), {("五(八)", "告知结果")}, set(), set()]
    late = o.json("kefu", "2026-11-30T09:00", "overdue")["items"]
    assert {i["id"] for i in late if i["clock"] == "回访"} == {plain, silent}
    o("zuoxi", "2026-11-30T09:10", "callback", plain, "--rating", "满意", "--resolved")
    late = o.json("kefu", "2026-11-30T09:11", "overdue")["items"]
    assert {i["id"] for i in late if i["clock"] == "回访"} == {silent}


def test_the_summary_of_questions_and_complaints(o):
    """Art. 5(8): 客户疑问、投诉汇总表 lists a period with the result and what the customer said."""
    name = o.intake("zuoxi", DAY + "09:00", category="投诉", subject="发货迟误").id
    o("zuoxi", DAY + "10:00", "close", name, "--outcome", "已解决", "--result", "已补发")
    o("zuoxi", DAY + "11:00", "callback", name, "--rating", "基本满意", "--resolved")
    table = o("kefu", DAY + "12:00", "form", "汇总表", "--from", "2026-11-01", "--to", "2026-11-30").out
    assert "客户疑问、投诉汇总表" in table
    for word in ("发货迟误", "已补发", "基本满意", "张*"):
        assert word in table
