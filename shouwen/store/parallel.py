"""Two processes for much work where there are two processors (docs/decisions/0020)."""

import os
import sys
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")
MANY = 4_000  # files from which a second process gains more time than it takes to start
_LENGTH = 8  # bytes in front of an answer that say how long it is
_KILL = 9
_divided = ContextVar("_divided", default=False)


def halves(work: Callable[[Sequence[T]], R], items: Sequence[T], many: int = 0) -> list[R]:
    """Return what ``work`` makes of the items: one result, or those of both halves, in order.

    There are halves from ``many`` items on, of files that are mostly passed over from ``MANY``.

    The second half may be done by a process of its own, which sends its result and nothing else.
    Whatever goes wrong there, nothing whole arrives and the half is done here: nothing is left
    out, and an error is raised where it is understood.
    """
    if len(items) < (many or MANY):
        return [work(items)]
    return divided(work, items, len(items) // 2)


def divided(work: Callable[[Sequence[T]], R], items: Sequence[T], middle: int) -> list[R]:
    """Return what ``work`` makes of the items before ``middle`` and of the others, as ``halves`` does.

    Work that is divided already is not divided again: there is no third processor.
    """
    if _divided.get() or _processors() < 2 or not 0 < middle < len(items):
        return [work(items)]
    before = _divided.set(True)
    try:
        return _both(work, items, middle)
    finally:
        _divided.reset(before)


def _both(work: Callable[[Sequence[T]], R], items: Sequence[T], middle: int) -> list[R]:
    inlet, outlet = os.pipe()
    child = os.fork()
    if not child:
        _answer(work, items[middle:], outlet)
    os.close(outlet)
    try:
        first = work(items[:middle])
        with open(inlet, "rb", closefd=False) as file:
            said = file.read()
    except BaseException:
        os.kill(child, _KILL)
        raise
    finally:
        os.close(inlet)
        os.waitpid(child, 0)
    answer = said[_LENGTH:]
    if said and int.from_bytes(said[:_LENGTH], "big") == len(answer):
        import pickle

        return [first, pickle.loads(answer)]
    return [first, work(items[middle:])]


def _processors() -> int:
    if not hasattr(os, "fork"):
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _answer(work: Callable[[Sequence[T]], R], items: Sequence[T], outlet: int) -> None:
    """Send, as the second process, what the work made, if it can be made, and end."""
    sys.stderr = None  # one of the two tells how far it is
    try:
        import pickle

        answer = pickle.dumps(work(items), pickle.HIGHEST_PROTOCOL)
        with open(outlet, "wb") as file:
            file.write(len(answer).to_bytes(_LENGTH, "big") + answer)
    finally:
        os._exit(0)  # without a word, and without the output that the first has not written yet
