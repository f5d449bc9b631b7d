"""朝阳医院: the first section coordinates, forbidden words, errors traced, complaints followed."""

import pytest

DAY = "2026-11-23T"


@pytest.fixture
def o(system):
    """The hospital."""
    return system("chaoyang")


def test_text_messages_are_received_too(o):
    """Arts. 2, 3: a text message has a first-asked as a visit has, and is answered within a day."""
    name = o.intake("daozhen", DAY + "09:15", channel="短信", category="就医流程").id
    told = o.show(name, DAY + "09:16")
    assert (told["channel"], told["first_responder"]) == ("短信", "daozhen")
    assert next((c["name"], c["due"][:10]) for c in told["clocks"]) == ("首次回应", "2026-11-24")


def test_the_first_section_coordinates(o):
    """Art. 3: two sections: the one that received first leads; giving the lead away is a lead itself."""
    name = o.intake("daozhen", DAY + "09:15", scope="其他部门").id
    way = ("handoff", name, "--mode", "电话联系", "--with", "内科,检验科", "--to")
    o("daozhen", DAY + "09:20", *way, "导诊台/daozhen")
    told = o.show(name, DAY + "09:21")
    assert (told["holder"], told["phase"], told["findings"]) == ("daozhen", "在办", [])
    other = o.intake("daozhen", DAY + "09:30", scope="其他部门").id
    o("daozhen", DAY + "09:35", "handoff", other, "--mode", "引领", "--with", "检验科", "--to", "内科")
    found = o.show(other, DAY + "09:36")["findings"]
    assert [(f["article"], f["text"]) for f in found] == [
        ("3", "涉及多个部门，应由首问部门导诊台牵头，不是内科")
    ]
    leads = o("yiwu", DAY + "10:00", "sanction", "report", "--from-overdue").out
    assert f"--staff daozhen --article 3 --violation '推诿' --occurred 2026-11-23 --inquiry {other}" in leads


@pytest.mark.parametrize(
    ("said", "hit"),
    [("这个我不知道", "不知道"), ("不清楚，问别人吧", "不清楚"), ("你到检验科去找吧", "到检验科去找"),
     ("请到五楼心内科去找", "到五楼心内科去找")],
)  # fmt: skip
def test_forbidden_words(o, said, hit):
    """Art. 5: the three phrases that send people away, wherever an answer is recorded."""
    name = o.intake("daozhen", DAY + "09:15").id
    o("daozhen", DAY + "09:20", "progress", name, "--text", said)
    found = o.show(name, DAY + "09:21")["findings"]
    assert [(f["article"], f["text"]) for f in found] == [
        ("5", f"首问责任人陶珍对服务对象说的话里有“{hit}”，请看上下文")
    ]
    o("daozhen", DAY + "09:25", "close", name, "--outcome", "已答复", "--result", said)
    assert len(o.show(name, DAY + "09:26")["findings"]) == 2
    assert o("yiwu", DAY + "10:00", "sanction", "report", "--from-overdue").out == ""


def test_a_proper_answer_has_none(o):
    """Art. 5: telling the way politely is no forbidden phrase."""
    name = o.intake("daozhen", DAY + "09:15").id
    o("daozhen", DAY + "09:20", "progress", name, "--text", "检验科在一楼东侧，我带您过去")
    assert o.found(name, DAY + "09:21") == set()


def test_whoever_finds_an_error_traces_it(o):
    """Art. 8: the finder looks into it; the inquirer is not sent to search."""
    name = o.intake("huayan", DAY + "09:15", channel="发现", category="求助", subject="化验单贴错").id
    assert ("8", "发现者查询") in o.found(name, "2026-11-24T09:00")
    o("huayan", "2026-11-24T09:05", "note", name, "--text", "已查明为条码打印错误")
    assert ("8", "发现者查询") not in o.found(name, "2026-11-24T09:06")


def test_dissatisfied_up_level_by_level(o):
    """Art. 9: each bad rating goes one level further up, until the inquirer is satisfied."""
    name = o.intake("daozhen", DAY + "09:15").id
    o("daozhen", DAY + "09:30", "close", name, "--outcome", "已答复", "--result", "已说明流程")
    for n, leader in enumerate(("daozhang", "fuyuan"), 10):
        o("daozhen", DAY + f"{n}:00", "callback", name, "--rating", "不满意", "--unresolved")
        assert o.found(name, DAY + f"{n}:01") == {("9", "不满意上报")}
        o("daozhen", DAY + f"{n}:05", "escalate", name, "--text", "服务对象不满意")
        assert o.found(name, DAY + f"{n}:06") == set()
        assert o.show(name, DAY + f"{n}:07")["events"][-1]["to"] == leader
    o("daozhen", DAY + "15:00", "callback", name, "--rating", "满意", "--resolved")
    assert o.found(name, DAY + "15:01") == set()


def test_hard_questions_go_up(o):
    """Arts. 6, 9: what the section cannot answer is put to its leader."""
    hard = o.intake("huayan", DAY + "09:15", urgency="复杂", scope="本部门").id
    assert o.found(hard, "2026-11-24T09:00") == {("6", "说明并请示"), ("9", "复杂事项")}
    o("huayan", "2026-11-24T09:05", "escalate", hard, "--text", "请示答复口径")
    assert o.found(hard, "2026-11-24T09:06") == set()


def test_handed_over_until_received(o):
    """Art. 6: guided or phoned there until received; Art. 10: who may not leave tells the way."""
    name = o.intake("daozhen", DAY + "09:15", scope="其他部门").id
    told = ("--to", "检验科", "--mode", "告知联系方式", "--contact", "华岩,0392-5550103,门诊一楼东")
    o("daozhen", DAY + "09:20", "handoff", name, *told)
    assert o.found(name, DAY + "09:21") == {("6", "引领")}
    assert o.show(name, DAY + "09:22")["holder"] == "daozhen"
    duty = o.intake("zhiban", DAY + "09:30", scope="其他部门").id
    o("zhiban", DAY + "09:35", "handoff", duty, *told)
    assert o.found(duty, DAY + "09:36") == set()


def test_a_complaint_is_a_lead_against_whom_it_names(o):
    """Art. 11: a complaint is looked into as a violation of the person complained of, not of the clerk."""
    name = o.intake(
        "yiwu", DAY + "09:15", category="投诉", about="daozhen", subject="导诊不理人", scope="本人"
    ).id
    assert o.found(name, DAY + "09:16") == {("11", "引起投诉")}
    nameless = o.intake("yiwu", DAY + "09:20", category="投诉", subject="有人不理人", scope="本人").id
    leads = o("yiwu", DAY + "10:00", "sanction", "report", "--from-overdue").out
    report = f"--staff daozhen --article 11 --violation '引起投诉' --occurred 2026-11-23 --inquiry {name}"
    assert report in leads
    assert nameless not in leads.replace(f"# inquiries/2026/11/{nameless}.yaml:1", "")
    assert "没有写被反映的人（--about）" in leads
    case = o("yiwu", DAY + "10:05", "sanction", "report", "--staff", "daozhen", "--article", "11", "--inquiry", name,
             "--occurred", "2026-11-23", "--summary", "导诊不理人").id  # fmt: skip
    assert name not in o("yiwu", DAY + "10:06", "sanction", "report", "--from-overdue").out
    o("yiwu", DAY + "10:10", "sanction", "verify", case, "--finding", "查实")
    o("yiwu", DAY + "10:15", "sanction", "decide", case, "--measure", "批评教育", "--authority", "医院")
    person = o.json("yiwu", DAY + "10:20", "evaluate", "2026", "--staff", "daozhen")["staff"][0]
    assert person["counts"] == {"批评教育": 1}


def test_who_cannot_leave_tells_the_way(o):
    """Art. 10: whoever is on duty and cannot leave says where to go; who can leave brings the person there."""
    for who, found in (("zhiban", set()), ("daozhen", {("6", "引领")})):
        name = o.intake(who, DAY + "09:15", scope="其他部门").id
        o(who, DAY + "09:20", "handoff", name, "--to", "检验科/huayan", "--mode", "告知联系方式", "--reason",
          "属检验科", "--contact", "华岩,0392-5550103,一楼东")  # fmt: skip
        assert o.found(name, DAY + "09:21") == found
