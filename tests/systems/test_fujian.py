"""局机关首问责任制: the office places what is unclear, and reports made by phone."""

import pytest

DAY, NEXT = "2026-11-23T", "2026-11-24T"
REPORT = {"channel": "来电", "category": "举报", "subject": "反映收费问题", "scope": "其他部门"}


@pytest.fixture
def o(system):
    """The bureau."""
    return system("fujian")


def test_incomplete_papers_are_told_once(o):
    """Introduction: all requirements and papers at once; the second notice shows the first was not whole."""
    name = o.intake("keyuan", DAY + "09:15", category="业务").id
    o("keyuan", DAY + "09:20", "notify", name, "--material", "申请表")
    assert [f["text"] for f in o.show(name, DAY + "09:21")["findings"]] == ["一次性告知缺少程序"]
    whole = o.intake("keyuan", DAY + "09:30", category="业务").id
    o(
        "keyuan",
        DAY + "09:35",
        "notify",
        whole,
        "--material",
        "申请表",
        "--material",
        "图纸",
        "--procedure",
        "受理、审核、发证",
    )
    assert o.found(whole, DAY + "09:36") == set()
    o("keyuan", NEXT + "09:00", "supplement", whole)
    o("keyuan", NEXT + "09:10", "notify", whole, "--material", "公证书", "--procedure", "同前")
    again = o.show(whole, NEXT + "09:11")["findings"]
    assert [(f["article"], f["name"]) for f in again] == [("简介", "一次告知")]
    assert "再次告知" in again[0]["text"]
    o("keyuan", NEXT + "09:12", "supplement", whole)
    drafts = o("juban", NEXT + "10:00", "sanction", "report", "--from-overdue").out
    assert "简介 再次告知补充材料" in drafts and "--violation '不遵守首问制'" in drafts


def test_told_which_division_is_in_charge(o):
    """Arts. 3 and 6: explained when not at once; a caller gets the phone of the division in charge."""
    own = o.intake("keyuan", DAY + "09:15", scope="本部门").id
    assert o.found(own, NEXT + "09:00") == {("三", "说明并请示")}
    o("keyuan", NEXT + "09:05", "progress", own, "--text", "需处务会研究，周三答复")
    assert o.found(own, NEXT + "09:06") == set()
    assert "法规处" in o("keyuan", DAY + "09:20", "route", "政策").out
    call = o.intake("keyuan", DAY + "09:30", channel="来电", scope="其他部门", matter="政策咨询")
    assert "建议转：法规处 401 0591-5550103（政策咨询）" in call.err
    o("keyuan", DAY + "09:31", "handoff", call.id, "--to", "法规处", "--mode", "告知联系方式")
    assert o.found(call.id, DAY + "09:32") == set()
    # What was told then stands in the record, whatever becomes of the roster.
    o.edit("staff.yaml", 'phone: "0591-5550103", ', "")
    assert o.found(call.id, DAY + "09:32") == set()
    later = o.intake("keyuan", DAY + "09:40", channel="来电", scope="其他部门", matter="政策咨询").id
    o("keyuan", DAY + "09:41", "handoff", later, "--to", "法规处", "--mode", "告知联系方式")
    assert o.found(later, DAY + "09:42") == {("六", "转办说明")}


def test_what_is_unclear_goes_to_the_office(o):
    """Art. 4: nobody knows whose it is: 局办公室 places it; anywhere else is a finding."""
    astray = o.intake("keyuan", DAY + "09:15", scope="不明确").id
    o("keyuan", DAY + "09:20", "handoff", astray, "--to", "业务二处", "--mode", "引领")
    found = o.show(astray, DAY + "09:21")["findings"]
    assert [(f["article"], f["text"]) for f in found] == [("四", "应转局办公室办理，或与其联系")]
    kept = o.intake("keyuan", DAY + "09:30", scope="不明确").id
    assert o.found(kept, NEXT + "09:00") == {("四", "归口")}
    placed = o.intake("keyuan", DAY + "09:40", scope="不明确").id
    o("keyuan", DAY + "09:45", "handoff", placed, "--to", "局办公室", "--mode", "电话联系")
    assert o.found(placed, NEXT + "09:00") == set()


def test_what_is_not_the_bureaus_is_explained(o):
    """Art. 5: outside the bureau's duties, then explained."""
    name = o.intake("keyuan", DAY + "09:15", scope="单位外").id
    o(
        "keyuan",
        DAY + "09:20",
        "close",
        name,
        "--outcome",
        "超出职责",
        "--result",
        "属市局",
        "--not-told",
        "已离开",
    )
    assert o.found(name, DAY + "09:21") == {("五", "解释说明")}


def test_a_report_by_phone_is_registered_and_passed_on(o):
    """Art. 6: content, name and phone, or anonymous as it is; then to 局办公室."""
    short = o.intake("keyuan", DAY + "09:15", **REPORT | {"phone": ""})
    assert short.code == 0
    nameless = o.intake("keyuan", DAY + "09:20", **REPORT | {"name": "", "phone": "", "anonymous": True}).id
    name = o.intake("keyuan", DAY + "09:30", **REPORT).id
    assert o.found(name, NEXT + "09:00") == {("六", "举报转办")}
    for each in (name, nameless):
        o("keyuan", DAY + "09:40", "handoff", each, "--to", "局办公室", "--mode", "书面转交")
        o("juban", DAY + "10:00", "accept", each)
        told = o.show(each, NEXT + "09:00")
        assert (told["holding_department"], told["findings"]) == ("局办公室", [])


def test_penalties_are_left_open(o):
    """The document says only 相应处理: the tool proposes nothing and takes down what was decided."""
    report = (
        "--staff",
        "keyuan",
        "--article",
        "简介",
        "--violation",
        "不遵守首问制",
        "--summary",
        "不理睬来人",
    )
    case = o("juban", DAY + "09:00", "sanction", "report", *report, "--occurred", "2026-11-20").id
    proposal = o.json("juban", DAY + "09:01", "sanction", "show", case)["proposal"]
    assert (proposal["measures"], proposal["one_of"], proposal["note"]) == ([], [], "须查明：造成不良影响")
    o("juban", DAY + "09:10", "sanction", "verify", case, "--finding", "查实", "--needs", "造成不良影响")
    o("juban", DAY + "09:20", "sanction", "decide", case, "--authority", "局党组", "--measure", "批评教育")
    assert "给予相应处理，没有列出措施" in o.run("policy", "show", "fujian").out
