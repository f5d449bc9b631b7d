"""The whole: more than 10 000 hostile files, for the readers and for the commands.

    python -m tests.fuzz [--examples 1000] [--seed N]

Every reader is fed that many spoilt files, the commands three times as many. Stops at the first
fault with the file that shows it; otherwise prints how many cases there were.
"""

import argparse
import sys
from pathlib import Path

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

sys.path[:0] = [str(Path(__file__).resolve().parent.parent)]

from .cases import COMMANDS, READERS, WRITING, feed, spoilt, suffer  # noqa: E402


def main() -> None:
    """Run them all."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__.split("\n")[0])
    parser.add_argument("--examples", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    checks, total = list(HealthCheck), 0

    for name in READERS:
        count = 0

        @seed(options.seed)
        @settings(max_examples=options.examples, deadline=None, database=None, suppress_health_check=checks)
        @given(raw=spoilt(name))
        def reading(raw: bytes) -> None:
            nonlocal count
            count += 1
            feed(name, raw)  # noqa: B023 - called at once

        reading()
        print(f"{name}: {count} files", flush=True)
        total += count
    count = 0

    @seed(options.seed)
    @settings(max_examples=3 * options.examples, deadline=None, database=None, suppress_health_check=checks)
    @given(st.data())
    def commands(data: st.DataObject) -> None:
        nonlocal count
        count += 1
        name = data.draw(st.sampled_from(list(READERS)))
        suffer(name, data.draw(spoilt(name)), data.draw(st.sampled_from(COMMANDS + WRITING)))

    commands()
    print(f"commands: {count} ledgers\n{total + count} cases, nothing wrong")


if __name__ == "__main__":
    main()
