"""Records: written and read back the same, grown by whole lines, hand edits read and tidied."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.errors import BadData
from shouwen.core.inquiry.events import (
    Accept,
    Callback,
    Close,
    Contact,
    Extend,
    Handoff,
    Instruct,
    Note,
    Notify,
    Target,
)
from shouwen.core.inquiry.header import Inquirer, Inquiry
from shouwen.store.canonical import comments, tidied
from shouwen.store.record import Record, appended, decode, encode

PATH = "inquiries/2026/11/20261123-K7Q4QX.yaml"
TEXT = st.text(st.characters(blacklist_categories=("Cs",)), max_size=20)
TIMES = st.datetimes(datetime(1900, 1, 1), datetime(2199, 1, 1), timezones=st.just(UTC))
PEOPLE = st.builds(Inquirer, TEXT, TEXT, TEXT, st.booleans(), st.booleans())
TARGETS = st.builds(Target, TEXT, TEXT)
EVENTS = st.one_of(
    st.builds(Handoff, TEXT, TIMES, TEXT, TARGETS, TEXT, TEXT, TEXT, TEXT, st.builds(Contact, TEXT, TEXT, TEXT),
              st.lists(TEXT, max_size=2).map(tuple)),
    st.builds(Notify, TEXT, TIMES, TEXT, st.lists(TEXT, max_size=2).map(tuple), written=st.booleans()),
    st.builds(Instruct, TEXT, TIMES, TEXT, TEXT, st.none() | TARGETS),
    st.builds(Extend, TEXT, TIMES, TEXT, TEXT, TEXT, st.none() | TIMES, st.integers(0, 99)),
    st.builds(Close, TEXT, TIMES, TEXT, TEXT, TEXT, st.none() | TIMES, TEXT, TEXT, TEXT, TEXT),
    st.builds(Callback, TEXT, TIMES, TEXT, TEXT, st.none() | st.booleans(), TEXT),
    st.builds(Accept, TEXT, TIMES, TEXT),
)  # fmt: skip
INQUIRIES = st.builds(
    Inquiry, id=TEXT, received=TIMES, channel=TEXT, category=TEXT, subject=TEXT, detail=TEXT, inquirer=PEOPLE,
    first_responder=TEXT, department=TEXT, scope=TEXT, promised=st.none() | TIMES, policy=TEXT,
    about=st.lists(TEXT, max_size=2).map(tuple), events=st.lists(EVENTS, max_size=4).map(tuple),
)  # fmt: skip

PLAIN = """\
id: "20261123-K7Q4QX"
received: "2026-11-23T09:15:00+08:00"
channel: "来电"
category: "咨询"
subject: "材料"
first_responder: "wangfang"
department: "审批科"
scope: "其他部门"
urgency: "一般"
policy: "bumen"
events:
- {"id": "q7x2", "at": "2026-11-23T09:20:00+08:00", "by": "wangfang", "do": "记事", "text": "x # y"}
"""


def read(text: str | bytes) -> Record:
    """An inquiry's record in a text."""
    return decode(Inquiry, text.encode() if isinstance(text, str) else text, PATH)


@given(INQUIRIES)
def test_what_is_written_is_read_back(content):
    """decode∘encode is the identity, in the common form, one line for one fact."""
    raw = encode(content)
    record = decode(Inquiry, raw, PATH)
    assert (record.content, record.canonical) == (content, True)
    assert encode(record.content) == raw
    assert raw.split(b"\nevents:\n")[1].count(b"\n") == len(content.events)


@given(INQUIRIES, EVENTS)
def test_growing_adds_one_line(content, event):
    """The earlier bytes stand; the later content is the earlier one and the new event."""
    record = decode(Inquiry, encode(content), PATH)
    raw = appended(record, event)
    assert raw.startswith(record.raw) and raw.count(b"\n") == record.raw.count(b"\n") + 1
    assert decode(Inquiry, raw, PATH).content.events == (*content.events, event)


@given(INQUIRIES)
def test_the_common_form_is_yaml_for_anybody(content):
    """ruamel.yaml reads a record to the same values; so would any reader of YAML 1.2."""
    raw = encode(content)
    slow = b"# a comment at the end makes it a hand-edited record\n"
    assert read(raw + slow).content == content


HAND = """\
# 顶上的话
id: "20261123-K7Q4QX"  # 编号
received: "2026-11-23T09:15:00+08:00"
channel: 来电   # 一 # 二
# 中间
category: "咨询"
subject: "a # 不是注释"
inquirer:
  # 里面的
  name: 张某 # 名
  phone: "0631"
first_responder: "wangfang"
department: "审批科"
scope: "其他部门"
policy: "bumen"
events: # 空
# 事件前
- {"id": "q7x2", "at": "2026-11-23T09:20:00+08:00", "by": "wangfang", "do": "记事", "text": "x # y"} # 尾
- id: ab
  at: 2026-11-24T09:20:00+08:00
  by: wangfang # 谁
  do: 记事
  text: | # 块首
    块 # 不是注释

    # 也不是
# 完
"""
SAID = ["# 顶上的话", "# 编号", "# 一 # 二", "# 中间", "# 里面的", "# 名", "# 空", "# 事件前", "# 尾", "# 谁", "# 块首", "# 完"]  # fmt: skip


def test_a_hand_edited_record_is_read_and_said_to_be_one():
    """Block style, plain words, comments: the same facts, not the common form."""
    record = read(HAND)
    assert not record.canonical
    assert record.content.inquirer == Inquirer("张某", "0631")
    assert record.content.events[1].text == "块 # 不是注释\n\n# 也不是\n"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_tidying_keeps_every_comment(end):
    """Whole-line and trailing comments survive, in order, also with the line ends of Windows."""
    record = read(HAND.replace("\n", end))
    tidy = tidied(record)
    again = read(tidy)
    assert again.canonical and again.content == record.content
    assert [line for line in tidy.decode().split("\n") if line.startswith("#")] == SAID
    assert tidied(again) == tidy  # once is enough


def test_tidying_drops_a_repeated_event_and_keeps_a_disputed_one():
    """A line merged in twice goes; another event of the same id stays to be seen."""
    line = PLAIN.splitlines()[-1]
    other = line.replace("x # y", "z")
    tidy = tidied(read(PLAIN + line + "\n" + other + "\n"))
    assert tidy.decode() == PLAIN + other + "\n"


WORD = st.text(st.sampled_from(list("ab #'\"：|>-")), max_size=8)


@given(WORD, WORD)
def test_a_sign_in_a_text_is_no_comment(one, two):
    """Only a # outside every value is a comment."""
    import json

    text = f"a: {json.dumps(one)} # {one}\n# {two}\nb: [{json.dumps(two)}]\n"
    assert comments(text) == [f"# {one}", f"# {two}"]


@pytest.mark.parametrize("text", [PLAIN, PLAIN.replace("events:\n", "# 说明\nevents:\n"), "\ufeff" + PLAIN,
                                  PLAIN.replace("\n", "\r\n"), PLAIN.rstrip("\n"), HAND])  # fmt: skip
def test_an_event_can_be_added_to_a_hand_edited_record(text):
    """Whatever form it was left in, every old byte stays and the new event is the last."""
    record = read(text)
    event = Note("zzzz", datetime(2026, 11, 24, tzinfo=UTC), "lijie", "一笔")
    raw = appended(record, event)
    assert raw.startswith(record.raw)
    assert read(raw).content.events == (*record.content.events, event)


@pytest.mark.parametrize(
    "tail", ["events:\n", "events: []\n", "events: [ ]  \n", "events:", "events: null\n", ""]
)
def test_the_first_event_finds_its_place(tail):
    """A record without events yet, however that was written."""
    head = PLAIN.split("events:\n", maxsplit=1)[0]
    event = Note("zzzz", datetime(2026, 11, 24, tzinfo=UTC), "lijie", "一笔")
    raw = appended(read(head + tail), event)
    assert raw.startswith(head.encode())
    assert read(raw).content.events == (event,)


def test_a_flow_list_of_events_is_refused_not_damaged():
    """What cannot be continued by a line is first tidied, and the message says so."""
    line = PLAIN.splitlines()[-1].removeprefix("- ")
    record = read(PLAIN.split("events:\n", maxsplit=1)[0] + f"events: [{line}]\n")
    event = Note("zzzz", datetime(2026, 11, 24, tzinfo=UTC), "lijie", "一笔")
    with pytest.raises(BadData, match="先运行 shouwen fmt"):
        appended(record, event)
    assert read(appended(read(tidied(record)), event)).content.events[1] == event


def test_the_line_of_an_event_is_found():
    """Findings point at the line an event stands on."""
    record = read(PLAIN)
    assert (record.line("q7x2"), record.line("none"), record.line()) == (12, 1, 1)


def test_a_character_in_two_escapes_is_one_and_half_of_one_is_named():
    """JSON spells 😀 as two escapes; in a hand-edited record the reader of YAML took them apart, and all failed."""
    pair = PLAIN.replace('"材料"', r"'材料'").replace('"x # y"', r'"\ud83d\ude00"')
    assert not read(pair).canonical
    assert read(pair).content.events[0].text == "😀"
    for half in (PLAIN.replace('"x # y"', r'"\ud83d"'), PLAIN.replace('"材料"', r'"\ude00\ud83d"')):
        with pytest.raises(BadData, match="半个字符"):
            read(half)


@pytest.mark.parametrize(
    "old, new, line, key",
    [
        ("2026-11-23T09:15", "9999-12-31T23:15", 2, "received"),
        ("2026-11-23T09:20", "0001-01-01T00:20", 12, "at"),
    ],
)
def test_a_year_that_cannot_be_reckoned_with_is_named(old, new, line, key):
    """At the ends of the calendar another zone is another year, and every report failed on it."""
    with pytest.raises(BadData) as error:
        read(PLAIN.replace(old, new))
    (problem,) = error.value.problems
    assert (problem.line, problem.text) == (line, f"“{key}”的年份不在 1900 到 2199 之间")


def test_what_a_terminal_obeys_or_yaml_refuses_is_spelt_out():
    """JSON lets U+009B stand, YAML does not, and cat obeys it: fmt failed on such a record."""
    raw = PLAIN.replace("材料", "材\x9b\u202e\ufffe料").encode()
    record = read(raw)
    assert record.content.subject == "材\x9b\u202e\ufffe料"
    assert tidied(record) == raw.replace("\x9b\u202e\ufffe".encode(), rb"\u009b\u202e\ufffe")
