"""overdue: every open inquiry whose clock has run out, with evidence and article."""

import os
import re
from datetime import datetime
from itertools import count
from typing import Annotated, Any

import typer
from msgspec import Struct, structs

from shouwen.core.errors import BadData, Conflict, Usage
from shouwen.render.overdue import (
    BY_EYE,
    COLUMNS,
    ITEM,
    beside,
    by_source,
    columns,
    page,
    report,
    total,
    waiting,
)
from shouwen.render.problems import unreadable_data
from shouwen.render.table import FORMATS, listing
from shouwen.services.follow_up import missed
from shouwen.services.inquiries import LIVE
from shouwen.services.letters import letters
from shouwen.services.overdue import Gathered, Wanted, gather
from shouwen.services.several import of_each, whose
from shouwen.store.atomic_files import read
from shouwen.terminal import completers
from shouwen.terminal.context import Context
from shouwen.terminal.ending import finish
from shouwen.terminal.lists import fit_screen
from shouwen.terminal.options import AsOf, AtRevision, Lake, Wide, format_option, only
from shouwen.terminal.output import write_private

MANY = 8  # offices from which a title counts them instead of naming them
ALL_FORMATS = (*FORMATS, "eml", "ics")


def overdue(  # noqa: C901 - a branch for each way to send it
    ctx: typer.Context,
    soon: Annotated[int | None, typer.Option(metavar="天数", min=0, help="连同还剩这么多个工作日的")] = None,
    department: Annotated[str, typer.Option(metavar="部门", help="现负责的部门", autocompletion=completers.departments)] = "",
    staff: Annotated[str, typer.Option(metavar="人员", help="现负责的人", autocompletion=completers.staff)] = "",
    mine: Annotated[bool, typer.Option("--mine", help="只看我的")] = False,
    by: Annotated[str, typer.Option("--by", metavar="分组", help="department 按部门，holder 按人，ledger 按单位", autocompletion=completers.of("department", "holder", "ledger"), callback=only("department", "holder", "ledger", what="分组"))] = "",
    strict_calendar: Annotated[bool, typer.Option("--strict-calendar", help="日历未公布的年份不推算，报错")] = False,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="有超期时退出码为 1")] = False,
    quiet_if_empty: Annotated[bool, typer.Option("--quiet-if-empty", help="没有超期时什么也不输出")] = False,
    to: Annotated[list[str] | None, typer.Option("--to", metavar="地址", help="邮件收件人，可写多次")] = None,
    sender: Annotated[str, typer.Option("--from", metavar="地址", help="邮件发件人")] = "shouwen@localhost",
    each: Annotated[str, typer.Option("--each", metavar="分组", help="每个责任人（holder）或部门（department）一封邮件", autocompletion=completers.of("department", "holder"), callback=only("department", "holder", what="分组"))] = "",
    outdir: Annotated[str, typer.Option("--outdir", metavar="目录", help="邮件写到这个目录，一封一个文件")] = "",
    lake: Lake = "",
    wide: Wide = False,
    as_of: AsOf = "",
    revision: AtRevision = "",
    format: Annotated[str, format_option(*ALL_FORMATS)] = "table",
) -> None:  # fmt: skip
    """超期报告：每一件时限已过的在办事项，写明条款和依据。

    读不出的记录单列一段，退出码为 5，绝不略过。举报和保密件只报件数。
    写几次 -L 就把几个台账并在一起。

    \b
    例：shouwen overdue
        shouwen overdue --soon 1 --by department
        shouwen overdue --format json --as-of 2026-11-23
        shouwen overdue --format eml --to ke@example.org --quiet-if-empty | sendmail -t -i
        shouwen overdue --format eml --each holder --outdir outbox/
        shouwen overdue --lake shujuhu --by ledger
        shouwen overdue --soon 3 --format ics > 到期.ics
    """
    context: Context = ctx.obj
    if format != "eml" and (to or each or outdir):
        raise Usage("--to、--each、--outdir 用于邮件：同时写 --format eml")
    wanted = Wanted(soon, staff, department, strict_calendar)
    if lake:
        if context.named or as_of or revision or mine or each:
            raise Usage("--lake 以导出的时刻为准，不知道是谁在看：不写 -L、--as-of、--at、--mine、--each")
        looked = _of_lake(lake, wanted)
    else:
        marked = format in ("json", "html", "markdown", "eml")
        looked = _of_ledgers(context, wanted, mine, as_of, revision, marked)
    found, late, footers, now = looked.found, looked.late, looked.footers, looked.now
    blocks = _beside(found)
    if late:  # whose they are stands in no mail
        lines = [] if format == "eml" else [f"{case}  {text}" for case, text in late]
        blocks.append((f"问责后续过期未做 {len(late)} 项（shouwen sanction list --missed）", lines))
    if looked.withheld:
        context.ui.say(
            f"数据湖里的问责后续不写是谁，按人、按部门查的不列（全部单位 {looked.withheld} 项，不写 --staff、--department 时列出）"
        )
    if looked.older:
        blocks.append((f"导出得比别的单位早，数字到那时为止：{'、'.join(looked.older)}", []))
    red = any(r["level"] == "红牌" for r in (*found.rows, *found.hidden))
    if found.rows or blocks or not quiet_if_empty:
        title = f"{looked.title}超期报告"
        footer = "；".join(footers)
        if format in ("json", "jsonl"):
            _data(context, looked, format)
        elif format == "eml" and each:
            _mail_each(context, found, each, outdir, sender, now, footers)
        elif format == "eml":
            if outdir:
                raise Usage("--outdir 与 --each 同用（每个责任人一封）")
            if not to:
                raise Usage("缺少 --to（邮件收件人）")
            context.ui.out(_made(title, found.rows, blocks, to, sender, by, now, footer, looked.several))
        elif format == "ics":
            from shouwen.render.calendar_events import calendar_text

            context.ui.out(calendar_text(title, waiting(found.rows, looked.several), now))
            _say(context, blocks)
        elif format == "html":
            context.ui.show(page(title, found.rows, blocks, by, now, footer, looked.several))
        elif format in BY_EYE:
            fit, shown, note = fit_screen(context.ui, found.rows, columns(looked.several), format, wide)
            text = report(fit, blocks, format, by, now, footer, shown)
            context.ui.show(text, by_eye=format != "markdown", wide=wide)
            if note:
                context.ui.say(note)
        else:
            context.ui.show(listing("overdue", found.rows, columns(looked.several), format))
            _say(context, blocks)
    finish(found.problems, 1 if exit_code and red else 0)


class LateReport(Struct):
    """What is late, where it was looked for, and as of when; ``several`` ledgers or offices.

    ``older`` are the offices of a lake that were exported before the others, ``withheld`` how many
    follow-ups a lake cannot tell whose they are.
    """

    found: Gathered
    late: list[tuple[str, str]]
    footers: list[str]
    now: datetime
    title: str
    several: bool
    revision: str | None = None
    older: list[str] = []
    withheld: int = 0


def _of_ledgers(
    context: Context, wanted: Wanted, mine: bool, as_of: str, revision: str, marked: bool
) -> LateReport:
    """Look through every ledger given."""
    every = context.each()
    for one in every if revision else ():
        one.go_to(revision)
    of = whose(every, mine, wanted.person, wanted.section, lambda one: one.as_of(as_of).date())

    def look(one: Context) -> tuple[Gathered, list[tuple[str, str]], str]:
        then = one.as_of(as_of)
        tally = one.ledger.tally() if marked else None
        here = structs.replace(wanted, person=of[one][0], section=of[one][1])
        got = gather(one, then, bool(as_of or revision), here, tally)
        after = missed(one, then, got.problems, *of[one])
        return got.placed(one.given) if context.several else got, after, one.anchor(tally) if tally else ""

    now = every[0].as_of(as_of)  # the report is dated in the zone of the first ledger
    title = "、".join(one.called for one in every)
    made = LateReport(Gathered(), [], [], now, title, context.several, every[0].revision)
    for got, after, footer in of_each(every, look, *LIVE):
        made.found.join(got)
        made.late += after
        made.footers += [footer] if footer else []
    return made


def _of_lake(root: str, wanted: Wanted) -> LateReport:
    """Look through every office of a lake, as of when it was exported."""
    from shouwen.services.lake import Lake as Facts

    facts = Facts(root)
    found, late = facts.overdue(wanted)
    names = [book.office for book in facts.books]
    title = "、".join(names) if len(names) < MANY else f"{len(names)} 个单位"
    withheld = len(facts.follow_ups()) - len(late)
    return LateReport(
        found, late, facts.footers(), facts.now, title, len(names) > 1, None, facts.older(), withheld
    )


def _data(context: Context, looked: LateReport, format: str) -> None:
    """Print JSON in its envelope, or one item a line with the rest as talk."""
    found, several, late = looked.found, looked.several, looked.late
    rows = sorted(found.rows, key=lambda r: (r["due"], r["id"], r["clock"]))
    items = [{k: row[k] for k in (*ITEM, *(("ledger",) if several else ()))} for row in rows]
    if format == "jsonl":
        context.ui.out(listing("overdue", items, COLUMNS, format))
        _say(context, _beside(found))
        return
    context.ui.out(
        listing(
            "overdue", items, COLUMNS, format, as_of=looked.now, revision=looked.revision,
            anchor=looked.footers, unreadable=unreadable_data(found.problems), disputes=found.disputes,
            confidential=len(found.hidden), by_source=by_source(found.rows), standing=[{k: v for k, v in d.items() if k != "text"} for d in found.standing],
            follow_ups=[{"sanction": case, "text": text} for case, text in late],
            not_judged=found.not_judged, done_late=[{k: v for k, v in d.items() if k != "text"} for d in found.done_late],
        )
    )  # fmt: skip


def _beside(found: Gathered) -> list[tuple[str, list[str]]]:
    return beside(
        found.disputes, found.hidden, found.problems, found.standing, found.not_judged, found.done_late
    )  # fmt: skip


def _say(context: Context, blocks: list[tuple[str, list[str]]]) -> None:
    for head, lines in blocks:
        context.ui.say("\n".join([head, *(f"  {line}" for line in lines)]))


def _made(
    title: str, rows: list[dict[str, Any]], blocks: list[Any], to: list[str], sender: str, by: str,
    now: datetime, footer: str, several: bool = False,
) -> str:  # fmt: skip
    """Return one message; the same report on the same day to the same people has the same Message-ID."""
    from shouwen.render.mail import message
    from shouwen.render.overdue_mail import html_part, text_part

    text = text_part(title, rows, blocks, by, now, footer, several)
    html = html_part(title, rows, blocks, by, now, footer, several)
    mark = title + report(rows, blocks, "plain", by, now.replace(hour=0, minute=0), footer)
    try:
        return message(f"{title}：{total(rows, now)}", sender, to, text, html, now, mark)
    except ValueError as error:
        raise Usage(str(error)) from None


def _mail_each(
    context: Context, found: Gathered, each: str, outdir: str, sender: str, now: datetime, footers: list[str]
) -> None:
    """Write a file for every person who can act, or every department; whoever has no address is said."""
    from shouwen.render.mail import address

    if not outdir:
        raise Usage("--each 要同时写 --outdir（邮件写到哪个目录）")
    missing: list[str] = []
    unwritten: list[str] = []
    for one, footer in zip(context.each(), footers, strict=True):
        office = one.ledger.office
        day = now.astimezone(one.ledger.zone).date()
        for letter in letters(found, office, one.called, each == "holder", day):
            about, person = letter.about, letter.person
            try:
                address(office.email(person))
            except ValueError:
                who = (
                    f"{about}（{office.name(person) or '没有负责人'}）"
                    if about != person
                    else office.name(person)
                )
                missing.append(f"{who} {len(letter.rows) + len(letter.hidden)} 项")
                continue
            text = _made(f"{one.called}超期报告", letter.rows, beside([], letter.hidden, found.problems),
                         [office.email(person)], sender, "", now, footer)  # fmt: skip
            whose = f"{one.called}-{about}" if context.several else about
            try:
                context.ui.out(_kept(context, outdir, f"{now:%Y%m%d}-{whose}", text) + "\n")
            except (BadData, Conflict) as error:
                unwritten.append(f"{whose}（{error}）")
    _say(context, beside(found.disputes, [], found.problems))
    if unwritten:
        others = f"；另有人没有邮箱：{'、'.join(missing)}" if missing else ""
        raise Conflict(f"有邮件没有写成（其余已写好）：{'；'.join(unwritten)}{others}")
    if missing:
        raise Conflict(
            "有人收不到邮件（其余已写好）；请在 staff.yaml 补上 email 或部门负责人：" + "、".join(missing)
        )


def _kept(context: Context, folder: str, name: str, text: str) -> str:
    """Return the path of the message in the folder; one that is there already is not written again."""
    mark = next(line for line in text.splitlines() if line.startswith("Message-ID: "))
    name = re.sub(r"[^\w.-]", "_", name)
    for n in count(1):
        path = os.path.join(folder, f"{name}{f'-{n}' if n > 1 else ''}.eml")
        if not os.path.lexists(path):
            write_private(context, path, text)
            return path
        if mark.encode() in read(path, path):
            context.ui.say(f"{path} 已有，内容相同，没有重写")
            return path
    raise AssertionError
