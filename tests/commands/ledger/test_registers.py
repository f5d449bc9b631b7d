"""Registers as offices keep them: what each cell means, or which cell cannot be read and how to mend it."""

from pathlib import Path

import pytest

from shouwen.core.inquiry.events import Progress
from shouwen.store.ledger import Ledger
from tests.support.small_register import ROW, TITLES, mapping


def test_the_same_question_of_another_person_is_another_inquiry(take, kept):
    """A register grown by a row of the same day and subject, without a name: the new one comes in."""
    other = ["2", "2025-01-06", "", "13800000002", "咨询社保转移", "赵军", ""]
    take([TITLES, ROW], mapping())
    done = take([TITLES, ROW, other], mapping(), "--rest")
    assert "台账里已有 1 件，跳过" in done.err and "t1.csv:第2行 即 20250106-" in done.err
    assert kept() == [("2025-01-06", "13800000001"), ("2025-01-06", "13800000002")]


def test_three_of_one_day(take, kept):
    """Only the phone and the number tell them apart: three inquiries, in one go."""
    rows = [[str(n), *ROW[1:3], f"1380000000{n}", *ROW[4:]] for n in (1, 2, 3)]
    take([TITLES, *rows], mapping())
    assert len(kept()) == 3
    assert "第2行" in take([TITLES, rows[0]], mapping(), code=3).out


@pytest.mark.parametrize("form", ["%m月%d日", "%m月%d日 %H:%M"])
def test_a_form_without_a_year_is_refused_before_anything_is_read(take, kept, form):
    """1900 is nobody's year; with ``year`` the same file comes in."""
    rows = [TITLES, ["1", "3月5日", *ROW[2:6], "3月6日 10:00"]]
    refused = take(rows, mapping(f'dates: ["{form}"]\n'), code=5)
    assert "没有年份" in refused.err and "year: 2025" in refused.err
    assert kept() == []
    take(rows, mapping(f'dates: ["{form}"]\nyear: 2025\n'))
    assert kept() == [("2025-03-05", "13800000001")]


@pytest.mark.parametrize("text", ["2024111", "202411", "24111", "2024-11", "02024111"])
def test_eight_digits_or_nothing(take, kept, text):
    """A day that has lost a digit is nobody's to guess, whatever the mapping's form."""
    done = take([TITLES, ["1", text, *ROW[2:6], ""]], mapping('dates: ["%Y%m%d"]\n'), code=5)
    assert "t0.csv:B2" in done.out
    assert kept() == []


def test_what_the_mapping_calls_blank_is_blank(take, kept):
    """正在办理 in the column of results, translated to nothing: an open inquiry."""
    titles = [*TITLES, "办理结果"]
    row = [*ROW[:6], "", "正在办理"]
    refused = take([titles, row], mapping(outcome="办理结果"), code=5)
    assert "有办理结果而没有办结时间" in refused.out
    take([titles, row], mapping('values: {outcome: {正在办理: ""}}\n', outcome="办理结果"))
    assert len(kept()) == 1


def test_a_total_and_a_repeated_heading(take, kept):
    """Told for what they are, once each; named in ``skip`` they are passed over, and said so."""
    total = ["合计", "", "", "", "2件", "", ""]
    rows = [TITLES, ROW, TITLES, ["2", *ROW[1:3], "13800000002", *ROW[4:]], total]
    refused = take(rows, mapping(), code=5)
    assert "t0.csv:第3行: 又是列名：在映射里写 skip: [序号]" in refused.out
    assert "t0.csv:第5行: 像是“合计”行，不是一件事：在映射里写 skip: [合计]" in refused.out
    assert len(refused.out.splitlines()) == 2  # what their cells lack is no problem of its own
    done = take(rows, mapping("skip: [序号, 合计]\n"))
    assert "按 skip 略过 2 行：第3行、第5行" in done.err
    assert len(kept()) == 2


def test_a_total_beside_real_problems(take, kept):
    """A row that is none hides nothing of the others: the same problem elsewhere keeps its other cells."""
    odd = ["2", ROW[1], "丙某", "无", *ROW[4:]]
    total = ["小计：", "", "", "无", "", "", ""]
    refused = take([TITLES, ROW, odd, [*odd[:2], "丁某", *odd[3:]], total], mapping(), code=5)
    assert "D3–D4）" in refused.out and "D5" not in refused.out
    assert "像是“小计”行" in refused.out and "skip: [小计]" in refused.out
    assert kept() == []


def test_a_register_without_years_that_ends_in_january(take):
    """The year of the mapping is every row's: what is answered next January is told how to be written."""
    row = ["1", "12月30日", *ROW[2:6], "1月3日"]
    refused = take([TITLES, row], mapping("year: 2025\n"), code=5)
    assert "没有写年份的都按 2025 年算，跨年的在表里写全" in refused.out
    plain = ["1", "2025-12-30", *ROW[2:6], "2025-01-03"]
    assert "跨年" not in take([TITLES, plain], mapping(), code=5).out


def test_ditto_where_there_is_nothing_above(take, kept):
    """In any column, days and words too; on the first row no filling down helps."""
    for place, field in ((1, "received"), (2, "name"), (3, "phone"), (4, "subject")):
        row = [*ROW[:place], "同上", *ROW[place + 1 :]]
        refused = take([TITLES, row], mapping(f"fill_down: [{field}]\n"), code=5)
        assert "写的是“同上”" in refused.out and "第一行就是的，在表里写全" in refused.out
    assert kept() == []


def test_day_and_time_in_two_columns(take, ledger: Path):
    """Joined as they stand; a row without a time takes the mapping's."""
    titles = ["日期", "钟点", *TITLES[2:6]]
    rows = [["2025-01-06", "14:20", *ROW[2:6]], ["2025-01-07", "", *ROW[2:6]]]
    take([titles, *rows], mapping(number="", received="[日期, 钟点]", closed=""))
    times = sorted(f"{r.content.received:%m-%d %H:%M}" for r in Ledger(str(ledger)).records("inquiries"))
    assert times == ["01-06 14:20", "01-07 08:30"]


def test_the_row_above(take, ledger: Path):
    """同上 and its kin, in the fields that the mapping names; two in a row reach back to the first."""
    rows = [
        [*ROW[:2], "张某", *ROW[3:]],
        ["2", *ROW[1:2], "同上", *ROW[3:]],
        ["3", *ROW[1:2], "〃", *ROW[3:]],
    ]
    refused = take([TITLES, *rows], mapping(), code=5)
    assert "写的是“同上”等（共 2 处：C3–C4）：在映射里写 fill_down: [name]" in refused.out
    take([TITLES, *rows], mapping("fill_down: [name]\n"))
    assert [r.content.inquirer.name for r in Ledger(str(ledger)).records("inquiries")] == ["张某"] * 3


def test_two_rows_of_titles(take, kept):
    """An upper title reaches over the columns beneath it until the next."""
    upper = ["", "受理", "服务对象", "", "", "", "办结"]
    lower = ["序号", "时间", "姓名", "电话", "事项内容", "首问责任人", "时间"]
    rule = mapping("header: 2\nheader_rows: 2\n", received="受理 时间", name="服务对象 姓名", phone="服务对象 电话",
                   subject="服务对象 事项内容", first_responder="服务对象 首问责任人", closed="办结 时间")  # fmt: skip
    take([upper, lower, ROW], rule)
    assert kept() == [("2025-01-06", "13800000001")]


def test_a_first_answer_that_the_register_states(take, ledger: Path):
    """``answered`` is when the inquirer first heard: the clock of the first response stops there."""
    titles, rule = [*TITLES, "首次答复"], mapping(answered="首次答复", channel="渠道")
    take([[*titles, "渠道"], [*ROW, "2025-01-06 09:00", "网上"]], rule.replace("channel: 来访, ", ""))
    (record,) = Ledger(str(ledger)).records("inquiries")
    assert [f"{e.at:%H:%M}" for e in record.content.events if isinstance(e, Progress)] == ["09:00"]


@pytest.mark.parametrize(
    ("column", "texts", "said"),
    [
        (1, ["3月1日", "3月2日", "4月5日"], "受理时间“3月1日”等没有年份（共 30 处：B2–B31）"),
        (1, ["2025-13-01", "2025-02-30"], "受理时间“2025-13-01”等没有这一天（共 30 处：B2–B31）"),
        (1, ["2026-12-01", "2026-12-02"], "受理时间 2026-12-01 08:30 等晚于现在（共 30 处：B2–B31）"),
        (6, ["2025-01-02", "2025-01-03"], "办结时间 2025-01-02 17:30 等早于受理时间（共 30 处：G2–G31）"),
        (3, ["6315550101", "6315550102"], "“6315550101”等少一位"),
        (3, ["没记", "忘了"], "“没记”等不像电话号码（共 30 处：D2–D31）"),
        (2, ["张某、李某", "王某、赵某"], "“张某、李某”等不是一个人的姓名（共 30 处：C2–C31）"),
        (2, ["张*", "李*"], "“张*”等是遮盖过的（共 30 处：C2–C31）"),
    ],
)  # fmt: skip
def test_one_line_a_kind(take, kept, column, texts, said):
    """Thirty rows of which each says another wrong day, number or name: one line that names every cell."""
    rows = [[*ROW[:column], texts[n % len(texts)], *ROW[column + 1 :]] for n in range(30)]
    refused = take([TITLES, *([str(n), *row[1:]] for n, row in enumerate(rows))], mapping(), code=5)
    lines = refused.out.splitlines()
    assert any(said in line for line in lines) and len(lines) == (
        2 if "晚于现在" in said else 1
    )  # then it was closed before it came
    assert kept() == []


def test_one_line_a_word(take):
    """Words and people that nobody knows are told one by one: each is mapped by itself."""
    rows = [[*ROW[:5], f"某{n % 3}", ROW[6]] for n in range(30)]
    refused = take([TITLES, *([str(n), *row[1:]] for n, row in enumerate(rows))], mapping(), code=5)
    assert [f"没有“某{n}”（共 10 处：" in line for n, line in enumerate(refused.out.splitlines())] == [
        True
    ] * 3


def test_a_newcomer_imports_after_one_edit_of_the_proposed_mapping(sw, ledger: Path, tmp_path: Path):
    """300 rows, eight odd ones, a title and a total: what is proposed, one edit, then all of it."""
    titles = [
        "工单编号",
        "来电时间",
        "来电人",
        "联系电话",
        "诉求内容",
        "来源",
        "诉求类型",
        "接线员",
        "答复时间",
        "办理情况",
        "备注",
    ]
    lines = [["12345热线工单台账"], titles]
    for n in range(300):
        day = f"2025-03-{n % 28 + 1:02}"
        done = ["", "正在办理"] if n % 50 == 7 else [f"{day} 16:00", "已办结"]
        lines.append([f"G{n:03}", f"{day} 09:{n % 60:02}", "张某", f"138{n:08}", f"第{n}件事", "电话",
                      "业务咨询", "王芳", *done, ""])  # fmt: skip
    for n, odd in ((10, "无"), (20, "无"), (30, "不详")):
        lines[2 + n][2] = odd
    for n in (40, 50, 60):
        lines[2 + n][3] = "不详"
    lines[2 + 70][5] = lines[2 + 80][5] = "飞鸽传书"
    lines.append(["合计", "", "", "", "300件"])
    path = tmp_path / "g.csv"
    path.write_text("\n".join(",".join(line) for line in lines), "utf-8")
    proposed = sw("wangfang", "import", path, "--guess")
    assert "读成：受理时间 2025-03-01 09:00" in proposed.err and proposed.err.count("读成：") == 3
    assert "飞鸽传书 是什么" in proposed.out and 'skip: ["合计"]' in proposed.out
    edited = proposed.out.replace('"飞鸽传书": ""', '"飞鸽传书": "网上"')
    edited = edited.replace('  scope: ""  # ？', "  scope: 本人  # ")  # what is marked, and no more
    rule = tmp_path / "m.yaml"
    rule.write_text(edited, "utf-8")
    done = sw("wangfang", "import", path, "--mapping", rule)
    assert "已导入 300 件（办结 294，未办结 6）" in done.err
    names = [r.content.inquirer.name for r in Ledger(str(ledger)).records("inquiries")]
    assert names.count("") == 3 and names.count("张某") == 297
