"""A period has both its days."""

from datetime import date

from shouwen.core.fact import InForce


def test_a_period_has_both_its_days() -> None:
    """The first and the last day belong to it; an open end has none."""
    both = InForce(from_=date(2026, 3, 1), until=date(2026, 3, 3))
    days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 3), date(2026, 3, 4)]
    assert [both.holds(day) for day in days] == [False, True, True, False]
    assert [InForce(from_=days[1]).holds(day) for day in days] == [False, True, True, True]
    assert [InForce(until=days[2]).holds(day) for day in days] == [True, True, True, False]
