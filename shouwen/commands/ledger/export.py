"""export 导出: the 台账 for a spreadsheet, or every record whole for analysis."""

from collections.abc import Iterable, Iterator
from datetime import date
from operator import itemgetter
from typing import Annotated, Any, NoReturn

import typer
from msgspec import Struct

from shouwen.core.dates import parse_day
from shouwen.core.errors import Problem, Usage
from shouwen.core.transfer.record_export import LEDGER, TITLES, export_row, record
from shouwen.render.calendar_events import calendar_text
from shouwen.render.columns import plain, typed, widths
from shouwen.render.problems import unreadable_text
from shouwen.render.table import json_text, separated
from shouwen.services.export import Left, ToExport, exportable, waiting
from shouwen.store.spool import Spool
from shouwen.terminal.context import Context
from shouwen.terminal.ending import finish
from shouwen.terminal.options import AsOf, format_option
from shouwen.terminal.output import must_be_free, write_private
from shouwen.terminal.progress import counted

FORMATS = ("csv", "xlsx", "jsonl", "ics", "parquet")


class WantedExport(Struct):
    """What is exported: of which ledgers, from when to when, as of what moment, masked or not."""

    context: Context
    since: str
    until: str
    as_of: str
    reveal: bool


def export(
    ctx: typer.Context,
    folder: Annotated[str, typer.Argument(metavar="[目录]", help="数据湖的目录（只用于 parquet），没有就新建")] = "",
    since: Annotated[str, typer.Option("--from", metavar="日期", help="受理自；不写为最早的")] = "",
    until: Annotated[str, typer.Option("--to", metavar="日期", help="受理至；不写为最近的")] = "",
    format: Annotated[str, format_option(*FORMATS)] = "",
    output: Annotated[str, typer.Option("--output", "-o", metavar="文件", help="写进文件（只本人可读），不覆盖已有的；格式可由扩展名定")] = "",
    reveal: Annotated[bool, typer.Option("--reveal", help="不遮盖姓名电话（只能写入 --output）")] = False,
    as_of: AsOf = "",
) -> None:  # fmt: skip
    """导出台账，连归档的一起：csv、xlsx 用表格软件打开，jsonl 一行一条整记录，供统计分析，ics 把期限放进日历。

    parquet 把事实写进数据湖（目录），按单位、年、月分区，每夜再导只写有变化的；多个单位的报告用
    bulletin --lake、overdue --lake。要先装 shouwen[lake]。

    姓名、电话遮盖；举报等保密件只报件数，任何格式都不导出。
    写几次 -L 就把几个台账并在一起。xlsx 要先装 shouwen[xlsx]。

    \b
    例：shouwen export --output 台账.xlsx
        shouwen export --from 2026-01-01 --to 2026-03-31 --output 一季度.csv
        shouwen export --output 全部.xlsx --reveal
        shouwen export --output 到期.ics
        shouwen -L yiju -L erju export --format jsonl > quanbu.jsonl
        shouwen -L yiju -L erju export --format parquet shujuhu
    """
    context: Context = ctx.obj
    if format == "parquet" or folder:
        if format != "parquet":
            raise Usage("目录只用于 --format parquet；写进文件用 --output")
        whole = not (since or until or reveal)
        _lake(context, folder if whole and not output else output if whole and not folder else "", as_of)
    format = format or next((f for f in FORMATS if output.lower().endswith(f".{f}")), "csv")
    if reveal and not output:
        raise Usage("--reveal 只能与 --output 同用（写入只本人可读的文件）")
    if format == "xlsx" and not output:
        raise Usage("xlsx 要写进文件：加 --output 文件.xlsx")
    if output:
        must_be_free(output)
    left, wanted = Left(), WantedExport(context, since, until, as_of, reveal)
    with Spool(_head(context) if format == "csv" else b"") as spool:
        content: Iterable[bytes]
        if format == "ics":
            said, content = _calendar(wanted, left)
        elif format == "xlsx":
            said, content = _workbook(wanted, left)
        else:
            said, content = _fill(spool, wanted, left, format == "csv"), spool
        if output:
            write_private(context, output, content)
        else:
            for piece in content:
                context.ui.out(piece.decode())
    context.ui.say(said)
    if left.hidden:
        context.ui.say(f"另有保密件（举报等）{left.hidden} 件，不导出")
    if left.problems:
        context.ui.say(unreadable_text(left.problems))
    finish(left.problems)


def _lake(context: Context, root: str, as_of: str) -> NoReturn:
    """Put the facts of every ledger into a lake, each whole or not at all."""
    from shouwen.services.lake_export import put

    if not root:
        raise Usage("parquet 写进一个目录，总是全部、遮盖的：shouwen export --format parquet 目录")
    problems: list[Problem] = []
    for one in context.each():
        book, unread = put(one, root, one.as_of(as_of), bool(as_of), one.revision)
        rows = sum(part.rows for part in book.parts)
        context.ui.say(f"{book.office}：{book.records} 件，{rows} 行，{len(book.parts)} 个文件 → {root}")
        problems += unread
    if problems:
        context.ui.say(unreadable_text(problems))
    finish(problems)


def _found(wanted: WantedExport, left: Left) -> Iterator[ToExport]:
    """Return the inquiries of every ledger taken in within the period, as of a moment, one after the other."""
    for one in wanted.context.each():
        now = one.as_of(wanted.as_of)
        first = parse_day(wanted.since, now.date(), "--from ") if wanted.since else date.min
        last = parse_day(wanted.until, now.date(), "--to ") if wanted.until else date.max
        if first > last:
            raise Usage(f"--from {first} 晚于 --to {last}")
        yield from exportable(one, first, last, now, bool(wanted.as_of), left, wanted.reveal)


def _cells(wanted: WantedExport, found: ToExport) -> list[Any]:
    office = [found.desk.called] if wanted.context.several else []
    return office + list(export_row(found.rules, found.state, found.clocks, wanted.reveal).values())


def _titles(context: Context) -> list[str]:
    return [*([LEDGER[1]] if context.several else []), *TITLES.values()]


def _head(context: Context) -> bytes:
    # The mark by which a spreadsheet knows UTF-8; a screen needs none.
    mark = "" if context.ui.terminal else "\ufeff"
    return (mark + separated([], _titles(context), lines=True)).encode()


def _fill(spool: Spool, wanted: WantedExport, left: Left, sheet: bool) -> str:
    """Put in the rows of the 台账 as CSV, or a record whole on each line; say how many."""
    for f in _found(wanted, left):
        if sheet:
            row = plain(_cells(wanted, f), f.rules.calendar.zone)
            text = separated([row], [], lines=True)
        else:
            whole = record(f.desk.called, f.path, f.rules, f.state, f.clocks, wanted.reveal)
            text = json_text(whole, indent=False)
        spool.add((*f.order, len(spool)), text.encode())
    return f"共导出 {len(spool)} 件"


def _workbook(wanted: WantedExport, left: Left) -> tuple[str, list[bytes]]:
    """Return the same rows as a workbook."""
    from shouwen.store.spreadsheet import workbook

    made = [(f.order, *typed(_cells(wanted, f), f.rules.calendar.zone)) for f in _found(wanted, left)]
    made.sort(key=itemgetter(0))
    if cut := sum(n for *_, n in made):
        wanted.context.ui.say(f"注意：有 {cut} 格文字超过表格软件的限度（32767 字），已截断")
    rows, titles = [cells for _, cells, _ in made], _titles(wanted.context)
    return f"共导出 {len(rows)} 件", [workbook("台账", titles, counted(rows, "已写"), widths(titles, rows))]


def _calendar(wanted: WantedExport, left: Left) -> tuple[str, list[bytes]]:
    """Return what is open and due, for a calendar; the rest is only counted."""
    context = wanted.context
    found = [waiting(f, context.several) for f in _found(wanted, left)]
    events = [each for each in found if each]
    said = f"共导出 {len(events)} 件"
    if len(found) > len(events):
        said += f"（{len(found) - len(events)} 件已办结或没有在走的时限，不在日历里）"
    name = "、".join(one.called for one in context.each())
    text = calendar_text(f"{name}到期", events, context.each()[0].as_of(wanted.as_of))
    return said, [text.encode()]
