"""部门首问负责制度: the section's regulation with its ladder and its thresholds."""

import pytest

DAY, NEXT = "2026-11-23T", "2026-11-24T"
BY_PHONE = {"channel": "来电", "scope": "其他部门", "subject": "施工许可证办理材料"}
IN_PERSON = {"channel": "来访", "scope": "其他部门", "subject": "施工许可证办理材料"}


@pytest.fixture
def o(system):
    """The office of the regulation."""
    return system("bumen")


@pytest.fixture
def decided(o):
    """Report, verify and decide a violation on a day; gives the case id."""

    def make(
        day: str, article: str, *measures: str, staff: str = "wangfang", authority: str = "团党委"
    ) -> str:
        report = ("--staff", staff, "--article", article, "--summary", f"{day}的事", "--occurred", day)
        case = o("heping", f"{day}T10:00", "sanction", "report", *report).id
        needs = {"五": ["--needs", "造成不良影响"], "八": ["--needs", "引起争吵"]}.get(article, [])
        o("heping", f"{day}T11:00", "sanction", "verify", case, "--finding", "查实", *needs)
        chosen = [word for measure in measures for word in ("--measure", measure)]
        o("heping", f"{day}T15:00", "sanction", "decide", case, "--authority", authority, *chosen)
        return case

    return make


def test_first_asked_is_fixed_at_intake(o):
    """Art. 1: whoever was asked first is answerable from intake, and no correction changes that."""
    name = o.intake("wangfang", DAY + "09:15", **BY_PHONE).id
    o("wangfang", DAY + "09:20", "handoff", name, "--to", "规划科/lijie", "--mode", "电话联系")
    o("lijie", DAY + "09:30", "accept", name)
    told = o.show(name, DAY + "09:31")
    assert (told["first_responder"], told["holder"], told["findings"]) == ("wangfang", "lijie", [])
    change = ("correct", name, "--field", "first_responder", "--value", "lijie", "--reason", "试")
    assert "不能更正" in o("wangfang", DAY + "09:40", *change, code=3).err
    assert o.show(name, DAY + "09:41")["first_responder"] == "wangfang"


def test_own_matter_not_settled_at_once(o):
    """Art. 2: nothing is missing on the day itself; the next day both 说明 and 请示 are."""
    name = o.intake("wangfang", DAY + "09:15", scope="本人").id
    assert o.found(name, DAY + "17:00") == set()
    findings = o.show(name, NEXT + "09:00")["findings"]
    assert [(f["article"], f["name"]) for f in findings] == [("二", "说明并请示")] * 2
    o("wangfang", NEXT + "09:05", "progress", name, "--text", "还差规划意见，今天向科长请示")
    assert "请示" in o.show(name, NEXT + "09:06")["findings"][0]["text"]
    o("wangfang", NEXT + "09:10", "escalate", name, "--text", "请准先受理后补件")
    told = o.show(name, NEXT + "09:11")
    assert told["findings"] == []
    assert told["events"][-1]["to"] == "zhaojun"  # the leader of the section


def test_nobody_there_name_and_phone_are_told(o):
    """Art. 3: nobody at the other section, then the name and the phone of the contact, both."""
    away = ("--to", "规划科", "--mode", "告知联系方式", "--absent", "外出开会", "--contact")
    bare = o.intake("wangfang", DAY + "09:15", **IN_PERSON).id
    o("wangfang", DAY + "09:20", "handoff", bare, *away, ",0631-5550133")
    assert o.found(bare, DAY + "09:21") == {("三", "无人告知"), ("七", "引领")}
    whole = o.intake("wangfang", DAY + "09:30", **IN_PERSON).id
    o("wangfang", DAY + "09:35", "handoff", whole, *away, "李洁,0631-5550133")
    assert o.found(whole, DAY + "09:36") == set()
    caller = o.intake("wangfang", DAY + "10:00", **BY_PHONE).id
    o("wangfang", DAY + "10:05", "handoff", caller, "--to", "规划科", "--mode", "告知联系方式")
    assert o.found(caller, DAY + "10:06") == {("三", "联系经办")}


def test_the_ladder_over_four_occasions(o, decided):
    """Art. 4: the second and third occasion weigh more, the third offers a choice, the fourth repeats it."""
    first = decided("2024-03-04", "四", authority="办公室")
    second = decided("2025-03-04", "四", authority="办公室")
    third = decided("2026-03-04", "四", "扣发奖金", "待岗", authority="办公室")
    report = ("--staff", "wangfang", "--article", "四", "--summary", "又推诿", "--occurred", "2026-06-01")
    fourth = o("heping", "2026-06-02T09:00", "sanction", "report", *report).id
    shown = [
        o.json("heping", "2026-06-02T10:00", "sanction", "show", c) for c in (first, second, third, fourth)
    ]
    assert [(c["measures"], c["proposal"]["occasion"], c["proposal"]["one_of"]) for c in shown] == [
        (["责令限期改正"], 1, []),
        (["通报批评", "取消评先资格"], 2, []),
        (["扣发奖金", "待岗"], 3, ["待岗", "调离岗位"]),
        ([], 4, ["待岗", "调离岗位"]),
    ]
    assert shown[3]["proposal"]["measures"] == ["扣发奖金"]
    o("heping", "2026-06-02T10:30", "sanction", "verify", fourth, "--finding", "查实")
    both = ("--measure", "扣发奖金", "--measure", "待岗", "--measure", "调离岗位", "--authority", "办公室")
    assert "须写 --reason" in o("heping", "2026-06-02T11:00", "sanction", "decide", fourth, *both, code=3).err
    assert "计次范围：历次" in o.run("policy", "show", "bumen").out


def test_barred_from_awards_in_the_year(o, decided):
    """Art. 4: 取消评先资格 of the second occasion shows in that year's appraisal, not in the next."""
    decided("2025-01-10", "四", authority="办公室")
    decided("2025-09-10", "四", authority="办公室")
    allowed = {}
    for year, now in ((2025, "2025-12-31T17:00"), (2026, "2026-12-31T17:00")):
        staff = o.json("heping", now, "evaluate", year, "--staff", "wangfang")["staff"]
        allowed[year] = staff[0]["award_allowed"]
    assert allowed == {2025: False, 2026: True}


def test_words_that_send_people_away(o):
    """Art. 4: what was said to send somebody away is shown with who said it; a person looks, no lead by itself."""
    name = o.intake("wangfang", DAY + "09:15", scope="本人").id
    o("wangfang", DAY + "09:20", "progress", name, "--text", "这事不归我管，到规划科去找")
    findings = o.show(name, DAY + "09:21")["findings"]
    assert [(f["article"], f["text"]) for f in findings] == [
        ("默认", "首问责任人王芳对服务对象说的话里有“不归我管”“到规划科去找”，请看上下文"),
    ]
    assert o("heping", DAY + "10:00", "sanction", "report", "--from-overdue").out == ""


def test_rudeness_is_answered_by_one_of_two_and_made_public(o, decided):
    """Art. 5: either measure, never both, always with the meeting, whose day must be recorded."""
    report = ("--staff", "lijie", "--article", "五", "--summary", "大声训斥", "--occurred", "2026-11-20")
    case = o("heping", DAY + "09:00", "sanction", "report", *report).id
    shown = o.json("heping", DAY + "09:01", "sanction", "show", case)["proposal"]
    assert (shown["measures"], shown["one_of"]) == (["大会通报批评"], ["效能告诫", "行政警告处分"])
    assert "造成不良影响" in shown["note"]
    o("heping", DAY + "09:10", "sanction", "verify", case, "--finding", "查实", "--needs", "造成不良影响")
    decide = ("sanction", "decide", case, "--authority", "团党委", "--measure")
    both = (*decide, "效能告诫", "--measure", "行政警告处分", "--measure", "大会通报批评")
    o("heping", DAY + "10:00", *both, code=3)
    o("heping", DAY + "10:00", *decide, "效能告诫", code=3)
    o("heping", DAY + "10:00", *decide, "行政警告处分", "--measure", "大会通报批评")
    found = o.json("heping", DAY + "10:01", "sanction", "show", case)["findings"]
    assert [(f["article"], f["name"]) for f in found] == [("五", "未公布")]
    o("heping", DAY + "16:00", "sanction", "publish", case, "--text", "11月23日全团干部职工大会")
    assert o.json("heping", DAY + "16:01", "sanction", "show", case)["findings"] == []


def test_own_section_shirking(o, decided):
    """Art. 6: the section's own matter not handled by the rules means 效能告诫."""
    case = decided("2026-03-02", "六")
    assert o.json("heping", DAY + "09:00", "sanction", "show", case)["measures"] == ["效能告诫"]


def test_other_section_escort(o):
    """Art. 7: a visitor is brought; telling where to call is a finding that may be reported as 一推了之."""
    told = o.intake("wangfang", DAY + "09:15", **IN_PERSON).id
    ways = ("--to", "规划科/lijie", "--mode")
    o("wangfang", DAY + "09:20", "handoff", told, *ways, "告知联系方式", "--contact", "李洁,0631-5550133")
    assert o.found(told, DAY + "09:21") == {("七", "引领")}
    drafts = o("heping", DAY + "09:30", "sanction", "report", "--from-overdue").out
    assert f"--article '七' --violation '一推了之' --occurred 2026-11-23 --inquiry {told}" in drafts
    brought = o.intake("wangfang", DAY + "10:15", **IN_PERSON).id
    o("wangfang", DAY + "10:20", "handoff", brought, *ways, "引领")
    assert o.found(brought, DAY + "10:21") == set()


def test_not_escorted_means_admonition(o, decided):
    """Art. 7: 诫勉教育, once for the act."""
    case = decided("2026-03-02", "七")
    assert o.json("heping", DAY + "09:00", "sanction", "show", case)["measures"] == ["诫勉教育"]


def test_a_refusal_is_explained(o, decided):
    """Art. 8: what cannot be done must be explained; unexplained and disputed means 诫勉教育."""
    name = o.intake("wangfang", DAY + "09:15", scope="单位外").id
    o("wangfang", DAY + "09:30", "close", name, "--outcome", "超出职责", "--result", "属市局", "--not-told",
      "争吵后离开")  # fmt: skip
    assert o.found(name, DAY + "09:31") == {("八", "解释说明")}
    case = decided("2026-03-02", "八")
    shown = o.json("heping", DAY + "10:00", "sanction", "show", case)
    assert (shown["measures"], shown["proposal"]["note"]) == (["诫勉教育"], "")
    explained = o.intake("wangfang", DAY + "10:15", scope="单位外").id
    o("wangfang", DAY + "10:30", "close", explained, "--outcome", "超出职责", "--result", "属市局，已说明")
    assert o.found(explained, DAY + "10:31") == set()


@pytest.mark.parametrize(
    ("article", "times", "excellent", "grade"),
    [("七", 1, True, None), ("七", 2, False, None), ("七", 3, False, "不称职"),
     ("六", 1, False, None), ("六", 2, False, "不称职")],
)  # fmt: skip
def test_thresholds(o, decided, article, times, excellent, grade):
    """Art. 9 both ways: 诫勉教育 2 / 效能告诫 1 bar 优秀, 3 / 2 force the grade and a new post."""
    cases = [decided(f"2026-0{month}-02", article) for month in range(3, 3 + times)]
    person = o.json("heping", DAY + "09:00", "evaluate", 2026, "--staff", "wangfang")["staff"][0]
    actions = ["调整工作岗位"] if grade else []
    assert (person["excellent_allowed"], person["grade"], person["actions"]) == (excellent, grade, actions)
    assert {f["article"] for f in person["findings"]} == (set() if excellent else {"九"})
    for finding in person["findings"]:
        assert [e["sanction"] for e in finding["evidence"]] == cases
    assert person["unfiled"] == cases


def test_staff_of_an_institution_fail_by_their_own_word(o, decided):
    """Art. 9 names two grades, 不称职 and 不合格: each scale has its own."""
    for month in (3, 5):
        decided(f"2026-0{month}-02", "六", staff="lijie")
    person = o.json("heping", DAY + "09:00", "evaluate", 2026, "--staff", "lijie")["staff"][0]
    assert (person["grade"], person["actions"]) == ("不合格", ["调整工作岗位"])


def test_the_two_windows_differ(o, decided):
    """Art. 9: 本年度 counts the calendar year, 一年内 any twelve months; the latter is a setting."""
    decided("2025-10-13", "六")
    decided("2026-02-02", "六")
    ask = ("evaluate", 2026, "--staff", "wangfang")
    person = o.json("heping", DAY + "09:00", *ask)["staff"][0]
    assert [(f["effect"], f["count"], f["window"]) for f in person["findings"]] == [
        ("bar-excellent", 1, "2026年度"), ("grade", 2, "截至2026-02-02的12个月"),
    ]  # fmt: skip
    text = (o.root / "ledger.yaml").read_text("utf-8")
    rule = "{article: 九, measure: 效能告诫, at_least: 2, window: calendar-year, effect: grade}"
    (o.root / "ledger.yaml").write_text(f"{text}\noverrides:\n  thresholds: [{rule}]\n", "utf-8")
    assert o.json("heping", DAY + "09:00", *ask)["staff"][0]["grade"] is None


def test_only_the_party_committee_decides(o, decided):
    """Art. 10: any other authority is refused; what is decided and not filed is listed until it is."""
    report = ("--staff", "wangfang", "--article", "七", "--summary", "指了个方向", "--occurred", "2026-11-20")
    case = o("heping", DAY + "09:00", "sanction", "report", *report).id
    o("heping", DAY + "09:10", "sanction", "verify", case, "--finding", "查实")
    refused = o("heping", DAY + "10:00", "sanction", "decide", case, "--authority", "审批科", code=3)
    assert "诫勉教育须由团党委决定，不能由“审批科”决定（第十条）" in refused.err
    o("heping", DAY + "10:30", "sanction", "decide", case, "--authority", "团党委")

    def unfiled() -> list:
        return [c["id"] for c in o.json("heping", DAY + "11:00", "sanction", "list", "--unfiled")["items"]]

    assert unfiled() == [case]
    page = o("heping", DAY + "11:01", "evaluate", 2026, "--staff", "wangfang").out
    assert f"未归档：{case}（第十条）" in page
    o("heping", DAY + "15:00", "sanction", "file", case, "--text", "卷宗2026-17")
    assert unfiled() == []


def test_what_the_document_leaves_open_is_said(run):
    """The reader of ``policy show`` learns which settings are defaults, and what each article became."""
    whole = run("policy", "show", "bumen").out
    assert "默认连续十二个月，止于年度内的那次决定，可改为当年" in whole
    assert "默认 办结：其他部门 3个工作日" in whole
    assert "  缺省的时限：首次回应、签收、办结、重办\n" in whole
    assert "  缺省的职责：告知结果、禁用语、一次告知、否定报备\n" in whole
    ninth = run("policy", "show", "bumen", "--article", "九").out
    assert ninth.startswith("《部门首问负责制度》第九条\n")
    assert "  第九条 当年诫勉教育满2次 → 不得评优秀\n" in ninth
    assert "  第九条 连续十二个月效能告诫满2次 → 定为末等、调整工作岗位\n" in ninth
    assert run("policy", "show", "bumen", "--article", "9").out == ninth
