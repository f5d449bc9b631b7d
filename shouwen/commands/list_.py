"""list: inquiries by filters, in chosen columns and order."""

from typing import Annotated

import typer

from shouwen.commands import complete
from shouwen.commands.options import AsOf, form
from shouwen.commands.reading import finish, readable, unreadable_data, unreadable_text
from shouwen.core.clocks import clocks, main_clock
from shouwen.core.errors import Usage
from shouwen.core.moment import parse_day
from shouwen.core.moves import find_department, find_staff
from shouwen.core.overdue import level_of
from shouwen.core.privacy import mask_text, secret, shown_inquirer
from shouwen.core.replay import CLOSED, replay
from shouwen.text.table import FORMATS, listing
from shouwen.text.words import holder, moment

COLUMNS = {
    "id": "编号", "received": "受理时间", "channel": "渠道", "category": "类别",
    "subject": "事由", "inquirer": "服务对象", "first_responder": "首问责任人",
    "department": "首问部门", "phase": "状态", "holder": "现负责", "due": "期限",
    "level": "预警", "matter": "事项", "scope": "范围", "outcome": "结果", "rating": "评价",
    "path": "文件",
}  # fmt: skip
USUAL = "id,received,subject,inquirer,first_responder,phase,holder,due,level"


def list_(
    ctx: typer.Context,
    status: Annotated[str, typer.Option("--status", metavar="状态", help="在办、待签收、中止、办结、open（未办结）、all", autocompletion=complete.of("在办", "待签收", "中止", "办结", "open", "all"))] = "open",
    department: Annotated[str, typer.Option(metavar="部门", help="首问或现负责的部门", autocompletion=complete.departments)] = "",
    staff: Annotated[str, typer.Option(metavar="人员", help="首问或现负责的人", autocompletion=complete.staff)] = "",
    mine: Annotated[bool, typer.Option("--mine", help="只看我的")] = False,
    channel: Annotated[str, typer.Option(metavar="渠道", autocompletion=complete.channels, help="渠道")] = "",
    category: Annotated[str, typer.Option(metavar="类别", autocompletion=complete.categories, help="类别")] = "",
    since: Annotated[str, typer.Option("--from", metavar="日期", help="受理自")] = "",
    until: Annotated[str, typer.Option("--to", metavar="日期", help="受理至")] = "",
    columns: Annotated[str, typer.Option(metavar="列,…", help="、".join(COLUMNS))] = USUAL,
    sort: Annotated[str, typer.Option(metavar="列", help="按哪一列排；前加 - 为倒序", autocompletion=complete.of(*COLUMNS))] = "id",
    archive: Annotated[bool, typer.Option("--archive", help="连归档的一起")] = False,
    reveal: Annotated[bool, typer.Option("--reveal", help="不遮盖姓名（只在终端）")] = False,
    as_of: AsOf = "",
    form: form(*FORMATS) = "table",
) -> None:  # fmt: skip
    """列出受理记录。

    \b
    例：shouwen list
        shouwen list --status all --from 2026-01-01 --department 规划科 --format csv
        shouwen list --mine --sort due --columns id,subject,due
    """
    session = ctx.obj
    ledger, office = session.ledger, session.ledger.office
    now = session.as_of(as_of)
    chosen = [c.strip() for c in columns.replace("，", ",").split(",") if c.strip()]
    for name in (*chosen, sort.lstrip("-")):
        if name not in COLUMNS:
            raise Usage(f"没有列“{name}”；可用：{'、'.join(COLUMNS)}")
    if reveal and not session.terminal:
        raise Usage("--reveal 只用于终端，不能写进文件或管道")
    person = session.actor if mine else find_staff(office, staff) if staff else ""
    section = find_department(office, department) if department else ""
    first = parse_day(since, now.date(), "--from ") if since else None
    last = parse_day(until, now.date(), "--to ") if until else None
    wanted = {"open": ("在办", "待签收", "中止"), "all": ("在办", "待签收", "中止", "办结")}.get(
        status, (status,)
    )
    if not set(wanted) <= {"在办", "待签收", "中止", "办结"}:
        raise Usage(f"没有状态“{status}”；可用：在办、待签收、中止、办结、open、all")
    folders = ("inquiries", "archive") if archive else ("inquiries",)
    problems, rows, hidden = [], [], 0
    for record in readable(session, problems, *folders, open_only=CLOSED not in wanted and not as_of):
        q = record.content
        day = q.received.astimezone(ledger.zone).date()
        if first and day < first or last and day > last or as_of and q.received > now:
            continue
        state = replay(q, until=now if as_of else None)
        q = state.inquiry
        if (
            state.phase not in wanted
            or channel and q.channel != channel or category and q.category != category
            or person and person not in (q.first_responder, state.holder.staff)
            or section and section not in (q.department, state.holder.department)
        ):  # fmt: skip
            continue
        if secret(q):
            hidden += 1
            continue
        found = clocks(ledger.rules(q.policy), state, now)
        main = main_clock(found)
        rows.append({
            "id": q.id, "received": moment(q.received, ledger.zone), "channel": q.channel,
            "category": q.category, "subject": q.subject if reveal else mask_text(q.subject),
            "inquirer": shown_inquirer(q.inquirer, reveal),
            "first_responder": office.name(q.first_responder), "department": q.department,
            "phase": state.phase, "holder": holder(state.holder, office),
            "due": moment(main and main.due, ledger.zone), "level": "" if state.closed else level_of(found),
            "matter": q.matter, "scope": q.scope,
            "outcome": state.closed.outcome if state.closed else "",
            "rating": next((e.rating for e in reversed(state.events) if hasattr(e, "rating")), ""),
            "path": record.path,
        })  # fmt: skip
    rows.sort(key=lambda r: (r[sort.lstrip("-")], r["id"]), reverse=sort.startswith("-"))
    shown = [{c: row[c] for c in chosen} for row in rows] if form in ("json", "jsonl") else rows
    envelope = {"as_of": now, "revision": session.revision, "unreadable": unreadable_data(problems),
                "confidential": hidden} if form == "json" else {}  # fmt: skip
    session.out(listing("list", shown, [(c, COLUMNS[c]) for c in chosen], form, **envelope))
    if hidden:
        session.say(f"另有保密件（举报等）{hidden} 件，不在列表中显示")
    if not rows and form in ("table", "plain", "markdown"):
        session.say("没有符合条件的记录")
    if problems:
        session.say(unreadable_text(problems))
    finish(problems)
