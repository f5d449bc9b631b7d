"""One call of the command killed, interrupted or failed, files that may not grow, a full disk."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .calls import CHANGE, LOOK, Call, on, parse
from .trial import Ran, Trial, blanked, hiding, state

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
    "EAGAIN": {"vfork", "clone"},
}
_LASTING = {"ENOSPC": _ROOM - {"openat"}, "EIO": {"write", "rename", "linkat", "mkdir", "fsync", "unlink"}}
SIGNALS = ("SIGKILL", "SIGINT")
ENDING = ("SIGTERM", "SIGHUP")  # asked to end, by a service manager or a terminal that is gone


@dataclass(frozen=True)
class Fault:
    """What is done to one run: a signal or an error at a call, once or (``+``) from there on."""

    kind: str
    call: str = ""
    nth: int = 0
    deaf: bool = False

    def __str__(self) -> str:
        return f"{self.kind} {self.call} {self.nth}".strip()


def points(trial: Trial) -> list[Call]:
    """The calls worth a fault: every one that changes something, of the others one of each kind."""
    trial.fresh()
    names = ",".join(f"?{n}" for n in (*CHANGE, *LOOK))
    ran = trial.run(*_following(trial), "-s0", "-e", "trace=" + names)
    assert ran.code in (0, *trial.story.again), ran.err
    calls = parse(trial.trace)
    ours = calls[0].process
    first = {(c.name, c.nth) for c in calls if c.process == ours}
    found: dict[tuple[str, int], Call] = {}
    seen = set()
    for call in on(trial.work, calls):
        point = call.name, call.nth
        # strace counts in each process: a point must not be one at which Python itself only starts.
        if call.process != ours and (point in first or call.name in ("write", "openat", *LOOK)):
            continue
        kind = (call.name, blanked(call.path)) if not call.changes else point
        if point not in found and kind not in seen:
            found[point] = call
            seen.add(kind)
    return list(found.values())


def _following(trial: Trial) -> tuple[str, ...]:
    """What git's children meet when they record is git's, but ours to survive; in sync only git's."""
    return ("-f",) if trial.name.startswith("git") else ()


def faults(trial: Trial, kinds: tuple[str, ...] = ()) -> Iterator[Fault]:
    """Every fault there is for this story, kills first, or those of some kinds."""
    calls = points(trial)
    for kind in (*SIGNALS, *ENDING):
        if kind in (kinds or SIGNALS):
            yield from (Fault(kind, c.name, c.nth) for c in calls if c.changes)
    for error, meets in ERRORS.items():
        if kinds and error not in kinds:
            continue
        for c in calls:
            lasts = c.name in _LASTING.get(error, ()) and c.changes and not c.talk
            if c.talk and error not in ("EIO", "ENOSPC"):
                continue
            if c.name in meets and (c.changes or error == "EIO"):
                yield Fault(error, c.name, c.nth, c.talk and c.handle == 2)
                if lasts and not kinds and any(o.name == c.name and o.nth > c.nth for o in calls):
                    yield Fault(error + "+", c.name, c.nth, c.name == "write")


def suffer(trial: Trial, fault: Fault) -> Ran | None:
    """The command with the fault, on a fresh ledger; None if the fault met nothing."""
    trial.fresh()
    kill = fault.kind in (*SIGNALS, *ENDING)
    kind, plus = fault.kind.rstrip("+"), "+" * fault.kind.endswith("+")
    what = f"signal={kind}" if kill else f"error={kind}"
    call = f"inject={fault.call}:{what}:when={fault.nth}{plus}"
    # Where vfork fails Python tries fork, which is clone to strace.
    fork = ("-e", f"inject=clone:{what}:when=1") if fault.call == "vfork" and not kill else ()
    how = _following(trial)
    if not kill and not trial.story.proof:
        how = ("-f", "--seccomp-bpf")  # quicker, but with it no signal is sent
    ran = trial.run(*how, "-e", f"trace={fault.call},clone", "-e", call, *fork)
    text = trial.trace.read_text("utf-8", "replace")
    fired = f"{kind}" in text if kill else "(INJECTED)" in text
    ran.killed, ran.deaf = fault.kind == "SIGKILL", fault.deaf
    return ran if fired else None


def verdicts(trial: Trial, fault: Fault) -> list[str] | None:
    """What is wrong after the fault; None if it met nothing."""
    ran = suffer(trial, fault)
    return None if ran is None else trial.judge(ran)


Outcome = tuple[str, list[str] | None]


def once(trial: Trial) -> Iterator[Outcome]:
    """Each call killed, interrupted and failed."""
    for fault in list(faults(trial)):
        yield str(fault), verdicts(trial, fault)


def ended(trial: Trial) -> Iterator[Outcome]:
    """Asked to end at each call."""
    for fault in list(faults(trial, ENDING)):
        yield str(fault), verdicts(trial, fault)


def twice(trial: Trial) -> Iterator[Outcome]:
    """From each different wreck that a kill left, the next run killed too."""
    wrecks = {_key(trial.base), _key(trial.golden)}
    for fault in list(faults(trial, ("SIGKILL",))):
        if suffer(trial, fault) is None or (key := _key(trial.work)) in wrecks:
            continue
        wrecks.add(key)
        wreck = trial.folder / f"wreck{len(wrecks)}"
        shutil.copytree(trial.work, wreck)
        second = trial.onward(wreck)
        for again in list(faults(second, ("SIGKILL",))):
            yield f"{fault}, {again}", verdicts(second, again)


def _key(root: Path) -> str:
    return repr((sorted(state(root).items()), sorted(hiding(root) - {".lock"}),
                 sorted(blanked(str(p.relative_to(root))) for p in root.rglob("*") if p.is_dir()
                        and p.relative_to(root).parts[0] not in (".git", ".upstream"))))  # fmt: skip


def short(trial: Trial) -> Iterator[Outcome]:
    """No file may grow beyond so many bytes: what is written is cut off there."""
    sizes = {len(t.encode()) for place, texts in trial.after.items() for t in texts
             if t not in trial.before.get(place, ())}  # fmt: skip
    wanted = {
        0,
        1,
        2,
        7,
        *(s + d for s in sizes for d in (-2, -1)),
        *(s * n // 8 for s in sizes for n in range(8)),
    }
    for size in sorted(w for w in wanted if w >= 0)[:200]:
        trial.fresh()
        yield f"no file over {size} bytes", trial.judge(trial.run(limit=size))


def full(trial: Trial) -> Iterator[Outcome]:
    """A real file system with so many free pages or inodes left; needs root."""
    if os.geteuid() != 0 or trial.story.words[0] == "init" or not shutil.which("mount"):
        return
    for inodes in (False, True):
        for room in range(6):
            yield f"{room} {'inodes' if inodes else 'pages'} free", _full(trial, room, inodes)


def _full(trial: Trial, room: int, inodes: bool) -> list[str]:
    shutil.rmtree(trial.work, ignore_errors=True)
    trial.work.mkdir()
    size = "nr_inodes=4000" if inodes else "size=4m"
    subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", trial.work], check=True)
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
