"""What strace wrote: the calls of a command on its ledger, each with its number."""

import re
from codecs import escape_decode
from dataclasses import dataclass
from pathlib import Path

CHANGE = ["openat", "write", "ftruncate", "rename", "renameat", "renameat2", "link", "linkat", "symlink", "unlink", "unlinkat", "mkdir", "mkdirat", "rmdir", "fsync", "fdatasync", "chmod", "fchmod", "fchmodat", "flock", "vfork", "clone"]  # fmt: skip
LOOK = ["read", "getdents64", "newfstatat", "fstat", "lstat", "stat", "pread64"]
_LINE = re.compile(r"(\d+ +)?(\w+)\((.*)\) += (.*)|(\d+ +)?(\w+)\((.*)")
_TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"')
_HANDLE = re.compile(r"(\d+|AT_FDCWD)<([^>]*)>")


@dataclass(frozen=True)
class Call:
    """One call: strace counts ``nth`` in each process by name."""

    process: str
    name: str
    nth: int
    args: str
    result: str

    @property
    def handle(self) -> int:
        """The descriptor it works on, -1 if none."""
        found = re.match(r"(\d+)", self.args)
        return int(found[1]) if found else -1

    @property
    def opened(self) -> int:
        """The descriptor it returned, -1 if it failed."""
        found = re.match(r"(\d+)", self.result)
        return int(found[1]) if found else -1

    @property
    def texts(self) -> list[bytes]:
        """Its strings: paths, or what is written."""
        return [escape_decode(t)[0] for t in _TEXT.findall(self.args)]

    @property
    def path(self) -> str:
        """The file it touches: the first path, or that of its descriptor."""
        found = _HANDLE.match(self.args)
        if self.name != "write" and self.texts and self.texts[0]:
            return self.texts[0].decode("utf-8", "replace")
        return found[2] if found else ""

    @property
    def talk(self) -> bool:
        """Whether it says something, on stdout or stderr."""
        return self.name == "write" and self.handle in (1, 2)

    @property
    def changes(self) -> bool:
        """Whether the ledger or what is said may change by it."""
        return self.name not in LOOK and (self.name != "openat" or bool(
            re.search("O_CREAT|O_TMPFILE|O_TRUNC", self.args)))  # fmt: skip


def parse(trace: Path) -> list[Call]:
    """Every call in a trace, of all processes."""
    found: list[Call] = []
    counts: dict[tuple[str, str], int] = {}
    for line in trace.read_text("utf-8", "replace").splitlines():
        if not (m := _LINE.match(line)):
            continue
        process, name, args = (m[1] or m[5] or "").strip(), m[2] or m[6], m[3] or m[7] or ""
        nth = counts[process, name] = counts.get((process, name), 0) + 1
        found.append(Call(process, name, nth, args, m[4] or ""))
    return found


def on(root: Path, calls: list[Call]) -> list[Call]:
    """The calls that touch the ledger, start git, or say something."""
    return [
        c for c in calls
        if str(root) in c.args or c.name in ("vfork", "clone") or c.talk
        or c.name == "linkat" and "/proc/self/fd" in c.args
    ]  # fmt: skip
