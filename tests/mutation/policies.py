"""Small slips in the built-in regulations, one at a time: every number, article, word, level and condition.

    python -m tests.mutation.policies [ID…]     how many there are, and which nobody would notice

A slip is noticed if the regulation cannot be read any more, or no longer equals its table in ``mutation/rules``. Where
a file says again what base says, leaving that out changes nothing ("same").
"""

import copy
import sys
import typing
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec
from ruamel.yaml import YAML

from shouwen.core.regulation import schema
from tests.support.places import ROOT
from tests.support.rules import expected, rules

FILES = {path.stem: path for path in sorted((ROOT / "shouwen" / "policies").glob("*.yaml"))}
Path_ = tuple[str | int, ...]

# Changed, these say nothing else about what the office must do.
HARMLESS: dict[Path_, str] = {
    ("id",): "the name of the file, by which records find it; reading refuses another",
    ("extends",): "base is the only regulation that is extended; reading refuses a name that is none",
}


@cache
def layer(name: str) -> dict[str, Any]:
    """What a regulation's own file says."""
    found = YAML(typ="safe").load(FILES[name])
    return typing.cast(dict[str, Any], found)


@cache
def choices() -> dict[str, tuple[str, ...]]:
    """Field → the words the vocabulary allows there, for fields that are a choice."""
    found: dict[str, tuple[str, ...]] = {}
    for kind in vars(schema).values():
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            for field in msgspec.structs.fields(kind):
                for part in (field.type, *typing.get_args(field.type)):
                    if typing.get_origin(part) is typing.Literal:
                        found[field.encode_name] = typing.get_args(part)
    return found


def others(value: Any, key: str | int) -> list[Any]:
    """What might stand there by a slip instead of a value."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1, *([value - 1] if value else [])]
    if isinstance(value, float):
        return [value / 2]
    if isinstance(value, str):
        allowed = choices().get(str(key), ())
        return [word for word in allowed if word != value] if value in allowed else [f"{value}改"]
    return [f"{value}改"] if value is not None else []


def slips(value: Any, path: Path_ = ()) -> Iterator[tuple[Path_, str, Any]]:
    """(where, what, the whole with that slip) for every slip in a value."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield (*path, key), "left out", {k: v for k, v in value.items() if k != key}
            for where, what, changed in slips(each, (*path, key)):
                yield where, what, {**value, key: changed}
    elif isinstance(value, list):
        for n, each in enumerate(value):
            yield (*path, n), "left out", value[:n] + value[n + 1 :]
            for where, what, changed in slips(each, (*path, n)):
                yield where, what, [*value[:n], changed, *value[n + 1 :]]
        if len(value) > 1 and value[0] != value[1]:
            yield (*path, 0), "after the next", [value[1], value[0], *value[2:]]
    else:
        for other in others(value, path[-1]):
            yield path, f"{value} → {other}", other


def noticed(name: str, own: dict[str, Any]) -> str:
    """By what a changed file is noticed: ``reading`` or ``table``; ``same``: it says what it said; '' for nothing."""
    try:
        policy = read(name, own)
    except msgspec.ValidationError:
        return "reading"
    if sorted(rules(policy)) != expected(name):
        return "table"
    return "same" if policy == read(name, layer(name)) else ""


def read(name: str, own: dict[str, Any]) -> schema.Policy:
    """The regulation that a file of this content would be."""
    below = {} if name == "base" else copy.deepcopy(layer("base"))
    return msgspec.convert(schema.merge(below, own), schema.Policy, strict=False)


def survivors(name: str) -> tuple[Counter[str], list[str]]:
    """How many slips of a regulation are noticed by what, and those that are not."""
    counts: Counter[str] = Counter()
    left: list[str] = []
    for where, what, own in slips(layer(name)):
        if where in HARMLESS:
            counts["harmless"] += 1
            continue
        by = noticed(name, own)
        counts[by or "nothing"] += 1
        if not by:
            left.append(f"{name}: {'.'.join(map(str, where))}: {what}")
    return counts, left


def main(names: list[str]) -> int:
    """Print the count of each regulation and every slip that nothing notices; 1 if there is one."""
    total: Counter[str] = Counter()
    for name in names or FILES:
        counts, left = survivors(name)
        total += counts
        print(f"{name}: {counts.total()} slips; {dict(counts)}")
        print("".join(f"    {line}\n" for line in left), end="")
    print(f"all: {total.total()} slips; {dict(total)}")
    return 1 if total["nothing"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
