"""Duties of telling the inquirer, by the cases of tests/cases/duties."""

import pytest

from shouwen.core.duties import informing
from tests.support.duty_cases import cases, holds


@pytest.mark.parametrize(("name", "rule", "case"), list(cases(informing)))
def test_duty(name: str, rule: dict, case: dict) -> None:
    """Kept, broken, and kept in an unusual lawful way: just what the case says is found."""
    holds(name, rule, case)
