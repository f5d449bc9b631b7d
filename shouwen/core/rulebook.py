"""What one inquiry is judged by: the regulation, the office, the calendar."""

from collections.abc import Callable
from datetime import date, datetime

from msgspec import Struct, structs

from shouwen.core.deadlines.working_days import Calendar
from shouwen.core.errors import Refused
from shouwen.core.office.roster import Office
from shouwen.core.regulation.schema import Policy


class Rules(Struct, frozen=True):
    """What the clocks and duties of one inquiry are judged by."""

    policy: Policy
    office: Office
    calendar: Calendar

    def known(self, moment: datetime) -> "Rules":
        """Return the same with the calendar that was known at a moment."""
        calendar = self.calendar.known(moment)
        return self if calendar is self.calendar else structs.replace(self, calendar=calendar)


def governing(office: Office, policy: Callable[[str], Policy], day: date) -> Policy:
    """Return the regulation that governs what is received on a local day; ``policy`` loads one by its id.

    Raises:
        Refused: the office names none for that day, or the one it names was not in force.
    """
    name = office.policy_on(day)
    if not name:
        raise Refused(f"{day} 没有生效的制度；在 ledger.yaml 的 policy 里写明各制度的起止日期")
    found = policy(name)
    if not found.in_force.holds(day):
        raise Refused(f"《{found.name}》（{name}）{day} 不在施行期内")
    return found
