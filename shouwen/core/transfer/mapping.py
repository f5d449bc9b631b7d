"""A mapping file: which column of an existing 台账 holds what, and how to take what stands there."""

import re
from collections.abc import Sequence
from typing import Annotated, Any

from msgspec import Meta, Struct

from shouwen.core.errors import Problem
from shouwen.core.fact import Fact
from shouwen.core.transfer.days import EARLIEST, LATEST, states_day, states_year
from shouwen.core.transfer.record_export import TITLES
from shouwen.core.transfer.titles import NAMES
from shouwen.core.vocabulary import nearest

# Our field → the title that an export gives it, and the other titles that offices use for it.
FIELDS = {key: (*((TITLES[key],) if key in TITLES else ()), *names) for key, names in NAMES.items()}
NEEDED = ("received", "subject", "channel", "category")
_CLOCK = r"([01]?\d|2[0-3]):[0-5]\d"
_ESCAPE = r"_x([0-9A-Fa-f]{4})_"
_UNSEEN = "[\u200b\u2060\ufeff\u00ad]"  # what copying from a page brings along and nobody sees
TIMES = (
    "received", "closed", "promised", "told", "answered", "handed", "accepted", "paused", "resumed", "extended",
    "extended_until", "first_closed", "reopened", "called_back",
)  # fmt: skip


class Mapping(Fact, kw_only=True):
    """A mapping file: our field → their column (or several, joined), and how to take what stands there.

    ``sheet`` may be several of the same titles; ``header`` is the last row of the titles (0: found by them), which are ``header_rows`` deep;
    ``times`` says what o'clock a day alone means in a field, ``dates`` are further forms of dates in
    the letters of strptime, ``year`` is that of days written without one. Rows whose first cell with
    anything in it begins with a word of ``skip`` (合计) are no inquiries; in the fields of
    ``fill_down`` 同上 means the row above.
    """

    sheet: str | int | tuple[str | int, ...] = ""
    header: int = 0
    header_rows: Annotated[int, Meta(ge=1, le=3)] = 1
    columns: dict[str, str | int | tuple[str, ...]]
    values: dict[str, dict[str, str | int]] = {}
    defaults: dict[str, str | int] = {}
    times: dict[str, str] = {}
    dates: tuple[str, ...] = ()
    year: Annotated[int, Meta(ge=0, le=LATEST)] = 0
    skip: tuple[str, ...] = ()
    fill_down: tuple[str, ...] = ()

    @property
    def sheets(self) -> tuple[str, ...]:
        """The sheets to read, in their order; '' is the first one."""
        named = self.sheet if isinstance(self.sheet, tuple) else (self.sheet,)
        return tuple(dict.fromkeys(map(str, named))) or ("",)

    def titles(self, key: str) -> list[str]:
        """Return the titles of a field's columns, on one line each."""
        named = self.columns[key]
        return [" ".join(str(t).split()) for t in (named if isinstance(named, tuple) else (named,))]


class Doubt(Struct, frozen=True):
    """A cell that cannot be taken at its word: what is the matter, and how to mend it."""

    text: str
    hint: str


class Grid(Struct, frozen=True):
    """A sheet: file, name ('' for CSV), rows of values, its merged areas (``A1:B3``).

    ``early`` is whether its days are counted from 1904.
    """

    path: str
    sheet: str
    rows: list[list[Any]]
    merged: Sequence[str] = ()
    early: bool = False

    def place(self, row: int, column: int | None = None) -> str:
        """Name a cell as ``taizhang.xlsx:Sheet1!B7``; the row alone (``第7行``) without a column."""
        where = f"{_letters(column)}{row + 1}" if column is not None else f"第{row + 1}行"
        return f"{self.path}:{self.sheet + '!' if self.sheet else ''}{where}"


def spanned(area: str) -> tuple[int, int, int, int]:
    """Return (first row, first column, last row, last column), from 0, of an area such as B2:C9."""
    first, _, last = area.partition(":")
    ends = []
    for cell in (first, last or first):
        letters = cell.rstrip("0123456789")
        column = 0
        for letter in letters:
            column = column * 26 + ord(letter) - 64
        ends += [int(cell[len(letters) :]) - 1, column - 1]
    return ends[0], ends[1], ends[2], ends[3]


def _letters(column: int) -> str:
    text, n = "", column + 1
    while n:
        n, rest = divmod(n - 1, 26)
        text = chr(65 + rest) + text
    return text


def unescaped(text: str) -> str:
    """Return text of a workbook in which a character stands as _x000D_, without characters that nobody sees."""
    plain = re.sub(_ESCAPE, lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
    return re.sub(_UNSEEN, "", plain)


def text_at(grid: Grid, row: int, column: int) -> str:
    """Return a cell as a title has it: one line without outer blanks; '' beyond the row's end."""
    line = grid.rows[row]
    value = line[column] if column < len(line) else None
    return " ".join(unescaped(str(value)).split()) if isinstance(value, str | int | float) else ""


def titles_of(grid: Grid, header: int, deep: int = 1) -> list[str]:
    """Return the title of each column: those of ``deep`` rows down to ``header``, joined.

    One of an upper row reaches to the right until the next. Two columns may have the same.
    """
    rows = range(max(0, header - deep + 1), header + 1) if grid.rows else range(0)
    found: list[list[str]] = [[] for _ in range(max((len(grid.rows[n]) for n in rows), default=0))]
    for n in rows:
        above = ""
        for column, parts in enumerate(found):
            text = text_at(grid, n, column)
            above = text or above
            parts.append(text if n == header else above)
    return [" ".join(dict.fromkeys(filter(None, parts))) for parts in found]


def find_header(grid: Grid, titles: list[str], given: int = 0) -> int:
    """Return the row (from 0) that holds most of the titles, among the first twenty; ``given`` counts from 1."""
    if given:
        return min(given, max(len(grid.rows), 1)) - 1
    first = range(min(len(grid.rows), 20))
    hits = [sum(text_at(grid, n, c) in titles for c in range(len(grid.rows[n]))) for n in first]
    return hits.index(max(hits)) if hits else 0


def check_mapping(mapping: Mapping, path: str) -> list[Problem]:
    """Return what a mapping says that means nothing."""
    found = []
    for part in ("columns", "values", "defaults", "times"):
        for key in getattr(mapping, part):
            if key not in (TIMES if part == "times" else FIELDS):
                near = "、".join(nearest(key, TIMES if part == "times" else FIELDS, 3))
                found.append(Problem(path, 0, "keys", f"{part} 里没有“{key}”这一项", f"相近的有：{near}"))
    for key, text in mapping.times.items():
        if not re.fullmatch(_CLOCK, text):
            found.append(Problem(path, 0, "keys", f"times 里的 {key}“{text}”不是钟点", '写成 "08:30"'))
    found += _check_ways(mapping, path)
    for key in NEEDED:
        if key not in mapping.columns and key not in mapping.defaults:
            hint = "在 columns 写明列名" + (
                "" if key in ("received", "subject") else "，或在 defaults 写一个值"
            )
            found.append(Problem(path, 0, "keys", f"缺少 {key}（{FIELDS[key][0]}）", hint))
    return found


def _check_ways(mapping: Mapping, path: str) -> list[Problem]:
    """Return what a mapping says wrong of how values are taken: fill_down, dates, year."""
    found = []
    for key in mapping.fill_down:
        if key not in mapping.columns:
            found.append(
                Problem(path, 0, "keys", f"fill_down 里的“{key}”不在 columns 里", "写 columns 左边的项目")
            )
    for form in mapping.dates:
        if not states_day(form):
            found.append(Problem(path, 0, "keys", f"dates 里的“{form}”没有月或日", "写成 %Y年%m月%d日"))
        elif not states_year(form) and not mapping.year:
            hint = "在映射里写 year: 2025；或写上 %Y"
            found.append(Problem(path, 0, "keys", f"dates 里的“{form}”没有年份", hint))
    if mapping.year and mapping.year < EARLIEST:
        found.append(Problem(path, 0, "keys", f"year“{mapping.year}”不是年份", "写成四位，如 2025"))
    return found
