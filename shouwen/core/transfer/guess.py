"""A mapping proposed for a sheet that nobody has described yet, with what is unsure marked.

Nothing is imported by a guess: it is a file for a person to read and complete.
"""

import re
from datetime import datetime
from typing import Any

from msgspec import Struct, field

from shouwen.core.regulation.schema import Policy
from shouwen.core.transfer.cells import ASKED, DITTO, placeholder
from shouwen.core.transfer.days import Unreadable, read_moment
from shouwen.core.transfer.importing import TOTALS
from shouwen.core.transfer.mapping import FIELDS, TIMES, Grid, Mapping, find_header, text_at
from shouwen.core.transfer.titles import WORDS

_CLOSED = {"channel": "channels", "category": "categories", "scope": "scopes", "urgency": "urgencies",
           "outcome": "outcomes", "rating": "ratings", "mode": "modes"}  # fmt: skip
_MOST = 500  # rows looked at: what a register does not show in these it shows nowhere


class Guess(Struct):
    """What a sheet seems to hold; ``unsure`` says of a field (or of a part of the mapping) why."""

    header: int
    columns: dict[str, str] = field(default_factory=dict)
    unsure: dict[str, str] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    unknown: dict[str, list[str]] = field(default_factory=dict)
    bare: list[str] = field(default_factory=list)
    skip: list[str] = field(default_factory=list)
    fill_down: list[str] = field(default_factory=list)
    yearless: bool = False

    def mapping(self, opens: str, closes: str, year: int, defaults: dict[str, str | int]) -> Mapping:
        """Return the mapping proposed; ``opens`` and ``closes`` (08:30) are what a day alone may mean."""
        return Mapping(
            header=self.header + 1, columns=dict(self.columns), values={k: dict(v) for k, v in self.values.items()},
            defaults=defaults, times={key: opens if key == "received" else closes for key in self.bare},
            year=year if self.yearless else 0, skip=tuple(self.skip), fill_down=tuple(self.fill_down),
        )  # fmt: skip


def plain(title: str) -> str:
    """Return a title without brackets, stars, blanks and colons: 联系电话（必填）* → 联系电话."""
    return re.sub(r"[（(\[【].*?[）)\]】]|[\s*＊:：、/]", "", title)


def guess(grid: Grid, policy: Policy, now: datetime) -> Guess:
    """Return the mapping that a sheet's titles and cells suggest under a regulation."""
    known = [name for names in FIELDS.values() for name in names]
    row = _header(grid, known)
    found = Guess(row)
    titles = [text_at(grid, row, c) for c in range(len(grid.rows[row]))] if grid.rows else []
    once = [t for t in titles if t and titles.count(t) == 1]
    _columns(found, once)
    found.left = [t for t in dict.fromkeys(filter(None, titles)) if t not in found.columns.values()]
    rows = [
        r
        for r in range(row + 1, min(len(grid.rows), row + 1 + _MOST))
        if any(v not in (None, "") for v in grid.rows[r])
    ]
    _skipped(found, grid, rows, titles)
    rows = [r for r in rows if not any(_first(grid, r).startswith(word) for word in found.skip)]
    for key, title in found.columns.items():
        at = titles.index(title)
        _look(found, key, [grid.rows[r][at] for r in rows if at < len(grid.rows[r])], policy, now)
    return found


def _header(grid: Grid, known: list[str]) -> int:
    """Return the row of the titles: by their names, else by those names within longer ones."""
    row = find_header(grid, known)
    bare = set(known)

    def hits(n: int) -> int:
        return sum(plain(text_at(grid, n, c)) in bare for c in range(len(grid.rows[n])))

    first = range(min(len(grid.rows), 20))
    return max(first, key=lambda n: (hits(n), n == row), default=0)


def _columns(found: Guess, titles: list[str]) -> None:
    """Find a title for each field: exactly, then without its ornaments, then one that contains a name."""
    taken: set[str] = set()

    def take(key: str, title: str, why: str = "") -> None:
        found.columns[key] = title
        taken.add(title)
        if why:
            found.unsure[key] = why

    for key, names in FIELDS.items():
        if fitting := [t for name in names for t in titles if t not in taken and t == name]:
            take(key, fitting[0])
    for key, names in FIELDS.items():
        if key not in found.columns and (
            fitting := [t for name in names for t in titles if t not in taken and plain(t) == name]
        ):
            take(key, fitting[0])
    for key, names in FIELDS.items():
        if key in found.columns:
            continue
        longest = sorted((n for n in names if len(n) > 2), key=len, reverse=True)
        if fitting := [t for name in longest for t in titles if t not in taken and name in plain(t)]:
            take(key, fitting[0], "列名只是相近")


def _first(grid: Grid, row: int) -> str:
    return next((t for c in range(len(grid.rows[row])) if (t := text_at(grid, row, c))), "")


def _skipped(found: Guess, grid: Grid, rows: list[int], titles: list[str]) -> None:
    """Note rows that are no inquiries: totals, the titles once more."""
    for row in rows:
        first = _first(grid, row)
        again = sum(text_at(grid, row, c) == t for c, t in enumerate(titles) if t) >= max(2, len(titles) // 2)
        word = first if again else (hit[0] if (hit := re.match(TOTALS, first)) else "")
        if word and word not in found.skip:
            found.skip.append(word)


def _look(found: Guess, key: str, values: list[Any], policy: Policy, now: datetime) -> None:
    """Note what the cells of a column say of it: days alone, words to translate, blanks that somebody filled in."""
    texts = list(
        dict.fromkeys(str(v).strip() for v in values if isinstance(v, str | int | float) and str(v).strip())
    )
    if key in TIMES:
        _look_at_days(found, key, values, now)
    elif key in _CLOSED:
        known = getattr(policy, _CLOSED[key]).values
        for text in texts:
            if text in known:
                continue
            word = WORDS.get(key, {}).get(text)
            if word is not None and (word in known or not word):
                found.values.setdefault(key, {})[text] = word
            else:
                found.unknown.setdefault(key, []).append(text)
    elif key in ASKED:
        for text in texts:
            if text in DITTO and key not in found.fill_down:
                found.fill_down.append(key)
            elif text not in DITTO and placeholder(key, text):
                found.values.setdefault(key, {})[text] = ""


def _look_at_days(found: Guess, key: str, values: list[Any], now: datetime) -> None:
    read = 0
    for value in values:
        if isinstance(value, datetime):
            read, alone = read + 1, not (value.hour or value.minute)
        elif isinstance(value, str) and value.strip():
            try:
                alone = read_moment(value, now)[1] is None
            except Unreadable as error:
                if error.text != "没有年份":
                    continue
                found.yearless = True
                alone = not re.search("[:时点]", value)
            read += 1
        else:
            continue
        if alone and key not in found.bare:
            found.bare.append(key)
    if values and not read and any(v not in (None, "") for v in values):
        found.unsure[key] = "这一列读不出日期"
