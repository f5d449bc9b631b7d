"""``sanction`` on the command line: who may change a decision."""

import pytest

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
