"""What events add up to, whatever their order in the file."""

from datetime import timedelta
from itertools import chain, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from shouwen.core.inquiry.events import (
    Accept,
    Callback,
    Correct,
    Extend,
    Instruct,
    Note,
    Notify,
    Progress,
    Reopen,
    Resume,
    Return,
    Supplement,
    Suspend,
    Target,
)
from shouwen.core.inquiry.header import Inquiry
from shouwen.core.inquiry.lifecycle import CLOSED, OPEN, PAUSED, PENDING, apart, as_header, replay
from shouwen.store.record import Record, appended, decode, encode
from tests.support.clock import at
from tests.support.records import close, event, handoff, inquiry

TEXT = {"text": "记一笔"}
ACTS = {
    "转办": lambda when: handoff(when, "规划科/lijie"),
    "指定": lambda when: event(Instruct, when, "heping", text="办", designate=Target("办公室")),
    "签收": lambda when: event(Accept, when, "lijie"),
    "退回": lambda when: event(Return, when, "lijie", reason="不属"),
    "告知": lambda when: event(Notify, when, material=("申请表",)),
    "补正": lambda when: event(Supplement, when),
    "中止": lambda when: event(Suspend, when, reason="特别程序"),
    "恢复": lambda when: event(Resume, when),
    "办结": close,
    "重办": lambda when: event(Reopen, when, reason="不满意"),
    "回访": lambda when: event(Callback, when, rating="满意"),
    "反馈": lambda when: event(Progress, when, **TEXT),
    "记事": lambda when: event(Note, when, **TEXT),
    "延期": lambda when: event(Extend, when, approved_by="zhaojun", reason="勘查", workdays=1),
}
# Acts by themselves, lawful or not, and pairs of which the second answers the first.
PAIRS = (
    ("转办", "签收"),
    ("转办", "退回"),
    ("指定", "签收"),
    ("告知", "补正"),
    ("中止", "恢复"),
    ("办结", "重办"),
)
STORIES = st.lists(st.sampled_from([(act,) for act in sorted(ACTS)] + list(PAIRS)).map(list), max_size=6).map(
    lambda parts: tuple(
        ACTS[act](at("23 09:00") + timedelta(minutes=n))
        for n, act in enumerate(chain.from_iterable(parts), 1)
    )
)


def shape(state):
    """All that a state says, apart from the order of the events in the file."""
    return structs.asdict(state) | {"inquiry": as_header(state.inquiry)}


@given(STORIES, st.booleans(), st.randoms(use_true_random=False))
def test_the_order_of_lines_does_not_matter(events, at_once, random):
    """Two clones merge their lines in any order, and mean the same, even at equal times."""
    if at_once:
        events = tuple(structs.replace(e, at=at("23 10:00")) for e in events)
    shuffled = list(events)
    random.shuffle(shuffled)
    assert shape(replay(inquiry(*shuffled))) == shape(replay(inquiry(*events)))


@given(STORIES, st.data())
def test_an_event_merged_in_twice_counts_once(events, data):
    """The same line on both sides of a merge is one event."""
    again = data.draw(st.lists(st.sampled_from(events), max_size=3)) if events else []
    assert shape(replay(inquiry(*events, *again))) == shape(replay(inquiry(*events)))


@given(STORIES)
def test_an_unlawful_move_changes_nothing(events):
    """Without its disputed moves the story comes out the same, and none of them is lost."""
    state = replay(inquiry(*events))
    lawful = tuple(e for e in events if e not in [d.event for d in state.disputes])
    again = replay(inquiry(*lawful))
    assert again.disputes == []
    assert shape(again) | {"disputes": 0} == shape(state) | {"disputes": 0}
    assert len(state.events) + len(state.disputes) == len(events)


@given(STORIES)
def test_segments_and_pauses_never_overlap(events):
    """Somebody holds it at every moment, one at a time; a pause ends before the next on its ground begins."""
    state = replay(inquiry(*events))
    for earlier, later in zip(state.segments, state.segments[1:], strict=False):
        assert earlier.until is not None and earlier.until <= later.since
    for ground in (Notify, Suspend):
        mine = [p for p in state.pauses if type(p.event) is ground]
        for earlier, later in pairwise(mine):
            assert earlier.until is not None and earlier.until <= later.since
    assert (state.phase == PAUSED) == any(p.until is None for p in state.pauses)
    assert (state.phase == PENDING) == bool(state.passes and state.passes[-1].settled is None)
    assert (state.phase == CLOSED) == (state.closed is not None)


@given(STORIES)
def test_growing_keeps_every_byte(events):
    """Whatever is appended, each earlier version of the file is the beginning of the later one."""
    record = Record("x", encode(inquiry()), inquiry(), True)
    for each in events:
        longer = appended(record, each)
        assert longer.startswith(record.raw) and longer.count(b"\n") == record.raw.count(b"\n") + 1
        record = decode(Inquiry, longer, "x")
    assert record.content == inquiry(*events)


def test_until_looks_back():
    """A report as of an earlier day does not know what came after."""
    story = inquiry(handoff("23 10:00"), event(Accept, "24 10:00", "lijie"), close("25 10:00", "lijie"))
    assert [replay(story, at(t)).phase for t in ("23 09:30", "23 10:00", "24 12:00", "25 10:00")] == [
        OPEN, PENDING, OPEN, CLOSED]  # fmt: skip


def test_each_holds_it_from_signing_to_the_next_signature():
    """Nobody's time in charge is open at its end but the last one's."""
    state = replay(
        inquiry(handoff("23 10:00"), event(Accept, "24 10:00", "lijie"), close("25 10:00", "lijie"))
    )
    assert [(s.holder.staff, s.since, s.until) for s in state.segments] == [
        ("wangfang", at("23 09:00"), at("24 10:00")), ("lijie", at("24 10:00"), at("25 10:00"))]  # fmt: skip


def test_holder_at_names_who_held_it_then():
    """Blame for a missed limit goes to the holder of that moment, not to today's."""
    state = replay(inquiry(handoff("23 10:00"), event(Accept, "24 10:00", "lijie")))
    held = [state.holder_at(at(t)).staff for t in ("22 09:00", "24 09:59", "24 10:00", "30 10:00")]
    assert held == ["wangfang", "wangfang", "lijie", "lijie"]


def test_contradicting_handoffs_at_one_time_follow_their_ids():
    """Two clones at the same second: on both sides the same handoff counts, the other is kept."""
    one, two = handoff("23 10:00", "规划科", id="aaaa"), handoff("23 10:00", "办公室", id="bbbb")
    for order in ((one, two), (two, one)):
        state = replay(inquiry(*order))
        assert state.pending.event is one
        assert [(d.event, d.text) for d in state.disputes] == [
            (two, "现为“待签收”，不能转办（须为在办）")]  # fmt: skip


@given(st.lists(st.integers(0, 3), max_size=6))
def test_one_record_never_gets_two_events_of_one_time(seconds):
    """What was done first stays first: each new event gets a time of its own, within the second."""
    events: tuple = ()
    for n in seconds:
        when = at("23 10:00") + timedelta(seconds=n)
        own = apart(events, when)
        taken = len([e for e in events if when <= e.at < when + timedelta(seconds=1)])
        assert own == when + timedelta(microseconds=taken) and own not in [e.at for e in events]
        events = (*events, event(Note, own, **TEXT))


@pytest.mark.parametrize(
    "events, why",
    [
        (["签收"], "现为“在办”，不能签收（须为待签收）"),
        (["办结", "转办"], "现为“办结”，不能转办（须为在办）"),
        (["办结", "延期"], "现为“办结”，不能延期（须为在办、待签收、中止）"),
        (["中止", "补正"], "补正对应一次性告知，恢复对应中止，现在等的不是这一项"),
        (["告知", "恢复"], "补正对应一次性告知，恢复对应中止，现在等的不是这一项"),
        (["指定", "退回"], "由领导指定承办，不得退回"),
    ],
)
def test_why_a_move_is_not_lawful(events, why):
    """The refusal says the phase reached and the phases in which the act belongs."""
    story = [ACTS[act](at("23 09:00") + timedelta(minutes=n)) for n, act in enumerate(events, 1)]
    assert [(d.event, d.text) for d in replay(inquiry(*story)).disputes] == [(story[-1], why)]


def test_nothing_happens_before_intake():
    """An act dated before the inquiry came in takes no effect."""
    early = handoff("23 08:59")
    assert [(d.event, d.text) for d in replay(inquiry(early)).disputes] == [(early, "时间早于受理时间")]
    assert replay(inquiry(handoff("23 09:00"))).disputes == []


def test_a_leader_ends_the_wait_for_the_first_receiver():
    """Once a leader named somebody else, the handoff that nobody had signed for waits no longer."""
    state = replay(inquiry(handoff("23 09:10"), ACTS["指定"](at("23 09:30"))))
    assert [(p.to.department, p.settled) for p in state.passes] == [
        ("规划科", at("23 09:30")), ("办公室", None)]  # fmt: skip


def test_one_id_for_two_different_events_is_a_dispute():
    """The later of two events with one id takes no effect, even a correction."""
    first = event(Note, "23 10:00", id="same", **TEXT)
    second = event(Correct, "23 11:00", id="same", field="subject", value="另一件事", reason="改")
    state = replay(inquiry(first, second))
    assert state.events == [first] and state.inquiry.subject == "施工许可证办理材料"
    assert [d.text for d in state.disputes] == ["事件编号与另一事件相同而内容不同"]
