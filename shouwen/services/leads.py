"""Leads for accountability that the ledger itself shows; drafted, never decided."""

from collections.abc import Iterator
from datetime import date, datetime

from msgspec import Struct

from shouwen.core.deadlines.clock import Clock
from shouwen.core.deadlines.clock_table import clocks
from shouwen.core.duties.findings import bearer, findings
from shouwen.core.errors import Problem
from shouwen.core.inquiry.events import Target, Urge
from shouwen.core.inquiry.lifecycle import State, replay
from shouwen.core.regulation.schema import Policy
from shouwen.core.rulebook import Rules
from shouwen.services.desk import Desk
from shouwen.services.reading import readable


class Lead(Struct, frozen=True):
    """A limit run out or a duty broken, under the article broken.

    ``violation`` names the one that sanctions it, '' where the regulation has none.

    ``who`` is whom it is about, None where that is still to be found out; ``event`` is the id of
    the event that shows it, '' for the record as a whole.
    """

    article: str
    text: str
    violation: str
    event: str
    who: Target | None
    at: datetime


class Draft(Struct, frozen=True):
    """A lead for which no case is open yet, with where it stands."""

    lead: Lead
    inquiry: str
    path: str
    line: int
    policy: Policy
    occurred: date


def leads(rules: Rules, state: State, now: datetime) -> Iterator[Lead]:
    """Yield the leads of one inquiry: limits run out first, then duties broken.

    A limit or duty that only this tool proposes (默认) makes none.
    """
    running: list[Clock] = clocks(rules, state, now)
    for c in running:
        if (
            c.late
            and c.due
            and _past_grace(rules, state, c, now)
            and (c.violation or c.article in rules.policy.articles)
        ):
            text = f"{c.name}超期{c.overdue_workdays}个工作日{c.by.beside if c.by else ''}"
            yield Lead(c.article, text, c.violation, c.event, c.whose, c.due)
    q, acts = state.inquiry, {e.id: e for e in state.events}
    for f in findings(rules, state, running, now):
        if not f.lead:
            continue
        event = acts.get(f.event)
        at = event.at if event else q.received
        if f.due is not None:
            first = bearer(rules, state, f)
        else:
            first = Target(q.department, event.by if event else q.first_responder)
        people: list[Target | None] = [first]
        if f.whose is not None:
            people = [Target("", p) for p in f.whose] or [None]
        for who in people:
            yield Lead(f.article, f.text, f.violation, f.event, who, at)


def _past_grace(rules: Rules, state: State, clock: Clock, now: datetime) -> bool:
    """Return whether the days that a limit leaves after it ran out, or after an urging, are over too."""
    grace, calendar = clock.rule.grace, rules.calendar
    if not grace or not clock.due:
        return True
    end = clock.stopped or now
    start = clock.due
    if clock.rule.grace_from == "催办":
        urged = [e.at for e in state.events if isinstance(e, Urge) and clock.due <= e.at <= end]
        if not urged:
            return False
        start = urged[0]
    last = calendar.after(start.astimezone(calendar.zone).date(), grace)
    return end > calendar.close_of(last)


def drafts(desk: Desk, problems: list[Problem]) -> Iterator[Draft]:
    """Yield a draft for each lead for which no case is open yet; problems of files are added."""
    ledger = desk.ledger
    cases = (r.content for r in readable(desk, problems, "sanctions"))
    known = {(c.inquiry, c.violation or c.article) for c in cases}
    for record in readable(desk, problems, "inquiries"):
        rules, state = ledger.rules(record.content.policy), replay(record.content)
        name = state.inquiry.id
        for lead in leads(rules, state, desk.now):
            if (name, lead.violation or lead.article) not in known:
                day = lead.at.astimezone(ledger.zone).date()
                yield Draft(lead, name, record.path, record.line(lead.event), rules.policy, day)
