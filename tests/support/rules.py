"""The rules of a regulation as lines, and the tables in ``mutation/rules`` that they must equal.

A line is ``article | rule | values``. A table holds what a regulation says beside ``base``, and after ``- `` what
it takes away from it. Each line was held against the document by hand, and is changed by hand.
"""

from collections.abc import Iterator
from typing import Any

from msgspec import to_builtins

from shouwen.core.regulation.schema import Policy
from tests.support.places import TESTS

TABLES = TESTS / "mutation" / "rules"
APART = ("id", "extends")  # where the file lies, not what it lays down


def _value(value: Any) -> str:
    """A value in one line: lists with 、, mappings in braces."""
    if isinstance(value, dict):
        return "{" + "，".join(f"{key}：{_value(each)}" for key, each in value.items()) + "}"
    return "、".join(map(_value, value)) if isinstance(value, list | tuple) else str(value)


def _lines(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, dict) and "article" in value:
        words = " ".join(f"{key}={_value(each)}" for key, each in value.items() if key != "article")
        yield f"{value['article']} | {path} | {words}".rstrip()
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _lines(each, f"{path}.{key}")
    elif isinstance(value, list | tuple) and value and isinstance(value[0], dict):
        for n, each in enumerate(value, 1):  # their order is a rule too: the first that fits holds
            yield from _lines(each, f"{path}.{n}")
    elif path.startswith("articles."):
        yield f"{path.removeprefix('articles.')} | articles | {value}"
    else:
        yield f"— | {path} | {_value(value)}"


def rules(policy: Policy) -> list[str]:
    """Everything that a regulation lays down, a line each, in the order of the vocabulary."""
    plain = to_builtins(policy)
    return [line for key, value in plain.items() if key not in APART for line in _lines(value, key)]


def table(name: str) -> list[str]:
    """The lines of a regulation's table, as they stand there."""
    text = (TABLES / f"{name}.txt").read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def expected(name: str) -> list[str]:
    """What a regulation must lay down: its table, and what it leaves of base's; sorted."""
    if name == "base":
        return sorted(table(name))
    own = table(name)
    gone = {line.removeprefix("- ") for line in own if line.startswith("- ")}
    below = [line for line in table("base") if line not in gone]
    return sorted([*below, *(line for line in own if not line.startswith("- "))])


def told(policy: Policy) -> list[str]:
    """What a regulation lays down, as its table has it: to see what is new, not to overwrite the table with."""
    base, mine = table("base"), rules(policy)
    return [line for line in mine if line not in base] + [f"- {line}" for line in base if line not in mine]
