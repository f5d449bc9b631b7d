"""One act on one inquiry: look it up, judge the move, append one line, say what came of it."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime

from msgspec import structs

from shouwen.core.deadlines.clock_table import clocks
from shouwen.core.duties.findings import Finding, findings
from shouwen.core.errors import BadData, Changed, Refused
from shouwen.core.inquiry.events import Escalate, Event, Target, act_of
from shouwen.core.inquiry.header import Inquiry
from shouwen.core.inquiry.lifecycle import apart, replay
from shouwen.core.inquiry.repetition import unchanged
from shouwen.core.office.lookup import find_leader
from shouwen.core.office.namesakes import told_apart
from shouwen.core.office.powers import ask, power_of, refusal, who_could
from shouwen.core.office.presence import left_since
from shouwen.core.office.routing import same_department
from shouwen.core.office.standing import as_held_on
from shouwen.render.acknowledgement import Outcome
from shouwen.render.story import finding_text
from shouwen.render.values import shown_minute
from shouwen.services.desk import Desk
from shouwen.services.recusal import Sight, accused, told_first
from shouwen.store.ids import new_event_id
from shouwen.store.ledger import Ledger
from shouwen.store.record import Record

ATTEMPTS = 5
Build = Callable[[str, datetime, str], Event]


def act(desk: Desk, name: str, when: datetime, *builds: Build) -> Outcome:
    """Append the event that ``build(id, at, by)`` makes to the inquiry that ``name`` means.

    Of several each is judged on what those before it leave; all are written, or none. When somebody else changed the record meanwhile, the move is judged again on what is there
    now. An archived record is moved back first.

    Raises:
        NotFound: no inquiry, or several, of that name.
        Refused: whoever acts is away, the move is not lawful, or it would break a duty that the
            regulation enforces.
        Changed: the record changed again at each of five attempts; nothing was written.
        BadData: the record cannot be read.
    """
    ledger = desk.ledger
    path = before = ledger.find(name)
    for attempt in range(1, ATTEMPTS + 1):
        record = ledger.read(path)
        inquiry = record.content
        with suppress(BadData):  # its private part is for others: judged by what the record says
            inquiry = ledger.whole(inquiry)
        added: list[Event] = []
        for build in builds:
            known = inquiry.events
            with told_first(desk, inquiry):
                event = build(new_event_id({e.id for e in known}), apart(known, when), desk.actor)
            judge(ledger, inquiry, event, desk.now)
            inquiry = structs.replace(inquiry, events=(*known, event))
            added.append(event)
        what = f"{act_of(type(added[0]))} {inquiry.id}"
        desk.sure(what)
        try:
            if record.path.startswith("archive/"):
                record = ledger.read(path := ledger.move(record.path, "inquiries"))
            record = ledger.append(record, *added)
            break
        except Changed:
            if attempt == ATTEMPTS:
                raise
    paths = tuple(dict.fromkeys((before, record.path)))
    done = outcome(desk, record, what, paths, *(event.id for event in added))
    return structs.replace(done, kept_back=True) if Sight(desk).blocked(record.content) else done


def answering(desk: Desk, name: str, leader: str, day: date) -> str:
    """Return whose word an instruction is that somebody writes down; '' for the own word of whoever acts.

    ``leader`` as somebody would name a person or body. Without it a leader speaks for himself;
    anybody else writes down the answer of the leader whom the matter was last put to.

    Raises:
        NotFound: no inquiry, or nobody, of that name.
    """
    inquiry = desk.ledger.read(desk.ledger.find(name)).content
    if leader:
        return find_leader(desk.ledger.office, desk.ledger.policy(inquiry.policy).above, leader, day)
    if desk.actor in desk.ledger.office.leaders(day):
        return ""
    return next((e.to for e in reversed(replay(inquiry).of(Escalate))), "")


def as_held(desk: Desk, name: str, target: Target, day: date) -> Target:
    """Return the target of joint work, in the words of the record where it is the department that has it already.

    That department keeps the lead; it may have been renamed, or have taken in another, since.
    """
    held = replay(desk.ledger.read(desk.ledger.find(name)).content).holder.department
    same = same_department(desk.ledger.office, held, target.department, day)
    return structs.replace(target, department=held) if same else target


def judge(ledger: Ledger, inquiry: Inquiry, event: Event, now: datetime) -> None:
    """Decide whether a move may be made on an inquiry; nothing is written.

    An act is refused for what it breaks itself, never for what shows on an older one: there is
    always a way out.

    Raises:
        Refused: the reason, with the article if a regulation has one.
    """
    whole = told_apart(ledger.office, structs.replace(inquiry, events=(*inquiry.events, event)), ledger.zone)
    inquiry, event = structs.replace(whole, events=whole.events[:-1]), whole.events[-1]
    before = replay(inquiry)
    rules = ledger.rules(inquiry.policy)
    if event.at < before.inquiry.received:
        raise Refused(
            f"{inquiry.id}: 时间 {shown_minute(event.at, ledger.zone)} 早于受理时间 "
            f"{shown_minute(before.inquiry.received, ledger.zone)}"
        )
    if not power_of(event).absent and (why := left_since(ledger.office, event.by, now.date())):
        raise Refused(
            f"{inquiry.id}: 经办人{why}{who_could(ledger.office, ledger.office.leaders(now.date()), now.date())}"
        )
    for breach in ask(ledger.office, rules.policy, before, event, ledger.zone, accused(ledger, inquiry)):
        raise Refused(f"{inquiry.id}: {breach.text}")
    if why := refusal(ledger.office, before, event, event.at.astimezone(ledger.zone).date()):
        raise Refused(f"{inquiry.id}: {why}")
    after = replay(structs.replace(inquiry, events=(*inquiry.events, event)))
    if disputed := [d for d in after.disputes if d not in before.disputes]:
        what = act_of(type(disputed[0].event))
        raise Refused(f"{inquiry.id}: {what}不成立：{disputed[0].text}")
    if why := unchanged(before, event):
        raise Refused(f"{inquiry.id}: {why}")
    old = {_said(f) for f in findings(rules, before, clocks(rules, before, now), now)}
    for finding in findings(rules, after, clocks(rules, after, now), now):
        if finding.refuse and finding.event in ("", event.id) and _said(finding) not in old:
            unwritten = structs.replace(finding, event="")  # an id that stands nowhere helps nobody
            raise Refused(f"{inquiry.id}: {finding_text(unwritten, rules)}")


def _said(finding: Finding) -> tuple[str, str, str, str]:
    """Return what a finding is known by: an act that moves only its time makes no new one."""
    return finding.name, finding.article, finding.text, finding.event


def outcome(desk: Desk, record: Record, what: str, paths: tuple[str, ...], *added: str) -> Outcome:
    """Return where a record just written stands, and what is found on it."""
    inquiry = told_apart(desk.ledger.office, record.content, desk.ledger.zone)
    rules, state = desk.ledger.rules(inquiry.policy), replay(inquiry)
    found = clocks(rules, state, desk.now)
    notes = findings(rules, state, found, desk.now)
    held = as_held_on(rules.office, state, desk.now.date())
    return Outcome(rules, held, found, notes, record.path, paths, what, added)
