"""What of the roster has a day is read by the functions that name one, however it is come by: watched while all outputs run."""

import sys

import pytest

from shouwen.core.office.chart import Department, Staff
from tests.core.office.test_chart import HOMES, ROOT

from .outputs import NOW, OUTPUTS
from .places import spoil

BY_DAY = "core/fact.py"  # whether something holds on a day
DATED = {
    Staff: {"department", "title", "rank", "posts", "away", "from_", "until"},
    Department: {"leader", "deputy", "in_charge", "formerly", "into", "from_", "until"},
}
# One of each kind of output; its format reads nothing more of the roster.
KINDS = {words[:2] if words[:1] in (("form",), ("overdue",), ("sanction",), ("bulletin",)) else words[:1]: words
         for words in OUTPUTS if words[:1] != ("TAB",) and not any("OUT" in one for one in words)}  # fmt: skip
ACTS = [
    ("handoff", "K7Q4", "--to", "规划科", "--mode", "书面转交", "--reason", "其职责"), ("note", "K7Q4", "--text", "x"),
    ("escalate", "K7Q4", "--text", "x"), ("extend", "K7Q4", "--by", "1", "--approved-by", "zhaojun", "--reason", "x"),
    ("intake", "--channel", "来电", "--category", "咨询", "--scope", "本部门", "--subject", "x", "--name", "y"),
    ("sanction", "report", "--staff", "wangfang", "--article", "四", "--summary", "x", "--occurred", "2026-11-05"),
    ("staff", "add", "neu", "--name", "新", "--department", "规划科"), ("log",), ("stats", "--staff", "lijie"),
]  # fmt: skip


@pytest.fixture
def read(monkeypatch):
    """Where, outside the modules that may, something dated of the roster is read."""
    found: set[str] = set()

    def watching(names: set[str]):
        def get(self, name: str):
            if name in names:
                frame = sys._getframe(1)
                path = frame.f_code.co_filename
                inner = path.removeprefix(f"{ROOT}/")
                if inner != path and inner not in (*HOMES, BY_DAY):
                    found.add(f"{inner}:{frame.f_lineno}: {name}")
            return object.__getattribute__(self, name)

        return get

    for kind, names in DATED.items():
        monkeypatch.setattr(kind, "__getattribute__", watching(names), raising=False)
    return found


@pytest.mark.parametrize(
    "words", [*KINDS.values(), *ACTS], ids=lambda w: "-".join(w[:3]).strip("-") or "today"
)
def test_nothing_dated_is_read_past_the_chart(tmp_path, run, read, words) -> None:
    """By attribute, by a loop over people, by a name passed on: the day of it is asked for each time."""
    root = tmp_path / "ledger"
    root.mkdir()
    spoil(root, {}, False)
    run("-L", root, "--as", "heping", *words, code=None, now=NOW)
    assert read == set()


def test_a_reading_would_be_found(read) -> None:
    """The watch itself: what the chart reads is not told of, and what is read here is not the program's."""
    someone = Staff(name="某", department="规划科")
    assert someone.department == "规划科" and someone.every_post()[0].department == "规划科" and read == set()
    line = compile("someone.rank, someone.name", f"{ROOT}/render/x.py", "eval")
    eval(line)
    assert read == {"render/x.py:1: rank"}
