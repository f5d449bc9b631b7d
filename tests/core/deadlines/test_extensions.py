"""An extension is judged once: what was lawful when it was granted stays so, and locks nobody out."""

from datetime import timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from shouwen.core.inquiry.events import Event, Extend, Notify, Reopen, Resume, Supplement, Suspend
from tests.support.clock import at
from tests.support.records import clock, close, event, handoff, inquiry, with_limits

GRANT = {"approved_by": "zhaojun", "reason": "勘查", "id": "x"}
RULES = with_limits(办结={"workdays": 5})
LATER = {
    "告知": lambda t: [event(Notify, t, material=("x",))],
    "告知补正": lambda t: [event(Notify, t, material=("x",)), event(Supplement, t + timedelta(days=9))],
    "中止恢复": lambda t: [
        event(Suspend, t, reason="特别程序"),
        event(Resume, t + timedelta(days=30)),
    ],
    "转办": lambda t: [handoff(t)],
    "办结重办": lambda t: [close(t), event(Reopen, t + timedelta(days=20), reason="x")],
}


def extended(*events: Event, now: str = "2027-03-01 09:00"):
    """The 办结 clock of an inquiry taken in on Monday the 23rd at nine, due on the 30th."""
    return clock(inquiry(*events), "办结", now, RULES)


@pytest.mark.parametrize("what", LATER)
@pytest.mark.parametrize("length", [{"workdays": 2}, {"until": at("2026-12-02 12:00")}], ids=str)
@pytest.mark.parametrize("minutes", [0, 1, 60 * 24 * 3, 60 * 24 * 6])
def test_what_comes_later_never_makes_it_unlawful(what, length, minutes):
    """Papers asked for, a pause, a handoff, a result: the extension stands as it was granted."""
    granted = event(Extend, "25 10:00", **GRANT, **length)
    found = extended(granted, *LATER[what](granted.at + timedelta(minutes=minutes, microseconds=1)))
    assert found.refused == ()
    assert found.course.extensions == [granted]


@given(
    st.lists(st.tuples(st.integers(0, 20_000), st.integers(1, 20_000)), max_size=3),
    st.integers(1, 30_000),
    st.one_of(st.integers(0, 6), st.integers(1, 30).map(lambda days: at("23 17:30") + timedelta(days=days))),
)
def test_the_judgement_of_its_day_is_the_judgement_of_every_day(pauses, minute, length):
    """Whatever pauses follow, an extension counts exactly if it counted when it was given."""
    start, events, end = at("23 09:00"), [], 0
    for gap, lasts in pauses:
        since, end = end + gap, end + gap + lasts
        events += [
            event(Suspend, start + timedelta(minutes=since), reason="特别程序"),
            event(Resume, start + timedelta(minutes=end), text=""),
        ]
    moment = start + timedelta(minutes=minute, seconds=30)
    words = {"workdays": length} if isinstance(length, int) else {"until": length}
    granted = event(Extend, moment, **GRANT, **words)
    assume(words.get("workdays") != 0)
    then = [e for e in events if e.at < moment]
    assert extended(*then, granted).refused == extended(*events, granted).refused


WAYS_OUT = {
    "告知": ("notify", "--material", "规划许可证"),
    "反馈": ("progress", "--text", "正在办"),
    "批示": ("instruct", "--text", "尽快"),
    "办结": ("close", "--outcome", "已答复", "--result", "已告知"),
    "催办": ("urge", "--text", "x"),
    "转办": ("handoff", "--to", "审批科/zhaojun", "--mode", "引领"),
    "更正": ("correct", "--field", "subject", "--value", "y", "--reason", "听错"),
}


@pytest.mark.parametrize("way", WAYS_OUT)
@pytest.mark.parametrize("paused", [False, True])
def test_an_extension_that_does_not_count_locks_nobody_out(sw, ledger, inquiry, way, paused):
    """An older finding is shown, never a reason to refuse the next act."""
    name = inquiry(scope="单位外")
    (path,) = ledger.rglob(f"{name}.yaml")
    late = (
        '- {"id": "x1x1", "at": "2026-11-24T10:00:00+08:00", "by": "wangfang", "do": "延期", '
        '"approved_by": "zhaojun", "reason": "x", "until": "2026-11-23T17:30:00+08:00"}\n'
    )
    path.write_text(path.read_text("utf-8") + late, "utf-8")
    if paused:
        sw("wangfang", "suspend", name, "--reason", "不可抗力", now="2026-11-24T11:00")
    what, *words = WAYS_OUT[way]
    lawful = not paused or way != "转办"
    who = "zhaojun" if way == "批示" else "wangfang"  # only a leader instructs
    said = sw(who, what, name, *words, now="2026-11-24T15:00", code=0 if lawful else 3)
    assert "延期" not in said.err


def test_the_matter_that_was_locked_for_good(sw, inquiry):
    """Extended until a day, then papers asked for: brought, answered and closed."""
    name = inquiry(scope="单位外", received="2026-11-02 10:00")
    sw("wangfang", "extend", name, "--until", "2026-11-11 17:30", "--approved-by", "zhaojun",
       "--reason", "勘查", "--at", "2026-11-03 10:00")  # fmt: skip
    sw("wangfang", "notify", name, "--material", "规划许可证", "--at", "2026-11-09 10:00")
    sw("wangfang", "supplement", name, "--at", "2026-11-11 09:00")
    assert '"due": "2026-11-13T17:30:00+08:00"' in sw("wangfang", "show", name, "--format", "json").out
    sw("wangfang", "close", name, "--outcome", "已答复", "--result", "已告知")
