"""Output that is made in one order and written in another, kept on disk and not in memory."""

import tempfile
from collections.abc import Iterator
from typing import Any


class Spool:
    """Pieces of an output, given back in the order of their keys; in a file that has no name.

    Nothing of it is left when the program ends, however it ends.
    """

    def __init__(self, head: bytes = b"") -> None:
        """Make an empty one; ``head`` comes first, whatever the keys."""
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - as long as this
        self._places: list[tuple[Any, int, int]] = []
        self._head = head
        self._end = 0

    def add(self, key: Any, piece: bytes) -> None:
        """Keep a piece; keys must be comparable and differ."""
        self._file.write(piece)
        self._places.append((key, self._end, len(piece)))
        self._end += len(piece)

    def __enter__(self) -> "Spool":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[bytes]:
        yield self._head
        for _, start, length in sorted(self._places):
            self._file.seek(start)
            yield self._file.read(length)
