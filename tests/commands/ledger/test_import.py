"""import: an existing 台账 becomes records, or every problem is told by its cell and nothing is written."""

import re
from datetime import datetime
from pathlib import Path

import pytest

from shouwen.core.inquiry.confidential import secret
from shouwen.core.inquiry.events import Callback
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.transfer.record_export import promise_of
from shouwen.store import atomic_files
from shouwen.store.ledger import Ledger
from tests.support.documents import IMPORT, block
from tests.support.places import ROOT
from tests.support.registers import GOOD, MAPPING, OPEN, found, sheet, table


@pytest.fixture
def take(sw, tmp_path: Path):
    """``take(file)``: import it by MAPPING, or by another text."""

    def taken(path: Path, *more: str, mapping: str = MAPPING, code: int = 0):
        rule = tmp_path / "m.yaml"
        rule.write_text(mapping, "utf-8")
        return sw("wangfang", "import", path, "--mapping", rule, *more, code=code)

    return taken


@pytest.fixture
def records(ledger: Path):
    """The inquiries of the ledger, by subject."""
    return lambda: {r.content.subject: r.content for r in Ledger(str(ledger)).records("inquiries", "archive")}


def test_rows_become_records(take, records, sw, tmp_path: Path) -> None:
    """A closed row is header and 办结 at its times; another's row is passed on; ids bear the day."""
    done = take(sheet(tmp_path / "t.xlsx", GOOD, [None] * 9, OPEN))
    assert [name[:9] for name in done.out.split()] == ["20261102-", "20261120-"]
    assert done.err == f"{tmp_path / 't.xlsx'}：工作表“2026”，读到 2 件\n已导入 2 件（办结 1，未办结 1）\n"
    closed, still = records()["问材料"], records()["施工许可证"]
    assert (closed.channel, closed.category, closed.first_responder, closed.department) == (
        "来电", "咨询", "wangfang", "审批科")  # fmt: skip
    assert closed.received == datetime.fromisoformat("2026-11-02T09:10:00+08:00")
    assert [(e.by, e.at.isoformat(), e.outcome, e.not_told) for e in closed.events] == [
        ("wangfang", "2026-11-03T10:00:00+08:00", "已答复", "原台账未记载")]  # fmt: skip
    assert [(type(e).__name__, e.by) for e in still.events] == [("Handoff", "wangfang"), ("Accept", "lijie")]
    assert sw("wangfang", "check").out == ""
    assert "在办    规划科 李洁" in sw("wangfang", "list", "--columns", "subject,phase,holder").out


def told_of(root: Path) -> list[tuple]:
    """What a 台账 says of each inquiry that is not secret, computed from the records."""
    found = []
    for record in Ledger(str(root)).records("inquiries", "archive"):
        state = replay(record.content)
        q, end = state.inquiry, state.closed
        if not secret(q):
            found.append((
                f"{q.received:%F %R}", q.inquirer.name, q.inquirer.phone, q.inquirer.organisation, q.inquirer.anonymous, q.channel, q.category, q.subject, q.detail, q.first_responder,
                q.department, q.scope, q.matter, q.urgency, promise_of(state), state.holder,
                end and (f"{end.at:%F %R}", end.outcome, end.result, end.told and f"{end.told:%F %R}"),
                [e.rating for e in state.of(Callback) if end][-1:],
            ))  # fmt: skip
    return sorted(found, key=str)


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_round_trip(kind, sw, run, tmp_path: Path) -> None:
    """The example, exported and taken into a fresh ledger: who asked what, who deals with it, when it ended."""
    example, fresh, file = ROOT / "ledger-example", tmp_path / "fresh", tmp_path / f"all.{kind}"
    run("init", fresh, "--policy", "bumen")
    for name in ("staff.yaml", "matters.yaml"):
        (fresh / name).write_bytes((example / name).read_bytes())
    run("-L", example, "--as", "heping", "export", "--output", file, "--reveal")
    rule = tmp_path / "m.yaml"
    start = run("-L", fresh, "import", file, "--guess").out
    rule.write_text(start.replace("# defaults:", "defaults:").replace("  # mode: 引", "  mode: 引"), "utf-8")
    words = ("-L", fresh, "--as", "wangfang", "import", file, "--mapping", rule)
    assert "没有写入（--dry-run）" in run(*words, "--dry-run").err
    assert told_of(fresh) == []
    run(*words)
    assert told_of(fresh) == told_of(example) != []
    assert run("-L", fresh, "check").out == ""


def test_again_is_refused(take, records, tmp_path: Path) -> None:
    """The same file twice: each row is named with the record that it became; nothing is doubled."""
    file = sheet(tmp_path / "t.xlsx", GOOD, OPEN)
    first, second = take(file).out.split()
    again = take(file, code=3)
    assert found(again) == [
        f"2026!第2行: 台账里已有 {first}（映射的各列都相同）：已经导入过；只导入其余的加 --rest",
        f"2026!第3行: 台账里已有 {second}（映射的各列都相同）：已经导入过；只导入其余的加 --rest",
    ]
    assert again.err.endswith("有 2 件重复；一件也没有导入\n")
    twice = take(
        sheet(tmp_path / "u.xlsx", [*GOOD[:3], "新的", *GOOD[4:]], [*GOOD[:3], "新的", *GOOD[4:]]), code=3
    )
    assert found(twice) == [
        "2026!第3行: 与第 2 行重复（映射的各列都相同）：删去一行；确是两件的，把序号列映射为 number"
    ]
    assert len(records()) == 2


def test_what_is_not_there_yet_is_imported(take, records, tmp_path: Path) -> None:
    """After an import that was cut short, or with rows added: --rest finishes it; doubles are still refused."""
    take(sheet(tmp_path / "t.xlsx", GOOD))
    file = sheet(tmp_path / "u.xlsx", GOOD, OPEN)
    done = take(file, "--rest")
    (first,) = [q.id for q in records().values() if q.subject == GOOD[3]]
    assert done.err.endswith(
        f"读到 2 件\n台账里已有 1 件，跳过\n  u.xlsx:2026!第2行 即 {first}\n已导入 1 件（办结 0，未办结 1）\n"
    )
    assert len(done.out.split()) == 1 and len(records()) == 2
    assert (take(file, "--rest").out, len(records())) == ("", 2)
    new = [*GOOD[:3], "新的", *GOOD[4:]]
    refused = take(sheet(tmp_path / "v.xlsx", GOOD, new, new), "--rest", code=3)
    assert found(refused) == [
        "2026!第4行: 与第 3 行重复（映射的各列都相同）：删去一行；确是两件的，把序号列映射为 number"
    ]


def test_a_confidential_row_is_kept_apart(take, records, ledger: Path, tmp_path: Path) -> None:
    """举报 goes to private/, and is known again even where its content is not at hand."""
    file = sheet(tmp_path / "t.xlsx", GOOD)
    rule = MAPPING.replace("category: 咨询", "category: 举报")
    done = take(file, mapping=rule)
    assert "其中保密件（举报等）1 件" in done.err
    assert list(records()) == ["保密件"]
    kept = ledger / "private" / f"{done.out.strip()}.yaml"
    assert "问材料" in kept.read_text("utf-8")
    take(file, mapping=rule, code=3)
    kept.unlink()
    take(file, mapping=rule, code=3)


def test_every_problem_by_its_cell(take, ledger: Path, tmp_path: Path) -> None:
    """All that is wrong in the file is told at once, each with its cell and how to mend it."""
    staff = ledger / "staff.yaml"
    staff.write_text(staff.read_text("utf-8").replace("joined: 2026-03-01", "from: 2026-03-01"), "utf-8")
    bad = [
        ["2026-11-02", "张某", 6315550101, "一", "电话", "王芳", "", "", ""],
        ["11-02 09:00", "张*", "13812341234", "二", "微信", "王方", "", "", ""],
        [45963, "张某", 371002199001011234, "三", "电话", "王方", "", "", ""],
        ["2026-11-05 09:00", "张某", "", "", "电话", "王芳", "", "2026-11-04 09:00", "已答复"],
        ["2026-11-24 09:00", "张某", "#N/A", "五", "电话", "陈实", "规划处", "", "已答复"],
        ["2026-11-06 09:00", "张某", "", "六", "电话", "", "", "2026-11-06 10:00", "不晓得"],
        ["2026-02-06 09:00", "张某", "", "长" * 10001, "电话", "陈实", "", "", ""],
        ["二〇二六年", "张某", "", "八", "", "王芳", "", "", ""],
    ]
    result = take(sheet(tmp_path / "t.xlsx", *bad, before=2), "--dry-run", code=5)
    assert found(result) == [
        '2026!A4: 受理时间“2026-11-02”等只有日期，没有钟点（共 2 处：A4、A6）：在映射的 times 写明 received 只有日期时算几点，如 received: "17:30"',
        "2026!C4: 6315550101 是数字格式，开头的 0 可能已丢失：把这一列设成文本，照原件重填",
        "2026!A5: 受理时间“11-02 09:00”没有年份：在映射里写 year: 2025；或在表里写全",
        "2026!B5: “张*”是遮盖过的：从没有遮盖的表导入（shouwen export --reveal）",
        "2026!F5: 人员表里没有“王方”（共 2 处：F5–F6）：相近的有：wangfang（王芳）；或补进 staff.yaml，或在映射的 values 里对应",
        "2026!C6: 超过15位的数字，末几位已被表格软件改成 0：把这一列设成文本，照原件重填",
        "2026!D7: 缺少事项内容：补上一句话",
        "2026!H7: 办结时间 2026-11-04 09:00 早于受理时间：核对时间",
        "2026!A8: 受理时间 2026-11-24 09:00 晚于现在：核对时间",
        "2026!C8: 是错误值 #N/A：改正公式，或删去",
        "2026!G8: 人员表里没有“规划处”：相近的有：wangfang（王芳）、zhaojun（赵军）、lijie（李洁）；或补进 staff.yaml，或在映射的 values 里对应",
        "2026!I8: 有办理结果而没有办结时间：补上办结时间，或删去",
        "2026!F9: 缺少首问责任人：写姓名或编号；或在映射的 defaults 里写一个",
        "2026!I9: 办理结果“不晓得”不在词表里：可用：已解决、已答复、不予办理、超出职责、已撤回、无法联系；或在映射的 values 里对应",
        "2026!D10: 有 10001 字，超过 10000 字：删短，全文另存",
        "2026!F10: 陈实（shixi）2026-02-06不在岗（任职 2026-03-01—）：核对姓名，或改正 staff.yaml 里的任职日期",
        "2026!A11: 受理时间“二〇二六年”看不懂：写成 2026-11-23 09:15；或在映射的 dates 写明格式",
    ]  # fmt: skip
    assert result.err.endswith("有 17 处问题；一件也没有导入\n")
    assert not list(ledger.glob("inquiries/*/*/*.yaml"))


@pytest.mark.parametrize(
    "encoding, told",
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8（带 BOM）"), ("gb18030", "GB18030"), ("utf-16", "UTF-16")],
)
def test_encodings(encoding, told, take, records, tmp_path: Path) -> None:
    """Whatever an office's programs write is read, and it is told as what."""
    file = tmp_path / "t.csv"
    file.write_bytes(table([GOOD, OPEN], "\t" if encoding == "utf-16" else ",").encode(encoding))
    assert f"编码 {told}，读到 2 件" in take(file).err
    assert records()["问材料"].inquirer.name == "张某"


def test_wrong_encodings(take, tmp_path: Path) -> None:
    """A broken text is refused with its line, not taken for one in another encoding."""
    file = tmp_path / "t.csv"
    file.write_bytes(table([GOOD, OPEN]).encode().replace("李某".encode(), b"\xff\xc0"))
    assert "t.csv:3: 这一行既不是 UTF-8 也不是 GB18030 文字" in take(file, code=5).err


@pytest.mark.parametrize(
    "raw, said",
    [
        (b"\xd0\xcf\x11\xe0rest", "是旧的 .xls、.et 格式，或加了密码"),
        (b"PK\x03\x04 broken", "不是完好的 xlsx 文件"),
        (b"<html><table></table></html>", "其实是网页，不是表格"),
        ('日期,姓名\n"2026-11-02,张某\n'.encode(), "引号没有配对"),
        (b"a,b\n" + b"x" * 200_000, "一格文字太长"),
        (b"", "是空文件"),
        (b"\xef\xbb\xbf\r\n\r\n", "是空文件"),
        (b"Rar!\x1a\x07\x00", "是压缩包，不是表格"),
        (b"7z\xbc\xaf\x27\x1c", "是压缩包，不是表格"),
        (b"\x1f\x8b\x08\x00", "是压缩包，不是表格"),
        (
            b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook/>',
            "是 XML 表格（2003）",
        ),
        (b'<?xml version="1.0"?><html xmlns="x"/>', "其实是网页，不是表格"),
    ],
)
def test_what_is_no_spreadsheet(raw, said, take, tmp_path: Path) -> None:
    """A file that is something else is told as what it is."""
    file = tmp_path / "t.xlsx"
    file.write_bytes(raw)
    result = take(file, code=5)
    assert said in result.out + result.err


def test_merged_cells(take, tmp_path: Path) -> None:
    """A value that stands for several rows is not guessed at; a merged heading above does no harm."""
    file = sheet(tmp_path / "t.xlsx", GOOD, [None, *OPEN[1:]], before=1, merge="A3:A4")
    assert found(take(file, code=5)) == [
        "2026!A3: 在合并的单元格 A3:A4 里（共 2 处：A3–A4）：取消合并，逐行填写",
    ]
    take(sheet(tmp_path / "u.xlsx", GOOD, before=1, merge="A1:I1"))


def test_dates_and_numbers_of_spreadsheets(take, records, tmp_path: Path) -> None:
    """Real dates, days alone with a stated hour, other forms of dates, mobile numbers kept as numbers."""
    rows = [
        [
            datetime(2026, 11, 2, 9, 10),
            "甲",
            13812341234,
            "一",
            "电话",
            "王芳",
            "",
            datetime(2026, 11, 3),
            "已答复",
        ],
        ["2026年11月4日", "乙", 5550101, "二", "来访", "王芳", "", "2026/11/5 16:40", "已答复"],
        ["20261106", "丙", "0631-5550101", "三", "来访", "王芳", "", "", ""],
    ]
    rule = MAPPING + 'times: {received: "08:30", closed: "17:30"}\ndates: ["%Y%m%d"]\n'
    take(sheet(tmp_path / "t.xlsx", *rows), mapping=rule)
    got = records()
    assert [(got[s].received.isoformat()[:16], got[s].inquirer.phone) for s in "一二三"] == [
        ("2026-11-02T09:10", "13812341234"), ("2026-11-04T08:30", "5550101"),
        ("2026-11-06T08:30", "0631-5550101"),
    ]  # fmt: skip
    assert [got[s].events[-1].at.isoformat()[:16] for s in "一二"] == ["2026-11-03T17:30", "2026-11-05T16:40"]


def test_formulas_and_control_characters(take, records, tmp_path: Path) -> None:
    """A guarded cell loses its apostrophe; an uncomputed formula is refused; control characters go."""
    row = [*GOOD[:3], "'=1+1", *GOOD[4:]]
    file = tmp_path / "t.csv"
    file.write_text(table([row, [GOOD[0], "铃\x07声\u2028某", *GOOD[2:]]]), "utf-8")
    take(file)
    assert set(records()) == {"=1+1", "问材料"}
    assert records()["问材料"].inquirer.name == "铃声某"
    result = take(sheet(tmp_path / "t.xlsx", [*row[:3], '=A1&"x"', *row[4:]]), code=5)
    assert found(result) == ["2026!D2: 公式没有算出的值：在表格软件里打开，保存一次再导入"]


def test_all_or_nothing(take, ledger: Path, tmp_path: Path, monkeypatch) -> None:
    """A disk that fills half-way: what was written is taken back, private parts too, and that is said."""
    real, count = atomic_files._fill, iter(range(100))

    def fill(handle: int, data: bytes) -> None:
        if next(count) == 4:
            raise OSError(28, "full")
        real(handle, data)

    monkeypatch.setattr(atomic_files, "_fill", fill)
    rows = [[f"2026-11-02 09:1{n}", *GOOD[1:]] for n in range(4)]
    rule = MAPPING.replace("category: 咨询", "category: 举报")
    result = take(sheet(tmp_path / "t.xlsx", *rows), mapping=rule, code=6)
    assert result.out == ""
    assert re.search(r"没有写成（磁盘已满）.*；已写的 2 条已全部撤回\n$", result.err)
    assert not list(ledger.glob("inquiries/*/*/*.yaml")) + list(ledger.glob("private/*"))


def test_an_interrupted_import_leaves_nothing(take, ledger: Path, tmp_path: Path, monkeypatch) -> None:
    """Ctrl-C half-way takes back what was written."""
    real, count = Ledger.create, iter(range(100))

    def create(self, content):
        if next(count) == 2:
            raise KeyboardInterrupt
        return real(self, content)

    monkeypatch.setattr(Ledger, "create", create)
    rows = [[f"2026-11-02 09:1{n}", *GOOD[1:]] for n in range(4)]
    take(sheet(tmp_path / "t.xlsx", *rows), code=130)
    assert not list(ledger.glob("inquiries/*/*/*.yaml"))


def test_what_cannot_be_taken_back_is_named(take, ledger: Path, tmp_path: Path, monkeypatch) -> None:
    """A disk that takes no more and gives nothing back: the records left are named, not passed over."""
    real, count = atomic_files._fill, iter(range(100))

    def fill(handle: int, data: bytes) -> None:
        if next(count) == 1:
            raise OSError(30, "read-only")
        real(handle, data)

    def unlink(path: str) -> None:
        raise OSError(30, "read-only")

    monkeypatch.setattr(atomic_files, "_fill", fill)
    monkeypatch.setattr(atomic_files.os, "unlink", unlink)
    rows = [[f"2026-11-02 09:1{n}", *GOOD[1:]] for n in range(3)]
    result = take(sheet(tmp_path / "t.xlsx", *rows), code=6)
    (left,) = ledger.glob("inquiries/*/*/*.yaml")
    assert result.err.endswith(f"已写的 1 条有的没能撤回：{left.relative_to(ledger)}\n")


def test_unreadable_records_stop_it(take, ledger: Path, inquiry, tmp_path: Path) -> None:
    """Where it cannot be told what is there already, nothing is written."""
    name = inquiry()
    (ledger / f"inquiries/2026/11/{name}.yaml").write_text("id: [\n", "utf-8")
    assert "无法核对是否重复" in take(sheet(tmp_path / "t.xlsx", GOOD), code=5).err
    assert len(list(ledger.glob("inquiries/*/*/*.yaml"))) == 1


@pytest.mark.parametrize(
    "change, said",
    [
        (("  name: 姓名", "  nmae: 姓名"), "m.yaml: columns 里没有“nmae”这一项：相近的有：name"),
        (("  subject: 事由\n", ""), "m.yaml: 缺少 subject（事项内容）：在 columns 写明列名\n"),
        (
            ("  category: 咨询\n", ""),
            "m.yaml: 缺少 category（业务属性）：在 columns 写明列名，或在 defaults 写一个值",
        ),
        (("defaults:", "times: {closed: 下班}\ndefaults:"), "m.yaml: times 里的 closed“下班”不是钟点"),
        (("defaults:", "colour: red\ndefaults:"), "m.yaml:13: 第 1 列是不认识的键“colour”"),
        (("姓名", "名字"), "2026!第1行: 没有列“名字”（name）：相近的有：姓名；列名在别的行时写 header"),
        (("columns:", "sheet: 去年\ncolumns:"), "没有工作表“去年”；有：2026"),
    ],
)
def test_wrong_mappings(change, said, take, tmp_path: Path) -> None:
    """A mapping that means nothing is told by its key before any row is looked at."""
    result = take(sheet(tmp_path / "t.xlsx", GOOD), mapping=MAPPING.replace(*change), code=None)
    assert said in result.out + result.err
    assert result.code in (4, 5)


def test_a_mapping_is_proposed(sw, tmp_path: Path) -> None:
    """The start of a mapping: known titles in their place, the others told of, times of the office."""
    file = sheet(tmp_path / "t.xlsx", GOOD, before=1)
    shown = sw("wangfang", "import", file, "--guess")
    assert 'header: 2  # 列名在第几行\ncolumns:\n  received: "日期"\n  closed: "办结日期"\n' in shown.out
    assert 'defaults:  # 表里没有或空着时写什么\n  category: ""  # ？业务属性\n' in shown.out
    assert 'times:  # 只有日期、没有钟点时算几点\n  received: "08:30"\n  closed: "17:30"\n' in shown.out
    assert shown.err.startswith(
        f"{file}：工作表“2026”，3 行\n  t.xlsx:2026!第3行 读成：受理时间 2026-11-02 09:10，"
    )
    assert "缺少 --mapping" in sw("wangfang", "import", file, code=2).err


def test_the_documented_mapping_works(take, records, tmp_path: Path) -> None:
    """The mapping printed in import.md can be copied: it takes in a sheet with those titles."""
    rows = [GOOD, ["20261104", "乙", "5550101", "二", "上门", "小王", "", "2026-11-05", "已答复"]]
    take(sheet(tmp_path / "t.xlsx", *rows), mapping=block(IMPORT, "mapping"))
    assert records()["二"].received.isoformat() == "2026-11-04T08:30:00+08:00"
    assert records()["二"].first_responder == "wangfang"
