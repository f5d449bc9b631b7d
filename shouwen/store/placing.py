"""Where a record lies on disk, and whether what was just written there stayed."""

import os

from shouwen.core.errors import BadData, Conflict, Problem
from shouwen.store import atomic_files, scan
from shouwen.store.record import Record


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


def own(record: Record, right: str = "") -> Record:
    """Return the record itself, if it lies under its own name, and (where that is given) at the ``right`` path.

    Raises:
        BadData: it belongs elsewhere.
    """
    name = record.path.rsplit("/", 1)[1][:-5]
    if record.content.id != name:
        from shouwen.store.yaml_signs import with_quotes

        text = f"文件名是 {name}，里面的 id 是 {record.content.id}"
        problem = Problem(record.path, record.line("id"), "id-matches-path", text, "改回原来的文件名")
        raise BadData([with_quotes(problem, record.raw.decode("utf-8", "replace"))])
    if right and record.path != right:
        where = f"移到 {right}"
        raise BadData([Problem(record.path, 0, "id-matches-path", "不在按受理日期分的目录里", where)])
    return record
