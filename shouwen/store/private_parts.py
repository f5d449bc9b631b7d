"""``private/``: identity and content of 举报 and confidential inquiries, on this machine only.

The folder is git-ignored and readable by its owner alone. A clone without it works as well;
it shows that there is such an inquiry and how it stands, not who asked what.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from msgspec import ValidationError, convert, structs, to_builtins

from shouwen.core.errors import BadData, Conflict, Problem
from shouwen.core.inquiry.confidential import Private
from shouwen.store import atomic_files, yaml
from shouwen.store.directories import make_directory
from shouwen.store.record import as_json
from shouwen.store.refusals import failed

FOLDER = "private"


def path_of(name: str) -> str:
    """Return where the private part of an inquiry lies, from the ledger's root."""
    return f"{FOLDER}/{name}.yaml"


def _no_link(root: str) -> None:
    """Refuse the folder if it is a link (BadData): git does not ignore it, and it leads who knows where."""
    if os.path.islink(os.path.join(root, FOLDER)):
        raise BadData([Problem(FOLDER, 0, "readable", "是符号链接，不读取", "请移走，换成目录")])


def _encoded(private: Private) -> bytes:
    return "".join(f"{key}: {as_json(value)}\n" for key, value in to_builtins(private).items()).encode()


def write(root: str, private: Private) -> None:
    """Keep a private part, for whom the folder is: the owner alone unless the office gave it another mode.

    FileExistsError if there is one.

    Raises:
        BadData: ``private`` is a link.
    """
    _no_link(root)
    path = path_of(private.id)
    try:
        make_directory(os.path.join(root, FOLDER), mode=0o700)
    except OSError as error:
        raise failed(error, path, os.path.join(root, path)) from None
    atomic_files.create(os.path.join(root, path), _encoded(private), path, shared=True)


def begin(root: str, private: Private) -> None:
    """Write a private part; take it back if interrupted or the disk is not certain, for no record follows.

    Raises:
        Conflict: the disk failed; the message says whether something is left.
        BadData: ``private`` is a link.
    """
    try:
        write(root, private)
    except KeyboardInterrupt:
        erase(root, private.id)
        raise
    except Conflict:
        if not os.path.lexists(os.path.join(root, path_of(private.id))):
            raise
        with suppress(Conflict):  # check names it, if it is still there
            erase(root, private.id)
        text = f"{path_of(private.id)}: 没有写成（磁盘没有确认），没有登记；排除后再做一次"
        raise Conflict(text) from None


def take_back(root: str, name: str) -> None:
    """Remove a private part whose record was not written.

    Raises:
        BadData: the folder apart is a link, or lies elsewhere.
        Conflict: it could not be; that it is left, and what to do, is said instead of "nothing was changed".
    """
    try:
        erase(root, name)
    except Conflict:
        text = f"{path_of(name)}: 受理没有登记成，先写下的保密内容没能撤回"
        raise Conflict(f"{text}；磁盘好了用 shouwen check 看，核对后移走，再重新登记") from None


@contextmanager
def beside(
    root: str, name: str, apart: dict[str, dict[str, Any]], known: set[str], record: tuple[str, bytes]
) -> Iterator[None]:
    """Keep what events say apart while their record is written; as before, should it not be written.

    ``apart`` is by event id. Call under the lock. ``known`` are the events of the record: what was kept for one that was
    never recorded goes. ``record`` is the record's file and what it will hold. Conflict, with the
    reason, where this user may not.

    Raises:
        BadData: ``private`` is a link.
        Conflict: somebody else changed the part, or the disk failed.
    """
    if not apart:
        yield
        return
    old = _put(root, name, apart, known)
    path, new = record
    try:
        yield
    except BaseException:
        with suppress(BadData, FileNotFoundError):  # then nobody knows: what is kept harms nobody
            if atomic_files.read(path, path) != new:
                _put_back(root, name, old)
        raise


def _put(root: str, name: str, apart: dict[str, dict[str, Any]], known: set[str]) -> bytes | None:
    """Return the bytes that were there before."""
    path, full = path_of(name), os.path.join(root, path_of(name))
    try:
        before = read(root, name)
    except BadData as error:
        hint = "保密件的文字写在 private/，由能读写它的人办理"
        raise Conflict(f"{error.problems[0]}；什么也没有写：{hint}") from None
    private = before or Private(id=name)
    events = {key: values for key, values in private.events.items() if key in known} | apart
    grown = structs.replace(private, events=events)
    if before is None:
        begin(root, grown)
        return None
    old = atomic_files.read(full, path)
    atomic_files.replace(full, old, _encoded(grown), path)
    return old


def _put_back(root: str, name: str, old: bytes | None) -> None:
    path, full = path_of(name), os.path.join(root, path_of(name))
    if old is None:
        erase(root, name)
    else:
        atomic_files.replace(full, atomic_files.read(full, path), old, path)


def read(root: str, name: str) -> Private | None:
    """Read the private part of an inquiry; None where this machine has none.

    Raises:
        BadData: there is one, and it cannot be read.
    """
    _no_link(root)
    path = path_of(name)
    try:
        raw = atomic_files.read(os.path.join(root, path), path)
    except FileNotFoundError:
        return None
    try:
        return convert(yaml.load(raw, path), Private)
    except ValidationError:
        raise BadData([Problem(path, 1, "private", "保密内容的格式不对", "照其他保密件的格式改正")]) from None


def erase(root: str, name: str) -> bool:
    """Delete a private part; whether there was one. What git once had stays in its history.

    Raises:
        BadData: ``private`` is a link.
    """
    _no_link(root)
    try:
        atomic_files.remove(os.path.join(root, path_of(name)), path_of(name))
    except FileNotFoundError:
        return False
    return True


def purge(root: str, name: str) -> None:
    """Delete a private part of which a trace is still to be written: ``begun`` names it until ``traced``.

    Conflict, and nothing is marked, if it is still there.

    Raises:
        BadData: ``private`` is a link.
    """
    mark = path_of(f".{name}.purging")
    with suppress(FileExistsError):
        atomic_files.create(os.path.join(root, mark), b"", mark, shared=True)
    try:
        erase(root, name)
    except Conflict:
        if os.path.lexists(os.path.join(root, path_of(name))):
            traced(root, name)
        raise


def traced(root: str, name: str) -> None:
    """Look whether the purge of a private part stands in its record."""
    mark = path_of(f".{name}.purging")
    with suppress(FileNotFoundError, Conflict):  # it harms nobody: the next purge takes it away
        atomic_files.remove(os.path.join(root, mark), mark)


def begun(root: str) -> set[str]:
    """Return ids of private parts that a purge deleted before it was cut short."""
    found = atomic_files.names(os.path.join(root, FOLDER), FOLDER)
    return {n[1 : -len(".purging.yaml")] for n in found if n[0] == "." and n.endswith(".purging.yaml")}


def names(root: str) -> list[str]:
    """Return ids of the private parts kept here; BadData if that cannot be seen.

    Raises:
        BadData: ``private`` is a link.
    """
    _no_link(root)
    found = atomic_files.names(os.path.join(root, FOLDER), FOLDER)
    return [n[:-5] for n in found if n.endswith(".yaml") and n[0] != "."]
