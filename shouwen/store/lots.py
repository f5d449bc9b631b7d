"""Records by the lot, all that lie in one folder: what each lot adds up to is worked out once and kept.

A year's figures are sums over months, and a month long past changes no more. Every byte of it is still
read: a lot is known by a digest of its names and bytes (docs/decisions/0025).
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any, TypeVar

from msgspec import Struct, field

from shouwen.core.errors import BadData, Problem
from shouwen.store import replaced
from shouwen.store.ledger import Ledger
from shouwen.store.memo import Memo
from shouwen.store.memo_files import hasher
from shouwen.store.parallel import halves
from shouwen.store.record import Record
from shouwen.store.tally import Tally

R = TypeVar("R")
FEW = 1_000  # records to be worked on from which a second process gains more time than it takes to start
MOST = 8_000  # records that wait in memory to be worked on together


class Lot(Struct):
    """The files of one folder: the bytes of each, or what is wrong with it."""

    folder: str
    files: list[tuple[str, bytes | list[Problem]]] = field(default_factory=list)
    known_by: bytes = b""

    @property
    def readable(self) -> bool:
        """Return whether every file could be read."""
        return all(isinstance(raw, bytes) for _, raw in self.files)

    @property
    def digest(self) -> bytes:
        """Return what the names and bytes of a readable lot are known by."""
        if not self.known_by:
            made = hasher(digest_size=32)
            for path, raw in self.files:
                made.update(f"{path} {len(raw)}\n".encode())
                if isinstance(raw, bytes):
                    made.update(raw)
            self.known_by = made.digest()
        return self.known_by


def lots(ledger: Ledger, folders: Iterable[str], tally: Tally | None = None) -> Iterator[Lot]:
    """Yield the lots of the folders in the order of their names, each read whole; ``tally`` counts the bytes."""
    for folder, files in groupby(ledger.files(*folders), lambda file: file[0].rpartition("/")[0]):
        lot = Lot(folder)
        for path, problem in files:
            try:
                raw: bytes | list[Problem] = (
                    [problem] if problem else replaced.read(ledger.root, path, listed=True)
                )
            except FileNotFoundError:
                continue  # archived or removed while we looked
            except BadData as error:
                raw = error.problems
            if tally and isinstance(raw, bytes):
                tally.add(path, raw)
            lot.files.append((path, raw))
        yield lot


def worked(
    ledger: Ledger, work: Callable[[Iterator[Record | list[Problem]]], R], some: Iterable[Lot],
    memo: Memo | None = None,
) -> Iterator[tuple[Lot, list[R] | bytes]]:  # fmt: skip
    """Yield each lot with what ``work`` makes of its records, in one part or two; or what the memo tells of it.

    Work on large lots, or many small ones, is shared by two processes. What a memo is to tell the next
    time whoever asks gives it, by the lot's folder and digest.
    """
    waiting: list[tuple[Lot, bytes | None]] = []
    count = 0
    for lot in some:
        known = memo.known(lot.folder, lot.digest) if memo and lot.readable else None
        waiting.append((lot, known[0].value if known else None))
        count += 0 if known else len(lot.files)
        if count >= MOST or not count:
            yield from _together(ledger, work, waiting)
            waiting, count = [], 0
    yield from _together(ledger, work, waiting)


def _together(
    ledger: Ledger, work: Callable[[Iterator[Any]], R], waiting: list[tuple[Lot, bytes | None]]
) -> Iterator[tuple[Lot, list[R] | bytes]]:
    """Yield the lots with what is made of those of which nothing is known."""
    files = [
        (n, path, raw) for n, (lot, known) in enumerate(waiting) if known is None for path, raw in lot.files
    ]

    def part(some: Iterable[tuple[int, str, bytes | list[Problem]]]) -> list[tuple[int, R]]:
        return [
            (n, work(_read(ledger, ((path, raw) for _, path, raw in lot))))
            for n, lot in groupby(some, lambda file: file[0])
        ]

    made: dict[int, list[R]] = {}
    for done in halves(part, files, FEW):
        for n, result in done:
            made.setdefault(n, []).append(result)
    for n, (lot, known) in enumerate(waiting):
        yield lot, made.get(n, []) if known is None else known


def _read(
    ledger: Ledger, files: Iterable[tuple[str, bytes | list[Problem]]]
) -> Iterator[Record | list[Problem]]:
    for path, raw in files:
        if not isinstance(raw, bytes):
            yield raw
            continue
        try:
            yield ledger.decoded(path, raw)
        except BadData as error:
            yield error.problems
