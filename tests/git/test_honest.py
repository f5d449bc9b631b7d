"""A few honest histories in every test run; the thousand are python -m tests.git.honest."""

import os
from collections import Counter
from pathlib import Path

import pytest

from .honest import base, history


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger that each history begins with."""
    kept = dict(os.environ)
    yield base(tmp_path_factory.mktemp("honest"))
    os.environ.clear()
    os.environ.update(kept)


def test_what_offices_do_accuses_nobody(source: Path, tmp_path: Path) -> None:
    """Bulletins, archives, heals, withdrawals, merges, rebases, picks, tidying: no alarm since any mark or ever."""
    count: Counter[str] = Counter()
    for seed in range(1, 7):
        one = history(seed, source, tmp_path)
        assert one.alarms() == [], seed
        count += one.count
    assert all(count[what] for what in ("mark", "archive", "heal", "withdraw", "merge", "intake")), count
