"""Records that git merged into the wrong place: one id in two folders, or an open one in the archive.

One clone put a record away, another went on with it: git follows the rename and is content, and no
nightly report would read of it again.
"""

from collections.abc import Iterable

from shouwen.core.errors import BadData, Problem
from shouwen.services.desk import Desk
from shouwen.store import atomic_files
from shouwen.store.ids import LIVE
from shouwen.store.unmerged import doubled, joined, lay

Moved = tuple[str, ...]  # where a record lies now, and where it lay


def put_back(desk: Desk, found: Iterable[Problem], write: bool = True) -> tuple[list[Moved], list[str]]:
    """Unite what lies twice and move what is open out of the archive; (each record moved, what people must decide).

    ``found`` are the ledger's problems, of which those called archived-open name the second kind.
    """
    ledger = desk.ledger
    moved: list[Moved] = []
    left: list[str] = []
    twice = doubled(ledger)
    for name, paths in twice.items():
        try:
            with atomic_files.lock(ledger.root):
                path, new = joined(ledger, name, paths)
                if write:
                    lay(ledger, paths, path, new)
        except (ValueError, BadData) as error:
            left.append(f"{paths[0]}: 没有修复：{error}")
            continue
        moved.append((path, *(p for p in paths if p != path)))
    known = {path for paths in twice.values() for path in paths}
    for path in dict.fromkeys(p.path for p in found if p.check == "archived-open"):
        if path not in known:
            name = path.rsplit("/", 1)[1].removesuffix(".yaml")
            moved.append((ledger.move(path, LIVE) if write else ledger.path(name), path))
    return moved, left
