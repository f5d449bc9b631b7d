"""calendar: which years are known, counting working days, importing a year's arrangement."""

import os
from datetime import time
from typing import Annotated

import typer

from shouwen.core.dates import parse, parse_day
from shouwen.core.errors import Conflict, NotFound, Refused, Usage
from shouwen.core.vocabulary import clean
from shouwen.render.table import FORMATS
from shouwen.store.atomic_files import create, lock, read
from shouwen.store.holiday_cn import change_file, year_file
from shouwen.store.placing import place
from shouwen.store.settings import calendar_files
from shouwen.terminal.context import Context
from shouwen.terminal.lists import show_listing
from shouwen.terminal.options import format_option

app = typer.Typer(help="工作日历：已知年份、推算工作日、录入放假安排。")
Day = Annotated[str, typer.Argument(metavar="日期", help="如 2026-11-23")]
COLUMNS = (("year", "年"), ("source", "来源"), ("off", "放假"), ("work", "补班"), ("workdays", "工作日"))


@app.command("show", short_help="已知的年份和调休")
def show(
    ctx: typer.Context,
    year: Annotated[int, typer.Argument(metavar="[年]", help="只看这一年的调休上班日和放假日")] = 0,
    format: Annotated[str, format_option(*FORMATS)] = "table",
) -> None:
    """哪些年份的放假安排已知；没有的年份按周一至周五减固定节日推算，并标明暂定。

    \b
    例：shouwen calendar show
        shouwen calendar show 2026
    """
    context: Context = ctx.obj
    from datetime import date, timedelta

    calendar = context.ledger.calendar
    files = calendar_files(context.ledger.root)
    own: dict[int, str] = {}
    for path, found in files:
        told = [own[found.year]] if found.year in own else []
        own[found.year] = "；".join([*told, found.source or path])
    years = [year] if year else sorted({context.now.year - 1, context.now.year, context.now.year + 1, *own})
    rows = []
    for y in years:
        if not 1900 <= y <= 2199:
            raise Usage(f"没有 {y} 年")
        days = [
            date(y, 1, 1) + timedelta(days=n)
            for n in range(366)
            if (date(y, 1, 1) + timedelta(days=n)).year == y
        ]
        weekday = [d for d in days if d.weekday() < 5]
        off = [d for d in weekday if not calendar.is_workday(d)]
        work = [d for d in days if d.weekday() >= 5 and calendar.is_workday(d)]
        source = own.get(y, "chinesecalendar")
        rows.append({
            "year": y, "source": source if y in calendar.covered else "未公布，推算（暂定）",
            "off": list(map(str, off)) if year else len(off), "work": list(map(str, work)),
            "workdays": sum(map(calendar.is_workday, days)),
        })  # fmt: skip
    show_listing(context.ui, "calendar", rows, COLUMNS, format)


@app.command("add", short_help="某日之后第几个工作日")
def add(
    ctx: typer.Context,
    day: Day,
    count: Annotated[int, typer.Argument(metavar="天数", min=1, max=9999, help="几个工作日")],
) -> None:
    """某日之后第几个工作日是哪天（次日起算）。

    \b
    例：shouwen calendar add 2026-02-12 5
    """
    context: Context = ctx.obj
    calendar = context.ledger.calendar
    start = parse_day(day, context.now.date())
    end = calendar.after(start, count)
    context.ui.out(f"{end}\n")
    if calendar.provisional(start, end):
        context.ui.say("暂定：涉及的年份放假安排尚未公布")


@app.command("between", short_help="两日之间有几个工作日")
def between(
    ctx: typer.Context,
    start: Annotated[str, typer.Argument(metavar="起日", help="如 2026-01-01")],
    end: Annotated[str, typer.Argument(metavar="止日", help="如 2026-12-31")],
) -> None:
    """前一日之后、到后一日为止有几个工作日。

    \b
    例：shouwen calendar between 2026-01-01 2026-12-31
    """
    context: Context = ctx.obj
    calendar = context.ledger.calendar
    a, b = (parse_day(d, context.now.date()) for d in (start, end))
    context.ui.out(f"{calendar.between(a, b)}\n")
    if calendar.provisional(min(a, b), max(a, b)):
        context.ui.say("暂定：涉及的年份放假安排尚未公布")


@app.command("change", short_help="另行公布的放假或上班")
def change(
    ctx: typer.Context,
    days: Annotated[list[str], typer.Argument(metavar="日期…", help="同一年的一天或几天，如 2026-08-13")],
    off: Annotated[bool, typer.Option("--off", help="这些天放假")] = False,
    work: Annotated[bool, typer.Option("--work", help="这些天上班")] = False,
    source: Annotated[str, typer.Option("--source", metavar="文号", help="依据的通知")] = "",
    since: Annotated[str, typer.Option("--since", metavar="时间", help="何时公布的，缺省是现在")] = "",
) -> None:
    """安排公布以后另行改的日子，写成 calendar/ 里的一个文件，连同公布的时间；公布以前期满的时限判定不变。

    \b
    例：shouwen calendar change 2026-08-13 --off --source 防汛指挥部通告
        shouwen calendar change 2026-08-15 --work --since "08-12 16:00"
    """
    context: Context = ctx.obj
    if off == work:
        raise Usage("写 --off（放假）或 --work（上班），二者选一")
    now = context.now
    at = parse(since, now, alone=lambda day: time()) if since else now
    if at > now:
        raise Usage("公布的时间（--since）晚于现在")
    found = sorted({parse_day(day, now.date()) for day in days})
    if len({day.year for day in found}) > 1:
        raise Usage("一次只写同一年的日子，几年分几次写")
    calendar = context.ledger.calendar
    if all(calendar.is_workday(day) == work for day in found):
        raise Refused("这些日子已经是这样，没有可改的")
    said = clean(context.ui.ask(source or None, "--source", "依据的通知"))
    data = change_file(found, off, at, said)
    _write(context, f"{found[0].year}-{at:%m%d-%H%M}", data, "同一分钟已有一个，隔一分钟再写")


@app.command("import", short_help="录入 holiday-cn 格式的一年")
def import_(
    ctx: typer.Context, file: Annotated[str, typer.Argument(metavar="文件", help="holiday-cn 的 JSON 文件")]
) -> None:
    """录入一年的放假安排（holiday-cn 的 JSON），写成 calendar/年.yaml；节日不全的，这一年仍是暂定。

    \b
    例：shouwen calendar import 2027.json
    """
    context: Context = ctx.obj
    try:
        raw = read(os.path.realpath(file), file)
    except FileNotFoundError:
        raise NotFound(f"{file}: 没有这个文件") from None
    year, data, missing = year_file(raw, file)
    _write(context, str(year), data, "已有这个文件，没有覆盖；先移走再录入")
    if missing:
        context.ui.say(
            f"没有{'、'.join(missing)}，不是全年的安排：{year} 年仍标“暂定”；写全后把 complete 改为 true"
        )


def _write(context: Context, name: str, data: bytes, there: str) -> None:
    """Make a file of the calendar and say its path; ``there`` says what to do where one of that name is there already."""
    path = f"calendar/{name}.yaml"
    try:
        with lock(context.ledger.root):
            create(place(context.ledger.root, path), data, path, shared=True)
    except FileExistsError:
        raise Conflict(f"{path}: {there}") from None
    context.ui.out(path + "\n")
