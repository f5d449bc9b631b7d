"""list: inquiries by filters, in chosen columns and order."""

from collections.abc import Iterator
from typing import Annotated

import typer

from shouwen.core.dates import parse_day
from shouwen.core.errors import Usage
from shouwen.core.inquiry.confidential import secret
from shouwen.core.inquiry.lifecycle import CLOSED, replay
from shouwen.core.office.lookup import find_department, find_staff
from shouwen.render.table import FORMATS
from shouwen.services.inquiries import (
    COLUMNS,
    USUAL,
    Rows,
    chosen_columns,
    may_reveal,
    row,
    show_rows,
    together,
)
from shouwen.terminal import completers
from shouwen.terminal.options import AsOf, format_option
from shouwen.terminal.reading import sound


def list_(
    ctx: typer.Context,
    status: Annotated[str, typer.Option("--status", metavar="状态", help="在办、待签收、中止、办结、open（未办结）、all", autocompletion=completers.of("在办", "待签收", "中止", "办结", "open", "all"))] = "open",
    department: Annotated[str, typer.Option(metavar="部门", help="首问或现负责的部门", autocompletion=completers.departments)] = "",
    staff: Annotated[str, typer.Option(metavar="人员", help="首问或现负责的人", autocompletion=completers.staff)] = "",
    mine: Annotated[bool, typer.Option("--mine", help="只看我的")] = False,
    channel: Annotated[str, typer.Option(metavar="渠道", autocompletion=completers.channels, help="渠道")] = "",
    category: Annotated[str, typer.Option(metavar="类别", autocompletion=completers.categories, help="类别")] = "",
    since: Annotated[str, typer.Option("--from", metavar="日期", help="受理自")] = "",
    until: Annotated[str, typer.Option("--to", metavar="日期", help="受理至")] = "",
    columns: Annotated[str, typer.Option(metavar="列,…", help="、".join(COLUMNS))] = USUAL,
    sort: Annotated[str, typer.Option(metavar="列", help="按哪一列排；前加 - 为倒序", autocompletion=completers.of(*COLUMNS))] = "id",
    archive: Annotated[bool, typer.Option("--archive", help="连归档的一起")] = False,
    reveal: Annotated[bool, typer.Option("--reveal", help="不遮盖姓名（只在终端）")] = False,
    null: Annotated[bool, typer.Option("-0", "--null", help="只输出编号，以空字符分开")] = False,
    as_of: AsOf = "",
    format: format_option(*FORMATS) = "table",
) -> None:  # fmt: skip
    """列出受理记录。

    \b
    例：shouwen list
        shouwen list --status all --from 2026-01-01 --department 规划科 --format csv
        shouwen list --status 待签收 -0 | xargs -0 -n1 shouwen urge
        shouwen list --mine --sort due --columns id,subject,due
    """
    context = ctx.obj
    ledger, office = context.ledger, context.ledger.office
    now = context.as_of(as_of)
    chosen = chosen_columns(columns, sort)
    may_reveal(context, reveal)
    person = context.actor if mine else find_staff(office, staff) if staff else ""
    section = find_department(office, department) if department else ""
    first = parse_day(since, now.date(), "--from ") if since else None
    last = parse_day(until, now.date(), "--to ") if until else None
    wanted = {"open": ("在办", "待签收", "中止"), "all": ("在办", "待签收", "中止", "办结")}.get(
        status, (status,)
    )
    if not set(wanted) <= {"在办", "待签收", "中止", "办结"}:
        raise Usage(f"没有状态“{status}”；可用：在办、待签收、中止、办结、open、all")
    folders = ("inquiries", "archive") if archive else ("inquiries",)

    def look(records: Iterator) -> Rows:
        found = Rows()
        for record in sound(records, found.problems):
            q = record.content
            day = q.received.astimezone(ledger.zone).date()
            if first and day < first or last and day > last or as_of and q.received > now:
                continue
            state = replay(q, until=now if as_of else None)
            q = state.inquiry
            if (
                state.phase not in wanted
                or channel and q.channel != channel or category and q.category != category
                or person and person not in (q.first_responder, state.holder.staff)
                or section and section not in map(office.unit, (q.department, state.holder.department))
            ):  # fmt: skip
                continue
            if secret(q):
                found.hidden += 1
            else:
                found.rows.append(row(context, record, state, now, reveal))
        return found

    parts = ledger.parts(look, *folders, open_only=CLOSED not in wanted and not as_of)
    show_rows(context, "list", together(parts), chosen, sort, format, now, null)
