"""门诊首问负责制实施方案: told back and confirmed, the reason of what failed, satisfaction."""

import pytest

DAY = "2026-11-23T"


@pytest.fixture
def o(system):
    """The clinic."""
    return system("shishi")


def test_told_back_and_confirmed(o):
    """Art. 一: led to the department, then told back to the patient and confirmed."""
    name = o.intake("hushi", DAY + "09:15", scope="其他部门").id
    o("hushi", DAY + "09:20", "handoff", name, "--to", "检验科/jianke", "--mode", "引领")
    o("jianke", DAY + "09:30", "accept", name)
    assert o.found(name, "2026-11-24T09:00") == {("一", "反馈确认")}
    o("hushi", "2026-11-24T09:05", "progress", name, "--text", "已确认检验科为您安排上午抽血")
    assert o.found(name, "2026-11-24T09:06") == set()


def test_what_failed_needs_its_reason(o):
    """Art. 一: the patient hears why the aim was not reached."""
    name = o.intake("hushi", DAY + "09:15", category="就医").id
    end = ("close", name, "--outcome", "超出职责", "--result", "本门诊不开展此项检查")
    o("hushi", DAY + "09:30", *end)
    assert o.found(name, DAY + "09:31") == {("一", "解释说明"), ("二④", "打发走")}
    other = o.intake("hushi", DAY + "09:40", category="就医").id
    end = ("close", other, "--outcome", "超出职责", "--result", "本门诊不开展此项检查")
    o("hushi", DAY + "09:45", *end, "--reason", "没有设备，已介绍县医院")
    assert o.found(other, DAY + "09:46") == set()
    untold = o.intake("hushi", DAY + "09:50", category="就医").id
    end = ("close", untold, "--outcome", "超出职责", "--result", "不开展", "--reason", "没有设备")
    o("hushi", DAY + "09:55", *end, "--not-told", "已离开")
    assert o.found(untold, DAY + "09:56") == {("一", "解释说明")}


def test_words_not_to_be_used(o):
    """Art. 二⑤: the three phrases, and what follows for who said them."""
    name = o.intake("hushi", DAY + "09:15").id
    o("hushi", DAY + "09:20", "progress", name, "--text", "不归我管")
    assert o.found(name, DAY + "09:21") == {("二⑤", "禁用语")}
    assert o("menzhu", DAY + "10:00", "sanction", "report", "--from-overdue").out == ""


def test_satisfaction_is_counted(o):
    """Art. 三1: what patients said, by person and together; the year of the result counts."""
    said = (("hushi", "非常满意"), ("hushi", "满意"), ("hushi", "不满意"), ("jianke", "基本满意"))
    for n, (who, rating) in enumerate(said):
        name = o.intake(who, DAY + f"09:1{n}").id
        o(who, DAY + f"09:2{n}", "close", name, "--outcome", "已答复", "--result", "已答复")
        o("menzhu", DAY + f"09:3{n}", "callback", name, "--rating", rating)
    staff = {p["id"]: p["statistics"] for p in o.json("menzhu", DAY + "10:00", "evaluate", "2026")["staff"]}
    assert staff["hushi"]["ratings"] == {"不满意": 1, "满意": 1, "非常满意": 1}
    assert staff["jianke"]["ratings"] == {"基本满意": 1}
    assert staff["yaofang"]["ratings"] == {}
    rates = {who: staff[who]["satisfaction"] for who in ("hushi", "jianke", "yaofang")}
    assert rates == {
        "hushi": {"satisfied": 2, "rated": 3, "rate": 0.6667},
        "jianke": {"satisfied": 1, "rated": 1, "rate": 1.0},
        "yaofang": {"satisfied": 0, "rated": 0, "rate": None},
    }
    page = o("menzhu", DAY + "10:01", "evaluate", "2026").out
    assert "  评价合计：非常满意1次、满意1次、基本满意1次、不满意1次；满意率 75.0%（3/4）\n" in page
    last = o("menzhu", DAY + "10:02", "evaluate", "2025").out
    assert "评价合计" not in last


def test_nobody_is_overdue_for_a_questionnaire(o):
    """Art. 三1 lays down no time for asking: nothing is owed after the result."""
    name = o.intake("hushi", DAY + "09:15").id
    o("hushi", DAY + "09:30", "close", name, "--outcome", "已答复", "--result", "已答复")
    assert o.json("menzhu", "2027-03-01T09:00", "overdue")["items"] == []
