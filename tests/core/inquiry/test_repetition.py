"""Every command that writes, given twice: the second time changes nothing, and says so."""

import pytest

from shouwen.core.inquiry.events import Extend
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.inquiry.repetition import unchanged
from tests.faults.stories import STORIES, Story, build
from tests.faults.trial import state
from tests.support.records import at, event
from tests.support.records import inquiry as inquiry_of

# Makes a record of its own each time; that the same person has asked already is told at intake.
NEW = {name for name, story in STORIES.items() if not story.ends}
WHOLE = {
    "staff import",
    "fmt",
    "check fix",
    "heal",
    "archive",
    "purge",
    "import",
    "sync",
    "git setup",
}  # exit 0, nothing to do
# What is set so already stays set; what happened once more is one more fact.
SETS = {
    "join", "correct", "appoint", "extend", "instruct", "withdraw", "sanction file", "sanction revoke",
    "calendar change", "staff add", "staff move", "staff leave", "department add", "department rename", "department merge",
}  # fmt: skip
HAPPENED = {"note", "progress", "urge", "escalate", "notify", "callback", "supervise", "form issue",
            "sanction serve", "sanction publish"}  # fmt: skip


@pytest.mark.parametrize("name", [*STORIES])
def test_twice_in_a_row(name, run, tmp_path):
    """Entered twice within a minute: refused, or nothing left to do; the files are as after the first."""
    story: Story = STORIES[name]
    words = build(story, tmp_path / "l")
    run(*words)
    first = state(tmp_path / "l")
    again = run(*words, code=None)
    if name in NEW:
        assert again.code == 0 and state(tmp_path / "l") != first
        return
    expected = (0,) if name in WHOLE else (6,) if 6 in story.again else (3,)
    assert again.code in expected, (again.code, again.err)
    assert state(tmp_path / "l") == first


@pytest.mark.parametrize("name", sorted(SETS | HAPPENED))
def test_once_more_on_a_later_day(name, run, tmp_path):
    """Two days on: what is set stays as it is and is refused; what happens again is recorded again."""
    words = build(STORIES[name], tmp_path / "l")
    run(*words)
    first = state(tmp_path / "l")
    run(*words, now="2026-11-25T10:00", code=3 if name in SETS else 0)
    assert (state(tmp_path / "l") == first) is (name in SETS)


def test_a_slip_without_its_id_is_taken_back_once(sw, inquiry):
    """Given twice, withdraw would take back the act before it too."""
    name = inquiry()
    for text in ("甲", "乙"):
        sw("wangfang", "note", name, "--text", text)
    sw("wangfang", "withdraw", name, "--reason", "记错")
    assert "写明它的编号" in sw("wangfang", "withdraw", name, "--reason", "记错", code=3).err


def test_the_same_words_of_another_or_of_another_minute(sw, inquiry):
    """Two people may say the same, and one may say it again later."""
    name = inquiry()
    sw("wangfang", "note", name, "--text", "甲")
    sw("zhaojun", "note", name, "--text", "甲")
    sw("wangfang", "note", name, "--text", "甲")  # the other's came in between
    assert "一字不差" in sw("wangfang", "note", name, "--text", "甲", code=3).err
    sw("wangfang", "note", name, "--text", "甲", now="2026-11-23T09:16")


def test_a_promise_made_already(sw, inquiry):
    """The same time promised again is no new promise; another time is."""
    name = inquiry()
    promise = ("progress", name, "--text", "已说明", "--promise")
    sw("wangfang", *promise, "2026-11-24 17:00")
    assert "已经承诺" in sw("wangfang", *promise, "2026-11-24 17:00", now="2026-11-23T10:00", code=3).err
    sw("wangfang", *promise, "2026-11-24 16:00", now="2026-11-23T10:00")


ADDED = {
    "承诺批准": (("progress", "--text", "已说明", "--promise", "2026-11-24 17:00"), ("--approved-by", "zhaojun")),
    "更正批准": (("correct", "--field", "subject", "--value", "改过的", "--reason", "笔误"), ("--approved-by", "zhaojun")),
    "督办改期": (("supervise", "--number", "督1号", "--text", "抓紧"), ("--due", "2026-11-27")),
}  # fmt: skip


@pytest.mark.parametrize("name", [*ADDED])
def test_what_is_said_beside_what_is_set(name, sw, inquiry):
    """The same set again with something new beside it is recorded; once more just so, it is refused."""
    (verb, *said), more = ADDED[name]
    who = "zhaojun" if verb == "supervise" else "wangfang"
    key = inquiry()
    sw(who, verb, key, *said, now="2026-11-23T10:00")
    sw(who, verb, key, *said, now="2026-11-23T10:10", code=3)
    sw(who, verb, key, *said, *more, now="2026-11-23T10:20")
    assert "没有再记" in sw(who, verb, key, *said, *more, now="2026-11-23T10:30", code=3).err


def test_an_extension_that_tells_when_it_was_told():
    """Whether it is one too many the regulation says; it is not the same again."""
    first = event(
        Extend, "2026-11-23 10:00", approved_by="zhaojun", reason="等批复", until=at("2026-12-02 17:30")
    )
    state_ = replay(inquiry_of(first))
    again = {"approved_by": "zhaojun", "reason": "等批复", "until": at("2026-12-02 17:30")}
    assert unchanged(state_, event(Extend, "2026-11-23 11:00", **again))
    assert not unchanged(state_, event(Extend, "2026-11-23 11:00", **again, told=first.at))
