"""One act on one inquiry: look it up, judge the move, append one line, say where it stands."""

from collections.abc import Callable
from datetime import datetime

from msgspec import structs

from shouwen.core.deadlines.clock import RED, main_clock
from shouwen.core.deadlines.clock_table import clocks
from shouwen.core.duties.findings import findings
from shouwen.core.errors import Changed, Refused
from shouwen.core.inquiry.events import Event, act_of
from shouwen.core.inquiry.lifecycle import CLOSED, State, apart, replay
from shouwen.core.office.powers import absent_from_office, refusal
from shouwen.core.regulation.citation import cite
from shouwen.render.story import finding_text, story_data
from shouwen.render.table import json_text
from shouwen.render.values import holder, moment
from shouwen.store.ledger import new_event_id
from shouwen.store.record import Record
from shouwen.terminal.context import Context

ATTEMPTS = 5
Build = Callable[[str, datetime, str], Event]


def act(context: Context, name: str, at: str, build: Build, format: str | None = None) -> None:
    """Append the event that ``build(id, at, by)`` makes to the inquiry that ``name`` means.

    Refused if the move is not lawful or would break a duty that the regulation enforces. When
    somebody else changed the record meanwhile, the move is judged again on what is there now.
    """
    ledger, office = context.ledger, context.ledger.office
    when = context.moment(at, "--at ")
    if why := absent_from_office(office, context.actor, when.astimezone(ledger.zone).date()):
        raise Refused(why)
    path = before = ledger.find(name)
    for attempt in range(1, ATTEMPTS + 1):
        record = ledger.read(path)
        events = record.content.events
        event = build(new_event_id({e.id for e in events}), apart(events, when), context.actor)
        judge(context, record, event)
        try:
            if record.path.startswith("archive/"):
                record = ledger.read(path := ledger.move(record.path, "inquiries"))
            record = ledger.append(record, event)
            break
        except Changed:
            if attempt == ATTEMPTS:
                raise
    acknowledge(context, record, format, event.id)
    context.committed({before, record.path}, f"{act_of(type(event))} {record.content.id}")


def judge(context: Context, record: Record, event: Event) -> None:
    """Refused, with the article, if the move may not be made; nothing is written.

    An act is refused for what it breaks itself, never for what shows on an older one: there is
    always a way out.
    """
    ledger = context.ledger
    inquiry = record.content
    before = replay(inquiry)
    rules = ledger.rules(inquiry.policy)
    if event.at < before.inquiry.received:
        raise Refused(
            f"{inquiry.id}: 时间 {moment(event.at, ledger.zone)} 早于受理时间 "
            f"{moment(before.inquiry.received, ledger.zone)}"
        )
    if why := refusal(ledger.office, before, event, event.at.astimezone(ledger.zone).date()):
        raise Refused(f"{inquiry.id}: {why}")
    grown = structs.replace(inquiry, events=(*inquiry.events, event))
    after = replay(grown)
    if disputed := [d for d in after.disputes if d not in before.disputes]:
        what = act_of(type(disputed[0].event))
        raise Refused(f"{inquiry.id}: {what}不成立：{disputed[0].text}")
    now = context.now
    old = set(findings(rules, before, clocks(rules, before, now), now))
    for finding in findings(rules, after, clocks(rules, after, now), now):
        if finding.refuse and finding.event in ("", event.id) and finding not in old:
            unwritten = structs.replace(finding, event="")  # an id that stands nowhere helps nobody
            raise Refused(f"{inquiry.id}: {finding_text(unwritten, rules)}")


def acknowledge(context: Context, record: Record, format: str | None, event: str = "") -> None:
    """The id (or the whole record as JSON) to stdout; where it stands now to stderr.

    With ``format`` "" nothing goes to stdout: the caller has something else to print there.
    """
    ledger, inquiry = context.ledger, record.content
    rules, state = ledger.rules(inquiry.policy), replay(inquiry)
    found = clocks(rules, state, context.now)
    notes = findings(rules, state, found, context.now)
    if format == "json":
        context.ui.out(json_text(story_data(state, found, notes, rules, record.path)))
    elif format is None:
        context.ui.out(inquiry.id + "\n")
    context.ui.say(standing(state, context))
    main = main_clock(found)
    if state.phase != CLOSED and main:
        due = moment(main.due, ledger.zone) or "暂停中"
        more = "（暂定，该年日历尚未公布）" if main.provisional else ""
        late = "，已超期" if main.level == RED else ""
        context.ui.say(
            f"{main.name}期限：{due}{more}{late}（{cite(rules.policy, main.article)}，{main.limit}）"
        )
    for note in notes:
        if not event or note.event in (event, ""):
            context.ui.say(f"提示：{finding_text(note, rules)}")


def standing(state: State, context: Context) -> str:
    """Where it stands, in a line."""
    office = context.ledger.office
    if state.phase == CLOSED:
        return f"{state.phase}：{state.closed.outcome}"
    text = f"{state.phase}，由{holder(state.holder, office)}负责"
    return text + (f"，等{holder(state.pending.to, office)}签收" if state.pending else "")
