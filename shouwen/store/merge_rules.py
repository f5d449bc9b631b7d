"""Attribute files of git that are not ours: by one of them a merge may quietly keep one side alone."""

import os
from collections.abc import Iterator

from shouwen.core.errors import Problem
from shouwen.store.exposure import in_repository
from shouwen.store.git import RECORDS, call, git, resolve, unions

_NAME = ".gitattributes"
_HINT = "记录的合并规则只写在台账根目录的 .gitattributes；核对是谁放的，删去后提交"


def foreign_attributes(root: str, revision: str = "") -> Iterator[Problem]:
    """Each attribute file among the records, or beside git's own settings, and what it would change.

    With a revision what merging that commit would bring, instead of what lies here.
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
    lying = {
        os.path.relpath(os.path.join(here, _NAME), root)
        for folder in RECORDS
        for here, _, names in os.walk(os.path.join(root, folder))
        if _NAME in names
    }
    found = sorted(lying.union(_attribute_files(call(root, "ls-files", "-z", "--", *RECORDS))))
    yield from map(_named, found)
    folder = git(root, "rev-parse", "--path-format=absolute", "--git-common-dir")
    if folder and (lines := _lines(os.path.join(folder, "info", "attributes"))):
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


def _overruled(root: str) -> Iterator[Problem]:
    """The first record for which a rule further down, or in a folder above, undoes ours."""
    paths = call(root, "ls-files", "-z", "--", *RECORDS)
    usual = {
        "merge": "union",
        "filter": "unspecified",
        "ident": "unspecified",
        "working-tree-encoding": "unspecified",
    }
    words = call(root, "check-attr", "--stdin", "-z", *usual, given=paths).split(b"\0")
    for path, name, value in zip(words[::3], words[1::3], words[2::3], strict=False):
        if usual[name.decode()] != value.decode():
            text = f"{os.fsdecode(path)} 的 {name.decode()} 是 {value.decode()}，别处的规则盖过了台账的"
            yield Problem(_NAME, 0, "merge-rules", text, "运行 git check-attr -a 看是哪一行，删去它")
            return
