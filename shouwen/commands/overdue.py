"""overdue: every open inquiry whose clock has run out, with evidence and article."""

import os
from datetime import datetime
from typing import Annotated

import typer

from shouwen.commands import complete
from shouwen.commands.late import Gathered, Wanted, gather
from shouwen.commands.options import AsOf, AtRevision, form, only
from shouwen.commands.output import write_private
from shouwen.commands.reading import finish, unreadable_data
from shouwen.commands.session import Session
from shouwen.core.errors import Conflict, Usage
from shouwen.core.moves import find_department, find_staff
from shouwen.text.late import BY_EYE, COLUMNS, ITEM, beside, page, report, total
from shouwen.text.table import FORMATS, listing

ALL_FORMS = (*FORMATS, "eml")


def overdue(
    ctx: typer.Context,
    soon: Annotated[int | None, typer.Option(metavar="天数", min=0, help="连同还剩这么多个工作日的")] = None,
    department: Annotated[str, typer.Option(metavar="部门", help="现负责的部门", autocompletion=complete.departments)] = "",
    staff: Annotated[str, typer.Option(metavar="人员", help="现负责的人", autocompletion=complete.staff)] = "",
    mine: Annotated[bool, typer.Option("--mine", help="只看我的")] = False,
    by: Annotated[str, typer.Option("--by", metavar="分组", help="department 按部门，holder 按人，ledger 按单位", autocompletion=complete.of("department", "holder", "ledger"), callback=only("department", "holder", "ledger", what="分组"))] = "",
    strict_calendar: Annotated[bool, typer.Option("--strict-calendar", help="日历未公布的年份不推算，报错")] = False,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="有超期时退出码为 1")] = False,
    quiet_if_empty: Annotated[bool, typer.Option("--quiet-if-empty", help="没有超期时什么也不输出")] = False,
    to: Annotated[list[str] | None, typer.Option("--to", metavar="地址", help="邮件收件人，可写多次")] = None,
    sender: Annotated[str, typer.Option("--from", metavar="地址", help="邮件发件人")] = "shouwen@localhost",
    each: Annotated[str, typer.Option("--each", metavar="分组", help="每个责任人（holder）或部门（department）一封邮件", autocompletion=complete.of("department", "holder"), callback=only("department", "holder", what="分组"))] = "",
    outdir: Annotated[str, typer.Option("--outdir", metavar="目录", help="邮件写到这个目录，一封一个文件")] = "",
    as_of: AsOf = "",
    revision: AtRevision = "",
    form: form(*ALL_FORMS) = "table",
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
    """
    session: Session = ctx.obj
    found, footers = Gathered(), []
    marked = form in ("json", "html", "markdown", "eml")
    for one in session.each():
        if revision:
            one.go_to(revision)
        now = one.as_of(as_of)
        office = one.ledger.office
        person = one.actor if mine else find_staff(office, staff) if staff else ""
        section = find_department(office, department) if department else ""
        tally = one.ledger.tally() if marked else None
        wanted = Wanted(soon, person, section, strict_calendar)
        got = gather(one, now, bool(as_of or revision), wanted, tally)
        found.add(got.placed(one.given) if session.several else got)
        if tally:
            footers.append(one.anchor(tally))
    blocks = beside(found.disputes, found.hidden, found.problems)
    red = any(r["level"] == "红牌" for r in found.rows)
    if form in ("json", "jsonl"):
        _data(session, found, form, now, footers)
    elif found.rows or blocks or not quiet_if_empty:
        title = f"{'、'.join(s.ledger.office.config.name for s in session.each())}超期报告"
        footer = "；".join(footers)
        if form == "eml":
            _mail(session, found, blocks, title, to or [], sender, each, outdir, now, footer)
        elif form == "html":
            session.out(page(title, found.rows, blocks, by, now, footer))
        elif form in BY_EYE:
            session.out(report(found.rows, blocks, form, by, now, footer))
        else:
            session.out(listing("overdue", found.rows, COLUMNS, form))
            _say(session, blocks)
    finish(found.problems, 1 if exit_code and red else 0)


def _data(session: Session, found: Gathered, form: str, now: datetime, footers: list[str]) -> None:
    """JSON in its envelope, or one item a line with the rest as talk."""
    several = session.several
    rows = sorted(found.rows, key=lambda r: (r["due"], r["id"], r["clock"]))
    items = [{k: row[k] for k in (*ITEM, *(("ledger",) if several else ()))} for row in rows]
    if form == "jsonl":
        session.out(listing("overdue", items, COLUMNS, form))
        _say(session, beside(found.disputes, found.hidden, found.problems))
        return
    session.out(
        listing(
            "overdue", items, COLUMNS, form, as_of=now, revision=session.each()[0].revision,
            anchor=footers, unreadable=unreadable_data(found.problems), disputes=found.disputes,
            confidential=found.hidden,
        )
    )  # fmt: skip


def _say(session: Session, blocks: list[tuple[str, list[str]]]) -> None:
    for head, lines in blocks:
        session.say("\n".join([head, *(f"  {line}" for line in lines)]))


def _mail(
    session: Session, found: Gathered, blocks: list, title: str, to: list[str], sender: str,
    each: str, outdir: str, now: datetime, footer: str,
) -> None:  # fmt: skip
    """One message to ``to``, or one to every responsible person or department, as files."""
    from shouwen.text.mail import message

    domain = sender.rpartition("@")[2] or "localhost"

    def made(rows: list[dict], beside_it: list, receivers: list[str], by: str) -> str:
        subject = f"{title}：{total(rows, now)}"
        text = report(rows, beside_it, "table", by, now, footer)
        html = page(title, rows, beside_it, by, now, footer)
        try:
            return message(subject, sender, receivers, text, html, now, domain)
        except ValueError as error:
            raise Usage(str(error)) from None

    if not each:
        if not to:
            raise Usage("缺少 --to（邮件收件人）")
        session.out(made(found.rows, blocks, to, ""))
        return
    if not outdir:
        raise Usage("--each 要同时写 --outdir（邮件写到哪个目录）")
    key = {"holder": "whose", "department": "department"}.get(each)
    if not key:
        raise Usage("--each 可用：holder、department")
    names = dict.fromkeys(sorted((r["ledger"], r[key]) for r in found.rows if r[key]))
    missing = []
    for one in session.each():
        office = one.ledger.office
        for ledger, name in names:
            if ledger != office.config.name:
                continue
            person = name if key == "whose" else office.leader(name, now.date())
            address = office.staff[person].email if person in office.staff else ""
            if not address:
                missing.append(f"{name}（{office.name(person) if person else '没有负责人'}）")
                continue
            mine = [r for r in found.rows if r["ledger"] == ledger and r[key] == name]
            whose = f"{ledger}-{name}" if session.several else name
            path = os.path.join(outdir, f"{now:%Y%m%d}-{whose.replace('/', '_')}.eml")
            write_private(session, path, made(mine, [], [address], ""))
            session.out(path + "\n")
    left = [r for r in found.rows if not r[key]]
    if missing or left:
        raise Conflict(
            "有人收不到邮件，请在 staff.yaml 补上 email 或负责人："
            + "、".join([*missing, *(f"{r['id']}（{r['department']}，无人签收）" for r in left)])
        )
