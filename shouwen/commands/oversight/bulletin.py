"""bulletin: the period's figures (通报) beside those of the period before and a year ago."""

import os
import re
from datetime import datetime
from typing import Annotated

import typer
from msgspec import structs

from shouwen.core import date_range
from shouwen.core.date_range import DateRange
from shouwen.core.dates import FIRST, LAST, parse_day
from shouwen.core.errors import Problem, Usage
from shouwen.core.office.roster import Office
from shouwen.core.statistics.bulletin import Bulletin
from shouwen.render.bulletin.data import COLUMNS, as_json, flat, items
from shouwen.render.bulletin.members import EVERY_GROUP, blocks, members
from shouwen.render.bulletin.text import BY_EYE, Report, report_text
from shouwen.render.problems import unreadable_data, unreadable_text
from shouwen.render.table import FORMATS, listing
from shouwen.services.bulletin import empty, gather
from shouwen.services.inquiries import EVERYWHERE
from shouwen.services.several import of_each
from shouwen.terminal import completers
from shouwen.terminal.context import Context
from shouwen.terminal.ending import finish
from shouwen.terminal.options import AsOf, AtRevision, Lake, format_option, only
from shouwen.terminal.output import must_be_free, write_private

MANY = 8  # offices from which a title counts them instead of naming them


def bulletin(
    ctx: typer.Context,
    since: Annotated[str, typer.Option("--from", metavar="日期", help="自这一天起；不写期间为上月")] = "",
    until: Annotated[str, typer.Option("--to", metavar="日期", help="到这一天为止；不写为今天")] = "",
    month: Annotated[str, typer.Option("--month", metavar="年-月", help="这一个月，如 2026-10")] = "",
    year: Annotated[int | None, typer.Option("--year", metavar="年", help="这一年", min=FIRST + 2, max=LAST)] = None,
    by: Annotated[str, typer.Option("--by", metavar="分组", help="只看一种分组，列出全部指标：department 部门，category 类别，channel 渠道，staff 人员，ledger 单位", autocompletion=completers.of(*EVERY_GROUP), callback=only(*EVERY_GROUP, what="分组"))] = "",
    output: Annotated[str, typer.Option("--output", "-o", metavar="文件", help="写进文件（只本人可读），不覆盖已有的")] = "",
    lake: Lake = "",
    as_of: AsOf = "",
    revision: AtRevision = "",
    format: Annotated[str, format_option(*FORMATS)] = "table",
) -> None:  # fmt: skip
    """通报：一个时期的统计，按部门、类别、渠道、人员，并列上期和去年同期。

    不写期间为上月。每个比率都写出分子和分母；举报和保密件只报件数。
    整月与整月相比，其余期间与紧接在前的同样天数相比。
    读不出的记录单列一段，退出码为 5。写几次 -L 就把几个台账并在一起。

    \b
    例：shouwen bulletin
        shouwen bulletin --month 2026-10 --by department
        shouwen bulletin --year 2026 --format html --output 2026.html
        shouwen bulletin --from 2026-11-01 --to 2026-11-20 --format csv
        shouwen bulletin --lake shujuhu --month 2026-10 --by ledger
    """
    context: Context = ctx.obj
    if output:
        must_be_free(output)
    if lake:
        report, problems = _of_lake(context, lake, (since, until, month, year), as_of or revision)
        revised = None
    else:
        report, problems = _of_ledgers(context, (since, until, month, year), as_of, revision)
        revised = context.each()[0].revision
    if format == "json":
        text = as_json(report, by, revised, unreadable_data(problems))
    elif format == "html":
        from shouwen.render.bulletin.html import page

        text = page(report, by)
    elif format in BY_EYE:
        text = report_text(report, by, format, 0 if output else context.ui.columns)
    else:
        rows = items(report, by) if format == "jsonl" else flat(report, by)
        text = listing("bulletin", rows, COLUMNS, format)
    if output:
        write_private(context, output, text)
    else:
        context.ui.show(text, by_eye=format in ("table", "plain"))
    if problems and (output or format not in BY_EYE):
        context.ui.say(unreadable_text(problems))
    finish(problems)


Asked = tuple[str, str, str, int | None]  # --from, --to, --month, --year


def _of_ledgers(context: Context, asked: Asked, as_of: str, revision: str) -> tuple[Report, list[Problem]]:
    """Return the report of every ledger given, and what could not be read."""
    each = context.each()
    for one in each if revision else ():
        one.go_to(revision)
    now = each[0].as_of(as_of)  # the bulletin is dated in the zone of the first ledger
    made = empty(_period(*asked, now))
    problems: list[Problem] = []
    offices: dict[str, Office] = {}
    footers: list[str] = []
    for one, (part, unread, footer) in zip(each, _parts(context, made["current"].period, as_of), strict=True):
        offices[one.called] = one.ledger.office
        for name, figures in part.items():
            made[name].put(figures)
        problems += unread
        footers.append(footer)
    beside = blocks(made, problems)
    return Report("、".join(offices), now, made, members(made, offices), beside, footers), problems


def _of_lake(context: Context, root: str, asked: Asked, moment: str) -> tuple[Report, list[Problem]]:
    """Return the report of every office in a lake, and what of it is missing, torn or newer."""
    from shouwen.services.lake import Lake as Facts
    from shouwen.services.lake import Named

    if context.named or moment:
        raise Usage("--lake 的数字以导出的时刻为准：不写 -L、--as-of、--at")
    facts = Facts(root)
    made = empty(_period(*asked, facts.now))
    facts.bulletin(made)
    offices = {book.office: Named(book.people) for book in facts.books}
    beside = blocks(made, facts.problems)
    if older := facts.older():
        beside.append((f"导出得比别的单位早，数字到那时为止：{'、'.join(older)}", []))
    title = "、".join(offices) if len(offices) < MANY else f"{len(offices)} 个单位"
    return Report(title, facts.now, made, members(made, offices), beside, facts.footers()), facts.problems


def _parts(
    context: Context, period: DateRange, as_of: str
) -> list[tuple[dict[str, Bulletin], list[Problem], str]]:
    """Return (figures, what could not be read, footer) of every ledger given."""

    def look(one: Context) -> tuple[dict[str, Bulletin], list[Problem], str]:
        part = empty(period)
        unread: list[Problem] = []
        tally = one.ledger.tally()
        gather(one, part, one.as_of(as_of), unread, tally)
        if context.several:
            unread = [structs.replace(p, path=os.path.join(one.given, p.path)) for p in unread]
        return part, unread, one.anchor(tally)

    return of_each(context.each(), look, *EVERYWHERE)


def _period(since: str, until: str, month: str, year: int | None, now: datetime) -> DateRange:
    """Return the period asked for; last month without any. Usage for two at once, or one yet to come."""
    if sum(map(bool, (since or until, month, year))) > 1:
        raise Usage("--from/--to、--month、--year 只写一种")
    today = now.date()
    if month:
        found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})月?", month.strip())
        if not found or not 1 <= int(found[2]) <= 12 or not FIRST + 2 <= int(found[1]) <= LAST:
            raise Usage(f"--month“{month}”看不懂；写成 2026-10")
        period = date_range.month(int(found[1]), int(found[2]))
    elif year:
        period = date_range.whole_year(year)
    elif since or until:
        if not since:
            raise Usage("--to 要与 --from 同写")
        first = parse_day(since, today, "--from ")
        period = DateRange(first, parse_day(until, today, "--to ") if until else max(first, today))
        if first > period.last:
            raise Usage(f"--from {first} 晚于 --to {period.last}")
    else:
        period = date_range.last_month(today)
    if period.first > today:
        raise Usage(f"{period} 还没有开始")
    return period
