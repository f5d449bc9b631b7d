"""Every slip in a built-in regulation is noticed: by the reader, or by the table of its rules."""

import pytest

from tests.mutation.policies import FILES, HARMLESS, survivors


@pytest.mark.parametrize("name", FILES)
def test_every_slip_of_a_regulation_is_noticed(name: str) -> None:
    """A wrong number in a regulation is wrong in every ledger: seven of eighteen such slips passed all tests once."""
    counts, left = survivors(name)
    assert left == []
    assert counts.total() > 100 and counts["table"] > counts["reading"]


def test_what_is_passed_over_has_a_reason() -> None:
    """A slip that is said to be harmless is explained."""
    assert all(len(why) > 20 for why in HARMLESS.values()) and len(HARMLESS) < 5
