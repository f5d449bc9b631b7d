"""route: who is in charge of a matter, where, and within which limit."""

from datetime import date
from typing import Annotated, Any

import typer

from shouwen.core.errors import NotFound, Usage
from shouwen.core.office.roster import Office
from shouwen.core.office.routing import charge_of, matches, places, route_note, table_routes
from shouwen.core.regulation.citation import cite
from shouwen.core.vocabulary import choose, nearest
from shouwen.render.table import FORMATS, Columns
from shouwen.terminal import completers
from shouwen.terminal.context import Context, past_day
from shouwen.terminal.lists import show_listing
from shouwen.terminal.options import format_option

COLUMNS = (
    ("matter", "事项"), ("department", "部门"), ("contact", "联系人"), ("place", "地点"),
    ("phone", "电话"), ("limit", "期限"), ("materials", "材料"), ("procedure", "程序"),
    ("fee", "收费"), ("basis", "依据"),
)  # fmt: skip
BY_CATEGORY = (
    ("category", "类别"), ("department", "部门"), ("contact", "联系人"), ("place", "地点"),
    ("phone", "电话"), ("when", "何时"), ("article", "条款"),
)  # fmt: skip


# Every item has the same keys, whichever of the two tables it comes from.
_ITEM = {key: [] if key == "materials" else "" for key, _ in (*COLUMNS, *BY_CATEGORY)}


def route(
    ctx: typer.Context,
    text: Annotated[
        str,
        typer.Argument(
            metavar="[事项]", help="事项或其中的词；不写则列出全部", autocompletion=completers.matters
        ),
    ] = "",
    category: Annotated[
        str,
        typer.Option(metavar="类别", help="按制度的分流表查，不按事项", autocompletion=completers.categories),
    ] = "",
    case_closed: Annotated[str, typer.Option(metavar="日期", help="所涉案件的办结日期")] = "",
    format: Annotated[str, format_option(*FORMATS)] = "table",
) -> None:
    """查分工：一件事归哪个部门、找谁、在哪里、多久办完。

    \b
    例：shouwen route 施工许可
        shouwen route
        shouwen route --category 申诉 --case-closed 2026-05-23
    """
    context: Context = ctx.obj
    if case_closed and not category:
        raise Usage("--case-closed（案件办结日期）与 --category（类别）一起写")
    if category and text:
        raise Usage("事项和 --category（类别）只写一个")
    columns: Columns
    if category:
        rows, columns = _by_category(context, category, case_closed), BY_CATEGORY
    else:
        rows, columns = _by_matter(context.ledger.office, text, context.now.date()), COLUMNS
    if format in ("json", "jsonl"):
        rows = [_ITEM | row for row in rows]
    shown = [c for c in columns if format == "json" or any(r[c[0]] for r in rows)]
    show_listing(context.ui, "route", rows, shown, format)


def _by_matter(office: Office, text: str, today: date) -> list[dict[str, Any]]:
    """Return the matters of matters.yaml that a text speaks of, or all; NotFound with the near ones."""
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


def _by_category(context: Context, text: str, closed: str) -> list[dict[str, Any]]:
    """Return what the regulation's table says of a category today; NotFound where it says nothing."""
    policy, office, today = context.policy, context.ledger.office, context.now.date()
    category = choose(text, policy.categories.values, "类别")
    day = past_day(context, closed, "--case-closed ") if closed else None
    routes = table_routes(policy, category, day, today)
    if not routes:
        raise NotFound(f"《{policy.name}》没有规定“{category}”归谁；按事项查：shouwen route 事项")
    rows = []
    for each in routes:
        for name in places(office, each.department, today) or [each.department]:
            leader = office.leader(name, today)
            rows.append({
                "category": category, "department": name, "contact": office.name(leader) if leader else "",
                "place": office.place(name), "phone": office.phone(name),
                "when": route_note(each, day), "article": cite(policy, each.article),
            })  # fmt: skip
    return rows
