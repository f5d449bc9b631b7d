"""Run the ``console`` blocks of a markdown file, all in one shell, as a reader would.

A line that begins ``$ `` is a command, ``> `` goes on with it, what follows is its output, both
streams as a terminal shows them. Every command must end with 0: one that does not says so
itself (``; echo "退出码 $?"``). Ids and commits made during the run are compared masked.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from msgspec import Struct

from tests.support.places import ROOT

# Pages of the documents that are typed along too, each from a beginning of its own.
TYPED = (ROOT / "shouwen" / "docs" / "nightly.md", ROOT / "shouwen" / "docs" / "scripts.md")
READMES = (ROOT / "README.md", ROOT / "README.en.md", ROOT / "ledger-example" / "README.md")
# What a reader has at hand beside the text.
AT_HAND = ("ledger-example",)

_ID = re.compile(r"\bS?\d{8}-[0-9A-Z]{6}\b")
_COMMIT = re.compile(r"\b[0-9a-f]{40}\b")
_EVENT = re.compile(r"\[([0-9a-z]{4})\]")
_END = "\x1e"


class Step(Struct):
    """A command, the output shown under it, and the lines of the file that show it."""

    command: str
    shown: str
    first: int
    until: int


def blocks(text: str, kind: str) -> list[tuple[int, list[str]]]:
    """(number of the first line, lines) of every fenced block of a kind."""
    found, inside = [], None
    for n, line in enumerate(text.splitlines()):
        if line.startswith("```"):
            if inside is None:
                inside = (n + 1, [], line[3:].strip())
            else:
                if inside[2] == kind:
                    found.append(inside[:2])
                inside = None
        elif inside:
            inside[1].append(line)
    return found


def steps(text: str) -> list[Step]:
    """The commands of all console blocks in order."""
    found: list[Step] = []
    for start, lines in blocks(text, "console"):
        command = None
        for n, line in enumerate(lines, start):
            if line.startswith("$ "):
                command = Step(line[2:], "", n + 1, n + 1)
                found.append(command)
            elif line.startswith("> ") and command.first == n:
                command.command += "\n" + line[2:]
                command.first = command.until = n + 1
            else:
                command.shown += line + "\n"
                command.until = n + 1
    return found


def play(commands: list[str]) -> list[tuple[int, str]]:
    """(exit code, output) of each command, run one after another in a fresh folder."""
    script = "".join(
        f"{{ {c}\n}} 2>&1\n_code=$?; printf '{_END}%d{_END}' $_code; (exit $_code)\n" for c in commands
    )
    with tempfile.TemporaryDirectory() as folder:
        for name in AT_HAND:
            apart = shutil.ignore_patterns("private", "outbox", ".lock")
            shutil.copytree(ROOT / name, Path(folder) / name, ignore=apart)
        env = {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "HOME": folder,
            "LC_ALL": "C.UTF-8", "NO_COLOR": "1", "COLUMNS": "100", "PYTHONUNBUFFERED": "1",
            "GIT_CONFIG_NOSYSTEM": "1",
        }  # fmt: skip
        done = subprocess.run(
            ["bash", "--norc", "-c", script], cwd=folder, env=env, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300,
        )  # fmt: skip
    parts = done.stdout.split(_END)
    return [(int(code), out) for out, code in zip(parts[::2], parts[1::2], strict=False)]


def known_ids() -> tuple[set[str], set[str]]:
    """Ids of records and of events that the example has: these are shown as they are."""
    texts = [p.read_text("utf-8") for p in (ROOT / "ledger-example").rglob("*-*.yaml")]
    records = {i for t in texts for i in _ID.findall(t)}
    return records, {i for t in texts for i in re.findall(r'\{"id": "(\w{4})"', t)}


def masked(text: str) -> str:
    """The output with every id and commit masked that was made during the run."""
    records, events = known_ids()
    text = _COMMIT.sub("?" * 40, text)
    text = _ID.sub(lambda f: f[0] if f[0] in records else re.sub(r"\w{6}$", "??????", f[0]), text)
    return _EVENT.sub(lambda f: f[0] if f[1] in events else "[????]", text)


def shown(output: str) -> str:
    """Output as a block shows it: no blanks at line ends, none after the last line."""
    text = "\n".join(line.rstrip() for line in output.replace("\r\n", "\n").split("\n")).rstrip("\n")
    return text + "\n" if text else ""


def update(path: Path) -> None:
    """Put the real output under the commands of a file; what is the same but for ids stays."""
    text = path.read_text("utf-8")
    lines, found = text.splitlines(), steps(text)
    results = play([s.command for s in found])
    for step, (code, output) in reversed(list(zip(found, results, strict=True))):
        if code:
            raise SystemExit(f"{path}:{step.first}: 退出码 {code}：{step.command}\n{output}")
        if masked(shown(output)) != masked(shown(step.shown)):
            lines[step.first : step.until] = shown(output).splitlines()
    path.write_text("\n".join(lines) + "\n", "utf-8")
