"""Five made-up regulations, a week's story each; every result is worked out by hand from the text."""

import json

import pytest

from tests.systems.beyond.office import ASKED, HERE


@pytest.mark.parametrize("path", sorted(HERE.glob("*.yaml")), ids=lambda p: p.stem)
def test_each_passes_the_check_outside_a_ledger(run, path):
    """policy check PATH needs no ledger, and finds nothing in any of the five."""
    found = run("policy", "check", path)
    assert (found.out, found.err) == ("", "没有问题\n")


def test_gravity_optional_terms_and_money(office):
    """派出所: a grave case, with a term and a sum; what is outside the text is refused with the right words."""
    o = office("gongan")
    case = o.case("2026-11-02", "二")
    chosen = ("--measure", "效能告诫", "--authority", "分局党委")
    assert "情节轻重（较轻、严重、特别严重）" in o.decide(case, "2026-11-02", *chosen, code=3).err
    wrong = o(
        "sanction", "verify", case, "--finding", "查实", "--tier", "很重", now="2026-11-02T10:10", code=3
    ).err
    assert "有：较轻、严重、特别严重" in wrong
    o("sanction", "verify", case, "--finding", "查实", "--tier", "严重", now="2026-11-02T10:20")
    assert "三" in (refused := o.decide(case, "2026-11-02", *chosen, code=3).err) and "3至6个月" in refused
    assert "3至6个月" in o.decide(case, "2026-11-02", *chosen, "--months", "7", code=3).err
    both = (*chosen, "--measure", "扣发岗位津贴", "--months", "3")
    assert "须写明金额" in o.decide(case, "2026-11-02", *both, code=3).err
    assert "500至2000元" in o.decide(case, "2026-11-02", *both, "--amount", "扣发岗位津贴=300", code=3).err
    o.decide(case, "2026-11-02", *both, "--amount", "扣发岗位津贴=800")
    assert "扣发岗位津贴800元" in o("sanction", "show", case, now="2026-11-03T09:00").out
    assert o.year()["xiaoli"]["excellent_allowed"] is False


def test_report_back_lifting_and_the_times_of_an_appeal(office):
    """派出所: report within 30 days (2 December), appeal within ten of service, answer in 15 workdays, lift at the end."""
    o = office("gongan")
    case = o.case("2026-11-02", "二", "--tier", "严重")
    o.decide(case, "2026-11-02", "--measure", "效能告诫", "--authority", "分局党委", "--months", "3")
    o("sanction", "serve", case, now="2026-11-03T09:00")
    missed = ("sanction", "list", "--missed", "-f", "json")
    assert json.loads(o(*missed, now="2026-12-02T17:00").out)["items"] == []
    assert (
        "限2026-12-02，过期未完成"
        in json.loads(o(*missed, now="2026-12-03T09:00").out)["items"][0]["follow_up"]
    )
    assert "问责后续过期未做 1 项" in o("overdue", now="2026-12-03T09:00").out
    assert "问责后续过期未做 1 项" in o(now="2026-12-03T09:00").out
    o("sanction", "complete", case, "--text", "已书面报告", now="2026-12-04T09:00")
    assert "2026-12-04完成，迟了" in o("sanction", "show", case, now="2026-12-04T10:00").out
    assert json.loads(o(*missed, now="2026-12-05T09:00").out)["items"] == []
    o("sanction", "appeal", case, "--text", "不服", who="xiaoli", now="2026-12-07T09:00")
    shown = o("sanction", "show", case, now="2026-12-08T09:00").out
    assert "期限是2026-11-13，逾期（第四条）" in shown and "答复申诉限2026-12-28" in shown
    assert (
        "不能由“办公室”"
        in o("sanction", "uphold", case, "--authority", "办公室", now="2026-12-09T09:00", code=3).err
    )
    o("sanction", "uphold", case, "--authority", "分局督察大队", now="2026-12-09T10:00")
    late = o(*missed, now="2027-02-03T09:00").out
    assert "解除效能告诫限2027-02-02，过期未完成" in late
    o("sanction", "lift", case, "--authority", "分局党委", now="2027-02-03T10:00")
    assert json.loads(o(*missed, now="2027-02-04T09:00").out)["items"] == []


def test_grounds_that_free_and_weigh(office):
    """派出所: put right at once may be exempt and is no occasion; reported oneself, lighter; again in a year, heavier."""
    o = office("gongan")
    freed = o.case("2026-11-02", "二", "--tier", "严重", "--ground", "当场改正")
    o.decide(freed, "2026-11-02", "--measure", "免予问责", "--authority", "分局党委")
    light = o.case("2026-11-03", "二", "--tier", "严重", "--ground", "主动报告")
    o.decide(light, "2026-11-03", "--measure", "批评教育", "--authority", "分局党委")
    heavy = o.case("2026-11-04", "二", "--tier", "较轻", "--ground", "同年再犯")
    o.decide(heavy, "2026-11-04", "--measure", "记过", "--authority", "分局党委")
    plain = o.case("2026-11-05", "二", "--tier", "严重")
    assert (
        "须写 --reason"
        in o.decide(plain, "2026-11-05", "--measure", "批评教育", "--authority", "分局党委", code=3).err
    )
    unknown = o(
        "sanction", "verify", plain, "--finding", "查实", "--ground", "喝酒", now="2026-11-05T12:00", code=3
    ).err
    assert "有：当场改正、主动报告、同年再犯" in unknown
    person = o.year()["xiaoli"]
    assert person["counts"] == {"批评教育": 1, "记过": 1} and person["excellent_allowed"] is True
    assert o("check", now="2026-12-30T09:00").out == ""


def test_the_leader_of_a_grave_case(office):
    """派出所: only 特别严重 looks at a leader, and it is the 分管领导."""
    o = office("gongan")
    light = o.case("2026-11-02", "二", "--tier", "较轻")
    o.decide(light, "2026-11-02", "--authority", "分局党委")
    grave = o.case("2026-11-03", "二", "--tier", "特别严重")
    o.decide(grave, "2026-11-03", "--authority", "分局党委")
    assert o.year()["review"] == [{"leader": "fenguan", "post": "分管领导", "sanction": grave}]


def test_points_by_month_and_quarter_and_the_leaders_half(office):
    """大学: 3 on 11-02 bar 优秀 (month); 3+3 in the quarter move him; the leader has half: 1.5, 3 in two months, 3 in the quarter."""
    o = office("daxue")
    for day in ("2026-11-02", "2026-12-01"):
        o.decide(o.case(day, "二", "--violation", "推诿"), day, "--authority", "校办")
    people = o.year()
    assert [(f["measure"], f["amount"], f["window"], f["effect"]) for f in people["xiaoli"]["findings"]] == [
        ("扣分", "3分", "2026年11月", "bar-excellent"), ("扣分", "6分", "2026年第4季度", "action")]  # fmt: skip
    assert people["xiaoli"]["actions"] == ["调整岗位"]
    assert people["kezhang"]["findings"] == []
    for day in ("2026-11-03", "2026-12-02"):
        o.decide(o.case(day, "二", "--violation", "推诿", staff="linpin"), day, "--authority", "校办")
    found = o.year()["kezhang"]["findings"]
    assert [(f["amount"], f["window"]) for f in found] == [("3分", "2026年11月"), ("6分", "2026年第4季度")]


def test_points_of_a_violation_itself(office):
    """大学: 误事 costs two of itself and one by its measure: three."""
    o = office("daxue")
    o.decide(o.case("2026-11-02", "一"), "2026-11-02", "--authority", "校办")
    assert [f["amount"] for f in o.year()["xiaoli"]["findings"]] == ["3分"]


def test_rates(office):
    """大学: one of two on time is 50 %, below 92; one bad rating of one is 0 %, below 60, for the section."""
    o = office("daxue")
    quick = o(*ASKED, "--subject", "成绩", who="xiaoli", now="2026-11-02T09:00").id
    slow = o(*ASKED, "--subject", "学籍", who="xiaoli", now="2026-11-02T09:10").id
    o("close", quick, "--outcome", "已答复", "--result", "已告知", who="xiaoli", now="2026-11-02T10:00")
    o("close", slow, "--outcome", "已答复", "--result", "已告知", who="xiaoli", now="2026-11-16T10:00")
    o("callback", quick, "--rating", "不满意", now="2026-11-17T10:00")
    people = o.year()
    assert [(f["measure"], f["amount"]) for f in people["xiaoli"]["findings"]] == [
        ("按时办结率", "50.0%（1/2）")
    ]
    assert people["xiaoli"]["award_allowed"] is False
    assert [(f["measure"], f["amount"]) for f in people["一科"]["findings"]] == [("满意率", "0.0%（0/1）")]
    assert "不得评先进集体" in o("evaluate", "2026", now="2026-12-30T09:00").out


def test_a_limit_leaves_days_after_an_urging(office):
    """大学: due 11-05; urged 11-09, five working days more: no lead on 11-16, a lead on 11-17; never urged, none."""
    o = office("daxue")
    name = o(*ASKED, "--subject", "成绩", who="xiaoli", now="2026-11-02T09:00").id
    leads = ("sanction", "report", "--from-overdue")
    mark = f"--violation '不解释' --occurred 2026-11-05 --inquiry {name}"
    assert mark not in o(*leads, now="2026-11-09T08:30").out
    o("urge", name, "--text", "请尽快", who="kezhang", now="2026-11-09T09:00")
    assert mark not in o(*leads, now="2026-11-16T17:00").out
    assert mark in o(*leads, now="2026-11-17T09:00").out


def test_by_status_and_rank_and_the_unit(office):
    """公交: 临聘 loses pay, a leader is named in public, everybody else is warned; the section named with it too."""
    o = office("gongjiao")
    for staff, measure in (("linpin", "扣绩效"), ("kezhang", "通报批评"), ("xiaoli", "警示")):
        case = o.case("2026-11-02", "二", staff=staff, more=("--department", "一科"))
        assert measure in o("sanction", "show", case, now="2026-11-02T10:30").out
        o.decide(case, "2026-11-02", "--authority", "公司", "--unit-measure", "车队通报")
    people = o.year()
    assert [people[s]["counts"] for s in ("linpin", "kezhang", "xiaoli")] == [
        {"扣绩效": 1}, {"通报批评": 1}, {"警示": 1}]  # fmt: skip
    assert people["一科"]["counts"] == {"车队通报": 3}
    assert [(f["measure"], f["amount"]) for f in people["一科"]["findings"]] == [("推诿", "3次")]


def test_three_warnings_become_one_notice(office):
    """公交: three in a half year are one 通报批评: no award; 3 + 1 of both is four: the last grade; members' three in a quarter."""
    o = office("gongjiao")
    for day in ("2026-10-12", "2026-10-13", "2026-10-14"):
        o.decide(o.case(day, "六"), day, "--authority", "公司")
    person = o.year()["xiaoli"]
    assert (person["award_allowed"], person["grade"], person["actions"]) == (False, "不称职", ["停岗培训"])
    assert [(f["measure"], f["amount"]) for f in person["findings"]] == [
        ("警示、通报批评", "4次"), ("通报批评", "1次"), ("被投诉、推诿", "3次")]  # fmt: skip
    assert [(f["measure"], f["window"]) for f in o.year()["一科"]["findings"]] == [("警示", "2026年第4季度")]


def test_warnings_of_two_halves_are_not_added(office):
    """公交: two in June and one in July are no 通报批评."""
    o = office("gongjiao")
    for day in ("2026-06-22", "2026-06-23", "2026-07-01"):
        o.decide(o.case(day, "六"), day, "--authority", "公司")
    assert o.year()["xiaoli"]["award_allowed"] is True


def test_two_elements_and_a_report_in_working_days(office):
    """医院: both are to be found; the report is due on the fifth working day, 11-09; two in a month close 先进集体."""
    o = office("yiyuan")
    case = o.case("2026-11-02", "2", "--needs", "引起投诉", more=("--department", "一科"))
    assert "“造成延误”" in o.decide(case, "2026-11-02", "--authority", "院办", code=3).err
    o("sanction", "verify", case, "--finding", "查实", "--needs", "造成延误", now="2026-11-02T10:30")
    o.decide(case, "2026-11-02", "--authority", "院办", "--unit-measure", "扣科室奖金")
    assert "院内通报限2026-11-09" in o("sanction", "show", case, now="2026-11-03T09:00").out
    sheet = o("evaluate", "2026", "--staff", "xiaoli", "-f", "markdown", now="2026-11-03T09:00").out
    assert "可以在2026-11-09以前向院工会申诉（4款）" in sheet
    again = o.case(
        "2026-11-20",
        "2",
        "--needs",
        "引起投诉",
        "--needs",
        "造成延误",
        staff="linpin",
        more=("--department", "一科"),
    )
    o.decide(again, "2026-11-20", "--authority", "院办", "--unit-measure", "扣科室奖金")
    found = o.year()["一科"]
    assert (found["counts"], [f["window"] for f in found["findings"]]) == ({"扣科室奖金": 2}, ["2026年11月"])


def test_a_ladder_by_quarter_points_and_the_head(office):
    """街道: first, second, and in a new quarter first again; two points in the half year; a seconded one goes back; the head has a quarter."""
    o = office("shequ")
    for day, measure in (("2026-08-03", "提醒"), ("2026-08-04", "约谈"), ("2026-10-12", "提醒")):
        case = o.case(day, "二", staff="jiediao")
        o.decide(case, day, "--authority", "街道")
        assert f"：{measure}" in o("evaluate", "2026", "--staff", "jiediao", now=f"{day}T12:00").out
    people = o.year()
    assert people["jiediao"]["actions"] == ["扣半年绩效", "退回原单位"]
    assert [f["amount"] for f in people["jiediao"]["findings"]] == ["3分", "3分"]
    assert people["fenguan"]["findings"] == []  # three quarters of a point


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            "thresholds:\n  - {article: 四, points: 3, window: calendar-month, effect: action}\n",
            "没有任何措施或行为计分",
        ),
        (
            "thresholds:\n  - {article: 四, measure: 警告, window: calendar-year, effect: action}\n",
            "措施“警告”没有任何违规行为会给",
        ),
        (
            "thresholds:\n  - {article: 四, violations: [旷工], window: calendar-year, effect: action}\n",
            "违规行为“旷工”不在 violations 里",
        ),
        ("thresholds:\n  - {article: 四, window: calendar-year, effect: action}\n", "数什么要写且只写一种"),
        (
            "thresholds:\n  - {article: 四, rate: on-time, window: calendar-year, effect: action}\n",
            "永远达不到",
        ),
        (
            "thresholds:\n  - {article: 四, measure: 批评, window: calendar-year, effect: grade, concerns: department}\n",
            "部门没有等次",
        ),
        ("terms:\n  - {article: 四, measures: [批评], at_least: 6, at_most: 3}\n", "期限6至3个月不成立"),
        ("conversions:\n  - {article: 四, measure: 批评, times: 0, becomes: 警告}\n", "折算的次数须大于零"),
    ],
)
def test_what_can_never_be_is_named(tmp_path, run, change, said):
    """policy check names the line of a rule that can never apply, and the words there are."""
    folder = tmp_path / "policies"
    folder.mkdir()
    (folder / "x.yaml").write_text(
        "id: x\nname: 某制度\nextends: base\narticles: {四: 推诿的批评。}\n"
        "violations:\n  推诿: {article: 四, text: 推诿, measures: [批评]}\n" + change, "utf-8"
    )  # fmt: skip
    out = run("policy", "check", folder / "x.yaml", code=1).out
    assert said in out and "policies/x.yaml:" in out


def test_a_regulation_is_brought_into_the_new_ledger(tmp_path, run):
    """init --policy takes a path, with what it extends; or one that already lies in the ledger's own policies/."""
    run("init", tmp_path / "a", "--policy", HERE / "daxue.yaml")
    assert (tmp_path / "a/policies/daxue.yaml").read_bytes() == (HERE / "daxue.yaml").read_bytes()
    own = tmp_path / "b/policies"
    own.mkdir(parents=True)
    (own / "daxue.yaml").write_bytes((HERE / "daxue.yaml").read_bytes())
    run("init", tmp_path / "b", "--policy", "daxue")
    assert run("-L", tmp_path / "b", "check").out == ""
    assert "不是制度文件" in run("init", tmp_path / "c", "--policy", "nowhere.yaml", code=4).err
