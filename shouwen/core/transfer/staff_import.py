"""A sheet of people as entries of the roster; or every problem by its cell."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from shouwen.core.dates import parse_day
from shouwen.core.errors import Problem, ShouwenError
from shouwen.core.office.presence import no_department
from shouwen.core.office.roster import Office
from shouwen.core.transfer.mapping import Grid, text_at
from shouwen.core.vocabulary import nearest

# Key of staff.yaml → the titles that a sheet may give its column.
TITLES: dict[str, tuple[str, ...]] = {
    "id": ("编号", "人员编号", "id"), "name": ("姓名", "name"), "department": ("部门", "科室", "所在部门", "department"),
    "title": ("职务", "title"), "rank": ("职级", "rank"), "joined": ("到岗", "到岗日期", "joined"),
    "phone": ("电话", "联系电话", "phone"), "email": ("邮箱", "email"), "scale": ("考核类别", "等次类别", "scale"),
    "from": ("在岗自", "from"), "until": ("在岗至", "until"),
}  # fmt: skip
NEEDED = ("id", "name", "department")
_DAYS = ("joined", "from", "until")
People = list[tuple[str, dict[str, Any]]]


def people_of(grid: Grid, office: Office, today: date) -> tuple[People, int, list[Problem]]:
    """Return (new people by id, how many stand in the roster already, problems by cell).

    The first row has the titles. Somebody who stands there with the same values is passed over;
    with other ones, that is a problem: a move has a day, which such a sheet does not tell.
    """
    problems: list[Problem] = []
    titles = [text_at(grid, 0, c) for c in range(len(grid.rows[0]) if grid.rows else 0)]
    columns = {key: titles.index(t) for key, names in TITLES.items() for t in names if t in titles}
    for key in NEEDED:
        if key not in columns:
            near = "、".join(nearest(TITLES[key][0], [t for t in titles if t], 3))
            hint = f"相近的有：{near}" if near else f"第一行写上列名“{TITLES[key][0]}”"
            problems.append(Problem(grid.place(0), 0, "keys", f"没有列“{TITLES[key][0]}”", hint))
    people: People = []
    seen: set[str] = set()
    same = 0
    for n in range(1, len(grid.rows) if not problems else 0):
        values = {key: text_at(grid, n, c) for key, c in columns.items()}
        if not any(values.values()):
            continue
        found = _entry(grid, n, columns, values, office, today, problems)
        key = values["id"]
        if found is None:
            continue
        if key in seen:
            problems.append(
                Problem(grid.place(n, columns["id"]), 0, "keys", f"编号“{key}”出现两次", "一个人一个编号")
            )
        elif key in office.staff:
            now = office.plain_name(key)
            if (now, office.unit(office.department_of(key, today))) == (
                found["name"],
                office.unit(found["department"]),
            ):
                same += 1
            else:
                text = f"编号“{key}”在名册里是{now}（{office.department_of(key, today)}）"
                hint = "调动用 shouwen staff move，同名的人另起编号"
                problems.append(Problem(grid.place(n, columns["id"]), 0, "keys", text, hint))
        else:
            people.append((key, found))
        seen.add(key)
    return people, same, problems


def _entry(
    grid: Grid, n: int, columns: dict[str, int], values: dict[str, str], office: Office, today: date,
    problems: list[Problem],
) -> dict[str, Any] | None:  # fmt: skip
    """Return one row as an entry; None, with its problems added, where it is not right."""
    before = len(problems)

    def wrong(key: str, text: str, hint: str) -> None:
        problems.append(Problem(grid.place(n, columns.get(key)), 0, "keys", text, hint))

    for key in NEEDED:
        if not values[key]:
            wrong(key, f"缺少{TITLES[key][0]}", "补上这一格")
    if values["id"] and not values["id"].replace("-", "").replace("_", "").isalnum():
        wrong("id", f"编号“{values['id']}”只能用字母、数字、- 和 _", "建议用拼音")
    if strange := _no_such_department(office, values["department"]):
        wrong("department", *strange)
    found: dict[str, Any] = {}
    for key, text in values.items():
        if key == "id" or not text:
            continue
        try:
            found[key] = _value(key, text, today)
        except (ValueError, ShouwenError) as error:
            text, _, hint = str(error).partition("；")
            wrong(key, text, hint)
    if len(problems) == before:
        for key, text, hint in _out_of_time(office, found, today):
            wrong(key, text, hint)
    return found if len(problems) == before else None


def _value(key: str, text: str, today: date) -> Any:
    """Return what stands in a cell as a value of the roster.

    Raises:
        ValueError: it is no number; what is wrong and how to mend it, parted by ；.
        Usage: it is no day; likewise.
    """
    if key in _DAYS:
        return parse_day(text, today, "")
    if key != "rank":
        return text
    if text.isascii() and text.isdigit() and len(text) < 5:
        return int(text)
    raise ValueError(f"职级“{text}”不是数字；写 0 到 9999 的整数")


def _no_such_department(office: Office, name: str) -> tuple[str, str] | None:
    """Return (what is wrong, hint) of a name that no department has or had; None where there is one."""
    if not name or office.unit(name) in office.departments:
        return None
    near = "、".join(nearest(name, office.departments, 3))
    return f"没有部门“{name}”", f"相近的有：{near}；或先 shouwen department add"


def _out_of_time(office: Office, found: dict[str, Any], today: date) -> Iterator[tuple[str, str, str]]:
    """Yield (column, what is wrong, hint) of days on which the department is not there, or that lie the wrong way round."""
    first, last = found.get("from"), found.get("until")
    if gone := no_department(office, found["department"], first or today):
        yield "department", gone, "写那一天有的部门"
    if first and last and last < first:
        yield "until", f"在岗至 {last} 早于在岗自 {first}", "改正日期"
