"""Rules that can never apply, as cases; a regulation without them is left alone."""

import pytest

from shouwen.core.integrity.never import never
from shouwen.store.settings import load_policy, policy_ids
from shouwen.store.yaml import load
from tests.support.places import TESTS
from tests.support.records import policy

FILE = TESTS / "cases" / "regulations" / "never.yaml"
CASES = load(FILE.read_bytes(), FILE.name)


@pytest.mark.parametrize("name", CASES)
def test_what_can_never_be(name: str) -> None:
    """Each is told with its place and how to mend it, and nothing beside it."""
    case = CASES[name]
    found = never(policy(**case["rules"]))
    assert [f"{'.'.join(map(str, where))}：{text}：{hint}" for where, text, hint in found] == case["faults"]


@pytest.mark.parametrize("name", policy_ids())
def test_what_ships_can_all_apply(name: str) -> None:
    """No built-in regulation has a rule without effect."""
    assert list(never(load_policy(name))) == []
