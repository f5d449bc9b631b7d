"""What one inquiry is judged by: the regulation, the office, the calendar."""

from msgspec import Struct

from shouwen.core.deadlines.working_days import Calendar
from shouwen.core.office.roster import Office
from shouwen.core.regulation.schema import Policy


class Rules(Struct, frozen=True):
    """What the clocks and duties of one inquiry are judged by."""

    policy: Policy
    office: Office
    calendar: Calendar
