"""人事局: refusals put before a leader, a limit for every stage, a named person for two sections."""

import pytest

DAY = "2026-11-23T"


@pytest.fixture
def o(system):
    """The bureau."""
    return system("renshi")


def stages(o):
    """The office's own limits of the stages: the document says that there are some, not which."""
    limits = "overrides: {limits: {环节: [{workdays: 2, article: 限时办结, violation: 压误}]}}\n"
    path = o.root / "ledger.yaml"
    path.write_text(path.read_text("utf-8") + limits, "utf-8")


def send(o, name, who, to, now):
    """Passed on by one person and taken over by another, at once."""
    o(who, now, "handoff", name, "--to", to, "--mode", "书面转交", "--reason", "下一环节")
    o(to.partition("/")[2], now, "accept", name)


def test_registered_and_settled_once(o):
    """首问负责: everything is registered; what one's own post can settle is settled once."""
    assert o.found(o.intake("limin", DAY + "09:15", name="").id, DAY + "09:16") == set()
    name = o.intake("limin", DAY + "09:20").id
    assert o.found(name, DAY + "17:00") == set()
    assert o.found(name, "2026-11-24T09:00") == {("首问负责", "一次办结")}
    o("limin", "2026-11-24T09:05", "notify", name, "--material", "身份证")
    assert o.found(name, "2026-11-24T09:06") == set()
    o("limin", "2026-11-24T10:00", "supplement", name)
    o("limin", "2026-11-24T10:05", "close", name, "--outcome", "已答复", "--result", "已答复")
    o("limin", "2026-11-25T09:00", "reopen", name, "--reason", "答复不完整")
    told = o.show(name, "2026-11-25T09:01")["findings"]
    assert [(f["name"], f["text"]) for f in told] == [("一次办结", "重办，说明前一次没有一次办结")]


def test_delay_becomes_a_lead_and_the_leader_is_reviewed(o):
    """失职追究: delay, omission and lost papers are violations; the leader of that day answers too."""
    stages(o)
    name = o.intake("xiaozi", "2026-06-22T09:15", category="审批", scope="本部门").id
    lead = o("yuanban", "2026-06-26T09:00", "sanction", "report", "--from-overdue").out
    assert (
        f"--staff xiaozi --article '限时办结' --violation '压误' --occurred 2026-06-24 --inquiry {name}"
        in lead
    )
    cases = [("压误", "2026-06-24"), ("漏办", "2026-07-01"), ("材料丢失", "2026-07-02")]
    for violation, day in cases:
        case = o("yuanban", "2026-11-20T09:00", "sanction", "report", "--staff", "xiaozi",
                 "--violation", violation, "--article", "失职追究", "--summary", violation,
                 "--occurred", day).id  # fmt: skip
        o("yuanban", "2026-11-20T10:00", "sanction", "verify", case, "--finding", "查实")
        o(
            "yuanban",
            "2026-11-20T11:00",
            "sanction",
            "decide",
            case,
            "--measure",
            "批评教育",
            "--authority",
            "局",
        )
    review = o.json("yuanban", DAY + "09:15", "evaluate", "2026")["review"]
    assert sorted(r["leader"] for r in review) == ["gaozhi", "xinhua", "xinhua"]


def test_refusal_needs_reasons_and_the_leader(o):
    """否定报备: without written reasons, or signed by anybody but the leader in charge, no refusal."""
    name = o.intake("limin", DAY + "09:15", category="审批").id
    end = ("close", name, "--outcome", "不予办理", "--result", "不符合条件", "--basis", "调动规定")
    signed = (*end, "--reason", "工龄不足")
    assert (
        "“否定报备” 否定报备：以“不予办理”办结，缺少理由、签字领导"
        in o("limin", DAY + "10:00", *end, code=3).err
    )
    wrong = o("limin", DAY + "10:01", *signed, "--signed-by", "gongli", code=3)
    assert "由龚力签字，应由分管领导傅举签字" in wrong.err
    o("limin", DAY + "10:02", *signed, "--signed-by", "fuju")
    close = o.show(name, DAY + "10:03")["events"][-1]
    assert (close["reason"], close["signed_by"], close["at"]) == (
        "工龄不足",
        "fuju",
        "2026-11-23T10:02:00+08:00",
    )
    form = o("limin", DAY + "10:04", "form", "否定报备表", name, "--format", "markdown").out
    assert "工龄不足" in form
    assert "签字领导：傅举（分管领导）" in form


def test_refusals_without_report_are_listed(o):
    """否定报备: one that got into the ledger another way is a lead, with its file and line."""
    name = o.intake("limin", DAY + "09:15", category="审批").id
    o("limin", DAY + "10:00", "close", name, "--outcome", "已答复", "--result", "不符合条件")
    o.edit(o.show(name, DAY + "10:01")["path"], "已答复", "不予办理")
    assert ("否定报备", "否定报备") in o.found(name, DAY + "10:02")
    lead = o("yuanban", DAY + "10:03", "sanction", "report", "--from-overdue").out
    assert (
        f"--staff limin --article '否定报备' --violation '未报备' --occurred 2026-11-23 --inquiry {name}"
        in lead
    )


def test_every_stage_has_its_limit(o):
    """限时办结: each section's stage runs by itself, from taking over to passing on."""
    o.edit("ledger.yaml", "# overrides:", "overrides: {limits: {环节: [{department: [专技股], workdays: 1, "
           "article: 限时办结}, {workdays: 2, article: 限时办结}]}}\n# overrides:")  # fmt: skip
    name = o.intake("limin", DAY + "09:15", category="审批", scope="其他部门").id
    o(
        "limin",
        DAY + "09:20",
        "handoff",
        name,
        "--to",
        "公务员股/limin",
        "--mode",
        "书面转交",
        "--with",
        "专技股,工资股",
    )
    send(o, name, "limin", "专技股/wenhui", "2026-11-24T09:00")
    send(o, name, "wenhui", "工资股/xiaozi", "2026-11-26T09:00")
    stages = [c for c in o.show(name, "2026-11-26T10:00")["clocks"] if c["name"] == "环节"]
    assert [(c["limit"], c["due"][:10], c["level"], c["state"]) for c in stages] == [
        ("2个工作日", "2026-11-25", "正常", "已停"),
        ("1个工作日", "2026-11-25", "红牌", "已停"),
        ("2个工作日", "2026-11-30", "正常", "计时"),
    ]
    late = o.json("yuanban", "2026-12-01T09:00", "overdue")["items"]
    assert ("环节", "限时办结", "xiaozi") in {(i["clock"], i["article"], i["held_at_due"]) for i in late}


def test_a_stage_stands_still_while_papers_are_awaited(o):
    """限时办结: what the applicant still owes is no delay of the section."""
    stages(o)
    name = o.intake("limin", DAY + "09:15", category="审批").id
    o("limin", "2026-11-24T09:00", "notify", name, "--material", "学历证书")
    waiting = [c for c in o.show(name, "2026-12-10T09:00")["clocks"] if c["name"] == "环节"]
    assert [(c["state"], c["due"], c["level"]) for c in waiting] == [("暂停", None, "正常")]
    o("limin", "2026-12-10T09:05", "supplement", name)
    running = [c for c in o.show(name, "2026-12-10T09:06")["clocks"] if c["name"] == "环节"]
    # 12 working days and five minutes stood still: given back as 13
    assert [c["due"][:10] for c in running] == ["2026-12-14"]


def test_two_sections_need_a_named_person(o):
    """无偿代办: two sections or more, and the first one names who sees it through."""
    name = o.intake("limin", DAY + "09:15", category="审批", scope="其他部门").id
    joint = ("handoff", name, "--mode", "书面转交", "--with", "专技股,工资股", "--to")
    nobody = o("limin", DAY + "09:20", *joint, "公务员股", code=3)
    assert "“无偿代办” 专人：涉及多个部门，没有确定专人" in nobody.err
    o("limin", DAY + "09:21", *joint, "公务员股/limin")
    told = o.show(name, DAY + "09:22")
    assert (told["holder"], told["findings"]) == ("limin", [])
    assert told["events"][0]["joint"] == ["专技股", "工资股"]
    alone = o.intake("limin", DAY + "09:25", category="审批", scope="其他部门").id
    send(o, alone, "limin", "专技股/wenhui", DAY + "09:26")
    on = ("handoff", alone, "--to", "工资股", "--mode", "书面转交")
    assert "先后转2个部门，事先没有确定专人" in o("wenhui", DAY + "09:27", *on, code=3).err
    other = o.intake("limin", DAY + "09:30", category="审批", scope="其他部门").id
    o(
        "limin",
        DAY + "09:35",
        "handoff",
        other,
        "--mode",
        "书面转交",
        "--with",
        "工资股",
        "--to",
        "专技股/wenhui",
    )
    assert o.found(other, DAY + "09:36") == {("无偿代办", "牵头")}


def test_grave_petitions_go_to_the_directors_meeting(o):
    """局长办公会: a grave petition is decided there, and its answer stands in the record."""
    name = o.intake("limin", DAY + "09:15", category="信访", urgency="复杂").id
    assert ("局长办公会", "报上级") in o.found(name, "2026-11-24T09:00")
    o("limin", "2026-11-24T09:05", "escalate", name, "--to", "局长办公会", "--text", "请研究处理意见")
    assert ("局长办公会", "报上级") not in o.found(name, "2026-11-24T09:06")
    early = o("limin", "2026-11-24T15:00", "close", name, "--outcome", "已答复", "--result", "已处理")
    assert "“局长办公会” 报上级：已报局长办公会，办结时没有记下其处理结果（批示）" in early.err
    other = o.intake("limin", DAY + "10:15", category="信访", urgency="复杂").id
    o("limin", DAY + "10:20", "escalate", other, "--to", "局长办公会", "--text", "请研究处理意见")
    o("juzhang", "2026-11-24T11:00", "instruct", other, "--text", "会议决定予以补发")
    o("limin", "2026-11-24T15:00", "close", other, "--outcome", "已解决", "--result", "已补发")
    assert o.found(other, "2026-11-24T15:01") == set()
    assert o("limin", "2026-11-24T15:02", "check").out == ""


def test_a_refusal_is_told(o):
    """否定报备: the applicant hears that it was refused and why."""
    name = o.intake("limin", DAY + "09:15", category="审批").id
    o("limin", DAY + "10:00", "close", name, "--outcome", "不予办理", "--result", "不符合条件", "--reason",
      "工龄不足", "--signed-by", "fuju", "--not-told", "没打通")  # fmt: skip
    assert o.found(name, DAY + "10:01") == {("否定报备", "解释说明")}


def test_the_agenda_lists_what_waits(o):
    """局长办公会: whatever a section puts to the meeting stands on its agenda until it is decided."""
    waits = o.intake("limin", DAY + "09:15", category="提前退休", subject="张工提前退休", scope="本部门").id
    decided = o.intake("limin", DAY + "09:20", category="项目收费", subject="培训班收费", scope="本部门").id
    for name in (waits, decided):
        o("limin", DAY + "09:30", "escalate", name, "--to", "局长办公会", "--text", "请审定")
    o("juzhang", DAY + "15:00", "instruct", decided, "--text", "会议同意")
    agenda = o("limin", DAY + "16:00", "form", "请示议题", "--from", "2026-11-23", "--to", "2026-11-23").out
    assert "张工提前退休" in agenda
    assert "培训班收费" not in agenda
    lying = o.intake("limin", DAY + "16:05", category="大型活动", subject="人才交流会", scope="本部门").id
    assert ("局长办公会", "报上级") in o.found(lying, "2026-11-24T09:00")
