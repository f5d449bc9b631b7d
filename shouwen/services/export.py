"""What leaves a ledger, one inquiry after the other: never all of them in memory."""

from collections.abc import Iterator
from datetime import date, datetime

from msgspec import Struct, field

from shouwen.core.deadlines.clock import Clock
from shouwen.core.deadlines.clock_table import clocks
from shouwen.core.deadlines.explain import rests_on
from shouwen.core.deadlines.overdue import due_time, running
from shouwen.core.errors import Problem
from shouwen.core.inquiry.confidential import secret
from shouwen.core.inquiry.lifecycle import State
from shouwen.core.inquiry.masking import mask_text
from shouwen.core.office.standing import as_held_on
from shouwen.core.rulebook import Rules
from shouwen.render.calendar_events import Waiting, limit_line
from shouwen.render.values import holder, shown_minute
from shouwen.services.desk import Desk
from shouwen.services.reading import taken
from shouwen.services.recusal import Sight


class ToExport(Struct):
    """One inquiry to export: whose it is, its file, what it adds up to."""

    desk: Desk
    path: str
    rules: Rules
    state: State
    clocks: list[Clock]

    @property
    def order(self) -> tuple[datetime, str, str]:
        """Where it stands among all: by intake, then by id."""
        return self.state.inquiry.received, self.state.inquiry.id, self.desk.called


class Left(Struct):
    """What is not exported: ``hidden`` counts the confidential."""

    hidden: int = 0
    problems: list[Problem] = field(default_factory=list)


def exportable(
    desk: Desk, first: date, last: date, now: datetime, past: bool, left: Left, reveal: bool = False
) -> Iterator[ToExport]:
    """Yield the inquiries taken in from one day to another as they stood at ``now``; count the others."""
    sight = Sight(desk, reveal)
    for one, state in taken(desk, left.problems, first, last, now, past):
        if secret(state.inquiry) or sight.blocked(state.inquiry):
            left.hidden += 1
            continue
        rules = desk.ledger.rules(one.content.policy)
        yield ToExport(desk, one.path, rules, state, clocks(rules, state, now))


def waiting(found: ToExport, several: bool) -> Waiting | None:
    """Return an open inquiry for a calendar, at the first of its limits; None where no limit runs."""
    limits = sorted(running(found.clocks), key=lambda c: (due_time(c), c.name))
    if found.state.closed or not limits:
        return None
    q, office, zone = found.state.inquiry, found.rules.office, found.rules.calendar.zone
    today = found.desk.now.astimezone(zone).date()
    lines = [f"现负责：{holder(as_held_on(office, found.state, today).holder, office)}"]
    for clock in limits:
        days = f"超期{clock.overdue_workdays}个工作日" if clock.overdue_workdays else "已超时"
        due = shown_minute(clock.due, zone) + ("（暂定）" if clock.provisional else "")
        lines.append(limit_line(clock.name, due, days if clock.late else "", rests_on(found.rules, clock)))
    return Waiting(
        q.id, mask_text(q.subject, *found.state.people), due_time(limits[0]), lines,
        any(c.late for c in limits), any(c.provisional for c in limits), found.desk.called if several else "",
    )  # fmt: skip
