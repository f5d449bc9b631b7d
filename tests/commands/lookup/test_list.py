"""``list`` on the command line: the days that are asked for, both of them included."""

import pytest


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        ("2026-11-23", "2026-11-23", 1),
        ("2026-11-22", "2026-11-23", 1),
        ("2026-11-23", "2026-11-24", 1),
        ("2026-11-24", "2026-11-24", 0),
        ("2026-11-22", "2026-11-22", 0),
        ("", "2026-11-23", 1),
        ("2026-11-23", "", 1),
    ],
)
def test_both_days_belong_to_the_list(sw, inquiry, first: str, last: str, count: int) -> None:
    """Whoever asks for a day until that day means that day; days are the ledger's, not UTC's."""
    name = inquiry()
    days = [w for option, day in (("--from", first), ("--to", last)) if day for w in (option, day)]
    told = sw("wangfang", "list", *days, "--format", "csv", now="2026-11-25T09:00").out
    assert told.count(name) == count
