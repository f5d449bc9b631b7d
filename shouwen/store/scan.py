"""Finding records by file name, and passing over those that are plainly settled.

``settled`` reads no more than the shape of the event lines. It says yes only to a record in
the common form whose acts follow one another in time, lawfully, to a single 办结; everything
else is read in full. A test holds it to this: whatever replay calls open, or finds a dispute
in, is never passed over.
"""

import os
import re
from collections.abc import Iterator
from functools import cache

from shouwen.core.errors import Problem
from shouwen.store.safely import reason

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford base32: no I, L, O, U
INQUIRY_ID = re.compile(rf"(\d{{4}})(\d\d)(\d\d)-[{ALPHABET}]{{6}}")
CASE_ID = re.compile(rf"S(\d{{4}})(\d\d)(\d\d)-[{ALPHABET}]{{6}}")

_TIME = rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.(?!000000)\d{6})?[+-]\d\d:\d\d"
_ACT = rb'- \{"id": "([^"\\]+)", "at": "(' + _TIME + rb')", "by": "[^"\\]*", "do": "([^"\\]+)"'
_STAY = "(?:(?:反馈|记事|催办|督办|请示|批示|预约|出具) )*"
_SHAPE = (
    f"(?:{_STAY}(?:转办 {_STAY}(?:签收|退回) |一次性告知 {_STAY}补正 |中止 {_STAY}恢复 )?)*"
    "办结 (?:(?:回访|记事|反馈|出具) )*"
)
_CALLBACK = "回访".encode()
# A department named by a leader may not return the matter: such records are read in full.
_NAMED = ("指定".encode(), b'"designate"')


@cache
def _act() -> re.Pattern:
    return re.compile(_ACT)


@cache  # a few hundred sequences make up a whole ledger
def _lawful(acts: tuple[bytes, ...]) -> bool:
    return bool(re.fullmatch(_SHAPE, b" ".join(acts).decode() + " "))


def settled(raw: bytes, called_back: bool = False) -> bool:
    """Whether the record is certainly closed and undisputed; False means: read it in full.

    With ``called_back`` only a record that has its 回访 too.
    """
    head, _, tail = raw.partition(b"\nevents:\n")
    found = _act().findall(tail)
    if not found or len(found) != tail.count(b"\n") or tail[-1:] != b"\n":
        return False
    if _NAMED[0] in tail or _NAMED[1] in tail:
        return False
    ids, times, acts = zip(*found, strict=True)
    received = head.partition(b'\nreceived: "')[2].partition(b'"')[0]
    order = list(zip(times, ids, strict=True))  # as replay takes them
    if received > times[0] or order != sorted(order) or len(set(ids)) < len(ids):
        return False
    if len({at[-6:] for at in (received, *times)}) > 1:  # times of two zones do not sort as text
        return False
    return _lawful(acts) and (not called_back or _CALLBACK in acts)


def _entries(path: str) -> list[os.DirEntry]:
    try:
        with os.scandir(path) as found:
            return sorted(found, key=lambda e: e.name)
    except FileNotFoundError:
        return []


def walk(root: str, folder: str, pattern: re.Pattern) -> Iterator[tuple[str, Problem | None]]:
    """(path from the root, problem) of everything below a folder, by name.

    The problem is set for what is not a record: a link, a stray file, a cloud copy. Hidden
    files (leftovers of a killed write) are no records and no problem.
    """
    stack = [folder]
    while stack:
        here = stack.pop()
        below: list[str] = []
        try:
            entries = _entries(os.path.join(root, here))
        except OSError as error:
            yield here, Problem(here, 0, "readable", f"目录读不出：{reason(error)}")
            continue
        for entry in entries:
            if entry.name[0] == ".":
                continue
            path = f"{here}/{entry.name}"
            if entry.is_symlink():
                yield path, _stray(path, "readable", "是符号链接，不读取", "请移走")
            elif entry.is_dir():
                if entry.name[-5:] == ".yaml":
                    yield path, _stray(path, "readable", "是目录，不是记录", "请移走")
                below.append(path)
            elif entry.name[-5:] == ".yaml" and pattern.fullmatch(entry.name, 0, len(entry.name) - 5):
                yield path, None
            else:
                hint = "网盘的冲突副本或误放的文件，核对后移走"
                yield path, _stray(path, "file-name", "不是记录的文件名", hint)
        stack += reversed(below)


def _stray(path: str, check: str, text: str, hint: str) -> Problem:
    # A name need not be UTF-8; what is shown must be.
    shown = path.encode("utf-8", "backslashreplace").decode()
    return Problem(shown, 0, check, text, hint)
