"""A record rewritten in the common form: the same facts, every comment kept."""

from shouwen.core.errors import BadData, Problem
from shouwen.store import yaml
from shouwen.store.record import Record, decode, encode


def _comments(record: Record) -> list[str]:
    """The comment lines and trailing comments of a hand-edited record, in order."""
    from ruamel.yaml import YAML
    from ruamel.yaml.tokens import CommentToken

    reader = YAML()
    text = yaml.text_of(record.raw, record.path)
    found: list[str] = []
    for token in reader.scan(text):
        for comment in _flat(getattr(token, "comment", None)):
            if isinstance(comment, CommentToken):
                found += [line.strip() for line in comment.value.split("\n") if line.strip()]
    return [line for line in found if line.startswith("#")]


def _flat(value):
    if isinstance(value, list | tuple):
        for item in value:
            yield from _flat(item)
    elif value is not None:
        yield value


def _noted(record: Record) -> list[str]:
    """Comments by a plain look at the lines, where YAML itself is not asked: whole lines."""
    text = yaml.text_of(record.raw, record.path)
    return [line.strip() for line in text.split("\n") if line.lstrip().startswith("#")]


def tidied(record: Record) -> bytes:
    """The record's bytes in the common form; its own bytes where they already are.

    An event merged in twice stands once. Comments come first, in their order. BadData if the
    result would not say the same.
    """
    content = record.content
    events = tuple(dict.fromkeys(content.events))
    form = encode(type(content)(**_fields(content, events)))
    if record.canonical and record.raw == form:
        return record.raw
    comments = [] if record.canonical else _comments(record) or _noted(record)
    new = "".join(f"{line}\n" for line in comments).encode() + form
    again = decode(type(content), new, record.path).content
    if _fields(again, ()) != _fields(content, ()) or again.events != events:
        raise BadData(
            [Problem(record.path, 0, "canonical", "整理后的内容会与原来不同，没有改动", "请手工整理")]
        )
    return new


def _fields(content, events: tuple) -> dict:
    return {name: getattr(content, name) for name in content.__struct_fields__} | {"events": events}
