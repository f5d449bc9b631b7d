"""Running commands in turn, and how long each took."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from .generate import NOW

PROGRAM = Path(sys.executable).parent / "shouwen"
CACHE = Path("/proc/sys/vm/drop_caches")  # what is written there empties pages, names and places of files
FEW = 3  # rounds of a command that takes seconds
INTAKE = ("intake", "--channel", "来电", "--category", "咨询", "--subject", "施工许可证办理材料{n}",
          "--scope", "其他部门")  # fmt: skip


class Bench:
    """Commands to be run in turn, and how long each took."""

    def __init__(self, work: Path):
        # Compiled modules are kept, as in every installed program.
        kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        self.environment = {
            **kept, "SHOUWEN_NOW": NOW, "NO_COLOR": "1", "COLUMNS": "160", "XDG_CACHE_HOME": str(work / "cache"),
        }  # fmt: skip
        self.work = work
        self.commands: dict[str, tuple[list[str], dict[str, str]]] = {}
        self.times: dict[str, list[tuple[float, float]]] = {}
        self.slow: set[str] = set()
        self.fresh: set[str] = set()
        self.runs = time.time_ns() // 10**9
        self.memory: dict[str, float] = {}
        self.rows: dict[str, int] = {}
        self.sizes: dict[str, str] = {}

    def add(
        self, name: str, words: list[str], slow: bool = False, fresh: bool = False, **environment: str
    ) -> None:
        """A command to be measured under this name.

        A ``slow`` one only in the first rounds, a ``fresh`` one each time without what earlier runs noted.
        """
        if fresh:
            self.fresh.add(name)
            environment["XDG_CACHE_HOME"] = str(self.work / "no-cache")
        if slow:
            self.slow.add(name)
        self.commands[name] = (list(map(str, words)), self.environment | environment)
        self.times[name] = []

    def once(self, name: str) -> tuple[float, float]:
        """Seconds of processor and of wall time of one run; SystemExit if it failed."""
        words, environment = self.commands[name]
        self.runs += 1  # the same act again within a minute would be refused
        words = [word.replace("{n}", str(self.runs)) for word in words]
        if name in self.fresh:
            shutil.rmtree(environment["XDG_CACHE_HOME"], ignore_errors=True)
        start = time.perf_counter()
        process = subprocess.Popen(
            words, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"{name}: exit {process.returncode}: {' '.join(words)}")
        return used.ru_utime + used.ru_stime, wall

    def output(self, words: list[str]) -> str:
        """What a command writes to stdout."""
        return subprocess.run(
            list(map(str, words)), env=self.environment, check=True, capture_output=True, text=True
        ).stdout

    def lines(self, name: str, more: Sequence[str] = ()) -> int:
        """How many lines a command that was added writes, less the empty ones."""
        words, environment = self.commands[name]
        done = subprocess.run([*words, *more], env=environment, check=True, capture_output=True, text=True)
        return sum(bool(line.strip()) for line in done.stdout.splitlines())

    def run(self, rounds: int) -> None:
        """Every command once unmeasured, then all of them so many times in turn."""
        for name in self.commands.keys() - self.slow:
            self.once(name)
        for n in range(rounds):
            print(f"\r{n + 1}/{rounds}", end="", file=sys.stderr, flush=True)
            for name in self.commands if n < FEW else self.commands.keys() - self.slow:
                self.times[name].append(self.once(name))
        print(file=sys.stderr)

    def cold(self, names: Sequence[str], rounds: int) -> dict[str, list[float]]:
        """Milliseconds by the clock of each run of a command that finds nothing in memory, itself neither.

        PermissionError where only root may empty the system's cache.
        """
        found: dict[str, list[float]] = {name: [] for name in names if name in self.commands}
        for _ in range(rounds):
            for name, times in found.items():
                os.sync()
                CACHE.write_text("3\n")
                times.append(1000 * self.once(name)[1])
        return found

    def processor(self, name: str) -> list[float]:
        """Milliseconds of processor time of each run."""
        return [1000 * spent for spent, _ in self.times[name]]

    def wall(self, name: str) -> list[float]:
        """Milliseconds by the clock of each run."""
        return [1000 * spent for _, spent in self.times[name]]


@contextmanager
def folder(work: str) -> Iterator[str]:
    """The folder to work in: the one named, which stays, or one that goes with the run."""
    if work:
        os.makedirs(work, exist_ok=True)
        yield work
        return
    work = tempfile.mkdtemp(prefix="shouwen-")
    try:
        yield work
    finally:
        shutil.rmtree(work)
