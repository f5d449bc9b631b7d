"""A register cannot state every clock: what it does not state is said to be 不计, wherever clocks are shown."""

import json
from pathlib import Path

import pytest

from tests.support.registers import MAPPING, table

ROWS = [
    [
        "2026-11-02 09:10",
        "张某",
        "13812341234",
        "问材料",
        "电话",
        "王芳",
        "李洁",
        "2026-11-03 10:00",
        "已答复",
    ],
    ["2026-11-04 14:00", "李某", "0631-5550101", "施工许可证", "来访", "wangfang", "", "", ""],
]
ALL = ("首次回应", "签收", "环节", "反馈", "回访")


@pytest.fixture
def take(sw, ledger: Path, tmp_path: Path):
    """``take(more columns, titles, cells)``: import ROWS with further columns; the ids, closed one first."""
    config = ledger / "ledger.yaml"
    limits = {"首次回应": 1, "签收": 1, "回访": 1}
    lines = "".join(f"    {name}: [{{article: 本单位, workdays: {n}}}]\n" for name, n in limits.items())
    config.write_text(config.read_text("utf-8") + "overrides:\n  limits:\n" + lines, "utf-8")

    def taken(columns: str = "", titles: str = "", *cells: str) -> list[str]:
        rows = [line + (f",{cell}" if titles else "") for line, cell in
                zip(table(ROWS).splitlines(), [titles, *cells] if titles else [""] * 3, strict=True)]  # fmt: skip
        (tmp_path / "t.csv").write_text("\n".join(rows), "utf-8")
        (tmp_path / "m.yaml").write_text(MAPPING.replace("columns:\n", "columns:\n" + columns), "utf-8")
        return sw("wangfang", "import", tmp_path / "t.csv", "--mapping", tmp_path / "m.yaml").out.split()

    return taken


def shown(sw, name: str) -> dict:
    """The clocks of a record by name: their state, as JSON tells it."""
    return {c["name"]: c for c in json.loads(sw("wangfang", "show", name, "--format", "json").out)["clocks"]}


def test_the_record_says_which(take, sw, ledger):
    """Without a handoff the receipt is nothing that a column would have to state."""
    closed, still = take()
    texts = {p.stem: p.read_text("utf-8") for p in ledger.glob("inquiries/2026/11/*.yaml")}
    assert 'not_judged: ["首次回应", "签收", "环节", "反馈", "回访"]' in texts[closed]
    assert 'not_judged: ["首次回应", "反馈", "回访"]' in texts[still]
    assert "imported: " in texts[closed]
    sw("wangfang", "check")


def test_a_column_that_states_it_has_it_judged(take, sw):
    """A first answer two days late is late; the clocks that no column states stay out."""
    closed, still = take("  answered: 首次答复\n", "首次答复", "2026-11-02 10:00", "2026-11-09 10:00")
    first, second = shown(sw, closed), shown(sw, still)
    assert (first["首次回应"]["state"], first["首次回应"]["level"]) == ("已停", "正常")
    assert (second["首次回应"]["level"], second["首次回应"]["overdue_workdays"]) == ("红牌", 2)
    assert (first["签收"]["state"], first["签收"]["due"], first["回访"]["state"]) == ("不计", None, "不计")


def test_show_says_why(take, sw):
    """The line of the clock and --why-due, in words."""
    closed, _ = take()
    assert "首次回应" in sw("wangfang", "show", closed).out
    line = next(t for t in sw("wangfang", "show", closed).out.splitlines() if t.startswith("  首次回应"))
    assert "不计（原台账没有写明）" in line and "结束" not in line and "红牌" not in line
    assert (
        "导入的原台账没有写明它的起止时间，无从判断，不计" in sw("wangfang", "show", closed, "--why-due").out
    )


def test_every_report_says_how_many(take, sw):
    """overdue, the bulletin and the year: counted beside, in text and in JSON."""
    take()
    over = sw("wangfang", "overdue")
    assert "导入的旧件，原台账没有写明起止而不计的时限：首次回应 1 件" in over.out
    assert json.loads(sw("wangfang", "overdue", "--format", "json").out)["not_judged"] == {"首次回应": 1}
    month = ("bulletin", "--month", "2026-11")
    assert "导入的旧件，原台账没有写明起止而不计的时限：本期 " in sw("wangfang", *month).out
    counted = json.loads(sw("wangfang", *month, "--format", "json").out)["periods"]["current"]["not_judged"]
    assert counted == {"首次回应": 2, "签收": 1, "回访": 1}
    people = json.loads(sw("wangfang", "evaluate", "2026", "--format", "json").out)["staff"]
    told = {p["id"]: p["statistics"]["not_judged"] for p in people}
    assert told["wangfang"]["首次回应"] == 2 and told["heping"] == {}
    for format in ("text", "html"):
        text = sw("wangfang", "evaluate", "2026", "--format", format).out
        assert "首次回应 2 件" in text and "原台账没有写明起止" in text


def test_what_is_done_here_afterwards_is_judged(take, sw):
    """A handoff of today waits on its receipt as any other."""
    _, still = take()
    sw(
        "wangfang",
        "handoff",
        still,
        "--to",
        "规划科/lijie",
        "--mode",
        "引领",
        "--reason",
        "属规划科",
        now="2026-11-23T10:00",
    )
    clock = shown(sw, still)["签收"]
    assert (clock["state"], clock["due"] is not None) == ("计时", True)
