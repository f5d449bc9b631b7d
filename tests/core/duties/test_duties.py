"""The table of duties: each has its cases, in tests/cases/duties, and they are tested beside its module."""

from shouwen.core.duties import DUTIES, TIMED
from tests.support.duty_cases import cases, found


def test_every_duty_is_kept_and_broken_in_some_case():
    """No duty without a case of each kind; a complaint by itself is always looked into."""
    outcomes = {(p.values[0], bool(p.values[2]["finds"])) for p in cases()}
    wanted = {(name, broken) for name, kind in DUTIES.items() if kind.find for broken in (True, False)}
    assert wanted - outcomes == {("complaint", False)}


def test_each_duty_that_has_a_time_is_found_as_late_in_some_case():
    """Those alone are found as late that reports of many inquiries look at, and each of them in some case."""
    late = {p.values[0] for p in cases() if any(f.late for f in found(*p.values))}
    assert late == TIMED
