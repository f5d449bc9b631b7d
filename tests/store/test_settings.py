"""Regulations and overrides as an office writes them."""

from pathlib import Path

import pytest

from shouwen.core.errors import BadData
from shouwen.store.settings import load_policy, policy_ids
from tests.support.records import PLAIN


def test_the_id_is_the_name_of_the_file(ledger: Path, sw) -> None:
    """Records bear the regulation's id; one that leads to no file would make them unreadable."""
    (ledger / "policies").mkdir()
    (ledger / "policies" / "benju.yaml").write_text("name: 某局\nid: juji\nextends: bumen\n", "utf-8")
    found = sw("wangfang", "policy", "check", "benju", code=1)
    assert found.out == "policies/benju.yaml:2: id 是“juji”，与文件名“benju”不同：写成 id: benju\n"


def test_an_id_is_not_inherited(ledger: Path) -> None:
    """A regulation that names no id would silently bear that of the one it extends."""
    (ledger / "policies").mkdir()
    (ledger / "policies" / "benju.yaml").write_text("name: 某局\nextends: bumen\n", "utf-8")
    with pytest.raises(BadData, match="benju.yaml:1: id 是“”"):
        load_policy("benju", str(ledger))


@pytest.mark.parametrize("name", policy_ids())
def test_built_in_regulations_bear_their_ids(name: str) -> None:
    """Every regulation that ``policy list`` offers can be put into ledger.yaml by that name."""
    assert load_policy(name).id == name


def test_overrides_may_say_whose_rule_they_are(ledger: Path, sw) -> None:
    """An office's own limit is quoted by its own words and is no fault of the regulation."""
    with open(ledger / "ledger.yaml", "a", encoding="utf-8") as file:
        file.write("overrides:\n  limits:\n    办结:\n      - {workdays: 7, article: 本局规定}\n")
    assert sw("wangfang", "policy", "check", "bumen").out == ""
    taken = sw(
        "wangfang",
        *PLAIN,
    )
    assert "（本局规定，7个工作日）" in taken.err


def test_a_number_beyond_reason_is_refused(ledger: Path, sw) -> None:
    """A limit of 10**12 hours ended in OverflowError, one of -1 in nothing said."""
    file = ledger / "matters.yaml"
    for number in ("-1", "10000", "9" * 18):
        file.write_text(f"某事: {{department: 审批科, workdays: {number}}}\n", "utf-8")
        error = sw("wangfang", "route", code=5).err
        assert error == "shouwen: matters.yaml:1: “某事.workdays”应是 0 到 9999 的整数：改成合乎实际的数\n"


def test_the_base_is_no_regulation(tmp_path: Path, run) -> None:
    """init with it ended as if a file could not be read; it is a word of the command line that is wrong."""
    done = run("init", tmp_path / "x", "--policy", "base", code=2)
    assert done.err.startswith("shouwen: “base”是各制度共用的底本，自己不是一部制度；--policy 可写：bumen、")
    assert not (tmp_path / "x").exists()


PLACES = {
    "limits": ("limits: {办结: [{scope: [本仁], workdays: 2, article: ARTICLE}, {workdays: 3, article: ARTICLE}]}",
               "scope“本仁”不在词表里"),
    "duties": ("duties: {register: {article: ARTICLE, items: [姓各]}}", "items 里不认识的“姓各”"),
    "kind": ("duties: {registr: {article: ARTICLE}}", "不认识的职责“registr”：相近的：register"),
    "never": ("limits: {签收: [{workdays: 2, article: ARTICLE}, {workdays: 3, article: ARTICLE}]}",
              "没有条件，后面的规则永远用不到"),
}  # fmt: skip


@pytest.mark.parametrize("article", ["默认", "本局规定"])
@pytest.mark.parametrize("place", PLACES)
def test_a_slip_in_the_overrides_is_the_offices_own(ledger: Path, sw, place, article) -> None:
    """Plain ``check`` finds it, whatever article it cites, at its own line; ``policy check`` says it once."""
    rule, said = PLACES[place]
    with (ledger / "ledger.yaml").open("a", encoding="utf-8") as file:
        file.write("overrides:\n  " + rule.replace("ARTICLE", article) + "\n")
    line = (ledger / "ledger.yaml").read_text("utf-8").count("\n")
    found = sw("wangfang", "check", code=1).out.splitlines()
    assert len(found) == 1 and found[0].startswith(f"ledger.yaml:{line}: {said}") and "[policy]" in found[0]
    assert sw("wangfang", "policy", "check", code=1).out.splitlines() == [found[0].removesuffix("  [policy]")]
    assert sw("wangfang", "policy", "check", "bumen", code=1).out.count(said) == 1


def test_overrides_that_work_are_silent(ledger: Path, sw) -> None:
    """What an office lawfully lays over its regulation is no slip."""
    with (ledger / "ledger.yaml").open("a", encoding="utf-8") as file:
        file.write("overrides:\n  limits:\n    办结:\n      - {scope: [本人], workdays: 2, article: 默认}\n"
                   "      - {workdays: 7, article: 本局规定}\n")  # fmt: skip
    assert sw("wangfang", "check").out == "" and sw("wangfang", "policy", "check").out == ""
