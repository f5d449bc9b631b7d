"""The forms that list a period: 台账 and 汇总表. Masked unless told; 举报 only counted."""

from msgspec import Struct

from shouwen.core.inquiry.events import Callback
from shouwen.core.inquiry.lifecycle import State
from shouwen.core.inquiry.masking import mask_phone, mask_text, shown_inquirer
from shouwen.core.rulebook import Rules
from shouwen.core.transfer.record_export import TITLES
from shouwen.render.forms.catalogue import KINDS


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


def _moment(value, rules: Rules) -> str:
    return value.astimezone(rules.calendar.zone).strftime("%Y-%m-%d %H:%M") if value else ""


def _first(rules: Rules, state: State) -> str:
    return rules.office.name(state.inquiry.first_responder) or state.inquiry.department


def _handler(rules: Rules, state: State) -> str:
    return rules.office.name(state.holder.staff) or state.holder.department


# 六项制度（一）5: the fields it names, in its order; an export has the same and more.
_LEDGER = tuple(map(Column, TITLES.values(), (14, 6, 10, 11, 18, 9, 9, 7, 9, 7)))


def _ledger_row(rules: Rules, state: State, reveal: bool) -> tuple[str, ...]:
    q = state.inquiry
    return (
        q.id, shown_inquirer(q.inquirer, reveal), q.inquirer.organisation,
        q.inquirer.phone if reveal else mask_phone(q.inquirer.phone),
        q.subject if reveal else mask_text(q.subject, *state.inquirers),
        _moment(q.received, rules), _moment(state.closed and state.closed.at, rules),
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
        return text if reveal else mask_text(text, *state.inquirers)

    call = next(iter(state.of(Callback)[-1:]), None)
    called = ""
    if call:
        solved = {True: "已解决", False: "未解决", None: ""}[call.resolved]
        called = f"{_moment(call.at, rules)[:10]} {solved}".strip()
    return (
        q.id, _moment(q.received, rules)[:10], shown_inquirer(q.inquirer, reveal), q.category,
        shown(q.subject), _handler(rules, state),
        shown(f"{closed.outcome}：{closed.result}") if closed else state.phase,
        (_moment(closed.told, rules) or shown(closed.not_told)) if closed else "", called,
        call.rating if call else "",
    )  # fmt: skip


_LISTS = {"台账": (_LEDGER, _ledger_row), "汇总表": (_SUMMARY, _summary_row)}


def register(
    name: str, office: str, period: str, found: list[tuple[Rules, State]],
    reveal: bool = False, hidden: int = 0, unread: int = 0,
) -> Register:  # fmt: skip
    """The list ``name`` of the inquiries found, with what it leaves out said beneath.

    ``hidden`` counts the confidential ones, ``unread`` the files that could not be read.
    """
    columns, row = _LISTS[name]
    notes = [f"共 {len(found)} 件。"]
    if hidden:
        notes.append(f"另有保密件（举报等）{hidden} 件，不列入。")
    if unread:
        notes.append(f"另有 {unread} 个文件读不出，未列入。")
    return Register(
        office=office, title=KINDS[name].title, period=period, columns=columns,
        rows=tuple(row(rules, state, reveal) for rules, state in found), notes=tuple(notes),
    )  # fmt: skip
