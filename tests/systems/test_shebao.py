"""社保局首问负责制度: every way of passing on, subordinate units, departments held responsible."""

import pytest

DAY, NEXT = "2026-11-23T", "2026-11-24T"


@pytest.fixture
def o(system):
    """The bureau with its subordinate branch."""
    return system("shebao")


@pytest.mark.parametrize("mode", ["引领", "指引", "电话联系", "告知电话", "告知地点"])
def test_every_way_of_passing_on(o, mode):
    """Item 二(二): brought, guided, phoned for, told the number or the place; the branch included."""
    name = o.intake("chuangkou", DAY + "09:15", scope="其他部门", category="查询").id
    o("chuangkou", DAY + "09:20", "handoff", name, "--to", "城区分局", "--mode", mode)
    o("fenju", DAY + "09:30", "accept", name)
    told = o.show(name, DAY + "09:31")
    assert (told["events"][0]["mode"], told["holding_department"], told["findings"]) == (mode, "城区分局", [])
    paper = ("handoff", name, "--to", "稽核科", "--mode", "书面转交")
    assert "方式没有“书面转交”" in o("fenju", DAY + "09:40", *paper, code=2).err


def test_why_it_cannot_be_settled_at_once(o):
    """Item 二(二): the reason is told whenever it is not settled on the spot, whoever is in charge."""
    for scope in ("本人", "其他部门"):
        name = o.intake("chuangkou", DAY + "09:15", scope=scope).id
        assert o.found(name, NEXT + "09:00") == {("二(二)", "说明并请示")}
        o("chuangkou", NEXT + "09:05", "progress", name, "--text", "系统升级，周三可办")
        assert o.found(name, NEXT + "09:06") == set()
    unclear = o.intake("chuangkou", DAY + "10:00", urgency="复杂").id
    o("chuangkou", DAY + "10:05", "close", unclear, "--outcome", "已答复", "--result", "大概可以")
    assert o.found(unclear, DAY + "10:06") == {("二(三)", "不明请示")}


def test_only_what_is_substantiated_and_departments_too(o):
    """Item 三: before 查实 nothing is decided; a department can be the one responsible."""
    report = ("--department", "稽核科", "--article", "三", "--violation", "拒绝推诿", "--summary", "窗口拒办")
    case = o("zonghe", DAY + "09:00", "sanction", "report", *report, "--occurred", "2026-11-20").id
    decide = ("sanction", "decide", case, "--authority", "局党组", "--measure", "教育")
    assert "不能决定（须为已查实）" in o("zonghe", DAY + "09:10", *decide, code=3).err
    o("zonghe", DAY + "09:20", "sanction", "verify", case, "--finding", "查实")
    o("zonghe", DAY + "09:30", *decide)
    shown = o.json("zonghe", DAY + "09:31", "sanction", "show", case)
    assert (shown["department"], shown.get("staff", ""), shown["measures"]) == ("稽核科", "", ["教育"])
    assert shown["proposal"]["measures"] == ["教育"]
    unfounded = ("--staff", "chuangkou", "--article", "三", "--violation", "态度粗暴", "--summary", "顶撞")
    second = o("zonghe", DAY + "10:00", "sanction", "report", *unfounded, "--occurred", "2026-11-20").id
    o("zonghe", DAY + "10:10", "sanction", "verify", second, "--finding", "不成立")
    o(
        "zonghe",
        DAY + "10:20",
        "sanction",
        "decide",
        second,
        "--authority",
        "局党组",
        "--measure",
        "教育",
        code=3,
    )
    person = o.json("zonghe", DAY + "11:00", "evaluate", 2026, "--staff", "chuangkou")["staff"][0]
    assert (person["counts"], person["excellent_allowed"], person["findings"]) == ({}, True, [])
