"""route: who is in charge of a matter, where, and within which limit."""

from typing import Annotated

import typer

from shouwen.core.errors import Usage
from shouwen.render.table import FORMATS, Columns
from shouwen.services.routes import by_category, by_matter
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
    office, today = context.ledger.office, context.now.date()
    columns: Columns
    if category:
        closed = past_day(context, case_closed, "--case-closed ") if case_closed else None
        rows, columns = by_category(context.policy, office, category, closed, today), BY_CATEGORY
    else:
        rows, columns = by_matter(office, text, today), COLUMNS
    if format in ("json", "jsonl"):
        rows = [_ITEM | row for row in rows]
    shown = [c for c in columns if format == "json" or any(r[c[0]] for r in rows)]
    show_listing(context.ui, "route", rows, shown, format)
