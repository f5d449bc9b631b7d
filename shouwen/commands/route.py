"""route: who is in charge of a matter, where, and within which limit."""

from typing import Annotated

import typer

from shouwen.commands import complete
from shouwen.commands.options import form
from shouwen.commands.reading import checked_form
from shouwen.core.errors import NotFound
from shouwen.core.routing import matches
from shouwen.core.words import nearest
from shouwen.text.table import FORMATS, listing

COLUMNS = (
    ("matter", "事项"), ("department", "部门"), ("contact", "联系人"), ("place", "地点"),
    ("phone", "电话"), ("limit", "期限"), ("materials", "材料"), ("procedure", "程序"),
    ("fee", "收费"), ("basis", "依据"),
)  # fmt: skip


def route(
    ctx: typer.Context,
    text: Annotated[
        str,
        typer.Argument(
            metavar="[事项]", help="事项或其中的词；不写则列出全部", autocompletion=complete.matters
        ),
    ] = "",
    form: form(*FORMATS) = "table",
) -> None:
    """查分工：一件事归哪个部门、找谁、在哪里、多久办完。

    \b
    例：shouwen route 施工许可
        shouwen route
    """
    session = ctx.obj
    office = session.ledger.office
    checked_form(form, FORMATS)
    found = matches(office, text) if text else list(office.matters.items())
    if text and not found:
        near = nearest(text, office.matters)
        raise NotFound(
            f"分工表（matters.yaml）里没有“{text}”；相近的有：{'、'.join(near) or '（空）'}"
            + (f"；不明确的请联系{office.config.office}" if office.config.office else "")
        )
    rows = []
    for name, matter in found:
        department = office.departments.get(matter.department)
        rows.append({
            "matter": name, "department": matter.department,
            "contact": office.name(matter.contact) if matter.contact else "",
            "place": matter.place or (department.place if department else ""),
            "phone": matter.phone or (department.phone if department else ""),
            "limit": f"{matter.workdays}个工作日" if matter.workdays else "",
            "materials": list(matter.materials), "procedure": matter.procedure,
            "fee": matter.fee, "basis": matter.basis,
        })  # fmt: skip
    columns = [c for c in COLUMNS if form == "json" or any(r[c[0]] for r in rows)]
    session.out(listing("route", rows, columns, form))
