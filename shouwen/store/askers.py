"""Which records may be of a person, from what an earlier look noted of each file's header.

For advice alone: here, and nowhere else, a file is taken to be as it was while its size, its inode and
the time of its last change are. What may be of the person is then read whole, so that what is noted never
becomes an answer; a hole in it could at worst leave an advice unsaid (docs/decisions/0025).
"""

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from operator import attrgetter

import msgspec
from msgspec import Struct

from shouwen.core.deadlines.overdue import FOR_GOOD
from shouwen.core.errors import BadData
from shouwen.core.inquiry.header import Inquirer, same_person
from shouwen.store import atomic_files, scan
from shouwen.store.memo import Memo
from shouwen.store.memo_files import keyed

MANY = 1_000  # files from which to look at what is noted costs less than to read them
_JOB = b"askers"
_LINE = b"\ninquirer: "
_TICK = 2_000_000_000  # nanoseconds in which a second change might bear the same time
_LATELY = 3_600 * 10**9  # nanoseconds within which what is typed twice is typed twice
_UNKNOWN = b"?"  # the header is in no common form: it may name anybody


class Noted(Struct, array_like=True, frozen=True):
    """A file as it was when its header was looked at, and the mark of who asked; b"" for nobody known."""

    size: int
    changed: int
    inode: int
    person: bytes


_TABLE = msgspec.msgpack.Decoder(dict[str, Noted])
_HEAD = msgspec.json.Decoder(Inquirer)


def many(root: str, months: list[str]) -> bool:
    """Return whether so many files lie in the months that a memo pays."""
    return sum(len(atomic_files.names(os.path.join(root, month), month)) for month in months) >= MANY


def candidates(
    root: str, months: list[str], person: tuple[str, str], memo: Memo
) -> Iterator[tuple[str, bytes]]:
    """Yield the records in folders of the ledger that may be of a person, with their bytes, by name."""
    secret = memo.secret(_JOB)
    mine = _mark(secret, person)
    for month in months:
        told = memo.known(month, _JOB)
        before = _TABLE.decode(told[0].value) if told else {}
        now: dict[str, Noted] = {}
        for entry in _records(root, month):
            path = f"{month}/{entry.name}"
            try:
                info = entry.stat(follow_symlinks=False)
                noted = before.get(entry.name)
                raw = None
                if not noted or (noted.size, noted.changed, noted.inode) != (
                    info.st_size, info.st_ctime_ns, info.st_ino,
                ):  # fmt: skip
                    raw = atomic_files.read(f"{root}/{path}", path, listed=True)
                    noted = Noted(info.st_size, info.st_ctime_ns, info.st_ino, _person(secret, raw))
                if noted.person in (mine, _UNKNOWN):
                    yield path, raw or atomic_files.read(f"{root}/{path}", path, listed=True)
            except (OSError, BadData):
                continue
            if time.time_ns() - noted.changed > _TICK:
                now[entry.name] = noted
        if now != before:
            memo.keep(month, _JOB, msgspec.msgpack.encode(now), FOR_GOOD)
    memo.save([memo.noted()])


def written_lately(root: str, month: str, day: str) -> Iterator[tuple[str, bytes]]:
    """Yield (path, bytes) of the records of a day (20261124) that were written or added to within the hour, by name."""
    since = time.time_ns() - _LATELY
    for entry in _records(root, month):
        if not entry.name.startswith(day):
            continue
        path = f"{month}/{entry.name}"
        with suppress(OSError, BadData):
            if entry.stat(follow_symlinks=False).st_mtime_ns >= since:
                yield path, atomic_files.read(f"{root}/{path}", path, listed=True)


def _records(root: str, month: str) -> list[os.DirEntry[str]]:
    """Return the record files of a folder by name; none of one that is a link, or cannot be listed."""
    if scan.linked(root, month):
        return []
    try:
        with os.scandir(os.path.join(root, month)) as entries:
            return sorted(
                (e for e in entries if e.name[-5:] == ".yaml" and e.is_file(follow_symlinks=False)),
                key=attrgetter("name"),
            )
    except OSError:
        return []


def _mark(secret: bytes, person: tuple[str, str]) -> bytes:
    """Return what a person is known by, to this user alone."""
    return keyed(secret, *(word.encode() for word in person), length=12)


def _person(secret: bytes, raw: bytes) -> bytes:
    """Return the mark of who asked by the header of a record in the common form, as it was written."""
    start = raw.find(_LINE)
    if start < 0:
        return _UNKNOWN if b"inquirer" in raw or b"\\" in raw else b""
    end = raw.find(b"\n", start + 1)
    if raw.find(b"\ninquirer", end) >= 0:
        return _UNKNOWN
    try:
        person = same_person(_HEAD.decode(raw[start + len(_LINE) : end]))
    except (ValueError, RecursionError):
        return _UNKNOWN
    return _mark(secret, person) if person else b""
