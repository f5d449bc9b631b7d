"""People and departments by what somebody typed: an id, a name, a former name, a part of one."""

from collections.abc import Callable, Iterable
from datetime import date

from shouwen.core.errors import NotFound
from shouwen.core.inquiry.events import Target
from shouwen.core.office.roster import Office
from shouwen.core.vocabulary import nearest


def find_staff(office: Office, text: str, day: date | None = None) -> str:
    """The id of the person that an id or a full name means; NotFound with the near ones.

    Of several of one name it is the only one who has a post on ``day``, where that is given.
    """
    return _one(office, text, (lambda key: office.holds(key, day)) if day else None)


def _one(office: Office, text: str, fits: Callable[[str], bool] | None) -> str:
    if text in office.staff:
        return text
    named = [key for key, name in office.people() if name == text]
    if len(named) > 1 and fits and len(narrowed := [key for key in named if fits(key)]) == 1:
        named = narrowed
    if len(named) == 1:
        return named[0]
    if named:
        raise NotFound(f"叫“{text}”的有 {len(named)} 人：{'、'.join(sorted(named))}；请写编号")
    known = {word: key for key, name in office.people() for word in (key, name)}
    keys = dict.fromkeys(known[word] for word in nearest(text, known))
    near = [f"{key}（{office.plain_name(key)}）" for key in keys]
    raise NotFound(f"人员表里没有“{text}”；相近的有：{'、'.join(near) or '（空）'}")


def find_leader(office: Office, bodies: Iterable[str], text: str, day: date) -> str:
    """The staff id of a leader that a word means, or the body of that name; '' for ''."""
    return text if not text or text in bodies else find_staff(office, text, day)


def find_department(office: Office, text: str, day: date | None = None) -> str:
    """Find the department that a name, former name or alias means.

    It comes by its present name, or by that of ``day``.

    Raises:
        NotFound: no department of that name, with the near ones; or several have the alias.
    """
    key = office.unit(text, day)
    if key not in office.departments:
        called = office.by_alias(text)
        if len(called) > 1:
            raise NotFound(f"叫“{text}”的有{'、'.join(called)}；请写部门全称")
        if not called:
            near = nearest(text, office.departments)
            raise NotFound(f"没有部门“{text}”；相近的有：{'、'.join(near) or '（空）'}")
        key = called[0]
    return office.called(key, day) if day else key


def find_target(office: Office, text: str, day: date) -> Target:
    """Read DEPARTMENT, DEPARTMENT/STAFF, or a person alone (with the person's department of that day).

    Raises:
        NotFound: no such department or person, or the person does not work there that day.
    """
    first, slash, second = text.partition("/")
    if slash:
        department = find_department(office, first, day)
        staff = _one(office, second, lambda key: office.works_for(key, department, day))
        if office.holds(staff, day) and not office.works_for(staff, department, day):
            raise NotFound(f"{office.name(staff)}不在{department}，在{office.department_of(staff, day)}")
        return Target(department, staff)
    try:
        return Target(find_department(office, text, day))
    except NotFound:
        if text in office.staff or any(name == text for _, name in office.people()):
            staff = find_staff(office, text, day)
            return Target(office.department_of(staff, day), staff)
        raise


def contact_of(office: Office, target: Target) -> list[str]:
    """[name, phone, place] by which the roster says a target is reached."""
    name = office.plain_name(target.staff) if target.staff else ""
    return [name, office.phone(target.department, target.staff), office.place(target.department)]
