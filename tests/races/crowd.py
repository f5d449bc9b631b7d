"""Processes that act at once on three clones of a ledger, and whether everything that was said is there."""

import io
import json
import os
import re
import select
import signal
import subprocess
import sys
import time
import traceback
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from shouwen import cli
from shouwen.store.ledger import Ledger
from shouwen.store.ledger_template import ATTRIBUTES
from shouwen.store.private_parts import begun
from tests.support.roster import MATTERS, STAFF

from .acts import Hand, opening

CLONES, KILLED, TIME = 3, 0.1, 400  # clones; share of the runs; seconds until a run counts as stuck
# What the reports of two clones that went on by themselves may contradict each other in; anything else is wrong.
DISPUTES = {"legal-order", "powers", "roster", "known-people", "known-departments", "decision", "evidence", "private",
            "known-words", "before-intake", "future-events", "appeal", "elements"}  # fmt: skip
PEOPLES = ("roster", "staff import", "calendar import", "calendar change", "git setup")


@dataclass
class Ran:
    """One run: what was asked, how it ended, what it had written when it said so."""

    kind: str
    clone: int
    words: list[str]
    code: int | None = None  # None: killed
    out: str = ""
    err: str = ""
    wrote: list[list[str]] = field(default_factory=list)  # [record, event or ""]

    @property
    def acknowledged(self) -> bool:
        """Whether somebody was told that it is done."""
        return self.code == 0 or self.code is None and bool(re.search(r"S?\d{8}-[0-9A-Z]{6}", self.out))


def _telling(handle: int) -> None:
    """Let every event and record that is written be told on a pipe, as soon as it is on the disk."""
    create, append = Ledger.create, Ledger.append

    def told(record: str, event: str) -> None:
        os.write(handle, json.dumps([record, event]).encode() + b"\n")

    def created(self, content):
        record = create(self, content)
        told(record.content.id, "")
        return record

    def appended(self, record, event):
        found = append(self, record, event)
        told(found.content.id, event.id)
        return found

    Ledger.create, Ledger.append = created, appended


def act(root: Path, who: str, words: list[str], minute: int, kill: float = 0.0, group: bool = False) -> Ran:
    """A command in a process of its own, killed after ``kill`` seconds unless 0 (its ``group``: its gits too)."""
    out, err, wrote = (os.pipe() for _ in range(3))
    child = os.fork()
    if not child:
        code = 99
        try:
            os.setsid()
            for pipe, number in ((out, 1), (err, 2)):
                os.dup2(pipe[1], number)
            sys.stdin, sys.stdout = io.StringIO(), os.fdopen(1, "w", encoding="utf-8", closefd=False)
            sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)
            _telling(wrote[1])
            os.environ["SHOUWEN_NOW"] = (
                f"2026-11-{23 + minute // 1440:02}T{minute // 60 % 24:02}:{minute % 60:02}"
            )
            code = cli.run(["-L", str(root), "--as", who, *words])
        except SystemExit as stop:
            code = int(stop.code or 0)
        except BaseException as error:  # noqa: BLE001 - a bug, which the crowd reports
            os.write(2, f"Traceback {error!r}\n".encode())
            code = 70
        finally:
            for stream in (sys.stdout, sys.stderr):
                stream.flush()
            os._exit(code)
    for pipe in (out, err, wrote):
        os.close(pipe[1])
    heard, status = _heard([out[0], err[0], wrote[0]], child, kill, group)
    told = [json.loads(line) for line in heard[2].splitlines() if line.endswith(b"]")]
    code = None if os.WIFSIGNALED(status) else os.waitstatus_to_exitcode(status)
    return Ran(
        "", 0, words, code, heard[0].decode("utf-8", "replace"), heard[1].decode("utf-8", "replace"), told
    )


def _doing(group: int) -> str:
    """What the processes of a run do at this moment."""
    shown = subprocess.run(
        ["ps", "-eo", "pgid,pid,etimes,stat,wchan:20,args"], capture_output=True, text=True
    ).stdout
    return "\n".join(line for line in shown.splitlines() if line.split()[0] == str(group))


def _kill(child: int, group: bool) -> None:
    """Kill a run; it alone where it is so young that it heads no group yet."""
    if group:
        with suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
            return
    os.kill(child, signal.SIGKILL)


def _heard(pipes: list[int], child: int, kill: float, group: bool) -> tuple[list[bytes], int]:
    """(what came through each pipe, how the child ended)."""
    heard = dict.fromkeys(pipes, b"")
    start, waiting = time.monotonic(), set(pipes)
    while waiting:
        left = (kill or TIME) - (time.monotonic() - start)
        if left <= 0:
            if not kill:
                heard[pipes[1]] += f"{_doing(child)} STUCK".encode()
            _kill(child, group or not kill)
            kill, start = 0.0, time.monotonic()
            if not group:  # an orphaned git holds the pipes: what it says is nobody's
                break
            continue
        for pipe in select.select(list(waiting), [], [], left)[0]:
            if data := os.read(pipe, 1 << 16):
                heard[pipe] += data
            else:
                waiting.discard(pipe)
    for pipe in waiting:
        os.set_blocking(pipe, False)
        try:
            while data := os.read(pipe, 1 << 16):
                heard[pipe] += data
        except BlockingIOError:
            pass
    for pipe in pipes:
        os.close(pipe)
    return list(heard.values()), os.waitpid(child, 0)[1]


def _git(root: Path, *words: str) -> str:
    return subprocess.run(
        ["git", "-C", root, *words], check=True, capture_output=True, text=True
    ).stdout.strip()


def begin(folder: Path) -> list[Path]:
    """A hub and three clones; the last commits each act by itself."""
    os.environ.update(
        HOME=str(folder), XDG_CONFIG_HOME=str(folder), XDG_CACHE_HOME=str(folder), COLUMNS="100", NO_COLOR="1"
    )
    (folder / ".gitconfig").write_text(
        "[user]\n name = w\n email = w@example.org\n[init]\n defaultBranch = main\n"
    )
    first = folder / "clone0"
    act(first, "", ["init", str(first), "--policy", "bumen", "--name", "某局"], 0)
    (first / "staff.yaml").write_text(STAFF, "utf-8")
    (first / "matters.yaml").write_text(MATTERS, "utf-8")
    assert (first / ".gitattributes").read_text("utf-8") == ATTRIBUTES
    opening(first, lambda who, words: act(first, who, list(words), 600))
    (folder / "2027.json").write_text(
        '{"year": 2027, "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": true}]}'
    )
    _git(first, "init", "-q")
    _git(first, "add", "-A")
    _git(first, "commit", "-q", "-m", "始")
    _git(folder, "clone", "-q", "--bare", str(first), str(folder / "hub.git"))
    _git(first, "remote", "add", "origin", str(folder / "hub.git"))
    _git(first, "fetch", "-q")
    _git(first, "branch", "-q", "-u", "origin/main")
    clones = [first, *(folder / f"clone{n}" for n in range(1, CLONES))]
    for root in clones[1:]:
        _git(folder, "clone", "-q", str(folder / "hub.git"), str(root))
    with (clones[-1] / "ledger.yaml").open("a", encoding="utf-8") as file:
        file.write("\ngit: {commit: true}\n")
    return clones


def _turns(number: int, seed: int, turns: int, clones: list[Path], log: Path, begun: float) -> None:
    """One of the processes: so many turns, each written down when it has ended."""
    folder = log.with_suffix("")
    folder.mkdir()
    hand = Hand(number, seed, folder)
    usual: dict[str, float] = {}  # seconds that an act of this kind took
    with log.open("w", encoding="utf-8") as file:
        for _ in range(turns):
            clone = hand.rng.randrange(len(clones))
            kind, (who, words) = hand.next(clones[clone])
            if kind in PEOPLES:  # what people write merges by hand: it is one clone's to write
                clone = len(clones) - 1
            words = [w.replace("DIR", str(log.parent)) for w in words]
            kill = hand.rng.uniform(0, 1.2 * usual.get(kind, 0.05)) if hand.rng.random() < KILLED else 0.0
            start = time.monotonic()
            ran = act(
                clones[clone], who, words, 600 + int(start - begun), kill, group=hand.rng.random() < 0.3
            )
            if ran.code == 0:
                usual[kind] = time.monotonic() - start
            ran.kind, ran.clone = kind, clone
            file.write(json.dumps(ran.__dict__, ensure_ascii=False) + "\n")


def crowd(seed: int, processes: int, turns: int, folder: Path) -> tuple[list[Ran], list[str]]:
    """(every run, what is wrong) of a crowd on three clones in a folder of its own."""
    clones, begun = begin(folder), time.monotonic()  # a second is a minute
    children = []
    for number in range(processes):
        child = os.fork()
        if not child:
            code = 1
            try:
                _turns(number, seed, turns, clones, folder / f"hand{number}.log", begun)
                code = 0
            except BaseException:  # noqa: BLE001 - told to the one who waits
                (folder / f"hand{number}.fault").write_text(traceback.format_exc(), "utf-8")
            finally:
                os._exit(code)
        children.append(child)
    ends = [os.waitpid(child, 0)[1] for child in children]
    wrong = [
        f"hand {n} failed ({end}): {_fault(folder / f'hand{n}.fault')}" for n, end in enumerate(ends) if end
    ]
    logs = sorted(folder.glob("hand*.log"))
    runs = [Ran(**json.loads(line)) for log in logs for line in log.read_text("utf-8").splitlines()]
    wrong += _stuck(runs) + _together(clones)
    for n, root in enumerate(clones):
        wrong += [f"clone{n}: {w}" for w in _lost(root, runs) + _unsound(root)]
        wrong += [f"clone{n}: {w}" for w in _lost_here(root, [r for r in runs if r.clone == n])]
    states = {
        json.dumps({str(p.relative_to(root)): p.read_text("utf-8") for p in _records(root)})
        for root in clones
    }
    if len(states) != 1:
        wrong.append("the clones differ")
    return runs, wrong


def _fault(path: Path) -> str:
    """The traceback of one of the processes, if it left one."""
    return path.read_text("utf-8") if path.exists() else "no traceback"


def _records(root: Path) -> list[Path]:
    return sorted(
        p for top in ("inquiries", "archive", "sanctions") for p in (root / top).rglob("[!.]*.yaml")
    )


def _stuck(runs: list[Ran]) -> list[str]:
    """Runs that never ended, and what no user may see."""
    found = []
    for ran in runs:
        if (
            ran.err.endswith("STUCK")
            or ran.code == 70
            or "Traceback" in ran.err
            or ran.code not in (None, 0, 1, 2, 3, 4, 6)
        ):
            found.append(f"{ran.words}: exit {ran.code} {ran.err[-600:]}")
    return found


def _together(clones: list[Path]) -> list[str]:
    """Nobody acts any more: each clone syncs until all have everything."""
    time.sleep(0.1)
    old = time.time() - 3600  # what a killed git left an hour ago is nobody's
    for root in clones:
        for path in (root / ".git").rglob("*.lock"):
            os.utime(path, (old, old))
    found = []
    for turn in range(2):
        for root in clones:
            ran = act(root, "heping", ["sync"], 6000 + turn)
            if ran.code != 0:
                found.append(f"{root.name}: the last sync: exit {ran.code}: {ran.err}")
    return found


def _lost(root: Path, runs: list[Ran]) -> list[str]:
    """What was acknowledged, and is not there once."""
    there: Counter[tuple[str, str]] = Counter()
    for path in _records(root):
        there[path.stem, ""] += 1
        there.update(
            (path.stem, found) for found in re.findall(r'^- \{"id": "([^"]+)"', path.read_text("utf-8"), re.M)
        )
    return [
        f"{ran.words}: {record} {event} stands {there[record, event]} times"
        for ran in runs if ran.acknowledged for record, event in ran.wrote if there[record, event] != 1
    ]  # fmt: skip


def _lost_here(root: Path, runs: list[Ran]) -> list[str]:
    """What no git carries on: the roster, and what lies apart."""
    staff = (root / "staff.yaml").read_text("utf-8")
    found = [f"{ran.words}: not in staff.yaml" for ran in runs if ran.code == 0 and ran.words[:2] in (["staff", "add"], ["department", "add"])
             and ran.words[2] not in staff]  # fmt: skip
    kept = {p.stem for p in (root / "private").glob("*.yaml")} | begun(str(root))  # a killed purge says so
    purged = {name for path in _records(root) for name in [path.stem] if "已清除" in path.read_text("utf-8")}
    for ran in runs:
        if ran.acknowledged and "--confidential" in ran.words:
            found += [
                f"{record}: its private part is gone"
                for record, event in ran.wrote
                if not event and record not in kept | purged
            ]
    return found


def _unsound(root: Path) -> list[str]:
    """What check finds that no two clones could have brought about honestly, and locks that stay."""
    ran = act(root, "heping", ["check", "--since", "all", "--format", "json"], 6100)
    try:
        items = json.loads(ran.out)["items"]
    except ValueError:
        return [f"check: exit {ran.code}: {ran.err}"]
    found = [
        f"{i['path']}:{i['line']} [{i['check']}] {i['text']}" for i in items if i["check"] not in DISPUTES
    ]
    locks = [str(p) for p in (root / ".git").rglob("*.lock")]
    return found + locks


def warm() -> None:
    """Import what the commands import, so that a child need not."""
    for path in Path(cli.__file__).parent.rglob("*.py"):
        name = ".".join(("shouwen", *path.relative_to(Path(cli.__file__).parent).with_suffix("").parts))
        if not name.endswith(("__main__", "__init__")):
            try:
                __import__(name)
            except ImportError:
                continue
