"""The whole: more than 10 000 hostile files for readers and commands, and for the outputs as many.

    python -m tests.fuzz [readers|commands|outputs|cross]… [--examples 1000] [--seed N]

Every reader is fed that many spoilt files, the commands three times as many. The outputs show
twelve times as many times a ledger with one hostile value; ``cross``, which runs only if it is
named, puts the worst into every field in turn and shows every output each time. Stops at the
first fault with the file that shows it; otherwise prints how many cases there were.
"""

import argparse

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from . import outputs
from .cases import COMMANDS, READERS, WRITING, feed, spoilt, suffer
from .outputs import OUTPUTS, WORST, value_at, values
from .places import PLACES

WHOLE = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))


def main() -> None:
    """Run them all."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__.split("\n")[0])
    parser.add_argument("--examples", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("parts", nargs="*", default=list(PARTS)[:3], choices=[[], *PARTS])
    options = parser.parse_args()
    total = sum(PARTS[part](options.examples, options.seed) for part in options.parts)
    print(f"{total} cases, nothing wrong")


def readers(examples: int, start: int) -> int:
    """Spoilt files for every reader."""
    total = 0
    for name in READERS:
        count = 0

        @seed(start)
        @settings(WHOLE, max_examples=examples)
        @given(raw=spoilt(name))
        def reading(raw: bytes) -> None:
            nonlocal count
            count += 1
            feed(name, raw)  # noqa: B023 - called at once

        reading()
        print(f"{name}: {count} files", flush=True)
        total += count
    return total


def commands(examples: int, start: int) -> int:
    """Commands on ledgers with a spoilt file."""
    count = 0

    @seed(start)
    @settings(WHOLE, max_examples=3 * examples)
    @given(st.data())
    def tried(data: st.DataObject) -> None:
        nonlocal count
        count += 1
        name = data.draw(st.sampled_from(list(READERS)))
        suffer(name, data.draw(spoilt(name)), data.draw(st.sampled_from(COMMANDS + WRITING)))

    tried()
    print(f"commands: {count} ledgers", flush=True)
    return count


def drawn(examples: int, start: int) -> int:
    """Any value in any field, four outputs of each such ledger."""
    count = 0

    @seed(start)
    @settings(WHOLE, max_examples=3 * examples)
    @given(
        st.data(),
        st.sampled_from(PLACES),
        st.booleans(),
        st.lists(st.sampled_from(OUTPUTS), min_size=4, max_size=4),
    )
    def tried(data: st.DataObject, place: tuple, escaped: bool, chosen: list) -> None:
        nonlocal count
        count += outputs.suffer({place: data.draw(values(place))}, escaped, chosen)

    tried()
    print(f"outputs: {count} of ledgers with a hostile value", flush=True)
    return count


def cross(examples: int, start: int) -> int:
    """Every field with every output; one that is no text gets another value of its kind."""
    count = 0
    for n, place in enumerate(PLACES):
        now = value_at(place)
        value = WORST if isinstance(now, str) else not now if isinstance(now, bool) else 10**30
        count += outputs.suffer({place: value}, n % 2 == 0)
    print(f"cross: {count}, {len(PLACES)} places and {len(OUTPUTS)} outputs", flush=True)
    return count


PARTS = {"readers": readers, "commands": commands, "outputs": drawn, "cross": cross}

if __name__ == "__main__":
    main()
