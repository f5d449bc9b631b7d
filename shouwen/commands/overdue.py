"""overdue: every open inquiry whose clock has run out, with evidence and article."""

from typing import Annotated

import typer

from shouwen.commands import complete
from shouwen.commands.options import AsOf, form
from shouwen.commands.reading import checked_form, finish, readable, unreadable_data, unreadable_text
from shouwen.core.errors import Problem
from shouwen.core.model import act_of
from shouwen.core.moves import find_department, find_staff
from shouwen.core.overdue import late
from shouwen.core.policy import cite
from shouwen.core.privacy import mask_text, secret, shown_inquirer
from shouwen.core.replay import DECIDES, replay
from shouwen.store.git import revision
from shouwen.text.table import FORMATS, listing
from shouwen.text.words import holder, moment

COLUMNS = (
    ("id", "编号"), ("subject", "事由"), ("inquirer", "服务对象"), ("first_asked", "首问责任人"),
    ("holding", "现负责"), ("clock", "时限"), ("due_text", "到期"), ("overdue_text", "超期"),
    ("held", "到期时负责"), ("cited", "条款"),
)  # fmt: skip
ITEM = (
    "id", "subject", "inquirer", "first_responder", "holder", "department", "due",
    "overdue_workdays", "level", "clock", "article", "path", "line", "provisional", "held_at_due",
)  # fmt: skip

BY_EYE = ("table", "plain", "markdown")


def overdue(
    ctx: typer.Context,
    soon: Annotated[int | None, typer.Option(metavar="天数", min=0, help="连同还剩这么多个工作日的")] = None,
    department: Annotated[str, typer.Option(metavar="部门", help="现负责的部门", autocompletion=complete.departments)] = "",
    staff: Annotated[str, typer.Option(metavar="人员", help="现负责的人", autocompletion=complete.staff)] = "",
    mine: Annotated[bool, typer.Option("--mine", help="只看我的")] = False,
    by: Annotated[str, typer.Option("--by", metavar="分组", help="department 按部门，holder 按人", autocompletion=complete.of("department", "holder"))] = "",
    strict_calendar: Annotated[bool, typer.Option("--strict-calendar", help="日历未公布的年份不推算，报错")] = False,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="有超期时退出码为 1")] = False,
    quiet_if_empty: Annotated[bool, typer.Option("--quiet-if-empty", help="没有超期时什么也不输出")] = False,
    as_of: AsOf = "",
    form: form(*FORMATS) = "table",
) -> None:  # fmt: skip
    """超期报告：每一件时限已过的在办事项，写明条款和依据。

    读不出的记录单列一段，退出码为 5，绝不略过。举报和保密件只报件数。

    \b
    例：shouwen overdue
        shouwen overdue --soon 1 --by department
        shouwen overdue --format json --as-of 2026-11-23
    """
    session = ctx.obj
    ledger, office = session.ledger, session.ledger.office
    checked_form(form, FORMATS)
    now = session.as_of(as_of)
    person = session.actor if mine else find_staff(office, staff) if staff else ""
    section = find_department(office, department) if department else ""
    problems: list[Problem] = []
    rows, disputes, hidden = [], [], 0
    called = any("回访" in ledger.policy(p).limits for p in _policies(ledger))
    for record in readable(session, problems, "inquiries", open_only=True, called_back=called):
        if record.content.received > now:
            continue
        rules = ledger.rules(record.content.policy)
        state = replay(record.content, until=now if as_of else None)
        q = state.inquiry
        disputes += [
            {"id": q.id, "event": d.event.id, "path": record.path, "line": record.line(d.event.id),
             "text": f"{act_of(type(d.event))}未生效：{d.text}"}
            for d in state.disputes
        ]  # fmt: skip
        found = late(rules, state, now, soon)
        if strict_calendar and any(c.provisional for c, _ in found):
            problems.append(Problem(record.path, 1, "calendar", "期限落在日历未公布的年份",
                                    "用 shouwen calendar import 录入，或去掉 --strict-calendar"))  # fmt: skip
            continue
        for clock, left in found:
            if person and clock.whose.staff != person and state.holder.staff != person:
                continue
            if section and section not in (clock.whose.department, state.holder.department):
                continue
            if secret(q):
                hidden += 1
                continue
            run_out = clock.level == "红牌"
            days = f"{clock.overdue_workdays}个工作日" if clock.overdue_workdays else "当日"
            rows.append({
                "id": q.id, "subject": mask_text(q.subject), "inquirer": shown_inquirer(q.inquirer),
                "first_responder": q.first_responder, "holder": state.holder.staff,
                "department": state.holder.department, "due": clock.due,
                "overdue_workdays": clock.overdue_workdays if run_out else 0,
                "level": clock.level, "clock": clock.name, "article": clock.article,
                "path": record.path, "line": record.line(clock.event), "provisional": clock.provisional,
                "held_at_due": clock.whose.staff or clock.whose.department,
                "first_asked": office.name(q.first_responder), "holding": holder(state.holder, office),
                "held": holder(clock.whose, office), "cited": cite(rules.policy, clock.article),
                "due_text": moment(clock.due, ledger.zone) + ("（暂定）" if clock.provisional else ""),
                "overdue_text": days if run_out else f"还剩{left}个工作日",
            })  # fmt: skip
    order = {"department": "department", "holder": "holding"}.get(by)
    rows.sort(key=lambda r: (r[order] if order else "", r["due"], r["id"], r["clock"]))
    if form in ("json", "jsonl"):
        items = [{k: row[k] for k in ITEM} for row in rows]
        session.out(listing(
            "overdue", items, COLUMNS, form, as_of=now, revision=revision(ledger.root),
            unreadable=unreadable_data(problems), disputes=disputes, confidential=hidden,
        ) if form == "json" else listing("overdue", items, COLUMNS, form))  # fmt: skip
        if form == "jsonl":
            _talk(session, form, disputes, hidden, problems)
    elif rows or problems or disputes or hidden or not quiet_if_empty:
        _report(session, rows, order, form, now)
        _talk(session, form, disputes, hidden, problems)
    finish(problems, 1 if exit_code and any(r["level"] == "红牌" for r in rows) else 0)


def _policies(ledger) -> list[str]:
    used = ledger.config.policy
    return [used] if isinstance(used, str) else [u.id for u in used]


def _report(session, rows: list[dict], order: str | None, form: str, now) -> None:
    """The list for people: grouped if asked, with a line of totals in the forms read by eye."""
    groups = list(dict.fromkeys(r[order] for r in rows)) if order and form in BY_EYE else [None]
    for group in groups:
        mine = [r for r in rows if group is None or r[order] == group]
        if group is not None:
            session.out(f"## {group}\n\n" if form == "markdown" else f"【{group}】{len(mine)} 项\n")
        session.out(listing("overdue", mine, COLUMNS, form))
        if group is not None:
            session.out("\n")
    if form in BY_EYE:
        red = [r for r in rows if r["level"] == "红牌"]
        cases = len({r["id"] for r in red})
        total = f"截至 {now:%Y-%m-%d %H:%M}：超期 {cases} 件 {len(red)} 项"
        if len(rows) > len(red):
            total += f"，将到期 {len(rows) - len(red)} 项"
        session.out(total + "\n")


def _talk(session, form: str, disputes: list[dict], hidden: int, problems: list[Problem]) -> None:
    """What stands beside the list: disputes, confidential cases, what could not be read."""
    out = session.out if form in BY_EYE else session.say
    if hidden:
        out(f"涉密件（举报等）超期 {hidden} 项，详情请有权限的人员查看\n")
    if disputes:
        lines = "".join(f"  {d['path']}:{d['line']}: {d['text']}  [{d['event']}]\n" for d in disputes)
        out(f"\n争议 {len(disputes)} 项（{DECIDES}）：\n{lines}")
    if problems:
        out(unreadable_text(problems))
