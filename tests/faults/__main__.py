"""The whole: every fault at every call of every command that writes.

    python -m tests.faults [--mode once|twice|short|full|power]… [--jobs 2] [story…]

Prints each story with the faults that fired, by mode, and what was wrong; exits 1 if anything was.
"""

import argparse
import sys
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from .inject import ended, full, once, short, twice
from .power import cut
from .stories import STORIES
from .trial import Trial, traceable

MODES = {"once": once, "ended": ended, "twice": twice, "short": short, "full": full, "power": cut}


def whole(name: str, modes: list[str]) -> tuple[Counter, list[str]]:
    """The faults of one story: how many fired by mode, how many missed, what was wrong."""
    counts, wrong = Counter(), []
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        for mode in modes:
            try:
                trial = Trial(name, Path(folder, mode))
                for label, verdicts in MODES[mode](trial):
                    counts["missed" if verdicts is None else mode] += 1
                    wrong += [f"{name} | {label} | {v}" for v in verdicts or ()]
            except AssertionError as error:  # the others are run all the same
                wrong.append(f"{name} | {mode} | not tried: {error}")
    return counts, wrong


def main() -> int:
    """Run the stories named, or all, in the modes named, or all."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__.split("\n")[0])
    parser.add_argument("stories", nargs="*", metavar="story", help="、".join(STORIES))
    parser.add_argument("--mode", action="append", choices=MODES, help="once: each call killed, interrupted, failed; "
                        "ended: asked to end at each call (SIGTERM, SIGHUP); twice: the next run killed too; short: files cut off; full: a full disk; power: a power cut")  # fmt: skip
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    if not traceable():
        print("strace is missing or may not trace", file=sys.stderr)
        return 2
    chosen = options.stories or list(STORIES)
    modes = [options.mode or list(MODES)] * len(chosen)
    total, bad = Counter(), 0
    with ProcessPoolExecutor(options.jobs) as pool:
        for name, (counts, wrong) in zip(chosen, pool.map(whole, chosen, modes), strict=True):
            print(f"{name}: {_said(counts)}, {len(wrong)} wrong", flush=True)
            for line in wrong:
                print("    " + line.replace("\n", " ⏎ "), flush=True)
            total, bad = total + counts, bad + len(wrong)
    print(f"{total.total() - total['missed']} faults: {_said(total)}, {bad} wrong")
    return 1 if bad else 0


def _said(counts: Counter) -> str:
    return ", ".join(f"{counts[mode]} {mode}" for mode in (*MODES, "missed") if counts[mode])


if __name__ == "__main__":
    sys.exit(main())
