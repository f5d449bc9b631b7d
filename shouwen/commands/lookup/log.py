"""log 经过: who did what, over all inquiries, the newest first."""

from typing import Annotated, Any

import typer

from shouwen.core.dates import parse_day
from shouwen.core.inquiry.events import EVENTS
from shouwen.core.office.lookup import find_department, find_staff
from shouwen.core.vocabulary import choose
from shouwen.render.problems import unreadable_data, unreadable_text
from shouwen.render.table import FORMATS, listing
from shouwen.services.log import INTAKE, WantedActs, acts
from shouwen.terminal import completers
from shouwen.terminal.context import Context
from shouwen.terminal.ending import finish
from shouwen.terminal.lists import fit_screen
from shouwen.terminal.options import Wide, format_option

COLUMNS = (
    ("at", "时间"),
    ("who", "谁"),
    ("department", "部门"),
    ("do", "做了什么"),
    ("id", "编号"),
    ("subject", "事由"),
)
ITEM = ("at", "staff", "who", "department", "do", "id", "subject", "path", "line")
NEEDED = ("id", "do", "who", "at", "subject", "department")


def log(
    ctx: typer.Context,
    staff: Annotated[str, typer.Option(metavar="人员", help="只看谁做的", autocompletion=completers.staff)] = "",
    mine: Annotated[bool, typer.Option("--mine", help="只看我做的")] = False,
    department: Annotated[str, typer.Option(metavar="部门", help="只看哪个部门的人做的", autocompletion=completers.departments)] = "",
    do: Annotated[str, typer.Option("--do", metavar="动作", help="只看哪一种，如 受理、转办、办结", autocompletion=completers.of(INTAKE, *EVENTS))] = "",
    since: Annotated[str, typer.Option("--from", metavar="日期", help="自这一天起")] = "",
    until: Annotated[str, typer.Option("--to", metavar="日期", help="到这一天为止")] = "",
    number: Annotated[int, typer.Option("-n", "--number", metavar="几项", min=0, help="最多列几项；0 为全部")] = 30,
    archive: Annotated[bool, typer.Option("--archive", help="连归档的一起")] = False,
    wide: Wide = False,
    format: Annotated[str, format_option(*FORMATS)] = "table",
) -> None:  # fmt: skip
    """经过：谁在什么时候做了什么，新的在前。

    举报和保密件上的只报项数。

    \b
    例：shouwen log
        shouwen log --mine --from 周一
        shouwen log --do 转办 --department 审批科 -n 0 --format csv
    """
    context: Context = ctx.obj
    office, now = context.ledger.office, context.now
    found = acts(context, WantedActs(
        context.actor if mine else find_staff(office, staff, now.date()) if staff else "",
        find_department(office, department) if department else "",
        (choose(do, (INTAKE, *EVENTS), "动作"),) if do else (),
        parse_day(since, now.date(), "--from ", future=False) if since else None,
        parse_day(until, now.date(), "--to ") if until else None,
    ), archive)  # fmt: skip
    rows = found.rows[:number] if number else found.rows
    left = len(found.rows) - len(rows)
    note = ""
    if format in ("json", "jsonl"):
        envelope: dict[str, Any] = {"as_of": now, "revision": context.revision, "unreadable": unreadable_data(found.problems),
                    "confidential": found.hidden} if format == "json" else {}  # fmt: skip
        items = [{key: row["moment" if key == "at" else key] for key in ITEM} for row in rows]
        text = listing("log", items, COLUMNS, format, **envelope)
    else:
        rows, shown, note = fit_screen(context.ui, rows, COLUMNS, format, wide, NEEDED)
        text = listing("log", rows, shown, format)
    context.ui.show(text, by_eye=format in ("table", "plain"), wide=wide)
    for line in (note, f"还有更早的 {left} 项，用 -n 0 全部列出" if left else "",
                 f"另有保密件（举报等）上的 {found.hidden} 项，不在这里列出" if found.hidden else "",
                 "没有符合条件的经过" if not found.rows else "",
                 unreadable_text(found.problems) if found.problems else ""):  # fmt: skip
        if line:
            context.ui.say(line)
    finish(found.problems)
