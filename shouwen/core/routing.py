"""Who is in charge of what: the table in matters.yaml, asked by words."""

from datetime import date

from shouwen.core.model import Inquiry
from shouwen.core.office import Matter, Office
from shouwen.core.policy import Policy, Route


def matches(office: Office, text: str) -> list[tuple[str, Matter]]:
    """The matters that a text speaks of: by name, by their words, the longest hit first."""
    scored = []
    for name, matter in office.matters.items():
        hits = [w for w in (name, *matter.words) if w and w in text]
        if hits or text and text in name:
            scored.append((-max(map(len, hits), default=0), name, matter))
    return [(name, matter) for _, name, matter in sorted(scored, key=lambda s: s[:2])]


def guess(office: Office, subject: str) -> str:
    """The matter a subject plainly names, or ''."""
    found = matches(office, subject)
    return found[0][0] if found else ""


def scope_of(office: Office, matter: str, first: str, department: str) -> str:
    """Whose duty a matter is, seen from the first-asked; '' where the table does not say."""
    if matter not in office.matters:
        return ""
    entry = office.matters[matter]
    if first and entry.contact == first:
        return "本人"
    return "本部门" if entry.department == department else "其他部门"


def advice(office: Office, inquiry: Inquiry) -> list[str]:
    """Where an inquiry of another department should go, in words; empty where unknown."""
    name = inquiry.matter or guess(office, inquiry.subject)
    if name not in office.matters or inquiry.scope not in ("本部门", "其他部门"):
        return []
    matter = office.matters[name]
    department = office.departments.get(matter.department)
    place = matter.place or (department.place if department else "")
    phone = matter.phone or (department.phone if department else "")
    contact = office.name(matter.contact) if matter.contact else ""
    words = " ".join(filter(None, (matter.department, contact, place, phone)))
    return [f"建议转：{words}（{name}）"]


def table_route(policy: Policy, inquiry: Inquiry, day: date) -> Route | None:
    """The regulation's rule for an inquiry's category, or None.

    A rule of so many months holds while the case is open and until so many months after it
    closed, the last day included (months as in 民法典 202: month ends stay month ends).
    """
    for route in policy.routing:
        if inquiry.category not in route.category:
            continue
        if route.months and inquiry.case_closed:
            from dateutil.relativedelta import relativedelta

            if day > date.fromisoformat(inquiry.case_closed) + relativedelta(months=route.months):
                continue
        return route
    return None
