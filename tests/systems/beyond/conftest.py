"""The office that every story of a made-up regulation is played in."""

import pytest

from tests.systems.beyond.office import Office


@pytest.fixture
def office(tmp_path, run):
    """Make a ledger under a regulation."""
    return lambda policy: Office(tmp_path / policy, run, policy)
