"""What the ledger says of itself is heard: the version of its format, and the day from which things are put away."""

import pytest


@pytest.mark.parametrize("number", [0, 2, 77])
def test_another_format_is_refused_with_its_line(number, ledger, sw):
    """A later program may mean something else by the same words: nothing is read or written as if it were ours."""
    path = ledger / "ledger.yaml"
    path.write_text(f"# 台账\nformat: {number}\n" + path.read_text("utf-8"), "utf-8")
    for words in (("list",), ("check",), ("overdue",)):
        done = sw("heping", *words, code=5)
        assert f"ledger.yaml:2: format 是 {number}，这个程序只认 1" in done.err


def test_the_format_of_today_may_be_written_down(ledger, sw):
    """1 is what is meant where nothing is said."""
    path = ledger / "ledger.yaml"
    path.write_text("format: 1\n" + path.read_text("utf-8"), "utf-8")
    assert sw("heping", "check").out == ""


@pytest.mark.parametrize("after", ["note", "callback"])
def test_archiving_counts_from_the_close(after, sw, inquiry):
    """A remark or a call-back later on does not start the 90 days anew."""
    name = inquiry(scope="本人")
    sw("wangfang", "close", name, "--outcome", "已答复", "--result", "已告知", now="2026-11-23T10:00")
    words = ("--text", "补记") if after == "note" else ("--rating", "满意", "--resolved")
    sw("wangfang", after, name, *words, now="2027-02-10T10:00")
    assert sw("wangfang", "archive", now="2027-02-20T09:00").out == ""
    assert name in sw("wangfang", "archive", now="2027-02-22T09:00").out
