"""What a power cut may leave, worked out from the calls of one undisturbed run.

A kill leaves what was written with the kernel; a power cut does not. Data is safe once its file
was synced, a name once its directory was; of the rest any part may be there or not. Each ledger
that may so be found, after each call and at the end, is laid down and judged.
"""

import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .calls import CHANGE, Call, parse
from .trial import GITS, Ran, Trial


@dataclass(eq=False)
class File:
    """What was written to a file, and what of it the disk surely has."""

    data: bytes = b""
    safe: bytes = b""


@dataclass
class Step:
    """A change of names: those that come, those that go; safe with the directory synced."""

    folder: str
    comes: dict[str, File | None]
    goes: tuple[str, ...] = ()


Tree = dict[str, File | None]  # path below the root → the file, None for a directory


@dataclass
class Disk:
    """A file system of the most forgetful kind."""

    root: str
    safe: Tree
    steps: list[Step] = field(default_factory=list)
    handles: dict[int, File] = field(default_factory=dict)
    said: str = ""

    @classmethod
    def of(cls, root: Path, shown: Path) -> "Disk":
        """The files below ``root`` as if they lay in ``shown``; git's are git's."""
        tree: Tree = {}
        for path in sorted(root.rglob("*")) if root.exists() else ():
            inner = str(path.relative_to(root))
            if inner.split("/", maxsplit=1)[0] not in GITS:
                tree[inner] = None if path.is_dir() else File(*2 * (path.read_bytes(),))
        return cls(str(shown), tree)

    @property
    def live(self) -> Tree:
        """What the running system sees."""
        return _after(self.safe, self.steps)

    def inner(self, path: str) -> str:
        """The path from the root; '' if it lies elsewhere or is git's."""
        found = os.path.relpath(path or "/", self.root)
        return "" if found.split("/")[0] in ("..", *GITS) or found == ".lock" else found

    def take(self, call: Call) -> bool:
        """Follow a call; whether anything is different now."""
        if call.result.startswith(("-1", "?")):
            return False
        name, texts = call.name, [t.decode("utf-8", "replace") for t in call.texts if call.name != "write"]
        paths = [self.inner(t) for t in texts]
        if name == "openat" and paths[0]:
            return self._open(call, paths[0])
        if name == "write" and call.handle == 1:
            self.said += call.texts[0].decode("utf-8", "replace")
        elif name == "write" and call.handle in self.handles and self.inner(call.path):
            self.handles[call.handle].data += call.texts[0]
        elif name in ("fsync", "fdatasync"):
            self._sync(call)
        elif name in ("rename", "renameat", "renameat2") and all(paths[:2]):
            self._step(paths[1], {paths[1]: self.live[paths[0]]}, (paths[0],))
        elif name in ("link", "linkat") and paths[1]:
            whose = self.handles.get(int(texts[0].rsplit("/", 1)[1])) if "/fd/" in texts[0] else None
            self._step(paths[1], {paths[1]: whose or self.live[paths[0]]})
        elif name in ("unlink", "unlinkat", "rmdir") and paths[0]:
            self._step(paths[0], {}, (paths[0],))
        elif name in ("mkdir", "mkdirat") and paths[0]:
            self._step(paths[0], {paths[0]: None})
        else:
            return False
        return True

    def _step(self, path: str, comes: Tree, goes: tuple[str, ...] = ()) -> None:
        self.steps.append(Step(os.path.dirname(path), comes, goes))

    def _open(self, call: Call, path: str) -> bool:
        self.handles.pop(call.opened, None)
        if "O_TMPFILE" in call.args:
            self.handles[call.opened] = File()
        elif "O_CREAT" in call.args and path not in self.live:
            self.handles[call.opened] = file = File()
            self._step(path, {path: file})
        elif (file := self.live.get(path)) is not None and not call.args.count("O_RDONLY"):
            self.handles[call.opened] = file
            if "O_TRUNC" in call.args:
                file.data = b""
        return call.changes

    def _sync(self, call: Call) -> None:
        if (file := self.handles.get(call.handle)) is not None:
            file.safe = file.data
        folder = os.path.relpath(call.path, self.root)
        done = [s for s in self.steps if s.folder == (folder if folder != "." else "")]
        self.safe = _after(self.safe, done)
        self.steps = [s for s in self.steps if s not in done]

    def cuts(self) -> Iterator[dict[str, bytes | None]]:
        """The trees that a cut at this moment may leave."""
        n = range(len(self.steps))
        chosen = [(), tuple(n), *((k,) for k in n), *(tuple(o for o in n if o != k) for k in n)]
        for choice in dict.fromkeys(chosen):
            tree = _after(self.safe, [self.steps[k] for k in choice])
            for half in range(3):
                yield {path: file and _part(file, half) for path, file in tree.items()}


def _part(file: File, half: int) -> bytes:
    """None, half or all of what was written since the last sync."""
    if file.data[: len(file.safe)] != file.safe:
        return (file.safe, b"", file.data)[half]
    return file.data[: len(file.safe) + (len(file.data) - len(file.safe)) * half // 2]


def _after(tree: Tree, steps: Iterable[Step]) -> Tree:
    found = dict(tree)
    for step in steps:
        if not step.folder or step.folder in found:
            for path in step.goes:
                found.pop(path, None)
            found |= step.comes
    return found


def lay(trial: Trial, tree: dict[str, bytes | None]) -> None:
    """The tree as the ledger, with git's part as it was, and modes as in the end or the beginning."""
    trial.fresh()
    trial.work.mkdir(exist_ok=True)
    for path in trial.work.iterdir():
        if path.name not in GITS:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for inner, data in sorted(tree.items()):
        path = trial.work / inner
        if data is None:
            path.mkdir(exist_ok=True)
            continue
        path.write_bytes(data)
        for like in (trial.golden / inner, trial.base / inner):
            if like.exists():
                path.chmod(like.stat().st_mode & 0o777)
                break


def cut(trial: Trial) -> Iterator[tuple[str, list[str]]]:
    """The power cut at each moment of the run, and when it has just ended; what git writes is git's."""
    if trial.story.proof:
        return
    trial.fresh()
    ran = trial.run("-s1000000", "-e", "trace=" + ",".join(f"?{n}" for n in CHANGE))
    if ran.code:
        yield "traced, without a fault", [f"exit {ran.code}: {ran.err}"]
        return
    shutil.rmtree(trial.golden)  # this run's, for the ids are its own
    shutil.copytree(trial.work, trial.golden)
    disk, seen = Disk.of(trial.base, trial.work), set()
    calls = [c for c in parse(trial.trace) if disk.inner(c.path) or c.name in ("linkat", "fsync", "write")]
    for n, call in enumerate(calls):
        if not disk.take(call):
            continue
        last = n == len(calls) - 1
        yield from _judged(
            trial, disk, f"power cut after {call.name} {call.nth}", seen, Ran(-9, disk.said, killed=True)
        )
        if last:
            break
    ran = Ran(0, disk.said)
    yield from _judged(trial, disk, "power cut after the end", set(), ran)


def _judged(
    trial: Trial, disk: Disk, label: str, seen: set[str], ran: Ran
) -> Iterator[tuple[str, list[str]]]:
    for tree in disk.cuts():
        key = repr((sorted(tree.items()), ran.out, ran.code))
        if key not in seen:
            seen.add(key)
            lay(trial, tree)
            yield label, trial.judge(ran)
