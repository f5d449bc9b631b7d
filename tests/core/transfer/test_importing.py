"""A sheet as a whole: its titles, its blank rows, what is told once."""

from datetime import datetime
from typing import Any

from msgspec import convert

from shouwen.core.errors import Problem
from shouwen.core.transfer.importing import SheetReading
from shouwen.core.transfer.mapping import Grid, Mapping, find_header, text_at
from tests.core.transfer.test_row_import import ROW, TITLED, reading, setting


def test_the_same_unknown_name_is_told_once() -> None:
    """A name missing from the roster in two hundred rows is one thing to mend."""
    rows = [ROW | {"首问责任人": who} for who in ("王方", "王芳", "王方", "李杰")]
    made = reading(rows, list(ROW))
    near = "相近的有：{}；或补进 staff.yaml，或在映射的 values 里对应"
    assert [(p.path, p.line, p.check, p.text) for p in made.problems] == [
        ("t.csv:G2", 0, "keys", "人员表里没有“王方”（共 2 处：G2、G4）"), ("t.csv:G5", 0, "keys", "人员表里没有“李杰”")]  # fmt: skip
    assert [p.hint for p in made.problems] == [near.format("wangfang（王芳）"), near.format("lijie（李洁）")]
    assert (made.read, [r.row for r in made.rows]) == (4, [2])


def test_the_same_problem_is_told_once_with_all_its_cells() -> None:
    """Two hundred rows without a subject are one line, which names every cell."""
    made = reading([ROW | {"事项内容": ""}, ROW | {"事项内容": ""}, ROW, ROW | {"事项内容": ""}], list(ROW))
    assert made.problems == [
        Problem("t.csv:D2", 0, "keys", "缺少事项内容（共 3 处：D2–D3、D5）", "补上一句话")
    ]


def test_what_has_no_column_is_told_once_by_row() -> None:
    """A default that is no word of the list: the first row, and how many more."""
    titles = [t for t in ROW if t != "渠道"]
    made = reading([ROW, ROW], titles, {"defaults": {"channel": "电话"}})
    assert [(p.path, p.text) for p in made.problems] == [
        ("t.csv:第2行", "渠道“电话”不在词表里（共 2 处：第2行–第3行）")]  # fmt: skip


def test_blank_rows_are_passed_over() -> None:
    """Empty rows, blanks only, and what lies beyond the row's end are nothing; a merged area down is not."""
    made = reading([{}, ROW, {"姓名": "  "}, {"姓名": ""}, ROW | {"事项内容": "又问"}], list(ROW))
    assert ([r.row for r in made.rows], made.read, made.problems) == ([2, 5], 2, [])
    short = Grid("t.csv", "", [list(ROW), list(ROW.values())[:4]])
    whole = SheetReading(short, convert({"columns": {TITLED[t]: t for t in ROW}}, Mapping), setting())
    assert {p.text for p in whole.problems} == {"缺少渠道", "缺少业务属性", "缺少首问责任人", "缺少职责范围"}
    merged = reading([ROW, {}], list(ROW), merged=["B2:B3"])
    assert [p.text for p in merged.problems if p.path == "t.csv:B2"] == [
        "在合并的单元格 B2:B3 里（共 2 处：B2–B3）"
    ]
    across = reading([ROW, {}], list(ROW), merged=["B3:D3"])
    assert (across.read, across.problems) == (1, [])
    wide = reading([ROW, {}], list(ROW), merged=["Z3:AA3"])
    assert (wide.read, wide.problems) == (1, [])


def test_titles_must_be_there_once() -> None:
    """A column that is not there or there twice stops the reading; the near ones are named."""
    made = reading([ROW], list(ROW), {"columns": {"received": "受理时问", "subject": "事项内容"}})
    assert [(p.path, p.text, p.hint) for p in made.problems] == [
        ("t.csv:第1行", "没有列“受理时问”（received）", "相近的有：受理时间；列名在别的行时写 header")]  # fmt: skip
    assert made.problems[0] == Problem("t.csv:第1行", 0, "keys", made.problems[0].text, made.problems[0].hint)
    assert (made.rows, made.read) == ([], 0)
    titles = ["受理 时间", "受理日期", "受理人", "受理部门", "事由"]
    said = convert({"header": 2, "columns": {"received": " 受理\n时间", "channel": "受理"}}, Mapping)
    second = SheetReading(Grid("t.csv", "", [["受理", "受理 时间"], titles, []]), said, setting())
    assert [(p.path, p.hint) for p in second.problems] == [
        ("t.csv:第2行", "相近的有：受理 时间、受理日期、受理人；列名在别的行时写 header")]  # fmt: skip
    twice = reading([ROW], [*ROW, "姓名"])
    assert [(p.text, p.hint) for p in twice.problems] == [("有 2 列叫“姓名”", "把用不到的一列改名")]
    nothing = SheetReading(
        Grid("t.csv", "", []), convert({"columns": {"subject": "事由"}}, Mapping), setting()
    )
    assert [p.hint for p in nothing.problems] == ["相近的有：（空）；列名在别的行时写 header"]


def test_where_the_titles_stand() -> None:
    """The row with most of the titles, among the first twenty; a number in the mapping goes before."""
    titles = ["事由", "日期"]
    rows: list[list[Any]] = [["某局台账"], ["事由", "说明"], [" 事由\n", "日期"], ["日期", "事由"]]
    assert find_header(Grid("t", "", rows), titles) == 2
    assert [find_header(Grid("t", "", rows), titles, given) for given in (1, 4, 9)] == [0, 3, 3]
    assert find_header(Grid("t", "", []), titles) == find_header(Grid("t", "", []), titles, 3) == 0
    deep = [["x"]] * 19
    assert find_header(Grid("t", "", [*deep, titles]), titles) == 19
    assert find_header(Grid("t", "", [*deep, ["x"], titles]), titles) == 0


def test_a_cell_as_a_title() -> None:
    """Numbers are titles too; what is neither text nor number, or beyond the row, is none."""
    grid = Grid("t", "", [[" 受理\n时间 ", 2026, 1.5, None, datetime(2026, 1, 1)]])
    assert [text_at(grid, 0, n) for n in range(6)] == ["受理 时间", "2026", "1.5", "", "", ""]
