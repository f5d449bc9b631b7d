"""Where a matter goes: by the office's own table, or by the regulation's."""

from datetime import date
from typing import Any

from shouwen.core.errors import NotFound
from shouwen.core.office.roster import Office
from shouwen.core.office.routing import charge_of, matches, places, route_note, table_routes
from shouwen.core.regulation.citation import cite
from shouwen.core.regulation.schema import Policy
from shouwen.core.vocabulary import choose, nearest


def by_matter(office: Office, text: str, today: date) -> list[dict[str, Any]]:
    """Return a row for each matter of matters.yaml that a text speaks of, or for all, as it is in charge today.

    Raises:
        NotFound: none; with the near ones.
    """
    found = matches(office, text) if text else list(office.matters.items())
    if text and not found:
        near = nearest(text, office.matters)
        raise NotFound(
            f"分工表（matters.yaml）里没有“{text}”；相近的有：{'、'.join(near) or '（空）'}"
            + (f"；不明确的请联系{office.config.office}" if office.config.office else "")
        )
    rows = []
    for name, matter in found:
        department, contact = charge_of(office, matter, today)
        rows.append({
            "matter": name, "department": department, "contact": office.name(contact) if contact else "",
            "place": matter.place or office.place(department),
            "phone": matter.phone or office.phone(department),
            "limit": f"{matter.workdays}个工作日" if matter.workdays else "",
            "materials": list(matter.materials), "procedure": matter.procedure,
            "fee": matter.fee, "basis": matter.basis,
        })  # fmt: skip
    return rows


def by_category(
    policy: Policy, office: Office, text: str, closed: date | None, today: date
) -> list[dict[str, Any]]:
    """Return a row for each department to which the regulation's table sends a category today.

    ``closed`` is the day on which the case it is about was closed, None if not known.

    Raises:
        Usage: the regulation has no such category.
        NotFound: its table says nothing about it.
    """
    category = choose(text, policy.categories.values, "类别")
    routes = table_routes(policy, category, closed, today)
    if not routes:
        raise NotFound(f"《{policy.name}》没有规定“{category}”归谁；按事项查：shouwen route 事项")
    rows = []
    for each in routes:
        for name in places(office, each.department, today) or [each.department]:
            leader = office.leader(name, today)
            rows.append({
                "category": category, "department": name, "contact": office.name(leader) if leader else "",
                "place": office.place(name), "phone": office.phone(name),
                "when": route_note(each, closed), "article": cite(policy, each.article),
            })  # fmt: skip
    return rows
