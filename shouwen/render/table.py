"""One list, many forms: table, plain, markdown, html, csv, tsv, json, jsonl.

The only importer of tabulate. Rows are mappings; columns are (key, Chinese title).
"""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import json

from shouwen.render.values import json_safe, literal, safe
from shouwen.render.width import plain, width

FORMATS = ("table", "plain", "markdown", "html", "csv", "tsv", "json", "jsonl")
Columns = Sequence[tuple[str, str]]
# A spreadsheet takes a cell that begins so for a formula.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def cell(value: Any) -> str:
    """Return a value as one line of safe text: 是/否, lists joined, nothing as ''."""
    if isinstance(value, str):
        return safe(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list | tuple):
        return "、".join(cell(v) for v in value)
    return safe(str(value))


def guarded(value: Any) -> str:
    """Return a cell for a spreadsheet: what would be a formula gets an apostrophe in front."""
    return _disarmed(cell(value))


def _disarmed(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _simple(rows: list[list[str]], titles: list[str]) -> str:
    """Return columns two blanks apart under titles and rules."""
    lines = [titles, *([c.strip() for c in row] for row in rows)]
    widths = [[width(c) for c in line] for line in lines]
    most = [max(column) for column in zip(*widths, strict=True)]
    most = [max(w, least + 2) for w, least in zip(most, widths[0], strict=True)]
    text = [
        "  ".join([c + " " * (w - n) for c, n, w in zip(line, narrow, most, strict=True)]).rstrip() + "\n"
        for line, narrow in zip(lines, widths, strict=True)
    ]
    text.insert(1, "  ".join(["-" * w for w in most]) + "\n")
    return "".join(text)


def _grid(rows: list[list[str]], titles: list[str], style: str) -> str:
    # What is plain is drawn here, the same as tabulate would, whose import costs more than reading
    # a thousand records (docs/decisions/0016); a test holds both equal.
    if style == "simple" and plain("".join(map("".join, [titles, *rows]))):
        return _simple(rows, titles)
    from tabulate import tabulate

    return str(tabulate(rows, titles, tablefmt=style, disable_numparse=True)) + "\n"


def _markdown(rows: list[list[str]], titles: list[str]) -> str:
    return _grid([list(map(literal, row)) for row in rows], titles, "pipe")


def _html(rows: list[list[str]], titles: list[str]) -> str:
    from html import escape  # here, because few runs need it: so too csv and tabulate

    head = "".join(f"<th>{escape(t)}</th>" for t in titles)
    body = "\n".join(f"<tr>{''.join(f'<td>{escape(c)}</td>' for c in r)}</tr>" for r in rows)
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n"


def separated(
    rows: Iterable[Sequence[Any]], titles: Sequence[str], comma: str = ",", lines: bool = False
) -> str:
    """Write CSV (or TSV) text with formula cells guarded; ``lines`` takes texts as they are, line ends too."""
    import csv

    out = io.StringIO()
    writer = csv.writer(out, delimiter=comma, lineterminator="\r\n" if comma == "," else "\n")
    if titles:
        writer.writerow(titles)
    writer.writerows([_disarmed(v) if lines else guarded(v) for v in row] for row in rows)
    return out.getvalue()


def table(rows: list[dict[str, Any]], columns: Columns, format: str) -> str:
    """Return the rows in one of the text forms; an empty list is '' in the forms people read."""
    titles = [title for _, title in columns]
    values = [[row.get(key) for key, _ in columns] for row in rows]
    if format in ("csv", "tsv"):
        return separated(values, titles, "," if format == "csv" else "\t")
    cells = [[cell(v) for v in row] for row in values]
    if format == "html":
        return _html(cells, titles)
    if not rows:
        return ""
    if format == "markdown":
        return _markdown(cells, titles)
    if format == "plain":
        return "".join("  ".join(c or "-" for c in row) + "\n" for row in cells)
    return _grid(cells, titles, "simple")


def json_text(value: Any, indent: bool = True) -> str:
    """Write JSON that no terminal obeys: stable order, unsafe characters escaped."""
    raw = json.encode(value)
    text = (json.format(raw, indent=2) if indent else raw).decode()
    return json_safe(text) + "\n"


def listing(
    name: str, rows: list[dict[str, Any]], columns: Columns, format: str, key: str = "items", **envelope: Any
) -> str:
    """Return a list in any format; JSON in its envelope ``{"schema": "shouwen.NAME/1", …, "items"}``."""
    if format == "json":
        return json_text({"schema": f"shouwen.{name}/1", **envelope, key: rows})
    if format == "jsonl":
        return "".join(json_text(row, indent=False) for row in rows)
    return table(rows, columns, format)
