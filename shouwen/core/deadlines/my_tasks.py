"""What one person has to do today, from one inquiry: the part played, and the next step."""

from datetime import datetime

from msgspec import Struct

from shouwen.core.deadlines.clock import Clock
from shouwen.core.deadlines.clock_table import clocks
from shouwen.core.deadlines.overdue import due_time, running
from shouwen.core.inquiry.events import Notify
from shouwen.core.inquiry.lifecycle import PAUSED, State
from shouwen.core.rulebook import Rules


class Task(Struct, frozen=True):
    """An inquiry somebody has a part in: which part, what comes next, the clock that presses."""

    part: str
    step: str
    clock: Clock | None


def task(
    rules: Rules, state: State, staff: str, now: datetime, clocks_of: list[Clock] | None = None
) -> Task | None:
    """Return the person's part in an inquiry, or None where there is none to play now.

    Receivers sign or send back; holders answer, hand on or close; senders wait and press;
    the first-asked keeps track until there is a result. ``clocks_of`` are its clocks, if read already.
    """
    if state.closed:
        return None
    office, day = rules.office, now.astimezone(rules.calendar.zone).date()
    waiting = state.pending
    found = running(clocks(rules, state, now) if clocks_of is None else clocks_of)
    first = min(found, key=due_time) if found else None
    asked = waiting and not waiting.to.staff and office.works_for(staff, waiting.to.department, day)
    if waiting and (waiting.to.staff == staff or asked):
        signing = next((c for c in found if c.name == "签收"), first)
        return Task("待我签收", "签收（accept）或退回（return）", signing)
    if state.holder.staff == staff:
        if waiting:
            return Task("我已转出", f"等{waiting.to.department}签收，可催办（urge）", first)
        if state.phase == PAUSED:
            notice = isinstance(state.pauses[-1].event, Notify)
            step = "等材料，来了记补正（supplement）" if notice else "原因消除后恢复（resume）"
            return Task("我负责", step, first)
        return Task("我负责", "办理、反馈（progress）、转办（handoff）或办结（close）", first)
    if state.inquiry.first_responder == staff:
        return Task("我首问", "跟踪，问一问进展（urge、progress）", first)
    return None
