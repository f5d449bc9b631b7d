"""What workbooks and CSV files have in common: how large a sheet may be, and what of a cell is taken at its word."""

import re
from datetime import datetime
from typing import Any

from shouwen.core.errors import BadData, Problem
from shouwen.core.transfer.mapping import Doubt

MOST_ROWS, MOST_COLUMNS = 100_000, 200


def bad(path: str, text: str, hint: str) -> BadData:
    """Return the error of a file that is no sheet that is read."""
    return BadData([Problem(path, 0, "readable", text, hint)])


def bounded(shown: str, rows: int, columns: int) -> None:
    """Refuse a sheet of more rows or columns than a register has.

    Raises:
        BadData: it is larger.
    """
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        raise bad(shown, f"有 {rows} 行 {columns} 列，超过 {MOST_ROWS} 行 {MOST_COLUMNS} 列",
                  "删去表格下方、右方的空行空列，或拆成几个文件")  # fmt: skip


def plain_value(value: Any) -> Any:
    """Return a cell's value: text, moment or number; a Doubt where a spreadsheet has spoilt it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        if abs(value) >= 10**15:
            return Doubt("超过15位的数字，末几位已被表格软件改成 0", "把这一列设成文本，照原件重填")
        return int(value) if value == int(value) else value
    if isinstance(value, str) and re.fullmatch(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!)", value):
        return Doubt(f"是错误值 {value}", "改正公式，或删去")
    return value if isinstance(value, str | datetime | Doubt) or value is None else str(value)
