"""Who answers for what ran out: never somebody who was away on that day."""

from datetime import date

from shouwen.core.inquiry.events import Target
from shouwen.core.office.roster import Office


def answering(office: Office, bearer: Target, day: date) -> Target:
    """Return who bore a limit on a day: its bearer, or whoever stands in for one who is away, gone or not yet there.

    Where nobody does, it is the department's.
    """
    if bearer.staff not in office.staff:
        return bearer
    return Target(bearer.department, office.answers(bearer.staff, bearer.department, day))
