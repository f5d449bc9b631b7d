"""staff.yaml changed as a person would change it: comments, order and layout stay."""

import io
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from glob import escape, glob
from hashlib import blake2b
from typing import Any

import msgspec

from shouwen.core.errors import BadData, Conflict, Problem, Refused
from shouwen.core.office.chart import Department, Staff
from shouwen.core.office.roster import Office
from shouwen.store import atomic_files, git
from shouwen.store.settings import converted

PATH = "staff.yaml"
_MARK = "shouwen-roster-"  # in git's own folder, with the digest of what a command made of the file
Change = Callable[[Any], None]


class Roster(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``staff.yaml``."""

    departments: dict[str, Department] = {}
    staff: dict[str, Staff] = {}


def change_roster(root: str, office: Office, change: Change) -> None:
    """Change staff.yaml under the ledger's lock; what it may not become is not written.

    ``change`` is given the file as nested mappings and changes them in place.

    Raises:
        BadData: the file cannot be read, or would no longer be readable.
        Refused: the change would leave something that does not fit together, or everything as it is.
        Conflict: somebody changed the file meanwhile, or the disk failed.
    """
    from shouwen.core.integrity.roster import check_office

    place = os.path.join(root, PATH)
    with atomic_files.lock(root):
        try:
            raw = atomic_files.read(place, PATH)
        except FileNotFoundError:
            raise BadData([Problem(PATH, 0, "readable", "没有这个文件", "新建一个，或从备份恢复")]) from None
        converted(raw, PATH, Roster)  # read strictly first: what stands there must be sound
        new = _changed(raw, change)
        if new == raw:
            raise Refused("名册里已经是这样，没有改动")
        found = converted(new, PATH, Roster)
        after = msgspec.structs.replace(office, departments=found.departments, staff=found.staff)
        before = set(check_office(office))
        if wrong := [p for p in check_office(after) if p not in before]:
            raise Refused("；".join(f"{p.text}（{p.hint}）" if p.hint else p.text for p in wrong))
        _mark(root, new)
        atomic_files.replace(place, raw, new, PATH)


def _mark(root: str, data: bytes) -> None:
    """Note what a command is about to make of the file, so that sync can tell it from what people edit."""
    if git.in_repository(root):
        with suppress(
            git.GitError, Conflict, FileExistsError
        ):  # without it people commit the file themselves
            place = os.path.join(git.folder(root), _MARK + _digest(data))
            atomic_files.create(place, b"", PATH, shared=True)


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


def commit_roster(root: str) -> bool:
    """Commit the file where it is as a command left it, which may have been killed before; whether it was.

    What people have edited since is theirs to commit. Call under the lock.

    Raises:
        Conflict: git refuses.
        GitError: git failed; its own words.
    """
    begins = os.path.join(git.folder(root), _MARK)
    try:
        ours = os.path.exists(begins + _digest(atomic_files.read(os.path.join(root, PATH), PATH)))
    except FileNotFoundError:
        return False
    if not ours:
        return False
    fresh = bool(git.changed(root, PATH))
    git.commit(root, [PATH], "名册")
    for mark in glob(escape(begins) + "*"):
        with suppress(OSError):
            os.unlink(mark)
    return fresh


def _changed(raw: bytes, change: Change) -> bytes:
    from ruamel.yaml import YAML
    from ruamel.yaml.comments import CommentedMap

    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 4096
    yaml.indent(mapping=2, sequence=4, offset=2)
    tree = yaml.load(raw.decode("utf-8")) or CommentedMap()
    for name in ("departments", "staff"):
        if tree.get(name) is None:
            tree[name] = CommentedMap()
    change(tree)
    out = io.StringIO()
    yaml.dump(tree, out)
    return out.getvalue().encode()


def flow(values: dict[str, Any]) -> Any:
    """Return a mapping on one line, as the starter writes people; texts of digits are quoted."""
    from ruamel.yaml.comments import CommentedMap
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    one = CommentedMap()
    for key, value in values.items():
        digits = isinstance(value, str) and value[:1].isdigit() and key in ("phone", "title", "name", "place")
        if isinstance(value, date):
            value = date.fromordinal(value.toordinal())  # one object written twice would become an alias
        one[key] = DoubleQuotedScalarString(value) if digits else value
    one.fa.set_flow_style()
    return one


def flow_items(items: Iterable[Any]) -> Any:
    """Return a list on one line."""
    from ruamel.yaml.comments import CommentedSeq

    listed = CommentedSeq(items)
    listed.fa.set_flow_style()
    return listed


def renamed(table: Any, old: str, new: str) -> None:
    """Give a key another name in its place, with its comments."""
    at = list(table).index(old)
    remark = table.ca.items.pop(old, None)
    table.insert(at, new, table.pop(old))
    if remark:
        table.ca.items[new] = remark


def flow_list(entry: Any, key: str) -> Any:
    """Return the list of an entry under a key, made if it is not there: on one line where the entry is."""
    from ruamel.yaml.comments import CommentedSeq

    if key not in entry:
        entry[key] = CommentedSeq()
        if entry.fa.flow_style():
            entry[key].fa.set_flow_style()
    return entry[key]


def entry_of(table: Any, key: str) -> Any:
    """Return the entry of a table under a key; an empty one where nothing was written after the colon."""
    from ruamel.yaml.comments import CommentedMap

    if table[key] is None:
        table[key] = CommentedMap()
    return table[key]
