"""list: inquiries by filters, in chosen columns and order."""

from typing import Annotated

import typer

from shouwen.core.dates import parse_day
from shouwen.core.errors import Usage
from shouwen.render.inquiries import COLUMNS, USUAL, Rows, askers_apart, chosen_columns
from shouwen.render.table import FORMATS
from shouwen.services.inquiries import EVERYWHERE, LIVE, PHASES, Filter, listed, together
from shouwen.services.several import of_each, whose
from shouwen.terminal import completers
from shouwen.terminal.context import Context
from shouwen.terminal.options import AsOf, Wide, format_option
from shouwen.terminal.rows import may_reveal, show_rows


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
    wide: Wide = False,
    null: Annotated[bool, typer.Option("-0", "--null", help="只输出编号，以空字符分开")] = False,
    as_of: AsOf = "",
    format: Annotated[str, format_option(*FORMATS)] = "table",
) -> None:  # fmt: skip
    """列出受理记录。写几次 -L 就把几个台账并在一起。

    \b
    例：shouwen list
        shouwen list --status all --from 2026-01-01 --department 规划科 --format csv
        shouwen list --status 待签收 -0 | xargs -0 -n1 shouwen urge
        shouwen list --mine --sort due --columns id,subject,due
        shouwen -L yiju -L erju list --status 待签收
    """
    context: Context = ctx.obj
    chosen = chosen_columns(columns, sort)
    may_reveal(context, reveal)
    wanted = {"open": PHASES[:-1], "all": PHASES}.get(status, (status,))
    if not set(wanted) <= set(PHASES):
        raise Usage(f"没有状态“{status}”；可用：在办、待签收、中止、办结、open、all")
    each = context.each()
    now = each[0].as_of(as_of)  # the list is dated in the zone of the first ledger
    first = parse_day(since, now.date(), "--from ") if since else None
    last = parse_day(until, now.date(), "--to ") if until else None
    of = whose(each, mine, staff, department, lambda one: one.as_of(as_of).date())

    def look(one: Context) -> Rows:
        only = Filter(wanted, *of[one], channel, category, first, last)
        found = listed(one, only, one.as_of(as_of), bool(as_of), archive, reveal)
        return found.placed(one.called, one.given) if context.several else found

    rows = together(of_each(each, look, *(EVERYWHERE if archive else LIVE)))
    show_rows(
        context, "list", askers_apart(rows) if reveal else rows, chosen, sort, format, now, null, wide
    )  # fmt: skip
