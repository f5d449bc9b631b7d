"""sanction list, show: the cases, for people and for programs."""

from typing import Annotated, Any

import typer

from shouwen.core.accountability.case_findings import case_findings
from shouwen.core.accountability.charge import charged
from shouwen.core.accountability.follow_up import follow_ups, late_appeal
from shouwen.core.accountability.lifecycle import replay_case
from shouwen.core.accountability.proposals import unfiled
from shouwen.core.office.lookup import find_staff
from shouwen.core.office.namesakes import told_apart
from shouwen.core.regulation.citation import cite
from shouwen.render.case import case_data, case_story, subject_text
from shouwen.render.problems import unreadable_data, unreadable_text
from shouwen.render.table import FORMATS, json_text, listing
from shouwen.services.case_act import (
    FOLDER,
    proposed,
    states,
)
from shouwen.terminal import completers
from shouwen.terminal.case_options import CaseId
from shouwen.terminal.context import Context
from shouwen.terminal.ending import finish
from shouwen.terminal.lists import fit_screen
from shouwen.terminal.options import Wide, format_option

COLUMNS = (
    ("id", "案号"), ("subject", "被反映"), ("violation", "行为"), ("cited", "条款"), ("occurred", "发生"),
    ("status", "状态"), ("measures", "措施"), ("decided", "决定日"), ("filed", "归档"),
    ("inquiry", "受理编号"), ("follow_up", "待办"),
)  # fmt: skip


def list_(
    ctx: typer.Context,
    staff: Annotated[
        str, typer.Option(metavar="人员", help="只看这个人", autocompletion=completers.staff)
    ] = "",
    year: Annotated[int, typer.Option(metavar="年", help="只看这一年决定或立案的")] = 0,
    unfiled_only: Annotated[bool, typer.Option("--unfiled", help="只看已决定、应归档而未归档的")] = False,
    missed_only: Annotated[
        bool, typer.Option("--missed", help="只看该改正、报告、解除、答复而过期没有做的")
    ] = False,
    wide: Wide = False,
    format: Annotated[str, format_option(*FORMATS)] = "table",
) -> None:
    """列出案件。

    \b
    例：shouwen sanction list --year 2026
        shouwen sanction list --unfiled
        shouwen sanction list --missed
    """
    context: Context = ctx.obj
    office, zone = context.ledger.office, context.ledger.zone
    today = context.now.date()
    person = find_staff(office, staff, today) if staff else ""
    problems: list[Any] = []
    rows = []
    for record, state in states(context, problems):
        case, policy = state.case, context.ledger.policy(state.case.policy)
        decided = state.decided_on(zone) if state.decision else None
        if person and case.staff != person or unfiled_only and not unfiled(policy, state):
            continue
        if year and year not in (case.reported.astimezone(zone).year, decided and decided.year):
            continue
        todo = list(follow_ups(policy, state, context.ledger.calendar))
        if missed_only and not any(f.open_missed(today) for f in todo):
            continue
        rows.append({
            "id": case.id, "subject": subject_text(office, case),
            "violation": charged(state), "cited": cite(policy, case.article), "occurred": case.occurred,
            "status": state.status, "measures": list(state.measures), "decided": decided,
            "filed": "" if not state.decision else "已归档" if state.filed else "未归档" if unfiled(policy, state) else "不需",
            "inquiry": case.inquiry, "follow_up": "；".join(f.text(today) for f in todo), "path": record.path,
        })  # fmt: skip
    envelope: dict[str, Any] = {"as_of": context.now, "revision": context.revision,
                "unreadable": unreadable_data(problems)} if format == "json" else {}  # fmt: skip
    rows, kept, note = fit_screen(context.ui, rows, COLUMNS, format, wide)
    text = listing("sanctions", rows, kept, format, **envelope)
    context.ui.show(text, by_eye=format in ("table", "plain"), wide=wide)
    if note:
        context.ui.say(note)
    if not rows and format in ("table", "plain", "markdown"):
        context.ui.say("没有符合条件的案件")
    if problems:
        context.ui.say(unreadable_text(problems))
    finish(problems)


def show(
    ctx: typer.Context, name: CaseId, format: Annotated[str, format_option("text", "json")] = "text"
) -> None:
    """查看一个案件：反映、核实、决定和依据。

    \b
    例：shouwen sanction show 9DTM
    """
    context: Context = ctx.obj
    ledger = context.ledger
    record = ledger.read(ledger.find(name, FOLDER))
    state = replay_case(told_apart(ledger.office, record.content, ledger.zone))
    policy = ledger.policy(state.case.policy)
    proposal = proposed(context, policy, state)
    every = [s for _, s in states(context)]
    found = case_findings(ledger.policy, every, ledger.zone, ledger.office)[state.case.id]
    todo = [f.text(context.now.date()) for f in follow_ups(policy, state, ledger.calendar)]
    if late := late_appeal(policy, state, ledger.calendar):
        todo.append(late)
    if format == "json":
        context.ui.out(json_text(case_data(state, record.path, proposal, found, todo)))
        return
    text = case_story(state, record.path, proposal, found, policy, ledger.office, ledger.zone, todo)
    context.ui.show(text, by_eye=True)
