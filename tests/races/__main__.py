"""The whole: every kind of act at once on three clones.

    python -m tests.races [--seeds 20] [--first 1] [--processes 8] [--turns 400]

Prints for each seed the runs by how they ended, and what was lost, stuck or unsound; exits 1 if anything was.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from .acts import KINDS
from .crowd import crowd, warm


def main() -> int:
    """Run the seeds one after the other."""
    parser = argparse.ArgumentParser(prog="python -m tests.races", description=__doc__.split("\n")[0])
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--first", type=int, default=1, help="the first seed")
    parser.add_argument("--processes", type=int, default=8)
    parser.add_argument("--turns", type=int, default=400, help="of each process")
    parser.add_argument("--refused", action="store_true", help="print what was refused, and why")
    parser.add_argument(
        "--keep", action="store_true", help="leave the clones of a seed with faults where they are"
    )
    options = parser.parse_args()
    warm()
    total: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    bad = 0
    for seed in range(options.first, options.first + options.seeds):
        start = time.monotonic()
        folder = Path(
            tempfile.mkdtemp(prefix="races-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None)
        )
        runs, wrong = crowd(seed, options.processes, options.turns, folder)
        ended = Counter("killed" if r.code is None else f"exit {r.code}" for r in runs)
        done = Counter(r.kind for r in runs if r.code == 0)
        said = sum(len(r.wrote) for r in runs if r.acknowledged)
        how = ", ".join(f"{n} {what}" for what, n in sorted(ended.items()))
        print(f"seed {seed}: {len(runs)} runs ({how}), {said} writes acknowledged, {done['sync']} syncs, {len(wrong)} wrong, "
              f"{time.monotonic() - start:.0f} s", flush=True)  # fmt: skip
        for line in wrong:
            print("    " + line.replace("\n", " ⏎ "), flush=True)
        for ran in runs if options.refused else ():
            if ran.code:
                print(f"    exit {ran.code} {ran.kind}: {' '.join(ran.err.split())[:300]}")
        total, kinds, bad = total + ended, kinds + done, bad + len(wrong)
        total["writes"] += said
        if not (wrong and options.keep):
            shutil.rmtree(folder)
        else:
            print(f"    left in {folder}", flush=True)
    never = [kind for kind in KINDS if not kinds[kind]]
    print(
        f"{sum(total.values()) - total['writes']} runs: {dict(total)}, {bad} wrong; never done: {never or 'none'}"
    )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
