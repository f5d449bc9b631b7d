"""The boxes of which forms are made, and the values that several forms show."""

from datetime import date, datetime

from msgspec import Struct

from shouwen.core.deadlines.clock import main_clock
from shouwen.core.deadlines.clock_table import clocks
from shouwen.core.inquiry.events import Target
from shouwen.core.inquiry.lifecycle import State
from shouwen.core.inquiry.masking import shown_agent, shown_inquirer
from shouwen.core.rulebook import Rules

DATE = "年　　月　　日"
SIGNED = f"签名：　　　　　　　　{DATE}"


class Box(Struct, frozen=True):
    """A label and its value; ``lines`` of room at least, ``foot`` printed at its lower right."""

    label: str
    value: str = ""
    lines: int = 1
    foot: str = ""


Rows = tuple[tuple[Box, ...], ...]


def written(moment: datetime | None, rules: Rules) -> str:
    """Write a moment as 2026年11月23日 09:15 in the ledger's zone; '' for none."""
    if not moment:
        return ""
    local = moment.astimezone(rules.calendar.zone)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"


def day_of(moment: datetime, rules: Rules) -> date:
    """Return the local day of a moment."""
    return moment.astimezone(rules.calendar.zone).date()


def person(rules: Rules, staff: str, at: datetime) -> str:
    """Name and post at a moment, as one introduces oneself: 王芳（科员）."""
    title = rules.office.title_of(staff, day_of(at, rules))
    return rules.office.name(staff) + (f"（{title}）" if title else "")


def phone(rules: Rules, department: str, staff: str) -> str:
    """Return the person's phone, else the department's."""
    return rules.office.phone(department, staff)


def place(rules: Rules, department: str) -> str:
    """Return where the department is found, or ''."""
    return rules.office.place(department)


def who(rules: Rules, target: Target) -> str:
    """Write department and name."""
    return f"{target.department} {rules.office.name(target.staff)}".strip()


def matter(state: State) -> str:
    """Return what it is about, whole."""
    q = state.inquiry
    return "\n".join(dict.fromkeys(t for t in (q.subject, q.detail) if t))


def promised(rules: Rules, state: State, now: datetime) -> str:
    """Return the time promised, else the due time of the outer clock, marked 暂定 when provisional."""
    if state.inquiry.promised:
        return written(state.inquiry.promised, rules)
    main = main_clock(clocks(rules, state, now))
    if not main:
        return ""
    if not main.due:
        return "期限暂停，恢复后顺延，另行告知"
    return written(main.due, rules) + ("（暂定，放假安排公布后可能调整）" if main.provisional else "")


def inquirer(state: State, label: str = "服务对象") -> Rows:
    """Return two rows: name and phone, organisation; nothing masked."""
    asker, agent = state.inquiry.inquirer, state.inquiry.agent
    return (
        (Box(label, shown_inquirer(asker, True)), Box("联系电话", asker.phone)),
        (Box("单位", asker.organisation),),
        *(((Box("代理人", shown_agent(agent, True)), Box("联系电话", agent.phone)),) if agent else ()),
    )


def first_asked(rules: Rules, state: State) -> tuple[Box, Box]:
    """Return a row: who was first-asked, with post, and the phone."""
    q = state.inquiry
    name = person(rules, q.first_responder, q.received) if q.first_responder else q.department
    return Box("首问责任人", name), Box("联系电话", phone(rules, q.department, q.first_responder))
