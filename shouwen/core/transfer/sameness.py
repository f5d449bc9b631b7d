"""Which rows of a register a ledger has already: those that are equal in every mapped column."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from shouwen.core.errors import Problem
from shouwen.core.inquiry.confidential import secret, withheld
from shouwen.core.inquiry.events import (
    Accept,
    Callback,
    Close,
    Extend,
    Handoff,
    Notify,
    Progress,
    Reopen,
    Resume,
    Supplement,
    Suspend,
)
from shouwen.core.inquiry.header import Agent, Inquiry
from shouwen.core.transfer.importing import ImportedRow
from shouwen.core.transfer.mapping import Grid, Mapping
from shouwen.core.transfer.record_export import ANONYMOUS
from shouwen.core.transfer.row_history import MARK, TOLD_AT_ONCE

Stated = tuple[object, ...]  # what a row says, field by field


def stated(inquiry: Inquiry, fields: Iterable[str]) -> Stated:
    """Return what an inquiry says in the fields of a mapping: two that say the same are the same row.

    Of one imported before, what was recorded since is left out.
    """
    q, person, agent = inquiry, inquiry.inquirer, inquiry.agent or Agent()
    imported = [e for e in q.events if e.id.startswith(MARK)]
    events = imported or list(q.events)

    def first(kind: type) -> Any:
        return next((e for e in events if isinstance(e, kind)), None)

    given, taken, word, call, more, again = map(first, (Handoff, Accept, Progress, Callback, Extend, Reopen))
    closes = [e for e in events if isinstance(e, Close)]
    before = closes[0] if again and closes else None
    end = next((e for e in closes if e is not before), None)
    paused = [e for e in events if isinstance(e, Suspend | Notify)]
    who = ANONYMOUS if person.anonymous else person.name
    values = {
        "received": _minute(q.received), "name": who, "phone": person.phone, "organisation": person.organisation,
        "agent": agent.name, "agent_phone": agent.phone, "agent_relation": agent.relation,
        "subject": q.subject, "detail": q.detail, "number": q.detail, "category": q.category, "channel": q.channel,
        "first_responder": q.first_responder, "department": q.department, "scope": q.scope, "matter": q.matter,
        "urgency": q.urgency, "promised": q.promised and _minute(q.promised),
        "handler": taken.by if taken else given.to.staff if given else "",
        "handler_department": given.to.department if given else "", "mode": given.mode if given else "",
        "answered": _minute(word.at) if word else None, "closed": _minute(end.at) if end else None,
        "outcome": end.outcome if end else "", "result": end.result if end else "",
        "told": end.told and _minute(end.told) if end else None, "not_told": end.not_told if end else "",
        "reason": end.reason if end else "", "basis": end.basis if end else "",
        "signed_by": end.signed_by if end else "", "rating": call.rating if call else "",
        "designated_by": given.on_behalf_of if given else "", "handed": _minute(given.at) if given else None, "accepted": _minute(taken.at) if taken else None,
        "paused": tuple(_minute(e.at) for e in paused),
        "resumed": tuple(_minute(e.at) for e in events if isinstance(e, Resume | Supplement)),
        "pause_reason": tuple(e.reason if isinstance(e, Suspend) else TOLD_AT_ONCE for e in paused),
        "extended": _minute(more.at) if more else None, "extended_until": more and more.until and _minute(more.until),
        "extended_days": more.workdays if more else 0, "extended_by": more.approved_by if more else "",
        "extension_reason": more.reason if more else "", "first_closed": _minute(before.at) if before else None,
        "first_outcome": before.outcome if before else "", "reopened": _minute(again.at) if again else None,
        "called_back": _minute(call.at) if call else None,
    }  # fmt: skip
    return tuple(values[field] for field in sorted(fields))


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


class Known:
    """The inquiries that a ledger has, asked whether it has a row already."""

    def __init__(self, mapping: Mapping, inquiries: Iterable[Inquiry]):
        """Look among ``inquiries`` with their private parts, as far as this machine has them."""
        self._fields = tuple(mapping.columns)
        self._there: dict[Stated, str] = {}
        self._apart: dict[datetime, str] = {}
        for q in inquiries:
            if withheld(q):
                self._apart[_minute(q.received)] = q.id
            else:
                self._there.setdefault(stated(q, self._fields), q.id)

    def id_of(self, inquiry: Inquiry) -> str:
        """Return the id of the inquiry that is equal in every field of the mapping, or ''."""
        return self._there.get(stated(inquiry, self._fields), "")

    def hidden_twin(self, inquiry: Inquiry) -> str:
        """Return the id of a confidential inquiry of the same minute whose content this machine lacks, or ''."""
        return self._apart.get(_minute(inquiry.received), "") if secret(inquiry) else ""


def rest(rows: list[ImportedRow], known: Known) -> tuple[list[ImportedRow], list[tuple[ImportedRow, str]]]:
    """Return the rows that the ledger does not have yet, and those it has with the id that each equals."""
    there = [(row, name) for row in rows if (name := known.id_of(row.inquiry))]
    had = {row.row for row, _ in there}
    return [row for row in rows if row.row not in had], there


def repeated(
    grid: Grid,
    mapping: Mapping,
    rows: list[ImportedRow],
    known: Known,
    seen: dict[Stated, tuple[str, int]] | None = None,
) -> list[Problem]:
    """Return the rows that the ledger has already, cannot be told from what it has, or stand in the sheet twice.

    ``seen`` are those of the sheets before, by what they say: (sheet, row from 0); these are put in.
    """
    found: list[Problem] = []
    seen = {} if seen is None else seen
    for row in rows:
        key = stated(row.inquiry, mapping.columns)
        if name := known.id_of(row.inquiry):
            text, hint = f"台账里已有 {name}（映射的各列都相同）", "已经导入过；只导入其余的加 --rest"
        elif name := known.hidden_twin(row.inquiry):
            text = f"台账里有同一时刻的保密件 {name}，本机没有它的内容（private/），无法核对"
            hint = "在存有 private/ 的机器上导入"
        elif key in seen:
            sheet, first = seen[key]
            where = f"工作表“{sheet}”第 {first + 1} 行" if sheet != grid.sheet else f"第 {first + 1} 行"
            text = f"与{where}重复（映射的各列都相同）"
            hint = "删去一行；确是两件的，把序号列映射为 number"
        else:
            seen[key] = grid.sheet, row.row
            continue
        found.append(Problem(grid.place(row.row), 0, "duplicate", text, hint))
    return found
