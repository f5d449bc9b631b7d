"""The bulletin's figures: each period from its own end, several ledgers side by side."""

from dataclasses import replace
from datetime import date

from shouwen.core.accountability.case import Case, Decide, Verify
from shouwen.core.date_range import DateRange
from shouwen.services.bulletin import empty, gather
from tests.support.clock import at
from tests.support.records import close, inquiry

NOVEMBER = DateRange(date(2026, 11, 1), date(2026, 11, 30))
NOW = at("2026-12-10 09:00")


def test_beside_which_periods():
    """A whole month beside the whole month before, and the same a year ago."""
    made = empty(NOVEMBER)
    assert [str(b.period.first) for b in made.values()] == ["2026-11-01", "2026-10-01", "2025-11-01"]


def test_each_period_from_its_own_end(desk):
    """What was settled in December was open at the end of November, in which it was taken in."""
    desk.ledger.create(inquiry(close("2026-12-02 10:00"), id="20261102-AAAAAA", received=at("02 09:00")))
    desk.ledger.create(
        inquiry(close("2026-10-09 10:00"), id="20261009-BBBBBB", received=at("2026-10-09 09:00"))
    )
    made, tally, problems = empty(NOVEMBER), desk.ledger.tally(), []
    gather(desk, made, NOW, problems, tally)
    counts = {name: each.total.counts for name, each in made.items()}
    assert (counts["current"]["received"], counts["current"]["closed"], counts["current"]["open"]) == (
        1,
        0,
        1,
    )
    assert (counts["previous"]["received"], counts["previous"]["closed"]) == (1, 1)
    assert (tally.records, problems) == (2, [])


def test_two_ledgers_in_one(desk):
    """The totals are of both; each office has its figures under its own name."""
    desk.ledger.create(inquiry(close("23 10:00")))
    made = empty(NOVEMBER)
    for name in ("甲局", "乙局"):
        gather(replace(desk, called=name), made, NOW, [], desk.ledger.tally())
    assert made["current"].total.counts["received"] == 2
    assert {place[0] for place in made["current"].groups["department"]} == {"甲局", "乙局"}


def test_what_came_after_a_period_is_not_in_it(desk):
    """Neither an intake of December nor what was done in December, nor a case first reported then."""
    desk.ledger.create(inquiry(id="20261205-AAAAAA", received=at("2026-12-05 09:00")))
    case = Case(
        id="", reported=at("2026-12-05 09:00"), by="heping", staff="wangfang", violation="推诿", article="四",
        occurred=date(2026, 11, 20), summary="推", policy="bumen",
    )  # fmt: skip
    verified = Verify("aaaa", at("2026-12-05 10:00"), "heping", "查实")
    decided = Decide("bbbb", at("2026-12-05 11:00"), "heping", ("诫勉教育",), "团党委")
    record = desk.ledger.add(case, at("2026-12-05 09:00"), "S")
    desk.ledger.append(record, verified, decided)
    made, problems = empty(NOVEMBER), []
    gather(desk, made, NOW, problems, desk.ledger.tally())
    counts = made["current"].total.counts
    assert (counts["received"], counts["open"], counts["unfiled"], problems) == (0, 0, 0, [])
    december = empty(DateRange(date(2026, 12, 1), date(2026, 12, 31)))
    gather(desk, december, NOW, problems, desk.ledger.tally())
    counts = december["current"].total.counts
    assert (counts["received"], counts["open"], counts["unfiled"]) == (1, 1, 1)
