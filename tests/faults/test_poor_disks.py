"""Poor disks simulated at the border to the system: every command either works there or refuses before it writes."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from .stories import STORIES
from .trial import Ran, Trial, _environment, state

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not shutil.which("cc"), reason="a compiler makes the poor disk"
)
WHOLE = bool(os.environ.get("SHOUWEN_POOR"))  # every act on every disk, a share that goes away at every call
WORKS = ("nolink", "notmpfile", "nolink notmpfile", "case", "seconds", "nolink notmpfile case seconds")
# One of each way in which files come about: made, grown, moved, removed, rewritten; two files at once; the roster.
ACTS = ("init", "intake", "intake confidential", "note", "note archived", "sanction report", "fmt", "heal", "archive",
        "purge", "staff add", "calendar import", "import")  # fmt: skip
GITS = {"init", "git setup", "git note", "git intake", "sync"}
FEW = ACTS if WHOLE else ("intake confidential", "note", "archive")
REFUSALS = {"noflock": "不支持加锁", "norename": "没有权限"}


@pytest.fixture(scope="session")
def poor(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Trial, str], Ran]:
    """Run a story's command on a disk that cannot do what is named."""
    made = tmp_path_factory.mktemp("poor") / "poor.so"
    source = Path(__file__).with_name("poor.c")
    subprocess.run(["cc", "-shared", "-fPIC", "-o", made, source, "-ldl"], check=True, capture_output=True)

    def run(trial: Trial, what: str) -> Ran:
        trial.fresh()
        more = {"LD_PRELOAD": str(made), "POOR": what, "POOR_ROOT": str(trial.work)}
        done = subprocess.run([sys.executable, "-m", "shouwen", *trial.words], env=_environment() | more,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300)  # fmt: skip
        # What could not be taken back is as a kill leaves it: check names it, and it is said to be there.
        return Ran(
            done.returncode,
            done.stdout,
            done.stderr,
            killed=bool(re.search("没能撤回|没有确认", done.stderr)),
        )

    return run


@pytest.mark.parametrize("name", ACTS)
def test_what_a_disk_cannot_do_is_done_another_way(name: str, poor, tmp_path: Path) -> None:
    """No hard links, no nameless files, no case, whole seconds: done as on any other disk, by the same files."""
    trial = Trial(name, tmp_path)
    for what in WORKS if name in FEW else WORKS[-1:]:
        ran = poor(trial, what)
        assert (ran.code, state(trial.work) == trial.after) == (0, True), f"{what}: {ran.err}"
        assert trial.judge(ran) == [], what


@pytest.mark.parametrize("what", REFUSALS)
@pytest.mark.parametrize("name", [n for n in FEW if n != "init"])
def test_what_cannot_be_done_safely_is_refused_before_anything_is_written(
    name: str, what: str, poor, tmp_path
) -> None:
    """No locks; a name that is open elsewhere: done whole where neither is needed, else in words and nothing changed."""
    trial = Trial(name, tmp_path)
    ran = poor(trial, what)
    if ran.code:
        assert ran.code == 6 and REFUSALS[what] in ran.err
        by_file = what == "norename" and not trial.story.whole
        assert by_file or state(trial.work) == trial.before
    assert ran.code or what == "norename"
    assert trial.judge(ran) == []


@pytest.mark.parametrize("name", FEW)
def test_a_share_that_goes_away_at_any_call_loses_nothing(name: str, poor, tmp_path: Path) -> None:
    """ESTALE from the nth call on, for every n until the command is done before it: old or new, and said."""
    trial = Trial(name, tmp_path)
    wrong = []
    for n in range(1, 2000, 1 if WHOLE else 9):
        ran = poor(trial, f"stale={n}")
        wrong += [f"stale={n}: {v}" for v in trial.judge(ran)]
        if not ran.code and n > 20:  # done before the share was gone
            break
    assert wrong == []


def test_what_names_differ_in_is_never_the_case_of_their_letters(tmp_path: Path) -> None:
    """No two files that commands make would be one on a disk that takes both cases for the same."""
    for name in set(STORIES) - GITS:
        folder = tmp_path / name.replace(" ", "-")
        folder.mkdir()
        trial = Trial(name, folder)
        names = [str(p.relative_to(trial.golden)).lower() for p in trial.golden.rglob("*")]
        assert len(names) == len(set(names)), name
