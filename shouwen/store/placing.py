"""Where a record lies on disk, and whether what was just written there stayed."""

import os

from shouwen.core.errors import BadData, Conflict
from shouwen.store import atomic_files, scan


def place(root: str, path: str) -> str:
    """Return the file of a record.

    Raises:
        BadData: a folder on the way is a link to who knows where.
    """
    if link := scan.linked(root, path):
        raise BadData([scan.is_link(link)])
    return os.path.join(root, path)


def still_there(full: str, shown: str, new: bytes) -> None:
    """Make sure that what was written is still what stands in its place.

    Raises:
        Conflict: a program that asks for no lock (git pull, a cloud client) put another file there.
    """
    try:
        if atomic_files.read(full, shown).startswith(new):
            return
    except FileNotFoundError:
        pass
    why = "刚写进去的被别的程序（git pull、网盘同步等）换掉了，没有保住"
    raise Conflict(f"{shown}: {why}；等它做完，用 shouwen show 看过，再做一次")
