"""The ids of records: what they look like, and which one somebody means by a part of one."""

import os
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from shouwen.core.errors import BadData, NotFound
from shouwen.core.vocabulary import half_width
from shouwen.store import scan

if TYPE_CHECKING:
    from shouwen.store.ledger import Ledger


LIVE, ARCHIVE, SANCTIONS = "inquiries", "archive", "sanctions"  # the folders of records

_HEARD = str.maketrans("OIL", "011")  # letters that no id has, as heard on the phone
_DASHES = str.maketrans("—–−_", "----")


def pattern(folder: str) -> re.Pattern[str]:
    """Return what the file names of a folder look like."""
    return scan.CASE_ID if folder == SANCTIONS else scan.INQUIRY_ID


def _heard(text: str) -> tuple[str, str]:
    """Split what somebody typed or said into (the day, the letters), as ids are written."""
    day, _, letters = half_width(text).strip().upper().translate(_DASHES).rpartition("-")
    return day, letters.translate(_HEARD)


def meant(names: Iterable[str], text: str) -> list[str]:
    """Return the ids that a part of one means; several only where none is nearer than the others.

    Nearest is an id whose letters begin or end so, then one that has them in the middle; a part of
    the day before the dash (``1123-K7``) must begin or end the day.
    """
    day, letters = _heard(text)
    near: list[str] = []
    within: list[str] = []
    for name in names:
        date, _, tail = name.rpartition("-")
        if letters in tail and (date.startswith(day) or date.endswith(day)):
            (near if tail.startswith(letters) or tail.endswith(letters) else within).append(name)
    return near or within


def find_record(ledger: "Ledger", text: str, folders: tuple[str, ...]) -> str:
    """Find the path of the one record in these folders that ``text`` means: ``Ledger.find``.

    Raises:
        NotFound: none, or more than one.
        BadData: a folder that may hold it cannot be listed.
    """
    head, letters = _heard(text)
    whole = f"{head}-{letters}" if head else ""
    if pattern(folders[0]).fullmatch(whole):
        for folder in folders:
            path = ledger.path(whole, folder)
            if os.path.lexists(os.path.join(ledger.root, path)):
                return path
        raise NotFound(f"没有编号为 {whole} 的记录")
    if len(letters) < 2 or not set(letters) <= set(scan.ALPHABET):
        raise NotFound(f"“{text}”不像编号；写全称如 20261123-K7Q4QX，或字母段的一部分如 K7Q4")
    paths = dict(ledger.ids(*folders))
    hits = [(name, paths[name]) for name in meant(paths, text)]
    if len(hits) == 1:
        return hits[0][1]
    if not hits:
        if hidden := [p for _, p in ledger.files(*folders) if p and p.check == "readable"]:
            raise BadData(hidden)  # it may be among what could not be read
        raise NotFound(f"没有编号含“{text}”的记录；用 shouwen list 查看")
    shown = "、".join(name for name, _ in hits[:5]) + (" 等" if len(hits) > 5 else "")
    raise NotFound(f"“{text}”对应 {len(hits)} 条记录：{shown}；请多写几位")


def new_event_id(taken: set[str]) -> str:
    """Return a fresh event id of four letters, none of those taken in the record."""
    while True:
        name = random_letters(4).lower()
        if name not in taken:
            return name


def random_letters(count: int) -> str:
    """Return random letters; 32 of them make five bits of a byte each, none likelier than another."""
    return "".join(scan.ALPHABET[byte & 31] for byte in os.urandom(count))
