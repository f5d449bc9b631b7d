"""The memo: what pure functions of a record's bytes gave, kept from one run to the next.

Every byte is still read; what is known is known of those bytes, under the path they lie at, by this
very program. So nothing can be stale, and a memo that is torn, foreign, forged or missing costs time
and changes no output (docs/decisions/0025). Two things are kept:

- *settled*: that a record reads well and is plainly settled, so that it may be passed over;
- *told*: what a job found out about a record under these settings, from one moment to another.
"""

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec

import msgspec
from msgspec import Struct

from shouwen.core.errors import BadData
from shouwen.store import atomic_files
from shouwen.store.memo_files import Shelf, hasher, keyed, shelf

_MARK = 16  # bytes by which a record is known
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PROGRAM = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_SETTINGS = ("ledger.yaml", "staff.yaml", "matters.yaml")
_FOLDERS = ("policies", "calendar")


class Recalled(Struct, frozen=True):
    """In the place of a record: what was told of it."""

    value: bytes


class Kept(Struct, array_like=True, frozen=True):
    """What a job found out, and when that holds: microseconds since 1970, the last not included."""

    since: int
    until: int
    value: bytes


# What a part of a run met: marks of settled records, what is told of others, whether there is anything
# new of either kind.
Noted = tuple[list[bytes], dict[bytes, Kept], list[bool]]


def _microseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)


class Memo:
    """What is known of a ledger's records for one job, under its settings as they were when they were read.

    ``settled`` names the rule by which the job passes over records; '' if it passes over none.
    """

    def __init__(self, kept: Shelf, root: str, settings: bytes, now: datetime, job: str, settled: str = ""):
        self._root, self._settings = root, settings
        program, where = program_version(), os.path.realpath(root).encode("utf-8", "surrogateescape")
        self._shelf, self._now = kept, _microseconds(now)
        self._key = keyed(kept.key, b"record", program)
        self._settled = kept.path(where, b"settled", settled.encode()) if settled else "", program
        self._told = kept.path(where, job.encode()), program + settings
        marks = kept.load(*self._settled) if settled else b""
        self.settled = {marks[n : n + _MARK] for n in range(0, len(marks), _MARK)}
        self._known: dict[bytes, Kept] = {}
        if content := kept.load(*self._told):
            self._known = _TOLD.decode(content)
        self._last: tuple[str, bytes] = "", b""
        self._begin()

    def _begin(self) -> None:
        self._met: list[bytes] = []
        self._heard: dict[bytes, Kept] = {}
        self._fresh = [False, False]

    def secret(self, use: bytes) -> bytes:
        """Return a key for some use, the same in every run of this program by this user."""
        return keyed(self._key, use)

    def mark(self, path: str, raw: bytes) -> bytes:
        """Return what these bytes at this path are known by."""
        made = hasher(b"%b\0" % path.encode(), key=self._key, digest_size=_MARK)
        made.update(raw)
        return made.digest()

    def known(self, path: str, raw: bytes) -> list[Recalled] | None:
        """Return what stands in a record's place: nothing if it is settled; None if it has to be read."""
        mark = self.mark(path, raw)
        if mark in self.settled:
            self._met.append(mark)
            return []
        told = self._known.get(mark)
        if not told or not told.since <= self._now < told.until:
            self._last = path, mark
            return None
        self._heard[mark] = told
        return [Recalled(told.value)]

    def _mark_of(self, path: str, raw: bytes) -> bytes:
        """Return the mark once more: mostly of what was just asked for, so that it is not made twice."""
        return self._last[1] if path == self._last[0] else self.mark(path, raw)

    def settle(self, path: str, raw: bytes) -> None:
        """Keep that a record is settled."""
        self._met.append(self._mark_of(path, raw))
        self._fresh[0] = True

    def keep(self, path: str, raw: bytes, value: bytes, until: datetime) -> None:
        """Keep what was found out about a record, as it holds from now to a moment."""
        self._heard[self._mark_of(path, raw)] = Kept(self._now, _microseconds(until), value)
        self._fresh[1] = True

    def noted(self) -> Noted:
        """Return what was met since the last call."""
        found = self._met, self._heard, self._fresh
        self._begin()
        return found

    def save(self, parts: Iterable[Noted]) -> None:
        """Keep what the parts of a run noted, where anything is new; of what is there no more nothing stays.

        Nothing is kept if the settings were changed while they were in use.
        """
        met: list[bytes] = []
        heard: dict[bytes, Kept] = {}
        fresh = [False, False]
        for settled, told, new in parts:
            met += settled
            heard |= told
            fresh = [a or b for a, b in zip(fresh, new, strict=True)]
        if not any(fresh) or settings_version(self._root) != self._settings:
            return
        if fresh[0]:
            self._shelf.store(*self._settled, b"".join(met))
        if fresh[1]:
            self._shelf.store(*self._told, msgspec.msgpack.encode(heard))


_TOLD = msgspec.msgpack.Decoder(dict[bytes, Kept])


def opened(root: str, settings: bytes, now: datetime, job: str, settled: str = "") -> Memo | None:
    """Return the memo of a ledger for a job; None where this user can have none."""
    kept = shelf(root)
    return Memo(kept, root, settings, now, job, settled) if kept else None


def program_version() -> bytes:
    """Return what this program is: by its own files it is known, as Python itself knows by them when to compile."""
    made = hasher(f"{sys.version} {msgspec.__version__}".encode(), digest_size=32)
    stack = [_PROGRAM]
    while stack:
        with os.scandir(stack.pop()) as entries:
            for entry in sorted(entries, key=lambda e: e.name):
                if not entry.is_dir():
                    info = entry.stat()
                    made.update(f"{entry.path} {info.st_size} {info.st_mtime_ns} {info.st_ino}\n".encode())
                elif entry.name not in ("docs", "__pycache__"):
                    stack.append(entry.path)
    return made.digest()


def settings_version(root: str) -> bytes:
    """Return what the settings of a ledger are: every byte that people wrote there, and the published holidays.

    Asked before any of them is used and again before anything is kept: between two equal answers
    nothing was changed.
    """
    made = hasher(digest_size=32)
    names = list(_SETTINGS)
    for folder in _FOLDERS:
        with suppress(OSError):
            names += sorted(f"{folder}/{name}" for name in os.listdir(os.path.join(root, folder)))
    for name in names:
        try:
            raw = atomic_files.read(os.path.join(root, name), name)
        except (OSError, BadData) as error:
            raw = str(error).encode()
        made.update(f"{name} {len(raw)}\n".encode() + raw)
    holidays = find_spec("chinese_calendar")
    if holidays and holidays.origin:
        info = os.stat(os.path.join(os.path.dirname(holidays.origin), "constants.py"))
        made.update(f"{info.st_size} {info.st_mtime_ns}".encode())
    return made.digest()
