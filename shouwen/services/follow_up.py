"""What decided cases still ask for and did not get in time."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from shouwen.core.errors import Problem
from shouwen.services.desk import Desk
from shouwen.services.reading import sound
from shouwen.store.ids import SANCTIONS

if TYPE_CHECKING:
    from shouwen.core.accountability.case import Case
    from shouwen.core.office.roster import Office


def missed(
    desk: Desk, now: datetime, problems: list[Problem], person: str = "", section: str = ""
) -> list[tuple[str, str]]:
    """Return (case, what was missed in words) of everything that at ``now`` is late and still not done.

    Of everybody, or of a person (whose own case it is, or whose department's), or of a department
    and those who work there.
    Problems of the cases that cannot be read are added to ``problems``. Asked for on every day's
    page: an office without cases pays for the look into the folder alone.
    """
    first = next(desk.ledger.files(SANCTIONS), None)
    if not first:
        return []
    from shouwen.core.accountability.follow_up import undone
    from shouwen.core.accountability.lifecycle import replay_case

    found: list[tuple[str, str]] = []
    today = now.date()
    for record in sound(desk, desk.ledger.records(SANCTIONS), problems):
        state = replay_case(record.content, until=now)
        if not _of(desk.ledger.office, state.case, today, person, section):
            continue
        found += undone(desk.ledger.policy, [state], desk.ledger.calendar, today)
    return found


def _of(office: "Office", case: "Case", day: date, person: str, section: str) -> bool:
    """Return whether a case is that of a person, or of a department, where they are asked for."""
    led = office.leader(case.department, day) if case.department else ""
    if person and person not in (case.staff, led):
        return False
    home = office.department_of(case.staff, day) if case.staff in office.staff else ""
    places = (case.department, office.heir(case.department, day) if case.department else "", home)
    return not section or office.unit(section) in {office.unit(x) for x in places if x}
