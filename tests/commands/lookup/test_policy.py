"""A regulation has its days: the one in force on the day of intake governs, also when replaced mid-year."""

import json

import pytest

OWN = """\
id: benju
name: 本局首问制度
document: 本局〔2026〕3号
extends: base
in_force: {from: 2026-07-01}
cite: "第{}条"
articles:
  一: 首问者负责，转办须引领，不得推诿。
  二: 推诿的批评教育，一年两次的不评优秀，追问负责人。
modes: {article: 一, values: [引领, 指定]}
duties:
  tracking: {article: 一}
violations:
  推诿: {article: 二, text: 推诿, measures: [批评教育], review_leader: true}
thresholds:
  - {article: 二, measure: 批评教育, at_least: 2, window: calendar-year, effect: bar-excellent}
filing: {article: 二, values: [批评教育]}
limits:
  办结:
    - {workdays: 1, article: 一}
"""
WORDS = ("--channel", "来电", "--category", "咨询", "--subject", "办事程序", "--name", "张某",
         "--phone", "13812341234", "--scope", "其他部门")  # fmt: skip


@pytest.fixture
def replaced(ledger):
    """``bumen`` until 30 June, the office's own regulation from 1 July."""
    (ledger / "policies").mkdir()
    (ledger / "policies" / "benju.yaml").write_text(OWN, "utf-8")
    settings = ledger / "ledger.yaml"
    text = settings.read_text("utf-8")
    assert "\npolicy: bumen\n" in text
    uses = "\npolicy:\n  - {id: bumen, until: 2026-06-30}\n  - {id: benju, from: 2026-07-01}\n"
    settings.write_text(text.replace("\npolicy: bumen\n", uses), "utf-8")
    return ledger


def shown(sw, name: str, now: str) -> dict:
    """An inquiry as JSON."""
    return json.loads(sw("wangfang", "show", name, "--format", "json", now=now).out)


def test_the_day_of_intake_decides(sw, replaced):
    """Taken in on 30 June under the old one, on 1 July under the new: each keeps its own."""
    old = sw("wangfang", "intake", *WORDS, now="2026-06-30T16:00").id
    new = sw("wangfang", "intake", *WORDS, now="2026-07-01T09:00").id
    late = sw("wangfang", "intake", *WORDS, "--received", "2026-06-30 17:00", now="2026-07-01T09:05").id
    assert [(shown(sw, n, "2026-07-01T10:00")["policy"], shown(sw, n, "2026-07-01T10:00")["due"][:10])
            for n in (old, new, late)] == [
        ("bumen", "2026-07-03"), ("benju", "2026-07-02"), ("bumen", "2026-07-03"),
    ]  # fmt: skip
    assert sw("wangfang", "check", now="2026-07-01T10:00").out == ""


def test_an_old_inquiry_keeps_its_words(sw, replaced):
    """After the change the old inquiry may still be passed on as its own regulation allows."""
    old = sw("wangfang", "intake", *WORDS, now="2026-06-30T16:00").id
    new = sw("wangfang", "intake", *WORDS, now="2026-07-01T09:00").id
    call = ("--to", "规划科/lijie", "--mode", "电话联系")
    sw("wangfang", "handoff", old, *call, now="2026-07-01T16:00")
    refused = sw("wangfang", "handoff", new, *call, code=2, now="2026-07-01T16:05")
    assert "方式没有“电话联系”；可用：引领、指定" in refused.err
    assert shown(sw, old, "2026-07-01T16:10")["findings"] == []


def test_an_act_is_judged_by_the_regulation_of_its_day(sw, replaced):
    """Reported in July, done in June: the articles, measures and authority of June."""
    words = (
        "sanction",
        "report",
        "--staff",
        "wangfang",
        "--summary",
        "一推了之",
        "--format",
        "json",
        "--occurred",
    )
    june = json.loads(sw("heping", *words, "2026-06-10", "--article", "七", now="2026-07-03T09:00").out)
    july = json.loads(sw("heping", *words, "2026-07-02", "--article", "二", now="2026-07-03T09:00").out)
    assert [(c["policy"], c["proposal"]["measures"]) for c in (june, july)] == [
        ("bumen", ["诫勉教育"]), ("benju", ["批评教育"]),
    ]  # fmt: skip
    unknown = sw("heping", *words, "2026-06-10", "--article", "十一", code=4, now="2026-07-03T09:00")
    assert "没有条款“十一”" in unknown.err


def test_the_year_is_appraised_by_the_regulation_at_its_end(sw, replaced):
    """Thresholds are those in force at the year's end; filing and leaders follow each case's own."""
    cases = []
    for day, article in (("2026-06-10", "七"), ("2026-07-06", "二"), ("2026-08-03", "二")):
        report = ("--staff", "wangfang", "--article", article, "--summary", day, "--occurred", day)
        case = sw("heping", "sanction", "report", *report, now=f"{day}T10:00").id
        sw("heping", "sanction", "verify", case, "--finding", "查实", now=f"{day}T11:00")
        sw("heping", "sanction", "decide", case, "--authority", "团党委", now=f"{day}T15:00")
        cases.append(case)
    ask = ("evaluate", "2026", "--staff", "wangfang", "--format", "json")
    result = json.loads(sw("heping", *ask, now="2026-12-31T17:00").out)
    person = result["staff"][0]
    assert (result["policy"], person["counts"]) == ("benju", {"批评教育": 2, "诫勉教育": 1})
    assert [(f["article"], f["count"], f["effect"]) for f in person["findings"]] == [
        ("二", 2, "bar-excellent")
    ]
    assert person["unfiled"] == cases
    listed = json.loads(sw("heping", "evaluate", "2026", "--format", "json", now="2026-12-31T17:00").out)
    assert listed["review"] == [{"leader": "zhaojun", "post": "负责人", "sanction": c} for c in cases[1:]]
    before = json.loads(sw("heping", *ask, "--as-of", "2026-06-20", now="2026-12-31T17:00").out)
    assert (before["policy"], before["staff"][0]["counts"]) == ("bumen", {"诫勉教育": 1})


def test_outside_every_period_nothing_is_taken_in(sw, replaced):
    """A regulation entered earlier than it is in force, or a day that none covers, is refused with the reason."""
    settings = replaced / "ledger.yaml"
    text = settings.read_text("utf-8")
    settings.write_text(
        text.replace("{id: benju, from: 2026-07-01}", "{id: benju, from: 2026-07-06}"), "utf-8"
    )
    gap = sw("wangfang", "intake", *WORDS, code=3, now="2026-07-02T09:00")
    assert "2026-07-02 没有生效的制度" in gap.err
    early = text.replace("until: 2026-06-30", "until: 2026-05-31").replace(
        "from: 2026-07-01", "from: 2026-06-01"
    )
    settings.write_text(early, "utf-8")
    assert "2026-06-10 不在施行期内" in sw("wangfang", "intake", *WORDS, code=3, now="2026-06-10T09:00").err


def test_a_broken_regulation_is_shown_with_path_and_line(sw, replaced):
    """``policy check`` names file, line and key of each fault in the office's own regulation."""
    path = replaced / "policies" / "benju.yaml"
    path.write_text(OWN.replace("values: [引领, 指定]", "values: 引领"), "utf-8")
    assert sw("wangfang", "policy", "check", "benju", code=1).out == (
        "policies/benju.yaml:10: “modes.values”应是清单，不是文字：写成清单，如 [甲, 乙]\n"
    )
    path.write_text(OWN.replace("tracking: {article: 一}", "tracking: {article: 一, modes: 引领}"), "utf-8")
    assert sw("wangfang", "policy", "check", "benju", code=1).out == (
        "policies/benju.yaml:12: “duties.tracking.modes”应是清单，不是文字：写成清单，如 [甲, 乙]\n"
    )
    path.write_text(OWN.replace("tracking: {article: 一}", "tracking: {article: 九}"), "utf-8")
    assert sw("wangfang", "policy", "check", "benju", code=1).out == (
        "policies/benju.yaml:12: 引用的条款“九”不在 articles 里：补上这一条的转述，或改正条款\n"
    )


def test_the_ledger_s_own_regulations_are_listed_beside_the_others(sw, ledger):
    """Those in policies/ with the shipped ones, and which are in use."""
    (ledger / "policies").mkdir()
    (ledger / "policies/benju.yaml").write_text(OWN, "utf-8")
    rows = {
        row["id"]: row
        for row in json.loads(sw("wangfang", "policy", "list", "--format", "json").out)["items"]
    }
    assert rows["benju"]["name"] == "本局首问制度" and rows["benju"]["document"] == "本局〔2026〕3号"
    assert [name for name, row in rows.items() if row["in_use"]] == ["bumen"]
    rows.pop("benju")
    assert rows.keys() >= {"bumen", "fayuan", "weiji"}
