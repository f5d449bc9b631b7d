"""A CSV file in whatever encoding, with whatever sign between its cells, that an office's program writes."""

import csv
import io
import re
from itertools import islice
from typing import Any

from shouwen.core.errors import BadData, Problem
from shouwen.core.transfer.mapping import FIELDS, Doubt, Grid
from shouwen.store.sheet_cells import bad, bounded, plain_value

DIVIDERS = ",\t;|，"
_LOOKED_AT = 20  # rows by which the dividing sign is told: those in which the titles are looked for
_MARKS = (  # what a text begins with that says its encoding, the longer ones first
    (b"\xff\xfe\0\0", "utf-32", "UTF-32"), (b"\0\0\xfe\xff", "utf-32", "UTF-32"),
    (b"\xff\xfe", "utf-16", "UTF-16"), (b"\xfe\xff", "utf-16", "UTF-16"),
)  # fmt: skip


def read_csv(raw: bytes, shown: str) -> tuple[Grid, str]:
    """Return the cells of a CSV file, all of them texts, and in words in which encoding it was read.

    Raises:
        BadData: in no encoding is it a text, a quoted cell has no end, or it is too large.
    """
    text, encoding = _decoded(raw, shown)
    text, divider = _divider(
        text.replace("\ufeff", "")
    )  # files put one after another have a mark amid the text
    rows: list[list[Any]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=divider, strict=True):
            rows.append([_typed(v) for v in row])
            bounded(shown, len(rows), len(row))
    except csv.Error as error:
        why = "一格文字太长" if "limit" in str(error) else "引号没有配对"
        raise BadData(
            [Problem(f"{shown}:A{len(rows) + 1}", 0, "parseable", why, "在表格软件里打开查看这一行")]
        ) from None
    return Grid(shown, "", rows), f"编码 {encoding}"


def beginning(raw: bytes) -> bytes:
    """Return the first bytes of a file, those of a UTF-16 text in UTF-8, without its mark."""
    encoding = next((name for mark, name, _ in _MARKS if raw.startswith(mark)), "") or _unmarked(raw)
    text = raw[:200].decode(encoding, "ignore").encode("utf-8", "ignore") if encoding else raw[:200]
    return text.removeprefix(b"\xef\xbb\xbf")


def _divider(text: str) -> tuple[str, str]:
    """Return the text, and what divides its cells.

    That is what a spreadsheet says in the first line (``sep=;``, which it does not show), else the sign
    that lays most known titles bare in one row, else the one that divides most rows evenly.
    """
    if said := re.match(r'"?sep=([,\t;|])"?[\t ]*(?:\r\n|\r|\n)', text):
        return text[said.end() :], said[1]
    known = {name for names in FIELDS.values() for name in names}

    def fit(sign: str) -> tuple[int, int, int]:
        try:
            rows = [*islice(csv.reader(io.StringIO(text, newline=""), delimiter=sign), _LOOKED_AT)]
        except csv.Error:
            return (0, 0, 0)
        titles = max((sum(" ".join(cell.split()) in known for cell in row) for row in rows), default=0)
        counts = [len(row) - 1 for row in rows if row]
        usual = max(set(counts), key=counts.count) if counts else 0
        return (titles if titles > 1 else 0, counts.count(usual) if usual else 0, usual)

    return text, max(DIVIDERS, key=fit)


def _typed(value: str) -> Any:
    """Return a cell of a CSV file; all are texts, of which a spreadsheet may have spoilt some."""
    if re.fullmatch(r"'[=+\-@＝＋－＠].*", value, re.S):  # the guard of an export
        return value[1:]
    if re.fullmatch(r"\d(\.\d+)?E\+\d+", value):
        return Doubt(f"“{value}”是科学计数，末几位已丢失", "从原来的表格把这一列设成文本，重新另存")
    return plain_value(value) if value else None


def _unmarked(raw: bytes) -> str:
    """Return which UTF-16 a text without a mark is in, or '': of its commas and digits every other byte is 0.

    In no other encoding of an office does a text hold such bytes.
    """
    first = raw[: 1 << 16]
    zeros = first[0::2].count(0), first[1::2].count(0)
    if not max(zeros) * 20 > len(first) or min(zeros) * 4 > max(zeros):
        return ""
    name = "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"
    text = first.decode(name, "replace")
    return "" if re.search("[\0-\x08\x0e-\x1f]", text) or not re.search("[\r\n]", text) else name


def _decoded(raw: bytes, shown: str) -> tuple[str, str]:
    """Return the text and its encoding: by its mark, else UTF-16 or UTF-8, else GB18030; BadData otherwise."""
    known = [(name, word) for mark, name, word in _MARKS if raw.startswith(mark)]
    if (name := _unmarked(raw)) and not known:
        known = [(name, "UTF-16（没有 BOM）")]
    for name, word in known:
        try:
            return raw.decode(name), word
        except UnicodeDecodeError:
            raise bad(shown, f"不是完好的 {word[:6]} 文字", "另存为 UTF-8 的 csv") from None
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
