"""Accountability cases: read them all, judge one act, append it, say where the case stands."""

from msgspec import structs

from shouwen.core.accountability.lifecycle import CaseState, replay_case
from shouwen.core.accountability.proposals import Proposal, propose, unfiled
from shouwen.core.errors import BadData, Refused
from shouwen.core.inquiry.events import act_of
from shouwen.core.inquiry.lifecycle import apart
from shouwen.core.regulation.citation import cite
from shouwen.core.regulation.schema import Policy
from shouwen.render.case import case_data
from shouwen.render.table import json_text
from shouwen.store.ledger import new_event_id
from shouwen.store.record import Record
from shouwen.terminal.context import Context
from shouwen.terminal.reading import readable

FOLDER = "sanctions"


def states(context: Context, problems: list | None = None) -> list[tuple]:
    """(record, state) of every case; an unreadable one refuses unless problems are collected."""
    found: list = [] if problems is None else problems
    pairs = [(r, replay_case(r.content)) for r in readable(context, found, FOLDER)]
    if problems is None and found:
        raise BadData(found)
    return pairs


def proposed(context: Context, policy: Policy, state: CaseState) -> Proposal:
    """What the regulation has for a case, after the occasions that were decided before it."""
    on = (state.decision.at if state.decision else context.now).astimezone(context.ledger.zone).date()
    others = [
        s
        for _, s in states(context)
        if not state.decision or s.decision and s.decision.at < state.decision.at
    ]
    return propose(policy, state.case, others, on, context.ledger.zone)


def act(context: Context, name: str, at: str, format: str | None, build) -> None:
    """Append an event to a case, refused if its status does not allow it."""
    ledger = context.ledger
    record = ledger.read(ledger.find(name, FOLDER))
    when = context.moment(at, "--at ")
    if when < record.content.reported:
        raise Refused(f"{record.content.id}: 时间早于立案")
    events = record.content.events
    event = build(new_event_id({e.id for e in events}), apart(events, when), context.actor)
    before = replay_case(record.content)
    after = replay_case(structs.replace(record.content, events=(*record.content.events, event)))
    if new := [d for d in after.disputes if d not in before.disputes]:
        raise Refused(f"{record.content.id}: {new[0].text}")
    acknowledge(context, ledger.append(record, event), format)
    context.committed([record.path], f"{act_of(type(event))} {record.content.id}")


def acknowledge(context: Context, record: Record, format: str | None) -> None:
    """The case number (or the whole case as JSON) to stdout; its status and what follows to stderr."""
    state = replay_case(record.content)
    policy = context.ledger.policy(state.case.policy)
    if format != "json":  # before anything else is read that might fail: it is written by now
        context.ui.out(state.case.id + "\n")
    proposal = proposed(context, policy, state)
    if format == "json":
        context.ui.out(json_text(case_data(state, record.path, proposal)))
    context.ui.say(f"{state.status}  {cite(policy, state.case.article)} {state.case.violation}")
    if not state.decision:
        note = f"；{proposal.note}" if proposal.note else ""
        context.ui.say(f"{cite(policy, proposal.article)}规定：{proposal}{note}（只是建议，由决定机关决定）")
    elif unfiled(policy, state):
        context.ui.say(
            f"尚未存入人事档案（{cite(policy, policy.filing.article)}）：shouwen sanction file {state.case.id}"
        )
