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

from shouwen.core.errors import BadData, NotFound, Usage
from shouwen.core.transfer.mapping import Doubt, Grid
from shouwen.store import atomic_files
from shouwen.store.csv_grid import beginning, read_csv
from shouwen.store.sheet_cells import bad, bounded, plain_value

LARGEST = 50 << 20
UNPACKED = 500 << 20
TIMES_PACKED = 200  # how far a part may unfold; a sheet of real rows unfolds some twenty times
MOST_MERGES = 10_000
# Date forms that a Chinese Excel numbers itself and writes nowhere (ECMA-376 part 1, 18.8.30).
_CHINESE_DAYS = frozenset([*range(27, 37), *range(50, 59)])
# What a file is by its first bytes, whatever its name says, and how to make a workbook of it.
_OTHERS = (
    (rb"\xd0\xcf\x11\xe0", "是旧的 .xls、.et 格式，或加了密码", "在表格软件里另存为不加密的 .xlsx"),
    (rb"%PDF", "是 PDF，不是表格", "找原来的表格；或在表格软件里重新录成 .xlsx"),
    (rb"(?i)\s*(mime-version|from:|content-type:)", "其实是网页（.mht），不是表格", "在表格软件里打开，另存为 .xlsx"),
    (rb"(?is)\s*<\?xml.*(excel\.sheet|office:spreadsheet)", "是 XML 表格（2003），不是 .xlsx", "在表格软件里打开，另存为 .xlsx"),
    (rb"Rar!|7z\xbc\xaf|\x1f\x8b", "是压缩包，不是表格", "解压后导入里面的表格"),
    (rb"\s*\Z", "是空文件", "核对文件；从原来的表格重新另存"),
    (rb"(?i)\s*<(!doctype|html|table|\?xml|meta|head|body)", "其实是网页，不是表格", "在表格软件里打开，另存为 .xlsx"),
    (rb"\{\\rtf", "是文字文档（.rtf），不是表格", "把表格复制到表格软件，另存为 .xlsx"),
    (rb"\x89PNG|\xff\xd8\xff|GIF8", "是图片，不是表格", "在表格软件里重新录成 .xlsx"),
)  # fmt: skip
# The same of a packed file, by what it holds.
_OTHER_PACKED = (
    (r"mimetype$|content\.xml$", "是 .ods 格式", "在表格软件里另存为 .xlsx"),
    (r"word/", "是文字文档（.docx），不是表格", "把表格复制到表格软件，另存为 .xlsx"),
    (r"ppt/", "是演示文稿（.pptx），不是表格", "把表格复制到表格软件，另存为 .xlsx"),
    (r"xl/workbook\.bin$", "是 .xlsb 格式", "在表格软件里另存为 .xlsx"),
)  # fmt: skip
_STRICT = b"http://purl.oclc.org/ooxml/"


def _openpyxl() -> Any:
    try:
        import openpyxl
    except ImportError:
        raise Usage("读写 xlsx 要先安装：pip install 'shouwen[xlsx]'；或改用 csv") from None
    return openpyxl


# Writing


def workbook(title: str, titles: list[str], rows: Iterable[list[str | datetime]], widths: list[int]) -> bytes:
    """Return a workbook of one sheet: bold frozen titles with a filter, widths in half-width characters.

    Texts stay texts: nothing is taken for a formula, a number or a link. Moments bear no zone.

    Raises:
        Usage: what writes workbooks is not installed; how to install it.
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
    """Read a sheet (the first, unless named); return it, and in words how the file was read.

    Raises:
        NotFound: no such file or sheet.
        Usage: openpyxl is not installed, or the sheet must be named.
        BadData: it is no spreadsheet.
    """
    shown = os.path.basename(path)
    try:
        raw = atomic_files.read(os.path.realpath(path), path, largest=LARGEST)
    except FileNotFoundError:
        raise NotFound(f"{path}: 没有这个文件") from None
    if raw.startswith(b"PK"):
        return _xlsx(raw, shown, sheet)
    first = beginning(raw)
    for begins, what, hint in _OTHERS:
        if re.match(begins, first):
            raise bad(shown, what, hint)
    if sheet:
        raise Usage(f"{shown} 是 csv，没有工作表；映射里不写 sheet")
    return read_csv(raw, shown)


def _xlsx(raw: bytes, shown: str, wanted: str) -> tuple[Grid, str]:
    openpyxl = _openpyxl()
    damaged = bad(shown, "不是完好的 xlsx 文件", "在表格软件里打开后另存为 .xlsx")
    try:
        raw, parts = _unpacked(raw, shown)
        # Read row by row: nothing is made of what a file only claims to hold (merges, coloured cells).
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True)
        sheets = {s.title: s for s in book.worksheets}
        if wanted and wanted not in sheets:
            raise NotFound(f"{shown}: 没有工作表“{wanted}”；有：{'、'.join(sheets)}")
        if not sheets:
            raise damaged
        sheet = sheets[wanted] if wanted else book.worksheets[0]
        part = parts.get(sheet._worksheet_path.lstrip("/"), b"")  # noqa: SLF001 - openpyxl names the part nowhere else
        merged, hidden = _layout(part, shown)
        rows = _rows(openpyxl, raw, sheet, shown)
    except (BadData, NotFound):
        raise
    except Exception:  # noqa: BLE001 - a broken file makes openpyxl fail in any way
        raise damaged from None
    others = [name for name in sheets if name != sheet.title]
    notes = [f"工作表“{sheet.title}”", f"另有工作表 {'、'.join(others)}" if others else "",
            f"有隐藏的{hidden}，照样读" if hidden else ""]  # fmt: skip
    early = book.epoch.year == 1904
    return Grid(shown, sheet.title, rows, merged, early), "；".join(filter(None, notes))


def _unpacked(raw: bytes, shown: str) -> tuple[bytes, dict[str, bytes]]:
    """Return a workbook as openpyxl reads it, and its sheets as XML.

    Raises:
        BadData: it would unfold to more than is read, or is no workbook.
    """
    import zipfile

    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        size = sum(part.file_size for part in packed.infolist())
        if size > UNPACKED or size > TIMES_PACKED * len(raw) + (1 << 22):
            raise bad(shown, f"展开后有 {size >> 20} MB，不读取", "拆成几个文件")
        names = packed.namelist()
        for there, what, hint in _OTHER_PACKED:
            if any(re.match(there, name) for name in names):
                raise bad(shown, what, hint)
        if "[Content_Types].xml" not in names:
            raise bad(shown, "是压缩包，不是表格", "解压后导入里面的表格")
        book = packed.read("xl/workbook.xml") if "xl/workbook.xml" in names else b""
        if _STRICT in book:
            raw = _as_usual(packed)
        return raw, {name: packed.read(name) for name in names if name.startswith("xl/worksheets/")}


def _as_usual(packed: Any) -> bytes:
    """Return a workbook that was saved as "Strict Open XML" under the names that other workbooks use.

    The two differ in the names of their vocabularies and in days written out (2025-01-06T09:00), which
    openpyxl reads; what says only who made the file is left out.
    """
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in packed.namelist():
            if name.startswith("xl/") or name == "[Content_Types].xml":
                part = packed.read(name)
                if name.endswith((".xml", ".rels")):
                    part = re.sub(
                        _STRICT + rb"(\w+)/(\w+)", rb"http://schemas.openxmlformats.org/\1/2006/\2", part
                    )
                made.writestr(name, part)
    return out.getvalue()


def _layout(part: bytes, shown: str) -> tuple[tuple[str, ...], str]:
    """Return the merged areas of a sheet, and what of it is hidden (行, 列) in words."""
    areas = re.findall(rb'<(?:\w+:)?mergeCell ref="([A-Z]+[0-9]+(?::[A-Z]+[0-9]+)?)"', part)
    if len(areas) > MOST_MERGES:
        raise bad(shown, f"合并的单元格有 {len(areas)} 处，超过 {MOST_MERGES} 处", "取消合并再导入")
    hidden = ["行"] if re.search(rb"<(?:\w+:)?row [^>]*hidden=.(?:1|true)", part) else []
    hidden += ["列"] if re.search(rb"<(?:\w+:)?col [^>]*hidden=.(?:1|true)", part) else []
    return tuple(area.decode() for area in areas), "、".join(hidden)


def _rows(openpyxl: Any, raw: bytes, sheet: Any, shown: str) -> list[list[Any]]:
    """Return the rows down to the last that holds anything; what is only coloured is nothing."""
    computed: dict[int, tuple[Any, ...]] = {}
    rows: list[list[Any]] = []
    sheet.reset_dimensions()
    for n, line in enumerate(sheet.iter_rows()):
        values = [_cell(cell) for cell in line]
        while values and values[-1] is None:
            values.pop()
        if not values:
            continue
        if any(isinstance(value, _Formula) for value in values):
            computed = computed or _computed(openpyxl, raw, sheet.title)
            known = computed.get(n, ())
            values = [
                _result(known[c] if c < len(known) else None) if isinstance(v, _Formula) else v
                for c, v in enumerate(values)
            ]
        bounded(shown, n + 1, len(values))
        rows += [[] for _ in range(n - len(rows))]
        rows.append(values)
    return rows


class _Formula:
    """A cell whose value has to be looked up where the spreadsheet kept it."""


def _cell(cell: Any) -> Any:
    value = cell.value
    if value is None:
        return None
    if cell.data_type == "f":
        return _Formula()
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if number and cell.style_array is not None and cell.style_array.numFmtId in _CHINESE_DAYS:
        from openpyxl.utils.datetime import from_excel

        value = from_excel(value, cell.parent.parent.epoch)
    return plain_value(value)


def _computed(openpyxl: Any, raw: bytes, title: str) -> dict[int, tuple[Any, ...]]:
    sheet = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)[title]
    sheet.reset_dimensions()
    return {n: tuple(_cell(cell) for cell in line) for n, line in enumerate(sheet.iter_rows())}


def _result(value: Any) -> Any:
    return Doubt("公式没有算出的值", "在表格软件里打开，保存一次再导入") if value is None else value
