"""Times as people say them, at the command line: understood, said back, or refused with the reason."""

import pytest

SAID = [
    ("note", ("--text", "x", "--at"), "上周五下午3点", "2026-11-20T15:00:00+08:00", "时间：2026-11-20 15:00（上周五下午3点）"),
    ("note", ("--text", "x", "--at"), "半小时前", "2026-11-23T08:45:00+08:00", "时间：2026-11-23 08:45（半小时前）"),
    ("note", ("--text", "x", "--at"), "11月20日上午", "2026-11-20T09:00:00+08:00", "时间：2026-11-20 09:00（11月20日上午）"),
    ("note", ("--text", "x", "--at"), "上周五", "2026-11-20T17:30:00+08:00", "时间：2026-11-20 17:30（上周五，没有说几点，按下班时间）"),
    ("note", ("--text", "x", "--at"), "2026-11-20 15:00", "2026-11-20T15:00:00+08:00", ""),
    ("appoint", ("--when",), "周五下午3点", "2026-11-27T15:00:00+08:00", "时间：2026-11-27 15:00（周五下午3点）"),
    ("correct", ("--field", "received", "--reason", "y", "--approved-by", "zhaojun", "--value"), "上周四上午九点", "2026-11-19T09:00:00+08:00",
     "时间：2026-11-19 09:00（上周四上午九点）"),
    ("correct", ("--field", "received", "--reason", "y", "--approved-by", "zhaojun", "--value"), "上周四", "2026-11-19T08:30:00+08:00",
     "时间：2026-11-19 08:30（上周四，没有说几点，按上班时间）"),
]  # fmt: skip


@pytest.mark.parametrize("command, words, text, kept, said", SAID)
def test_what_is_understood_is_said_back_and_stands_in_the_record(
    command, words, text, kept, said, sw, inquiry, ledger
):
    """The moment stands in the file as the words mean it; who typed digits alone is told nothing."""
    name = inquiry(received="2026-11-16 09:00")
    told = sw("wangfang", command, name, *words, text)
    (path,) = ledger.glob(f"inquiries/*/*/{name}.yaml")
    assert kept in path.read_text("utf-8").splitlines()[-1]
    lines = [line for line in told.err.splitlines() if line.startswith("时间：")]
    assert lines == ([said] if said else [])


@pytest.mark.parametrize(
    "text, said",
    [
        ("12-30 09:00", "--at “12-30 09:00”晚于现在（2026-11-23 09:15）；去年的要写年份"),
        ("下周五9点", "--at “下周五9点”晚于现在（2026-11-23 09:15）"),
        ("今天", "--at “今天”只有日期，没有钟点；"),
        ("3点", "--at “3点”分不清是凌晨还是下午，写成 下午3点 或 15:00；"),
        ("上午15点", "--at “上午15点”自相矛盾：上午没有 15 点；"),
        ("11-20 周四 9:00", "--at “11-20 周四 9:00”自相矛盾：2026-11-20 是周五，不是周四；"),
    ],
)
def test_what_cannot_be_meant_is_refused(text, said, sw, inquiry, ledger):
    """Ahead, contradictory, of two meanings: exit 2, the record keeps every byte."""
    name = inquiry(received="2026-11-16 09:00")
    (path,) = ledger.glob(f"inquiries/*/*/{name}.yaml")
    before = path.read_bytes()
    refused = sw("wangfang", "note", name, "--text", "x", "--at", text, code=2)
    assert refused.err.startswith(f"shouwen: {said}")
    assert path.read_bytes() == before


def test_a_day_is_said_back_too(sw):
    """Days of accountability are words as well."""
    told = sw("zhaojun", "sanction", "report", "--staff", "wangfang", "--article", "四", "--summary", "推",
              "--occurred", "上周五")  # fmt: skip
    assert told.err.splitlines()[0] == "日期：2026-11-20（上周五）"


def test_at_a_terminal_it_is_said_back_once(ledger, inquiry):
    """A value given on the line is looked at before it is taken; the clerk hears of it one time."""
    from tests.support.desk_at_terminal import Desk

    name = inquiry(received="2026-11-20 15:00")
    desk = Desk(ledger, "correct", name, "--field", "受理时间", "--value", "上周五上午", "--reason", "记错",
                "--approved-by", "zhaojun")  # fmt: skip
    desk.child.expect(desk.over)
    assert desk.seen.count("时间：2026-11-20 09:00（上周五上午）") == 1
    (path,) = ledger.glob(f"inquiries/*/*/{name}.yaml")
    assert "2026-11-20T09:00:00+08:00" in path.read_text("utf-8").splitlines()[-1]
