"""The roster without an editor: people come, move, are away, leave; departments are renamed and merged."""

from datetime import date

import pytest
from openpyxl import Workbook

from shouwen.store.ledger import Ledger

STAFF = """\
# 某局名册，办公室维护
departments:
  审批科: {leader: zhaojun, phone: "0631-5550101"} # 一楼
  规划科:
    # 规划科的电话换过
    leader: sunmei
    phone: "0631-5550102"
  办公室: {leader: heping}

staff:
  # 审批科
  wangfang: {name: 王芳, department: 审批科, title: 科员, rank: 2, joined: 2020-07-01, phone: "0631-5550111"} # 窗口
  zhaojun: {name: 赵军, department: 审批科, title: 科长, rank: 5}
  lijie:
    name: 李洁   # 两人同名
    department: 规划科
    rank: 2
  sunmei: {name: 孙梅, department: 规划科}
  heping: {name: 何平, department: 办公室}
"""


@pytest.fixture
def sw(ledger, run):
    """The command line on a ledger whose roster has comments."""
    (ledger / "staff.yaml").write_text(STAFF, "utf-8")
    return lambda *args, **more: run("-L", ledger, *args, **more)


def office(ledger):
    """The roster as it reads now."""
    return Ledger(str(ledger)).office


def kept(ledger) -> None:
    """Every comment, and every line of somebody else, stands as it stood."""
    now = (ledger / "staff.yaml").read_text("utf-8")
    for line in STAFF.splitlines():
        if "#" in line:
            assert line[line.index("#") :] in now
    assert "  zhaojun: {name: 赵军, department: 审批科, title: 科长, rank: 5}\n" in now


def test_somebody_comes(sw, ledger):
    """One line more, read back as it was said; the id of somebody is never given again."""
    said = sw("staff", "add", "chenshi", "--name", "陈实", "--department", "审批科", "--rank", "2", "--from", "2026-11-01",
              "--phone", "0631-5550119")  # fmt: skip
    assert said.out == "chenshi\n"
    kept(ledger)
    assert office(ledger).holds("chenshi", date(2026, 11, 1)) and not office(ledger).holds(
        "chenshi", date(2026, 10, 31)
    )
    before = (ledger / "staff.yaml").read_bytes()
    assert "staff move" in sw("staff", "add", "lijie", "--name", "李洁", "--department", "审批科", code=3).err
    sw("staff", "add", "x", "--name", "某", "--department", "审皮科", code=4)
    sw("staff", "add", "x y", "--name", "某", "--department", "审批科", code=2)
    assert (ledger / "staff.yaml").read_bytes() == before


@pytest.mark.parametrize("who", ["wangfang", "lijie"])
def test_somebody_moves(sw, ledger, who):
    """From the day on in the other department, until the day before in the old one; written either way."""
    sw("staff", "move", who, "--to", "办公室", "--title", "副主任", "--rank", "4", "--from", "2026-11-10")
    kept(ledger)
    one = office(ledger)
    assert (
        one.department_of(who, date(2026, 11, 10)) == "办公室"
        and one.title_of(who, date(2026, 11, 10)) == "副主任"
    )
    assert one.department_of(who, date(2026, 11, 9)) != "办公室" and one.rank_of(who, date(2026, 11, 9)) == 2
    sw("staff", "move", who, "--to", "规划科", "--from", "2026-11-20")
    assert office(ledger).department_of(who, date(2026, 11, 20)) == "规划科"


def test_secondment_and_second_post(sw, ledger):
    """Seconded until a day: then back in the old post; a post held beside takes nothing away."""
    sw(
        "staff",
        "move",
        "wangfang",
        "--to",
        "规划科",
        "--kind",
        "借调",
        "--from",
        "2026-11-10",
        "--until",
        "2026-12-31",
    )
    sw("staff", "move", "lijie", "--to", "办公室", "--kind", "兼职", "--from", "2026-11-10")
    one = office(ledger)
    assert [one.department_of("wangfang", d) for d in (date(2026, 11, 9), date(2026, 11, 10), date(2027, 1, 1))] == [
        "审批科", "规划科", "审批科",
    ]  # fmt: skip
    assert one.title_of("wangfang", date(2027, 1, 1)) == "科员"
    assert one.units_of("lijie", date(2026, 11, 10)) == {"规划科", "办公室"}
    assert one.department_of("lijie", date(2026, 11, 10)) == "规划科"


def test_away_and_gone(sw, ledger):
    """Away for some days with a deputy; gone after the last day; who is gone is away no more."""
    sw(
        "staff",
        "leave",
        "wangfang",
        "--from",
        "2026-11-10",
        "--until",
        "2026-11-20",
        "--why",
        "学习",
        "--deputy",
        "zhaojun",
    )
    sw("staff", "leave", "lijie", "--last-day", "2026-11-15")
    kept(ledger)
    one = office(ledger)
    assert not one.is_here("wangfang", date(2026, 11, 10)) and one.is_here("wangfang", date(2026, 11, 21))
    assert one.answers("wangfang", "审批科", date(2026, 11, 20)) == "zhaojun"
    assert one.holds("lijie", date(2026, 11, 15)) and not one.holds("lijie", date(2026, 11, 16))
    assert "不在岗" in sw("staff", "leave", "lijie", "--from", "2026-11-20", code=3).err
    assert "不在岗" in sw("staff", "move", "lijie", "--to", "办公室", "--from", "2026-11-20", code=3).err
    sw("staff", "leave", "wangfang", "--from", "2026-12-10", "--until", "2026-12-01", code=2)
    sw("staff", "leave", "wangfang", "--from", "2026-12-10", "--deputy", "wangfang", code=3)


def test_a_department_gets_another_name(sw, ledger):
    """In its place, with its comments; both names are known, and neither can be given again."""
    sw("department", "rename", "规划科", "城乡规划科", "--from", "2026-11-20")
    kept(ledger)
    one = office(ledger)
    assert list(one.departments) == ["审批科", "城乡规划科", "办公室"]
    assert (
        one.called("规划科", date(2026, 11, 19)) == "规划科"
        and one.called("规划科", date(2026, 11, 20)) == "城乡规划科"
    )
    sw("department", "add", "规划科", code=3)
    sw("department", "rename", "审批科", "规划科", code=3)
    sw("department", "rename", "城乡规划科", "规划局", "--from", "2026-12-01")
    assert office(ledger).department_of("lijie", date(2026, 11, 25)) == "城乡规划科"


def test_a_department_goes_into_another(sw, ledger):
    """Its people and its business are the other's from the day after; not into itself, not in a circle."""
    sw("department", "add", "综合科", "--leader", "heping", "--phone", "0631-5550109")
    sw("department", "merge", "规划科", "--into", "综合科", "--last-day", "2026-11-20")
    one = office(ledger)
    assert (
        one.works_for("lijie", "规划科", date(2026, 11, 20))
        and one.leader("规划科", date(2026, 11, 20)) == "sunmei"
    )
    assert (
        one.units_of("lijie", date(2026, 11, 21)) == {"综合科"}
        and one.leader("规划科", date(2026, 11, 21)) == "heping"
    )
    sw("department", "merge", "综合科", "--into", "综合科", code=2)
    sw("department", "merge", "综合科", "--into", "规划科", "--last-day", "2026-12-31", code=3)


def sheet(path, rows) -> str:
    """A workbook, or a csv, of rows."""
    if path.suffix == ".csv":
        path.write_text("".join(",".join(map(str, r)) + "\n" for r in rows), "utf-8")
    else:
        book = Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
    return str(path)


TITLES = ("编号", "姓名", "科室", "职务", "职级", "到岗日期", "电话")


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_a_sheet_of_people(sw, ledger, tmp_path, suffix):
    """All or nothing; who stands there already is passed over; a second time brings nothing new."""
    rows = [TITLES, ("chenshi", "陈实", "审批科", "科员", 2, "2026-03-01", "0631-5550119"),
            ("wangfang", "王芳", "审批科", "科员", 2, "", ""), ("qianqi", "钱七", "办公室", "", "", "", "")]  # fmt: skip
    path = sheet(tmp_path / f"人员{suffix}", rows)
    assert "可导入 2 人，已在名册的 1 人" in sw("staff", "import", path, "--dry-run").err
    assert "chenshi" not in office(ledger).staff
    assert sw("staff", "import", path).out == "chenshi\nqianqi\n"
    kept(ledger)
    assert office(ledger).rank_of("chenshi", date(2026, 11, 23)) == 2
    assert "已导入 0 人，已在名册的 3 人" in sw("staff", "import", path).err


def test_what_is_wrong_in_a_sheet_is_told_by_cell(sw, ledger, tmp_path):
    """Every problem at once, with its cell; nothing is written."""
    rows = [TITLES, ("a b", "甲", "审批科", "", "", "", ""), ("yi", "", "审批科", "", "高", "", ""),
            ("bing", "丙", "审皮科", "", "", "去年", ""), ("wangfang", "王芳", "规划科", "", "", "", ""),
            ("ding", "丁", "审批科", "", "", "", ""), ("ding", "丁", "审批科", "", "", "", "")]  # fmt: skip
    before = (ledger / "staff.yaml").read_bytes()
    said = sw("staff", "import", sheet(tmp_path / "x.csv", rows), code=5).err
    for cell, words in (
        ("A2", "a b"),
        ("B3", "姓名"),
        ("E3", "高"),
        ("C4", "审皮科"),
        ("F4", "去年"),
        ("A5", "审批科"),
        ("A7", "两次"),
    ):
        assert any(cell in line and words in line for line in said.splitlines()), (cell, words, said)
    assert (ledger / "staff.yaml").read_bytes() == before
    assert (
        "没有列“编号”"
        in sw("staff", "import", sheet(tmp_path / "y.csv", [("姓名", "部门"), ("甲", "乙")]), code=5).err
    )


def test_a_move_put_right_and_a_move_before_another(sw, ledger):
    """What was to begin that day is replaced; what begins later stays."""
    sw("staff", "move", "wangfang", "--to", "规划科", "--from", "2026-12-01")
    sw("staff", "move", "wangfang", "--to", "办公室", "--from", "2026-12-01")
    sw("staff", "move", "wangfang", "--to", "规划科", "--from", "2026-11-20")
    one = office(ledger)
    days = [date(2026, 11, 19), date(2026, 11, 20), date(2026, 11, 30), date(2026, 12, 1)]
    assert [one.department_of("wangfang", d) for d in days] == ["审批科", "规划科", "规划科", "办公室"]
    assert all(len(one.posts_of("wangfang", d)) == 1 for d in days)


def test_a_leave_whose_end_becomes_known(sw, ledger):
    """Entered again from the same day it is put right; days that overlap another leave are refused."""
    sw("staff", "leave", "wangfang", "--from", "2026-11-10", "--why", "病假")
    assert "写 2026-11-10" in sw("staff", "leave", "wangfang", "--from", "2026-11-12", code=3).err
    sw("staff", "leave", "wangfang", "--from", "2026-11-10", "--until", "2026-11-20")
    one = office(ledger).staff["wangfang"].away
    assert [(a.why, a.until) for a in one] == [("病假", date(2026, 11, 20))]
    sw("staff", "leave", "wangfang", "--from", "2026-11-21", "--why", "学习")


def test_a_department_ends_once(sw, ledger):
    """Merged again, elsewhere or later: refused; so is a new name before the last one's day."""
    sw("department", "merge", "规划科", "--into", "审批科", "--last-day", "2026-11-30")
    assert "已于 2026-11-30 并入审批科" in sw("department", "merge", "规划科", "--into", "办公室", code=3).err
    sw("department", "add", "信息科", "--from", "2027-01-01")
    sw("department", "merge", "办公室", "--into", "信息科", "--last-day", "2026-11-30", code=3)
    sw("department", "rename", "审批科", "服务科", "--from", "2026-12-01")
    sw("department", "rename", "服务科", "大厅", "--from", "2026-11-01", code=3)


def test_nobody_is_put_where_nothing_is(sw, ledger, tmp_path):
    """A department that has ended, or is not set up yet: refused with where its business is, nothing written."""
    sw("department", "merge", "规划科", "--into", "审批科", "--last-day", "2026-10-31")
    sw("department", "add", "信息科", "--from", "2027-01-01")
    before = (ledger / "staff.yaml").read_bytes()
    for place, why in (("规划科", "2026-10-31并入审批科"), ("信息科", "2027-01-01设立")):
        for words in (
            ("staff", "add", "yi", "--name", "乙", "--department", place),
            ("staff", "add", "yi", "--name", "乙", "--department", place, "--from", "2026-12-01"),
            ("staff", "move", "wangfang", "--to", place, "--from", "2026-12-01"),
            ("staff", "move", "wangfang", "--to", place, "--kind", "兼职", "--from", "2026-12-01"),
            ("department", "rename", place, "新科", "--from", "2026-12-01"),
            ("department", "merge", "办公室", "--into", place, "--last-day", "2026-11-30"),
        ):
            assert why in sw(*words, code=3).err, words
        rows = [("编号", "姓名", "部门", "在岗自"), ("bing", "丙", place, "2026-12-01")]
        said = sw("staff", "import", sheet(tmp_path / "x.csv", rows), code=5).err
        assert "C2" in said and why in said
    assert (ledger / "staff.yaml").read_bytes() == before
    sw("staff", "add", "yi", "--name", "乙", "--department", "规划科", "--from", "2026-10-01")
    sw("staff", "move", "wangfang", "--to", "信息科", "--from", "2027-01-01")


def test_who_deputises_is_there(sw, ledger):
    """Somebody who is away that day, or gone, stands in for nobody; those who could are named."""
    sw("staff", "leave", "lijie", "--from", "2026-12-01", "--until", "2026-12-10", "--why", "年假")
    before = (ledger / "staff.yaml").read_bytes()
    said = sw("staff", "leave", "wangfang", "--from", "2026-12-05", "--deputy", "lijie", code=3).err
    assert "年假至2026-12-10" in said and "可由赵军（zhaojun）" in said
    assert (ledger / "staff.yaml").read_bytes() == before
    sw("staff", "leave", "wangfang", "--from", "2026-12-11", "--deputy", "lijie")


def test_a_namesake_who_comes(sw):
    """Told with the ids of those who bear the name; nobody else is."""
    said = sw("staff", "add", "lijie2", "--name", "李洁", "--department", "审批科").err
    assert "同名的已有 lijie" in said
    assert "同名" not in sw("staff", "add", "wuer", "--name", "吴二", "--department", "审批科").err


def test_a_post_in_a_department_that_was_gone(sw, ledger):
    """Written by hand, such a post is found; one that was held before and went along is not."""
    path = ledger / "staff.yaml"
    text = path.read_text("utf-8").replace(
        "审批科: {leader", "窗口科: {until: 2026-06-30, into: 审批科}\n  审批科: {leader"
    )
    late = "  heping: {name: 何平, department: 办公室}\n"
    for first, found in (("2026-06-01", False), ("2026-06-30", False), ("2026-07-01", True)):
        post = f"  heping: {{name: 何平, posts: [{{department: 办公室}}, {{department: 窗口科, kind: 兼职, from: {first}}}]}}\n"
        path.write_text(text.replace(late, post), "utf-8")
        assert ("窗口科2026-07-01已不存在" in sw("check", code=None).out) is found


@pytest.mark.parametrize(
    "other", [("--from", "2026-12-01"), ("--until", "2026-12-02"), ("--why", "病假"), ("--deputy", "lijie")]
)
def test_leaving_for_good_and_for_some_days_are_two_things(sw, ledger, other):
    """Each of what belongs to some days is refused beside the last day; nothing is written."""
    before = (ledger / "staff.yaml").read_bytes()
    said = sw("staff", "leave", "wangfang", "--last-day", "2026-11-30", *other, code=2).err
    assert "--last-day" in said and other[0] in said
    assert (ledger / "staff.yaml").read_bytes() == before
