"""How far a long job has come: one line on stderr, and only where somebody looks on."""

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
PATIENCE = 1.0  # seconds until a terminal is told how far it is
STRIDE = 64  # items between two looks at the clock


def counted(items: Iterable[T], what: str = "已读") -> Iterator[T]:
    """Yield the items; on a terminal, say how many of them after a second, and wipe that away at the end.

    The line is overwritten, five times a second at most. Nothing is said to a pipe or a log.
    """
    if not (sys.stderr and sys.stderr.isatty()):
        yield from items
        return
    said, next_word = "", time.monotonic() + PATIENCE
    try:
        for n, item in enumerate(items, 1):
            if not n % STRIDE and time.monotonic() >= next_word:
                said, next_word = f"\r{what} {n} 条…", time.monotonic() + PATIENCE / 5
                sys.stderr.write(said)
                sys.stderr.flush()
            yield item
    finally:
        if said:
            sys.stderr.write("\r" + " " * (2 * len(said)) + "\r")
            sys.stderr.flush()
