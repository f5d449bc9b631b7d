"""Attribute files of git that are not ours: by one of them a merge may quietly keep one side alone."""

import os
import re
from collections.abc import Iterator

from shouwen.core.errors import Problem
from shouwen.store.anchor import lying, record_of
from shouwen.store.exposure import unanswered
from shouwen.store.git import RECORDS, GitError, call, git, in_repository, resolve, unions

_NAME = ".gitattributes"
_GLOB = re.compile(r"[*?\[\]]")
# What decides how a record is kept and merged, with the values under which every byte of both sides stays.
_USUAL = {
    "merge": ("union",),
    "filter": ("unspecified",),
    "ident": ("unspecified",),
    "working-tree-encoding": ("unspecified",),
    "eol": ("lf", "unspecified"),
}
_HINT = "记录的合并规则只写在台账根目录的 .gitattributes；核对是谁放的，删去后提交"


def foreign_attributes(root: str, revision: str = "") -> Iterator[Problem]:
    """Yield each attribute file among the records, or beside git's own settings, and what it would change.

    With a revision what merging that commit would bring, instead of what lies here.

    Raises:
        GitError: git failed; its own words.
        NotStarted: the system could not start git.
    """
    if not in_repository(root):
        return
    if revision:
        if resolve(root, revision):
            base = git(
                root, "merge-base", "HEAD", revision
            )  # what was there before and is taken away here stays away
            before = _committed(root, base) if base else []
            yield from (_named(path) for path in _committed(root, revision) if path not in before)
        return
    try:
        yield from _here(root)
    except GitError as error:
        yield unanswered(error)


def _here(root: str) -> Iterator[Problem]:
    placed = {
        os.path.relpath(os.path.join(here, _NAME), root)
        for folder in RECORDS
        for here, _, names in os.walk(os.path.join(root, folder))
        if _NAME in names
    }
    found = sorted(placed.union(_attribute_files(call(root, "ls-files", "-z", "--", *RECORDS))))
    yield from map(_named, found)
    folder = git(root, "rev-parse", "--path-format=absolute", "--git-common-dir")
    prefix = git(root, "rev-parse", "--show-prefix") or ""
    if folder and (lines := _touching(_lines(os.path.join(folder, "info", "attributes")), prefix)):
        text = f"这个克隆另有合并规则（{lines[0]}）"
        yield Problem(".git/info/attributes", 0, "merge-rules", text, "核对是谁放的，删去")
    if not found and unions(root):
        yield from _overruled(root)


def _named(path: str) -> Problem:
    return Problem(path, 0, "merge-rules", "记录的目录里另有 git 属性文件，合并时会不会两边都留由它定", _HINT)


def _committed(root: str, revision: str) -> list[str]:
    return _attribute_files(call(root, "ls-tree", "-r", "-z", "--name-only", revision, "--", *RECORDS))


def _attribute_files(listed: bytes) -> list[str]:
    return [p for p in map(os.fsdecode, listed.split(b"\0")) if os.path.basename(p) == _NAME]


def _lines(path: str) -> list[str]:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            lines = [line.strip() for line in file]
    except OSError:
        return []
    return [line for line in lines if line and not line.startswith("#")]


def _touching(lines: list[str], prefix: str) -> list[str]:
    """Return those lines of an attribute file at the repository's top that can say how a record is kept or merged."""
    macros = {line.split()[0][len("[attr]") :] for line in lines if line.startswith("[attr]")}
    deciding = macros | {"binary", "text", "eol", *_USUAL}
    found = []
    for line in lines:
        pattern, *said = line.split()
        names = {word.lstrip("-!").partition("=")[0] for word in said}
        if pattern[:6] != "[attr]" and names & deciding and _of_records(pattern, prefix):
            found.append(line)
    return found


def _of_records(pattern: str, prefix: str) -> bool:
    """Return whether a pattern may mean a record's file; in doubt it may."""
    pattern = pattern.strip('"').lstrip("/")
    first, last = pattern.split("/")[0], pattern.rpartition("/")[2]
    if "/" in pattern and not _GLOB.search(first) and first not in (prefix.partition("/")[0] or RECORDS):
        return False
    if not _GLOB.search(last):
        return bool(record_of(last))
    start, end = _GLOB.split(last)[0], _GLOB.split(last)[-1]
    named = ".yaml".endswith(end) or end.endswith(".yaml")
    return named and (not start or start[0] == "S" or start[0].isdigit())


def _overruled(root: str) -> Iterator[Problem]:
    """Yield the first record for which a rule further down, or in a folder above, undoes ours."""
    tracked = call(root, "ls-files", "-z", "--", *RECORDS).split(b"\0")
    paths = {p for p in tracked if p}.union(map(os.fsencode, lying(root)))
    paths |= {f"{folder}/2026/11/20261123-AAAAAA.yaml".encode() for folder in RECORDS}
    given = b"".join(path + b"\0" for path in sorted(paths))
    words = call(root, "check-attr", "--stdin", "-z", *_USUAL, given=given).split(b"\0")
    for path, name, value in zip(words[::3], words[1::3], words[2::3], strict=False):
        if value.decode() not in _USUAL[name.decode()]:
            text = f"{os.fsdecode(path)} 的 {name.decode()} 是 {value.decode()}，别处的规则盖过了台账的"
            yield Problem(_NAME, 0, "merge-rules", text, "运行 git check-attr -a 看是哪一行，删去它")
            return
