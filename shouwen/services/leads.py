"""Leads for accountability that the ledger itself shows; drafted, never decided."""

from collections.abc import Iterator
from datetime import datetime
from shlex import quote

from shouwen.core.deadlines.clock import Clock
from shouwen.core.deadlines.clock_table import clocks
from shouwen.core.duties.findings import findings
from shouwen.core.inquiry.events import Target
from shouwen.core.inquiry.lifecycle import State, replay
from shouwen.core.regulation.citation import cite
from shouwen.core.rulebook import Rules
from shouwen.render.values import safe
from shouwen.terminal.context import Context
from shouwen.terminal.reading import finish, readable, unreadable_text

# article, words, violation, event, whom it is about, when
Lead = tuple[str, str, str, str, Target | None, datetime]


def _leads(rules: Rules, state: State, now: datetime) -> Iterator[Lead]:
    """Clocks run out and duties broken for which the regulation names a violation."""
    running: list[Clock] = clocks(rules, state, now)
    for c in running:
        if c.late and c.violation:
            text = f"{c.name}超期{c.overdue_workdays}个工作日"
            yield c.article, text, c.violation, c.event, c.whose, c.due
    q = state.inquiry
    for f in findings(rules, state, running, now):
        if not f.violation:
            continue
        event = next((e for e in state.events if e.id == f.event), None)
        at = event.at if event else q.received
        first = Target(q.department, event.by if event else q.first_responder)
        people = [first] if f.whose is None else [Target("", p) for p in f.whose] or [None]
        for who in people:
            yield f.article, f.text, f.violation, f.event, who, at


def _word(text: str) -> str:
    """A text as one word of a shell, of which a terminal obeys nothing."""
    return quote(safe(text))


def drafts(context: Context) -> None:
    """Print, for each lead for which no case is open yet, where it stands and the command to report it."""
    ledger = context.ledger
    problems: list = []
    known = {(r.content.inquiry, r.content.violation) for r in readable(context, problems, "sanctions")}
    for record in readable(context, problems, "inquiries"):
        rules, state = ledger.rules(record.content.policy), replay(record.content)
        policy, name = rules.policy, state.inquiry.id
        for article, text, violation, event, who, at in _leads(rules, state, context.now):
            if (name, violation) in known:
                continue
            place = f"{record.path}:{record.line(event)}"
            context.ui.out(f"# {place}: {safe(cite(policy, article))} {safe(text)}\n")
            if not who:
                context.ui.out("# 没有写被反映的人（--about），查明后再立案\n")
                continue
            whose = f"--staff {_word(who.staff)}" if who.staff else f"--department {_word(who.department)}"
            context.ui.out(
                f"shouwen sanction report {whose} --article {_word(policy.violations[violation].article)}"
                f" --violation {_word(violation)} --occurred {at.astimezone(ledger.zone).date()}"
                f" --inquiry {name} --summary {_word(text)}\n"
            )
    if problems:
        context.ui.say(unreadable_text(problems))
    finish(problems)
