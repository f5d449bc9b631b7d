"""Who may make a move: the part of the rules that needs the roster."""

from datetime import date

from shouwen.core import model as m
from shouwen.core.errors import NotFound
from shouwen.core.office import Office
from shouwen.core.replay import State, stays
from shouwen.core.words import nearest


def find_staff(office: Office, text: str) -> str:
    """The id of the person that an id or a full name means; NotFound with the near ones."""
    if text in office.staff:
        return text
    named = [key for key, person in office.staff.items() if person.name == text]
    if len(named) == 1:
        return named[0]
    if named:
        raise NotFound(f"叫“{text}”的有 {len(named)} 人：{'、'.join(sorted(named))}；请写编号")
    known = {word: key for key, person in office.staff.items() for word in (key, person.name)}
    keys = dict.fromkeys(known[word] for word in nearest(text, known))
    near = [f"{key}（{office.name(key)}）" for key in keys]
    raise NotFound(f"人员表里没有“{text}”；相近的有：{'、'.join(near) or '（空）'}")


def find_department(office: Office, text: str) -> str:
    """The department that a name or an alias means; NotFound with the near, or the several, ones."""
    if text in office.departments:
        return text
    called = [name for name, department in office.departments.items() if text in department.aliases]
    if len(called) == 1:
        return called[0]
    if called:
        raise NotFound(f"叫“{text}”的有{'、'.join(called)}；请写部门全称")
    near = nearest(text, office.departments)
    raise NotFound(f"没有部门“{text}”；相近的有：{'、'.join(near) or '（空）'}")


def find_target(office: Office, text: str) -> m.Target:
    """DEPARTMENT, DEPARTMENT/STAFF, or a person alone (with the person's department)."""
    first, slash, second = text.partition("/")
    if slash:
        department, staff = find_department(office, first), find_staff(office, second)
        own = office.staff[staff].department
        if own != department:
            raise NotFound(f"{office.name(staff)}不在{department}，在{own}")
        return m.Target(department, staff)
    try:
        return m.Target(find_department(office, text))
    except NotFound:
        if text in office.staff or any(p.name == text for p in office.staff.values()):
            staff = find_staff(office, text)
            return m.Target(office.staff[staff].department, staff)
        raise


def absent_from_office(office: Office, staff: str, day: date) -> str:
    """Why a person cannot act on a day (not yet, or no longer, in post), or ''."""
    person = office.staff[staff]
    if person.holds(day):
        return ""
    return f"{person.name}（{staff}）{day}不在岗（任职 {person.from_ or ''}—{person.until or ''}）"


def _department(office: Office, staff: str) -> str:
    return office.staff[staff].department if staff in office.staff else ""


def refusal(office: Office, state: State, event: m.Event) -> str:
    """Why this person may not make this move, in words; '' if nothing stands against it."""
    if isinstance(event, m.Accept | m.Return) and (waiting := state.pending):
        mine = _department(office, event.by)
        if isinstance(event, m.Return) and event.by == waiting.sender.staff:
            return ""
        if mine != waiting.to.department:
            act = m.act_of(type(event))
            return (
                f"这件转给了{waiting.to.department}，{office.name(event.by)}在{mine or '名册之外'}，不能{act}"
            )
    target = event.to if isinstance(event, m.Handoff) else getattr(event, "designate", None)
    if target:
        if isinstance(event, m.Handoff) and stays(state, event):
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
