"""Signs that people type in YAML: named with line and column where they spoil a file, and only there."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.errors import BadData
from shouwen.core.office.chart import Department, Staff
from shouwen.store.settings import converted
from shouwen.store.yaml_keys import hint_for, keys_at
from shouwen.store.yaml_signs import odd_sign, on_line, quoted_wide, run_together


class Roster(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of staff.yaml."""

    departments: dict[str, Department] = {}
    staff: dict[str, Staff] = {}


GOOD = """\
# 部门：负责人、电话，“办公地点”【必填】
departments:
  审批科: {leader: zhaojun, place: "一楼，3号：东侧"}
staff:
  zhaojun: {name: 赵军, department: 审批科, title: 科长}
  wangfang:
    name: 王芳
    department: 审批科
    phone: "0631-5550111"
"""


def fault(before: str, after: str) -> str:
    """What is said of the good file with one place changed; '' if it still reads."""
    assert before in GOOD
    try:
        converted(GOOD.replace(before, after, 1).encode(), "staff.yaml", Roster)
    except BadData as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    "before, after, place, named",
    [
        ("departments:\n", "departments：\n", "staff.yaml:2: ", "第 12 列是全角冒号 ："),
        ("    name: 王芳", "    name：王芳", "staff.yaml:7: ", "第 9 列是全角冒号 ："),
        ("{name: 赵军", "{name：赵军", "staff.yaml:5: ", "第 17 列是全角冒号 ："),
        ("赵军, dep", "赵军，dep", "staff.yaml:5: ", "第 21 列是全角逗号 ，"),
        ("{name: 赵军, department: 审批科, title: 科长}", "｛name: 赵军｝", "staff.yaml:5: ", "第 12 列是全角括号 ｛"),
        ("{leader: zhaojun", "【leader: zhaojun", "staff.yaml:3: ", "第 8 列是全角括号 【"),
        ("    name: 王芳", "\tname: 王芳", "staff.yaml:7: ", "第 1 列缩进用了制表符"),
        ("    name: 王芳", "  \u3000name: 王芳", "staff.yaml:7: ", "第 3 列缩进用了全角空格"),
        ("    name: 王芳", "    name:王芳", "staff.yaml:7: ", "第 9 列的冒号后面缺一个空格"),
        ("{name: 赵军", "{name:赵军", "staff.yaml:5: ", "第 17 列的冒号后面缺一个空格"),
        ("zhaojun: {", "zhaojun:{", "staff.yaml:5: ", "第 10 列的冒号后面缺一个空格"),
        ("staff:\n", "＃人员\nstaff:\n", "staff.yaml:4: ", "第 1 列是全角井号 ＃"),
        ("name: 王芳", 'name: "王芳', "staff.yaml:7: ", "第 11 列的引号没有配对"),
        ("{name: 赵军,", "{name: 赵军, rank: ５,", "staff.yaml:5: ", "“staff.zhaojun.rank”应是整数，不是文字（第 29 列是全角数字 ５）：改成半角数字"),
        ("{name: 赵军,", "{name: 赵军, phone: '１', joined: ２０２０-01-01,", "staff.yaml:5: ", "“staff.zhaojun.joined”不是合法的时间或日期（第 43 列是全角数字 ２）"),
        ("{name: 赵军", "{name：赵军", "staff.yaml:5: ", "；相近的键：name"),
        ("    name: 王芳", "    姓名: 王芳", "staff.yaml:7: ", "第 5 列是不认识的键“姓名”：写 name；可用的键："),
        ("name: 赵军", "名字: 赵军", "staff.yaml:5: ", "第 13 列是不认识的键“名字”：写 name；可用的键："),
        ("{leader", "{负责人", "staff.yaml:3: ", "第 9 列是不认识的键“负责人”：写 leader；可用的键："),
        ("name: 王芳", "name:\t王芳", "staff.yaml:7: ", "第 10 列是制表符）：改成一个半角空格"),
        ("staff:\n  zhaojun: {", "staff:\n  zhaojun:\t{", "staff.yaml:5: ", "第 11 列是制表符）：改成一个半角空格"),
        ("title: 科长}", "title: 科长}，", "staff.yaml:5: ", "第 50 列多了 ，）：去掉"),
        ('"0631-5550111"', '"0631-5550111"。', "staff.yaml:9: ", "第 26 列多了 。）：去掉"),
        ("    phone:", "    rank: 5；\n    phone:", "staff.yaml:9: ", "应是整数，不是文字（第 12 列多了 ；）：去掉"),
        ("    phone:", "    rank:5\n    phone:", "staff.yaml:9: ", "第 9 列的冒号后面缺一个空格"),
        ("departments:", "部门:", "staff.yaml:2: ", "第 1 列是不认识的键“部门”：写 departments；可用的键：departments、staff"),
    ],
)  # fmt: skip
def test_the_sign_is_named_with_its_place(before, after, place, named):
    """Not what a parser stumbled over three lines later, but the sign that was typed."""
    said = fault(before, after)
    assert said.startswith(place) and named in said, said


def test_a_good_file_is_left_alone():
    """Full-width signs within texts and comments are what they are."""
    assert fault("王芳", "王芳") == ""
    assert fault('"一楼，3号：东侧"', "一楼“东侧”：3号") == ""
    assert list(quoted_wide(GOOD)) == []


def test_a_name_in_wide_quotes_is_found():
    """It reads well, and the person would be called “王芳” with the quotes."""
    (sign,) = quoted_wide(GOOD.replace("name: 王芳", "name: “王芳”"))
    assert (sign.line, sign.column) == (7, 11)
    assert list(quoted_wide(GOOD.replace("name: 王芳", 'name: "“王芳”"'))) == []


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("    name: 王芳", '    "nmae": 王芳', "7: 第 5 列是不认识的键“nmae”："),
        ("title: 科长}", "titel : 科长}", "5: 第 40 列是不认识的键“titel”："),
        ("{name: 赵军, department", "{name: colour, colour: 红, department", "5: 第 27 列是不认识的键“colour”："),
        ("{name: 赵军, department", "{name: 'colour: 1', colour: 红, department", "5: 不认识的键“colour”："),
    ],
)  # fmt: skip
def test_an_unknown_key_has_its_column(before, after, said):
    """In quotes, before a blank, beside a value of the same letters; none rather than a wrong one where two could be meant."""
    assert fault(before, after).startswith(f"staff.yaml:{said}")


def test_every_key_of_a_place_is_told():
    """At any depth, whatever the place is: a struct, one of a mapping, one of a list."""
    assert keys_at(Roster, ()) == ["departments", "staff"]
    assert "name" in keys_at(Roster, ("staff", "x")) and "leader" in keys_at(Roster, ("departments", "y"))
    assert keys_at(Roster, ("staff",)) == [] == keys_at(Roster, ("staff", "x", "name"))
    assert hint_for("departmnt", ["name", "department"]) == "相近的键：department"
    assert hint_for("zzz", ["name", "department"]) == "可用的键：name、department"


@given(st.text(max_size=200), st.integers(0, 9))
def test_any_text_may_be_looked_at(text, line):
    """Whatever a file holds, the search for a sign ends, and its place lies within the text."""
    sign = odd_sign(text, line)
    rows = text.split("\n")
    assert sign is None or 1 <= sign.column <= len(rows[sign.line - 1]) + 1
    assert all(1 <= s.line <= len(rows) for s in quoted_wide(text))


@given(
    st.lists(
        st.sampled_from(
            ["name: 张三", "department: 审批科", 'place: "甲：乙，丙"', "when: 09:15", "url: http://x"]
        ),
        max_size=4,
    )
)
def test_half_width_lines_are_never_blamed(pairs):
    """Block or flow, times and addresses too."""
    assert on_line("  x: {" + ", ".join(pairs) + "}", 1) is None
    assert all(on_line(f"  {pair}", 1) is None for pair in pairs)


@pytest.mark.parametrize(
    "path, text, said",
    [
        ("inquiries/2026/11/20261123-K7Q4QX.yaml", 'id: "20261123-K7Q4QX"\nreceived: "２０２６-11-23T09:15:00+08:00"\n',
         ":2: “received”不是合法的时间或日期（第 12 列是全角数字 ２）：改成半角数字"),
        ("inquiries/2026/11/20261123-K7Q4QX.yaml", 'id: "20261123-K7Q4QX"\n渠道: "来电"\n',
         ":2: 第 1 列是不认识的键“渠道”：写 channel；可用的键："),
        ("policies/benju.yaml", "id: benju\nname: 本局\nextends: bumen\nlimits: {签收: [{workdays: ３, article: 默认}]}\n",
         ":4: “limits.签收.0.workdays”应是整数，不是文字（第 26 列是全角数字 ３）：改成半角数字"),
        ("calendar/2031.yaml", "year: 2031\n放假: [2031-01-01]\n", ":2: 第 1 列是不认识的键“放假”：写 off；可用的键："),
        ("ledger.yaml", "name: 某局\npolicy: bumen\narchive_after: ９0\n",
         ":3: “archive_after”应是整数，不是文字（第 16 列是全角数字 ９）：改成半角数字"),
        ("matters.yaml", "立项: {部门: 审批科, workdays: 3}\n", ":1: 第 6 列是不认识的键“部门”：写 department；可用的键："),
    ],
)  # fmt: skip
def test_in_every_file_that_people_write(ledger, sw, path, text, said):
    """Records, settings, regulations and calendars tell a full-width digit and a Chinese key alike."""
    file = ledger / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    words = ("policy", "check", "benju") if "policies" in path else ("check",)
    found = sw("wangfang", *words, code=None)
    assert found.code in (1, 5) and f"{path}{said}" in found.out + found.err


TEXTS = """\
note: >
  第一条：首问责任人，“负责到底”
  注意：本条
said: “办公时间”照旧
list: [一，二]
"""


@pytest.mark.parametrize(("added", "line"), [("a: b: c", 6), ("- x", 6), ("  y: 1", 6), ("]", 6)])
def test_what_is_a_texts_own_is_not_blamed(added, line):
    """Signs in a text under >, and within values of other lines, spoil nothing: what is wrong further down is not theirs."""
    assert odd_sign(TEXTS + added, line) is None


@pytest.mark.parametrize("row", ["name：张三", "a:\tb", "\tb: c", 'c: "d', 'c: "d"，'])
@pytest.mark.parametrize("below", [0, 1, 5])
def test_what_no_line_may_have_is_found_from_below(row, below):
    """The parser stumbles further down; the texts between are passed over."""
    text = TEXTS + row + "\n" + "".join(f"k{n}: 词\n" for n in range(below - 1)) + "z: “引”\n" * (below == 1)
    found = odd_sign(text, 6 + below - (below == 5))
    assert found and found.line == 6


@pytest.mark.parametrize(
    ("row", "columns"),
    [
        ("施工: {words: [立项、可研，许可], workdays: 5}", [16, 19]),
        ('施工: {words: ["立项、可研", 许可]}', []),
        ("施工: {place: 一楼、二楼, words: [许可]}", []),
        ("\u3000施工: {words: [许可]}", [1]),
        ("  \u3000施工: {words: [许可]}", [3]),
        ("# \u3000施工: [立项、可研]", []),
        ("words: [许可；立项]", [11]),
    ],
)
def test_what_runs_together_is_told(row, columns):
    """Items parted by a full-width sign are one word for the program, which nobody who asks will say."""
    assert [sign.column for sign in run_together(f"a: 1\n{row}\n")] == columns
