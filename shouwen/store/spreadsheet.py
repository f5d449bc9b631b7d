"""Files of spreadsheets: .xlsx through openpyxl, .csv in whatever encoding an office has.

Reading gives a ``Grid`` of plain values; whatever in a cell cannot be taken at its word (an
error, a formula nobody has computed, digits that the spreadsheet has lost) is a ``Doubt`` there.
"""

import io
import os
import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from shouwen.core.errors import BadData, NotFound, Problem, Usage
from shouwen.core.transfer.mapping import Doubt, Grid
from shouwen.store import atomic_files

LARGEST = 50 << 20
UNPACKED = 500 << 20
MOST_ROWS, MOST_COLUMNS = 100_000, 200
_OLD = b"\xd0\xcf\x11\xe0"  # .xls, and .xlsx under a password


def _openpyxl():
    try:
        import openpyxl
    except ImportError:
        raise Usage("读写 xlsx 要先安装：pip install 'shouwen[xlsx]'；或改用 csv") from None
    return openpyxl


# Writing


def workbook(title: str, titles: list[str], rows: Iterable[list[str | datetime]], widths: list[int]) -> bytes:
    """A workbook of one sheet: bold frozen titles with a filter, widths in half-width characters.

    Texts stay texts: nothing is taken for a formula, a number or a link. Moments bear no zone.
    """
    openpyxl = _openpyxl()
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for n, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(n)].width = width
    folded, bold = Alignment(vertical="top", wrap_text=True), Font(bold=True)

    def cell(value: str | datetime, font: Any = None) -> Any:
        made = WriteOnlyCell(sheet)
        made.value = value
        if isinstance(value, datetime):
            made.number_format = "yyyy-mm-dd hh:mm"
        else:
            made.data_type = "s"
            made.quotePrefix = value[:1] in ("=", "+", "-", "@")  # text, also once it is edited
        made.alignment = folded
        if font:
            made.font = font
        return made

    sheet.append([cell(t, bold) for t in titles])
    count = 1
    for row in rows:
        sheet.append([cell(v) if v != "" else None for v in row])
        count += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(titles))}{count}"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


# Reading


def read_grid(path: str, sheet: str = "") -> tuple[Grid, str]:
    """The sheet of that name (the first without one), and in words how the file was read.

    NotFound without the file or sheet; BadData if it is no spreadsheet.
    """
    shown = os.path.basename(path)
    try:
        raw = atomic_files.read(os.path.realpath(path), path, largest=LARGEST)
    except FileNotFoundError:
        raise NotFound(f"{path}: 没有这个文件") from None
    if raw.startswith(b"PK"):
        return _xlsx(raw, shown, sheet)
    if raw.startswith(_OLD):
        raise _bad(shown, "是旧的 .xls 格式，或加了密码", "在表格软件里另存为不加密的 .xlsx")
    if re.match(rb"\s*<(!doctype|html|table|\?xml)", raw[:200], re.I):
        raise _bad(shown, "其实是网页，不是表格", "在表格软件里打开，另存为 .xlsx")
    if sheet:
        raise Usage(f"{shown} 是 csv，没有工作表；映射里不写 sheet")
    return _csv(raw, shown)


def _bad(path: str, text: str, hint: str) -> BadData:
    return BadData([Problem(path, 0, "readable", text, hint)])


def _xlsx(raw: bytes, shown: str, wanted: str) -> tuple[Grid, str]:  # noqa: C901 - each thing that may be wrong with a workbook
    import zipfile

    openpyxl = _openpyxl()
    damaged = _bad(shown, "不是完好的 xlsx 文件", "在表格软件里打开后另存为 .xlsx")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            size = sum(part.file_size for part in packed.infolist())
        if size > UNPACKED:
            raise _bad(shown, f"展开后有 {size >> 20} MB，不读取", "拆成几个文件")
        book = openpyxl.load_workbook(io.BytesIO(raw))
    except BadData:
        raise
    except Exception:  # noqa: BLE001 - a broken file makes openpyxl fail in any way
        raise damaged from None
    sheets = {s.title: s for s in book.worksheets}
    if wanted and wanted not in sheets:
        raise NotFound(f"{shown}: 没有工作表“{wanted}”；有：{'、'.join(sheets)}")
    if not sheets:
        raise damaged
    sheet = sheets[wanted] if wanted else book.worksheets[0]
    _bounded(shown, sheet.max_row, sheet.max_column)
    computed = None
    rows: list[list[Any]] = []
    for line in sheet.iter_rows():
        values = []
        for cell in line:
            value = cell.value
            if cell.data_type == "f":
                computed = computed or openpyxl.load_workbook(io.BytesIO(raw), data_only=True)
                value = computed[sheet.title][cell.coordinate].value
                if value is None:
                    value = Doubt("公式没有算出的值", "在表格软件里打开，保存一次再导入")
            values.append(_plain(value))
        rows.append(values)
    merged = {}
    for area in sheet.merged_cells.ranges:
        for row in range(area.min_row, area.max_row + 1):
            for column in range(area.min_col, area.max_col + 1):
                merged[row - 1, column - 1] = area.coord
    several = f"；另有工作表 {'、'.join(s for s in sheets if s != sheet.title)}" if len(sheets) > 1 else ""
    return Grid(shown, sheet.title, rows, merged), f"工作表“{sheet.title}”{several}"


def _bounded(shown: str, rows: int, columns: int) -> None:
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        raise _bad(shown, f"有 {rows} 行 {columns} 列，超过 {MOST_ROWS} 行 {MOST_COLUMNS} 列",
                   "删去表格下方、右方的空行空列，或拆成几个文件")  # fmt: skip


def _plain(value: Any) -> Any:
    """A cell's value: text, moment or number; a Doubt where a spreadsheet has spoilt it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        if abs(value) >= 10**15:
            return Doubt("超过15位的数字，末几位已被表格软件改成 0", "把这一列设成文本，照原件重填")
        return int(value) if value == int(value) else value
    if isinstance(value, str) and re.fullmatch(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!)", value):
        return Doubt(f"是错误值 {value}", "改正公式，或删去")
    return value if isinstance(value, str | datetime | Doubt) or value is None else str(value)


def _csv(raw: bytes, shown: str) -> tuple[Grid, str]:
    import csv

    text, encoding = _decoded(raw, shown)
    head = "\n".join(text.split("\n", 5)[:5])
    comma = max(",\t;", key=head.count)
    rows: list[list[Any]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=comma, strict=True):
            rows.append([_typed(v) for v in row])
            _bounded(shown, len(rows), len(row))
    except csv.Error as error:
        why = "一格文字太长" if "limit" in str(error) else "引号没有配对"
        raise BadData(
            [Problem(f"{shown}:A{len(rows) + 1}", 0, "parseable", why, "在表格软件里打开查看这一行")]
        ) from None
    return Grid(shown, "", rows, {}), f"编码 {encoding}"


def _typed(value: str) -> Any:
    """A cell of a CSV file; all are texts, of which a spreadsheet may have spoilt some."""
    if re.fullmatch(r"'[=+\-@＝＋－＠].*", value, re.S):  # the guard of an export
        return value[1:]
    if re.fullmatch(r"\d(\.\d+)?E\+\d+", value):
        return Doubt(f"“{value}”是科学计数，末几位已丢失", "从原来的表格把这一列设成文本，重新另存")
    return _plain(value) if value else None


def _decoded(raw: bytes, shown: str) -> tuple[str, str]:
    """The text and its encoding: by its mark, else UTF-8, else GB18030; BadData otherwise."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return raw.decode("utf-16"), "UTF-16"
        except UnicodeDecodeError:
            raise _bad(shown, "不是完好的 UTF-16 文字", "另存为 UTF-8 的 csv") from None
    mark = raw.startswith(b"\xef\xbb\xbf")
    try:
        return raw.decode("utf-8-sig"), "UTF-8（带 BOM）" if mark else "UTF-8"
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        before = raw[: error.start].decode("utf-8-sig")
    # Chinese characters that read well as UTF-8 are no accident: the file is UTF-8, and broken.
    if not mark and len(re.findall("[一-鿿]", before)) < 2:
        try:
            return raw.decode("gb18030"), "GB18030"
        except UnicodeDecodeError as error:
            line = raw[: error.start].count(b"\n") + 1
    raise BadData(
        [Problem(shown, line, "parseable", "这一行既不是 UTF-8 也不是 GB18030 文字",
                 "在表格软件里打开，另存为 csv（UTF-8）或 xlsx")]
    )  # fmt: skip
