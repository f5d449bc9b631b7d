"""The ledger's past in git: earlier contents, and whether everything in them still stands.

A check costs three calls of git whatever the length of the history: the commits, what each
changed, and the contents of what was changed.
"""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from msgspec import Struct

from shouwen.core.errors import BadData, NotFound, Problem
from shouwen.core.integrity.append_only import Breach, grown, kept, mended, merged
from shouwen.store import atomic_files
from shouwen.store.anchor import COUNTED, fewer, lying, record_of
from shouwen.store.canonical import tidied
from shouwen.store.git import RECORDS, GitError, call, git, require, resolve, shallow
from shouwen.store.record import decode, kind_of
from shouwen.store.tally import Tally

Files = dict[str, str]  # path from the ledger's root → blob
Tree = dict[str, Files]  # record id → where it lies; in two places only while something is wrong
Change = tuple[Files, Files]  # what was, what is
_AT_ONCE = 1000  # commits whose contents are held in memory together


def default_since(root: str) -> str:
    """Return what a check goes back to: the upstream branch, else "all", the whole history.

    An upstream that was fetched and never merged is no loss: there it is what both have. One
    that this branch once had and has no more was dropped by a reset, an amend or a rewriting.
    """
    upstream, here = resolve(root, "@{upstream}"), git(root, "reflog", "show", "--format=%H", "HEAD")
    if not upstream:
        return "all"
    once = "".join(f"^{commit}\n" for commit in set((here or "HEAD").split()))
    try:
        new = call(root, "rev-list", "-n1", "--stdin", given=f"{upstream}\n{once}".encode())
    except GitError:  # the reflog names what was thrown away long ago
        return upstream
    return (git(root, "merge-base", "HEAD", upstream) or upstream) if new else upstream


class Revision(Struct, frozen=True):
    """One version put on others."""

    label: str
    tree: str
    parents: list[str]


class BetweenVersions(Struct, frozen=True):
    """A breach, with the versions between which it lies."""

    name: str
    olds: list[bytes]
    now: bytes
    problem: Problem


class History:
    """Reads trees and blobs of one repository, each blob once."""

    def __init__(self, root: str):
        require(root)
        self.root = root
        self._blobs: dict[str, bytes] = {}

    def commit(self, name: str) -> str:
        """Return the full id of a revision.

        Raises:
            NotFound: the repository has none such.
        """
        found = resolve(self.root, name)
        if not found:
            raise NotFound(f"仓库里没有版本“{name}”" + self._cut_short())
        return found

    def _cut_short(self) -> str:
        return "（这是浅克隆，历史不全：先 git fetch --unshallow）" if shallow(self.root) else ""

    def time(self, commit: str) -> datetime:
        """Return when a commit was made."""
        text = call(self.root, "show", "-s", "--format=%cI", "--end-of-options", commit)
        return datetime.fromisoformat(text.decode().strip())

    def files(self, revision: str) -> Files:
        """Return every plain file of the ledger in a commit or tree."""
        found: Files = {}
        for entry in call(self.root, "ls-tree", "-r", "-z", revision).split(b"\0"):
            info, _, path = entry.partition(b"\t")
            if info[:6] in (b"100644", b"100755"):
                found[os.fsdecode(path)] = info.split()[2].decode()
        return found

    def tree(self, revision: str) -> Tree:
        """Return the records of a commit or tree, by id."""
        found: Tree = {}
        for path, blob in self.files(revision).items():
            if path.startswith(RECORDS) and (name := record_of(path)):
                found.setdefault(name, {})[path] = blob
        return found

    def _fetch(self, blobs: set[str]) -> None:
        """Read blobs in one call of git."""
        wanted = sorted(blobs - self._blobs.keys())
        if not wanted:
            return
        raw = call(self.root, "cat-file", "--batch", given="\n".join(wanted).encode() + b"\n")
        at = 0
        for blob in wanted:
            end = raw.index(b"\n", at)
            words = raw[at:end].split()
            size = int(words[2]) if words[1] != b"missing" else -1
            self._blobs[blob] = raw[end + 1 : end + 1 + max(size, 0)]
            if size >= 0 and not _is_blob(self._blobs[blob], blob):
                text = f"对象 {blob[:10]} 的内容与它的编号不符，仓库被动过"
                raise BadData([Problem(".git", 0, "readable", text, "运行 git fsck，与别的克隆核对")])
            at = end + 1 + size + 1

    def _changes(self, pairs: list[tuple[str, str]]) -> list[dict[str, Change]]:
        """Return, for each pair of trees, the records that differ: what was and what is."""
        given = "".join(f"{old} {new}\n" for old, new in pairs).encode()
        words = ("--stdin", "-r", "-z", "--raw", "--no-renames", "--relative", "--", *RECORDS)
        tokens = iter(call(self.root, "diff-tree", *words, given=given).split(b"\0"))
        found: list[dict[str, Change]] = []
        for token in tokens:
            *heads, info = token.split(b"\n")  # each pair of trees is named before its files
            found += [{} for _ in heads]
            if not info:
                break
            path, (_, mode, old, new, _) = os.fsdecode(next(tokens)), info.split()
            if name := record_of(path):
                was, now = found[-1].setdefault(name, ({}, {}))
                if info[1:7] != b"000000":
                    was[path] = old.decode()
                if mode != b"000000":
                    now[path] = new.decode()
        return found

    def check(self, since: str, tip: str = "HEAD") -> Iterator[Problem]:
        """Yield every breach of conservation from a revision ("all": from the beginning) to a tip."""
        head = resolve(self.root, tip)
        base = None if since == "all" else resolve(self.root, since)
        if head is None:
            return
        if base is None and since != "all":
            hint = self._cut_short() or "历史被改写，或写错版本；与别的克隆核对"
            yield Problem(".git", 0, "history-rewritten", f"版本 {since} 不在仓库里", hint)
            return
        if base and git(self.root, "merge-base", "--is-ancestor", base, head) is None:
            text, hint = f"版本 {since} 不是现在历史的一部分", "历史被改写或回退；与别的克隆核对"
            yield Problem(".git", 0, "history-rewritten", text, hint)
            yield from (f.problem for f in self._compare([Revision(f"对照 {base[:10]}", head, [base])]))
        wanted = [head, *([f"^{base}"] if base else [])]
        form = ("--format=%H %P", "--reverse", "--topo-order")
        lines = call(self.root, "rev-list", *form, *wanted).decode().splitlines()
        commits = [line.split() for line in lines if not line.startswith("commit ")]
        revisions = [Revision(f"提交 {name[:10]}", name, parents) for name, *parents in commits if parents]
        yield from self._cut_off([name for name, *parents in commits if not parents])
        found: list[BetweenVersions] = []
        for at in range(0, len(revisions), _AT_ONCE):
            found += self._compare(revisions[at : at + _AT_ONCE])
            self._blobs.clear()
        yield from self._standing(found, head)

    def _cut_off(self, first: list[str]) -> Iterator[Problem]:
        """Yield commits that the repository shows as the first ones, though they stand on others."""
        for name in first:
            if b"\nparent " in call(self.root, "cat-file", "commit", name).partition(b"\n\n")[0]:
                text = f"历史在提交 {name[:10]} 处被截断，更早的无从核对"
                hint = "浅克隆的，先 git fetch --unshallow；不是的，与别的克隆核对"
                yield Problem(".git", 0, "history-rewritten", text, hint)

    def _standing(self, found: list[BetweenVersions], tip: str) -> Iterator[Problem]:
        """Yield the breaches that nobody mended since: what was lost is there again, what was forged is gone."""
        if not found:
            return
        names = list(dict.fromkeys(f.name for f in found))
        tree = self.tree(tip)
        self._fetch({blob for name in names for blob in tree.get(name, {}).values()})
        for name in names:
            mine = [f for f in found if f.name == name]
            now = self._joined(tree.get(name, {}))
            if not mended([(f.olds, f.now, f.problem.check) for f in mine], now):
                yield from (f.problem for f in mine)

    def _compare(self, revisions: list[Revision]) -> Iterator[BetweenVersions]:
        """Yield breaches of each revision."""
        trees = self._trees_of({name for s in revisions for name in (s.tree, *s.parents)})
        changes = iter(self._changes([(trees[old], trees[s.tree]) for s in revisions for old in s.parents]))
        found = [(revision, [next(changes) for _ in revision.parents]) for revision in revisions]
        self._fetch({blob for _, diffs in found for diff in diffs for pair in diff.values()
                     for side in pair for blob in side.values()})  # fmt: skip
        for revision, diffs in found:
            for name in sorted(set().union(*diffs)):
                mine = [diff[name] for diff in diffs if name in diff]
                if any(was for was, _ in mine):
                    yield from self._judge(revision, name, mine)

    def _trees_of(self, names: set[str]) -> dict[str, str]:
        wanted = sorted(names)
        given = "".join(f"{name}^{{tree}}\n" for name in wanted).encode()
        raw = call(self.root, "cat-file", "--batch-check=%(objectname)", given=given)
        return dict(zip(wanted, raw.decode().split(), strict=True))

    def _judge(self, revision: Revision, name: str, changes: list[Change]) -> Iterator[BetweenVersions]:
        """Yield one record that differs from those parents of the revision that ``changes`` speaks of."""
        now = changes[0][1] or self.tree(revision.tree).get(name, {})
        self._fetch(set(now.values()))
        olds = [self._joined(was) for was, _ in changes if was]
        where = next(iter(now or changes[0][0] or changes[-1][0]))
        if not now:
            yield BetweenVersions(name, olds, b"", _deleted(revision.label, where))
            return
        how = grown if len(revision.parents) == 1 else merged
        same, apart = len(revision.parents) > len(changes), max(len(f) for pair in changes for f in pair) > 1
        if same or apart:
            # as one of the parents has it, or in two places: where lines stand says nothing, but none
            # may be missing
            how = kept
        new = self._joined(now)
        for problem in _breaches(revision.label, where, name, olds, new, how):
            yield BetweenVersions(name, olds, new, problem)

    def _joined(self, files: Files) -> bytes:
        return b"".join(self._blobs[files[path]] for path in sorted(files))

    def check_work_tree(self) -> Iterator[Problem]:
        """Yield files as they lie now against HEAD, or against both sides while a merge is under way."""
        heads = self._heads()
        trees = [self.tree(p) for p in heads]
        here: Tree = {}
        for path in lying(self.root):
            here.setdefault(record_of(path), {})[path] = ""
        for name in sorted(set().union(*trees)):
            files = here.get(name, {})
            olds = [tree[name] for tree in trees if name in tree]
            if not files:
                yield _deleted("未提交", next(iter(olds[0])))
                continue
            try:
                now = b"".join(atomic_files.read(os.path.join(self.root, p), p) for p in sorted(files))
            except (BadData, FileNotFoundError):
                continue  # check says why it cannot be read
            if any(len(old) == 1 and _is_blob(now, *old.values()) for old in olds) and len(olds) == 1:
                continue
            self._fetch({blob for old in olds for blob in old.values()})
            how = merged if len(heads) > 1 else grown
            if len(files) > 1 or len(olds) < len(heads) or any(len(old) > 1 for old in olds):
                how = kept
            yield from _breaches("未提交", min(files), name, [self._joined(old) for old in olds], now, how)

    def _heads(self) -> list[str]:
        """Return the last commit and, while a merge is under way, the other side's."""
        return [p for p in (resolve(self.root, name) for name in ("HEAD", "MERGE_HEAD")) if p]

    def check_anchor(self, mark: str) -> Iterator[Problem]:
        """Yield whether the ledger still holds what a report's footer counted (``Context.anchor``)."""
        if then := resolve(self.root, mark.partition("-")[0]):
            files = self.files(then)
            if any(mark.endswith(f"-{self._tally(files, folders)}") for folders in COUNTED):
                return  # that commit is what was reported; the check from it on covers the rest
        yield from fewer(self.root, mark)

    def _tally(self, files: Files, folders: tuple[str, ...]) -> Tally:
        """Return what a report that reads these folders counts."""
        tally = Tally()
        for folder in folders:
            paths = [p for p in files if p.startswith(f"{folder}/") and record_of(p)]
            self._fetch({files[p] for p in paths})
            for path in sorted(paths, key=lambda p: p.split("/")):
                tally.add(path, self._blobs[files[path]])
        return tally

    def _staged(self) -> tuple[str, list[str]]:
        """Return (the tree about to be committed, what it will stand on)."""
        index = os.environ.get("GIT_INDEX_FILE", "")  # git's own, for commit -a or with paths
        tree = call(self.root, "write-tree", index=os.path.abspath(index) if index else "").decode().strip()
        return tree, self._heads()

    def check_staged(self) -> tuple[list[Problem], set[str]]:
        """Return (breaches between the last commit and what is staged, paths that are staged)."""
        tree, parents = self._staged()
        found = [f.problem for f in self._compare([Revision("将提交", tree, parents)])] if parents else []
        new = self.files(tree)
        old = self.files(parents[0]) if parents else {}
        return found, {path for path, blob in new.items() if old.get(path) != blob}

    def restore_staged(self, target: str, paths: set[str]) -> None:
        """Write the staged settings and these records into a directory."""
        tree, _ = self._staged()
        self.restore(tree, target, lambda path: not path.startswith(RECORDS) or path in paths)

    def restore(self, revision: str, target: str, wanted: Callable[[str], bool] = lambda path: True) -> None:
        """Write the ledger as of a commit into an empty directory (never through filters)."""
        files = {path: blob for path, blob in self.files(revision).items() if wanted(path)}
        self._fetch(set(files.values()))
        for path, blob in files.items():
            full = os.path.join(target, path)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, "wb") as file:
                file.write(self._blobs[blob])


def borrowed(root: str) -> Iterator[Problem]:
    """Yield each other store from which the history has objects: whoever can change that one can change this history.

    Raises:
        GitError: git failed; its own words.
        NotStarted: the system could not start git.
    """
    folder = call(root, "rev-parse", "--path-format=absolute", "--git-common-dir").decode().strip()
    for name in ("alternates", "http-alternates"):
        path = os.path.join(folder, "objects", "info", name)
        try:
            with open(path, encoding="utf-8", errors="replace") as file:
                lines = [line.strip() for line in file if line.strip() and line[0] != "#"]
        except FileNotFoundError:
            continue
        for line in lines:
            text = f"历史里的对象有的借自 {line}，那里改了这里也变"
            hint = f"git repack -a -d 收进来，删去 .git/objects/info/{name}"
            yield Problem(f".git/objects/info/{name}", 0, "git", text, hint)


def _deleted(label: str, path: str) -> Problem:
    return Problem(path, 0, "record-deleted", f"{label}：整条记录被删去", "git checkout 取回")


def _is_blob(raw: bytes, blob: str) -> bool:
    kind = hashlib.sha1 if len(blob) == 40 else hashlib.sha256
    return kind(b"blob %d\0" % len(raw) + raw).hexdigest() == blob


def _breaches(
    label: str,
    path: str,
    name: str,
    olds: list[bytes],
    now: bytes,
    how: Callable[[list[bytes], bytes], Iterable[Breach]],
) -> Iterator[Problem]:
    found: list[Breach] = list(how(olds, now))
    if found and (forms := _tidied_all(name, [*olds, now])) and not list(how(forms[:-1], forms[-1])):
        return  # the same facts in another form, as fmt makes them
    for check, line, text in found:
        yield Problem(path, line, check, f"{label}：{text}", "记录只能增加；用更正事件说明，取回原来的行")


def _tidied_all(name: str, versions: list[bytes]) -> list[bytes]:
    """Return the versions in the common form; none if one cannot be read or all are in it already."""
    kind = kind_of(name)
    try:
        forms = [tidied(decode(kind, raw, name)) for raw in versions]
    except BadData:
        return []
    return forms if forms != versions else []
