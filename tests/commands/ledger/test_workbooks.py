"""Workbooks and files under wrong names: what is read as the user sees it, and what is told for what it is."""

import io
import re
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from shouwen.store.ledger import Ledger
from tests.support.small_register import ROW, TITLES, mapping


def book(path: Path, fill) -> Path:
    """A workbook of TITLES and ROW that ``fill`` has changed."""
    made = openpyxl.Workbook()
    made.active.append(TITLES)
    made.active.append(ROW)
    fill(made)
    made.save(path)
    return path


@pytest.mark.parametrize("number", [27, 28, 30, 31, 36, 50, 57, 58])
def test_date_forms_that_a_chinese_excel_only_numbers(take, kept, tmp_path: Path, number):
    """45356 in such a form is the day that the user sees: 2024年3月5日."""

    def fill(made):
        made.active["B2"] = 45356
        made.active["G2"] = None

    path = book(tmp_path / "t.xlsx", fill)
    raw = {}
    with zipfile.ZipFile(path) as packed:
        raw = {name: packed.read(name) for name in packed.namelist()}
    styles = raw["xl/styles.xml"].decode()
    at = styles.index("<cellXfs")
    end = styles.index("</cellXfs>")
    more = f'<xf numFmtId="{number}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    raw["xl/styles.xml"] = (
        styles[:at] + styles[at:end].replace('count="1"', 'count="2"') + more + styles[end:]
    ).encode()
    sheet = raw["xl/worksheets/sheet1.xml"].decode()
    raw["xl/worksheets/sheet1.xml"] = sheet.replace('r="B2"', 'r="B2" s="1"').encode()
    with zipfile.ZipFile(path, "w") as packed:
        for name, data in raw.items():
            packed.writestr(name, data)
    take(path, mapping())
    assert kept() == [("2024-03-05", "13800000001")]


@pytest.mark.parametrize("early", [False, True])
def test_days_counted_from_1900_or_1904(take, kept, tmp_path: Path, early):
    """The number that a workbook keeps of a day, whichever beginning it says."""

    def fill(made):
        if early:
            made.epoch = datetime(1904, 1, 1)
        made.active["B2"] = 45356 - (1462 if early else 0)
        made.active["G2"] = None

    take(book(tmp_path / "t.xlsx", fill), mapping())
    assert kept() == [("2024-03-05", "13800000001")]


def test_a_merge_over_the_whole_sheet_costs_nothing(take, tmp_path: Path):
    """A five-kilobyte file may claim a merge of 17 milliards of cells: told, nothing is expanded."""
    path = book(tmp_path / "t.xlsx", lambda made: made.active.merge_cells("H9:I9"))
    with zipfile.ZipFile(path) as packed:
        raw = {name: packed.read(name) for name in packed.namelist()}
    name = "xl/worksheets/sheet1.xml"
    raw[name] = raw[name].replace(b'ref="H9:I9"', b'ref="A1:XFD1048576"')
    with zipfile.ZipFile(path, "w") as packed:
        for part, data in raw.items():
            packed.writestr(part, data)
    assert "在合并的单元格 A1:XFD1048576 里" in take(path, mapping(), code=5).out


def test_colour_far_below_is_no_row(take, kept, tmp_path: Path):
    """A cell that is only coloured, in row 200,000, is nothing."""
    from openpyxl.styles import PatternFill

    def fill(made):
        made.active.cell(200_000, 30).fill = PatternFill("solid", fgColor="FFFF00")

    take(book(tmp_path / "t.xlsx", fill), mapping())
    assert len(kept()) == 1


def test_what_is_hidden_is_said(take, kept, tmp_path: Path):
    """A filtered row is a row all the same."""

    def fill(made):
        made.active.row_dimensions[2].hidden = True

    done = take(book(tmp_path / "t.xlsx", fill), mapping())
    assert "有隐藏的行，照样读" in done.err and len(kept()) == 1


def strictly(path: Path) -> Path:
    """The workbook as "Strict Open XML": the other names of its vocabularies, days written out."""
    with zipfile.ZipFile(path) as packed:
        raw = {name: packed.read(name).decode() for name in packed.namelist()}
    usual = r"http://schemas\.openxmlformats\.org/(spreadsheetml|officeDocument|drawingml)/2006/"
    with zipfile.ZipFile(path, "w") as packed:
        for name, part in raw.items():
            part = re.sub(usual, r"http://purl.oclc.org/ooxml/\1/", part)
            part = part.replace(
                'spreadsheetml/main">', 'spreadsheetml/main" conformance="strict">', name == "xl/workbook.xml"
            )
            assert name == "[Content_Types].xml" or "openxmlformats.org/spreadsheetml/2006" not in part
            packed.writestr(name, part)
    return path


@pytest.mark.parametrize(
    "day", [None, "2025-01-06", "2025-01-06T00:00:00", "2025-01-06T09:30:00", "2025-01-06T09:30:00Z"]
)
@pytest.mark.parametrize("early", [False, True])
def test_strict_open_xml(take, ledger: Path, tmp_path: Path, day, early):
    """What Excel saves as "Strict Open XML": days by number or written out, formulas, a second sheet, merges."""

    def fill(made):
        if early:
            made.epoch = datetime(1904, 1, 1)
        made.active["B2"], made.active["G2"] = datetime(2025, 1, 6), None
        made.active["E2"] = '="咨询"&"社保"'
        made.active["D2"].number_format = "@"
        made.create_sheet("说明").append(["填表说明"])

    path = strictly(book(tmp_path / "t.xlsx", fill))
    with zipfile.ZipFile(path) as packed:
        raw = {name: packed.read(name).decode() for name in packed.namelist()}
    sheet = raw["xl/worksheets/sheet1.xml"]
    sheet = re.sub('(<c r="E2"[^>]*)(><f>.*?</f>)<v ?/?>(?:</v>)?', r'\1 t="str"\2<v>咨询社保</v>', sheet)
    if day:
        sheet, changed = re.subn(
            '(<c r="B2"[^>]*?)(?: t="[a-z]+")?><v>[0-9.]+</v>', rf'\1 t="d"><v>{day}</v>', sheet
        )
        assert changed == 1
    with zipfile.ZipFile(path, "w") as packed:
        for name, part in (raw | {"xl/worksheets/sheet1.xml": sheet}).items():
            packed.writestr(name, part)
    done = take(path, mapping())
    assert "另有工作表 说明" in done.err
    (record,) = Ledger(str(ledger)).records("inquiries")
    at = "09:30" if "T09" in (day or "") else "08:30"
    assert f"{record.content.received:%Y-%m-%d %H:%M}" == f"2025-01-06 {at}"
    assert record.content.subject == "咨询社保" and record.content.inquirer.phone == "13800000001"


def test_a_strict_workbook_that_is_broken(take, kept, tmp_path: Path):
    """A part of it cut off: told as every broken workbook is, nothing is imported."""
    path = strictly(book(tmp_path / "t.xlsx", lambda made: None))
    with zipfile.ZipFile(path) as packed:
        raw = {name: packed.read(name) for name in packed.namelist()}
    raw["xl/worksheets/sheet1.xml"] = raw["xl/worksheets/sheet1.xml"][:-40]
    with zipfile.ZipFile(path, "w") as packed:
        for name, part in raw.items():
            packed.writestr(name, part)
    assert "不是完好的 xlsx 文件" in take(path, mapping(), code=5).err
    assert kept() == []


def zipped(*names: str) -> bytes:
    """A packed file that holds these names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name in names:
            packed.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"%PDF-1.7\n", "是 PDF"), (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", ".mht"),
        (b"<html><table></table>", "是网页"), (b"\xef\xbb\xbf<!DOCTYPE html>", "是网页"), (b"<?xml version='1.0'?>", "是网页"),
        (b"\xd0\xcf\x11\xe0rest", "旧的 .xls"), (b"{\\rtf1", ".rtf"), (b"\x89PNG\r\n", "是图片"),
        (zipped("word/document.xml"), ".docx"), (zipped("mimetype", "content.xml"), ".ods"),
        (zipped("ppt/presentation.xml"), ".pptx"), (zipped("[Content_Types].xml", "xl/workbook.bin"), ".xlsb"),
        (zipped("2025年台账.xlsx"), "是压缩包"), (zipped("Index/Document.iwa"), "是压缩包"),
    ],
)  # fmt: skip
def test_what_a_file_is_under_whatever_name(take, tmp_path: Path, raw, words):
    """An .xls that is a page, a PDF renamed: told for what it is, with how to make a workbook of it."""
    for name in ("t.xls", "t.xlsx", "t.csv"):
        path = tmp_path / name
        path.write_bytes(raw)
        assert words in take(path, mapping(), code=5).err


@pytest.mark.parametrize("divider", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_dividers_and_encodings(take, kept, tmp_path: Path, divider, encoding):
    """Semicolons in texts are texts, whatever divides the cells."""
    rows = [TITLES, [*ROW[:4], "社保；转移;落户;入学;（急）", *ROW[5:]], ["2", *ROW[1:4], "问a;b", *ROW[5:]]]
    path = tmp_path / "t.csv"
    quoted = [[f'"{cell}"' if divider in cell else cell for cell in row] for row in rows]
    path.write_bytes("\n".join(divider.join(row) for row in quoted).encode(encoding))
    take(path, mapping())
    assert len(kept()) == 2


@pytest.fixture
def months(tmp_path: Path) -> Path:
    """A workbook with a sheet for each month, one with what the columns mean."""

    def fill(made):
        made.active.title = "1月"
        for month, name in ((2, "2月"), (3, "3月")):
            sheet = made.create_sheet(name)
            sheet.append(TITLES)
            sheet.append(["1", f"2025-0{month}-06", "", f"1380000000{month}", *ROW[4:6], ""])
        made.create_sheet("说明").append(["填表说明"])

    return book(tmp_path / "year.xlsx", fill)


@pytest.mark.parametrize(
    ("sheets", "phones"),
    [("1月", "1"), ("[2月]", "2"), ("[1月, 3月]", "13"), ("[3月, 1月, 2月, 1月]", "123"), ("[]", "1")],
)
def test_several_sheets_at_once(take, kept, months, sheets, phones):
    """Those that the mapping names, each once, all of them or none."""
    done = take(months, mapping(f"sheet: {sheets}\n"))
    assert [phone[-1] for _, phone in kept()] == list(phones)
    assert f"已导入 {len(phones)} 件" in done.err
    again = take(months, mapping("sheet: [1月, 2月, 3月]\n"), "--rest")
    assert f"台账里已有 {len(phones)} 件，跳过" in again.err and len(kept()) == 3


def test_one_sheet_that_is_wrong_stops_all(take, kept, months):
    """A problem by its sheet and cell; a sheet that is not there is named with those that are."""
    made = openpyxl.load_workbook(months)
    made["2月"]["B2"] = "正月初六"
    made.save(months)
    refused = take(months, mapping("sheet: [1月, 2月, 3月]\n"), code=5)
    assert "year.xlsx:2月!B2: 受理时间“正月初六”是农历" in refused.out and len(refused.out.splitlines()) == 1
    assert (
        "没有工作表“4月”；有：1月、2月、3月、说明" in take(months, mapping("sheet: [1月, 4月]\n"), code=4).err
    )
    assert kept() == []


def test_the_same_row_on_two_sheets(take, kept, months):
    """A row copied to the next month's sheet is told with the sheet that has it first."""
    made = openpyxl.load_workbook(months)
    made["3月"].append([cell.value for cell in made["1月"][2]])
    made.save(months)
    refused = take(months, mapping("sheet: [1月, 3月]\n"), code=3)
    assert "year.xlsx:3月!第3行: 与工作表“1月”第 2 行重复" in refused.out
    assert kept() == []


def test_csv_has_no_sheets(take, kept, tmp_path: Path):
    """Named in the mapping of a CSV file they are a mistake, one or several."""
    assert "没有工作表" in take([TITLES, ROW], mapping("sheet: [1月, 2月]\n"), code=2).err
    assert kept() == []
