"""What leaves a ledger: the columns of the 台账 as a spreadsheet, and a record for analysis.

Values keep their kind (a moment is a moment); text says how they look. Masked unless revealed.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from msgspec import structs, to_builtins

from shouwen.core.deadlines.clock import Clock, main_clock
from shouwen.core.deadlines.clock_table import CONTACTS
from shouwen.core.deadlines.overdue import level_of
from shouwen.core.inquiry.confidential import OPEN
from shouwen.core.inquiry.events import Callback, Event, Extend, Handoff, Instruct, Progress, Suspend, act_of
from shouwen.core.inquiry.header import Agent, Inquiry, Person
from shouwen.core.inquiry.lifecycle import State
from shouwen.core.inquiry.masking import mask_phone, mask_text
from shouwen.core.inquiry.name_masking import mask_name
from shouwen.core.office.roster import Office
from shouwen.core.rulebook import Rules

# The first ten are the fields that 六项制度（一）5 names, in its order (also render/forms/registers);
# after them what offices add, and what the program computes.
TITLES = {
    "id": "编号", "name": "姓名", "organisation": "单位", "phone": "联系方式", "subject": "事项内容",
    "received": "受理时间", "closed": "办结时间", "category": "业务属性",
    "first_responder": "首问责任人", "handler": "承办人",
    "department": "首问部门", "handler_department": "承办部门", "channel": "渠道",
    "detail": "详细内容", "scope": "职责范围", "matter": "事项", "urgency": "紧要程度",
    "promised": "承诺时间", "outcome": "办理结果", "result": "答复内容", "told": "告知时间",
    "not_told": "未告知原因", "rating": "评价", "phase": "状态", "due": "期限",
    "provisional": "期限暂定", "overdue": "是否超期",
    "agent": "代理人", "agent_phone": "代理人电话", "agent_relation": "代理关系",
    # what an import needs besides, to judge as it was judged here
    "answered": "首次回应时间", "mode": "转办方式", "designated_by": "指定的领导", "handed": "转办时间", "accepted": "签收时间", "paused": "暂停时间",
    "resumed": "恢复时间", "pause_reason": "暂停原因", "extended": "延期批准时间", "extended_until": "延期至",
    "extended_days": "延期工作日", "extended_by": "延期批准人", "extension_reason": "延期理由", "first_closed": "首次办结时间",
    "first_outcome": "首次办理结果", "reopened": "重办时间", "called_back": "回访时间", "reason": "不予办理理由",
    "basis": "不予办理依据", "signed_by": "签字领导",
}  # fmt: skip
LEDGER = ("ledger", "台账")
ANONYMOUS = "匿名"
DESIGNATED = "指定"


def named(office: Office, staff: str) -> str:
    """Return the person's name, with the id where two bear it: what an import finds again."""
    return office.name(staff)


def _rating(state: State) -> str:
    return next((e.rating for e in reversed(state.of(Callback)) if e.rating), "")


def masked(state: State) -> Inquiry:
    """Return the header with people and numbers masked."""
    q, person, people = state.inquiry, state.inquiry.inquirer, state.people
    hidden = structs.replace(person, name=mask_name(person.name), phone=mask_phone(person.phone))
    agent = q.agent and structs.replace(
        q.agent, name=mask_name(q.agent.name), phone=mask_phone(q.agent.phone)
    )
    return structs.replace(
        q,
        subject=mask_text(q.subject, *people),
        detail=mask_text(q.detail, *people),
        inquirer=hidden,
        agent=agent,
    )


def promise_of(state: State) -> datetime | None:
    """Return until when a result was last promised, at intake or since."""
    told = [e.promised for e in state.of(Progress) if e.promised]
    return told[-1] if told else state.inquiry.promised


def _designated_by(event: Handoff | Instruct) -> str:
    """Return the leader who named the receiver, or ''."""
    if isinstance(event, Instruct) or event.mode == DESIGNATED:
        return event.on_behalf_of or getattr(event, "approved_by", "") or event.by
    return ""


def export_row(rules: Rules, state: State, clocks: list[Clock], reveal: bool = False) -> dict[str, Any]:
    """Return one inquiry with every column of ``TITLES``; moments aware, nothing as ''."""
    office, closed = rules.office, state.closed
    q = state.inquiry if reveal else masked(state)

    def text(said: str) -> str:
        return said if reveal else mask_text(said, *state.people)

    main, agent = main_clock(clocks), q.agent or Agent()
    waiting = state.passes[-1] if state.passes and not state.passes[-1].settled else None
    dealing = waiting.to if waiting else state.holder  # who it was handed to, signed for or not
    return {
        "id": q.id, "name": ANONYMOUS if q.inquirer.anonymous else q.inquirer.name,
        "organisation": q.inquirer.organisation, "phone": q.inquirer.phone, "subject": q.subject,
        "received": q.received, "closed": closed.at if closed else "", "category": q.category,
        "first_responder": named(office, q.first_responder),
        "handler": named(office, dealing.staff), "department": q.department,
        "handler_department": dealing.department, "channel": q.channel, "detail": q.detail,
        "scope": q.scope, "matter": q.matter, "urgency": q.urgency, "promised": promise_of(state) or "",
        "outcome": closed.outcome if closed else "", "result": text(closed.result) if closed else "",
        "told": (closed.told or "") if closed else "", "not_told": text(closed.not_told) if closed else "",
        "rating": _rating(state) if closed else "", "phase": state.phase, "due": (main.due or "") if main else "",
        "provisional": bool(main and main.provisional), "overdue": bool(main and main.late),
        "agent": agent.name, "agent_phone": agent.phone, "agent_relation": agent.relation,
        **_course(office, state, clocks, text),
    }  # fmt: skip


def _course(office: Office, state: State, clocks: list[Clock], text: Callable[[str], str]) -> dict[str, Any]:
    """Return when it was answered, handed on, paused, extended, closed before and called back on; several times as a list."""
    closed, redone = state.closed, state.reopens[-1] if state.reopens else None
    # as an import reads it: only the pass by which whoever holds it now got it
    last = next((p for p in reversed(state.passes) if not p.returned), None)
    passed = last if last and (not last.settled or last.to.department == state.holder.department) else None
    refused = {name for clock in clocks for name, _ in clock.refused}
    extended = next((e for e in reversed(state.of(Extend)) if e.id not in refused), None)
    before = next((e for e in reversed(state.closes) if redone and e.at <= redone.at), None)
    called = next((e for e in state.of(Callback) if closed and e.at >= closed.at), None)
    first = next((e for e in state.events if isinstance(e, CONTACTS)), None)
    pauses = state.pauses
    return {
        "answered": first.at if first else "",
        "mode": getattr(passed.event, "mode", DESIGNATED) if passed else "",
        "designated_by": named(office, _designated_by(passed.event)) if passed else "",
        "handed": passed.event.at if passed else "",
        "accepted": passed.accepted.at if passed and passed.accepted else "",
        "paused": [p.since for p in pauses],
        "resumed": [p.until for p in pauses if p.until],
        "pause_reason": [
            p.event.reason if isinstance(p.event, Suspend) else act_of(type(p.event)) for p in pauses
        ],
        "extended": extended.at if extended else "",
        "extended_until": (extended and extended.until) or "",
        "extended_days": (extended and extended.workdays) or "",
        "extended_by": named(office, extended.approved_by) if extended else "",
        "extension_reason": text(extended.reason) if extended else "",
        "first_closed": before.at if before else "",
        "first_outcome": before.outcome if before else "",
        "reopened": redone.at if redone and before else "",
        "called_back": called.at if called else "",
        "reason": text(closed.reason) if closed else "",
        "basis": text(closed.basis) if closed else "",
        "signed_by": named(office, closed.signed_by) if closed and closed.signed_by else "",
    }


def record(
    ledger: str, path: str, rules: Rules, state: State, clocks: list[Clock], reveal: bool = False
) -> dict[str, Any]:
    """Return ``shouwen.record/1``: header as corrected, what is computed, clocks and events.

    Every key is always there, so that tables made from many of them have the same columns.
    """
    q = state.inquiry if reveal else masked(state)
    header = structs.asdict(q) | {
        "inquirer": structs.asdict(q.inquirer), "agent": structs.asdict(q.agent or Agent()),
    }  # fmt: skip
    del header["events"]
    closed, main = state.closed, main_clock(clocks)
    return {
        "schema": "shouwen.record/1", "ledger": ledger, "path": path, **header,
        "phase": state.phase, "holder": state.holder.staff,
        "holding_department": state.holder.department, "due": main and main.due,
        "provisional": bool(main and main.provisional), "level": level_of(clocks),
        "overdue": bool(main and main.late), "closed": closed and closed.at,
        "outcome": closed.outcome if closed else "", "rating": _rating(state),
        "handoffs": len(state.passes), "returned": sum(bool(p.returned) for p in state.passes),
        "reopened": len(state.reopens), "disputes": len(state.disputes),
        "clocks": [
            {
                "name": c.name, "article": c.article, "started": c.started, "due": c.due,
                "stopped": c.stopped, "state": c.state, "level": c.level,
                "overdue_workdays": c.overdue_workdays, "provisional": c.provisional,
                "department": c.whose.department, "staff": c.whose.staff,
            }
            for c in clocks
        ],
        "events": [_shown(e, state.people, reveal) for e in state.events],
    }  # fmt: skip


def _shown(event: Event, people: list[Person], reveal: bool) -> dict[str, Any]:
    """Return an event with everything masked in it that was typed of anybody; a contact is one of the office."""
    plain: dict[str, Any] = to_builtins(event)
    if reveal:
        return plain
    known = OPEN.get(act_of(type(event)), frozenset()) | {"id", "by"}
    typed = {
        name
        for name, value in structs.asdict(event).items()
        if name not in known and isinstance(value, str | tuple)
    }
    shown = {key: _masked(value, people) if key in typed else value for key, value in plain.items()}
    hide = {
        "inquirer.name": mask_name,
        "inquirer.phone": mask_phone,
        "agent.name": mask_name,
        "agent.phone": mask_phone,
    }.get(plain.get("field", ""))
    return shown | ({"value": hide(plain["value"])} if hide else {})


def _masked(value: Any, people: list[Person]) -> Any:
    if isinstance(value, list | tuple):
        return [_masked(part, people) for part in value]
    return mask_text(value, *people) if isinstance(value, str) else value
