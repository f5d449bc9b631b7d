"""``route``: who has a matter, as a table for people and as data for programs."""

import json

from tests.support.places import ROOT

EXAMPLE = ROOT / "ledger-example"


def test_a_table_shows_what_the_matters_have_and_data_every_key(run) -> None:
    """Columns that no matter fills are left out of a table; a program finds every key, filled or not."""
    table = run("-L", EXAMPLE, "route", "施工").out
    assert "施工许可证" in table
    assert "0631-5550110" in table
    assert "收费" not in table
    (line,) = run("-L", EXAMPLE, "route", "施工", "-f", "jsonl").out.splitlines()
    item = json.loads(line)
    assert (item["department"], item["fee"], item["category"], item["article"]) == ("审批科", "", "", "")
    assert item["materials"] == ["施工图审查意见", "监理合同", "质监手续"]


def test_without_a_word_every_matter_is_listed(run) -> None:
    """The public notice of an office is the whole table."""
    rows = run("-L", EXAMPLE, "route", "-f", "csv").out.splitlines()
    assert rows[0].startswith("事项,部门,联系人")
    assert len(rows) > 5
    assert run("-L", EXAMPLE, "route", "-f", "table").out == run("-L", EXAMPLE, "route").out
