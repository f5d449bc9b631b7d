"""``sanction`` on the command line: who may change a decision."""

import json

import pytest

from tests.support.places import ROOT
from tests.support.records import CASE


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
