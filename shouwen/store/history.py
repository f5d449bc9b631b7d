"""The ledger's past in git: earlier contents, and whether everything in them still stands."""

import os
from collections.abc import Callable, Iterator
from datetime import datetime

from shouwen.core.conservation import Breach, grown, merged
from shouwen.core.errors import NotFound, Problem, Refused
from shouwen.store.git import call, git, inside, resolve
from shouwen.store.scan import CASE_ID, INQUIRY_ID

FOLDERS = ("inquiries", "archive", "sanctions")
Tree = dict[str, tuple[str, str]]  # record id → (path from the ledger's root, blob)


def require(root: str) -> None:
    """Refused outside git."""
    if not inside(root):
        raise Refused("台账不在 git 仓库里，没有历史可查；用 shouwen git setup 建立")


def default_since(root: str) -> str:
    """What a check goes back to: the upstream branch, else the last commit."""
    return git(root, "rev-parse", "--verify", "-q", "@{upstream}") or "HEAD"


def _is_record(name: str) -> bool:
    stem, dot, ending = name.rpartition(".")
    return ending == "yaml" and bool(INQUIRY_ID.fullmatch(stem) or CASE_ID.fullmatch(stem))


class History:
    """Reads trees and blobs of one repository, each blob once."""

    def __init__(self, root: str):
        require(root)
        self.root = root
        self._blobs: dict[str, bytes] = {}
        self._trees: dict[str, Tree] = {}

    def commit(self, name: str) -> str:
        """The full id of a revision; NotFound if the repository has none such."""
        found = resolve(self.root, name)
        if not found:
            raise NotFound(f"仓库里没有版本“{name}”")
        return found

    def time(self, commit: str) -> datetime:
        """When a commit was made."""
        text = call(self.root, "show", "-s", "--format=%cI", "--end-of-options", commit)
        return datetime.fromisoformat(text.decode().strip())

    def tree(self, revision: str) -> Tree:
        """The records of a commit, by id."""
        if revision not in self._trees:
            raw = call(self.root, "ls-tree", "-r", "-z", revision, "--", *FOLDERS)
            found: Tree = {}
            for entry in raw.split(b"\0"):
                if not entry:
                    continue
                info, _, path = entry.partition(b"\t")
                name = os.fsdecode(path)
                if _is_record(os.path.basename(name)):
                    found[os.path.basename(name)[:-5]] = (name, info.split()[2].decode())
            self._trees[revision] = found
        return self._trees[revision]

    def fetch(self, blobs: set[str]) -> None:
        """Read blobs in one call of git."""
        wanted = sorted(blobs - self._blobs.keys())
        if not wanted:
            return
        raw = call(self.root, "cat-file", "--batch", given="\n".join(wanted).encode() + b"\n")
        at = 0
        for blob in wanted:
            end = raw.index(b"\n", at)
            size = int(raw[at:end].split()[2])
            self._blobs[blob] = raw[end + 1 : end + 1 + size]
            at = end + 1 + size + 1

    def content(self, revision: str, name: str) -> bytes | None:
        """A record's bytes at a commit, or None if it was not there."""
        if name not in self.tree(revision):
            return None
        blob = self.tree(revision)[name][1]
        self.fetch({blob})
        return self._blobs[blob]

    def between(self, since: str) -> list[tuple[str, list[str]]]:
        """(commit, parents) of every commit that HEAD has and ``since`` has not, oldest first."""
        raw = call(self.root, "rev-list", "--parents", "--reverse", "--topo-order", f"{since}..HEAD")
        return [(line.split()[0], line.split()[1:]) for line in raw.decode().splitlines()]

    def check(self, since: str) -> Iterator[Problem]:
        """Every breach of conservation since a revision: rewriting, commits, the work tree."""
        base = resolve(self.root, since)
        head = resolve(self.root, "HEAD")
        if head is None:
            return
        if base is None:
            yield Problem(
                ".git",
                0,
                "history-rewritten",
                f"版本 {since} 不在仓库里",
                "历史被改写，或写错版本；与别的克隆核对",
            )
            return
        if git(self.root, "merge-base", "--is-ancestor", base, head) is None:
            yield Problem(
                ".git",
                0,
                "history-rewritten",
                f"版本 {since} 不是现在历史的一部分",
                "历史被改写或回退；与别的克隆核对",
            )
            yield from self._compare(f"对照 {base[:10]}", [base], head)
        for commit, parents in self.between(base):
            if parents:
                yield from self._compare(f"提交 {commit[:10]}", parents, commit)
        yield from self._work_tree(head)

    def _compare(self, label: str, parents: list[str], commit: str) -> Iterator[Problem]:
        new = self.tree(commit)
        olds = [self.tree(p) for p in parents]
        changed = sorted(
            name
            for name in set().union(*olds)
            if any(name in old and old[name][1] != new.get(name, ("", ""))[1] for old in olds)
        )
        self.fetch({t[n][1] for t in (*olds, new) for n in changed if n in t})
        for name in changed:
            versions = [self._blobs[old[name][1]] for old in olds if name in old]
            path = new[name][0] if name in new else next(o[name][0] for o in olds if name in o)
            now = self._blobs[new[name][1]] if name in new else None
            yield from self._breaches(label, path, versions, now, len(parents) > 1)

    def _breaches(
        self, label: str, path: str, versions: list[bytes], now: bytes | None, merge: bool
    ) -> Iterator[Problem]:
        if now is None:
            yield Problem(path, 0, "record-deleted", f"{label}：整条记录被删去", "git checkout 取回")
            return
        found: Iterator[Breach] = merged(versions, now) if merge else grown(versions[0], now)
        for check, line, text in found:
            yield Problem(path, line, check, f"{label}：{text}", "记录只能增加；用更正事件说明，取回原来的行")

    def _work_tree(self, head: str) -> Iterator[Problem]:
        """Files as they lie now against HEAD, or against both sides while a merge is under way."""
        parents = [head]
        if other := resolve(self.root, "MERGE_HEAD"):
            parents.append(other)
        trees = [self.tree(p) for p in parents]
        here = {os.path.basename(p)[:-5]: p for p in self._files()}
        for tree in trees:
            self.fetch({blob for _, blob in tree.values()})
        for name in sorted(set().union(*trees)):
            path = here.get(name) or next(t[name][0] for t in trees if name in t)
            try:
                with open(os.path.join(self.root, path), "rb") as file:
                    now = file.read()
            except OSError:
                now = None
            versions = [self._blobs[t[name][1]] for t in trees if name in t]
            yield from self._breaches("未提交", path, versions, now, len(parents) > 1)

    def _files(self) -> Iterator[str]:
        for folder in FOLDERS:
            for here, below, names in os.walk(os.path.join(self.root, folder)):
                below.sort()
                for name in sorted(names):
                    if _is_record(name):
                        yield os.path.relpath(os.path.join(here, name), self.root)

    def check_staged(self) -> list[Problem]:
        """Breaches between the last commit and what is staged."""
        head = resolve(self.root, "HEAD")
        staged = call(self.root, "write-tree").decode().strip()
        parents = [p for p in (head, resolve(self.root, "MERGE_HEAD")) if p]
        return list(self._compare("将提交", parents, staged)) if parents else []

    def restore_staged(self, target: str) -> set[str]:
        """Write the staged settings and changed records into a directory; the changed ids."""
        head = resolve(self.root, "HEAD")
        staged = call(self.root, "write-tree").decode().strip()
        old = self.tree(head) if head else {}
        names = {n for n, entry in self.tree(staged).items() if old.get(n) != entry}
        kept = {self.tree(staged)[n][0] for n in names}
        self.restore(staged, target, lambda path: not path.startswith(FOLDERS) or path in kept)
        return names

    def restore(self, revision: str, target: str, wanted: Callable = lambda path: True) -> None:
        """Write the ledger as of a commit into an empty directory (never through filters)."""
        entries = []
        for entry in call(self.root, "ls-tree", "-r", "-z", revision).split(b"\0"):
            info, _, path = entry.partition(b"\t")
            name = os.fsdecode(path)
            plain = info[:6] in (b"100644", b"100755") and ".." not in name.split("/")
            if plain and wanted(name):
                entries.append((name, info.split()[2].decode()))
        self.fetch({blob for _, blob in entries})
        for name, blob in entries:
            path = os.path.join(target, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(self._blobs[blob])
