"""Every output of a ledger with hostile text in it, and what each form of output owes."""

import csv
import email
import io
import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from email import policy
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from unittest import mock

from hypothesis import strategies as st

from shouwen import cli
from shouwen.render.forms.catalogue import KINDS
from shouwen.render.forms.text import FORMATS as SHEETS
from shouwen.render.table import FORMATS

from .places import FILES, Place, spoil

NOW = "2026-12-20T09:00"
PAPERS = [name for name, kind in KINDS.items() if kind.rows]
LISTS = [name for name, kind in KINDS.items() if not kind.rows]
LINES = ("show ", "handoff K7Q4 --to ", "list --department ", "--as ", "route ", "sanction show ", "list --staff ",
         "sanction decide 9DTM --measure ", "intake --matter ", "policy show ")  # fmt: skip
ALL_COLUMNS = "id,received,channel,category,subject,inquirer,first_responder,department,phase,holder,due,level,matter,scope,outcome,rating,path"
OUTPUTS: list[tuple[str, ...]] = [
    *(("list", "--status", "all", "--columns", ALL_COLUMNS, "-f", f) for f in FORMATS), ("list", "--sort", "-subject"), ("list", "-0"),
    *(("search", "张", "-f", f) for f in FORMATS), *(("overdue", "--soon", "3", "-f", f) for f in FORMATS),
    *(("overdue", "--by", by, "-f", f) for by in ("department", "holder") for f in ("table", "markdown", "html")),
    ("overdue", "-f", "eml", "--to", "a@example.org"), ("overdue", "-f", "eml", "--each", "holder", "--outdir", "OUT"),
    ("--color", "always", "overdue"), ("--color", "always", "show", "K7Q4"),
    *(("bulletin", "--month", "2026-11", "-f", f) for f in FORMATS),
    *(("bulletin", "--month", "2026-11", "--by", by, "-f", f) for by in ("department", "staff", "category") for f in ("table", "html")),
    *(("evaluate", "2026", "-f", f) for f in (*FORMATS, "text")),
    *(("form", name, "K7Q4", "-f", f) for name in PAPERS for f in SHEETS), ("form", "否定报备表", "M3N4", "-f", "html"),
    *(("form", name, "--from", "2026-11-01", "-f", f) for name in LISTS for f in SHEETS),
    *(("export", "-f", f) for f in ("csv", "jsonl")), ("export", "-o", "OUT.xlsx"), ("export", "--reveal", "-o", "OUT.csv"),
    *((*words, "-f", f) for words in (("check",), ("show", "K7Q4"), ("show", "M3N4"), ("sanction", "show", "9DTM"), ("sanction", "show", "7WXY"))
      for f in ("text", "json")),
    ("show", "K7Q4", "--why-due"), *(("sanction", "list", "-f", f) for f in FORMATS), *(("route", "-f", f) for f in FORMATS),
    ("route", "施工许可"), ("policy", "show", "bumen"), ("policy", "show", "bumen", "-f", "json"), ("policy", "list"),
    ("calendar", "show", "2026"), (), ("fmt", "--check"), ("archive", "--dry-run"), ("purge", "--days", "1", "--dry-run"),
    ("sanction", "report", "--from-overdue"), *(("TAB", shell, line) for shell in ("bash", "zsh", "fish", "powershell") for line in LINES),
]  # fmt: skip

# Nasty wherever text goes: terminal, table, spreadsheet, page, mail, JSON, shell, file name.
WORST = "=1+1\x1b[31m\u202e|<b>&\"'`\\\r\nBcc: a@b\x00\x85\u2028,\t；$(x)　́"
PIECES = (
    "", " ", "\x1b[2J", "\x1b]0;x\x07", "\x9b31m", "\x00", "\x07\x08\x7f", "\x85", "\u202e\u2066\u2069", "\u200b\u200d\ufeff", "\u2028\u2029", "\r", "\r\n", "\n", "\n\n- x", "\t",
    "=1+1", "+1", "-1", "@SUM(A1)", "＝1", "\t=1", "'=1", "|", "||", "\\|", "\\", "`", "*a*", "# a", "- a", "1. a", "[a](javascript:b)", "![a](b)",
    "<script>alert(1)</script>", "<img src=x onerror=y>", "</td></table>", "<!--", "-->", "]]>", "&lt;", "&#27;", "&amp;", "'\"><b", "</style>", "$body", "{0}", "%s", "{{a}}",
    "Bcc: a@example.org", "\r\nBcc: a@example.org\r\n\r\nx", "=?utf-8?q?x=0ABcc:_a=40b?=", ".", "\n.\n", "From ", "\ud800", "\udfff\ud800", "😀", "👨‍👩‍👧‍👦", "e\u0301", "\u0301", "ﷺ", "ｆｕｌｌ", "　", "龘",
    "../../x", "/etc/passwd", "-rf", "--help", "~", "$(id)", "`id`", "a'b\"c", ";id", "null", "true", "0631", "1e999", "NaN", "2026-02-30", "\ufffe", "\uffff", "\U0010ffff", "\x1b" * 50,
    "长" * 3000, "w" * 30000, "x y " * 5000, "<" * 2000, "|" * 2000, "\n" * 500, "́" * 500, WORST,
)  # fmt: skip
TEXTS = st.one_of(
    st.just(WORST), st.sampled_from(PIECES), st.lists(st.sampled_from(PIECES), min_size=2, max_size=4).map("".join),
    st.text(st.sampled_from("=+-@|\\<>&\"'`\r\n\t\x00\x1b\x9b\u202e\u2066\u200b\ud800,;:*_[]()#$%{}~甲 "), max_size=20),
)  # fmt: skip
MOMENTS = ("0001-01-01T00:00:00+14:00", "1899-12-31T00:00:00+08:00", "2026-11-03T10:00:00-12:00", "2026-11-03T23:59:60+08:00", "2199-12-31T23:59:59+08:00",
           "9999-12-31T23:59:59-14:00", "2026-11-03T10:00:00.123456+08:00", "2027-06-01T09:00:00+08:00")  # fmt: skip
DAYS = ("0001-01-01", "1900-01-01", "2199-12-31", "9999-12-31", "2026-12-31", "2024-02-29")
NUMBERS = (-(10**30), -1, 0, 1, 2, 999, 10**6, 2**63, 10**30)


def value_at(place: Place) -> Any:
    """What stands in a place of the good ledger."""
    if len(place) == 1:
        return place[0]
    value: Any = FILES[place[0]]
    for step in place[1:]:
        value = value[step]
    return value


def values(place: Place) -> st.SearchStrategy:
    """Hostile values of the kind that stands there; text of all kinds where it is a text."""
    now = value_at(place)
    if isinstance(now, bool):
        return st.just(not now)
    if isinstance(now, int):
        return st.sampled_from(NUMBERS)
    if re.match(r"\d{4}-\d\d-\d\dT", now):
        return st.one_of(st.sampled_from(MOMENTS), TEXTS)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", now):
        return st.one_of(st.sampled_from(DAYS), TEXTS)
    return TEXTS


@cache
def root() -> Path:
    """Where the ledger stands: in memory where the system has such a place."""
    import atexit

    shared = "/dev/shm" if os.path.isdir("/dev/shm") else None
    made = Path(tempfile.mkdtemp(prefix="fuzz-", dir=shared))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


def output(words: tuple[str, ...]) -> tuple[int, str, str, dict[str, bytes]]:
    """(exit code, stdout, stderr, files written) of a command line on the ledger that stands there."""
    ledger, outbox = root() / "ledger", root() / "out"
    shutil.rmtree(outbox, ignore_errors=True)
    outbox.mkdir()
    more = {"SHOUWEN_NOW": NOW, "COLUMNS": "100", "LINES": "40"}
    args = ["-L", str(ledger), "--as", "zhaojun", *(w.replace("OUT", str(outbox / "x")) for w in words)]
    if words[:1] == ("TAB",):
        line = f"shouwen -L {ledger} {words[2]}"
        more |= {"_SHOUWEN_COMPLETE": f"complete_{words[1]}", "_SHOUWEN_LINE": line, "_SHOUWEN_WORD": ""}
        args = []
    # As main() makes them: what cannot be encoded is spelt out, and line ends stay as they are.
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", "backslashreplace", newline="") for _ in "oe")
    with mock.patch.dict(os.environ, more), redirect_stdout(out), redirect_stderr(err):
        try:
            code = cli.run(args)
        except SystemExit as stop:
            code = stop.code or 0
    said = []
    for stream in (out, err):
        stream.flush()
        said.append(stream.buffer.getvalue().decode())
    written = {str(p.relative_to(outbox)): p.read_bytes() for p in sorted(outbox.rglob("*")) if p.is_file()}
    return code, *said, written


# What a terminal obeys or hides, line ends and the tab apart.
OBEYED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
COLOUR = re.compile(r"\x1b\[(?:31|33|0)m")


def judge(words: tuple[str, ...], result: tuple[int, str, str, dict[str, bytes]]) -> None:
    """AssertionError where an output is not what its form owes to whoever reads it."""
    code, out, err, written = result
    usage = {2} if words[:1] in (("intake",), ("note",)) else set()  # what is empty once it is cleaned
    assert code in {0, 1, 3, 4, 5} | usage, f"exit {code}: {err[-500:]}"
    assert "Traceback" not in err, err
    shown = COLOUR.sub("", out) if "--color" in words else out
    shown = shown.replace("\0", "") if "-0" in words else shown
    if words[:1] == ("export",):  # the mark of UTF-8 for spreadsheets
        shown = shown.removeprefix("\ufeff")
    assert not (bad := OBEYED.search(shown.replace("\r\n", "\n") + err)), f"{bad!r}"
    form = words[words.index("-f") + 1] if "-f" in words else words[0] if words[:1] == ("TAB",) else ""
    if form in JUDGES and shown and "--each" not in words:
        JUDGES[form](words, shown)
    for name, raw in written.items():
        if name.endswith(".xlsx"):
            _workbook(raw)
        elif name.endswith(".csv"):
            _separated(words, raw.decode().removeprefix("\ufeff"))
        else:
            _mail(words, raw.decode())


def _separated(words: tuple[str, ...], text: str) -> None:
    csv.field_size_limit(sys.maxsize)
    table = list(
        csv.reader(io.StringIO(text, newline=""), delimiter="\t" if "tsv" in words else ",", strict=True)
    )
    assert len({len(row) for row in table}) == 1, "columns differ"
    bad = [c for row in table for c in row if re.match("[=+@＝＋＠\t\r\n－-]", c)]
    assert not bad, f"formula: {bad[0]!r}"


class _Elements(HTMLParser):
    """The elements of a page, each with its attributes, and the cells of each row."""

    def __init__(self, text: str):
        super().__init__()
        self.found: set[tuple] = set()
        self.open: list[str] = []
        self.rows: list[int] = []
        self.feed(text)
        self.close()
        assert not self.open, f"not closed: {self.open}"

    def handle_starttag(self, tag, attrs):
        """An element and its attributes; the cells of its row."""
        self.found |= {(tag, ""), *((tag, name) for name, _ in attrs)}
        if tag not in ("meta", "col", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        """Closes what was opened last."""
        assert self.open and self.open.pop() == tag, f"</{tag}> closes another"

    def handle_comment(self, data):
        """No page has one of its own."""
        raise AssertionError(f"comment: {data!r}")

    handle_pi = unknown_decl = handle_comment


# What our pages are made of; the hostile texts bring others.
_ELEMENTS = {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "h1",
    "h2",
    "h3",
    "p",
    "div",
    "span",
    "table",
    "colgroup",
    "col",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "ul",
    "li",
    "footer",
    "header",
    "small",
    "strong",
    "svg",
    "rect",
    "dl",
    "dt",
    "dd",
    "figure",
    "figcaption",
    "section",
    "i",
    "br",
}
_ATTRIBUTES = {"lang", "charset", "name", "content", "http-equiv", "scope", "colspan", "rowspan", "data-title", "class", "style", "role", "width", "height", "x", "y"} | {"aria-hidden", "aria-label"}  # fmt: skip


def _html(words: tuple[str, ...], text: str) -> None:
    found = _Elements(text).found
    strange = [pair for pair in found if pair[0] not in _ELEMENTS or pair[1] and pair[1] not in _ATTRIBUTES]
    assert not strange, f"from data: {strange}"


def _json(words: tuple[str, ...], text: str) -> None:
    def refuse(word: str) -> None:
        raise AssertionError(f"{word} is no JSON")

    for part in text.splitlines() if "jsonl" in words else [text]:
        json.loads(part, parse_constant=refuse)


def _markdown(words: tuple[str, ...], text: str) -> None:
    cells = 0
    text = re.sub(r"(?ms)^```$.*?^```$", "", text)  # the bars of a bulletin stand as they are
    for line in text.split("\n"):
        if not line.startswith("|"):
            cells = 0
            continue
        own = len(re.findall(r"(?<!\\)(?:\\\\)*\|", line))
        assert not cells or own == cells, f"{own} cells, not {cells}: {line[:200]!r}"
        cells = own
    bad = re.search(r"<(?!br>)[a-zA-Z!/?]|(?<!\\)(?:\\\\)*[\[`]", text)
    assert not bad, f"HTML, a link or code in markdown: {text[bad.start() :][:80]!r}"


_HEADERS = ["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type"]


def _mail(words: tuple[str, ...], text: str) -> None:
    mail = email.message_from_string(text, policy=policy.default)
    assert mail.keys() == _HEADERS, mail.keys()
    parts = list(mail.iter_parts())
    assert [p.get_content_type() for p in parts] == ["text/plain", "text/html"]
    assert not mail.defects and not any(p.defects for p in parts)
    assert max(map(len, text.split("\n"))) < 1000  # RFC 5322
    assert not OBEYED.search(parts[0].get_content().replace("\r\n", "\n"))
    _html(words, parts[1].get_content())
    for header in mail.values():
        assert not OBEYED.search(str(header)) and "\n" not in str(header)


def _workbook(raw: bytes) -> None:
    from openpyxl import load_workbook

    cells = [c for row in load_workbook(io.BytesIO(raw)).active.iter_rows() for c in row]
    assert {c.data_type for c in cells} <= {"s", "n", "d"}, "formula"


def _completed(words: tuple[str, ...], text: str) -> None:
    for line in text.splitlines():
        assert line.count("\t") <= 1 and line.strip(), repr(line)


def _one_line_each(words: tuple[str, ...], text: str) -> None:
    """A list shows as many lines as it has records, whatever stands in them: none is made up."""
    if words[0] == "list":
        records = sum(1 for _ in (root() / "ledger" / "inquiries").rglob("*.yaml"))
        assert text.count("\n") <= records + (2 if "table" in words else 0), text


JUDGES = {"csv": _separated, "tsv": _separated, "html": _html, "json": _json, "jsonl": _json, "markdown": _markdown, "eml": _mail,
          "TAB": _completed, "table": _one_line_each, "plain": _one_line_each}  # fmt: skip


def suffer(changes: dict[Place, Any], escaped: bool, outputs: Iterator | list = ()) -> int:
    """Those outputs (all, unless told) of a ledger with those values; how many there were."""
    spoil(root() / "ledger", changes, escaped)
    count = 0
    for words in outputs or OUTPUTS:
        count += 1
        result = output(words)
        try:
            judge(words, result)
        except AssertionError as error:
            raise AssertionError(f"{words}: {error}\n{changes}") from error
    return count
