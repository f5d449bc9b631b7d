"""Twenty small offices with every kind of inquiry, for reports that add them up."""

import shutil
from datetime import datetime
from pathlib import Path
from random import Random
from typing import NamedTuple

from shouwen.store.ledger import Ledger
from tests.support.places import ROOT

EXAMPLE = ROOT / "ledger-example"
NOW = "2026-11-23T09:15:00+08:00"


def offices(root: Path, count: int) -> list[Path]:
    """Make so many ledgers, each with its own part of the example's records and its own name; their folders.

    Those of one number always hold the same. One has no record at all, one a name that a path must spell.
    """
    everything = sorted(p for top in ("inquiries", "archive") for p in (EXAMPLE / top).rglob("*.yaml"))
    made = []
    for n in range(count):
        here = root / f"office{n:02}"
        shutil.copytree(
            EXAMPLE,
            here,
            ignore=shutil.ignore_patterns("inquiries", "archive", "private", ".lock", "*.yaml.bak"),
        )
        settings = here / "ledger.yaml"
        name = "第10局/分局=东%" if n == 10 else f"第{n}局"
        lines = [
            f'name: "{name}"' if li.startswith("name:") else li
            for li in settings.read_text("utf-8").splitlines()
        ]
        settings.write_text("\n".join(lines) + "\n", "utf-8")
        if n != 3:
            for path in Random(n).sample(everything, 25):
                there = here / path.relative_to(EXAMPLE)
                there.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, there)
        if n % 4:
            shutil.rmtree(here / "sanctions", ignore_errors=True)
        made.append(here)
    return made


class _Desk(NamedTuple):
    """The desk of whoever exports: which ledger, called what."""

    ledger: Ledger
    called: str
    now: datetime

    def watched(self, items):
        """Return them as they are."""
        return iter(items)


def desk(root: Path) -> _Desk:
    """A desk at a ledger, under its own name."""
    ledger = Ledger(str(root))
    return _Desk(ledger, ledger.config.name, datetime.fromisoformat(NOW))
