"""Who is in charge of what: the table in matters.yaml, asked by words."""

from datetime import date

from shouwen.core.inquiry.header import Inquiry
from shouwen.core.matter import Matter
from shouwen.core.office.roster import Office
from shouwen.core.regulation.citation import cite
from shouwen.core.regulation.schema import Policy, Route


def matches(office: Office, text: str) -> list[tuple[str, Matter]]:
    """Return the matters that a text speaks of: by name, by their words, the longest hit first."""
    scored = []  # names differ, so that what follows them is never compared
    for name, matter in office.matters.items():
        hits = [w for w in (name, *matter.words) if w and w in text]
        if hits or text and text in name:
            scored.append((-max(map(len, hits), default=0), name, matter))
    return [(name, matter) for _, name, matter in sorted(scored)]


def guess(office: Office, subject: str) -> str:
    """Return the matter a subject plainly names, or ''."""
    found = matches(office, subject)
    return found[0][0] if found else ""


def scope_of(office: Office, matter: str, first: str, department: str, day: date) -> str:
    """Return whose duty a matter is on a day, seen from the first-asked; '' where the table does not say."""
    if matter not in office.matters:
        return ""
    entry = office.matters[matter]
    if first and entry.contact == first:
        return "本人"
    same = office.successor(entry.department, day) == office.successor(department, day)
    return "本部门" if same else "其他部门"


def charge_of(office: Office, matter: Matter, day: date) -> tuple[str, str]:
    """Return (department, staff id) in charge of a matter on a day: what it has become, and who is there."""
    department = office.called(office.successor(matter.department, day), day)
    contact = office.answers(matter.contact, matter.department, day) if matter.contact else ""
    return department, contact


def advice(office: Office, inquiry: Inquiry, day: date) -> list[str]:
    """Return where an inquiry of another department should go, in words; empty where unknown."""
    name = inquiry.matter or guess(office, inquiry.subject)
    if name not in office.matters or inquiry.scope not in ("本部门", "其他部门"):
        return []
    matter = office.matters[name]
    department, contact = charge_of(office, matter, day)
    place = matter.place or office.place(department)
    phone = matter.phone or office.phone(department)
    contact = "" if contact in inquiry.about else office.name(contact)
    words = " ".join(filter(None, (department, contact, place, phone)))
    return [f"建议转：{words}（{name}）"]


def table_advice(policy: Policy, office: Office, inquiry: Inquiry, day: date) -> list[str]:
    """Return where the regulation's table sends an inquiry that is not there already, in words."""
    closed = inquiry.case_closed
    routes = table_routes(policy, inquiry.category, closed, day)
    if not closed and any(r.months for r in routes):
        ways = "；".join(
            f"{route_note(r, None) or '其后'}转{r.department}（{cite(policy, r.article)}）" for r in routes
        )
        return [f"没有写案件的办结日期（--case-closed）：{ways}"]
    found = []
    for route in routes:
        names = places(office, route.department, day) or [route.department]
        if office.successor(inquiry.department, day) not in names:
            note = route_note(route, closed)
            found.append(
                f"按分工转：{'或'.join(names)}（{cite(policy, route.article)}{note and '，' + note}）"
            )
    return found


def table_routes(policy: Policy, category: str, closed: date | None, day: date) -> tuple[Route, ...]:
    """Return the regulation's rules for a category; more than one only where the date is wanting.

    A rule of so many months holds until so many months after the case closed (``closed``), the last day included; where the month has no such day, its last one counts
    (民法典 202). Without ``closed`` it may hold or not, so the rules after it stand beside it.
    """
    found = []
    for route in policy.routing:
        if category not in route.category:
            continue
        if route.months and closed and day > until(route, closed):
            continue
        found.append(route)
        if not route.months or closed:
            break
    return tuple(found)


def until(route: Route, closed: date) -> date:
    """Return the last day on which a rule of so many months holds."""
    from dateutil.relativedelta import relativedelta

    return closed + relativedelta(months=route.months)


def places(office: Office, name: str, day: date) -> list[str]:
    """Return the departments that a rule's name means on a day: of that name, else those that go by it.

    A rule says 审批科 whatever the office has made of it since: renamed, or merged into another.
    """
    key = office.unit(name, day)
    keys = [key] if key in office.departments else office.by_alias(name)
    return list(dict.fromkeys(office.successor(k, day) for k in keys))


def same_department(office: Office, one: str, other: str, day: date) -> bool:
    """Return whether two names mean one department on a day, renamed or merged as it may be."""
    return one == other or office.successor(one, day) == office.successor(other, day)


def names_for(office: Office, department: str, day: date) -> frozenset[str]:
    """Return every name by which a rule may mean a department on a day; its own where the roster does not have it."""
    own = office.successor(department, day)
    merged = [k for k in office.departments if office.successor(k, day) == own]
    known = frozenset(n for k in merged for n in (*office.names_of(k), *office.aliases_of(k)))
    return frozenset(n for n in known if own in places(office, n, day)) | {department}


def route_note(route: Route, closed: date | None) -> str:
    """Return until when a rule of months holds, in words; '' for the others."""
    if not route.months:
        return ""
    return f"结案后{route.months}个月内" + (f"，至{until(route, closed)}" if closed else "")
