"""A mapping proposed for a sheet nobody has described: what it finds, and what it marks as unsure."""

from datetime import datetime

import pytest
from msgspec import structs

from shouwen.core.transfer.guess import guess, plain
from shouwen.core.transfer.importing import SheetReading
from shouwen.core.transfer.mapping import FIELDS, Grid, titles_of
from shouwen.core.transfer.row_history import TOLD_AT_ONCE
from shouwen.core.transfer.row_import import Setting
from shouwen.core.transfer.titles import NAMES, WORDS
from tests.support.clock import ZONE
from tests.support.records import BUMEN
from tests.support.roster import OFFICE

NOW = datetime(2026, 11, 23, 9, 15, tzinfo=ZONE)


def found(titles: list, *rows: list, before: int = 0):
    """The guess for a sheet of these rows, with so many lines above the titles."""
    return guess(Grid("t.csv", "", [*[["某局台账"]] * before, titles, *rows]), BUMEN, NOW, OFFICE)


def test_names_that_offices_use():
    """At least 120 of them beside our own, each meaning one field."""
    names = [name for key in NAMES for name in FIELDS[key]]
    assert len(names) >= 120 and len(names) == len(set(names))


@pytest.mark.parametrize("key", NAMES)
def test_every_name_is_recognised(key):
    """Alone, with the ornaments that a form has, and in any place of the sheet."""
    for name in FIELDS[key]:
        for title in (name, f"{name}（必填）", f"*{name}：", " ".join(name)):
            assert found(["备注", title], before=2).columns == {key: title}
            assert found(["备注", title], before=2).unsure == {}


def test_words_are_those_of_the_regulation():
    """What is translated becomes a word that the base regulation has, or a blank."""
    lists = {"channel": BUMEN.channels, "category": BUMEN.categories, "outcome": BUMEN.outcomes,
             "rating": BUMEN.ratings, "urgency": BUMEN.urgencies, "pause_reason": BUMEN.suspend}  # fmt: skip
    for key, words in WORDS.items():
        assert set(words.values()) - {"", TOLD_AT_ONCE} <= set(lists[key].values)
        assert not set(words) & set(lists[key].values)


def test_a_title_that_only_contains_a_name_is_unsure():
    """Taken, and marked for somebody to look at."""
    made = found(["群众来电时间段", "诉求内容摘要"])
    assert made.columns == {"received": "群众来电时间段", "subject": "诉求内容摘要"}
    assert set(made.unsure) == {"received", "subject"}


def test_two_columns_of_one_name_are_nobodys():
    """Which of them is meant cannot be told; both are listed as left."""
    made = found(["受理时间", "姓名", "姓名"])
    assert made.columns == {"received": "受理时间"} and made.left == ["姓名"]


def test_what_the_cells_tell():
    """Words to translate, words unknown, blanks that were filled in, days alone, days without a year."""
    made = found(
        ["来电时间", "来电人", "联系电话", "诉求内容", "来源", "办理情况", "答复时间"],
        ["3月5日", "无", "13800000001", "问路", "12345", "正在办理", ""],
        ["3月6日 10:00", "同上", "不详", "路灯", "飞鸽", "已办结", "2025-03-07"],
        ["合计", "", "", "2件", "", "", ""],
    )
    assert made.yearless and set(made.bare) == {"received", "closed"}
    assert made.values == {"channel": {"12345": "来电"}, "outcome": {"正在办理": "", "已办结": "已解决"},
                           "name": {"无": ""}, "phone": {"不详": ""}}  # fmt: skip
    assert made.unknown == {"channel": ["飞鸽"]}
    assert made.fill_down == ["name"]
    assert made.skip == ["合计"]


def test_the_titles_once_more():
    """A sheet printed page by page repeats its heading."""
    titles = ["序号", "登记日期", "反映问题"]
    assert found(titles, ["1", "2025-01-06", "甲"], titles, ["2", "2025-01-07", "乙"]).skip == ["序号"]


def test_a_column_without_days_is_unsure():
    """It is called a time and holds none."""
    assert found(["时间", "内容"], ["上午", "问"], ["下午", "问"]).unsure == {"received": "这一列读不出日期"}


def test_an_empty_sheet():
    """Nothing is found, and nothing breaks."""
    assert guess(Grid("t", "", []), BUMEN, NOW, OFFICE).columns == {}
    assert found([]).columns == {}


@pytest.mark.parametrize("title", ["联系电话（必填）", "*联系电话：", "联系 电话", "联系电话[11位]"])
def test_ornaments_of_a_title(title):
    """Brackets, stars, colons and blanks are not part of the name."""
    assert plain(title) == "联系电话"


TWO_DEEP = {
    "spread": (["序号", "受理日期", "服务对象", "", "事项内容", "首问责任人", "办理情况", "", "备注"],
               ["", "", "姓名", "联系电话", "", "", "办结日期", "办理结果", ""]),
    "under one word each": (["序号", "受理", "来访人", "", "诉求", "接待", "办理", "", "其他"],
                            ["", "日期", "姓名", "电话", "内容", "接待人", "办结时间", "结果", "备注"]),
    "the same word twice": (["编号", "受理", "群众", "", "事由", "登记人", "办结", "", ""],
                            ["", "时间", "群众姓名", "手机", "", "", "时间", "办理结果", "附注"]),
}  # fmt: skip


@pytest.mark.parametrize("kind", TWO_DEEP)
@pytest.mark.parametrize("before", [0, 1, 3])
@pytest.mark.parametrize("again", [False, True])
def test_titles_two_rows_deep(kind, before, again):
    """An upper title over several lower ones: every column is found, and the same two rows once more are no inquiries."""
    upper, lower = TWO_DEEP[kind]
    row = ["1", "2025-01-06", "张某", "13800000001", "问材料", "王芳", "2025-01-07", "已答复", ""]
    grid = Grid(
        "t.csv", "", [*[["某局台账"]] * before, upper, lower, row, *([upper, lower] if again else []), row]
    )
    made = guess(grid, BUMEN, NOW, OFFICE)
    assert (made.header, made.header_rows) == (before + 1, 2)
    titles = titles_of(grid, made.header, 2)
    assert {key: titles.index(title) for key, title in made.columns.items()} == {
        "number": 0, "received": 1, "name": 2, "phone": 3, "subject": 4, "first_responder": 5, "closed": 6, "outcome": 7,
    }  # fmt: skip
    rule = made.mapping("08:30", "17:30", 2025, {"channel": "来访", "category": "咨询", "scope": "本人"})
    setting = Setting(OFFICE, lambda _: BUMEN, NOW, "wangfang")
    reading = SheetReading(grid, rule, setting)
    assert reading.problems == [] and len(reading.rows) == 2 and len(reading.skipped) == 2 * again
    bare = SheetReading(grid, structs.replace(rule, skip=()), setting)
    assert [p.text for p in bare.problems] == ["又是列名"] * (2 * again)


def test_one_row_of_titles_stays_one():
    """Neither a row of data nor a heading beneath which all is known makes a second one."""
    row = ["2025-01-06", "电话", "张某", "王芳", "已答复"]
    titles = ["受理时间", "渠道", "姓名", "首问责任人", "办理结果"]
    for above in ([], [["一季度", "", "服务对象"]], [["受理", "", "", "", "办理"]]):
        made = guess(Grid("t.csv", "", [*above, titles, row, row]), BUMEN, NOW, OFFICE)
        assert (made.header, made.header_rows) == (len(above), 1) and len(made.columns) == 5
