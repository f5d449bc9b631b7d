"""A part of the faults of ``python -m tests.faults``, spread over the commands that matter most."""

from pathlib import Path

import pytest

from .harness import Fault, Trial, traceable
from .stories import STORIES

CHOSEN = (
    "intake",
    "intake confidential",
    "note",
    "sanction decide",
    "archive",
    "purge",
    "heal",
    "git note",
    "init",
)
KINDS = ("SIGKILL", "ENOSPC", "EIO", "FSIZE")
EACH = 5


def some(trial: Trial) -> list[Fault]:
    """Of each kind of fault a few, evenly over the run."""
    found: list[Fault] = []
    for kind in KINDS:
        own = [f for f in trial.faults() if f.kind == kind]
        found += own[:: max(1, len(own) // EACH)][:EACH]
    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", CHOSEN)
def test_a_fault_loses_nothing(name: str, tmp_path: Path) -> None:
    """Old or new, what was said is there, the next run works, no traceback, nothing left behind."""
    if not traceable():
        pytest.skip("strace is missing or may not trace")
    trial = Trial(name, tmp_path)
    fired = 0
    for fault in some(trial):
        verdicts = trial.verdicts(fault)
        assert [v for v in verdicts if v != "NOT-FIRED"] == [], f"{name}, {fault}"
        fired += verdicts == []
    assert fired >= 15


def test_every_writing_command_has_its_story() -> None:
    """A command added without its faults is found."""
    from shouwen.cli import COMMANDS

    # import and sync write too: tests/cli/test_import.py and the tests of git hold them.
    reading = {"show", "list", "search", "route", "overdue", "evaluate", "policy", "completion", "bulletin",
               "import", "export", "sync", "today"}  # fmt: skip
    assert {name for name, *_ in COMMANDS} - reading == {s.words[0] for s in STORIES.values()}
