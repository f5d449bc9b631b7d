"""The forms that list a period: 台账 and 汇总表. Masked unless told; 举报 only counted."""

from msgspec import Struct

from shouwen.core.inquiry.events import Callback, Escalate, Instruct
from shouwen.core.inquiry.lifecycle import State
from shouwen.core.inquiry.masking import mask_phone, mask_text, shown_asker
from shouwen.core.rulebook import Rules
from shouwen.core.transfer.record_export import TITLES
from shouwen.render.forms.catalogue import KINDS
from shouwen.render.values import shown_minute


class Column(Struct, frozen=True):
    """A column's title and its share of the sheet's width, in hundredths."""

    title: str
    share: int


class Register(Struct, frozen=True, kw_only=True):
    """A list of inquiries as a form: heading, columns, rows of values, remarks beneath."""

    office: str
    title: str
    period: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]


def _first(rules: Rules, state: State) -> str:
    return rules.office.name(state.inquiry.first_responder) or state.inquiry.department


def _handler(rules: Rules, state: State) -> str:
    return rules.office.name(state.holder.staff) or state.holder.department


# 六项制度（一）5: the fields it names, in its order; an export has the same and more.
_LEDGER = tuple(map(Column, TITLES.values(), (14, 6, 10, 11, 18, 9, 9, 7, 9, 7)))


def _ledger_row(rules: Rules, state: State, reveal: bool) -> tuple[str, ...]:
    q = state.inquiry
    return (
        q.id, shown_asker(q, reveal), q.inquirer.organisation,
        q.inquirer.phone if reveal else mask_phone(q.inquirer.phone),
        q.subject if reveal else mask_text(q.subject, *state.people),
        shown_minute(q.received, rules.calendar.zone), shown_minute(state.closed.at if state.closed else None, rules.calendar.zone),
        q.category, _first(rules, state), _handler(rules, state),
    )  # fmt: skip


# 公司首问责任制度五（八）, 附件2.
_SUMMARY = tuple(
    Column(*c) for c in (
        ("编号", 14), ("日期", 9), ("客户", 6), ("类别", 5), ("内容", 17), ("承办人", 7),
        ("办理结果", 18), ("告知时间", 9), ("回访", 9), ("满意度", 6),
    )
)  # fmt: skip


def _summary_row(rules: Rules, state: State, reveal: bool) -> tuple[str, ...]:
    q, closed = state.inquiry, state.closed

    def shown(text: str) -> str:
        return text if reveal else mask_text(text, *state.people)

    call = next(iter(state.of(Callback)[-1:]), None)
    called = ""
    if call:
        solved = {True: "已解决", False: "未解决", None: ""}[call.resolved]
        called = f"{shown_minute(call.at, rules.calendar.zone)[:10]} {solved}".strip()
    return (
        q.id, shown_minute(q.received, rules.calendar.zone)[:10], shown_asker(q, reveal), q.category,
        shown(q.subject), _handler(rules, state),
        shown(f"{closed.outcome}：{closed.result}") if closed else state.phase,
        (shown_minute(closed.told, rules.calendar.zone) or shown(closed.not_told)) if closed else "", called,
        call.rating if call else "",
    )  # fmt: skip


# 人民法院六: who came, which kind of problem, what is asked for, and where it went.
_VISITORS = tuple(
    Column(*c) for c in (
        ("编号", 14), ("日期", 9), ("来访人", 7), ("类型", 9), ("反映的问题", 17), ("来访要求", 18), ("去向", 16),
        ("接待人", 10),
    )
)  # fmt: skip


def _visitors_row(rules: Rules, state: State, reveal: bool) -> tuple[str, ...]:
    q, closed = state.inquiry, state.closed
    problem, wanted = (t if reveal else mask_text(t, *state.people) for t in (q.subject, q.detail))
    gone = "、".join(dict.fromkeys(p.to.department for p in state.passes if not p.returned))
    here = f"本部门{closed.outcome}" if closed else "本部门办理中"
    return (
        q.id, shown_minute(q.received, rules.calendar.zone)[:10], shown_asker(q, reveal), q.category, problem, wanted,
        gone or here, _first(rules, state),
    )  # fmt: skip


# 人事局局长办公会: the topics that sections put up and that nobody has answered yet.
_AGENDA = tuple(
    Column(*c) for c in (
        ("编号", 14), ("请示日期", 9), ("承办部门", 11), ("类别", 8), ("事项", 18), ("请示内容", 23), ("请示给", 10),
        ("承办人", 7),
    )
)  # fmt: skip


def _agenda_row(rules: Rules, state: State, reveal: bool) -> tuple[str, ...]:
    """Return the last question put up that no 批示 has answered; empty where there is none."""
    q = state.inquiry
    answered = max((e.at for e in state.of(Instruct)), default=None)
    waiting = [e for e in state.of(Escalate) if not answered or e.at > answered]
    if not waiting or state.closed:
        return ()
    asked = waiting[-1]
    subject, text = (t if reveal else mask_text(t, *state.people) for t in (q.subject, asked.text))
    return (
        q.id, shown_minute(asked.at, rules.calendar.zone)[:10], state.holder.department, q.category, subject, text,
        rules.office.name(asked.to) or asked.to, _handler(rules, state),
    )  # fmt: skip


_LISTS = {
    "台账": (_LEDGER, _ledger_row), "汇总表": (_SUMMARY, _summary_row), "来访台账": (_VISITORS, _visitors_row),
    "请示议题": (_AGENDA, _agenda_row),
}  # fmt: skip


def register(
    name: str, office: str, period: str, found: list[tuple[Rules, State]],
    reveal: bool = False, hidden: int = 0, unread: int = 0,
) -> Register:  # fmt: skip
    """Return the list ``name`` of the inquiries found, with what it leaves out said beneath.

    ``hidden`` counts the confidential ones, ``unread`` the files that could not be read.
    """
    columns, row = _LISTS[name]
    rows = tuple(filled for rules, state in found if (filled := row(rules, state, reveal)))
    notes = [f"共 {len(rows)} 件。"]
    if hidden:
        notes.append(f"另有保密件（举报等）{hidden} 件，不列入。")
    if unread:
        notes.append(f"另有 {unread} 个文件读不出，未列入。")
    return Register(
        office=office, title=KINDS[name].title, period=period, columns=columns,
        rows=rows, notes=tuple(notes),
    )  # fmt: skip
