"""department 部门: a new one, another name, one merged into another."""

from datetime import date
from typing import Annotated

import typer

from shouwen.core.dates import parse_day
from shouwen.core.errors import Refused
from shouwen.core.office.lookup import find_staff
from shouwen.core.office.powers import who_could
from shouwen.core.office.presence import absent_from_office
from shouwen.core.vocabulary import clean
from shouwen.services.check import problems_of
from shouwen.services.roster import add_department, merge_department, rename_department
from shouwen.terminal import completers
from shouwen.terminal.context import Context
from shouwen.terminal.roster_change import ended

app = typer.Typer(help="部门：新设、改名、并入；改完检查一遍，未了的事照样签收，旧记录留当时的名称。")
Name = Annotated[str, typer.Argument(metavar="部门", help="部门名称", autocompletion=completers.departments)]


def _day(context: Context, text: str, what: str) -> date:
    today: date = context.now.date()
    return parse_day(text, today, what) if text else today


@app.command("add", short_help="新设")
def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="部门", help="名称")],
    leader: Annotated[str, typer.Option(metavar="人员", help="负责人", autocompletion=completers.staff)] = "",
    phone: Annotated[str, typer.Option(metavar="电话", help="电话")] = "",
    place: Annotated[str, typer.Option(metavar="地点", help="在哪里")] = "",
    since: Annotated[str, typer.Option("--from", metavar="日期", help="设立之日")] = "",
) -> None:
    """新设一个部门。

    \b
    例：shouwen department add 农业农村办 --leader sunba --phone 0631-5550109 --from 2026-10-01
    """
    context: Context = ctx.obj
    office = context.ledger.office
    first = _day(context, since, "--from ") if since else None
    day = first or context.now.date()
    head = find_staff(office, leader, day) if leader else ""
    if head and not office.holds(head, day):
        raise Refused(absent_from_office(office, head, day) + who_could(office, office.leaders(day), day))
    values = {"leader": head, "phone": clean(phone), "place": clean(place), "from": first}
    title = clean(name)
    add_department(context, title, {k: v for k, v in values.items() if v not in ("", None)})
    ended(context, title, f"部门：新设{title}", problems_of)


@app.command("rename", short_help="改名")
def rename(
    ctx: typer.Context, old: Name,
    new: Annotated[str, typer.Argument(metavar="新名称", help="新的名称")],
    since: Annotated[str, typer.Option("--from", metavar="日期", help="新名称自哪一天起；不写为今天")] = "",
) -> None:  # fmt: skip
    """改名：从哪一天起叫什么；转给旧名的照样签收，两个名称都查得到。

    \b
    例：shouwen department rename 审批科 行政审批服务科 --from 2026-07-01
    """
    context: Context = ctx.obj
    title = clean(new)
    rename_department(context, old, title, _day(context, since, "--from "))
    ended(context, title, f"部门：{old}改名{title}", problems_of)


@app.command("merge", short_help="并入另一部门")
def merge(
    ctx: typer.Context, old: Name,
    into: Annotated[str | None, typer.Option(metavar="部门", help="并入哪个部门", autocompletion=completers.departments)] = None,
    last: Annotated[str, typer.Option("--last-day", metavar="日期", help="原部门的最后一天；不写为今天")] = "",
) -> None:  # fmt: skip
    """并入：原部门到哪一天为止，未了的事和人都归并入的部门。

    \b
    例：shouwen department merge 农业站 --into 农业农村办 --last-day 2026-09-30
    """
    context: Context = ctx.obj
    target = context.department(into, "--into", "并入哪个部门")
    key = merge_department(context, old, target, _day(context, last, "--last-day "))
    ended(context, key, f"部门：{key}并入{target}", problems_of)
