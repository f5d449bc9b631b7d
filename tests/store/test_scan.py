"""What a scan of the ledger passes over is settled and sound, whatever the events look like."""

import re
from datetime import UTC, datetime, timedelta, timezone
from itertools import product

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from shouwen.core.errors import BadData
from shouwen.core.inquiry.events import (
    Accept,
    Appoint,
    Callback,
    Close,
    Correct,
    Escalate,
    Extend,
    Handoff,
    Instruct,
    Issue,
    Note,
    Notify,
    Progress,
    Reopen,
    Resume,
    Return,
    Supervise,
    Supplement,
    Suspend,
    Target,
    Urge,
    act_of,
)
from shouwen.core.inquiry.header import Inquiry
from shouwen.core.inquiry.lifecycle import CLOSED, replay
from shouwen.store.record import decode, encode
from shouwen.store.scan import _lawful, settled

CHINA = timezone(timedelta(hours=8))
START = datetime(2026, 11, 23, 9, 0, tzinfo=CHINA)
THERE = Target("规划科", "lijie")
# Every kind of event, some in two ways, as what stands beside id, time and person.
ACTS = {
    "转办": (Handoff, {"to": THERE, "mode": "引领"}),
    "联办": (Handoff, {"to": Target("审批科"), "mode": "引领", "joint": ("规划科",)}),
    "指定转办": (Handoff, {"to": THERE, "mode": "指定"}),
    "签收": (Accept, {}),
    "退回": (Return, {"reason": "不属本科室"}),
    "反馈": (Progress, {"text": '正在办理 - {"id": "x"'}),
    "记事": (Note, {"text": "events:\n- 见附件"}),
    "一次性告知": (Notify, {"material": ("营业执照",)}),
    "补正": (Supplement, {}),
    "中止": (Suspend, {"reason": "特别程序"}),
    "恢复": (Resume, {}),
    "请示": (Escalate, {"to": "zhaojun", "text": "请示"}),
    "批示": (Instruct, {"text": "尽快办理"}),
    "批示指定": (Instruct, {"text": "由规划科办", "designate": THERE}),
    "延期": (Extend, {"approved_by": "zhaojun", "reason": "材料多", "workdays": 2}),
    "预约": (Appoint, {"when": START + timedelta(days=1)}),
    "催办": (Urge, {}),
    "督办": (Supervise, {"text": "限期报告"}),
    "办结": (Close, {"outcome": "已答复", "result": "已告知"}),
    "回访": (Callback, {"rating": "满意"}),
    "重办": (Reopen, {"reason": "仍未解决"}),
    "更正": (Correct, {"field": "subject", "value": "更正后的事由", "reason": "听错"}),
    "更正受理": (Correct, {"field": "received", "value": "2026-11-23T09:03:00+08:00", "reason": "记错"}),
    "乱更正": (Correct, {"field": "id", "value": "x", "reason": "乱写"}),
}  # fmt: skip
WHOLE = (
    ("转办", "签收"), ("转办", "退回"), ("联办", "签收"), ("指定转办", "签收"), ("一次性告知", "补正"), ("中止", "恢复"),
    ("反馈",), ("记事",), ("催办",), ("批示",), ("批示指定", "签收"), ("预约",), ("请示",),
)  # fmt: skip
AFTER = ("回访", "记事", "反馈", "重办", "办结", "更正")


def inquiry(names: list[str], minutes: list[int], keys: list[str], zones: list) -> Inquiry:
    """An inquiry with these acts, each at its minute after intake, under its id, in its zone."""
    events = []
    for name, minute, key, zone in zip(names, minutes, keys, zones, strict=True):
        kind, words = ACTS[name]
        at = START + timedelta(minutes=minute, microseconds=500_000 * (minute % 3 == 0))
        events.append(kind(key, at.astimezone(zone), "wangfang", **words))
    return Inquiry(
        id="20261123-K7Q4QX", received=START, channel="来电", category="咨询", subject="施工许可证",
        first_responder="wangfang", department="审批科", scope="其他部门", policy="bumen",
        events=tuple(events),
    )  # fmt: skip


def plain(names: list[str], **changes) -> Inquiry:
    """The acts a minute apart, in order, all in one zone."""
    count = len(names)
    usual = {"minutes": list(range(1, count + 1)), "keys": [f"k{n:03}" for n in range(count)],
             "zones": [CHINA] * count}  # fmt: skip
    return inquiry(names, **usual | changes)


@st.composite
def stories(draw) -> Inquiry:
    """Lives of an inquiry: whole ones, chopped and shuffled ones, clashing ids, times and zones."""
    if draw(st.booleans()):
        parts = draw(st.lists(st.sampled_from(WHOLE), max_size=3))
        names = [name for part in parts for name in part] + ["办结"]
        names += draw(st.lists(st.sampled_from(AFTER), max_size=2))
        if draw(st.booleans()):
            names.pop(draw(st.integers(0, len(names) - 1)))
    else:
        names = draw(st.lists(st.sampled_from(list(ACTS)), max_size=6))
    count = len(names)
    if draw(st.booleans()):
        return plain(names)
    minutes = draw(st.lists(st.integers(-1, 9), min_size=count, max_size=count))
    return inquiry(
        names,
        sorted(minutes) if draw(st.booleans()) else minutes,
        draw(st.lists(st.sampled_from([f"k{n}" for n in range(9)]), min_size=count, max_size=count,
                      unique=draw(st.booleans()))),
        draw(st.lists(st.sampled_from((CHINA, CHINA, UTC)), min_size=count, max_size=count)),
    )  # fmt: skip


@settings(max_examples=600)
@given(stories(), st.booleans())
def test_what_is_open_or_disputed_is_never_passed_over(story, called_back):
    """A report that reads only what ``settled`` leaves must miss no open and no disputed record."""
    read = decode(Inquiry, encode(story), "x.yaml").content
    skipped = settled(read, called_back)
    event(f"passed over: {skipped}")
    if not skipped:
        return
    state = replay(read)
    assert state.phase == CLOSED
    assert state.disputes == []
    assert not state.reopens
    if called_back:
        assert state.of(Callback)


@pytest.mark.parametrize("names", [
    ["办结"], ["反馈", "办结"], ["转办", "签收", "办结", "回访"], ["转办", "反馈", "退回", "转办", "签收", "办结"],
    ["一次性告知", "补正", "中止", "恢复", "请示", "批示", "办结", "记事"],
])  # fmt: skip
def test_an_ordinary_life_is_passed_over(names):
    """Were these read in full, a scan would cost what the whole history costs."""
    assert settled(plain(names))
    assert settled(plain(names), called_back=True) is ("回访" in names)


CLOSED_ONE = ["转办", "签收", "办结"]


@pytest.mark.parametrize("story", [
    plain(["指定转办", "退回", "办结"]),
    plain(["转办", "办结"]),
    plain(["转办", "签收"]),
    plain([*CLOSED_ONE, "重办"]),
    plain(["更正", "办结"]),
    plain(CLOSED_ONE, minutes=[1, 3, 2]),
    plain(CLOSED_ONE, minutes=[-1, 1, 2]),
    plain(CLOSED_ONE, keys=["k1", "k1", "k2"]),
    plain(["联办", "签收", "办结"]),
    plain(CLOSED_ONE, minutes=[1, 1, 2]),
])  # fmt: skip
def test_what_is_not_plain_is_replayed(story):
    """Each of these may be open or disputed, or takes replay to tell."""
    assert not settled(story)


def test_another_zone_is_the_same_time():
    """A clone that stands elsewhere writes other offsets; times are compared, not their spelling."""
    assert settled(plain(CLOSED_ONE, zones=[CHINA, UTC, CHINA]))


UNSOUND = {
    "header key": (b"\nsubject: ", b"\nsubjcet: ", "5: 第 1 列是不认识的键“subjcet”"),
    "event key": (b'"outcome": ', b'"outcmoe": ', "不认识的键“outcmoe”"),
    "event word": (b'"do": "\xe5\x8a\x9e\xe7\xbb\x93"', b'"do": "\xe5\xae\x8c\xe7\xbb\x93"', "不在可用的词里"),
    "key twice": (b'\nscope: ', b'\nchannel: "\xe6\x9d\xa5\xe7\x94\xb5"\nscope: ', "键“channel”重复"),
}  # fmt: skip


@pytest.mark.parametrize("how", UNSOUND)
def test_a_settled_record_that_cannot_be_read_is_told_of(how, ledger, inquiry, sw):
    """It cannot be known to be settled: never skipped, a line of its own, exit 5."""
    name = inquiry()
    sw("wangfang", "close", name, "--outcome", "已答复", "--result", "已告知", "--told", "09:15")
    (path,) = ledger.rglob(f"{name}.yaml")
    assert "读不出" not in sw("wangfang", "overdue").out
    old, new, words = UNSOUND[how]
    raw = path.read_bytes()
    assert old in raw
    path.write_bytes(raw.replace(old, new))
    done = sw("wangfang", "overdue", code=5)
    assert "读不出的文件 1 个" in done.out
    (line,) = [line for line in done.out.splitlines() if f"{name}.yaml" in line]
    assert words in line


INJECTED = (
    (b'"\nchannel: "', b'", "channel": "'),
    (b'"\nsubject: "', b'",\n"subject": "'),
    (b'}\n- {', b'}, {'),
    (b'}\n- {', b'},\n  {'),
    (b'"\nscope: ', b'", "x"\nscope: '),
)  # fmt: skip


@pytest.mark.parametrize(("old", "new"), INJECTED)
def test_a_line_holds_one_fact(old, new):
    """What is no YAML, or hides a second fact in a line, is not read as the common form."""
    raw = encode(plain(CLOSED_ONE))
    assert old in raw
    with pytest.raises(BadData):
        decode(Inquiry, raw.replace(old, new, 1), "x.yaml")


class Counted(tuple):
    """Acts that count how often one of them was looked at."""

    __slots__ = ()

    looks = 0

    def __iter__(self):
        """Each act, counted."""
        for act in tuple.__iter__(self):
            Counted.looks += 1
            yield act


@pytest.mark.parametrize(
    "names",
    [["记事"] * 5000, ["转办", "签收"] * 2500, ["转办"] + ["反馈"] * 4999, ["一次性告知"] * 5000],
    ids=["remarks", "handoffs", "waiting", "notices"],
)
def test_five_thousand_acts_are_looked_at_once_each(names):
    """However many acts a record has, none is looked at twice; and the record is replayed as ever."""
    story = plain([*names, "办结", "重办"])
    Counted.looks = 0
    assert not _lawful.__wrapped__(Counted(map(type, story.events)))
    assert 0 < Counted.looks <= len(story.events)
    assert not settled(story)


def test_the_walk_agrees_with_the_pattern_it_replaced():
    """All sequences of up to four acts, by the regular expression of the lawful life of an inquiry."""
    stay = "(?:反馈|记事|催办|督办|请示|批示|预约|出具) "
    shape = re.compile(
        f"(?:{stay}|转办 (?:{stay})*(?:签收|退回) |一次性告知 (?:{stay})*补正 |中止 (?:{stay})*恢复 )*"
        "办结 (?:(?:回访|记事|反馈|出具) )*"
    )
    acts = [Note, Urge, Handoff, Accept, Return, Notify, Supplement, Suspend, Resume,
            Close, Callback, Reopen, Correct, Extend, Issue]  # fmt: skip
    for length in range(5):
        for some in product(acts, repeat=length):
            text = "".join(f"{act_of(act)} " for act in some)
            assert _lawful.__wrapped__(some) is bool(shape.fullmatch(text)), text
