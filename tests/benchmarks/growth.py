"""What each command costs as the ledger grows: ``python -m tests.benchmarks.growth``.

The same commands on ledgers of 1,000, 10,000 and 100,000 live inquiries, a twentieth of them open,
run in turn; printed is the time by the clock, as a multiple of what a one-command typer app takes
to start.

    --rounds N     how often each command runs (5)
    --sizes N,…    the sizes (1000,10000,100000)
    --work PATH    make the ledgers here and leave them; those that are there are used
"""

import argparse
import os
import sys
from pathlib import Path
from statistics import median

from shouwen.store.ledger import LIVE, Ledger

from . import peers
from .bench import INTAKE, PROGRAM, Bench, folder
from .generate import NOW, generate

YEAR = NOW[:4]


def commands(ledger: Ledger) -> dict[str, list[str]]:
    """What is run, by what it is called in the table."""
    last = max(ledger.ids(LIVE))[0]
    phone = next(r for r in ledger.records(LIVE)).content.inquirer.phone
    return {
        "show, by the whole id": ["show", last],
        "show, by four letters": ["show", last[-6:-2]],
        "note": ["note", last, "--text", "已去电询问{n}"],
        "intake, anonymous": [*INTAKE, "--anonymous"],
        "intake, with a phone number": [*INTAKE, "--name", "张某", "--phone", "13812341234"],
        "list": ["list"],
        "overdue": ["overdue"],
        "overdue --format json": ["overdue", "--format", "json"],
        "search, one hit": ["search", phone],
        "bulletin, last month": ["bulletin"],
        "check": ["check"],
        "evaluate": ["evaluate", YEAR],
    }


def prepare(bench: Bench, sizes: list[int]) -> None:
    """A ledger of each size, the yardstick, and every command on each ledger."""
    one = bench.work / "one.py"
    one.write_text(peers.ONE_COMMAND)
    bench.add("typer", [sys.executable, one])
    for size in sizes:
        place = bench.work / f"live-{size}"
        ledger = Ledger(str(place)) if place.exists() else generate(str(place), size // 20, size - size // 20)
        for what, words in commands(ledger).items():
            bench.add(f"{what}@{size}", [PROGRAM, "-L", place, "--as", "r01", *words])


def table(bench: Bench, sizes: list[int]) -> str:
    """A row for each command, a column for each size: multiples of the start of a typer app."""
    start = median(bench.wall("typer"))
    lines = [
        "| command | " + " | ".join(f"{size:,}" for size in sizes) + " |",
        "|---|" + "---:|" * len(sizes),
    ]
    for what in dict.fromkeys(name.partition("@")[0] for name in bench.times if "@" in name):
        cells = [f"{median(bench.wall(f'{what}@{size}')) / start:.1f}" for size in sizes]
        lines.append(f"| {what} | {' | '.join(cells)} |")
    return "\n".join(lines) + f"\n\nOne is {start:.0f} ms here.\n"


def main() -> int:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--sizes", default="1000,10000,100000")
    options.add_argument("--work", default="")
    chosen = options.parse_args()
    os.environ["SHOUWEN_NOW"] = NOW
    sizes = [int(size) for size in chosen.sizes.split(",")]
    with folder(chosen.work) as work:
        bench = Bench(Path(work))
        prepare(bench, sizes)
        bench.run(chosen.rounds)
        print(table(bench, sizes), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
