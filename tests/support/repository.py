"""Real clones for the tests of git: one call of git, quick commits, acts without the command line."""

import subprocess
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from shouwen.core.inquiry.events import Event, Note
from shouwen.core.inquiry.header import Inquirer, Inquiry
from shouwen.store.ledger import Ledger

CHINA = timezone(timedelta(hours=8))
START = datetime(2026, 11, 2, 9, 0, tzinfo=CHINA)


def git(root: Path, *words: str, code: int | None = 0, **more) -> str:
    """The output of git in a clone; ``code`` is the exit code expected (None: any)."""
    done = subprocess.run(
        ["git", "-c", "core.fsync=none", "-C", root, *words],
        capture_output=True,
        text=True,
        check=False,
        **more,
    )
    if code is not None and done.returncode != code:
        pytest.fail(f"git {' '.join(words)}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout.rstrip()


def commit(root: Path, subject: str = "x") -> str:
    """Commit everything that lies in a clone; the commit."""
    git(root, "add", "-A")
    git(root, "commit", "-q", "--allow-empty", "-m", subject)
    return git(root, "rev-parse", "HEAD")


def head(root: Path) -> str:
    """The commit that a clone stands at."""
    return git(root, "rev-parse", "HEAD")


def clone(source: Path, target: Path) -> Path:
    """A clone of its own."""
    git(source.parent, "clone", "-q", str(source), str(target))
    return target


def taken(root: Path, n: int = 0, **values) -> str:
    """An inquiry written straight into the ledger; its id."""
    ledger = Ledger(str(root))
    received = START + timedelta(minutes=n)
    known = {
        "id": ledger.new_id(received), "received": received, "channel": "来电", "category": "咨询",
        "subject": f"事由{n}", "inquirer": Inquirer("张某", "13812341234"), "scope": "其他部门",
        "first_responder": "wangfang", "department": "审批科", "policy": "bumen",
    } | values  # fmt: skip
    return ledger.create(Inquiry(**known)).content.id


def append(root: Path, name: str, event: Event) -> None:
    """One more event on an inquiry, as another program of the office might have done it."""
    ledger = Ledger(str(root))
    ledger.append(ledger.read(ledger.find(name)), event)


def noted(root: Path, name: str, identity: str, minutes: int = 60) -> None:
    """A remark of this event id on an inquiry, so long after the start."""
    append(root, name, Note(identity, START + timedelta(minutes=minutes), "wangfang", f"记 {identity}"))


def path_of(root: Path, name: str) -> Path:
    """The file of a record."""
    return Path(root) / Ledger(str(root)).find(name)
