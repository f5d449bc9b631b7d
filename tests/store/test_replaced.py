"""What is read while a git beside us replaces files: never an empty one, never none, never waited for in vain."""

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from shouwen.store import atomic_files, replaced
from shouwen.store.ledger import Ledger
from tests.support.records import PLAIN

FILES = ("ledger.yaml", "staff.yaml", "matters.yaml", "calendar/2031.yaml", "record")
YEAR = "year: 2031\nsource: 通知\noff: [2031-01-01]\n"


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], list[float]]:
    """Do something in the third pause of whoever waits; the pauses made."""
    monkeypatch.setattr(atomic_files, "_looks", iter(range(25)))
    monkeypatch.setattr(replaced, "_pauses", iter(range(25)))

    def meanwhile(do: Callable[[], object]) -> list[float]:
        made: list[float] = []

        def pause(seconds: float) -> None:
            made.append(seconds)
            if len(made) == 3:
                do()

        monkeypatch.setattr(time, "sleep", pause)
        return made

    return meanwhile


@pytest.fixture
def busy(ledger: Path, sw) -> tuple[Path, str]:
    """A ledger in a repository whose index a git holds, and the id of its record."""
    root = ledger
    name = sw("wangfang", *PLAIN, "--name", "张某").out.split()[0]
    (root / "calendar").mkdir(exist_ok=True)
    (root / "calendar/2031.yaml").write_text(YEAR, "utf-8")
    (root / ".git").mkdir()
    (root / ".git/index.lock").touch()
    return root, name


def _path(root: Path, name: str, which: str) -> Path:
    return next(root.glob(f"inquiries/*/*/{name}.yaml")) if which == "record" else root / which


@pytest.mark.parametrize(
    "which, how",
    [(f, how) for f in FILES for how in ("empty", "gone") if "calendar" not in f or how == "empty"],
)
def test_a_file_that_git_is_replacing_is_read_as_it_will_be(which: str, how: str, busy, pauses) -> None:
    """Settings, roster, calendar and record: taken away and not yet filled at the first looks, the act succeeds."""
    root, name = busy
    path = _path(root, name, which)
    raw = path.read_bytes()
    where = str(_path(root, name, "record").relative_to(root))
    path.write_bytes(b"") if how == "empty" else path.unlink()
    made = pauses(lambda: path.write_bytes(raw))
    ledger = Ledger(str(root)) if which == "ledger.yaml" else _opened_before(root)
    assert ledger.config.timezone and ledger.office.staff and ledger.office.matters
    assert ledger.read(where).content.id == name and list(ledger.records("inquiries"))
    assert date(2031, 1, 1) in ledger.calendar.published[0] and len(made) >= 3


def _opened_before(root: Path) -> Ledger:
    """A ledger that was opened when git was not yet at work."""
    lock = root / ".git/index.lock"
    lock.unlink()
    ledger = Ledger(str(root))
    lock.touch()
    return ledger


@pytest.mark.parametrize("which", ["calendar/2031.yaml", "record", "staff.yaml"])
def test_what_git_has_taken_away_when_we_come_is_waited_for(which: str, busy, pauses) -> None:
    """Nothing that is listed by name is missed: whoever opens the ledger waits until git is done."""
    root, name = busy
    path = _path(root, name, which)
    raw = path.read_bytes()
    path.unlink()

    def done() -> None:
        path.write_bytes(raw)
        (root / ".git/index.lock").unlink()

    made = pauses(done)
    ledger = Ledger(str(root))
    assert len(made) == 3 and date(2031, 1, 1) in ledger.calendar.published[0]
    assert [r.content.id for r in ledger.records("inquiries")] == [name] and ledger.office.staff


def test_a_hook_does_not_wait_for_the_git_that_waits_for_it(busy, pauses, monkeypatch) -> None:
    """git holds the index while the check before a commit runs."""
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    made = pauses(lambda: None)
    Ledger(str(busy[0]))
    assert made == []


def test_nobody_waits_for_what_nobody_brings(ledger: Path, pauses) -> None:
    """Without a git at work a missing file is missing at once."""
    made = pauses(lambda: None)
    (ledger / "matters.yaml").unlink()
    assert Ledger(str(ledger)).office.matters == {} and made == []


def test_the_wait_has_an_end(busy, pauses) -> None:
    """A lock that a killed git left, files that are empty for good: half a second for all of a run."""
    root, _ = busy
    made = pauses(lambda: None)
    (root / "matters.yaml").unlink()
    for n in range(9):
        (root / f"{n}.yaml").write_bytes(b"")
        assert not replaced.there(str(root), "matters.yaml")
        assert atomic_files.read(str(root / f"{n}.yaml"), f"{n}.yaml") == b""
    assert len(made) == 50
