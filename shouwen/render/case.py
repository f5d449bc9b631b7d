"""One accountability case told whole, for people and for scripts."""

from collections.abc import Callable, Iterable
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct, to_builtins

from shouwen.core.accountability.case import Amount, Case
from shouwen.core.accountability.charge import charge_text
from shouwen.core.accountability.lifecycle import CaseState
from shouwen.core.accountability.proposals import Proposal
from shouwen.core.duties.findings import Finding
from shouwen.core.inquiry.events import Event, act_of
from shouwen.core.office.roster import Office
from shouwen.core.regulation.citation import cite
from shouwen.core.regulation.schema import Policy
from shouwen.render.values import safe, shown_minute


class CaseOutcome(Struct, frozen=True):
    """What an act in a case came to: the case as it stands, its file, what the act is called.

    ``proposal()`` reads the other cases to say what the regulation has for this one; it raises
    BadData where one of them cannot be read.
    """

    state: CaseState
    policy: Policy
    path: str
    what: str
    proposal: Callable[[], Proposal]


def case_data(
    state: CaseState,
    path: str,
    proposal: Proposal,
    findings: Iterable[Finding] = (),
    follow_up: Iterable[str] = (),
) -> dict[str, Any]:
    """Return ``shouwen.case/1``: the case, its status, the proposal of the regulation, its events."""
    plain = to_builtins(state.case)
    plain.pop("events", None)
    return {
        "schema": "shouwen.case/1", **plain, "path": path, "status": state.status,
        "counts": state.counts, "measures": state.measures,
        "proposal": {"article": proposal.article, "occasion": proposal.occasion,
                     "measures": proposal.fixed, "one_of": proposal.choice, "note": proposal.note,
                     "unregulated": proposal.unregulated, "missing": proposal.missing},
        "follow_up": list(follow_up),
        "findings": [{"article": f.article, "name": f.name, "text": f.text, "event": f.event} for f in findings],
        "events": [to_builtins(e) for e in state.case.events],
    }  # fmt: skip


def _part(value: object) -> str:
    """Return a member of a list of an event, in words."""
    return f"{value.measure}{value.yuan}元" if isinstance(value, Amount) else str(value)


def _said(event: Event) -> str:
    words = []
    for name in event.__struct_fields__:
        value = getattr(event, name)
        if name in ("id", "at", "by") or not value:
            continue
        words.append("、".join(map(_part, value)) if isinstance(value, tuple) else str(value))
    return "；".join(words).replace("\n", " ")


def subject_text(office: Office, case: Case) -> str:
    """Return who a case is about: the person, the department, or both."""
    return "、".join(x for x in (office.name(case.staff) if case.staff else "", case.department) if x)


def case_story(
    state: CaseState, path: str, proposal: Proposal, findings: list[Finding], policy: Policy,
    office: Office, zone: ZoneInfo, follow_up: Iterable[str] = (),
) -> str:  # fmt: skip
    """Return the case as a person reads it."""
    case = state.case
    person = f"{office.plain_name(case.staff)}（{case.staff}）" if case.staff else ""
    who = "、".join(x for x in (person, case.department) if x)
    lines = [
        f"{case.id}  {who}  {state.status}",
        f"{charge_text(policy, state)}  发生：{case.occurred}  立案：{shown_minute(case.reported, zone)} {office.name(case.by)}",
        f"事实：{case.summary}",
    ]
    if case.inquiry:
        lines.append(f"受理记录：{case.inquiry}")
    note = f"（{proposal.note}）" if proposal.note else ""
    lines += [f"规定：{cite(policy, proposal.article)} {proposal}{note}", f"文件：{path}", "", "经过"]
    lines += [
        f"  {shown_minute(e.at, zone)}  {office.name(e.by)}  {act_of(type(e))}  {_said(e)}".rstrip()
        + f"  [{e.id}]"
        for e in state.events
    ] or ["  （还没有）"]
    lines += [f"待办：{text}" for text in follow_up]
    if findings:
        lines += ["", "提示"]
        lines += [f"  {cite(policy, f.article)} {f.name}：{f.text}  [{f.event}]" for f in findings]
    return "".join(f"{safe(line)}\n" for line in lines)
