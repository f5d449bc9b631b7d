"""form: the papers of the system, filled in from the ledger, on the screen or for the printer."""

from datetime import date, datetime
from typing import Annotated

import typer

from shouwen.core.dates import parse_day
from shouwen.core.errors import Problem, Refused, Usage
from shouwen.core.inquiry.confidential import secret
from shouwen.core.inquiry.events import Issue
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.office.namesakes import told_apart
from shouwen.core.vocabulary import clean
from shouwen.render.forms.catalogue import KINDS, filled, find_kind, subject_of, unripe, wanting
from shouwen.render.forms.registers import register
from shouwen.render.forms.text import FORMATS, shown
from shouwen.render.problems import unreadable_text
from shouwen.services.reading import taken
from shouwen.services.record_act import act
from shouwen.services.recusal import Sight
from shouwen.terminal import completers
from shouwen.terminal.acknowledgement import acknowledge
from shouwen.terminal.context import Context
from shouwen.terminal.ending import finish
from shouwen.terminal.lists import show_listing
from shouwen.terminal.options import AsOf, At, format_option
from shouwen.terminal.output import must_be_free, write_private


def form(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="[表单]", help="名称或其开头，如 回执；不写则列出全部表单", autocompletion=completers.of(*KINDS))] = "",
    inquiry: Annotated[str, typer.Argument(metavar="[编号]", help="哪一件（台账、汇总表不写）", autocompletion=completers.every)] = "",
    number: Annotated[str, typer.Option("--number", "--no", metavar="文号", help="单号；不写则用出具时的单号")] = "",
    issue: Annotated[bool, typer.Option("--issue", help="记下已出具，再打印")] = False,
    to: Annotated[str, typer.Option("--to-whom", metavar="姓名", help="交给了谁（与 --issue 同用）")] = "",
    at: At = "",
    event: Annotated[str, typer.Option("--event", metavar="事件", help="填哪一次转办、告知、督办（show 里方括号中的编号）；不写为最近一次")] = "",
    since: Annotated[str, typer.Option("--from", metavar="日期", help="台账、汇总表：受理自；不写为本月1日")] = "",
    until: Annotated[str, typer.Option("--to", metavar="日期", help="台账、汇总表：受理至；不写为今天")] = "",
    reveal: Annotated[bool, typer.Option("--reveal", help="台账、汇总表：不遮盖姓名电话（只在终端或写入 --output）")] = False,
    output: Annotated[str, typer.Option("--output", "-o", metavar="文件", help="写进文件（只本人可读），不覆盖已有的")] = "",
    as_of: AsOf = "",
    format: Annotated[str, format_option(*FORMATS)] = "text",
) -> None:  # fmt: skip
    """表单：按台账填好，供打印、签字、存档。没有的内容留空待填。

    单件表单不遮盖姓名，交服务对象或存档；台账、汇总表遮盖，举报等保密件只计数。
    网页格式（html）在浏览器中打开，按 A4 纸打印。

    \b
    例：shouwen form
        shouwen form 回执 K7Q4
        shouwen form 回执 K7Q4 --issue --no 回〔2026〕12号 -f html -o 回执.html
        shouwen form 台账 --from 11-01 --to 11-30 -f html -o 台账.html
    """
    context: Context = ctx.obj
    if not name:
        kinds = [{"name": n, "use": k.use} for n, k in KINDS.items()]
        show_listing(context.ui, "forms", kinds, (("name", "表单"), ("use", "用途")), "table")
        return
    kind = find_kind(name)
    if output:
        must_be_free(output)
    if KINDS[kind].rows:
        if since or until or reveal:
            raise Usage(f"--from、--to、--reveal 用于台账、汇总表；{kind}是单件的表单")
        if (to or at) and not issue:
            raise Usage("--to-whom、--at 与 --issue 同用")
        if as_of and issue:
            raise Usage("--as-of 只用于查看；补记出具时间用 --at")
        if not inquiry:
            raise Usage(f"{kind}要写是哪一件：shouwen form {kind} 编号")
        problems: list[Problem] = []
        text = _single(context, kind, inquiry, format, number=number, event=event, as_of=as_of,
                       issue=(at, to, output) if issue else None, most=0 if output else context.ui.columns)  # fmt: skip
    else:
        if inquiry or number or issue or event or to or at:
            raise Usage(f"{kind}按期间列出，只用 --from、--to，不写编号，也不出具")
        if reveal and not (context.ui.terminal or output):
            raise Usage("--reveal 只用于终端，或用 --output 写入文件")
        problems = []
        text = _listed(
            context, kind, since, until, format, reveal, as_of, problems, 0 if output else context.ui.columns
        )
    if output:
        write_private(context, output, text)
    else:
        context.ui.show(text, by_eye=format == "text")
    if problems:
        context.ui.say(unreadable_text(problems))
    finish(problems)


def _single(
    context: Context, kind: str, name: str, format: str, *,
    number: str, event: str, as_of: str, issue: tuple[str, str, str] | None, most: int,
) -> str:  # fmt: skip
    """Return the form of one inquiry; with ``issue`` (when, to whom, output) given out first."""
    ledger = context.ledger
    path = ledger.find(name)
    content = told_apart(ledger.office, ledger.whole(ledger.read(path).content), ledger.zone)
    rules, now = ledger.rules(content.policy), context.as_of(as_of)
    Sight(context).demand(content, rules.policy)
    number = clean(number)
    if issue:
        at, to, output = issue
        when = context.when(at)
        then = replay(content, until=when)
        subject = subject_of(kind, rules, then, event)
        if why := unripe(kind, rules, then, subject):
            raise Refused(f"{content.id}: {why}")
        number = number or getattr(subject, "number", "")
        given = clean(to)
        empty = wanting(kind, rules, then)
        done = act(
            context, content.id, when, lambda key, at, by: Issue(key, at, by, kind, number, given, empty)
        )
        acknowledge(context, done, None if output else "")
        content = told_apart(ledger.office, ledger.read(ledger.find(content.id)).content, ledger.zone)
        event = subject.id if subject else ""
    state = replay(content, until=now if as_of else None)
    subject = subject_of(kind, rules, state, event)
    if not issue and (why := unripe(kind, rules, state, subject)):
        context.ui.say(f"提示：{why}")
    if secret(state.inquiry):
        context.ui.say("注意：本件保密，表上有服务对象的姓名电话，不得交给被反映的人或其所在部门")
    return shown(filled(kind, rules, state, subject, now, number), format, most)


def _listed(
    context: Context, kind: str, since: str, until: str, format: str, reveal: bool, as_of: str,
    problems: list[Problem], most: int,
) -> str:  # fmt: skip
    """台账 or 汇总表 of what was taken in within a period, live and archived."""
    ledger, now = context.ledger, context.as_of(as_of)
    first, last = _period(since, until, now)
    found, hidden, sight = [], 0, Sight(context, reveal)
    for record, state in taken(context, problems, first, last, now, bool(as_of)):
        if secret(state.inquiry) or sight.blocked(state.inquiry):
            hidden += 1
        else:
            found.append((ledger.rules(record.content.policy), state))
    found.sort(key=lambda pair: (pair[1].inquiry.received, pair[1].inquiry.id))
    unread = len({p.path for p in problems})
    period = f"{_day(first)}至{_day(last)}"
    listed = register(kind, ledger.config.name, period, found, reveal, hidden, unread)
    return shown(listed, format, most)


def _period(since: str, until: str, now: datetime) -> tuple[date, date]:
    """Return the days asked for; without them this month up to today."""
    today = now.date()
    last = parse_day(until, today, "--to ") if until else today
    first = parse_day(since, today, "--from ") if since else last.replace(day=1)
    if first > last:
        raise Usage(f"--from {first} 晚于 --to {last}")
    return first, last


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
