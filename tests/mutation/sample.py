"""A sample of small random changes of the code, each put in by itself: does some test notice?

    python -m tests.mutation.sample LAYER [--count 60] [--seed 1] [--reach FILE]

LAYER is one of ``LAYERS``, or a folder or a file of shouwen/ (``store/scan.py``). The same seed on the same code gives
the same changes. First every test of ``TESTS`` is run once to see what it calls (with ``--reach`` this is kept in FILE
and not done again); then each change is tried against the tests that call the function in which it lies, at
most ``MOST``: those of its own module first, then the quickest of each file of tests, then the second of each. Prints each change that none noticed, and how many were noticed of how many.

Changed is what a function does. Tables and settings at the top of a module are not: the tests are collected once, and
each change is put into a child of that process (``forked.py``), so that a change takes as long as the tests that notice it.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest

from tests.mutation.changes import Change, candidates, sound
from tests.mutation.forked import Forked
from tests.support.places import ROOT

TESTS = (
    "tests/core", "tests/cases", "tests/services", "tests/store", "tests/render", "tests/terminal", "tests/commands",
    "tests/git", "tests/privacy", "tests/systems", "tests/project/test_help.py", "tests/project/test_completions.py",
)  # fmt: skip
LAYERS = {
    "core": ["core"], "services": ["services"], "store": ["store"], "render": ["render"], "commands": ["commands"],
    "terminal": ["terminal"], "cli": ["cli.py", "terminal/completers.py", "terminal/completion_scripts.py", "terminal/tab.py"],
}  # fmt: skip
MOST = 60  # tests for one change
Reach = dict[str, dict[str, list[str]]]


def drawn(layer: str, count: int, seed: int) -> list[Change]:
    """So many changes of the functions of a layer, the same for the same seed."""
    places = [ROOT / "shouwen" / each for each in LAYERS.get(layer, [layer])]
    files = sorted(
        {file for place in places for file in (place.rglob("*.py") if place.is_dir() else [place])}
    )
    every = [c for file in files for c in candidates(str(file.relative_to(ROOT))) if c.function]
    random.Random(seed).shuffle(every)
    return sorted(islice(filter(sound, every), count))


def reached(path: str) -> Reach:
    """What each test calls, from the file; made first if there is none."""
    if not os.path.exists(path):
        words = [
            "-q",
            "-p",
            "no:cacheprovider",
            "-p",
            "tests.mutation.reach",
            "--reach",
            path,
            "-m",
            "not slow",
        ]
        subprocess.run(
            [sys.executable, "-m", "pytest", *words, *TESTS], cwd=ROOT, check=False, stdout=sys.stderr
        )
    found: Reach = json.loads(Path(path).read_text("utf-8"))
    return found


def concerned(change: Change, reach: Reach) -> list[str]:
    """The tests that call the function of a change, in the order in which they are asked.

    Tests of one file see much the same of a function, so after those of the module itself each file is asked in turn.
    """
    seconds = reach["tests"]
    turns: Counter[str] = Counter()
    order: list[tuple[bool, int, float, str]] = []
    for test in sorted(reach["functions"].get(change.function, []), key=lambda test: (seconds[test], test)):
        file = test.partition("::")[0]
        turns[file] += 1
        own = Path(file).stem == f"test_{Path(change.path).stem.strip('_')}"
        order.append((not own, turns[file], seconds[test], test))
    return [test for *_, test in sorted(order)[:MOST]]


def survivors(found: list[Change], reach: Reach) -> tuple[list[tuple[Change, int]], int]:
    """Each change that no test noticed, with how many were asked; and how many changes were tried."""
    asked = {change: concerned(change, reach) for change in found}
    forked = Forked(asked)
    os.chdir(ROOT)
    files = sorted({test.partition("::")[0] for tests in asked.values() for test in tests})
    code = pytest.main(
        ["-p", "no:terminal", "-p", "no:cacheprovider", "--hypothesis-seed=0", *files], plugins=[forked]
    )
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        raise SystemExit(f"the tests could not be collected ({code})")
    tried = {change: tests for change, tests in asked.items() if change not in forked.untried}
    return [(change, len(tests)) for change, tests in tried.items() if change not in forked.noticed], len(
        tried
    )


def main() -> int:
    """Draw, try, and say what was not noticed."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.mutation.sample", description=__doc__.split("\n")[0]
    )
    parser.add_argument("layer", metavar="LAYER")
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--reach", default="")
    options = parser.parse_args()
    found = drawn(options.layer, options.count, options.seed)
    with tempfile.TemporaryDirectory() as folder:
        reach = reached(options.reach or os.path.join(folder, "reach.json"))
        left, tried = survivors(found, reach)
    for change, asked in left:
        old = (ROOT / change.path).read_bytes()[change.start : change.end].decode()
        print(f"{change.path}:{change.line}: {old!r} → {change.new!r}  ({asked} tests)", flush=True)
    print(f"{options.layer}: {tried - len(left)} of {tried} noticed")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
