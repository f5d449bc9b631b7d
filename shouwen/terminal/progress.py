"""How far a long job has come, on stderr, and only where somebody looks on."""

import sys
from collections.abc import Iterable, Iterator

EVERY = 1000


def counted(items: Iterable, what: str) -> Iterator:
    """The items as they come; every thousand a number that writes over the last one."""
    seen = sys.stderr.isatty()
    n = 0
    for n, item in enumerate(items, 1):
        if seen and n % EVERY == 0:
            sys.stderr.write(f"\r{what} {n} …")
            sys.stderr.flush()
        yield item
    if seen and n >= EVERY:
        sys.stderr.write("\r\x1b[K")
