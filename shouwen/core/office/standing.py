"""Who holds an inquiry today: a department may have another name, or have gone into another, since it was given it.

A record keeps the names of its days; what is said of today says who has it today.
"""

from datetime import date

from msgspec import structs

from shouwen.core.inquiry.events import Target
from shouwen.core.inquiry.lifecycle import State
from shouwen.core.office.chart import Chart


def today_of(office: Chart, target: Target, day: date) -> Target:
    """Return a person or department, by the department that has the business on a day."""
    name = target.department
    known: dict[tuple[str, date], str] = office.__dict__.setdefault("_heirs", {})  # asked for every clock
    if (department := known.get((name, day))) is None:
        department = known[name, day] = office.heir(name, day) if name else ""
    return target if department == name else Target(department, target.staff)


def as_held_on(office: Chart, state: State, day: date) -> State:
    """Return an open inquiry as held, or waited for, by the departments there are on a day; a closed one as it is."""
    if state.closed:
        return state
    last = state.segments[-1]
    if (holder := today_of(office, last.holder, day)) != last.holder:
        last = structs.replace(last, holder=holder)
        state = structs.replace(state, segments=[*state.segments[:-1], last])
    waiting = state.pending
    if waiting and (to := today_of(office, waiting.to, day)) != waiting.to:
        state = structs.replace(state, passes=[*state.passes[:-1], structs.replace(waiting, to=to)])
    return state


STANDING = frozenset({"open", "overdue", "long_paused"})  # figures of the period's last day


def put_down_to(office: Chart, figure: str, whose: Target, end: date) -> Target:
    """Return whose a figure is, the department by its key: one department has one row, whatever it was called when.

    What stands open at the end of a period is the business of who has it then; what happened stays with
    the department that did it, also where it has gone into another since.
    """
    if not whose.department:
        return whose
    name = whose.department
    key = office.successor(name, end) if figure in STANDING else office.unit(name)
    return whose if key == name else Target(key, whose.staff)
