"""Inquiries as rows: the columns that ``list`` and ``search`` show, and the showing."""

from datetime import datetime

from msgspec import Struct, field

from shouwen.core.deadlines.clock import main_clock
from shouwen.core.deadlines.clock_table import clocks
from shouwen.core.deadlines.overdue import level_of
from shouwen.core.errors import Problem, Usage
from shouwen.core.inquiry.events import Callback
from shouwen.core.inquiry.lifecycle import State
from shouwen.core.inquiry.masking import mask_text, shown_inquirer
from shouwen.render.table import listing
from shouwen.render.values import holder, moment
from shouwen.store.record import Record
from shouwen.terminal.context import Context
from shouwen.terminal.reading import finish, unreadable_data, unreadable_text

COLUMNS = {
    "id": "编号", "received": "受理时间", "channel": "渠道", "category": "类别",
    "subject": "事由", "inquirer": "服务对象", "first_responder": "首问责任人",
    "department": "首问部门", "phase": "状态", "holder": "现负责", "due": "期限",
    "level": "预警", "matter": "事项", "scope": "范围", "outcome": "结果", "rating": "评价",
    "path": "文件",
}  # fmt: skip
USUAL = "id,received,subject,inquirer,first_responder,phase,holder,due,level"


class Rows(Struct):
    """What a look at some records gave: rows, what could not be read, how many are confidential."""

    rows: list[dict] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    hidden: int = 0


def together(parts: list[Rows]) -> Rows:
    """The rows of several looks as those of one."""
    return Rows(
        [row for part in parts for row in part.rows],
        [problem for part in parts for problem in part.problems],
        sum(part.hidden for part in parts),
    )


def chosen_columns(columns: str, sort: str) -> list[str]:
    """The columns asked for; Usage for one there is not."""
    chosen = [c.strip() for c in columns.replace("，", ",").split(",") if c.strip()]
    for name in (*chosen, sort.lstrip("-")):
        if name not in COLUMNS:
            raise Usage(f"没有列“{name}”；可用：{'、'.join(COLUMNS)}")
    return chosen


def may_reveal(context: Context, reveal: bool) -> None:
    """Usage if names were to be shown unmasked anywhere but on a screen."""
    if reveal and not context.ui.terminal:
        raise Usage("--reveal 只用于终端，不能写进文件或管道")


def row(context: Context, record: Record, state: State, now: datetime, reveal: bool = False) -> dict:
    """One inquiry with every column, masked unless ``reveal``."""
    ledger, office, q = context.ledger, context.ledger.office, state.inquiry
    found = clocks(ledger.rules(q.policy), state, now)
    main = main_clock(found)
    ratings = [e.rating for e in state.of(Callback)]
    return {
        "id": q.id, "received": moment(q.received, ledger.zone), "channel": q.channel,
        "category": q.category, "subject": q.subject if reveal else mask_text(q.subject, *state.inquirers),
        "inquirer": shown_inquirer(q.inquirer, reveal),
        "first_responder": office.name(q.first_responder), "department": q.department,
        "phase": state.phase, "holder": holder(state.holder, office),
        "due": moment(main and main.due, ledger.zone),
        "level": "" if state.closed else level_of(found), "matter": q.matter, "scope": q.scope,
        "outcome": state.closed.outcome if state.closed else "",
        "rating": ratings[-1] if ratings else "", "path": record.path,
    }  # fmt: skip


def show_rows(
    context: Context, name: str, found: Rows, chosen: list[str], sort: str, format: str, now: datetime,
    null: bool = False,
) -> None:  # fmt: skip
    """The rows sorted and written, what was hidden or unreadable said; ends the command."""
    rows, problems, hidden = found.rows, found.problems, found.hidden
    rows.sort(key=lambda r: (r[sort.lstrip("-")], r["id"]), reverse=sort.startswith("-"))
    if null:
        context.ui.out("".join(r["id"] + "\0" for r in rows))
        finish(problems)
    shown = [{c: row[c] for c in chosen} for row in rows] if format in ("json", "jsonl") else rows
    envelope = {"as_of": now, "revision": context.revision, "unreadable": unreadable_data(problems),
                "confidential": hidden} if format == "json" else {}  # fmt: skip
    text = listing(name, shown, [(c, COLUMNS[c]) for c in chosen], format, **envelope)
    context.ui.show(text, by_eye=format in ("table", "plain"))
    if hidden:
        context.ui.say(f"另有保密件（举报等）{hidden} 件，不在列表中显示")
    if not rows and format in ("table", "plain", "markdown"):
        context.ui.say("没有符合条件的记录")
    if problems:
        context.ui.say(unreadable_text(problems))
    finish(problems)
