"""Reading many: what cannot be read is collected, what came later is left out."""

from datetime import date
from pathlib import Path

from shouwen.services.reading import readable, taken
from tests.support.clock import at
from tests.support.records import close, inquiry


def test_the_unreadable_are_collected(desk):
    """One broken file of three: two records, one problem, all in view of whoever waits."""
    for letter in "ABC":
        desk.ledger.create(inquiry(id=f"20261123-{letter * 6}"))
    Path(desk.ledger.root, "inquiries/2026/11/20261123-BBBBBB.yaml").write_text("id: [", "utf-8")
    problems: list = []
    assert [r.content.id[-1] for r in readable(desk, problems, "inquiries")] == ["A", "C"]
    assert len(problems) == 1 and desk.seen == 3


def test_taken_in_within_a_period(desk):
    """Live and archived, both ends included, by the ledger's days; looked at from before, as they stood."""
    days = {"A": "20 00:10", "B": "20 23:50", "C": "21 09:00", "D": "23 09:00"}
    for letter, when in days.items():
        desk.ledger.create(inquiry(close("23 09:10"), id=f"202611{when[:2]}-{letter * 6}", received=at(when)))
    desk.ledger.move("inquiries/2026/11/20261120-AAAAAA.yaml", "archive")

    def letters(now, past):
        found = taken(desk, [], date(2026, 11, 20), date(2026, 11, 21), now, past)
        return [(r.content.id[-1], s.phase) for r, s in found]

    assert letters(at("23 18:00"), False) == [("B", "办结"), ("C", "办结"), ("A", "办结")]
    assert letters(at("20 23:55"), True) == [("B", "在办"), ("A", "在办")]
