"""One inquiry told whole: for people (``show``) and for scripts (``show --format json``)."""

from contextlib import suppress
from datetime import datetime
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

from shouwen.core.deadlines.clock import Clock, main_clock
from shouwen.core.deadlines.explain import rests_on, why_due
from shouwen.core.duties.findings import Finding
from shouwen.core.inquiry.corrections import LABELS
from shouwen.core.inquiry.events import Contact, Correct, Escalate, Event, Target, act_of
from shouwen.core.inquiry.lifecycle import State, as_header
from shouwen.core.inquiry.masking import mask_phone, shown_agent, shown_inquirer
from shouwen.core.office.responsibility import degrees
from shouwen.core.regulation.citation import cite
from shouwen.core.rulebook import Rules
from shouwen.render.values import holder, late_data, safe, shown_minute


def clock_data(clock: Clock) -> dict[str, Any]:
    """Return a clock as JSON has it."""
    return {
        "name": clock.name, "article": clock.article, "limit": clock.limit,
        "started": clock.started, "due": clock.due, "stopped": clock.stopped,
        "state": clock.state, "level": clock.level,
        "overdue_workdays": clock.overdue_workdays, "late_by": late_data(clock.by), "provisional": clock.provisional,
        "source": clock.source, "department": clock.whose.department, "staff": clock.whose.staff,
        "first": clock.first and {
            "due": clock.first.due, "late": clock.first.late,
            "overdue_workdays": clock.first.overdue_workdays, "corrected": clock.first.at,
            "event": clock.first.event,
        },
        "recounted": clock.recounted and {
            "due": clock.recounted.due, "late": clock.recounted.late,
            "overdue_workdays": clock.recounted.overdue_workdays, "known": clock.recounted.at,
        },
    }  # fmt: skip


def finding_data(finding: Finding) -> dict[str, Any]:
    """Return a finding as JSON has it."""
    return {
        "article": finding.article, "name": finding.name, "text": finding.text, "event": finding.event,
        "late_workdays": finding.late and finding.late.workdays, "late_by": late_data(finding.late),
    }  # fmt: skip


def story_data(
    state: State, clocks: list[Clock], findings: list[Finding], rules: Rules, path: str
) -> dict[str, Any]:
    """Return ``shouwen.inquiry/1``: the header as corrected, where it stands, clocks, events."""
    from msgspec import to_builtins

    main = main_clock(clocks)
    header = as_header(state.inquiry)
    return {
        "schema": "shouwen.inquiry/1", **header, "path": path,
        "phase": state.phase,
        "holder": state.holder.staff,
        "holding_department": state.holder.department,
        "pending": state.pending and {"department": state.pending.to.department,
                                      "staff": state.pending.to.staff},
        "due": main and main.due, "provisional": bool(main and main.provisional),
        "levels": dict(degrees(rules, state)),
        "clocks": [clock_data(c) for c in clocks],
        "findings": [finding_data(f) for f in findings],
        "events": [to_builtins(e) for e in state.inquiry.events],
    }  # fmt: skip


_SKIP = {"id", "at", "by"}
_TITLES = {
    "to": "转给", "mode": "方式", "reason": "理由", "said": "对服务对象说", "approved_by": "批准人", "absent": "不在岗",
    "contact": "告知联系人", "joint": "协办", "text": "", "material": "材料", "procedure": "程序",
    "limit": "时限", "fee": "收费", "basis": "依据", "written": "书面", "designate": "指定",
    "until": "延至", "workdays": "延长工作日", "told": "告知时间", "when": "约定时间",
    "place": "地点", "due": "限期", "number": "文号", "outcome": "结果", "result": "",
    "not_told": "未告知原因", "signed_by": "签字领导", "rating": "评价", "resolved": "已解决",
    "comment": "意见", "form": "表单", "missing": "空着的栏目", "contact_by": "谁联系", "field": "项目", "value": "更正为", "finding": "结论", "measures": "措施",
    "authority": "决定机关", "on_behalf_of": "代记", "kind": "性质", "promised": "承诺", "lead": "负责答复", "event": "撤回", "into": "并入", "consultation": "只是咨询", "published": "公布",
}  # fmt: skip


def event_text(event: Event, rules: Rules) -> str:
    """Return what an event says beside its time, person and name, in one line."""
    office, zone = rules.office, rules.calendar.zone
    parts = []
    for name in event.__struct_fields__:
        value = getattr(event, name)
        if name in _SKIP or value in ("", None, (), False, 0) or value == Contact():
            continue
        if isinstance(event, Correct) and name in ("field", "value"):
            value = _put_right(event, zone)[name]
            if name == "value" and event.field in ("about", "agent.staff"):
                value = "、".join(map(office.name, value.split("、")))
        elif isinstance(value, Target):
            value = holder(value, office)
        elif isinstance(value, Contact):
            value = " ".join(filter(None, (value.name, value.phone, value.place)))
        elif name in ("approved_by", "signed_by", "on_behalf_of", "lead") or name == "to":
            value = office.name(value)
        elif hasattr(value, "isoformat"):
            value = shown_minute(value, zone)
        elif value is True:
            value = "是"
        elif isinstance(value, tuple):
            value = "、".join(value)
        title = "向" if isinstance(event, Escalate) and name == "to" else _TITLES.get(name, name)
        parts.append(f"{title}：{value}" if title else str(value))
    return "；".join(parts).replace("\n", " ")


def _put_right(event: Correct, zone: ZoneInfo) -> dict[str, str]:
    """Return what a correction is of, and the right value, as people say them."""
    value = event.value
    if event.field in ("received", "promised"):
        with suppress(ValueError):  # written by hand: shown as it is
            value = shown_minute(datetime.fromisoformat(value), zone)
    return {"field": LABELS.get(event.field, event.field), "value": value}


def story(
    state: State, clocks: list[Clock], findings: list[Finding], rules: Rules, path: str,
    reveal: bool = True, explain: bool = False,
) -> str:  # fmt: skip
    """Return the inquiry as a person reads it: header, where it stands, what happened, clocks, findings."""
    office, zone, q = rules.office, rules.calendar.zone, state.inquiry
    person = shown_inquirer(q.inquirer, reveal) + ("（内部）" if q.inquirer.internal else "")
    phone = q.inquirer.phone if reveal else mask_phone(q.inquirer.phone)
    lines = [
        f"{q.id}  {q.subject}",
        f"受理：{shown_minute(q.received, zone)}  {q.channel} · {q.category} · {q.scope} · {q.urgency}",
        f"服务对象：{' '.join(filter(None, (person, phone, q.inquirer.organisation)))}",
        f"首问责任人：{holder(Target(q.department, q.first_responder), office)}"
        + (f"（{q.first_reason}）" if q.first_reason else ""),
    ]
    if q.agent:
        number = q.agent.phone if reveal else mask_phone(q.agent.phone)
        own = f"本单位 {office.name(q.agent.staff)}" if q.agent.staff else ""
        lines.insert(3, f"代理人：{' '.join(filter(None, (shown_agent(q.agent, reveal), number, own)))}")
    lines += [f"{title}：{office.name(who) or '（未设）'}" for title, who in degrees(rules, state)]
    if q.detail:
        first, *more = q.detail.split("\n")
        lines += [f"内容：{first}", *(f"      {line}" for line in more)]
    if q.matter:
        lines.append(f"事项：{q.matter}")
    now_at = f"现在：{state.phase}，由{holder(state.holder, office)}负责"
    if state.pending:
        now_at += f"，等{holder(state.pending.to, office)}签收"
    if state.joined:
        now_at += f"，已并入 {state.joined}"
    back = {e.id for e in state.taken_back}
    lines += [now_at, f"依据：《{rules.policy.name}》（{q.policy}）  文件：{path}", "", "经过"]
    lines += [
        f"  {shown_minute(e.at, zone)}  {office.name(e.by)}  {act_of(type(e))}  {event_text(e, rules)}".rstrip()
        + ("（已撤回）" if e.id in back else "")
        + f"  [{e.id}]"
        for e in sorted([*state.events, *state.taken_back], key=attrgetter("at", "id"))
    ] or ["  （还没有）"]
    lines += ["", "时限"]
    lines += _clock_lines(clocks, rules, zone, explain)
    if findings:
        lines += ["", "提示"]
        lines += [f"  {finding_text(f, rules)}" for f in findings]
    return "".join(f"{safe(line)}\n" for line in lines)


def _clock_lines(clocks: list[Clock], rules: Rules, zone: ZoneInfo, explain: bool) -> list[str]:
    lines = []
    for c in clocks:
        due = (
            f"至 {shown_minute(c.due, zone)}" if c.due else "暂停中" if c.judged else "不计（原台账没有写明）"
        )
        mark = "（暂定，日历尚未公布）" if c.provisional else ""
        end = f"，{shown_minute(c.stopped, zone)} 结束" if c.stopped and c.judged else ""
        days = f"超{c.overdue_workdays}个工作日" if c.overdue_workdays else "已超时"
        days += c.by.beside if c.by else ""
        level = f"，{c.level}{'：' + days if c.late else ''}" if c.level != "正常" else ""
        article = rests_on(rules, c)
        lines.append(f"  {c.name}  {c.limit}（{article}）{due}{mark}{end}{level}")
        if c.first:
            was = f"超{c.first.overdue_workdays}个工作日" if c.first.late else "按时"
            lines.append(
                f"      {shown_minute(c.first.at, zone)} 更正以前：至 {shown_minute(c.first.due, zone)}，{was}（{c.first.event}）"
            )
        if c.recounted:
            extra = c.recounted.overdue_workdays
            would = f"超{extra}个工作日" if extra else "已超时" if c.recounted.late else "按时"
            lines.append(
                f"      照 {shown_minute(c.recounted.at, zone)} 才公布的日历：至 {shown_minute(c.recounted.due, zone)}，{would}"
                "；公布在后，判定不变"
            )
        if explain:
            lines += [f"      {step}" for step in why_due(rules, c)]
    return lines or ["  （制度没有规定）"]


def finding_text(finding: Finding, rules: Rules) -> str:
    """Return one finding in a line: article, name, words, the event that shows it."""
    event = f"  [{finding.event}]" if finding.event else ""
    return f"{cite(rules.policy, finding.article)} {finding.name}：{safe(finding.text)}{event}"
