"""Who may make a move: the part of the rules that needs the roster."""

from datetime import date

from shouwen.core.inquiry.events import Accept, Event, Handoff, Return, act_of
from shouwen.core.inquiry.lifecycle import State, stays
from shouwen.core.office.roster import Office


def absent_from_office(office: Office, staff: str, day: date) -> str:
    """Why a person cannot act on a day (not yet, or no longer, in post), or ''."""
    if office.holds(staff, day):
        return ""
    return f"{office.plain_name(staff)}（{staff}）{day}不在岗（{office.tenure_text(staff)}）"


def refusal(office: Office, state: State, event: Event, day: date) -> str:
    """Why this person may not make this move, in words; '' if nothing stands against it."""
    if isinstance(event, Accept | Return) and (waiting := state.pending):
        if isinstance(event, Return) and event.by == waiting.sender.staff:
            return ""
        if not office.works_for(event.by, waiting.to.department, day):
            act = act_of(type(event))
            mine = office.department_of(event.by, day)
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
        if not target.staff and office.unit(target.department, day) == office.unit(
            state.holder.department, day
        ):
            return f"现在就在{target.department}；转给本部门的人请写明是谁（--to 部门/人员）"
        accused = {*state.inquiry.about}
        if target.staff in accused or any(office.works_for(one, target.department, day) for one in accused):
            return "不得把投诉、举报转给被反映的人或其所在部门（信访工作条例第三十条）"
    return ""
