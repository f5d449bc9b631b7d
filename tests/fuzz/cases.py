"""What the readers are fed, and what they owe."""

import os
import shutil
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from io import StringIO
from pathlib import Path
from unittest import mock

from hypothesis import strategies as st

from shouwen import cli
from shouwen.core.errors import BadData, NotFound, Refused
from shouwen.store import atomic_files, private_parts
from shouwen.store.holiday_cn import year_file
from shouwen.store.ledger import Ledger
from shouwen.store.settings import CalendarYear, converted
from tests.support.clock import NOW
from tests.support.roster import MATTERS, STAFF

ID, CASE = "20261123-K7Q4QX", "S20261123-9DTM2A"
INQUIRY = """\
id: "20261123-K7Q4QX"
received: "2026-11-23T09:00:00+08:00"
channel: "来电"
category: "咨询"
subject: "施工许可证办理材料"
inquirer: {"name": "张某", "phone": "0631-5550123"}
first_responder: "wangfang"
department: "审批科"
scope: "其他部门"
policy: "bumen"
events:
- {"id": "q7x2", "at": "2026-11-23T09:05:00+08:00", "by": "wangfang", "do": "转办", "to": {"department": "规划科", "staff": "lijie"}, "mode": "引领", "reason": "属规划科职责"}
- {"id": "m4ka", "at": "2026-11-23T09:06:00+08:00", "by": "lijie", "do": "签收"}
- {"id": "w9c1", "at": "2026-11-23T09:07:00+08:00", "by": "lijie", "do": "一次性告知", "material": ["执照"]}
"""
SANCTION = """\
id: "S20261123-9DTM2A"
reported: "2026-11-23T09:00:00+08:00"
by: "zhaojun"
staff: "wangfang"
article: "四"
violation: "推诿"
summary: "推"
occurred: "2026-11-20"
policy: "bumen"
events:
- {"id": "q7x2", "at": "2026-11-23T09:05:00+08:00", "by": "zhaojun", "do": "核实", "finding": "查实"}
"""
POLICY = """\
id: benju
name: 某局首问责任制
extends: bumen
limits:
  办结:
    - {scope: [本人], workdays: 2, article: 三}
"""
CALENDAR = "year: 2027\ncomplete: true\noff:\n  2027-01-01: 元旦\nwork:\n  - 2027-01-03\n"
HOLIDAYS = '{"year": 2027, "papers": ["https://example.org"], "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": true}]}'
PRIVATE = f'id: "{ID}"\nsubject: "某事"\ninquirer: {{"name": "李某"}}\n'

# Single pieces that have broken readers of YAML, JSON, dates and terminals before.
NASTY = (
    b"\xff\xfe", b"\xef\xbb\xbf", b"\x00", b"\r", b"\r\n", b"\t", b"\x1b[31m", b"\x1b]0;x\x07", "\u202e".encode(),
    "\u200b".encode(), "\u2028".encode(), b"\xc2\x85", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"&a ", b"*a", b"!!python/object:os.system ",
    b"<<: *a", b"? ", b"- ", b": ", b"--- ", b"\n---\n", b"...\n", b"%YAML 1.1\n", b"{", b"}", b"[", b"]", b'"', b"'", b"|\n", b">\n",
    b"[" * 200, b"{a: " * 60, b"- " * 100, b"0631", b"1_000", b"0x1F", b"1e999", b".nan", b"-.inf", b"9" * 40, b"-1", b"0", b"2.5",
    b"9999-12-31", b"0001-01-01", b"2026-02-30", b"2026-02-29", b"24:00", b"12:60", b"2026-11-23T09:00:00", b"2026-11-23T09:00:00+23:59",
    b"9999-12-31T23:59:59+00:00", b"0001-01-01T00:00:00+14:00", b"2199-12-31T23:59:59+08:00", b"null", b"~", b"true", b"NO", b"=1+1",
    b"../../etc/passwd", b"CON", b"\\ud800", b"\\u0000", b"\\x1b", b"<<<<<<< HEAD\n", b"=======\n", b">>>>>>> b\n", b"# ", b"events:\n",
    b"extends: benju\n", b"extends: 5\n", b"extends: [bumen]\n", b"extends: {a: b}\n", b"limits: 5\n", b"id: 5\n", b"overrides: []\n",
    b"policy: [5]\n", b"policy: []\n", b"hours: {}\n", b"timezone: ../../etc\n", b"timezone: Mars/X\n", "工作日: []".encode(),
    b'["09:00-08:00"]', b'["00:00-24:00"]', b"leaders: {x: y}\n", b"year: 99999999999\n", b"year: 0\n", b"archive_after: -99999999999\n",
)  # fmt: skip
MONSTERS = {
    "brackets": b"[" * 100_000, "braces": b"{a: " * 100_000, "json brackets": b'{"year": ' + b"[" * 100_000,
    "deep in a record": INQUIRY.encode() + b'- {"id": ' + b"[" * 100_000 + b"\n", "dashes": b"- " * 100_000,
    "indented": b"".join(b" " * n + b"a:\n" for n in range(1000)),
    "aliases": b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
        b"%c: &%c [%s]\n" % (n, n, b",".join([b"*%c" % (n - 1)] * 9)) for n in range(98, 107)),
    "one long line": INQUIRY.encode() + b"# " + b"x" * 100_000_000, "one long word": b'a: "' + b"x" * 1_000_000 + b'"\n',
    "colons": b":" * 500_000, "quotes": b'"' * 500_000, "spaces": b" " * 1_000_000, "newlines": b"\n" * 1_000_000,
    "commas": b"a: [" + b"," * 500_000 + b"]\n", "keys": b"".join(b"k%d: 1\n" % n for n in range(60_000)),
    "one key often": b"a: 1\n" * 100_000, "digits": b"year: " + b"9" * 500_000 + b"\n", "nul": b"\0" * 1_000_000,
    "comments": b"#" * 900_000 + b"\n" + INQUIRY.encode(), "backslashes": b'a: "' + b"\\" * 500_000 + b'"\n',
    "block text": b"a: |\n" + b"  x\n" * 200_000, "questions": b"? " * 100_000, "tags": b"!" * 100_000, "anchors": b"&a " * 100_000,
    "events": INQUIRY.encode() + b'- {"id": "aaaa", "at": "2026-11-23T09:05:00+08:00", "by": "x", "do": "\xe8\xae\xb0\xe4\xba\x8b", "text": "x"}\n' * 8000,
}  # fmt: skip


def read_policy(ledger: Ledger) -> object:
    """The office's own regulation, and what check says of it."""
    from shouwen.core.integrity.regulations import check_policy

    return list(check_policy(ledger.policy("benju")))


def read_holidays(ledger: Ledger) -> object:
    """A published year; what would be written must itself be readable."""
    raw = atomic_files.read(f"{ledger.root}/2027.json", "2027.json")  # as calendar import does
    year, data, _ = year_file(raw, "2027.json")
    assert converted(data, "calendar", CalendarYear).year == year
    return year


# name: (where it lies, a good one, what reads it)
READERS = {
    "inquiry": (f"inquiries/2026/11/{ID}.yaml", INQUIRY, lambda o: o.read(o.path(ID))),
    "case": (f"sanctions/2026/{CASE}.yaml", SANCTION, lambda o: o.read(o.path(CASE))),
    "settings": ("ledger.yaml", None, lambda o: (o.config, o.zone, o.calendar)),
    "staff": ("staff.yaml", STAFF, lambda o: o.office),
    "matters": ("matters.yaml", MATTERS, lambda o: o.office),
    "regulation": ("policies/benju.yaml", POLICY, read_policy),
    "calendar": ("calendar/2027.yaml", CALENDAR, lambda o: o.calendar),
    "holidays": ("2027.json", HOLIDAYS, read_holidays),
    "private": (f"private/{ID}.yaml", PRIVATE, lambda o: private_parts.read(o.root, ID)),
}  # fmt: skip


def command(root: Path | str, *words: str) -> tuple[int, str]:
    """(exit code, everything printed) of a command line in this process."""
    out = StringIO()
    fixed = mock.patch.dict(os.environ, {"SHOUWEN_NOW": NOW})
    with fixed, redirect_stdout(out), redirect_stderr(out):
        try:
            code = cli.run(["-L", str(root), "--as", "wangfang", *words])
        except SystemExit as stop:
            code = stop.code
    return code, out.getvalue()


@cache
def base() -> Path:
    """A ledger in which every reader has a good file."""
    root = Path(tempfile.mkdtemp(prefix="fuzz-")) / "ledger"
    command(root, "init", str(root), "--policy", "bumen", "--name", "某局")
    for path, good, _ in READERS.values():
        if good:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(good, "utf-8")
    import atexit

    atexit.register(shutil.rmtree, root.parent, ignore_errors=True)
    return root


def good(name: str) -> bytes:
    """A good file for a reader."""
    path, text, _ = READERS[name]
    return text.encode() if text else (base() / path).read_bytes()


@st.composite
def spoilt(draw: st.DrawFn, name: str) -> bytes:
    """A good file with a few pieces cut, doubled, moved or put in; or anything at all."""
    if draw(st.integers(0, 19)) == 0:
        return draw(st.binary(max_size=200))
    raw = good(name)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(raw)))
        to = min(len(raw), at + draw(st.integers(0, 40)))
        what = draw(st.integers(0, 5))
        piece = draw(st.sampled_from(NASTY)) if what < 3 else draw(st.binary(max_size=6))
        if what == 0:  # a whole value or line becomes something else
            ends = [n for n in (raw.find(c, at) for c in (b"\n", b",", b"}")) if n >= 0]
            start = max(raw.rfind(c, 0, at) for c in (b": ", b"\n", b"- ")) + 1
            raw = raw[:start] + b" " + piece + raw[min(ends, default=len(raw)) :]
        elif what in (1, 3):
            raw = raw[:at] + piece + raw[at:]
        elif what == 2:
            raw = raw[:at] + piece + raw[to:]
        elif what == 4:
            raw = raw[:at] + raw[to:]
        else:
            raw = raw[:to] + raw[at:]
    return raw


def feed(name: str, raw: bytes) -> object:
    """Put the bytes in their place and read them; AssertionError if not as promised."""
    path, _, read = READERS[name]
    full = base() / path
    kept = full.read_bytes()
    try:
        full.write_bytes(raw)
        return read(Ledger(str(base())))
    except BadData as error:
        for problem in error.problems:
            assert problem.path and problem.line >= 0 and problem.text, problem
        return None
    except (NotFound, Refused) as error:  # a regulation that extends one which is not there
        assert str(error)
        return None
    finally:
        full.write_bytes(kept)


COMMANDS = (
    ("check",), ("list", "--status", "all"), ("overdue",), ("show", ID), ("evaluate", "2026"), ("search", "某"),
    ("sanction", "list"), ("sanction", "show", CASE), ("route", "施工许可"), ("policy", "show", "bumen"),
    ("policy", "check", "benju"), ("calendar", "show"), ("form", "台账"), ("form", "回执", ID), ("fmt", "--check"),
    ("archive", "--dry-run"), ("purge", "--days", "1", "--dry-run"), ("heal", "--dry-run"), (),
    ("calendar", "import", "2027.json"), ("list", "--format", "json"), ("overdue", "--format", "eml"),
)  # fmt: skip
WRITING = (
    ("note", ID, "--text", "x"), ("close", ID, "--outcome", "已答复", "--result", "x"),
    ("intake", "--channel", "来电", "--category", "咨询", "--subject", "x", "--scope", "本人"), ("fmt",), ("check", "--fix"),
    ("sanction", "decide", CASE, "--authority", "局党组"),
)  # fmt: skip
RAW = {*map(chr, range(32)), *map(chr, range(127, 160)), "\u202e", "\u2066"} - {"\n", "\t"}


def suffer(name: str, raw: bytes, words: tuple[str, ...]) -> None:
    """A command on a ledger with that file; AssertionError if it ends in no documented way."""
    path = READERS[name][0]
    root = base().parent / "copy"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(base(), root)
    (root / path).write_bytes(raw)
    words = tuple(str(root / w) if w.endswith(".json") and w != "json" else w for w in words)
    code, said = command(root, *words)
    assert code in (0, 1, 2, 3, 4, 5, 6), f"{words}: exit {code}\n{said}"
    assert "Traceback" not in said, said
    assert not RAW & set(said), f"{words}: {sorted(RAW & set(said))}"
