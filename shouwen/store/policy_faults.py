"""Everything in a regulation's files that is outside the vocabulary, not just the first of it.

msgspec stops at the first error. Here what is wrong is told, taken out, and the rest read again:
whoever wrote the file sees all of it in one round, and the rules that are right are checked too.
"""

import copy
from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import ValidationError

from shouwen.core.errors import Problem
from shouwen.core.regulation.schema import DEFAULT, Policy
from shouwen.store.pinpoint import pinpoint
from shouwen.store.record import place_of
from shouwen.store.yaml_keys import words_at

Step = str | int
Where = tuple[Step, ...]
Blame = Callable[[ValidationError], Problem]
_MOST = 200  # rounds; a file with more to mend is told of these first


def readable(value: Any, blame: Blame) -> tuple[Policy | None, list[Problem], list[Where]]:
    """Return the regulation without what is wrong in it, every problem, and where each was taken out.

    ``blame`` turns an error into a problem of the file in which it stands. The regulation is None
    where nothing can be made of it.
    """
    value = copy.deepcopy(value)
    problems: list[Problem] = []
    mended: list[Where] = []
    for _ in range(_MOST):
        try:
            return msgspec.convert(value, Policy, strict=False), problems, mended
        except ValidationError as error:
            exact = pinpoint(error, value, Policy)
            if _filled(value, exact, mended):
                continue  # what was wrong there has been told
            problems.append(blame(exact))
            where = _mend(value, exact, mended)
            if where is None:
                break
            mended.append(where)
    return None, problems, mended


def _filled(value: Any, error: ValidationError, mended: list[Where]) -> bool:
    """Put something where a required value was taken out; whether that was all that is wrong."""
    message, steps = place_of(error)
    missing, parent = _quoted(message, "required field"), _at(value, steps)
    if not missing or (*steps, missing) not in mended or not isinstance(parent, dict):
        return False
    parent[missing] = _fitting((*steps, missing))
    return True


def _fitting(where: Where) -> Any:
    """Return something that may stand in a place where something must."""
    if words := words_at(Policy, where):
        return words[0]
    last = where[-1]
    if last in _NUMBERS:
        return 1
    return DEFAULT if last == "article" else "" if last in _TEXTS else {} if last in _TABLES else []


def _mend(value: Any, error: ValidationError, mended: list[Where]) -> Where | None:
    """Take out what an error complains of, or put in what fits there; where, None if it cannot be done."""
    message, steps = place_of(error)
    unknown, missing = _quoted(message, "unknown field"), _quoted(message, "required field")
    where = (*steps, *filter(None, (unknown or missing,)))
    if not where or where in mended:
        return _take_out(value, where[:-1], mended)
    words = words_at(Policy, where)
    parent = _at(value, where[:-1])
    if missing and isinstance(parent, dict):
        parent[missing] = _fitting(where)
        return where
    if words and isinstance(parent, dict):
        parent[where[-1]] = words[0]
        return where
    return _take_out(value, where, mended)


# Required keys by what stands under them; the others have lists.
_TEXTS = ("id", "name", "text", "measure", "becomes", "department")
_NUMBERS = ("times", "workdays", "ratio", "at_least", "at_most")
_TABLES = ("limits", "duties", "scales", "titles")


def _take_out(value: Any, where: Where, mended: list[Where]) -> Where | None:
    """Take out the key of a place, or the nearest one above it: of a list nothing, so that its lines stay true."""
    for n in range(len(where), 0, -1):
        parent, last = _at(value, where[: n - 1]), where[n - 1]
        if isinstance(parent, dict) and last in parent and where[:n] not in mended:
            del parent[last]
            return where[:n]
    return None


def _at(value: Any, steps: Where) -> Any:
    for step in steps:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _quoted(message: str, what: str) -> str:
    """Return the name in backticks after some words of a message, or ''."""
    _, found, rest = message.partition(f"{what} `")
    return rest.partition("`")[0] if found else ""


def echoes(where: Where, text: str, mended: list[Where]) -> bool:
    """Tell whether a finding only says again that something was wrong there and taken out."""
    if text.startswith("引用的条款"):
        return any(place[: len(where)] == where and place[-1] == "article" for place in mended)
    return any(place[: len(where)] == where or where[: len(place)] == place for place in mended) and (
        text.startswith(("时长要写", "数什么要写", "没有写", "等次至少"))
        or text.endswith(("次数须大于零", "没有内容"))
    )
