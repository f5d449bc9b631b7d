"""Whoever has a decided case stands in every format of the appraisal, whether or not anything follows."""

import csv
import io
import json

import pytest

FORMATS = ("text", "json", "csv", "tsv", "markdown", "html", "table", "plain", "jsonl")
NOTHING = "条文没有规定后果"


@pytest.fixture
def decided(ledger, run):
    """A ledger of 社保, which has no thresholds: one decided case of 王芳 and her section together."""
    settings = ledger / "ledger.yaml"
    settings.write_text(settings.read_text("utf-8").replace("policy: bumen", "policy: shebao"), "utf-8")
    return _case(ledger, run, "--staff", "wangfang", "--department", "审批科")


def _case(ledger, run, *whose: str, measure: str = "教育", now: str = "2026-11-23T09:00") -> str:
    """Reported, verified and decided at once; gives the id."""
    sw = ("-L", ledger, "--as", "heping", "sanction")
    report = ("--article", "一(一)", "--summary", f"{whose}的事", "--occurred", "2026-11-20")
    case = run(*sw, "report", *whose, *report, now=now).id
    run(*sw, "verify", case, "--finding", "查实", "--text", "有录音")
    run(*sw, "decide", case, "--measure", measure, "--authority", "局务会", "--doc-no", "局〔2026〕1号")
    return case


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("who", [(), ("--staff", "wangfang"), ("--department", "审批科")])
def test_in_every_format(ledger, run, decided, format, who):
    """With its id, what was decided and that the regulation attaches nothing to it; so does the department."""
    out = run("-L", ledger, "evaluate", "2026", *who, "-f", format).out
    assert decided in out and NOTHING in out and "教育" in out
    assert "王芳" in out and "审批科" in out


def test_the_department_has_its_own_place(ledger, run, decided):
    """JSON: departments; csv: a row of its own, without a grade or figures."""
    alone = _case(ledger, run, "--department", "规划科", measure="批评", now="2026-11-23T09:05")
    data = json.loads(run("-L", ledger, "evaluate", "2026", "-f", "json").out)
    assert [(d["department"], d["counts"], [c["sanction"] for c in d["cases"]]) for d in data["departments"]] == [
        ("审批科", {"教育": 1}, [decided]), ("规划科", {"批评": 1}, [alone])]  # fmt: skip
    rows = list(
        csv.DictReader(io.StringIO(run("-L", ledger, "evaluate", "2026", "-f", "csv").out.lstrip("\ufeff")))
    )
    assert [r["部门"] for r in rows if r["姓名"] == "（责任部门）"] == ["审批科", "规划科"]
    only = json.loads(run("-L", ledger, "evaluate", "2026", "--staff", "lijie", "-f", "json").out)
    assert only["departments"] == []


def test_who_is_not_appraised_is_not_left_out(ledger, run):
    """A trainee with a decided case stands there, marked; the share of 优秀 does not count him."""
    settings = ledger / "ledger.yaml"
    settings.write_text(settings.read_text("utf-8").replace("policy: bumen", "policy: shebao"), "utf-8")
    case = _case(ledger, run, "--staff", "shixi")
    text = run("-L", ledger, "evaluate", "2026").out
    assert "（shixi，审批科，不参加考核）" in text and case in text
    assert case in run("-L", ledger, "evaluate", "2026", "--staff", "shixi", "-f", "markdown").out


def test_a_sheet_says_what_to_contest_and_how(ledger, run, decided):
    """Facts, evidence, authority, number; how to appeal; what a revocation would change."""
    sheet = run("-L", ledger, "evaluate", "2026", "--staff", "wangfang", "-f", "markdown").out
    for said in ("事实：2026-11-20", "有录音", "2026-11-23 局务会，局〔2026〕1号：教育", "如果撤销：结论不变（不受限制）",
                 "申诉：制度没有写怎样申诉；属于处分等人事处理的，自知道之日起三十日内"):  # fmt: skip
        assert said in sheet


@pytest.mark.parametrize(
    ("year", "now", "provisional"),
    [
        ("2026", "2026-12-30T09:00", True),  # may still be decided this year
        ("2026", "2027-01-10T09:00", False),  # what is decided now is of 2027
        ("2027", "2027-01-10T09:00", True),
    ],
)
def test_only_what_can_change_the_year_makes_it_provisional(ledger, run, year, now, provisional):
    """Reported in December, undecided: 2026 is open until it ends, 2027 after that."""
    sw = ("-L", ledger, "--as", "heping", "sanction")
    run(*sw, "report", "--staff", "wangfang", "--article", "七", "--summary", "x", "--occurred", "2026-12-01",
        now="2026-12-02T09:00")  # fmt: skip
    data = json.loads(run("-L", ledger, "evaluate", year, "--staff", "wangfang", "-f", "json", now=now).out)
    assert bool(data["staff"][0]["provisional"]) is provisional


@pytest.mark.parametrize(("year", "provisional"), [("2026", False), ("2027", True), ("2028", False)])
def test_an_appeal_opens_only_the_years_that_it_counts_for(ledger, run, year, provisional):
    """Decided in 2027 and appealed against: neither 2026 nor, without a decision there, 2028 is open."""
    sw = ("-L", ledger, "--as", "heping", "sanction")
    case = run(*sw, "report", "--staff", "wangfang", "--article", "七", "--summary", "x", "--occurred",
               "2026-12-01", now="2026-12-02T09:00").id  # fmt: skip
    run(*sw, "verify", case, "--finding", "查实")
    run(*sw, "decide", case, "--authority", "团党委", now="2027-02-01T09:00")
    run(
        "-L", ledger, "--as", "wangfang", "sanction", "appeal", case, "--text", "不服", now="2027-02-02T09:00"
    )
    data = json.loads(
        run("-L", ledger, "evaluate", year, "--staff", "wangfang", "-f", "json", now="2028-01-20T09:00").out
    )
    assert bool(data["staff"][0]["provisional"]) is provisional
