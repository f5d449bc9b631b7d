"""Duties at intake, by the cases of tests/cases/duties."""

import pytest

from shouwen.core.duties import at_intake
from tests.support.duty_cases import cases, holds


@pytest.mark.parametrize(("name", "rule", "case"), list(cases(at_intake)))
def test_duty(name: str, rule: dict, case: dict) -> None:
    """Kept, broken, and kept in an unusual lawful way: just what the case says is found."""
    holds(name, rule, case)
