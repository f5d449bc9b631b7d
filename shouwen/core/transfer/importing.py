"""An existing 台账, row by row, as inquiries; or every problem by its cell.

Nothing is guessed: what is not in the row, the mapping (core/transfer/mapping) or the roster is a problem.
"""

import re
from collections.abc import Callable, Iterable
from datetime import datetime

from msgspec import Struct

from shouwen.core.errors import Problem
from shouwen.core.inquiry.confidential import HIDDEN, secret
from shouwen.core.inquiry.header import Inquiry
from shouwen.core.transfer.mapping import Grid, Mapping, find_header, text_at
from shouwen.core.transfer.row_import import Entry, Setting
from shouwen.core.vocabulary import nearest


class Row(Struct, frozen=True):
    """An inquiry and the row it comes from."""

    row: int
    inquiry: Inquiry


class Reading:
    """One reading of a grid by a mapping: the rows that are right, and every problem."""

    def __init__(self, grid: Grid, mapping: Mapping, setting: Setting):
        """Reads at once; see ``rows`` and ``problems``."""
        self.grid, self.mapping, self.setting = grid, mapping, setting
        self.rows: list[Row] = []
        self.problems: list[Problem] = []
        self.read = 0
        self._once: dict[tuple[str, str], list[str]] = {}
        self.columns = self._find_columns()
        if not self.problems:
            for n in range(self.header + 1, len(grid.rows)):
                self._row(n)
        for (text, hint), places in self._once.items():
            count = f"（共 {len(places)} 行，首见于此）" if len(places) > 1 else ""
            self.problems.append(Problem(places[0], 0, "keys", text + count, hint))

    def _find_columns(self) -> dict[str, int]:
        """Field → column, by the titles; a title that is not there, or there twice, is a problem."""
        grid, wanted = self.grid, {k: " ".join(str(v).split()) for k, v in self.mapping.columns.items()}
        self.header = find_header(grid, list(wanted.values()), self.mapping.header)
        width = len(grid.rows[self.header]) if grid.rows else 0
        titles = [text_at(grid, self.header, c) for c in range(width)]
        found = {}
        for key, title in wanted.items():
            at = [c for c, t in enumerate(titles) if t == title]
            if len(at) == 1:
                found[key] = at[0]
                continue
            text = f"有 {len(at)} 列叫“{title}”" if at else f"没有列“{title}”（{key}）"
            near = "、".join(nearest(title, filter(None, titles), 3))
            hint = "把用不到的一列改名" if at else f"相近的有：{near or '（空）'}；列名在别的行时写 header"
            self.problems.append(Problem(grid.place(self.header), 0, "keys", text, hint))
        return found

    def _row(self, n: int) -> None:
        values = self.grid.rows[n]
        cells = {key: values[c] if c < len(values) else None for key, c in self.columns.items()}
        if all(v is None or isinstance(v, str) and not v.strip() for v in cells.values()):
            areas = {self.grid.merged.get((n, c)) for c in self.columns.values()} - {None}
            if not any(self._reaches_down(area) for area in areas):
                return
        self.read += 1
        line = Entry(self, n, cells)
        made = line.inquiry()
        if made and not line.faulty:
            self.rows.append(Row(n, made))

    def _reaches_down(self, area: str) -> bool:
        """Whether a merged area spreads one value over several rows."""
        first, _, last = (re.sub("[A-Z]", "", area)).partition(":")
        return first != last

    def problem(self, n: int, key: str, text: str, hint: str, once: bool) -> None:
        """Something wrong with a field of a row; ``once`` tells of all rows with the same in one line."""
        place = self.grid.place(n, self.columns.get(key))
        if once or key not in self.columns:
            self._once.setdefault((text, hint), []).append(place)
        else:
            self.problems.append(Problem(place, 0, "keys", text, hint))


Key = tuple[datetime, str, str]


def key_of(inquiry: Inquiry) -> Key:
    """What makes two entries the same: when it came in, who asked, what."""
    return inquiry.received.replace(second=0, microsecond=0), inquiry.inquirer.name, inquiry.subject


def _named(known: Iterable[Inquiry]) -> Callable[[Inquiry], str]:
    """Tells which of the inquiries known an entry is, '' if none.

    Of a confidential inquiry whose content lies elsewhere, the moment alone is compared.
    """
    there = {key_of(q): q.id for q in known}
    apart_from = {key[0]: name for key, name in there.items() if key[1:] == ("", HIDDEN)}

    def name(inquiry: Inquiry) -> str:
        key = key_of(inquiry)
        return there.get(key) or (apart_from.get(key[0], "") if secret(inquiry) else "")

    return name


def rest(rows: list[Row], known: Iterable[Inquiry]) -> list[Row]:
    """The rows that the ledger does not have yet."""
    name = _named(known)
    return [row for row in rows if not name(row.inquiry)]


def repeated(grid: Grid, rows: list[Row], known: Iterable[Inquiry]) -> list[Problem]:
    """The rows that the ledger has already, or that stand in the sheet twice."""
    name_of = _named(known)
    found, seen = [], {}
    for row in rows:
        key = key_of(row.inquiry)
        if name := name_of(row.inquiry):
            text = f"台账里已有 {name}（受理时间、姓名、事由都相同）"
            hint = "已经导入过；只导入其余的加 --rest"
        elif key in seen:
            text, hint = f"与第 {seen[key] + 1} 行重复（受理时间、姓名、事由都相同）", "删去一行，或改正时间"
        else:
            seen[key] = row.row
            continue
        found.append(Problem(grid.place(row.row), 0, "duplicate", text, hint))
    return found
