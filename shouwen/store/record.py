"""Records: one fact a line, each value JSON, which is YAML too.

The header lines never change and events are appended, one line each, after ``events:``. The
common layout is read line by line at C speed. A record that somebody edited out of this layout is
read through ruamel.yaml just as strictly, and ``check`` says so.
"""

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

import msgspec
from msgspec import Struct, ValidationError

from shouwen.core.accountability.case import CASE_EVENTS, Case, CaseEvent
from shouwen.core.dates import FIRST, LAST
from shouwen.core.errors import BadData, Problem
from shouwen.core.fact import Time
from shouwen.core.inquiry.events import EVENTS, Event, InquiryEvent, act_of
from shouwen.core.inquiry.header import Inquiry
from shouwen.core.integrity.conflict_markers import conflicted
from shouwen.core.terminal_safety import json_safe
from shouwen.store import yaml
from shouwen.store.yaml_keys import hint_for, keys_at, words_at

Recorded = Inquiry | Case
_NAMES = {Inquiry: EVENTS, Case: CASE_EVENTS}
_START = b"\nevents:\n"


class Record(Struct, frozen=True):
    """A record as read: where it lies (from the ledger's root), its bytes, what it says."""

    path: str
    raw: bytes
    content: Any
    canonical: bool

    def line(self, place: str = "") -> int:
        """Return the line of an event by its id, or of a header key; 1 for anything else."""
        return (_lines_of(self.raw).get(place.encode()) or _line_by_eye(self.raw, place)) if place else 1


_PLACE = rb'[ \t]*-.*?\bid"?:[ \t]*["\']?([^"\',}\s]+)|(\w+):'


@lru_cache(maxsize=4)  # a report asks for many places of one record, one after another
def _lines_of(raw: bytes) -> dict[bytes, int]:
    """Return the line of every event id and header key: each line is looked at once."""
    found: dict[bytes, int] = {}
    for n, line in enumerate(raw.split(b"\n"), 1):
        if place := re.match(_PLACE, line):
            found.setdefault(place[1] or place[2], n)
    return found


def _line_by_eye(raw: bytes, place: str) -> int:
    """Return the first line of a list that has a text in it, for layouts of somebody's own; else 1."""
    mark = place.encode()
    lines = enumerate(raw.split(b"\n"), 1)
    return next((n for n, line in lines if mark in line and line.lstrip().startswith(b"-")), 1)


def kind_of(name: str) -> type[Recorded]:
    """Return what the record of an id, or of a path from the ledger's root, is."""
    return Case if name[:1] in ("S", "s") else Inquiry


class _Layout(Struct, frozen=True):
    """Records whose headers have the same keys in the same order: how their values are found, and
    what reads the list of them, with that of the events at its end."""

    header: re.Pattern[bytes]
    values: msgspec.json.Decoder[Any]


@lru_cache(maxsize=1000)  # a ledger has a dozen of them; a hostile one must not fill the memory
def _layout(kind: type, keys: tuple[bytes, ...]) -> _Layout | None:
    """Return the layout of these keys: a pattern of its lines, and what reads their values in one go.

    None if a key is unknown, missing or there twice.
    """
    known = {f.encode_name: f for f in msgspec.structs.fields(kind)}
    events = known.pop("events")
    names = [key.decode() for key in keys]
    needed = {name for name, f in known.items() if f.required}
    if not needed <= set(names) <= set(known) or len(set(names)) < len(names):
        return None
    fields = [(known[name].name, known[name].type) for name in names]
    values = msgspec.defstruct(
        "Values", [*fields, (events.name, events.type)], array_like=True, forbid_unknown_fields=True
    )
    header = b"".join(key + b": (.*)\n" for key in keys) + b"events:\n"
    return _Layout(re.compile(header), msgspec.json.Decoder(values))


_before: dict[type, _Layout | None] = {}  # the layout of the record read before: nearly all are alike


def _header(kind: type, raw: bytes) -> tuple[_Layout, re.Match[bytes]] | None:
    """Return the layout of a record, and where its values stand; None if it has none."""
    layout = _before.get(kind)
    if layout and (found := layout.header.match(raw)):
        return layout, found
    head, mark, _ = raw.partition(_START)
    keys = tuple(line.partition(b": ")[0] for line in head.split(b"\n"))
    layout = _before[kind] = _layout(kind, keys) if mark else None
    found = layout.header.match(raw) if layout else None
    return (layout, found) if layout and found else None


def _without_remarks(raw: bytes) -> bytes:
    """Return the record less the lines of remarks that somebody wrote into its header."""
    head, mark, tail = raw.partition(_START)
    if not mark:
        return raw
    return re.sub(rb"(?m)^#.*\n", b"", head + b"\n") + mark[1:] + tail


def _quick(kind: type[Recorded], raw: bytes) -> Recorded | None:
    """Return the record in the common layout, or None if it is in any other.

    Every line gives one value: one list of all of them is decoded and validated at once.
    """
    try:
        at_once = _header(kind, raw)
        if not at_once:
            bare = _without_remarks(raw)
            return _quick(kind, bare) if bare != raw else None
        layout, head = at_once
        tail = raw[head.end() :]
        count = tail.count(b"\n")
        if tail and not (tail[-1:] == b"\n" and tail[:3] == b"- {" and count == tail.count(b"\n- {") + 1):
            return None
        events = tail[2:-1].replace(b"\n- {", b",{")
        found = layout.values.decode(b"[%b,[%b]]" % (b",".join(head.groups()), events))
    except (ValueError, RecursionError):  # msgspec's errors and those of text that is not UTF-8
        return None
    return kind(**msgspec.structs.asdict(found)) if len(found.events) == count else None


def decode(kind: type[Recorded], raw: bytes, path: str) -> Record:
    """Read the bytes of a record as an inquiry or a case.

    Raises:
        BadData: every problem found, with its line.
    """
    if len(raw) <= yaml.LARGEST and (content := _quick(kind, raw)) is not None and not _odd_years(content):
        return Record(path, raw, content, True)
    text = yaml.text_of(raw, path)
    _no_conflict(text, path)
    value, lines = yaml.compose(text, path)
    problems: list[Problem] = []
    events = value.pop("events", None) or []
    if not isinstance(events, list):
        problems.append(Problem(path, lines[("events",)], "keys", "events 应是每行一个事件的清单"))
        events = []
    try:
        header = msgspec.convert(value, kind)
    except ValidationError as error:
        problems.append(explain(error, kind, (), lines, path, value))
    found: list[Event] = []
    union = InquiryEvent if kind is Inquiry else CaseEvent
    for n, event in enumerate(events):
        try:
            found.append(msgspec.convert(event, union))
        except ValidationError as error:
            do = event.get("do") if isinstance(event, dict) else None
            struct = _NAMES[kind].get(do or "", Event)
            problems.append(explain(error, struct, ("events", n), lines, path, event, kind))
    if not problems:
        content = msgspec.structs.replace(header, events=tuple(found))
        problems = [_odd_year(where, lines, path) for where in _odd_years(content)]
    if problems:
        from shouwen.store.yaml_signs import with_sign

        raise BadData([with_sign(problem, text) for problem in problems])
    return Record(path, raw, content, False)


@lru_cache(maxsize=100)
def _times(kind: type) -> tuple[str, ...]:
    """Return the fields of a struct that hold a time or a day."""
    known = {name: t for each in kind.__mro__ for name, t in getattr(each, "__annotations__", {}).items()}
    return tuple(name for name, t in known.items() if t in (Time, Time | None, date, date | None))


def _odd_years(content: Any) -> list[tuple[Any, ...]]:
    """Return where a record names a time outside of the years that can be reckoned with."""
    odd: list[tuple[Any, ...]] = [
        (name,)
        for name in _times(content.__class__)
        if (t := getattr(content, name)) and not FIRST <= t.year <= LAST
    ]
    for n, event in enumerate(content.events):
        for name in _times(event.__class__):
            if (t := getattr(event, name)) and not FIRST <= t.year <= LAST:
                odd.append(("events", n, name))
    return odd


def _odd_year(where: tuple[Any, ...], lines: yaml.Lines, path: str) -> Problem:
    text = f"“{where[-1]}”的年份不在 {FIRST} 到 {LAST} 之间"
    return Problem(path, lines[where], "keys", text, "核对年份")


def _no_conflict(text: str, path: str) -> None:
    if n := conflicted(text):
        hint = "两边的事件都要保留，只去标记，用 shouwen heal"
        raise BadData([Problem(path, n, "conflict-markers", "git 合并冲突的标记还在", hint)])


_TYPES = {"str": "文字", "int": "整数", "bool": "true 或 false", "array": "清单", "object": "键值对",
          "null": "空", "float": "小数", "datetime": "时间", "date": "日期"}  # fmt: skip

# How to mend a value of another type, by the type that is wanted.
_MEND = {"str": "写成文字；数字、日期加引号", "int": "写成半角数字，如 3", "bool": "写 true 或 false",
         "array": "写成清单，如 [甲, 乙]", "object": "写成键值对，如 {键: 值}", "float": "写成半角数字，如 0.5",
         "datetime": "写成 2026-11-23T09:15:00+08:00", "date": "写成 2026-11-23"}  # fmt: skip


def _type(word: str) -> str:
    return "或".join(_TYPES.get(w.strip(" `"), w.strip(" `")) for w in word.split("|"))


def place_of(error: ValidationError) -> tuple[str, tuple[Any, ...]]:
    """Return the message of an error, and the way to what it is about: keys and numbers."""
    message, _, where = str(error).partition(" - at `")
    if "key" in where[:6] and where.startswith("key in "):
        where = where[7:]
    steps: list[Any] = []
    for word, number, key in re.findall(r"\.([A-Za-z_]\w*)|\[(\d+)\]|\[(\.\.\.|[^\]]*)\]", where):
        steps.append(int(number) if number else word or key)
    return message, tuple(s for s in steps if s != "...")


def explain(
    error: ValidationError, struct: Any, base: tuple[Any, ...], lines: yaml.Lines, path: str,
    value: Any = None, kind: type[Recorded] | None = None,
) -> Problem:  # fmt: skip
    """Return a validation error as a problem: path, line, what is wrong in Chinese, how to mend it."""
    from difflib import get_close_matches

    message, steps = place_of(error)
    where = base + steps
    hint = ""
    if found := re.match(r"Object contains unknown field `(.*)`", message):
        name = found[1]
        text, where = f"不认识的键“{name}”", (*where, name)
        hint = hint_for(name, keys_at(struct, steps))
    elif found := re.match(r"Object missing required field `(.*)`", message):
        text, hint = f"缺少“{found[1]}”", "补上这一项"
    elif found := re.match(r"Expected `(.*)` with a timezone component", message):
        text, hint = "时间缺少时区", "写成 2026-11-23T09:15:00+08:00"
    elif message.startswith(("Invalid RFC3339", "Invalid date")):
        name = f"“{'.'.join(map(str, steps))}”" if steps else ""
        text, hint = f"{name}不是合法的时间或日期", "写成 2026-11-23T09:15:00+08:00 或 2026-11-23"
    elif re.match(r"Expected `int` [<>]= ", message):
        text = f"“{'.'.join(map(str, steps)) or '这一项'}”应是 0 到 9999 的整数"
        hint = "改成合乎实际的数"
    elif found := re.match(r"Expected `(.*)`, got `(.*)`", message):
        text = f"“{'.'.join(map(str, steps)) or '这一项'}”应是{_type(found[1])}，不是{_type(found[2])}"
        empty = "写上内容，或删去这一行" if found[2] == "null" else ""
        hint = empty or _MEND.get(re.split(r"[ |`]+", found[1])[0], "")
    elif found := re.match(r"Invalid (?:enum )?value '?(.*?)'?$", message):
        text = f"“{found[1]}”不在可用的词里"
        if steps[-1:] == ("do",) and kind:
            near = get_close_matches(found[1], _NAMES[kind], 3, 0.3) or list(_NAMES[kind])
            hint = f"可用：{'、'.join(near)}"
        elif words := words_at(struct, steps):
            hint = f"可用：{'、'.join(words)}"
    else:
        text = f"“{'.'.join(map(str, steps)) or '这一项'}”不合要求"
    while where and where not in lines:
        where = where[:-1]
    return Problem(path, lines.get(where, 1), "keys", text, hint)


def as_json(value: Any) -> str:
    """Return a value as it stands in a record: JSON on one line, a blank after each colon and comma.

    Chinese is as it is; what a terminal would obey, or YAML refuse, is spelt \\uXXXX.
    """
    return json_safe(msgspec.json.format(msgspec.json.encode(value), indent=0).decode())


def event_line(event: Event) -> str:
    """Return an event as its one line, without the line end."""
    plain = {key: value for key, value in msgspec.to_builtins(event).items() if value != {}}
    plain.pop("do")
    first = {"id": plain.pop("id"), "at": plain.pop("at"), "by": plain.pop("by")}
    return f"- {as_json({**first, 'do': act_of(type(event)), **plain})}"


def encode(content: Inquiry | Case) -> bytes:
    """Return a whole record in the common layout."""
    plain = msgspec.to_builtins(content)
    plain.pop("events", None)
    head = [f"{key}: {as_json(value)}" for key, value in plain.items()]
    return "\n".join([*head, "events:", *map(event_line, content.events), ""]).encode()


def appended(record: Record, *events: Event) -> bytes:
    """Return the record's bytes with more events at the end; every earlier byte is kept.

    Raises:
        BadData: the result could not be read back, for example after a hand-made last line.
    """
    raw = record.raw if record.raw.endswith(b"\n") else record.raw + b"\n"
    if not record.canonical and not record.content.events:
        raw = re.sub(rb"(?m)^events:[ \t]*(\[\s*\]|null|~)?[ \t]*$", b"events:", raw)
        if not re.search(rb"(?m)^events:$", raw):
            raw += b"events:\n"
    new = raw + "".join(event_line(event) + "\n" for event in events).encode()
    try:
        got = decode(type(record.content), new, record.path).content.events
    except BadData:
        got = ()
    if got != (*record.content.events, *events):
        raise BadData([Problem(record.path, 0, "canonical", "手工改过的格式接不上新事件",
                               "先运行 shouwen fmt 整理这条记录")])  # fmt: skip
    return new


def needle_in(text: str) -> Callable[[bytes], bool]:
    """Return a test of raw bytes: whether a record may hold the text; True where it cannot be told.

    In the common layout a text stands as JSON spells it. Any other layout is read in full.
    """
    plain, spelt = text.encode(), as_json(text)[1:-1].encode()

    def found(raw: bytes) -> bool:
        if spelt in raw or plain != spelt and plain in raw:
            return True
        start = raw.find(_START) + len(_START)
        return start < len(_START) or raw.count(b"\n", start) != raw.count(b'\n- {"id": "', start - 1)

    return found
