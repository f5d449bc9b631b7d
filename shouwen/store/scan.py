"""Finding records by file name, and passing over those that are plainly settled.

``settled`` reads no more than the shape of the event lines. It says yes only to a record in
the common form whose acts follow one another in time, lawfully, to a single 办结; everything
else is read in full. A test holds it to this: whatever replay calls open, or finds a dispute
in, is never passed over.
"""

import os
import re
from collections.abc import Iterator

from shouwen.core.errors import Problem
from shouwen.store.safely import reason

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford base32: no I, L, O, U
INQUIRY_ID = re.compile(rf"(\d{{4}})(\d\d)(\d\d)-[{ALPHABET}]{{6}}")
CASE_ID = re.compile(rf"S(\d{{4}})(\d\d)(\d\d)-[{ALPHABET}]{{6}}")

_EVENT = re.compile(rb'- \{"id": "[^"\\]+", "at": "([^"\\]{25,32})", "by": "[^"\\]*", "do": "([^"\\]+)"')
_STAY = "(?:(?:反馈|记事|催办|督办|请示|预约|出具) )*"
_SHAPE = re.compile(
    f"(?:{_STAY}(?:转办 {_STAY}(?:签收|退回) |一次性告知 {_STAY}补正 |中止 {_STAY}恢复 )?)*"
    "办结 (?:(?:回访|记事|反馈|出具) )*"
)


def settled(raw: bytes, called_back: bool = False) -> bool:
    """Whether the record is certainly closed and undisputed; False means: read it in full.

    With ``called_back`` only a record that has its 回访 too.
    """
    _, _, tail = raw.partition(b"\nevents:\n")
    acts = _EVENT.findall(tail)
    if not acts or len(acts) != tail.count(b"\n") or tail[-1:] != b"\n":
        return False
    times = [at for at, _ in acts]
    if times != sorted(times) or len({at[-6:] for at in times}) != 1:
        return False
    shape = b" ".join([do for _, do in acts]).decode() + " "
    return bool(_SHAPE.fullmatch(shape)) and (not called_back or "回访" in shape)


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
                yield path, Problem(path, 0, "readable", "是符号链接，不读取", "请移走")
            elif entry.is_dir():
                below.append(path)
            elif entry.name[-5:] == ".yaml" and pattern.fullmatch(entry.name, 0, len(entry.name) - 5):
                yield path, None
            else:
                yield path, Problem(path, 0, "file-name", "不是记录的文件名",
                                    "网盘的冲突副本或误放的文件，核对后移走")  # fmt: skip
        stack += reversed(below)
