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
from itertools import count
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


_turn = count(1)


def copied(folder: Path) -> None:
    """Put into a folder what the tests need of the project."""
    for name in COPIED:
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)


def fails(copy: Path, file: str, changed: bytes, tests: list[str]) -> bool:
    """Tell whether one of the tests fails, or none ends within ten minutes, while a file of a copy reads otherwise.

    Raises:
        SystemExit: the tests could not be run at all.
    """
    place = copy / file
    raw, was = place.read_bytes(), place.stat()
    place.write_bytes(changed)
    os.utime(
        place, (next(_turn),) * 2
    )  # a time of its own: what was compiled of another text is not taken for it
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "--hypothesis-seed=0", *tests],
            cwd=copy, env={k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | {"PYTHONPATH": str(copy)},
            capture_output=True, check=False, timeout=600,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return True
    finally:
        place.write_bytes(raw)
        os.utime(place, ns=(was.st_atime_ns, was.st_mtime_ns))
    said = done.stdout + done.stderr
    if done.returncode == 5 or b"ERROR: not found" in said or b"ERROR: file or directory not found" in said:
        raise SystemExit(f"{file}\n{said.decode()}")
    return done.returncode != 0


def noticed(slip: Slip, copy: Path) -> bool:
    """Tell whether the tests of a slip fail in a copy of the project that has it."""
    text = (copy / slip.file).read_text("utf-8")
    return fails(copy, slip.file, text.replace(slip.old, slip.new, 1).encode(), slip.tests)


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
            copied(copy)
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
