"""Slips put into the program by hand, each beside the tests that must notice it: ``slips.yaml``.

    python -m tests.mutation.slips [--jobs 2] [WORD…]     put each in, one at a time, and run its tests

WORD chooses the slips whose file or text has it. Prints those that no test noticed, and exits 1 if there is one. The
program in this folder is left alone: every slip is put into a copy.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from msgspec import Struct, convert
from ruamel.yaml import YAML

from tests.support.places import ROOT, TESTS

COPIED = (
    "shouwen",
    "tests",
    "completions",
    "ledger-example",
    "README.md",
    "README.en.md",
    "CHANGELOG.md",
    "pyproject.toml",
)


class Slip(Struct, frozen=True, forbid_unknown_fields=True):
    """One change of one place; ``tests`` are files of tests, or single tests."""

    file: str
    old: str
    new: str
    tests: list[str]
    why: str


def slips() -> list[Slip]:
    """Every slip on the list."""
    return convert(YAML(typ="safe").load(TESTS / "mutation" / "slips.yaml"), list[Slip])


def noticed(slip: Slip, copy: Path) -> bool:
    """Whether the tests of a slip fail in a copy of the project that has it."""
    place = copy / slip.file
    text = place.read_text("utf-8")
    place.write_text(text.replace(slip.old, slip.new, 1), "utf-8")
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-x", "--hypothesis-seed=0", *slip.tests],
            cwd=copy, env=os.environ | {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True, check=False, timeout=600,
        )  # fmt: skip
    finally:
        place.write_text(text, "utf-8")
    if done.returncode not in (0, 1):
        raise SystemExit(f"{slip.file}: {slip.new}\n{done.stdout.decode()}{done.stderr.decode()}")
    return done.returncode == 1


def main() -> int:
    """Put in every slip that was asked for, in as many copies as there are jobs."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.mutation.slips", description=__doc__.split("\n")[0]
    )
    parser.add_argument("words", nargs="*", metavar="WORD")
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args()
    chosen = [s for s in slips() if all(w in f"{s.file} {s.old} {s.new} {s.why}" for w in options.words)]
    with tempfile.TemporaryDirectory(prefix="slips-") as folder:

        def run(job: int) -> list[Slip]:
            copy = Path(folder, str(job))
            for name in COPIED:
                source = ROOT / name
                (shutil.copytree if source.is_dir() else shutil.copy)(source, copy / name)
            return [s for s in chosen[job :: options.jobs] if not noticed(s, copy)]

        for job in range(options.jobs):
            Path(folder, str(job)).mkdir()
        with ThreadPoolExecutor(options.jobs) as pool:
            left = [slip for found in pool.map(run, range(options.jobs)) for slip in found]
    for slip in left:
        print(f"{slip.file}: {slip.why}\n    {slip.old}\n    {slip.new}")
    print(f"{len(chosen)} slips, {len(left)} noticed by no test")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
