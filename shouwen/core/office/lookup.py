"""Who may make a move: the part of the rules that needs the roster."""

from shouwen.core.errors import NotFound
from shouwen.core.inquiry.events import Target
from shouwen.core.office.roster import Office
from shouwen.core.vocabulary import nearest


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


def find_target(office: Office, text: str) -> Target:
    """DEPARTMENT, DEPARTMENT/STAFF, or a person alone (with the person's department)."""
    first, slash, second = text.partition("/")
    if slash:
        department, staff = find_department(office, first), find_staff(office, second)
        own = office.staff[staff].department
        if own != department:
            raise NotFound(f"{office.name(staff)}不在{department}，在{own}")
        return Target(department, staff)
    try:
        return Target(find_department(office, text))
    except NotFound:
        if text in office.staff or any(p.name == text for p in office.staff.values()):
            staff = find_staff(office, text)
            return Target(office.staff[staff].department, staff)
        raise
