"""Who may make a move: the part of the rules that needs the roster."""

from datetime import date

from shouwen.core.inquiry.events import Accept, Event, Handoff, Return, act_of
from shouwen.core.inquiry.lifecycle import State, stays
from shouwen.core.office.roster import Office


def absent_from_office(office: Office, staff: str, day: date) -> str:
    """Why a person cannot act on a day (not yet, or no longer, in post), or ''."""
    person = office.staff[staff]
    if person.holds(day):
        return ""
    return f"{person.name}（{staff}）{day}不在岗（任职 {person.from_ or ''}—{person.until or ''}）"


def _department(office: Office, staff: str) -> str:
    return office.staff[staff].department if staff in office.staff else ""


def refusal(office: Office, state: State, event: Event) -> str:
    """Why this person may not make this move, in words; '' if nothing stands against it."""
    if isinstance(event, Accept | Return) and (waiting := state.pending):
        mine = _department(office, event.by)
        if isinstance(event, Return) and event.by == waiting.sender.staff:
            return ""
        if mine != waiting.to.department:
            act = act_of(type(event))
            return (
                f"这件转给了{waiting.to.department}，{office.name(event.by)}在{mine or '名册之外'}，不能{act}"
            )
    target = event.to if isinstance(event, Handoff) else getattr(event, "designate", None)
    if target:
        if isinstance(event, Handoff) and stays(state, event):
            return ""
        if target == state.holder or target.staff and target.staff == state.holder.staff:
            holder = office.name(state.holder.staff) or state.holder.department
            return f"现在就由{holder}负责，不必转办"
        if not target.staff and target.department == state.holder.department:
            return f"现在就在{target.department}；转给本部门的人请写明是谁（--to 部门/人员）"
        accused = {*state.inquiry.about}
        if target.staff in accused or target.department in {_department(office, a) for a in accused}:
            return "不得把投诉、举报转给被反映的人或其所在部门（信访工作条例第三十条）"
    return ""
