"""What may be wrong with a regulation, as cases; what the built-in ones must not have."""

import pytest

from shouwen.core.integrity.regulations import check_policy
from shouwen.store.settings import load_policy, policy_ids
from shouwen.store.yaml import load
from tests.support.places import TESTS
from tests.support.records import policy

FILE = TESTS / "cases" / "regulations" / "faults.yaml"
CASES = load(FILE.read_bytes(), FILE.name)


@pytest.mark.parametrize("name", CASES)
def test_faults(name: str) -> None:
    """Every fault that a person may write is told, with its place and how to mend it; nothing else is."""
    case = CASES[name]
    found = check_policy(policy(**case["rules"]), case.get("own", ()))
    assert [f"{'.'.join(map(str, where))}：{text}：{hint}" for where, text, hint in found] == case["faults"]


@pytest.mark.parametrize("name", policy_ids())
def test_built_in_regulations_have_none(name: str) -> None:
    """What ships is in order."""
    assert list(check_policy(load_policy(name))) == []
