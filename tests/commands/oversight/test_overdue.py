"""``overdue`` on the command line: when there is nothing to say, and when there only seems to be."""

import json
from pathlib import Path

import pytest

from tests.support.records import CASE

LATE = "2026-12-10T09:00"
QUIET = ("overdue", "--quiet-if-empty")


@pytest.fixture
def settled(sw, inquiry) -> str:
    """The id of an inquiry that was answered in time: nothing is late in this ledger."""
    name = inquiry(scope="本人")
    sw("wangfang", "close", name, "--outcome", "已答复", "--result", "已告知")
    return name


def test_silence_when_nothing_is_late(sw, settled: str) -> None:
    """A mail job that finds nothing sends nothing."""
    assert sw("heping", *QUIET, now=LATE).out == ""


def test_what_cannot_be_read_is_not_nothing(sw, settled: str, ledger: Path) -> None:
    """The night's job would be silent for ever about the one file that hides what is late."""
    path = next(ledger.rglob(f"{settled}.yaml"))
    path.write_text(path.read_text("utf-8").replace("channel:", "chanel:"), "utf-8")
    told = sw("heping", *QUIET, now=LATE, code=5)
    assert "读不出" in told.out + told.err and path.name in told.out + told.err


def test_a_confidential_matter_is_not_nothing(sw, settled: str, inquiry) -> None:
    """举报 are told of as a number; a number alone is something to tell."""
    inquiry(category="举报", scope="本人", subject="反映一件事")
    told = sw("heping", *QUIET, now=LATE).out
    assert "涉密件（举报等）超期 1 项" in told and "反映一件事" not in told


def test_a_dispute_is_not_nothing(sw, settled: str, inquiry, ledger: Path) -> None:
    """Two handoffs from two clones: which of them holds is somebody's business before anything is late."""
    name = inquiry()
    path = next(ledger.rglob(f"{name}.yaml"))
    line = (
        '- {{"id": "{id}", "at": "2026-11-23T09:2{n}:00+08:00", "by": "wangfang", "do": "转办", '
        '"to": {{"department": "{to}"}}, "mode": "引领"}}\n'
    )
    text = path.read_text("utf-8").replace("events: []\n", "events:\n")
    path.write_text(
        text + line.format(id="b001", n=0, to="规划科") + line.format(id="b002", n=1, to="办公室"), "utf-8"
    )
    told = sw("heping", *QUIET, now="2026-11-23T10:00").out
    assert "转办未生效" in told and name in told


def test_what_a_decision_asks_for_and_did_not_get_is_reported(sw, settled: str) -> None:
    """Nothing is late but what a decided case was to bring: the report, and its data, say which case."""
    case = sw("heping", *CASE).id
    sw("heping", "sanction", "verify", case, "--finding", "查实")
    decide = ("sanction", "decide", case, "--authority", "团党委", "--complete-by", "2026-12-01")
    sw("heping", *decide)
    assert sw("heping", *QUIET, now="2026-12-01T17:00").out == ""
    told = sw("heping", *QUIET, now=LATE)
    assert "问责后续过期未做 1 项" in told.out and case in told.out
    data = json.loads(sw("heping", "overdue", "--format", "json", now=LATE).out)
    assert [f["sanction"] for f in data["follow_ups"]] == [case]


@pytest.mark.parametrize(("category", "code"), [("举报", 1), ("咨询", 1), ("", 0)])
def test_the_exit_code_is_asked_for_and_counts_what_is_hidden(sw, settled, inquiry, category, code) -> None:
    """A job that watches the code hears of a confidential matter too; without the option the code is 0."""
    if category:
        inquiry(category=category, scope="本人")
    assert sw("heping", "overdue", now=LATE).code == 0
    sw("heping", "overdue", "--exit-code", now=LATE, code=code)
