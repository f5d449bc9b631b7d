"""What a mapping says wrong, and how cells are named."""

import pytest
from msgspec import convert, structs

from shouwen.core.transfer.mapping import Grid, Mapping, check_mapping


@pytest.mark.parametrize(
    "row, column, words",
    [(6, 1, "t.xlsx:甲!B7"), (0, 0, "t.xlsx:甲!A1"), (0, 25, "t.xlsx:甲!Z1"), (0, 26, "t.xlsx:甲!AA1"),
     (0, 701, "t.xlsx:甲!ZZ1"), (0, 702, "t.xlsx:甲!AAA1"), (6, None, "t.xlsx:甲!第7行")],
)  # fmt: skip
def test_places_as_spreadsheets_name_them(row, column, words) -> None:
    """After Z comes AA."""
    assert Grid("t.xlsx", "甲", []).place(row, column) == words
    assert Grid("t.csv", "", []).place(row, column) == words.replace("xlsx:甲!", "csv:")


def test_what_a_mapping_says_wrong() -> None:
    """Unknown fields in every part, clocks that are none, fields that must come from somewhere."""
    wrong = convert({"columns": {"recieved": "日期", "subject": "事由"}, "values": {"chanel": {}}, "defaults": {"categori": "咨询"},
                     "times": {"told": "24:00", "name": "09:00", "closed": "9:5", "promised": "23:59", "received": "08:30"}}, Mapping)  # fmt: skip
    assert [(p.path, p.line, p.check, p.text, p.hint) for p in check_mapping(wrong, "m.yaml")] == [
        ("m.yaml", 0, "keys", "columns 里没有“recieved”这一项", "相近的有：received、reopened、resumed"),
        ("m.yaml", 0, "keys", "values 里没有“chanel”这一项", "相近的有：channel、handed、handler"),
        ("m.yaml", 0, "keys", "defaults 里没有“categori”这一项", "相近的有：category、matter、rating"),
        ("m.yaml", 0, "keys", "times 里没有“name”这一项", "相近的有：paused、handed、resumed"),
        ("m.yaml", 0, "keys", "times 里的 told“24:00”不是钟点", '写成 "08:30"'),
        ("m.yaml", 0, "keys", "times 里的 closed“9:5”不是钟点", '写成 "08:30"'),
        ("m.yaml", 0, "keys", "缺少 received（受理时间）", "在 columns 写明列名"),
        ("m.yaml", 0, "keys", "缺少 channel（渠道）", "在 columns 写明列名，或在 defaults 写一个值"),
        ("m.yaml", 0, "keys", "缺少 category（业务属性）", "在 columns 写明列名，或在 defaults 写一个值"),
    ]
    right = convert(
        {"columns": {"received": "日期", "subject": 3, "channel": "方式"}, "defaults": {"category": "咨询"}},
        Mapping,
    )
    assert check_mapping(right, "m.yaml") == []
    dates = structs.replace(right, dates=("%m月%d日", "%d日", "%Y%m%d"), fill_down=("name",), year=25)
    assert [(p.text, p.hint) for p in check_mapping(dates, "m.yaml")] == [
        ("fill_down 里的“name”不在 columns 里", "写 columns 左边的项目"),
        ("dates 里的“%d日”没有月或日", "写成 %Y年%m月%d日"), ("year“25”不是年份", "写成四位，如 2025")]  # fmt: skip
    without = structs.replace(right, dates=("%m月%d日",))
    assert [p.hint for p in check_mapping(without, "m.yaml")] == ["在映射里写 year: 2025；或写上 %Y"]
    nothing = convert({"columns": {}, "defaults": {"channel": "来访", "category": "咨询"}}, Mapping)
    assert [(p.text, p.hint) for p in check_mapping(nothing, "m.yaml")] == [
        ("缺少 received（受理时间）", "在 columns 写明列名"), ("缺少 subject（事项内容）", "在 columns 写明列名")]  # fmt: skip
