"""People and departments by what somebody typed: an id, a name, a former name, a part of one."""

import re
from collections.abc import Callable, Iterable
from datetime import date

from shouwen.core.errors import NotFound
from shouwen.core.inquiry.events import Target
from shouwen.core.office.roster import Office
from shouwen.core.vocabulary import half_width, nearest

_SHOWN = r"(.+)\((\S+)\)"  # 李伟(liwei2), as namesakes are shown


def find_staff(office: Office, text: str, day: date) -> str:
    """Return the id of the person whom a word means on a day; NotFound with the near ones.

    Every option, prompt and sheet that names a person asks here: an id, a name, or both as they are
    shown (李伟（liwei2）). Of several of one name it is the only one who has a post on that day.

    Raises:
        NotFound: nobody, or more than one, is called so; the near ones.
    """
    return find_person(office, text, lambda key: office.holds(key, day))


def find_person(office: Office, text: str, fits: Callable[[str], bool]) -> str:
    """Return the id that a word means; of several of one name, the only one who ``fits``.

    Raises:
        NotFound: nobody, or several; with the near ones, or with their ids.
    """
    named = _called(office, text)
    if len(named) > 1 and len(narrowed := [key for key in named if fits(key)]) == 1:
        named = narrowed
    if len(named) == 1:
        return named[0]
    if named:
        raise NotFound(f"叫“{text}”的有 {len(named)} 人：{'、'.join(sorted(named))}；请写编号")
    known = {word: key for key, name in office.people() for word in (key, name)}
    keys = dict.fromkeys(known[word] for word in nearest(text, known))
    near = [f"{key}（{office.plain_name(key)}）" for key in keys]
    raise NotFound(f"人员表里没有“{text}”；相近的有：{'、'.join(near) or '（空）'}")


def _called(office: Office, text: str) -> list[str]:
    """Return whom a word may mean: by id, by name with the id as it is shown, by name."""
    said = _plain(text)
    if (shown := re.fullmatch(_SHOWN, said)) and _plain(office.plain_name(shown[2])) == shown[1]:
        said = shown[2]
    if key := next((k for k in (text, said) if k in office.staff), ""):
        return [key]
    return [key for key, name in office.people() if said and _plain(name) == said]


def several(text: str) -> list[str]:
    """Return the names in a list as people write one: 王五，李洁、孙梅."""
    return [word for part in re.split("[,，、;；]", text) if (word := part.strip())]


def _plain(text: str) -> str:
    """Return a name without blanks (李 伟 is 李伟) and full-width letters."""
    return re.sub(r"\s+", "", half_width(text))


def find_leader(office: Office, bodies: Iterable[str], text: str, day: date) -> str:
    """Return the staff id of a leader that a word means, or the body of that name; '' for ''.

    Raises:
        NotFound: nobody, or more than one, is called so; the near ones.
    """
    return text if not text or text in bodies else find_staff(office, text, day)


def find_department(office: Office, text: str, day: date | None = None) -> str:
    """Find the department that a name, former name or alias means.

    It comes by its present name, or by that of ``day``.

    Raises:
        NotFound: no department of that name, with the near ones; or several have the alias.
    """
    key = next(
        (k for said in (text, _plain(text)) if (k := office.unit(said, day)) in office.departments), text
    )
    if key not in office.departments:
        called = office.by_alias(text) or office.by_alias(_plain(text))
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
    first, slash, second = text.replace("／", "/").partition("/")
    if slash:
        department = find_department(office, first, day)
        staff = find_person(office, second, lambda key: office.works_for(key, department, day))
        if office.holds(staff, day) and not office.works_for(staff, department, day):
            raise NotFound(f"{office.name(staff)}不在{department}，在{office.department_of(staff, day)}")
        return Target(department, staff)
    try:
        return Target(find_department(office, text, day))
    except NotFound:
        if not _called(office, text):
            raise
        staff = find_staff(office, text, day)
    return Target(office.department_of(staff, day), staff)


def contact_of(office: Office, target: Target) -> list[str]:
    """Return [name, phone, place] by which the roster says a target is reached."""
    name = office.plain_name(target.staff) if target.staff else ""
    return [name, office.phone(target.department, target.staff), office.place(target.department)]
