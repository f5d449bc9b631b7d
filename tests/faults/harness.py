"""Runs a command with one system call killed or failed, and judges what is left.

strace numbers the calls by which the undisturbed command touches the ledger; the command is then
run again from the same ledger for each of them. What fired is read back from that run's trace.
"""

import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from unittest import mock

from shouwen import cli

from .stories import NOW, STORIES, build

BAD = ("HANG", "BROKEN", "LOST", "MIXED", "LIE", "ACK-LOST", "STUCK", "TRACEBACK", "SILENT", "LITTER")
TIME = 60  # seconds until a run counts as hanging; the lock is waited for 10
CHANGE = ["openat", "write", "ftruncate", "rename", "renameat", "renameat2", "link", "linkat", "symlink", "unlink", "unlinkat", "mkdir", "mkdirat", "rmdir", "fsync", "fdatasync", "chmod", "fchmod", "fchmodat", "flock", "close"]  # fmt: skip
LOOK = ["read", "getdents64", "newfstatat", "fstat", "lstat", "stat", "pread64"]
_NAMES = {
    "openat",
    "rename",
    "renameat",
    "renameat2",
    "link",
    "linkat",
    "unlink",
    "unlinkat",
    "mkdir",
    "mkdirat",
}
_ROOM = {"openat", "write", "rename", "link", "linkat", "mkdir", "mkdirat", "fsync", "fdatasync", "ftruncate"}
# The calls that an error may meet: one that nobody can meet proves nothing.
ERRORS = {
    "ENOSPC": _ROOM,
    "EDQUOT": _ROOM - {"ftruncate"},
    "EIO": {*_NAMES, "write", "fsync", "fdatasync", "fchmod", "chmod", *LOOK},
    "EACCES": {*_NAMES, "fchmod", "chmod"},
    "EROFS": {*_NAMES, "fchmod", "chmod"},
    "EMFILE": {"openat"},
    "ENOLCK": {"flock"},
}
_ID = re.compile(r'\d{8}-[0-9A-Z]{6}|"id": "\w{4}"|"event": "\w{4}"')


@dataclass(frozen=True)
class Fault:
    """What is done to one run: a signal or error at a call, a size limit, a full disk."""

    kind: str
    call: str = ""
    nth: int = 0

    def __str__(self) -> str:
        return f"{self.kind} {self.call} {self.nth}".strip()


@dataclass
class Ran:
    """How a run ended and what it said."""

    code: int
    out: str
    err: str
    fired: bool = True


def state(root: Path) -> dict[str, list[str]]:
    """The files of a ledger with ids blanked, by place; hidden ones and git's own do not count."""
    found: dict[str, list[str]] = {}
    for path in sorted(root.rglob("*")):
        inner = path.relative_to(root)
        if any(part.startswith(".") and part not in (".gitattributes", ".gitignore") for part in inner.parts):
            continue
        if path.is_file():
            text = _ID.sub("ID", path.read_text("utf-8"))
            found.setdefault(_ID.sub("ID", str(inner)), []).append(text)
    return {place: sorted(texts) for place, texts in found.items()}


def _environment() -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items()
            if not k.startswith(("SHOUWEN_", "GIT_"))}  # fmt: skip
    # No bytecode: Python 3.11 takes its own half-written .pyc for a whole one.
    return kept | {"SHOUWEN_NOW": NOW, "PYTHONHASHSEED": "0", "COLUMNS": "100", "PYTHONDONTWRITEBYTECODE": "1",
                   "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}  # fmt: skip


def here(*words: str) -> Ran:
    """A command line run undisturbed in this process."""
    out, err = StringIO(), StringIO()
    with mock.patch.dict(os.environ, {"SHOUWEN_NOW": NOW}), redirect_stdout(out), redirect_stderr(err):
        try:
            code = cli.run(list(words))
        except Exception as error:
            code = 70
            err.write(repr(error))
    return Ran(code, out.getvalue(), err.getvalue())


def traceable() -> bool:
    """Whether strace is here and may trace."""
    return (
        bool(shutil.which("strace"))
        and not subprocess.run(["strace", "-qq", "-o", os.devnull, "true"], capture_output=True).returncode
    )


class Trial:
    """One story with its ledger, the calls it makes, and the verdict on every fault."""

    def __init__(self, name: str, folder: Path):
        self.name, self.story = name, STORIES[name]
        self.base, self.work, self.trace = folder / "base", folder / "work", folder / "trace"
        self.words = [w.replace(str(self.base), str(self.work)) for w in build(self.story, self.base)]
        self.before = state(self.base)
        self.fresh()
        self.known = self.complaints() if self.before else set()
        assert self.run().code == 0, f"{name}: {self.words}"
        self.after = state(self.work)
        self.hidden = self.hiding()

    def fresh(self) -> None:
        """The ledger as it was before the command."""
        shutil.rmtree(self.work, ignore_errors=True)
        if self.base.exists():
            shutil.copytree(self.base, self.work)

    def complaints(self) -> set[str]:
        """What check finds wrong, ids blanked."""
        found = here("-L", str(self.work), "check")
        said = found.out.splitlines() + (found.err.splitlines() if found.code not in (0, 1) else [])
        return {_ID.sub("ID", line) for line in said}

    def hiding(self) -> set[str]:
        """Hidden files of the ledger that are none of its settings and not git's."""
        found = {p.relative_to(self.work) for p in self.work.rglob(".*") if p.is_file()}
        return {
            _ID.sub("ID", str(p)) for p in found if p.parts[0] not in (".git", ".gitattributes", ".gitignore")
        }

    def run(self, *tracing: str, limit: int | None = None) -> Ran:
        """Run the command as a process of its own, under strace if options are given."""
        line = [sys.executable, "-m", "shouwen", *self.words]
        if tracing:
            line = ["strace", "-f", "-y", "-qq", "-s0", "-o", str(self.trace), *tracing, *line]

        def limited() -> None:
            if limit is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        group = subprocess.Popen(line, env=_environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                 stderr=subprocess.PIPE, start_new_session=True, preexec_fn=limited)  # fmt: skip
        try:
            out, err = group.communicate(timeout=TIME)
        except subprocess.TimeoutExpired:
            os.killpg(group.pid, signal.SIGKILL)
            out, err = group.communicate()
            return Ran(-99, out.decode("utf-8", "replace"), err.decode("utf-8", "replace"))
        return Ran(group.returncode, out.decode("utf-8", "replace"), err.decode("utf-8", "replace"))

    def calls(self) -> list[tuple[str, int, bool]]:
        """(name, how manyth of its process, whether it changes something) of calls on the ledger."""
        self.fresh()
        names = [n for n in (*CHANGE, *LOOK) if n != "close"]
        done = self.run("-e", "trace=" + ",".join(f"?{n}" for n in names))
        assert done.code == 0, done.err
        counts: dict[tuple[str, str], int] = {}
        found = {}
        first: dict[tuple[str, int], bool] = {}  # of the process itself, git's being its children
        for line in self.trace.read_text("utf-8", "replace").splitlines():
            if not (call := re.match(r"(\d+) +(\w+)\(", line)):
                continue
            counts[call.groups()] = nth = counts.get(call.groups(), 0) + 1
            ours = str(self.work) in line or "/proc/self/fd" in line and call[2] == "linkat"
            if call[1] == next(iter(counts))[0]:
                first[call[2], nth] = ours
            if ours:
                change = call[2] in CHANGE and "O_RDONLY" not in line or "O_CREAT" in line
                found[call[2], nth] = change or found.get((call[2], nth), False)
        # strace counts in each process: a point must not be one at which Python itself only starts.
        return [
            (*point, change)
            for point, change in found.items()
            if first.get(point, point[0] not in ("write", "openat", *LOOK))
        ]

    def faults(self) -> Iterator[Fault]:
        """Every fault there is for this story, kills first."""
        calls = self.calls()
        for name, nth, change in calls:
            if change:
                yield Fault("SIGKILL", name, nth)
        for error, meets in ERRORS.items():
            for name, nth, change in calls:
                if name in meets and (change or error in ("EIO", "EACCES", "EMFILE")):
                    yield Fault(error, name, nth)
        sizes = {len(t.encode()) for texts in self.after.values() for t in texts}
        for size in sorted(
            {0, 1, 2, 7, 64, 255, 300, 400, 500, *(s - 1 for s in sizes), *(s // 2 for s in sizes)}
        ):
            yield Fault("FSIZE", "", size)

    def suffer(self, fault: Fault) -> Ran:
        """The command with the fault, on a fresh ledger."""
        self.fresh()
        if fault.kind == "FSIZE":
            return self.run(limit=fault.nth)
        what = f"signal={fault.kind}" if fault.kind == "SIGKILL" else f"error={fault.kind}"
        ran = self.run("-e", f"trace={fault.call}", "-e", f"inject={fault.call}:{what}:when={fault.nth}")
        text = self.trace.read_text("utf-8", "replace")
        ran.fired = "killed by SIGKILL" in text if fault.kind == "SIGKILL" else "(INJECTED)" in text
        return ran

    def verdicts(self, fault: Fault) -> list[str]:
        """What is wrong after the fault; nothing if all is well. NOT-FIRED if it met nothing."""
        ran = self.suffer(fault)
        if not ran.fired:
            return ["NOT-FIRED"]
        return self.judge(ran, killed=fault.kind == "SIGKILL")

    def judge(self, ran: Ran, killed: bool = False) -> list[str]:
        """The verdicts on a run and on the run after it.

        A kill may leave a private part whose record never came: check must name it, then it goes.
        """
        orphan = self.work / "private"
        if killed and self.name == "intake confidential" and orphan.exists() and not ran.out:
            for path in orphan.glob("*.yaml"):
                if not list(self.work.glob(f"inquiries/*/*/{path.name}")):
                    named = here("-L", str(self.work), "check")
                    if named.code == 1 and f"private/{path.name}: 没有对应的记录" in named.out:
                        path.unlink()
        found = self._left(ran)
        now = state(self.work)
        began = "ledger.yaml" in now
        if began and (new := self.complaints() - self.known):
            found.append(f"BROKEN: {sorted(new)}")
        once_more = here(*self.words)
        allowed = self.story.again if now != self.before else (0,)
        # A killed git leaves its own lock: said in words, the record is written all the same.
        gits = self.name.startswith("git") and "git 没有提交成功" in once_more.err
        if once_more.code not in allowed and not gits:
            found.append(f"STUCK: {once_more.code} {once_more.err.strip()}")
        elif once_more.code == 0 and (
            litter := {h for h in self.hiding() - self.hidden if not h.endswith(".bak")}
        ):
            found.append(f"LITTER: {sorted(litter)}")
        return found

    def _left(self, ran: Ran) -> list[str]:
        found = []
        now = state(self.work)
        if ran.code == -99:
            found.append("HANG")
        if "Traceback" in ran.err or ran.code == 70:
            found.append("TRACEBACK: " + ran.err.strip()[-300:])
        elif ran.code > 0 and ran.code not in (128 + signal.SIGKILL,) and not ran.err.strip():
            found.append(f"SILENT: {ran.code}")
        if ran.code == 0 and now != self.after:
            found.append("LIE: " + ran.out)
        if (
            ran.out
            and self.story.said
            and not list(self.work.rglob(ran.out.split()[0] + ".yaml"))
            or ran.out
            and ran.out[:1].isdigit()
            and self.story.whole
            and now != self.after
        ):
            found.append("ACK-LOST: " + ran.out)
        if self.story.words[0] == "init" and "ledger.yaml" not in now:
            return found  # only ledger.yaml makes it a ledger
        for place, texts in self.before.items():
            if place not in now and place in self.after or len(now.get(place, texts)) < len(texts) and len(
                    self.after.get(place, texts)) >= len(texts):  # fmt: skip
                found.append(f"LOST: {place}")
        if self.story.whole and now not in (self.before, self.after):
            found.append("MIXED")
        elif not self.story.whole:
            places = {*self.before, *self.after}
            known = {t for s in (self.before, self.after) for texts in s.values() for t in texts}
            odd = [p for p, texts in now.items() for t in texts if p not in places or t not in known]
            found += [f"MIXED: {p}" for p in odd]
        return found


def full_disk(name: str, room: int, inodes: bool, folder: Path) -> list[str]:
    """The command on a real file system with so many free pages (or inodes) left; needs root."""
    trial = Trial(name, folder)
    shutil.rmtree(trial.work, ignore_errors=True)
    trial.work.mkdir()
    size = ["nr_inodes=400"] if inodes else ["size=400k"]
    subprocess.run(["mount", "-t", "tmpfs", "-o", ",".join(size), "tmpfs", trial.work], check=True)
    stuffing = trial.work / ".stuffing.bak"
    try:
        shutil.copytree(trial.base, trial.work, dirs_exist_ok=True)
        stuffing.mkdir()
        info = os.statvfs(trial.work)
        if inodes:
            for n in range(info.f_ffree - room):
                (stuffing / str(n)).touch()
        else:
            with (stuffing / "x").open("wb") as file:
                file.write(b"x" * info.f_frsize * max(0, info.f_bfree - room))
        ran = trial.run()
        shutil.rmtree(stuffing)
        return trial.judge(ran)
    finally:
        subprocess.run(["umount", trial.work], check=True)


def whole(name: str) -> tuple[int, int, list[str]]:
    """All faults of one story: how many fired, how many missed, what was wrong."""
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        trial = Trial(name, Path(folder))
        fired, missed, wrong = 0, 0, []
        for fault in list(trial.faults()):
            verdicts = trial.verdicts(fault)
            missed += verdicts == ["NOT-FIRED"]
            fired += verdicts != ["NOT-FIRED"]
            wrong += [f"{name} | {fault} | {v}" for v in verdicts if v != "NOT-FIRED"]
    if os.geteuid() == 0 and STORIES[name].words[0] != "init":
        for inodes in (False, True):
            for room in range(6):
                with tempfile.TemporaryDirectory(prefix="faults-") as folder:
                    wrong += [f"{name} | full disk {room} {'inodes' if inodes else 'pages'} | {v}"
                              for v in full_disk(name, room, inodes, Path(folder))]  # fmt: skip
                    fired += 1
    return fired, missed, wrong
