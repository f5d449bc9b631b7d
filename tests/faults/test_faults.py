"""A part of the faults of ``python -m tests.faults``, and that the harness finds what it is there to find."""

from pathlib import Path

import pytest

from .calls import parse
from .inject import SIGNALS, Fault, faults, short, twice, verdicts
from .power import Disk, cut
from .stories import STORIES
from .trial import Ran, Trial, traceable

CHOSEN = (
    "intake",
    "intake confidential",
    "note",
    "note archived",
    "sanction decide",
    "archive",
    "purge",
    "heal",
    "import",
    "git note",
    "sync",
    "init",
)
KINDS = (*SIGNALS, "ENOSPC", "EIO")
EACH = 4  # of each kind
FIRED = 13  # at least, of each story


def some(trial: Trial) -> list[Fault]:
    """Of each kind of fault a few, evenly over the run."""
    found: list[Fault] = []
    for kind in KINDS:
        own = list(faults(trial, (kind,)))
        found += own[:: max(1, len(own) // EACH)][:EACH]
    return found


@pytest.fixture
def trial(request: pytest.FixtureRequest, tmp_path: Path) -> Trial:
    """The story that the test names, by parameter."""
    if not traceable():
        pytest.skip("strace is missing or may not trace")
    return Trial(request.param, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("trial", CHOSEN, indirect=True)
def test_a_fault_loses_nothing(trial: Trial) -> None:
    """Old or new, what was said is there, the next run works, no traceback, nothing left behind."""
    found = [verdicts(trial, fault) for fault in some(trial)]
    assert [v for v in found if v] == []
    assert found.count([]) >= FIRED


def test_the_part_is_large_enough() -> None:
    """150 faults at least fire in every run of the tests."""
    assert len(CHOSEN) * FIRED >= 150


@pytest.mark.parametrize("trial", ["intake confidential", "note", "archive", "import"], indirect=True)
def test_a_power_cut_loses_nothing(trial: Trial) -> None:
    """At whichever moment: old or new; and once it was said, it is there."""
    found = [(label, v) for label, v in cut(trial)]
    assert [f for f in found if f[1]] == [] and len(found) >= 5


@pytest.mark.parametrize("trial", ["note"], indirect=True)
def test_short_writes_and_a_second_kill_lose_nothing(trial: Trial) -> None:
    """A file cut off at any length; the next run killed as well."""
    found = [(label, v) for mode in (short, twice) for label, v in mode(trial)]
    assert [f for f in found if f[1]] == [] and len(found) >= 15


def test_every_writing_command_has_its_story() -> None:
    """A command added without its faults is found."""
    from shouwen.cli import COMMANDS

    reading = {"show", "list", "search", "route", "overdue", "evaluate", "policy", "completion", "bulletin",
               "export", "today", "log", "stats"}  # fmt: skip
    assert {name for name, *_ in COMMANDS} - reading == {s.words[0] for s in STORIES.values()}


def _shorten(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def _leave(path: Path) -> None:
    path.with_name(f".{path.name}.x").touch()


@pytest.mark.parametrize("trial", ["note"], indirect=True)
@pytest.mark.parametrize(
    "damage, ran, verdict",
    [
        (None, Ran(0, "20261123-AAAAAA\n"), "LIE"),
        (None, Ran(-9, "20261123-AAAAAA\n", killed=True), "ACK-LOST"),
        (None, Ran(-99), "HANG"),
        (None, Ran(6), "SILENT"),
        (None, Ran(70, err="Traceback"), "TRACEBACK"),
        (Path.unlink, Ran(6, err="x"), "LOST"),
        (_shorten, Ran(6, err="x"), "BROKEN"),
        (_shorten, Ran(6, err="x"), "MIXED"),
        (_leave, Ran(6, err="x"), "LITTER"),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_each_damage_has_its_verdict(trial: Trial, damage, ran: Ran, verdict: str) -> None:
    """A harness that finds nothing must be able to find something."""
    trial.fresh()
    if damage:
        damage(max(trial.work.glob("inquiries/*/*/*.yaml")))
    assert verdict in {v.partition(":")[0] for v in trial.judge(ran)}


SAFE = """\
openat(AT_FDCWD</>, "/l/a.new", O_WRONLY|O_CREAT|O_TRUNC, 0644) = 3</l/a.new>
write(3</l/a.new>, "new", 3) = 3
fsync(3</l/a.new>) = 0
rename("/l/a.new", "/l/a") = 0
openat(AT_FDCWD</>, "/l", O_RDONLY) = 3</l>
fsync(3</l>) = 0
write(1<pipe:[1]>, "done", 4) = 4
"""


@pytest.mark.parametrize(
    "left_out, found",
    [
        ("", {b"new"}),
        ("fsync(3</l/a.new>)", {b"", b"n", b"new"}),
        ("fsync(3</l>)", {b"old", b"new"}),
        ("fsync", {b"old", b"", b"n", b"new"}),
    ],
    ids=["all synced", "file not synced", "directory not synced", "nothing synced"],
)
def test_a_forgotten_fsync_shows(left_out: str, found: set[bytes], tmp_path: Path) -> None:
    """What a cut may leave once "done" was said, with and without each fsync."""
    (tmp_path / "l").mkdir()
    (tmp_path / "l/a").write_bytes(b"old")
    trace = tmp_path / "trace"
    lines = [x for x in SAFE.splitlines(True) if not left_out or not x.startswith(left_out)]
    trace.write_text("".join(lines))
    disk = Disk.of(tmp_path / "l", Path("/l"))
    for call in parse(trace):
        disk.take(call)
    assert disk.said == "done"
    assert {tree.get("a") for tree in disk.cuts()} == found
