"""A list on a screen that is too narrow for it: texts are cut, then columns left out, the least needed first."""

from collections.abc import Sequence
from typing import Any

from shouwen.render.table import Columns, cell, table
from shouwen.render.width import width, wrapped

# What a reader needs first: the earlier, the longer it stays.
NEEDED = (
    "id", "subject", "level", "overdue_text", "due", "due_text", "step", "holding", "holder", "phase", "status", "clock",
    "measures", "who", "inquirer", "part", "first_asked", "first_responder", "held", "cited", "received",
)  # fmt: skip
_CUT = ("subject", "summary", "text", "said", "step")  # these may be cut
_LEAST = 12  # columns of the screen that a cut text keeps at least
_GAP = 2
ELLIPSIS = "…"


def fitted(
    rows: list[dict[str, Any]], columns: Columns, most: int, needed: Sequence[str] = NEEDED
) -> tuple[list[dict[str, Any]], Columns, list[str]]:
    """Return (rows, columns, titles left out) such that the table is at most ``most`` columns wide.

    The id is never cut nor left out: it is what the next command needs.
    """
    kept = list(columns)
    widths = {key: _width_of(rows, key, title) for key, title in columns}
    left_out: list[str] = []

    def total(least: bool) -> int:
        sizes = [
            min(widths[key], max(_LEAST, width(title) + _GAP)) if least and key in _CUT else widths[key]
            for key, title in kept
        ]
        return sum(sizes) + _GAP * (len(kept) - 1)

    rank = {key: n for n, key in enumerate(needed)}
    while total(least=True) > most and len(kept) > 1:
        key, title = max(kept, key=lambda c: (rank.get(c[0], len(rank)), kept.index(c)))
        kept.remove((key, title))
        left_out.insert(0, title)
    free = max(0, most - total(least=True))
    rows = [dict(row) for row in rows]
    for key, title in kept:
        if key not in _CUT:
            continue
        room = min(widths[key], max(_LEAST, width(title) + _GAP) + free)
        free -= room - min(widths[key], max(_LEAST, width(title) + _GAP))
        for row in rows:
            row[key] = shortened(cell(row.get(key)), room)
    return rows, kept, left_out


def _width_of(rows: list[dict[str, Any]], key: str, title: str) -> int:
    return max([width(title) + _GAP, *(width(cell(row.get(key))) for row in rows)])


def shortened(text: str, most: int) -> str:
    """Return the text cut to so many columns of a screen, with … in place of what is missing."""
    if width(text) <= most:
        return text
    taken, kept = width(ELLIPSIS), ""
    for char in text:
        taken += width(char)
        if taken > most:
            break
        kept += char
    return kept.rstrip() + ELLIPSIS


def too_wide(rows: list[dict[str, Any]], columns: Columns, most: int) -> bool:
    """Return whether a table of these rows does not fit a screen of so many columns."""
    return sum(_width_of(rows, key, title) for key, title in columns) + _GAP * (len(columns) - 1) > most


def table_or_items(rows: list[dict[str, Any]], columns: Columns, most: int) -> str:
    """Return a table of which nothing may be missing: item by item where it is wider than ``most``, if that is given."""
    if most and rows and too_wide(rows, columns, most):
        return folded(rows, columns, most)
    return table(rows, columns, "table")


def folded(rows: list[dict[str, Any]], columns: Columns, most: int) -> str:
    """Return a table as items: the first column on its own line, the others under it with their titles.

    Nothing is cut nor left out; what is empty is not named.
    """
    (first, _), *others = columns
    texts = []
    for row in rows:
        lines = wrapped(cell(row.get(first)), most)
        for key, title in others:
            if text := cell(row.get(key)):
                lines += wrapped(f"  {title} {text}", most, "    ")
        texts.append("\n".join(lines) + "\n")
    return ("\n" if len(others) > 1 else "").join(texts)
