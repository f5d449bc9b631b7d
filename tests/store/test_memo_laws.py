"""With the memo and without it the output is the same, whatever the ledger and whatever happens to it.

Random ledgers, edits by hand and by act, clocks that go on and back, calendars, settings, versions of the
program, and memos torn, swapped, forged and left by others.
"""

import io
import os
import shutil
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, example, given, settings
from hypothesis import strategies as st
from msgspec import msgpack

from shouwen import cli
from shouwen.core.inquiry.header import Inquiry
from shouwen.store import memo, memo_files
from shouwen.store.record import encode, event_line
from tests.core.deadlines.test_laws import ACTS
from tests.support.clock import at
from tests.support.records import inquiry as an_inquiry

COMMANDS = (
    ("overdue", "--format", "jsonl"), ("overdue", "--soon", "3"), ("list", "--format", "json"), (),
    ("bulletin", "--format", "json"), ("bulletin", "--from", "2026-10-15", "--format", "csv"), ("stats",),
    ("evaluate", "2026", "--format", "json"), ("search", "施工", "--format", "json"),
)  # fmt: skip
LETTERS = "ABCDEFGH"
FIRST = at("2026-10-01 09:00")
MOMENTS = st.integers(0, 90 * 48).map(lambda n: FIRST + timedelta(minutes=30 * n))


# What one person does of whom nothing is complained: most lots are sound, as they are in an office.
LAWFUL = (("反馈",), ("告知", "补正"), ("中止", "恢复"), ("记事",), ("督办", "反馈"), ("预约",))
SECRET = ({"category": "举报"}, {"confidential": True}, {"about": ("lijie",)})


def told(letter: str, start: int, acts: list[str], gaps: list[int], **more) -> Inquiry:
    """An inquiry taken in so many half hours after the first day, its acts so many half hours apart."""
    received = moment = FIRST + timedelta(minutes=30 * start)
    events = []
    for act, gap in zip(acts, gaps, strict=True):
        moment += timedelta(minutes=30 * gap)
        events.append(ACTS[act](moment))
    return an_inquiry(*events, id=f"{received:%Y%m%d}-{letter * 6}", received=received, **more)


@st.composite
def inquiries(draw) -> list[Inquiry]:
    """A few inquiries of two months, most of them sound and settled, some secret or about somebody."""
    found = []
    for letter in LETTERS[: draw(st.integers(1, 5))]:
        if draw(st.integers(0, 3)):
            acts = [act for some in draw(st.lists(st.sampled_from(LAWFUL), max_size=2)) for act in some]
            acts += draw(st.sampled_from([[], ["办结"], ["办结"], ["办结", "回访"]]))
        else:
            acts = draw(st.lists(st.sampled_from(sorted(ACTS)), max_size=4))
        gaps = draw(st.lists(st.integers(1, 200), min_size=len(acts), max_size=len(acts)))
        more = draw(st.sampled_from([{}] * 9 + [*SECRET]))
        found.append(told(letter, draw(st.integers(0, 50 * 48)), acts, gaps, **more))
    return found


STEPS = st.one_of(
    st.tuples(st.just("clock"), MOMENTS),
    st.tuples(
        st.just("edit"),
        st.sampled_from(("act", "word", "word, as long and as old", "gone", "broken", "archived", "another")),
    ),
    st.tuples(st.just("settings"), st.sampled_from(("staff", "hours", "limits", "calendar", "matters"))),
    st.tuples(st.just("program"), st.sampled_from(("another", "mine"))),
    st.tuples(
        st.just("harm"), st.sampled_from(("torn", "swapped", "flipped", "made up", "other key", "older"))
    ),
)


class Office:
    """A ledger, a present, and the memos beside it."""

    def __init__(self, root: Path, memos: Path, patch: pytest.MonkeyPatch):
        self.root, self.memos, self.patch = root, memos, patch
        self.now: datetime = at("2026-11-23 09:15")
        self.count = 0
        self.older: dict[Path, bytes] = {}

    def write(self, record: Inquiry) -> None:
        """Lay an inquiry where it belongs."""
        path = self.root / f"inquiries/{record.id[:4]}/{record.id[4:6]}/{record.id}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(encode(record))

    def records(self) -> list[Path]:
        """All records there are, by name."""
        return sorted(self.root.glob("inquiries/*/*/*.yaml"))

    def clock(self, moment: datetime) -> None:
        """Another present, later or earlier."""
        self.now = moment

    def edit(self, how: str) -> None:
        """The first record changed, by an act, by hand, or out of its place."""
        self.count += 1
        for path in self.records()[:1]:
            raw = path.read_bytes()
            if how == "act":
                act = ACTS["办结"](self.now - timedelta(minutes=1))
                path.write_bytes(raw + f"{event_line(act)}\n".encode())
            elif how == "word":
                path.write_bytes(raw.replace("施工".encode(), "消防".encode(), 1))
            elif how == "word, as long and as old":
                info = path.stat()
                path.write_bytes(raw.replace("咨询".encode(), "求助".encode(), 1))
                os.utime(path, ns=(info.st_atime_ns, info.st_mtime_ns))
            elif how == "gone":
                path.unlink()
            elif how == "broken":
                path.write_bytes(raw[: len(raw) // 2])
            elif how == "archived":
                there = self.root / "archive" / path.relative_to(self.root / "inquiries")
                there.parent.mkdir(parents=True, exist_ok=True)
                path.rename(there)
            else:
                name = f"{path.name[:8]}-{'XYZ'[self.count % 3] * 6}"
                (path.parent / f"{name}.yaml").write_bytes(raw.replace(path.stem.encode(), name.encode()))

    def settings(self, what: str) -> None:
        """Something that people write, written anew."""
        self.count += 1
        if what == "calendar":
            (self.root / "calendar").mkdir(exist_ok=True)
            (self.root / "calendar/2026.yaml").write_text(
                f"year: 2026\noff: [2026-11-{9 + self.count:02}]\nwork: []\nsource: 通知\n", "utf-8"
            )
            return
        name = {"staff": "staff.yaml", "matters": "matters.yaml"}.get(what, "ledger.yaml")
        path = self.root / name
        text = path.read_text("utf-8")
        if what == "staff":
            text = text.replace("王芳", "王小芳") if "王小芳" not in text else text.replace("王小芳", "王芳")
        elif what == "matters":
            text += f"另一事项{self.count}: {{department: 规划科, workdays: 2}}\n"
        elif what == "hours":
            text = text.replace("17:30", "16:30") if "17:30" in text else text.replace("16:30", "17:30")
        elif "overrides" not in text:
            text += "overrides: {limits: {办结: [{workdays: 1, article: 本单位}]}}\n"
        path.write_text(text, "utf-8")

    def program(self, which: str) -> None:
        """What another program, which tells nonsense, left behind is none of mine."""
        keep = memo.Memo.keep
        if which == "another":
            with self.patch.context() as patch:
                patch.setattr(memo, "program_version", lambda: b"another")
                patch.setattr(
                    memo.Memo,
                    "keep",
                    lambda self, path, raw, value, until: keep(self, path, raw, msgpack.encode([1]), until),
                )
                self.edit("another")
                for command in COMMANDS:
                    self.run(*command)

    def harm(self, how: str) -> None:
        """The files of the memo made unfit."""
        files = sorted(self.memos.glob("*.memo"))
        bodies = [path.read_bytes() for path in files]
        if how == "torn":
            bodies = [body[: len(body) * 2 // 3] for body in bodies]
        elif how == "swapped":
            bodies = bodies[1:] + bodies[:1]
        elif how == "flipped":
            bodies = [body[:-1] + bytes([body[-1] ^ 1]) for body in bodies]
        elif how == "made up":  # by somebody who knows all but the key
            other = memo_files.Shelf(str(self.memos), b"k" * 32)
            for path in files:
                other.store(str(path), b"", msgpack.encode({b"m" * 16: [0, 2**62, b"x"]}))
            return
        elif how == "older":
            bodies = [self.older.get(path, body) for path, body in zip(files, bodies, strict=True)]
            self.older = {path: path.read_bytes() for path in files}
        elif self.memos.exists():
            (self.memos / "key").write_bytes(b"x" * 32)
            (self.memos / "key").chmod(0o600)
        for path, body in zip(files, bodies, strict=True):
            path.write_bytes(body)

    def run(self, *words: str) -> tuple[int, str, str]:
        """What a command says, by its exit code and on both streams."""
        out, err = io.StringIO(), io.StringIO()
        with self.patch.context() as patch:
            patch.setenv("SHOUWEN_NOW", self.now.isoformat())
            for name, stream in (("stdout", out), ("stderr", err), ("stdin", io.StringIO())):
                patch.setattr(sys, name, stream)
            try:
                code = cli.run(["-L", str(self.root), "--as", "wangfang", *words])
            except SystemExit as stop:
                code = int(stop.code or 0)
        return code, out.getvalue(), err.getvalue()

    def same(self, what: object) -> None:
        """Every command says the same without the memo, with it, and with what it then left."""
        for command in COMMANDS:
            with self.patch.context() as patch:
                patch.setenv("SHOUWEN_MEMO", "off")
                without = self.run(*command)
            assert without[0] != 70, without
            for _ in range(2):
                assert self.run(*command) == without, (what, command)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@example([told("A", 20, ["办结"], [600])], [("settings", "limits"), ("edit", "word, as long and as old")])
@example([told("B", 900, ["办结"], [8])], [("edit", "act"), ("program", "another"), ("harm", "older")])
@example(
    [told("A", 20, ["办结"], [900])], [("clock", at("2026-10-10 09:00")), ("clock", at("2026-12-10 09:00"))]
)
@example(
    [told("A", 2480, ["反馈"], [2])],
    [("settings", "staff"), ("clock", at("2026-12-30 09:00")), ("harm", "flipped")],
)
@example([told("A", 20, ["并案"], [1]), told("B", 900, ["办结"], [8])], [("clock", at("2026-12-10 09:00"))])
@given(inquiries(), st.lists(STEPS, min_size=1, max_size=3))
def test_with_the_memo_nothing_is_said_otherwise(ledger, tmp_path, monkeypatch, records, steps):
    """After every step each report is the same, byte for byte."""
    root, cache = tmp_path / "it", tmp_path / "memos"
    for place in (root, cache):
        shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(ledger, root)
    with monkeypatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(cache))
        office = Office(root, cache / "shouwen", patch)
        for record in records:
            office.write(record)
        office.same("as written")
        for kind, what in steps:
            event(f"{kind}: {what if isinstance(what, str) else ''}")
            getattr(office, kind)(what)
            office.same((kind, what))
