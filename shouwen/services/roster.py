"""Changes of the roster: people come, move and leave; departments appear, get another name, merge."""

from collections.abc import Callable
from datetime import date
from typing import Any

from shouwen.core.deadlines.working_days import DAY
from shouwen.core.errors import Refused, Usage
from shouwen.core.office.chart import KIND_SECONDED
from shouwen.core.office.lookup import find_department, find_staff
from shouwen.core.office.powers import who_could
from shouwen.core.office.presence import absent_from_office, no_department
from shouwen.core.office.roster import Office
from shouwen.services.desk import Desk
from shouwen.services.seats import STAYS, VACANT, Held, hand_on, heir_of, holds, seats_held, seats_of_post
from shouwen.store.roster_file import change_roster, entry_of, flow, flow_list, renamed

BESIDE = ("兼职",)  # posts that are held beside the main one


def _change(desk: Desk, change: Callable[[Any], None]) -> None:
    change_roster(desk.ledger.root, desk.ledger.office, change)


def _given(**values: Any) -> dict[str, Any]:
    return {key.rstrip("_"): value for key, value in values.items() if value not in ("", None, 0)}


def add_staff(desk: Desk, people: list[tuple[str, dict[str, Any]]]) -> None:
    """Enter people, by id, in the short form.

    Raises:
        Refused: an id stands there already: one person is one id for life; or the department is not
            there on the day from which the person is.
        BadData: staff.yaml cannot be read, or the change would make it wrong.
    """
    office = desk.ledger.office
    for key, values in people:
        _there(office, values.get("department", ""), values.get("from") or desk.now.date())
        if key in office.staff:
            raise Refused(
                f"编号 {key} 已是{office.plain_name(key)}；调动用 shouwen staff move，同名的人另起编号"
            )

    def change(tree: Any) -> None:
        for key, values in people:
            tree["staff"][key] = flow(values)

    _change(desk, change)


def _there(office: Office, department: str, day: date) -> None:
    """Let nobody be put into a department that is not there.

    Raises:
        Refused: it is not set up yet on that day, or has ended.
    """
    if why := no_department(office, department, day):
        raise Refused(f"{why}，没有改动")


def move_staff(
    desk: Desk, who: str, to: str, first: date, *, title: str = "", rank: int = 0, kind: str = "",
    until: date | None = None, heir: str = "",
) -> str:  # fmt: skip
    """Give a person another post from a day on, under the same id; the id.

    A post held beside (兼职) ends nothing; else the main one ends the day before. A secondment
    (借调) with an end brings the person back the day after. What was entered to begin that day is
    put right; what begins later stays. ``heir`` takes over the leader's seat left behind
    (``seats.heir_of``).

    Raises:
        NotFound: no such person or department.
        Refused: the person is not in office on the day before, or has that post already; the
            department is not there.
        Usage: the days lie the wrong way round, or what becomes of a leader's seat is not said.
        BadData: staff.yaml cannot be read, or the change would make it wrong.
    """
    office = desk.ledger.office
    key, section = find_staff(office, who, first), find_department(office, to, first)
    if until and until < first:
        raise Usage(f"--until {until} 早于 --from {first}")
    _there(office, section, first)
    before = first - DAY
    main = office.posts_of(key, before) or office.posts_of(key, first)
    if not main:
        raise Refused(f"{office.name(key)} {before}不在岗（{office.tenure_text(key)}），没有可以调动的职务")
    if _has(office, key, section, first, _given(title=title, rank=rank, kind=kind, until=until)):
        raise Refused(f"{office.name(key)} {first}已在{section}任这个职务，没有改动")
    held = seats_left(desk, key, to, first, kind)
    heir = heir_of(office, key, held, heir, first)

    def change(tree: Any) -> None:
        entry = tree["staff"][key]
        _as_posts(entry)
        posts = entry["posts"]
        new = _given(department=section, title=title, rank=rank, from_=first, until=until, kind=kind)
        if kind in BESIDE:
            posts.append(flow(new))
            return
        hand_on(tree, held, key, heir, first, until if kind == KIND_SECONDED else None)
        mains = [p for p in posts if p.get("kind") not in BESIDE]
        for slip in [p for p in mains if p.get("from") == first and holds(p, first)]:
            posts.remove(slip)
            mains.remove(slip)
        later = [p["from"] for p in mains if p.get("from") and p["from"] > first]
        if later and not until:
            new["until"] = min(later) - DAY
        current = next((p for p in mains if holds(p, before) or holds(p, first)), None)
        back = dict(current) | {"from": until + DAY} if current and until and kind == KIND_SECONDED else None
        at = len(posts)
        if current is not None:
            current["until"] = before
            at = posts.index(current) + 1
        posts.insert(at, flow(new))
        if back:
            posts.insert(at + 1, flow(back))

    _change(desk, change)
    return key


def seats_left(desk: Desk, who: str, to: str, first: date, kind: str) -> list[Held]:
    """Return the leader's seats left behind by who moves to a department: none by a post held beside.

    Raises:
        NotFound: no such person or department.
    """
    if kind in BESIDE:
        return []
    office = desk.ledger.office
    return seats_of_post(office, find_staff(office, who, first), first, find_department(office, to, first))


def _has(office: Office, staff: str, section: str, first: date, wanted: dict[str, Any]) -> bool:
    """Return whether a person has a post already as it is to be given: the same place, from that day or before."""
    unit = office.unit(section, first)
    for n, post in enumerate(office.posts_of(staff, first)):
        same = office.unit(post.department, first) == unit and post.kind == wanted.get("kind", "")
        beside = {k: v for k, v in wanted.items() if k != "kind" and getattr(post, k) != v}
        if same and not beside and (n == 0 or post.kind in BESIDE):
            return True
    return False


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

    A leave that was entered from the same day is put right: its end has become known, or its deputy.

    Raises:
        NotFound: no such person.
        Refused: the person, or the deputy, has no post then; the days are entered already.
        Usage: the days lie the wrong way round.
        BadData: staff.yaml cannot be read, or the change would make it wrong.
    """
    office = desk.ledger.office
    key = find_staff(office, who, first)
    stands_in = find_staff(office, deputy, first) if deputy else ""
    if until and until < first:
        raise Usage(f"--until {until} 早于 --from {first}")
    if not office.holds(key, first):
        raise Refused(f"{office.name(key)} {first}不在岗（{office.tenure_text(key)}）")
    if stands_in and (why := absent_from_office(office, stands_in, first)):
        others = [one for one in office.leaders(first) if one not in (key, stands_in)]
        raise Refused(f"代理人{why}{who_could(office, others, first)}")
    known = office.staff[key].away
    for away in known:
        last = away.until or date.max
        if away.from_ != first and (away.from_ or date.min) <= (until or date.max) and first <= last:
            span = f"{away.from_ or ''}—{away.until or ''}"
            raise Refused(
                f"与已登记的离岗（{away.why or '未写原因'} {span}）重叠；改那一段的，--from 写 {away.from_}"
            )

    def change(tree: Any) -> None:
        entry = tree["staff"][key]
        same = next((a for a in entry.get("away", ()) if a.get("from") == first), None)
        new = _given(from_=first, until=until, why=why, deputy=stands_in)
        if same is None:
            flow_list(entry, "away").append(flow(new))
        else:
            same.update(new)

    _change(desk, change)
    return key


def last_day(desk: Desk, who: str, day: date, heir: str = "") -> str:
    """Enter the last day in office of a person who leaves for good; the id.

    ``heir`` takes over the leaders' seats left behind (``seats.heir_of``).

    Raises:
        NotFound: no such person.
        Refused: the person has no post on that day, or leaves on that day already.
        Usage: what becomes of a leader's seat is not said.
        BadData: staff.yaml cannot be read, or the change would make it wrong.
    """
    office = desk.ledger.office
    key = find_staff(office, who, day)
    if not office.holds(key, day):
        raise Refused(f"{office.name(key)} {day}不在岗（{office.tenure_text(key)}）")
    held = seats_held(office, key, day + DAY)
    heir = heir_of(office, key, held, heir, day + DAY)
    if heir == STAYS:
        raise Usage(f"{office.name(key)}调离以后不能留任：--successor 写接任的人，或“{VACANT}”")

    def change(tree: Any) -> None:
        tree["staff"][key]["until"] = day
        hand_on(tree, held, key, heir, day + DAY)

    _change(desk, change)
    return key


def add_department(desk: Desk, name: str, values: dict[str, Any]) -> None:
    """Enter a department.

    Raises:
        Refused: the name is, or was, a department's.
        BadData: staff.yaml cannot be read, or the change would make it wrong.
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
        Refused: the new name is, or was, a department's; or it had another name later than that, or
            is not there on that day.
        BadData: staff.yaml cannot be read, or the change would make it wrong.
    """
    office = desk.ledger.office
    key = find_department(office, old)
    if office.unit(new) in office.departments:
        raise Refused(f"“{new}”已是部门的名称或曾用名，没有改动")
    _there(office, key, first)
    if earlier := [f.until for f in office.departments[key].formerly if f.until >= first - DAY]:
        raise Refused(f"{key}到 {max(earlier)} 还叫别的名称，新名称要自那以后")

    def change(tree: Any) -> None:
        table = tree["departments"]
        entry = entry_of(table, key)
        flow_list(entry, "formerly").append(flow({"name": key, "until": first - DAY}))
        renamed(table, key, new)
        for other in filter(None, table.values()):
            if other.get("into") == key:
                other["into"] = new

    _change(desk, change)
    return new


def merge_department(desk: Desk, old: str, into: str, last: date) -> str:
    """Enter that a department ends on a day and goes into another; its people and open matters go along.

    Raises:
        NotFound: no such department.
        Refused: it has ended already, or the other one is not there then.
        Usage: both are the same.
        BadData: staff.yaml cannot be read, or the change would make it wrong.
    """
    office = desk.ledger.office
    key, target = find_department(office, old), find_department(office, into)
    if key == target:
        raise Usage("不能并入自己")
    if (gone := office.departments[key]).until:
        raise Refused(f"{key}已于 {gone.until} {f'并入{gone.into}' if gone.into else '撤销'}，没有改动")
    _there(office, target, last + DAY)

    def change(tree: Any) -> None:
        entry = entry_of(tree["departments"], key)
        entry["until"], entry["into"] = last, target

    _change(desk, change)
    return key
