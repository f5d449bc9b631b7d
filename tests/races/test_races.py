"""A small crowd in every test run; the whole is python -m tests.races."""

import os
import shutil
from pathlib import Path

import pytest

from tests.faults.stories import STORIES

from .acts import KINDS
from .crowd import Ran, crowd

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork") or not shutil.which("git"), reason="processes are forked, and clones are git's"
)
# Stories of the same command in another state of the ledger, or of none at all.
SAME = {"init", "note archived", "git note", "git intake"}


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the crowd sets in the environment goes with the test."""
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "COLUMNS", "NO_COLOR"):
        monkeypatch.setenv(name, os.environ.get(name, ""))


@pytest.mark.slow
@pytest.mark.parametrize("seed", [101, 102])
def test_nothing_acknowledged_is_lost_and_nobody_is_stuck(seed: int, tmp_path: Path) -> None:
    """Eight processes on three clones, every kind of act and sync among them, a tenth killed."""
    runs, wrong = crowd(seed, 8, 12, tmp_path)
    assert wrong == []
    assert sum(len(r.wrote) for r in runs if r.acknowledged) >= 20 and any(r.code is None for r in runs)


def test_every_command_that_writes_is_among_them() -> None:
    """A new one joins the crowd by having its story."""
    roster = {name for name, story in STORIES.items() if story.words[0] in ("staff", "department")}
    assert set(STORIES) - set(KINDS) - roster == SAME


@pytest.mark.parametrize(
    "code, out, told",
    [(0, "", True), (3, "", False), (None, "", False), (None, "20261123-K7Q4QX\n", True), (6, "20261123-K7Q4QX\n", False)],
)  # fmt: skip
def test_what_counts_as_acknowledged(code: int | None, out: str, told: bool) -> None:
    """Done, or killed after the id was printed: somebody walks away believing it."""
    assert Ran("note", 0, [], code, out).acknowledged is told
