"""One story: its ledger, runs of its command with or without a fault, and the verdict on what is left."""

import compileall
import copy
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from io import StringIO
from pathlib import Path
from unittest import mock

from shouwen import cli

from .stories import NOW, STORIES, build

TIME = 300  # seconds until a run counts as hanging; the lock is waited for 10, a busy machine for longer
SETTINGS = (".gitattributes", ".gitignore")
GITS = (".git", ".upstream")
_ID = re.compile(r'S?\d{8}-[0-9A-Z]{6}|"id": "\w{4}"|"event": "\w{4}"')
_NAME = re.compile(r"S?\d{8}-[0-9A-Z]{6}")


@dataclass
class Ran:
    """How a run ended and what it said."""

    code: int
    out: str = ""
    err: str = ""
    killed: bool = False
    deaf: bool = False  # whether stderr was what failed


def blanked(text: str) -> str:
    """A text without its random ids."""
    return _ID.sub("ID", text)


def state(root: Path) -> dict[str, list[str]]:
    """The files of a ledger with ids blanked, by place; hidden ones and git's own do not count."""
    found: dict[str, list[str]] = {}
    for path in sorted(root.rglob("*")):
        inner = path.relative_to(root)
        if path.is_file() and not any(p.startswith(".") and p not in SETTINGS for p in inner.parts):
            found.setdefault(blanked(str(inner)), []).append(blanked(path.read_text("utf-8", "replace")))
    return {place: sorted(texts) for place, texts in found.items()}


def hiding(root: Path) -> set[str]:
    """Hidden files of a ledger that are none of its settings and not git's."""
    found = {p.relative_to(root) for p in root.rglob(".*") if p.is_file()}
    return {blanked(str(p)) for p in found if p.parts[0] not in (*GITS, *SETTINGS)}


def here(*words: str) -> Ran:
    """A command line run undisturbed in this process."""
    out, err = StringIO(), StringIO()
    with mock.patch.dict(os.environ, {"SHOUWEN_NOW": NOW}), redirect_stdout(out), redirect_stderr(err):
        try:
            code = cli.run(list(words))
        except Exception as error:  # noqa: BLE001 - it is reported as the program's own
            code = 70
            err.write(repr(error))
    return Ran(code, out.getvalue(), err.getvalue())


@cache
def traceable() -> bool:
    """Whether strace is here and may trace."""
    return (
        bool(shutil.which("strace"))
        and not subprocess.run(["strace", "-qq", "-o", os.devnull, "true"], capture_output=True).returncode
    )


@cache
def _environment() -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items()
            if not k.startswith(("SHOUWEN_", "GIT_"))}  # fmt: skip
    # Compiled before, not while running: Python 3.11 takes its own half-written .pyc for a whole one.
    compileall.compile_dir(Path(cli.__file__).parent, quiet=2)
    return kept | {"SHOUWEN_NOW": NOW, "PYTHONHASHSEED": "0", "COLUMNS": "100", "PYTHONDONTWRITEBYTECODE": "1",
                   "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}  # fmt: skip


class Trial:
    """A story with the ledger it begins with and the one it ends with."""

    def __init__(self, name: str, folder: Path):
        self.name, self.story, self.folder = name, STORIES[name], folder
        self.base, self.work, self.trace = folder / "base", folder / "work", folder / "trace"
        self.words = [w.replace(str(self.base), str(self.work)) for w in build(self.story, self.base)]
        self.fresh()
        self.known = self.complaints() if self.base.exists() else set()
        self._end((0,))

    def onward(self, wreck: Path) -> "Trial":
        """The same command begun on what a fault has left."""
        found = copy.copy(self)
        found.base = wreck
        found.fresh()
        found.known = self.known | self.complaints()
        found._end((0, *self.story.again))
        return found

    def _end(self, codes: tuple[int, ...]) -> None:
        self.before = state(self.base)
        self.fresh()
        ran = self.run()
        assert ran.code in codes, f"{self.name}: {self.words}\n{ran.err}"
        self.after, self.hidden = state(self.work), hiding(self.work)
        self.golden = self.folder / f"after-{self.base.name}"
        shutil.copytree(self.work, self.golden)

    def fresh(self) -> None:
        """The ledger as it was before the command."""
        shutil.rmtree(self.work, ignore_errors=True)
        if self.base.exists():
            shutil.copytree(self.base, self.work)

    def complaints(self) -> set[str]:
        """What check finds wrong, ids blanked."""
        found = here("-L", str(self.work), "check")
        said = found.out.splitlines() + (found.err.splitlines() if found.code not in (0, 1) else [])
        return {blanked(line) for line in said}

    def run(self, *tracing: str, limit: int | None = None) -> Ran:
        """Run the command as a process of its own, under strace if options are given."""
        line = [sys.executable, "-m", "shouwen", *self.words]
        if tracing:
            line = ["strace", "-y", "-qq", "-o", str(self.trace), *tracing, *line]

        def limited() -> None:
            if limit is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        group = subprocess.Popen(line, env=_environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                 stderr=subprocess.PIPE, start_new_session=True, preexec_fn=limited)  # fmt: skip # noqa: PLW1509 - no thread runs
        try:
            out, err = group.communicate(timeout=TIME)
            code = group.returncode
        except subprocess.TimeoutExpired:
            os.killpg(group.pid, signal.SIGKILL)
            out, err = group.communicate()
            code = -99
        return Ran(code, out.decode("utf-8", "replace"), err.decode("utf-8", "replace"))

    def judge(self, ran: Ran) -> list[str]:
        """What is wrong after a run and after the run that follows it; nothing if all is well.

        A kill may leave a private part whose record never came: check must name it, then it goes.
        """
        if ran.killed and not ran.out:
            self._orphans()
        found = [*self._said(ran), *self._left(ran)]
        now = state(self.work)
        if "ledger.yaml" in now and (
            new := {c for c in self.complaints() - self.known if not self._named(c)}
        ):
            found.append(f"BROKEN: {sorted(new)}")
        once_more = here(*self.words)
        allowed = self.story.again if now != self.before else (0,)
        # A killed git leaves its own lock: said in words, what is ours is written all the same.
        gits = self.name.startswith("git") and re.search("git (init )?没有(提交)?成功", once_more.err)
        if once_more.code not in allowed and not gits:
            found.append(f"STUCK: {once_more.code} {once_more.err.strip()}")
        elif once_more.code == 0:
            if litter := {h for h in hiding(self.work) - self.hidden if not h.endswith(".bak")}:
                found.append(f"LITTER: {sorted(litter)}")
            if left := {c for c in self.complaints() if self._named(c)} if self.story.named else set():
                found.append(f"STUCK: {sorted(left)}")
            if not self._proven():
                found.append(f"STUCK: not finished: {once_more.out}{once_more.err}")
        if self.story.ends and once_more.code in (0, 3) and state(self.work) != self.after:
            found.append(f"STUCK: not where it ends: {once_more.out}{once_more.err}")
        return found

    def _named(self, complaint: str) -> bool:
        return bool(self.story.named) and self.story.named in complaint

    def _proven(self) -> bool:
        return not self.story.proof or self.story.proof(self.work)

    def _orphans(self) -> None:
        for path in self.work.glob("private/*.yaml"):
            old = self.base / "private" / path.name
            if not old.exists() and not list(self.work.glob(f"*/*/*/{path.name}")):
                named = here("-L", str(self.work), "check")
                if named.code == 1 and f"private/{path.name}: 没有对应的记录" in named.out:
                    path.unlink()

    def _said(self, ran: Ran) -> list[str]:
        """The verdicts on what the run said of itself."""
        found, now = [], state(self.work)
        if ran.code == -99:
            found.append("HANG")
        if "Traceback" in ran.err or "Exception ignored" in ran.err or ran.code in (70, 120):
            found.append(f"TRACEBACK: {ran.code} " + ran.err.strip()[-300:])
        elif ran.deaf and ran.code == 1:
            found.append("TRACEBACK that nobody could read")
        elif ran.code > 0 and not ran.err.strip() and not ran.deaf:
            found.append(f"SILENT: {ran.code}")
        if ran.code == 0 and (now != self.after or not self._proven()):
            found.append("LIE: " + ran.out)
        if ran.code > 0 and now == self.after != self.before and "原有内容未变" in ran.err:
            found.append("FALSE-FAIL: " + ran.err)
        names = _NAME.findall(ran.out) if self.story.said else []
        missing = [name for name in names if not list(self.work.rglob(f"{name}.yaml"))]
        if missing or self.story.whole and ran.out[:1].isdigit() and now != self.after:
            found.append("ACK-LOST: " + ran.out)
        return found

    def _left(self, ran: Ran) -> list[str]:
        """The verdicts on the files."""
        now = state(self.work)
        if self.story.words[0] == "init" and "ledger.yaml" not in now:
            return []  # only ledger.yaml makes it a ledger
        found = []
        for place, texts in self.before.items():
            kept = len(self.after.get(place, ())) >= len(texts)
            if place not in now and place in self.after or kept and len(now.get(place, ())) < len(texts):
                found.append(f"LOST: {place}")
        if self.story.whole or self.story.taken_back and not ran.killed and "没能撤回" not in ran.err:
            return [*found, "MIXED"] if now not in (self.before, self.after) else found
        places = {*self.before, *self.after}
        known = {t for s in (self.before, self.after) for texts in s.values() for t in texts}
        odd = {p for p, texts in now.items() for t in texts if p not in places or t not in known}
        return found + [f"MIXED: {p}" for p in sorted(odd)]
