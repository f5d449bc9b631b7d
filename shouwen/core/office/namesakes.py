"""Departments of one name: which is meant, by the day on which a record named it.

A name may be given again: 审批科 becomes 行政审批服务科, and years later another 审批科 is set up. A record
keeps the name of its day; what is read of it says which department that is, where there are two: 审批科
（后为行政审批服务科）. ``Chart.unit`` takes such a name for what it says. Nothing of this is ever written.
"""

from collections.abc import Callable
from datetime import date, datetime, tzinfo
from typing import Any

from msgspec import structs

from shouwen.core.inquiry.events import Correct, Handoff, Instruct, Target
from shouwen.core.inquiry.header import Inquiry
from shouwen.core.office.chart import Chart
from shouwen.core.office.naming import apart_as


def shared_names(office: Chart) -> frozenset[str]:
    """Return the names that more than one department has, or had at some time."""
    known: frozenset[str] | None = office.__dict__.get("_shared_names")
    if known is None:
        borne: dict[str, int] = {}
        for names in map(office.names_of, office.departments):
            for name in names:
                borne[name] = borne.get(name, 0) + 1
        known = office.__dict__["_shared_names"] = frozenset(n for n, times in borne.items() if times > 1)
    return known


def named_apart(office: Chart, department: str, day: date) -> str:
    """Return the name that a department had on a day, with which it is where another has or had that name."""
    if department not in shared_names(office):
        return department
    return apart_as(department, office.unit(department, day))


def told_apart(office: Chart, content: Any, zone: tzinfo | None) -> Any:
    """Return an inquiry or an accountability case in which every department whose name another has too is named with which it is."""
    if not shared_names(office):
        return content

    def day_of(moment: datetime) -> date:
        return moment.astimezone(zone).date()

    def said(event: Any) -> Any:
        return _said(event, lambda department: named_apart(office, department, day_of(event.at)))

    if not isinstance(content, Inquiry):
        return structs.replace(content, department=named_apart(office, content.department, content.occurred))
    return structs.replace(
        content,
        department=named_apart(office, content.department, day_of(content.received)),
        events=tuple(map(said, content.events)),
    )


def _said(event: Any, named: Callable[[str], str]) -> Any:
    """Return an act with every department that it names as ``named`` says."""
    if isinstance(event, Handoff):
        to = Target(named(event.to.department), event.to.staff)
        return structs.replace(event, to=to, joint=tuple(map(named, event.joint)))
    if isinstance(event, Instruct) and event.designate:
        return structs.replace(
            event, designate=Target(named(event.designate.department), event.designate.staff)
        )
    if isinstance(event, Correct) and event.field == "department":
        return structs.replace(event, value=named(event.value))
    return event
