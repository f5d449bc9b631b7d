"""诚成商贸: the deadline first, word in stages, level by level when nobody is there."""

import pytest

DAY = "2026-11-23T"
OTHER = {"scope": "其他部门", "category": "业务"}


@pytest.fixture
def o(system):
    """The company."""
    return system("chengcheng")


def test_guests_and_colleagues(o):
    """Arts. 2.2, 3.2: a guest or a colleague, one's own duty or not: first received is answerable."""
    guest = o.intake("xiaozhou", DAY + "09:15", **OTHER).id
    colleague = o.intake("xiaozhou", DAY + "09:20", internal=True, name="常初", scope="本部门").id
    assert "internal" not in o.show(guest, DAY + "09:21")["inquirer"]
    told = o.show(colleague, DAY + "09:21")
    assert (told["first_responder"], told["inquirer"]["internal"]) == ("xiaozhou", True)


def test_the_deadline_comes_first(o):
    """Art. 4.2: what takes longer: by when is told first, and that promise is a clock."""
    name = o.intake("xiaozhou", DAY + "09:15", category="业务").id
    assert ("4.2", "告知期限") in o.found(name, "2026-11-24T09:00")
    told = o.intake("xiaozhou", DAY + "09:20", category="业务", promised="2026-12-04 17:00").id
    assert ("4.2", "告知期限") not in o.found(told, "2026-11-24T09:00")
    late = o.json("xiaozhou", "2026-12-07T09:00", "overdue")["items"]
    assert ("承诺", "2026-12-04T17:00:00+08:00") in {(i["clock"], i["due"]) for i in late if i["id"] == told}


def test_word_in_stages(o):
    """Art. 4.2: word every two working days; what is missing is overdue, what came late stays shown."""
    name = o.intake("xiaozhou", DAY + "09:15", category="业务", promised="2026-12-04 17:00").id

    def stages(now):
        found = o.json("xiaozhou", now, "overdue")["items"]
        return [(i["due"][:10], i["article"], i["held_at_due"]) for i in found if i["clock"] == "反馈"]

    assert stages("2026-11-25T17:00") == []
    assert stages("2026-11-26T09:00") == [("2026-11-25", "默认", "xiaozhou")]
    o("xiaozhou", "2026-11-26T10:00", "progress", name, "--text", "供货商已答应换货")
    assert stages("2026-11-30T17:00") == []
    assert stages("2026-12-01T09:00") == [("2026-11-30", "默认", "xiaozhou")]
    o("xiaozhou", "2026-12-01T09:05", "close", name, "--outcome", "已解决", "--result", "已换货")
    past = [c for c in o.show(name, "2026-12-02T09:00")["clocks"] if c["name"] == "反馈"]
    assert [(c["due"][:10], c["state"], c["level"]) for c in past] == [
        ("2026-11-25", "已停", "红牌"), ("2026-11-30", "已停", "红牌"),
    ]  # fmt: skip
    o("xiaozhou", "2026-12-02T09:00", "progress", name, "--text", "再次致谢")
    assert [c for c in o.show(name, "2026-12-09T09:00")["clocks"] if c["name"] == "反馈"] == past
    # The document sets no interval: what the tool proposes reminds, and charges nobody.
    assert "反馈超期" not in o("xingzheng", "2026-12-02T09:00", "sanction", "report", "--from-overdue").out


def test_the_result_is_told(o):
    """Art. 4.2: done, and the result told; nobody is exempt."""
    name = o.intake("xiaozhou", DAY + "09:15", category="业务").id
    o("xiaozhou", DAY + "10:00", "close", name, "--outcome", "已解决", "--result", "已换货")
    close = o.show(name, DAY + "10:01")["events"][-1]
    assert close["told"] == "2026-11-23T10:00:00+08:00"


def test_the_one_in_charge_is_away(o):
    """Art. 4.3: unit, name, phone, matter and how urgent it is are taken down and passed on."""
    name = o.intake("xiaozhou", DAY + "09:15", urgency="一般", **OTHER).id
    way = ("--to", "采购部/caiyi", "--mode", "书面转交", "--absent", "出差", "--contact", "蔡一,0631-5550111")
    o("xiaozhou", DAY + "09:20", "handoff", name, *way)
    found = o.show(name, DAY + "09:21")["findings"]
    assert [(f["article"], f["text"]) for f in found] == [
        ("4.3", "责任人不在（出差），没有记下服务对象的单位")
    ]
    o("xiaozhou", DAY + "09:25", "correct", name, "--field", "inquirer.organisation", "--value", "某商行",
      "--reason", "补记")  # fmt: skip
    told = o.show(name, DAY + "09:26")
    assert (told["findings"], told["phase"], told["pending"]["staff"]) == ([], "待签收", "caiyi")


def test_how_urgent_is_written_down(o):
    """Art. 4.3: somebody is away and nobody asked how urgent it is: found until it is said, even if it is the usual."""
    away = (
        "--to",
        "采购部/caiyi",
        "--mode",
        "书面转交",
        "--absent",
        "事务繁忙",
        "--contact",
        "蔡一,0631-5550111",
    )
    name = o.intake("xiaozhou", DAY + "09:15", organisation="某商行", **OTHER).id
    o("xiaozhou", DAY + "09:20", "handoff", name, *away)
    assert [f["text"] for f in o.show(name, DAY + "09:21")["findings"]] == [
        "责任人不在（事务繁忙），没有记下服务对象的紧要程度"
    ]
    o(
        "xiaozhou",
        DAY + "09:25",
        "correct",
        name,
        "--field",
        "紧要程度",
        "--value",
        "一般",
        "--reason",
        "问过了",
    )
    assert o.found(name, DAY + "09:26") == set()
    said = o.intake("xiaozhou", DAY + "10:15", organisation="某商行", urgency="一般", **OTHER).id
    o("xiaozhou", DAY + "10:20", "handoff", said, *away)
    assert o.found(said, DAY + "10:21") == set()


def test_urgent_and_nobody_to_be_reached(o):
    """Art. 4.4: up level by level, the superior decides, and afterwards it is confirmed."""
    name = o.intake("xiaozhou", DAY + "09:15", urgency="紧急", organisation="某商行", **OTHER).id
    o("xiaozhou", DAY + "09:20", "handoff", name, "--to", "采购部", "--mode", "书面转交", "--absent", "联系不上",
      "--contact", "蔡一,0631-5550111")  # fmt: skip
    assert o.found(name, DAY + "09:21") == {("4.4", "紧急事项")}
    for minute in (25, 30, 35):
        o("xiaozhou", DAY + f"09:{minute}", "escalate", name, "--text", "急需发货")
    asked = [e["to"] for e in o.show(name, DAY + "09:36")["events"] if e["do"] == "请示"]
    assert asked == ["xingzheng", "fenguan", "zongjingli"]
    o("zongjingli", DAY + "09:40", "instruct", name, "--text", "仓储部先发货", "--designate", "仓储部")
    assert ("4.4", "紧急事项") in o.found(name, "2026-11-24T09:00")
    o("xiaozhou", "2026-11-24T09:05", "progress", name, "--text", "确认已收到货")
    assert ("4.4", "紧急事项") not in o.found(name, "2026-11-24T09:06")


def test_several_departments_in_order(o):
    """Art. 5.1.2: which departments, and in which order; passing one over is shown."""
    name = o.intake("xiaozhou", DAY + "09:15", **OTHER).id
    o(
        "xiaozhou",
        DAY + "09:20",
        "handoff",
        name,
        "--to",
        "采购部/caiyi",
        "--mode",
        "引领",
        "--with",
        "仓储部,财务部",
    )
    assert "协办：仓储部、财务部" in o("xiaozhou", DAY + "09:21", "show", name).out
    o("caiyi", DAY + "09:30", "accept", name)
    o("caiyi", DAY + "10:00", "handoff", name, "--to", "财务部/caiwu", "--mode", "引领")
    found = o.show(name, DAY + "10:01")["findings"]
    assert [(f["article"], f["text"]) for f in found] == [
        ("5.1.2", "先后顺序是采购部、仓储部、财务部，越过了仓储部")
    ]
    o("caiwu", DAY + "10:05", "return", name, "--reason", "先验货")
    o("caiyi", DAY + "10:10", "handoff", name, "--to", "仓储部/cangchu", "--mode", "引领")
    o("cangchu", DAY + "10:15", "accept", name)
    o("cangchu", DAY + "10:20", "handoff", name, "--to", "财务部/caiwu", "--mode", "引领")
    texts = [f["text"] for f in o.show(name, DAY + "10:21")["findings"] if f["name"] == "先后顺序"]
    assert len(texts) == 1


def test_the_inquirer_chooses_who_makes_contact(o):
    """Art. 5.2.1: on the phone the inquirer chooses; who left it to the first-asked is looked after."""
    name = o.intake("xiaozhou", DAY + "09:15", channel="来电", **OTHER).id
    way = (
        "--to",
        "采购部/caiyi",
        "--mode",
        "告知联系方式",
        "--contact",
        "蔡一,0631-5550111",
        "--reason",
        "属采购部",
    )
    o("xiaozhou", DAY + "09:20", "handoff", name, *way)
    assert o.found(name, DAY + "09:21") == {("5.2.1", "联系选择")}
    other = o.intake("xiaozhou", DAY + "09:30", channel="来电", promised="2026-12-04 17:00", **OTHER).id
    o("xiaozhou", DAY + "09:35", "handoff", other, *way, "--contact-by", "代为联系")
    assert o.show(other, DAY + "09:36")["events"][0]["contact_by"] == "代为联系"
    o("caiyi", DAY + "10:00", "accept", other)
    assert o.found(other, "2026-11-24T09:00") == {("2.1", "跟踪")}
    o("xiaozhou", "2026-11-24T09:05", "urge", other, "--text", "请尽快回电")
    assert o.found(other, "2026-11-24T09:06") == set()


def test_a_visitor_is_brought_there(o):
    """Art. 5.1.1: who came in person is brought to the one in charge."""
    name = o.intake("xiaozhou", DAY + "09:15", **OTHER).id
    o("xiaozhou", DAY + "09:20", "handoff", name, "--to", "采购部/caiyi", "--mode", "书面转交")
    assert o.found(name, DAY + "09:21") == {("5.1.1", "引领")}
