"""Inquiries as rows: the columns that ``list`` and ``search`` show."""

import os
from datetime import datetime
from typing import Any

from msgspec import field, structs

from shouwen.core.deadlines.clock import Clock, main_clock
from shouwen.core.deadlines.clock_table import clocks
from shouwen.core.deadlines.overdue import level_of
from shouwen.core.errors import Problem, Usage
from shouwen.core.inquiry.events import Callback
from shouwen.core.inquiry.lifecycle import State
from shouwen.core.inquiry.masking import NAMELESS, mask_phone, mask_text, shown_agent, shown_inquirer
from shouwen.core.portion import Portion
from shouwen.core.rulebook import Rules
from shouwen.render.values import holder, shown_minute

COLUMNS = {
    "id": "编号", "received": "受理时间", "channel": "渠道", "category": "类别",
    "subject": "事由", "inquirer": "服务对象", "phone": "电话", "agent": "代理人", "first_responder": "首问责任人",
    "department": "首问部门", "phase": "状态", "holder": "现负责", "due": "期限",
    "level": "预警", "matter": "事项", "scope": "范围", "outcome": "结果", "rating": "评价",
    "path": "文件",
}  # fmt: skip
LEDGER = ("ledger", "单位")  # stands first where there are several
USUAL = "id,received,subject,inquirer,first_responder,phase,holder,due,level"


class Rows(Portion):
    """What a look at some records gave: rows, what could not be read, how many are confidential."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    hidden: int = 0

    def placed(self, ledger: str, root: str) -> "Rows":
        """Return the same, each row and problem told of which ledger it is and from where that lies."""
        for row in self.rows:
            row.update(ledger=ledger, path=os.path.join(root, row["path"]))
        self.problems = [structs.replace(p, path=os.path.join(root, p.path)) for p in self.problems]
        return self

    def add(self, other: "Rows") -> None:
        """Put what another part or ledger gave to this."""
        self.rows += other.rows
        self.problems += other.problems
        self.hidden += other.hidden


def askers_apart(found: Rows) -> Rows:
    """Return rows in which two inquirers of one name, shown whole, bear the last digits of their telephones."""
    phones: dict[str, set[str]] = {}
    for row in found.rows:
        phones.setdefault(row["inquirer"], set()).add(row["phone"])
    for row in found.rows:
        if row["inquirer"] not in NAMELESS and len(phones[row["inquirer"]]) > 1:
            row["inquirer"] += f"（{row['phone'][-4:] or '未留电话'}）"
    return found


def chosen_columns(columns: str, sort: str) -> list[str]:
    """Return the columns asked for, separated by commas.

    Raises:
        Usage: there is no such column to show or to sort by.
    """
    chosen = [c.strip() for c in columns.replace("，", ",").split(",") if c.strip()]
    for name in (*chosen, sort.lstrip("-")):
        if name not in COLUMNS:
            raise Usage(f"没有列“{name}”；可用：{'、'.join(COLUMNS)}")
    return chosen


def list_row(
    rules: Rules, path: str, state: State, now: datetime, reveal: bool = False,
    found: list[Clock] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Return one inquiry with every column, masked unless ``reveal``; ``found`` are its clocks, if read already."""
    office, zone, q = rules.office, rules.calendar.zone, state.inquiry
    found = clocks(rules, state, now) if found is None else found
    main = main_clock(found)
    ratings = [e.rating for e in state.of(Callback)]
    return {
        "id": q.id, "received": shown_minute(q.received, zone), "channel": q.channel,
        "category": q.category, "subject": q.subject if reveal else mask_text(q.subject, *state.people),
        "inquirer": shown_inquirer(q.inquirer, reveal),
        "phone": q.inquirer.phone if reveal else mask_phone(q.inquirer.phone), "agent": shown_agent(q.agent, reveal),
        "first_responder": office.name(q.first_responder), "department": q.department,
        "phase": state.phase, "holder": holder(state.holder, office),
        "due": shown_minute(main.due if main else None, zone),
        "level": "" if state.closed else level_of(found), "matter": q.matter, "scope": q.scope,
        "outcome": state.closed.outcome if state.closed else "",
        "rating": ratings[-1] if ratings else "", "path": path,
    }  # fmt: skip
