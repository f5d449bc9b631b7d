"""``private/``: identity and content of 举报 and confidential inquiries, on this machine only.

The folder is git-ignored and readable by its owner alone. A clone without it works as well;
it shows that there is such an inquiry and how it stands, not who asked what.
"""

import os

from msgspec import ValidationError, convert, to_builtins

from shouwen.core.errors import BadData, Problem
from shouwen.core.inquiry.confidential import Private
from shouwen.store import atomic_files, yaml
from shouwen.store.record import as_json

FOLDER = "private"


def path_of(name: str) -> str:
    """Where the private part of an inquiry lies, from the ledger's root."""
    return f"{FOLDER}/{name}.yaml"


def write(root: str, private: Private) -> None:
    """Keep a private part: mode 0600 in a folder of mode 0700. FileExistsError if there is one."""
    lines = [f"{key}: {as_json(value)}\n" for key, value in to_builtins(private).items()]
    path = path_of(private.id)
    mask = os.umask(0o077)
    try:
        atomic_files.create(os.path.join(root, path), "".join(lines).encode(), path)
    finally:
        os.umask(mask)


def read(root: str, name: str) -> Private | None:
    """The private part of an inquiry, or None where this machine has none; BadData otherwise."""
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
    """Delete a private part; whether there was one. What git once had stays in its history."""
    try:
        atomic_files.remove(os.path.join(root, path_of(name)), path_of(name))
    except FileNotFoundError:
        return False
    return True


def names(root: str) -> list[str]:
    """Ids of the private parts kept here; BadData if that cannot be seen."""
    found = atomic_files.names(os.path.join(root, FOLDER), FOLDER)
    return [n[:-5] for n in found if n.endswith(".yaml") and n[0] != "."]
