"""stats 我的: a person's own figures of this week, beside those of the days before."""

from datetime import timedelta
from typing import Annotated, Any

import typer

from shouwen.core.date_range import DateRange
from shouwen.core.dates import parse_day
from shouwen.core.errors import Problem, Usage
from shouwen.core.office.lookup import find_staff
from shouwen.render.bulletin.members import members
from shouwen.render.bulletin.text import SETS, TITLES, shown, unit
from shouwen.render.problems import unreadable_data, unreadable_text
from shouwen.render.table import FORMATS, listing
from shouwen.services.bulletin import empty, gather
from shouwen.terminal import completers
from shouwen.terminal.context import Context
from shouwen.terminal.ending import finish
from shouwen.terminal.lists import show_listing
from shouwen.terminal.options import format_option

COLUMNS = (("name", "指标"), ("current", "本期"), ("previous", "上期"), ("means", "口径"))
BY_EYE = ("table", "plain", "markdown")


def stats(
    ctx: typer.Context,
    staff: Annotated[str, typer.Option(metavar="人员", help="谁的；不写为本人", autocompletion=completers.staff)] = "",
    since: Annotated[str, typer.Option("--from", metavar="日期", help="自这一天起；不写为本周一")] = "",
    until: Annotated[str, typer.Option("--to", metavar="日期", help="到这一天为止；不写为今天")] = "",
    format: Annotated[str, format_option(*FORMATS)] = "table",
) -> None:  # fmt: skip
    """我的数字：一个人本周受理、办结、超期等，并列紧接在前的同样天数。

    口径与 shouwen bulletin 相同；没有可计的不列。

    \b
    例：shouwen stats
        shouwen stats --staff 王芳 --from 2026-11-01 --to 2026-11-30
    """
    context: Context = ctx.obj
    office, now = context.ledger.office, context.now
    person = find_staff(office, staff, now.date()) if staff else context.actor
    today = now.date()
    first = (
        parse_day(since, today, "--from ", future=False) if since else today - timedelta(days=today.weekday())
    )
    last = parse_day(until, today, "--to ") if until else max(first, today)
    if first > last or first > today:
        raise Usage(f"期间 {first} 至 {last} 颠倒或还没有开始")
    made, problems = empty(DateRange(first, last)), list[Problem]()
    gather(context, made, now, problems, context.ledger.tally())
    own = [m for m in members(made, {context.called: office}) if m.group == "staff" and m.key == person]
    rows = [
        {"key": name, "name": unit(name), "current": shown(one.figures["current"], name),
         "previous": shown(one.figures["previous"], name), "means": TITLES[name][1]}
        for one in own for _, names in SETS for name in names
        if any(shown(one.figures[p], name).split(" ")[0] not in ("0", "—") for p in ("current", "previous"))
    ]  # fmt: skip
    if format in BY_EYE:
        before = made["previous"].period
        context.ui.text(
            f"{office.name(person)}  {first} 至 {last}（上期 {before.first} 至 {before.last}）\n\n"
        )
        if rows:
            show_listing(context.ui, "stats", rows, COLUMNS[:3], format)
        else:
            context.ui.text("没有可计的。\n")
    else:
        data: dict[str, Any] = {
            "staff": person,
            "from": first,
            "to": last,
            "as_of": now,
            "unreadable": unreadable_data(problems),
        }
        context.ui.out(listing("stats", rows, COLUMNS, format, **(data if format == "json" else {})))
    if problems:
        context.ui.say(unreadable_text(problems))
    finish(problems)
