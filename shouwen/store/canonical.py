"""A record rewritten in the common layout: the same facts, every comment kept."""

import re

from msgspec import structs

from shouwen.core.errors import BadData, Problem
from shouwen.store import yaml
from shouwen.store.record import Record, decode, encode

# A block scalar: its sign, then the lines that stand as deep as the first, and empty ones.
_BLOCK = re.compile(r"[|>][^\n]*((?:\n *(?=\n|\Z))*\n( +)[^\n]*(?:\n(?:\2[^\n]*| *(?=\n|\Z)))*)")


def comments(text: str) -> list[str]:
    """Return whole-line and trailing comments in their order: each # that stands in no scalar."""
    from ruamel.yaml import YAML
    from ruamel.yaml.tokens import ScalarToken

    rest = list(text)
    for token in YAML(typ="safe", pure=True).scan(text):
        if isinstance(token, ScalarToken):
            start, end = token.start_mark.index, token.end_mark.index
            if token.style in ("|", ">"):  # ruamel counts the comments after a block to it
                start, end = block.span(1) if (block := _BLOCK.match(text, start)) else (start, start)
            rest[start:end] = re.sub(".", ".", text[start:end])  # line ends stay
    return re.findall(r"(?<!\S)#.*", "".join(rest))


def tidied(record: Record) -> bytes:
    """Return the record's bytes in the common layout; its own bytes where they already are.

    An event merged in twice stands once. Comments come first, in their order.

    Raises:
        BadData: the result would not say the same.
    """
    content = record.content
    content = structs.replace(content, events=tuple(dict.fromkeys(content.events)))
    layout = encode(content)
    if record.raw == layout:
        return layout
    text = yaml.text_of(record.raw, record.path)
    found = re.findall("(?m)^#.*", text) if record.canonical else comments(text)
    new = "".join(f"{line.rstrip()}\n" for line in found).encode() + layout
    if decode(type(content), new, record.path).content != content:
        raise BadData(
            [Problem(record.path, 0, "canonical", "整理后的内容会与原来不同，没有改动", "请手工整理")]
        )
    return new
