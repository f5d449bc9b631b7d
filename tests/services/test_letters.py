"""Who is written to about what is late: the person while there, else the leaders above, and what each may see."""

from datetime import date

import pytest
from msgspec.structs import replace

from shouwen.core.office.chart import Absence
from shouwen.services.letters import Letter, letters
from shouwen.services.overdue import Gathered
from tests.support.roster import OFFICE

DAY = date(2026, 11, 23)


def row(identity: str, whose: str = "lijie", section: str = "规划科", ledger: str = "某局") -> dict:
    """A late clock, with what is asked of it here."""
    return {"id": identity, "whose": whose, "section": section, "ledger": ledger}


def told(found: Gathered, by_holder: bool = True, office=OFFICE) -> list[tuple[str, str, int, int]]:
    """(about, person, rows shown, rows only counted) of each letter."""
    made = letters(found, office, "某局", by_holder, DAY)
    return [(one.about, one.person, len(one.rows), len(one.hidden)) for one in made]


@pytest.mark.parametrize("by_holder", [True, False])
def test_what_is_late_is_told_the_holder_or_the_leader(by_holder):
    """A letter for the person by person, and for the department's leader by department."""
    found = Gathered(rows=[row("A"), row("B"), row("C", "wangfang", "审批科")])
    by_person = [("lijie", "lijie", 2, 0), ("wangfang", "wangfang", 1, 0)]
    by_department = [("审批科", "zhaojun", 1, 0), ("规划科", "sunmei", 2, 0)]
    assert told(found, by_holder) == (by_person if by_holder else by_department)


@pytest.mark.parametrize("whose", ["", "nobody"])
def test_what_nobody_holds_goes_to_the_leader(whose):
    """Not signed for, or held by somebody who is not there: the department's leader is told."""
    assert told(Gathered(rows=[row("A", whose)])) == [("sunmei", "sunmei", 1, 0)]


def test_a_person_on_leave_is_not_written_to():
    """Who stands in is told, or the leader where nobody does."""
    away = Absence(from_=date(2026, 11, 20), until=date(2026, 11, 30))
    staff = dict(OFFICE.staff) | {"lijie": replace(OFFICE.staff["lijie"], away=(away,))}
    assert told(Gathered(rows=[row("A")]), office=replace(OFFICE, staff=staff)) == [
        ("sunmei", "sunmei", 1, 0)
    ]


def test_without_any_leader_the_letter_has_no_reader():
    """It is still made, so that the command can say who is not told."""
    departments = {"规划科": replace(OFFICE.departments["规划科"], leader="")}
    made = told(Gathered(rows=[row("A")]), False, replace(OFFICE, departments=departments))
    assert made == [("规划科", "", 1, 0)]


def test_who_is_complained_of_is_only_told_the_number():
    """Their own matter is counted in the letter and not shown; so is a secret one."""
    found = Gathered(
        rows=[row("A"), row("B")], hidden=[{k: v for k, v in row("C").items() if k != "id"}],
        about={"B": ("lijie",)},
    )  # fmt: skip
    made = letters(found, OFFICE, "某局", True, DAY)
    assert [[one["id"] for one in letter.rows] for letter in made] == [["A"]]
    assert told(found) == [("lijie", "lijie", 1, 2)]


def test_another_ledger_s_rows_are_its_own_letters():
    """Of several ledgers each writes about its own."""
    assert letters(Gathered(rows=[row("A", ledger="另一局")]), OFFICE, "某局", True, DAY) == []
    assert Letter("x", "y") == Letter("x", "y", [], [])
