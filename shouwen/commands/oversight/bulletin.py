"""bulletin: the period's figures (通报) beside those of the period before and a year ago."""

import re
from datetime import datetime
from typing import Annotated

import typer

from shouwen.core import date_range
from shouwen.core.accountability.lifecycle import replay_case
from shouwen.core.date_range import DateRange
from shouwen.core.dates import FIRST, LAST, parse_day
from shouwen.core.deadlines.clock_table import clocks
from shouwen.core.errors import Problem, Usage
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.office.roster import Office
from shouwen.core.statistics.bulletin import GROUPS, Bulletin, Figures, put_right
from shouwen.render.bulletin.data import COLUMNS, as_json, flat, items
from shouwen.render.bulletin.text import BY_EYE, NAMES, PERIOD_NAMES, PERIODS, Member, Report, report_text
from shouwen.render.table import FORMATS, listing
from shouwen.store.ledger import Tally
from shouwen.terminal import completers
from shouwen.terminal.context import Context
from shouwen.terminal.options import AsOf, AtRevision, format_option, only
from shouwen.terminal.output import must_be_free, write_private
from shouwen.terminal.reading import finish, readable, unreadable_data, unreadable_text

_ALL = (*GROUPS, "ledger")


def bulletin(
    ctx: typer.Context,
    since: Annotated[str, typer.Option("--from", metavar="日期", help="自这一天起；不写期间为上月")] = "",
    until: Annotated[str, typer.Option("--to", metavar="日期", help="到这一天为止；不写为今天")] = "",
    month: Annotated[str, typer.Option("--month", metavar="年-月", help="这一个月，如 2026-10")] = "",
    year: Annotated[int | None, typer.Option("--year", metavar="年", help="这一年", min=FIRST + 2, max=LAST)] = None,
    by: Annotated[str, typer.Option("--by", metavar="分组", help="只看一种分组，列出全部指标：department 部门，category 类别，channel 渠道，staff 人员，ledger 单位", autocompletion=completers.of(*_ALL), callback=only(*_ALL, what="分组"))] = "",
    output: Annotated[str, typer.Option("--output", "-o", metavar="文件", help="写进文件（只本人可读），不覆盖已有的")] = "",
    as_of: AsOf = "",
    revision: AtRevision = "",
    format: format_option(*FORMATS) = "table",
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
    """
    context: Context = ctx.obj
    if output:
        must_be_free(output)
    problems: list[Problem] = []
    offices: dict[str, Office] = {}
    footers: list[str] = []
    made: dict[str, Bulletin] = {}
    for one in context.each():
        if revision:
            one.go_to(revision)
        now = one.as_of(as_of)
        made = made or _empty(_period(since, until, month, year, now))
        offices[one.called] = one.ledger.office
        tally = one.ledger.tally()
        _gather(one, one.called, made, now, problems, tally)
        footers.append(one.anchor(tally))
    blocks = _blocks(made, problems)
    report = Report("、".join(offices), now, made, _members(made, offices), blocks, footers)
    if format == "json":
        text = as_json(report, by, context.each()[0].revision, unreadable_data(problems))
    elif format == "html":
        from shouwen.render.bulletin.html import page

        text = page(report, by)
    elif format in BY_EYE:
        text = report_text(report, by, format)
    else:
        rows = items(report, by) if format == "jsonl" else flat(report, by)
        text = listing("bulletin", rows, COLUMNS, format)
    if output:
        write_private(context, output, text)
    else:
        context.ui.out(text)
    if problems and (output or format not in BY_EYE):
        context.ui.say(unreadable_text(problems))
    finish(problems)


def _period(since: str, until: str, month: str, year: int | None, now: datetime) -> DateRange:
    """The period asked for; last month without any. Usage for two at once, or one yet to come."""
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


def _empty(current: DateRange) -> dict[str, Bulletin]:
    days = (current, date_range.before(current), date_range.year_earlier(current))
    return {name: Bulletin(period) for name, period in zip(PERIODS, days, strict=True)}


def _gather(
    context: Context,
    label: str,
    made: dict[str, Bulletin],
    now: datetime,
    problems: list[Problem],
    tally: Tally,
) -> None:
    """Add one ledger's inquiries and cases to every period, each as it stood at the period's end."""
    ledger = context.ledger
    ends = [(each, each.period.end(now)) for each in made.values()]
    for record in readable(context, problems, "inquiries", "archive", tally=tally):
        inquiry = put_right(record.content, now)
        rules = ledger.rules(inquiry.policy)
        latest = replay(inquiry, until=now)
        for each, end in ends:
            if inquiry.received <= end and not each.over(rules, latest):
                state = replay(inquiry, until=end)
                each.add(label, rules, state, clocks(rules, state, end))
    for record in readable(context, problems, "sanctions", tally=tally):
        for each, end in ends:
            if record.content.reported <= end:
                state = replay_case(record.content, until=end)
                each.add_case(label, ledger.policy(record.content.policy), ledger.office, state)


def _members(made: dict[str, Bulletin], offices: dict[str, Office]) -> list[Member]:
    """Everybody and everything that has figures in any of the periods, named for people."""
    whole = {period: each.total for period, each in made.items()}
    found = [Member("total", "", "", NAMES["total"], whole)]
    for group in _ALL:
        places = sorted({place for each in made.values() for place in each.groups[group]})
        for ledger, key in places:
            figures = {p: each.groups[group].get((ledger, key), Figures()) for p, each in made.items()}
            name = key
            if group == "staff":
                names = [offices[ledger].name(k) for place, k in places if place == ledger]
                name = offices[ledger].name(key)
                name += f"（{key}）" if names.count(name) > 1 else ""
            if ledger and len(offices) > 1:
                name = f"{ledger} {name}"
            found.append(Member(group, ledger, key, name, figures))
    return found


def _blocks(made: dict[str, Bulletin], problems: list[Problem]) -> list[tuple[str, list[str]]]:
    """What stands beside the figures: secret inquiries counted, unreadable files listed."""
    blocks = []
    if any(each.confidential for each in made.values()):
        counts = "，".join(f"{PERIOD_NAMES[p]} {each.confidential} 件" for p, each in made.items())
        blocks.append((f"涉密件（举报等）期内受理、办结或期末在办：{counts}，不计入以上各项", []))
    if problems:
        files = len({p.path for p in problems})
        head = f"读不出的文件 {files} 个（没有计入，修好后请重新运行）："
        blocks.append((head, [str(p) for p in problems]))
    return blocks
