"""Records that a merge left undecided, put together from what git's index has of each side.

Markers in a file are only one way in which git shows a conflict: of a renamed and deleted record, of
one added on both sides, or where an attribute forbids merging, one side lies there as if nothing had
happened. The index has all of them.
"""

import os
from collections.abc import Iterator

from msgspec import Struct

from shouwen.core.errors import BadData
from shouwen.core.integrity.conflict_markers import conflicted, healed, united
from shouwen.store import atomic_files
from shouwen.store.canonical import tidied
from shouwen.store.git import RECORDS, call, resolve, unarmed, write
from shouwen.store.ids import ARCHIVE, LIVE
from shouwen.store.ledger import Ledger
from shouwen.store.placing import place
from shouwen.store.record import Recorded, decode, kind_of
from shouwen.store.scan import CASE_ID, INQUIRY_ID

_OTHER_SIDES = ("MERGE_HEAD", "REBASE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD")
_BASE, _OURS, _THEIRS = "1", "2", "3"


class Undecided(Struct, frozen=True):
    """One record of which the index has several versions: its id, and (stage, path, blob) of each."""

    name: str
    sides: list[tuple[str, str, str]]

    @property
    def paths(self) -> list[str]:
        """Every place in which it stands on one side or the other."""
        return sorted({path for _, path, _ in self.sides})


def unmerged_paths(root: str) -> list[str]:
    """Return paths of the ledger that git has not merged; records and settings alike.

    Raises:
        GitError: git failed; its own words.
        NotStarted: the system could not start git.
    """
    return sorted({path for _, path, _ in _stages(root)})


def _stages(root: str) -> list[tuple[str, str, str]]:
    found = []
    for entry in call(root, "ls-files", "-u", "-z").split(b"\0"):
        info, _, path = entry.partition(b"\t")
        if info:
            _, blob, stage = info.decode().split()
            found.append((stage, os.fsdecode(path), blob))
    return found


def record_name(path: str) -> str:
    """Return the id of the record whose file this is; '' for any other file."""
    top, stem = path.partition("/")[0], os.path.basename(path).removesuffix(".yaml")
    known = top in RECORDS and path.endswith(".yaml")
    return stem if known and (INQUIRY_ID.fullmatch(stem) or CASE_ID.fullmatch(stem)) else ""


def undecided(root: str) -> list[Undecided]:
    """Return the records of which some side is unmerged, each with all that the index and both sides have.

    Raises:
        GitError: git failed; its own words.
        NotStarted: the system could not start git.
    """
    stages = _stages(root)
    names = {name for _, path, _ in stages if (name := record_name(path))}
    if not names:
        return []
    sides: dict[str, list[tuple[str, str, str]]] = {name: [] for name in sorted(names)}
    for side in (*stages, *_heads(root)):
        if (name := record_name(side[1])) in sides and side not in sides[name]:
            sides[name].append(side)
    return [Undecided(name, sorted(found)) for name, found in sides.items()]


def _heads(root: str) -> Iterator[tuple[str, str, str]]:
    """Yield what each side has of the records: a rename may have left the index with one of two places."""
    for stage, names in ((_OURS, ("HEAD",)), (_THEIRS, _OTHER_SIDES)):
        for name in names:
            if not resolve(root, name):
                continue
            for entry in call(root, "ls-tree", "-r", "-z", name, "--", *RECORDS).split(b"\0"):
                info, _, path = entry.partition(b"\t")
                if info[:6] in (b"100644", b"100755"):
                    yield stage, os.fsdecode(path), info.split()[2].decode()


def whole(ledger: Ledger, record: Undecided) -> tuple[str, bytes]:
    """Return (where it belongs, everything that any side has of it); ValueError where people must decide.

    What was recorded in the file since the merge stopped is kept too. It lies in the archive if both
    sides have put it there.

    Raises:
        BadData: a version cannot be read; every problem with its line.
        ValueError: the versions cannot be put together by themselves; why.
        GitError: git failed; its own words.
        NotStarted: the system could not start git.
    """
    kind = kind_of(record.name)
    texts = []
    for stage in (_OURS, _THEIRS, _BASE):
        for _, path, blob in (side for side in record.sides if side[0] == stage):
            texts.append(_in_form(kind, call(ledger.root, "cat-file", "blob", blob), path))
    texts += _lying(ledger, kind, record.paths)
    new = united(texts).encode()
    decode(kind, new, record.paths[0])
    ends = {path.partition("/")[0] for stage, path, _ in record.sides if stage != _BASE}
    return ledger.path(record.name, ARCHIVE if ends == {ARCHIVE} else ""), new


def _lying(ledger: Ledger, kind: type[Recorded], paths: list[str]) -> list[str]:
    texts = []
    for path in paths:
        try:
            texts.append(_in_form(kind, atomic_files.read(place(ledger.root, path), path), path))
        except FileNotFoundError:
            continue
    return texts


def doubled(ledger: Ledger) -> dict[str, list[str]]:
    """Return ids of which a record lies in more than one place, as a merge may leave it; with the places."""
    found: dict[str, list[str]] = {}
    for name, path in ledger.ids(LIVE, ARCHIVE):
        found.setdefault(name, []).append(path)
    return {name: sorted(paths) for name, paths in found.items() if len(paths) > 1}


def joined(ledger: Ledger, name: str, paths: list[str]) -> tuple[str, bytes]:
    """Return (the live place of a record that lies in several, everything that any of them has of it).

    ValueError where people must decide.

    Raises:
        BadData: a version cannot be read; every problem with its line.
        ValueError: the versions cannot be put together by themselves; why.
    """
    kind = kind_of(name)
    new = united(_lying(ledger, kind, paths)).encode()
    decode(kind, new, paths[0])
    return ledger.path(name), new


def _in_form(kind: type[Recorded], raw: bytes, path: str) -> str:
    """Return a version in the common form, without the markers that a merge may have left in it."""
    text = raw.decode("utf-8")
    if conflicted(text):
        text = healed(text)
    return tidied(decode(kind, text.encode(), path)).decode()


def settle(ledger: Ledger, record: Undecided, path: str, new: bytes) -> None:
    """Put the record where it belongs, its other places away, and tell git. Call under the lock.

    Raises:
        GitError: git failed; its own words.
        NotStarted: the system could not start git.
        BadData: a folder on the way is a link.
    """
    root = ledger.root
    if others := lay(ledger, record.paths, path, new):
        write(root, "rm", "-q", "--cached", "-f", "--ignore-unmatch", "--", *others, options=unarmed(root))
    write(root, "add", "--", path, options=unarmed(root))


def lay(ledger: Ledger, paths: list[str], path: str, new: bytes) -> list[str]:
    """Put a record where it belongs, its other places away, each kept beside; those. Call under the lock.

    Raises:
        BadData: a folder on the way is a link.
    """
    full = place(ledger.root, path)
    try:
        old = atomic_files.read(full, path)
    except FileNotFoundError:
        atomic_files.create(full, new, path, shared=True)
    else:
        if old != new:
            ledger.keep(path, old)
            atomic_files.replace(full, old, new, path)
    others = [p for p in paths if p != path]
    for other in others:
        try:
            ledger.keep(other, atomic_files.read(place(ledger.root, other), other))
            atomic_files.remove(place(ledger.root, other), other)
        except (FileNotFoundError, BadData):
            continue
    return others
