"""export 导出: the 台账 for a spreadsheet, or every record whole for analysis."""

from datetime import date, datetime
from typing import Annotated, Any

import typer
from msgspec import Struct, field

from shouwen.core.dates import parse_day
from shouwen.core.deadlines.clock import Clock
from shouwen.core.deadlines.clock_table import clocks
from shouwen.core.errors import Problem, Usage
from shouwen.core.inquiry.confidential import secret
from shouwen.core.inquiry.lifecycle import State
from shouwen.core.rulebook import Rules
from shouwen.core.transfer.record_export import LEDGER, TITLES, export_row, record
from shouwen.render.columns import plain, typed, widths
from shouwen.render.problems import unreadable_text
from shouwen.render.table import json_text, separated
from shouwen.services.reading import taken
from shouwen.services.recusal import Sight
from shouwen.terminal.context import Context
from shouwen.terminal.ending import finish
from shouwen.terminal.options import AsOf, format_option
from shouwen.terminal.output import must_be_free, write_private
from shouwen.terminal.progress import counted

FORMATS = ("csv", "xlsx", "jsonl")


class Found(Struct):
    """One inquiry to export: the ledger's context, its file, what it adds up to."""

    context: Context
    path: str
    rules: Rules
    state: State
    clocks: list[Clock]


class Taken(Struct):
    """What is exported, and what is only counted."""

    items: list[Found] = field(default_factory=list)
    hidden: int = 0
    problems: list[Problem] = field(default_factory=list)


def export(
    ctx: typer.Context,
    since: Annotated[str, typer.Option("--from", metavar="日期", help="受理自；不写为最早的")] = "",
    until: Annotated[str, typer.Option("--to", metavar="日期", help="受理至；不写为最近的")] = "",
    format: Annotated[str, format_option(*FORMATS)] = "",
    output: Annotated[str, typer.Option("--output", "-o", metavar="文件", help="写进文件（只本人可读），不覆盖已有的；格式可由扩展名定")] = "",
    reveal: Annotated[bool, typer.Option("--reveal", help="不遮盖姓名电话（只能写入 --output）")] = False,
    as_of: AsOf = "",
) -> None:  # fmt: skip
    """导出台账，连归档的一起：csv、xlsx 用表格软件打开，jsonl 一行一条整记录，供统计分析。

    姓名、电话遮盖；举报等保密件只报件数，任何格式都不导出。
    写几次 -L 就把几个台账并在一起。xlsx 要先装 shouwen[xlsx]。

    \b
    例：shouwen export --output 台账.xlsx
        shouwen export --from 2026-01-01 --to 2026-03-31 --output 一季度.csv
        shouwen export --output 全部.xlsx --reveal
        shouwen -L yiju -L erju export --format jsonl > quanbu.jsonl
    """
    context: Context = ctx.obj
    format = format or next((f for f in FORMATS if output.lower().endswith(f".{f}")), "csv")
    if reveal and not output:
        raise Usage("--reveal 只能与 --output 同用（写入只本人可读的文件）")
    if format == "xlsx" and not output:
        raise Usage("xlsx 要写进文件：加 --output 文件.xlsx")
    if output:
        must_be_free(output)
    found = Taken()
    for one in context.each():
        _gather(one, since, until, as_of, found)
    found.items.sort(key=lambda f: (f.state.inquiry.received, f.state.inquiry.id))
    content = _records(found, reveal) if format == "jsonl" else _sheet(context, found, format, reveal)
    if output:
        write_private(context, output, content)
    elif isinstance(content, str):  # a workbook goes to a file alone
        context.ui.out(content)
    context.ui.say(f"共导出 {len(found.items)} 件")
    if found.hidden:
        context.ui.say(f"另有保密件（举报等）{found.hidden} 件，不导出")
    if found.problems:
        context.ui.say(unreadable_text(found.problems))
    finish(found.problems)


def _gather(context: Context, since: str, until: str, as_of: str, found: Taken) -> None:
    """Gather the inquiries of one ledger taken in within the period, as of a moment."""
    ledger, now = context.ledger, context.as_of(as_of)
    first = parse_day(since, now.date(), "--from ") if since else date.min
    last = parse_day(until, now.date(), "--to ") if until else date.max
    if first > last:
        raise Usage(f"--from {first} 晚于 --to {last}")
    sight = Sight(context)
    for one, state in taken(context, found.problems, first, last, now, bool(as_of)):
        if secret(state.inquiry) or sight.blocked(state.inquiry):
            found.hidden += 1
            continue
        rules = ledger.rules(one.content.policy)
        found.items.append(Found(context, one.path, rules, state, clocks(rules, state, now)))


def _records(found: Taken, reveal: bool) -> str:
    return "".join(
        json_text(record(f.context.called, f.path, f.rules, f.state, f.clocks, reveal), indent=False)
        for f in found.items
    )


def _sheet(context: Context, found: Taken, format: str, reveal: bool) -> str | bytes:
    """Return the columns of the 台账 as CSV text or as a workbook."""
    titles = [*([LEDGER[1]] if context.several else []), *TITLES.values()]

    def values(one: Found) -> list[Any]:
        office = [one.context.called] if context.several else []
        return office + list(export_row(one.rules, one.state, one.clocks, reveal).values())

    if format == "csv":
        rows = [plain(values(f), f.context.ledger.zone) for f in found.items]
        # The mark by which a spreadsheet knows UTF-8; a screen needs none.
        return ("" if context.ui.terminal else "\ufeff") + separated(rows, titles, lines=True)
    from shouwen.store.spreadsheet import workbook

    made: list[tuple[list[str | datetime], int]] = [
        typed(values(f), f.context.ledger.zone) for f in found.items
    ]
    if cut := sum(n for _, n in made):
        context.ui.say(f"注意：有 {cut} 格文字超过表格软件的限度（32767 字），已截断")
    lines = [cells for cells, _ in made]
    return workbook("台账", titles, counted(lines, "已写"), widths(titles, lines))
