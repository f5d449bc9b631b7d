"""The whole: every fault at every call of every command that writes.

    python -m tests.faults [--jobs 2] [story…]

Prints each story with the faults that fired and what was wrong; exits 1 if anything was.
"""

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent.parent)]

from .harness import traceable, whole  # noqa: E402
from .stories import STORIES  # noqa: E402


def main() -> int:
    """Run the stories named, or all."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__.split("\n")[0])
    parser.add_argument("stories", nargs="*", metavar="story", help="、".join(STORIES))
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    if not traceable():
        print("strace is missing or may not trace", file=sys.stderr)
        return 2
    chosen = options.stories or list(STORIES)
    total = missed = bad = 0
    with ProcessPoolExecutor(options.jobs) as pool:
        for name, (fired, past, wrong) in zip(chosen, pool.map(whole, chosen), strict=True):
            print(f"{name}: {fired} faults, {past} missed, {len(wrong)} wrong", flush=True)
            for line in wrong:
                print("    " + line.replace("\n", " ⏎ "), flush=True)
            total, missed, bad = total + fired, missed + past, bad + len(wrong)
    print(f"{total} faults, {missed} missed, {bad} wrong")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
