"""Changes of the roster: people come, move and leave; departments appear, get another name, merge."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from shouwen.core.errors import NotFound, Refused, Usage
from shouwen.core.office.chart import KIND_SECONDED
from shouwen.core.office.lookup import find_department, find_staff
from shouwen.services.desk import Desk
from shouwen.store.roster_file import change_roster, entry_of, flow, flow_list, renamed

BESIDE = ("兼职",)  # posts that are held beside the main one
ONE_DAY = timedelta(days=1)


def _change(desk: Desk, change: Callable[[Any], None]) -> None:
    change_roster(desk.ledger.root, desk.ledger.office, change)


def _given(**values: Any) -> dict[str, Any]:
    return {key.rstrip("_"): value for key, value in values.items() if value not in ("", None, 0)}


def add_staff(desk: Desk, people: list[tuple[str, dict[str, Any]]]) -> None:
    """Enter people, by id, in the short form.

    Raises:
        Refused: an id stands there already: one person is one id for life.
    """
    office = desk.ledger.office
    for key, _ in people:
        if key in office.staff:
            raise Refused(
                f"编号 {key} 已是{office.plain_name(key)}；调动用 shouwen staff move，同名的人另起编号"
            )

    def change(tree: Any) -> None:
        for key, values in people:
            tree["staff"][key] = flow(values)

    _change(desk, change)


def move_staff(
    desk: Desk, who: str, to: str, first: date, *, title: str = "", rank: int = 0, kind: str = "", until: date | None = None
) -> str:  # fmt: skip
    """Give a person another post from a day on, under the same id; the id.

    A post held beside (兼职) ends nothing; else the main one ends the day before. A secondment
    (借调) with an end brings the person back the day after.

    Raises:
        NotFound: no such person or department.
        Refused: the person is not in office on the day before.
        Usage: the days lie the wrong way round.
    """
    office = desk.ledger.office
    key, section = find_staff(office, who, first), find_department(office, to, first)
    if until and until < first:
        raise Usage(f"--until {until} 早于 --from {first}")
    before = first - ONE_DAY
    main = office.posts_of(key, before) or office.posts_of(key, first)
    if not main:
        raise Refused(f"{office.name(key)} {before}不在岗（{office.tenure_text(key)}），没有可以调动的职务")

    def change(tree: Any) -> None:
        entry = tree["staff"][key]
        _as_posts(entry)
        posts = entry["posts"]
        new = flow(_given(department=section, title=title, rank=rank, from_=first, until=until, kind=kind))
        if kind in BESIDE:
            posts.append(new)
            return
        current = next(p for p in posts if _holds(p, before) or _holds(p, first))
        back = dict(current) | {"from": until + ONE_DAY} if until and kind == KIND_SECONDED else None
        current["until"] = before
        at = posts.index(current) + 1
        posts.insert(at, new)
        if back:
            posts.insert(at + 1, flow(back))

    _change(desk, change)
    return key


def _holds(post: Any, day: date) -> bool:
    first, last = post.get("from"), post.get("until")
    return not (first and day < first) and not (last and day > last)


def _as_posts(entry: Any) -> None:
    """Turn the short form into one post; ``from`` and ``until`` go with it."""
    if "posts" in entry:
        return
    short = {k: entry.pop(k) for k in ("department", "title", "rank", "from", "until") if k in entry}
    flow_list(entry, "posts").append(flow({k: v for k, v in short.items() if v not in ("", None)}))


def leave_staff(
    desk: Desk, who: str, first: date, until: date | None, why: str = "", deputy: str = ""
) -> str:  # fmt: skip
    """Enter that a person is away for some days, and who deputises; the id.

    Raises:
        NotFound: no such person.
        Refused: the person, or the deputy, has no post then.
        Usage: the days lie the wrong way round.
    """
    office = desk.ledger.office
    key = find_staff(office, who, first)
    stands_in = find_staff(office, deputy, first) if deputy else ""
    if until and until < first:
        raise Usage(f"--until {until} 早于 --from {first}")
    for one in filter(None, (key, stands_in)):
        if not office.holds(one, first):
            raise Refused(f"{office.name(one)} {first}不在岗（{office.tenure_text(one)}）")

    def change(tree: Any) -> None:
        flow_list(tree["staff"][key], "away").append(
            flow(_given(from_=first, until=until, why=why, deputy=stands_in))
        )

    _change(desk, change)
    return key


def last_day(desk: Desk, who: str, day: date) -> str:
    """Enter the last day in office of a person who leaves for good; the id.

    Raises:
        NotFound: no such person.
        Refused: the person has no post on that day.
    """
    office = desk.ledger.office
    key = find_staff(office, who, day)
    if not office.holds(key, day):
        raise Refused(f"{office.name(key)} {day}不在岗（{office.tenure_text(key)}）")

    def change(tree: Any) -> None:
        tree["staff"][key]["until"] = day

    _change(desk, change)
    return key


def add_department(desk: Desk, name: str, values: dict[str, Any]) -> None:
    """Enter a department.

    Raises:
        Refused: the name is, or was, a department's.
    """
    if desk.ledger.office.unit(name) in desk.ledger.office.departments:
        raise Refused(f"已有部门“{name}”（或是{desk.ledger.office.unit(name)}的曾用名）")

    def change(tree: Any) -> None:
        tree["departments"][name] = flow(values)

    _change(desk, change)


def rename_department(desk: Desk, old: str, new: str, first: date) -> str:
    """Give a department another name from a day on; what it was called until then stays known.

    Raises:
        NotFound: no such department.
        Refused: the new name is, or was, a department's.
    """
    office = desk.ledger.office
    key = find_department(office, old)
    if office.unit(new) in office.departments:
        raise Refused(f"“{new}”已是部门的名称或曾用名")

    def change(tree: Any) -> None:
        table = tree["departments"]
        entry = entry_of(table, key)
        flow_list(entry, "formerly").append(flow({"name": key, "until": first - ONE_DAY}))
        renamed(table, key, new)

    _change(desk, change)
    return new


def merge_department(desk: Desk, old: str, into: str, last: date) -> str:
    """Enter that a department ends on a day and goes into another; its people and open matters go along.

    Raises:
        NotFound: no such department, or the other one has ended by then.
        Usage: both are the same.
    """
    office = desk.ledger.office
    key, target = find_department(office, old), find_department(office, into)
    if key == target:
        raise Usage("不能并入自己")
    if office.ended(target, last + ONE_DAY):
        raise NotFound(f"{target}到 {last + ONE_DAY} 已不存在")

    def change(tree: Any) -> None:
        entry = entry_of(tree["departments"], key)
        entry["until"], entry["into"] = last, target

    _change(desk, change)
    return key
