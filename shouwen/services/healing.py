"""Records that a merge left undecided, made whole again: every line of both sides is kept.

What git's index has of each side is looked at first, then files with markers in them, then records in the
wrong place. What only people can decide is named and left.
"""

import os
from collections.abc import Callable

from msgspec import Struct, field

from shouwen.core.errors import BadData, Problem
from shouwen.core.integrity.conflict_markers import conflicted, healed
from shouwen.services.check import problems_of
from shouwen.services.desk import Desk
from shouwen.services.misplaced import Moved, put_back
from shouwen.services.tidying import difference
from shouwen.store import atomic_files
from shouwen.store.git import inside, stage
from shouwen.store.ids import ARCHIVE, LIVE, SANCTIONS
from shouwen.store.record import decode, kind_of
from shouwen.store.unmerged import record_name, settle, undecided, unmerged_paths, whole

Show = Callable[[str], None]


class Healed(Struct):
    """What was made whole, what was moved, what is left to people, what could not be read.

    ``staged``: git was told that the paths are resolved.
    """

    mended: list[str] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    staged: bool = False

    @property
    def count(self) -> int:
        """How many records are whole again."""
        return len(self.mended) + len(self.moved)


def heal(desk: Desk, show: Show, write: bool = True) -> Healed:
    """Make the records of a ledger whole; each line of the difference goes to ``show`` before it is written.

    A copy of what is changed is laid beside it. Without ``write`` nothing is changed.

    Raises:
        Conflict: the disk failed, or a record changed meanwhile.
        GitError: git failed; its own words.
        NotStarted: the system could not start git.
    """
    ledger, done = desk.ledger, Healed()
    _from_index(desk, show, write, done)
    paths, done.problems = ledger.listed(LIVE, ARCHIVE, SANCTIONS)
    for path in [*ledger.settings(), *paths]:
        if path not in done.mended:
            _markers(desk, path, show, write, done)
    _misplaced(desk, write, done)
    touched = [*done.mended, *(path for places in done.moved for path in places)]
    if touched and write and inside(ledger.root):
        with atomic_files.lock(ledger.root):
            stage(ledger.root, touched)
        done.staged = True
    return done


def _from_index(desk: Desk, show: Show, write: bool, done: Healed) -> None:
    """Put records together from what the index has of each side."""
    ledger = desk.ledger
    if not inside(ledger.root):
        return
    for record in undecided(ledger.root):
        try:
            with atomic_files.lock(ledger.root):
                path, new = whole(ledger, record)
                _shown(path, _lying(ledger.root, path), new.decode(), show)
                if write:
                    settle(ledger, record, path, new)
            done.mended.append(path)
        except (ValueError, BadData) as error:
            done.left.append(f"{record.paths[0]}: 没有修复：{error}")
    done.left += [
        f"{path}: 设置文件的冲突要人来定：留下该留的，再 git add"
        for path in unmerged_paths(ledger.root)
        if not record_name(path) and path not in ledger.settings()
    ]


def _markers(desk: Desk, path: str, show: Show, write: bool, done: Healed) -> None:
    """Take the markers out of one file, if it has any."""
    ledger = desk.ledger
    full = os.path.join(ledger.root, path)
    try:
        raw = atomic_files.read(full, path)
        text = raw.decode("utf-8")
    except BadData as error:
        done.problems += error.problems
        return
    except (UnicodeDecodeError, FileNotFoundError):
        return  # check speaks of the one, and the other has just been archived
    first = conflicted(text)
    if not first:
        return
    if "/" not in path:
        done.left.append(f"{path}:{first}: 设置文件的冲突要人来定：留下该留的，去掉标记，再 git add")
        return
    try:
        new = healed(text).encode()
        decode(kind_of(path), new, path)
    except (ValueError, BadData) as error:
        done.left.append(f"{path}: 没有修复：{error}")
        return
    _shown(path, text, new.decode(), show)
    done.mended.append(path)
    if write:
        ledger.keep(path, raw)
        with atomic_files.lock(ledger.root):
            atomic_files.replace(full, raw, new, path)


def _misplaced(desk: Desk, write: bool, done: Healed) -> None:
    """Bring records back to where they belong; nothing while the settings are themselves in conflict."""
    try:
        found = problems_of(desk)[0]
    except BadData:
        return
    done.moved, left = put_back(desk, found, write)
    done.left += left


def _shown(path: str, old: str, new: str, show: Show) -> None:
    for line in difference(path, old, new, around=0):
        show(line)


def _lying(root: str, path: str) -> str:
    try:
        return atomic_files.read(os.path.join(root, path), path).decode("utf-8", "replace")
    except (FileNotFoundError, BadData):
        return ""
