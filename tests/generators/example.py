"""Make ledger-example/ by acting out tests/example/*.acts on the real command line.

    python -m tests.generators.example      the ledger, then the output shown in the READMEs

``ledger.yaml``, ``staff.yaml``, ``matters.yaml`` and ``README.md`` are written by hand and stay;
the records are made anew. An acts file holds stories: ``== LABEL what it shows``, then one act a
line: day, time, who, command, its usual values in order, further options. ``@LABEL`` stands
for the id of another story. ``!`` before an act: the rules must refuse it. ``~``: it was done
in another clone, before the act above it was known there, and merged in by git's union.
"""

import contextlib
import io
import os
import random
import shlex
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

from msgspec import Struct

from shouwen import cli
from tests.support.places import ROOT, TESTS
from tests.support.transcripts import READMES, TYPED, update

EXAMPLE = ROOT / "ledger-example"
BY_HAND = ("ledger.yaml", "staff.yaml", "matters.yaml", "README.md")
APART = ("private", "outbox", ".lock")  # what a ledger keeps out of git
RECORDS = ("inquiries", "archive", "sanctions")

# The options that the bare values of an act stand for, in order.
VALUES = {
    "intake": ("channel", "category", "scope", "subject", "name", "phone"),
    "handoff": ("to", "mode", "reason"), "return": ("reason",), "progress": ("text",),
    "note": ("text",), "supplement": ("text",), "suspend": ("reason", "text"), "resume": ("text",),
    "escalate": ("text",), "instruct": ("text",), "extend": ("by", "approved-by", "reason"),
    "appoint": ("when", "place", "reason"), "urge": ("text",), "supervise": ("text", "due", "number"),
    "close": ("outcome", "result"), "callback": ("rating",), "reopen": ("reason",),
    "correct": ("field", "value", "reason"), "withdraw": ("reason",), "receive": (), "giveback": ("text",), "object": ("text",), "join": ("into", "reason"), "accept": (), "notify": (), "form": (), "archive": (),
}  # fmt: skip
CASE_VALUES = {
    "report": ("staff", "article", "summary", "occurred"), "verify": ("finding", "text"),
    "decide": ("authority", "doc-no"), "serve": ("text",), "publish": ("text",), "file": ("text",), "appeal": ("text",),
    "uphold": ("authority", "text"), "modify": ("authority", "reason"), "revoke": ("reason", "authority"),
    "complete": ("text",), "lift": ("authority", "text"),
}  # fmt: skip
FIRST = ("intake", "report")
WITHOUT_ID = (*FIRST, "archive")


class Act(Struct):
    """One line of a story; ``mark`` is '', '!' (refused) or '~' (from another clone)."""

    at: str
    story: str
    number: int
    who: str
    verb: str
    words: list[str]
    mark: str


def acts() -> list[Act]:
    """All acts of all stories in order of time."""
    found = []
    for file in sorted((TESTS / "example").glob("*.acts")):
        story, number = "", 0
        for line in file.read_text("utf-8").splitlines():
            if line.startswith("== "):
                story, number = line.split()[1], 0
            elif line:
                mark = line[0] if line[0] in "!~" else ""
                day, time, who, verb, *words = shlex.split(line[len(mark) :])
                number += 1
                found.append(Act(f"{day}T{time}", story, number, who, verb, words, mark))
    return sorted(found, key=lambda a: a.at)


def command(act: Act, ids: dict[str, str]) -> list[str]:
    """The act as the words of a command line."""
    case = act.verb in CASE_VALUES
    given = iter(act.words)
    before = [next(given)] if act.verb == "form" else []
    options: list[str] = []
    for name in (CASE_VALUES if case else VALUES)[act.verb]:
        word = next(given, None)
        if word is None or word.startswith("--"):
            options += [word] if word else []
            break
        options += [f"--{name}", ids[word[1:]] if word.startswith("@") else word]
    options += [ids[w[1:]] if w.startswith("@") else w for w in given]
    subject = [] if act.verb in WITHOUT_ID else [ids[act.story]]
    return [*(["sanction"] if case else []), act.verb, *before, *subject, *options]


@contextlib.contextmanager
def repeatable(act: Act) -> Iterator[None]:
    """The act's moment is the present, and its ids are drawn from its own story."""
    chance = random.Random(f"{act.story} {act.number}")
    with (
        patch.dict(os.environ, {"SHOUWEN_NOW": act.at}),
        patch.object(os, "urandom", chance.randbytes),
    ):
        yield


def run(root: Path, act: Act, ids: dict[str, str]) -> str:
    """Do the act on a ledger; the id it prints. SystemExit if it ends otherwise than it should."""
    out, err = io.StringIO(), io.StringIO()
    words = ["-L", str(root), "--as", act.who, *command(act, ids)]
    with repeatable(act), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = cli.run(words)
    if code != (3 if act.mark == "!" else 0):
        raise SystemExit(f"{act.at} {shlex.join(words)}\n退出码 {code}\n{err.getvalue()}")
    return out.getvalue().strip()


def elsewhere(root: Path, act: Act, ids: dict[str, str], path: Path, before: bytes) -> None:
    """Do the act in a clone that stands at ``before``, and add its line as a union merge does."""
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "clone"
        shutil.copytree(root, clone)
        theirs = clone / path.relative_to(root)
        theirs.write_bytes(before)
        run(clone, act, ids)
        line = theirs.read_bytes().removeprefix(before)
    path.write_bytes(path.read_bytes() + line)


def make(root: Path) -> None:
    """The example, whole, in an empty directory."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        code = cli.run(["init", str(root), "--policy", "bumen", "--name", root.name])
    if code:
        raise SystemExit(f"init 退出码 {code}")
    for name in BY_HAND:
        if (EXAMPLE / name).exists():
            shutil.copy(EXAMPLE / name, root / name)
    ids: dict[str, str] = {}
    before: dict[str, bytes] = {}
    for act in acts():
        path = next(root.rglob(f"{ids[act.story]}.yaml")) if act.story in ids else None
        if act.mark == "~":
            elsewhere(root, act, ids, path, before[act.story])
            continue
        if path:
            before[act.story] = path.read_bytes()
        shown = run(root, act, ids)
        if act.verb in FIRST:
            ids[act.story] = shown
    (root / ".lock").unlink(missing_ok=True)


def tree(root: Path) -> dict[str, bytes]:
    """Every file of a ledger that belongs into git, by its path, with its bytes."""
    files = (p for p in root.rglob("*") if p.is_file())
    paths = {p.relative_to(root).as_posix(): p for p in files}
    return {
        name: path.read_bytes() for name, path in sorted(paths.items()) if name.split("/")[0] not in APART
    }


def main() -> None:
    """Put the newly made example in the place of the old, then the READMEs' output."""
    with tempfile.TemporaryDirectory() as folder:
        new = Path(folder) / "ledger-example"
        make(new)
        for name in RECORDS:
            shutil.rmtree(EXAMPLE / name, ignore_errors=True)
        shutil.copytree(new, EXAMPLE, ignore=shutil.ignore_patterns(*APART), dirs_exist_ok=True)
    for readme in (*READMES, *TYPED):
        if readme.exists():
            update(readme)


if __name__ == "__main__":
    main()
