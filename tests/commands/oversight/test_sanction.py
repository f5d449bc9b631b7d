"""``sanction`` on the command line: who may change a decision."""

import json

import pytest

from tests.support.places import ROOT
from tests.support.records import CASE
from tests.support.roster import STAFF


@pytest.fixture
def decided(sw) -> str:
    """A case against 王芳 with a decision of the party committee in force."""
    name = sw("heping", *CASE).id
    sw("heping", "sanction", "verify", name, "--finding", "查实")
    sw(
        "heping",
        "sanction",
        "decide",
        name,
        "--measure",
        "诫勉教育",
        "--authority",
        "团党委",
        "--reason",
        "初次",
    )
    sw("wangfang", "sanction", "appeal", name, "--text", "不服")
    return name


@pytest.mark.parametrize("verb", ["decide", "modify"])
def test_only_the_body_named_decides_and_changes(sw, decided: str, verb: str) -> None:
    """诫勉教育 and 效能告诫 are the party committee's; a decision on appeal is a decision too (第十条)."""
    name = decided
    if verb == "decide":
        name = sw("heping", *CASE[:-1], "2026-11-19").id
        sw("heping", "sanction", "verify", name, "--finding", "查实")
    words = ("sanction", verb, name, "--measure", "效能告诫", "--reason", "情节较重")
    refused = sw("heping", *words, "--authority", "审批科", code=3)
    assert "效能告诫须由团党委决定，不能由“审批科”决定（第十条）" in refused.err
    heavier = ("--ground", "新的事实") if verb == "modify" else ()  # an appeal alone never makes it worse
    assert sw("heping", *words, *heavier, "--authority", "团党委").id == name


def test_whether_a_decision_is_filed_stands_in_the_list(run) -> None:
    """已归档, 未归档 where the regulation wants it filed, 不需 where it does not, nothing without a decision."""
    root = ROOT / "ledger-example"
    out = json.loads(run("-L", root, "sanction", "list", "-f", "json", now="2026-11-23T09:00:00+08:00").out)
    filed = {each["id"]: each["filed"] for each in out["items"]}
    assert filed["S20250815-RJ87ZM"] == "已归档"
    assert filed["S20261013-M6MWH0"] == "未归档"
    assert filed["S20260715-21861G"] == "不需"
    assert filed["S20260908-4CJQG8"] == filed["S20261119-Q9RC7F"] == ""
    assert out["as_of"] == "2026-11-23T09:00:00+08:00"
    left = run("-L", root, "sanction", "list", "--unfiled", "-f", "json", now="2026-11-23T09:00:00+08:00").out
    assert [each["id"] for each in json.loads(left)["items"]] == ["S20261013-M6MWH0"]


@pytest.mark.parametrize(
    ("year", "kept"), [("2025", {"A"}), ("2026", {"A", "B"}), ("2024", set()), ("2027", {"B"})]
)
def test_the_cases_of_a_year_were_reported_or_decided_in_it(sw, year: str, kept: set[str]) -> None:
    """Reported in December and decided in January: a case of both years; nothing else of another year."""
    names = {}
    for key, opened, closed in (
        ("A", "2025-12-30T10:00", "2026-01-05T10:00"),
        ("B", "2026-12-30T10:00", "2027-01-05T10:00"),
    ):
        words = [*CASE[:-1], opened[:10]]
        names[sw("heping", *words, now=opened).id] = key
        (name,) = (one for one, k in names.items() if k == key)
        sw("heping", "sanction", "verify", name, "--finding", "查实", now=opened)
        decided = ("--measure", "诫勉教育", "--authority", "团党委", "--reason", "初次")
        sw("heping", "sanction", "decide", name, *decided, now=closed)
    items = json.loads(sw("heping", "sanction", "list", "--year", year, "-f", "json").out)["items"]
    assert {names[each["id"]] for each in items} == kept


@pytest.mark.parametrize("year", ["2025", "2026"])
def test_a_case_without_a_decision_is_of_the_year_of_its_report(sw, year: str) -> None:
    """No decision is no day of one."""
    sw("heping", *CASE)
    items = json.loads(sw("heping", "sanction", "list", "--year", year, "-f", "json").out)["items"]
    assert len(items) == (year == "2026")


@pytest.fixture
def centre(tmp_path, run):
    """A ledger of 人事考试鉴定中心, whose third article names two violations and what befalls the section."""
    root = tmp_path / "centre"
    run("init", root, "--policy", "jianding", "--name", "某中心")
    (root / "staff.yaml").write_text(STAFF, "utf-8")
    return lambda *words, code=0: run("-L", root, "--as", "heping", *words, code=code)


def test_an_article_with_several_violations_may_be_reported_without_saying_which(centre) -> None:
    """Which one it was is said when the case is examined; a script is not asked."""
    words = ("sanction", "report", "--staff", "wangfang", "--summary", "推说不知", "--occurred", "2026-11-20")
    name = centre(*words, "--article", "三").id
    case = json.loads(centre("sanction", "show", name, "--format", "json").out)
    assert (case["article"], case.get("violation", "")) == ("三", "")
    named = centre(*words, "--violation", "推诿拒绝").id
    case = json.loads(centre("sanction", "show", named, "--format", "json").out)
    assert (case["article"], case.get("violation", "")) == ("三", "推诿拒绝")


def test_what_the_section_gets_is_not_asked_of_a_script(centre) -> None:
    """One of several for the section may be left open: the decision about the person stands without it."""
    words = (
        "--department",
        "审批科",
        "--violation",
        "推诿拒绝",
        "--summary",
        "推说不知",
        "--occurred",
        "2026-11-20",
    )
    name = centre("sanction", "report", "--staff", "wangfang", *words).id
    centre("sanction", "verify", name, "--finding", "查实")
    centre("sanction", "decide", name, "--measure", "教育", "--authority", "中心")
    case = json.loads(centre("sanction", "show", name, "--format", "json").out)
    assert case["measures"] == ["教育"]
