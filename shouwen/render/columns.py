"""The cells of an exported 台账: what each value looks like, how wide its column is."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from shouwen.render.values import safe, shown_minute
from shouwen.render.width import width

LONGEST = 32767  # characters that a cell of a spreadsheet holds
CUT = "…（过长，余下的见台账）"
_NARROW, _WIDE = 8, 48
# Neither XML nor a spreadsheet takes these, and ``safe`` lets them be.
_ODD = "[\ud800-\udfff\ufffe\uffff]"


def text_of(value: Any) -> str:
    """Return a value as text, line ends kept; characters that a program would obey are spelt out."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return re.sub(_ODD, "\ufffd", safe(str(value), lines=True))


def _shown(value: Any, zone: ZoneInfo) -> str:
    if isinstance(value, list):  # several times in one cell, as an import reads them
        return "；".join(_shown(each, zone) for each in value)
    return shown_minute(value, zone) if isinstance(value, datetime) else text_of(value)


def plain(row: Iterable[Any], zone: ZoneInfo) -> list[str]:
    """Return the values for CSV: moments as 2026-11-23 09:15."""
    return [_shown(v, zone) for v in row]


def typed(row: Iterable[Any], zone: ZoneInfo) -> tuple[list[str | datetime], int]:
    """Return the values for a workbook, and how many had to be cut to fit their cell.

    Moments become the ledger's local time without a zone, which is all that a spreadsheet knows.
    """
    cells: list[str | datetime] = []
    cut = 0
    for value in row:
        if isinstance(value, datetime):
            cells.append(value.astimezone(zone).replace(tzinfo=None, microsecond=0))
            continue
        text = _shown(value, zone)
        if len(text) > LONGEST:
            text, cut = text[: LONGEST - len(CUT)] + CUT, cut + 1
        cells.append(text)
    return cells, cut


def widths(titles: list[str], rows: Iterable[list[str | datetime]]) -> list[int]:
    """Return column widths in half-width characters, within bounds: a Chinese character takes two."""
    most = [width(title) + 2 for title in titles]
    for row in rows:
        for n, value in enumerate(row):
            if isinstance(value, datetime):
                most[n] = max(most[n], 17)
            elif value and most[n] < _WIDE:
                most[n] = max(most[n], width(value.split("\n", 1)[0][:_WIDE]) + 2)
    return [min(max(w, _NARROW), _WIDE) for w in most]
