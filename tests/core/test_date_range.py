"""Periods by name, by month, and what lies within them."""

from datetime import date

import pytest

from shouwen.core.date_range import DateRange, before, last_month, month, whole_year, year_earlier
from tests.support.clock import at


def span(first: str, last: str) -> DateRange:
    """A period between two days."""
    return DateRange(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "period, months, name",
    [
        (span("2026-01-01", "2026-12-31"), 12, "2026年"),
        (span("2026-02-01", "2026-02-28"), 1, "2026年2月"),
        (span("2028-02-01", "2028-02-28"), 0, "2028-02-01至2028-02-28"),
        (span("2026-11-01", "2027-01-31"), 3, "2026年11月—2027年1月"),
        (span("2026-07-01", "2027-06-30"), 12, "2026年7月—2027年6月"),
        (span("2026-01-01", "2027-12-31"), 24, "2026年1月—2027年12月"),
        (span("2026-11-02", "2026-11-30"), 0, "2026-11-02至2026-11-30"),
        (span("2026-11-01", "2026-11-29"), 0, "2026-11-01至2026-11-29"),
        (span("2026-11-23", "2026-11-23"), 0, "2026-11-23"),
    ],
)
def test_whole_months_are_named_as_such(period, months, name):
    """A year, a month, several months; anything else by its days, one day by itself."""
    assert (period.months, str(period)) == (months, name)


def test_within_and_end():
    """Both days belong to it; it ends with its last second, or now if that comes first."""
    week = span("2026-11-23", "2026-11-27")
    held = [week.within(at(t)) for t in ("22 23:59", "23 00:00", "27 23:59", "28 00:00")]
    assert held == [False, True, True, False]
    assert week.end(at("25 10:00")) == at("25 10:00")
    assert week.end(at("30 10:00")) == at("27 23:59:59")


def test_months_and_years():
    """The last day of each is its own."""
    assert month(2026, 11) == span("2026-11-01", "2026-11-30")
    assert month(2028, 2) == span("2028-02-01", "2028-02-29")
    assert whole_year(2026) == span("2026-01-01", "2026-12-31")
    assert last_month(date(2026, 1, 31)) == month(2025, 12)
    assert last_month(date(2026, 3, 1)) == month(2026, 2)


@pytest.mark.parametrize(
    "period, earlier, last_year",
    [
        (month(2026, 3), month(2026, 2), month(2025, 3)),
        (month(2026, 1), month(2025, 12), month(2025, 1)),
        (whole_year(2028), whole_year(2027), whole_year(2027)),
        (
            span("2026-11-01", "2026-11-20"),
            span("2026-10-12", "2026-10-31"),
            span("2025-11-01", "2025-11-20"),
        ),
        (month(2028, 2), month(2028, 1), month(2027, 2)),
        (month(2027, 2), month(2027, 1), month(2026, 2)),
        (month(2029, 2), month(2029, 1), month(2028, 2)),  # 28 days stand beside 29
        (
            span("2026-11-01", "2027-01-31"),
            span("2026-08-01", "2026-10-31"),
            span("2025-11-01", "2026-01-31"),
        ),
        (
            span("2026-11-23", "2026-11-27"),
            span("2026-11-18", "2026-11-22"),
            span("2025-11-23", "2025-11-27"),
        ),
        (
            span("2026-11-23", "2026-11-23"),
            span("2026-11-22", "2026-11-22"),
            span("2025-11-23", "2025-11-23"),
        ),
        (
            span("2028-02-28", "2028-02-29"),
            span("2028-02-26", "2028-02-27"),
            span("2027-02-28", "2027-02-28"),
        ),
    ],
)
def test_what_a_period_is_compared_with(period, earlier, last_year):
    """Whole months before whole months, else as many days; 29 February becomes 28 February."""
    assert (before(period), year_earlier(period)) == (earlier, last_year)
