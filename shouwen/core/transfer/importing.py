"""An existing 台账, row by row, as inquiries; or every problem by its cell.

Nothing is guessed: what is not in the row, the mapping (core/transfer/mapping) or the roster is a problem.
"""

import re
from datetime import datetime, time, timedelta
from typing import Any

from msgspec import Struct

from shouwen.core.errors import Problem
from shouwen.core.inquiry.header import Inquiry
from shouwen.core.transfer.cells import DITTO
from shouwen.core.transfer.mapping import (
    TIMES,
    Doubt,
    Grid,
    Mapping,
    find_header,
    spanned,
    text_at,
    titles_of,
)
from shouwen.core.transfer.row_import import Entry, Setting
from shouwen.core.vocabulary import nearest

_Place = tuple[int, int | None, str]  # row, column (None: the row as such), what is wrong there
_OWN = frozenset({*TIMES, "name", "phone", "agent", "agent_phone"})
_MOMENT = r"\d{4}-\d\d-\d\d(?: \d\d:\d\d)?"
_OWN_WORDS = rf"“[^”]*”|{_MOMENT}|\d{{5,}}"


class ImportedRow(Struct, frozen=True):
    """An inquiry and the row it comes from."""

    row: int
    inquiry: Inquiry


class SheetReading:
    """One reading of a grid by a mapping: the rows that are right, and every problem."""

    def __init__(self, grid: Grid, mapping: Mapping, setting: Setting):
        """Read at once; see ``rows``, ``problems`` and ``skipped`` (rows that ``skip`` passes over)."""
        self.grid, self.mapping, self.setting = grid, mapping, setting
        self.rows: list[ImportedRow] = []
        self.problems: list[Problem] = []
        self.skipped: list[int] = []
        self.read = 0
        self._places: dict[tuple[str, str], list[_Place]] = {}
        self._above: dict[str, Any] = {}
        self._areas: dict[int, list[str]] = {}
        self.columns = self._find_columns()
        if not self.problems:
            for area in grid.merged:
                top, _, bottom, _ = spanned(area)
                for n in range(top, min(bottom + 1, len(grid.rows))):
                    self._areas.setdefault(n, []).append(area)
            for n in range(self.header + 1, len(grid.rows)):
                self._row(n)
        kinds = sorted(self._places.items(), key=lambda kind: (kind[1][0][0], kind[1][0][1] or 0))
        self.problems += [self._summed_up(hint, places) for (_, hint), places in kinds]

    def _summed_up(self, hint: str, places: list[_Place]) -> Problem:
        """Return one kind of problem: as its first place says it, and all of its cells where there are several."""
        places = sorted(places, key=lambda place: (place[0], -1 if place[1] is None else place[1]))
        row, column, text = places[0]
        if len({said for _, _, said in places}) > 1 and (own := re.search(_OWN_WORDS, text)):
            text = f"{text[: own.end()]}{'' if own[0][-1] == '”' else ' '}等{text[own.end() :].lstrip()}"
        cells = listed([(n, c) for n, c, _ in places])
        more = f"（共 {len(places)} 处：{cells}）" if len(places) > 1 else ""
        return Problem(self.grid.place(row, column), 0, "keys", text + more, hint)

    def _find_columns(self) -> dict[str, tuple[int, ...]]:
        """Return field → columns, by the titles; a title that is not there, or there twice, is a problem."""
        grid, wanted = self.grid, {key: self.mapping.titles(key) for key in self.mapping.columns}
        self.header = find_header(
            grid, [t for titles in wanted.values() for t in titles], self.mapping.header
        )
        titles = titles_of(grid, self.header, self.mapping.header_rows)
        found: dict[str, tuple[int, ...]] = {}
        for key, names in wanted.items():
            for title in names:
                at = [c for c, t in enumerate(titles) if t == title]
                if len(at) == 1:
                    found[key] = (*found.get(key, ()), at[0])
                    continue
                text = f"有 {len(at)} 列叫“{title}”" if at else f"没有列“{title}”（{key}）"
                near = "、".join(nearest(title, filter(None, titles), 3))
                hint = (
                    "把用不到的一列改名" if at else f"相近的有：{near or '（空）'}；列名在别的行时写 header"
                )
                self.problems.append(Problem(grid.place(self.header), 0, "keys", text, hint))
        return found

    def _row(self, n: int) -> None:
        values = self.grid.rows[n]
        cells = {key: joined([values[c] for c in at if c < len(values)]) for key, at in self.columns.items()}
        blank = all(v is None or isinstance(v, str) and not v.strip() for v in cells.values())
        if blank and not any(self._reaches_down(self.area(n, key)) for key in self.columns):
            return
        if self._passed_over(n):
            self.skipped.append(n)
            return
        for key in self.mapping.fill_down:
            if str(cells.get(key)).strip() in DITTO and key in self._above:
                cells[key] = self._above[key]
        self._above = cells
        self.read += 1
        line = Entry(self, n, cells)
        made = line.inquiry()
        if made and not line.faulty:
            self.rows.append(ImportedRow(n, made))
            return
        first = self._first(n)
        again = self._titles_again(n)
        if again or "received" in line.faulty and re.match(TOTALS, first):
            self._forget(n)  # what its cells lack follows from what it is
            word = first.rstrip(":： ")
            text = "又是列名" if again else f"像是“{word}”行，不是一件事"
            self.problem(n, "", text, f"在映射里写 skip: [{word}]")

    def _forget(self, n: int) -> None:
        """Take back the problems of a row."""
        for kind, places in [*self._places.items()]:
            if kept := [place for place in places if place[0] != n]:
                self._places[kind] = kept
            else:
                del self._places[kind]

    def _first(self, n: int) -> str:
        """Return the first cell of a row that holds anything, as text."""
        values = self.grid.rows[n]
        return next((t for c in range(len(values)) if (t := text_at(self.grid, n, c))), "")

    def _passed_over(self, n: int) -> bool:
        first = self._first(n)
        return any(word and first.startswith(word) for word in self.mapping.skip)

    def _titles_again(self, n: int) -> bool:
        cells = [c for at in self.columns.values() for c in at]
        grid, rows = self.grid, range(max(0, self.header - self.mapping.header_rows + 1), self.header + 1)
        return any(all(text_at(grid, n, c) == text_at(grid, row, c) for c in cells) for row in rows)

    def area(self, n: int, key: str) -> str:
        """Return the merged area that a field's cell lies in, or ''."""
        for area in self._areas.get(n, ()):
            _, left, _, right = spanned(area)
            if any(left <= c <= right for c in self.columns.get(key, ())):
                return area
        return ""

    def _reaches_down(self, area: str) -> bool:
        """Return whether a merged area spreads one value over several rows."""
        return bool(area) and spanned(area)[0] != spanned(area)[2]

    def problem(self, n: int, key: str, text: str, hint: str) -> None:
        """Note something wrong with a field of a row ('' for the row as such); each kind is told once.

        What differs from row to row by nature (a day, a number, a name) makes no kind of its own; an unknown
        word does, and somebody unknown.
        """
        column = self.columns[key][0] if key in self.columns else None
        kind = key + re.sub(_OWN_WORDS, "…", text) if key in _OWN else re.sub(_MOMENT, "…", text)
        self._places.setdefault((kind, hint), []).append((n, column, text))


# What the last line of a register begins with.
TOTALS = "合 ?计|小 ?计|总 ?计|累计|本页|本月|共计|制表|填表|审核|备注：|注：|说明："


def joined(values: list[Any]) -> Any:
    """Return one value of a field's cells: the only one that is there, or all of them in their order."""
    there = [v for v in values if v is not None and not (isinstance(v, str) and not v.strip())]
    if len(there) < 2:
        return there[0] if there else None
    if doubt := next((v for v in there if isinstance(v, Doubt)), None):
        return doubt
    if isinstance(there[0], datetime):
        if (
            len(there) == 2 and isinstance(there[1], float) and 0 < there[1] < 1
        ):  # a time as a share of the day
            return datetime.combine(there[0].date(), time()) + timedelta(seconds=round(there[1] * 86400))
        there[0] = f"{there[0]:%Y-%m-%d}"
    return " ".join(
        v if isinstance(v, str) else f"{v:%Y-%m-%d}" if isinstance(v, datetime) else str(v) for v in there
    )


def listed(places: list[tuple[int, int | None]]) -> str:
    """Name cells as people do, rows that follow one another together: F9、F12–F14."""
    found: list[list[Any]] = []  # column, first row, last row
    for row, column in places:
        if found and found[-1][0] == column and found[-1][2] == row - 1:
            found[-1][2] = row
        else:
            found.append([column, row, row])

    def cell(row: int, column: int | None) -> str:
        return Grid("", "", []).place(row, column).removeprefix(":")

    return "、".join(cell(a, c) + (f"–{cell(b, c)}" if b > a else "") for c, a, b in found)


def sample(reading: SheetReading, most: int = 3) -> list[tuple[int, dict[str, str]]]:
    """Return (row from 0, field → what is read there) of the first rows, for somebody to look at."""
    found: list[tuple[int, dict[str, str]]] = []
    for n in range(reading.header + 1, len(reading.grid.rows)):
        values = reading.grid.rows[n]
        cells = {
            key: joined([values[c] for c in at if c < len(values)]) for key, at in reading.columns.items()
        }
        if n in reading.skipped or all(v is None for v in cells.values()):
            continue
        line = Entry(reading, n, cells)
        said: dict[str, str] = {}
        for key in cells:
            at = line.when(key) if key in TIMES else None
            said[key] = f"{at:%Y-%m-%d %H:%M}" if at else "？" if key in line.faulty else line.text(key)
        found.append((n, said))
        if len(found) == most:
            break
    return found
