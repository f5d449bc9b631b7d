"""Leads for accountability that the ledger itself shows; drafted, never decided."""

from shlex import quote

from shouwen.commands.reading import finish, readable, unreadable_text
from shouwen.commands.session import Session
from shouwen.core.clocks import clocks
from shouwen.core.findings import findings
from shouwen.core.policy import cite
from shouwen.core.replay import replay
from shouwen.text.words import safe


def drafts(session: Session) -> None:
    """Print, for each finding that the regulation names a violation for, the command to report it."""
    ledger = session.ledger
    problems: list = []
    known = {r.content.inquiry for r in readable(session, problems, "sanctions")}
    for record in readable(session, problems, "inquiries"):
        rules, state = ledger.rules(record.content.policy), replay(record.content)
        found = clocks(rules, state, session.now)
        for finding in findings(rules, state, found, session.now):
            if not finding.violation or state.inquiry.id in known:
                continue
            event = next((e for e in state.events if e.id == finding.event), None)
            who = event.by if event else state.inquiry.first_responder
            day = (event.at if event else state.inquiry.received).astimezone(ledger.zone).date()
            place = f"{record.path}:{record.line(finding.event)}"
            session.out(f"# {place}: {cite(rules.policy, finding.article)} {safe(finding.text)}\n")
            article = rules.policy.violations[finding.violation].article
            session.out(
                f"shouwen sanction report --staff {who} --article {article} --violation {quote(finding.violation)}"
                f" --occurred {day} --inquiry {state.inquiry.id} --summary {quote(safe(finding.text))}\n"
            )
    if problems:
        session.say(unreadable_text(problems))
    finish(problems)
