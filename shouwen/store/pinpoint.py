"""Which key of a mapping an error of msgspec means: it says ``$.departments[...].phone`` for any."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import ValidationError

_ANY = re.escape("[...]")
_STEP = r"\.([A-Za-z_]\w*)|\[(\d+)\]"


def pinpoint(error: ValidationError, value: Any, kind: Any) -> ValidationError:
    """Return the error with the key in question wherever msgspec says only ``[...]``, some key of a mapping.

    Each key is tried alone, from the outermost mapping inwards: the one that raises the same error
    is meant. The error itself where none does.
    """
    keys: list[str] = []
    while len(keys) < str(error).count("[...]"):
        steps = _steps(str(error), keys)
        culprit = next((k for k, alone in _alone(value, steps) if _fails(alone, kind, str(error))), None)
        if culprit is None:
            return error
        keys.append(culprit)
        value = dict(_alone(value, steps))[culprit]
    return ValidationError(re.sub(_ANY, lambda _: f"[{keys.pop(0)}]", str(error)))


def _steps(message: str, keys: list[str]) -> list[str | int]:
    """Return the way from the top to the first ``[...]`` whose key is not known yet: fields, numbers, keys."""
    between = re.split(_ANY, message.partition("`$")[2])[: len(keys) + 1]
    steps: list[str | int] = []
    for part, key in zip(between, [*keys, None], strict=True):
        steps += [int(n) if n else word for word, n in re.findall(_STEP, part)]
        steps += [key] if key is not None else []
    return steps


def _alone(value: Any, steps: list[str | int]) -> Iterator[tuple[str, Any]]:
    """Yield each key of the mapping at ``steps``, with the value in which it is the only one there."""
    if not steps:
        yield from ((key, {key: one}) for key, one in value.items())
        return
    first, *rest = steps
    for key, below in _alone(value[first], rest):
        changed = value.copy()
        changed[first] = below
        yield key, changed


def _fails(value: Any, kind: Any, message: str) -> bool:
    try:
        msgspec.convert(value, kind, strict=False)
    except ValidationError as error:
        return str(error) == message
    return False
