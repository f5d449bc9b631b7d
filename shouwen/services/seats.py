"""What becomes of a leader's seat when whoever holds it moves or leaves: it is handed on, or stands empty."""

from datetime import date
from typing import Any

from msgspec import Struct

from shouwen.core.deadlines.working_days import DAY
from shouwen.core.errors import Refused, Usage
from shouwen.core.office.chart import holder_of
from shouwen.core.office.lookup import find_staff
from shouwen.core.office.roster import Office
from shouwen.store.roster_file import entry_of, flow, flow_items

VACANT, STAYS = "暂缺", "留任"
SEATS = {"leader": "负责人", "deputy": "副负责人", "in_charge": "分管领导"}


class Held(Struct, frozen=True):
    """A leader's seat (``leader``, ``deputy`` or ``in_charge``) of a department, by its key."""

    department: str
    seat: str

    @property
    def text(self) -> str:
        """The seat in words."""
        return f"{self.department}的{SEATS[self.seat]}"


def seats_held(office: Office, staff: str, day: date) -> list[Held]:
    """Return the seats that a person holds on a day in the departments there are then."""
    return [
        Held(key, seat)
        for key, department in office.departments.items() if department.holds(day)
        for seat in SEATS if holder_of(getattr(department, seat), day) == staff
    ]  # fmt: skip


def seats_of_post(office: Office, staff: str, first: date, to: str) -> list[Held]:
    """Return the seats left behind by who moves to a department on a day: of the one left, held beside no other post."""
    main = (office.posts_of(staff, first - DAY) or office.posts_of(staff, first))[:1]
    left = {office.successor(post.department, first) for post in main} - {office.successor(to, first)}
    left -= {office.successor(post.department, first) for post in office.posts_of(staff, first)[1:]}
    return [h for h in seats_held(office, staff, first) if h.department in left and h.seat != "in_charge"]


def heir_of(office: Office, staff: str, held: list[Held], text: str, first: date) -> str:
    """Return who takes over what is held, by what somebody typed: a staff id, 暂缺 or 留任; '' where nothing is held.

    Raises:
        Refused: the heir has no post on that day.
        Usage: there is nothing to hand on, or it would be to the same person.
        NotFound: nobody, or more than one, is called so.
    """
    if not held:
        if text:
            raise Usage(f"{office.name(staff)} {first}没有要交接的领导职位，不写 --successor")
        return ""
    if text in (VACANT, STAYS):
        return text
    heir = find_staff(office, text, first)
    if heir == staff:
        raise Usage(f"本人继续担任的，--successor 写“{STAYS}”")
    if not office.holds(heir, first):
        raise Refused(f"{office.name(heir)} {first}不在岗（{office.tenure_text(heir)}），不能接任")
    return heir


def hand_on(
    tree: Any, held: list[Held], staff: str, heir: str, first: date, until: date | None = None
) -> None:
    """Write who has the seats from a day on; with ``until`` the person has them back the day after."""
    for one in held if heir != STAYS else ():
        entry = entry_of(tree["departments"], one.department)
        entry[one.seat] = _seat(entry[one.seat], staff, heir, first, until)


def _seat(seat: Any, staff: str, heir: str, first: date, until: date | None) -> Any:
    tenures = [flow({"staff": seat})] if isinstance(seat, str) else list(seat)
    at = next(n for n, t in enumerate(tenures) if t["staff"] == staff and holds(t, first))
    own = tenures[at]
    end = own.get("until")
    after = []
    if heir != VACANT:
        after.append({"staff": heir, "from": first, "until": until or end})
    if until:
        after.append({"staff": staff, "from": until + DAY, "until": end})
    before = [] if own.get("from") == first else [own]
    if before:
        own["until"] = first - DAY
    return flow_items([*tenures[:at], *before, *(_entry(t) for t in after), *tenures[at + 1 :]])


def holds(entry: Any, day: date) -> bool:
    """Return whether an entry of the file with ``from`` and ``until`` covers a day."""
    first, last = entry.get("from"), entry.get("until")
    return not (first and day < first) and not (last and day > last)


def _entry(values: dict[str, Any]) -> Any:
    return flow({key: value for key, value in values.items() if value is not None})
