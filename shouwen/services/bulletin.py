"""The figures of a period (通报) of one ledger or several, beside those they are compared with."""

from datetime import datetime

from shouwen.core import date_range
from shouwen.core.accountability.lifecycle import replay_case
from shouwen.core.date_range import DateRange
from shouwen.core.deadlines.clock_table import clocks
from shouwen.core.errors import Problem
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.statistics.bulletin import Bulletin, put_right
from shouwen.render.bulletin.text import PERIODS
from shouwen.services.desk import Desk
from shouwen.services.reading import readable
from shouwen.store.tally import Tally


def empty(current: DateRange) -> dict[str, Bulletin]:
    """Return a bulletin without figures for the period and for each that it is compared with."""
    days = (current, date_range.before(current), date_range.year_earlier(current))
    return {name: Bulletin(period) for name, period in zip(PERIODS, days, strict=True)}


def gather(
    desk: Desk, made: dict[str, Bulletin], now: datetime, problems: list[Problem], tally: Tally
) -> None:
    """Add one ledger's inquiries and cases to every bulletin, each as it stood at its period's end.

    Problems of files are added to ``problems``; ``tally`` counts what was read.
    """
    ledger, label = desk.ledger, desk.called
    ends = [(each, each.period.end(now)) for each in made.values()]
    for record in readable(desk, problems, "inquiries", "archive", tally=tally):
        inquiry = put_right(record.content, now)
        rules = ledger.rules(inquiry.policy)
        latest = replay(inquiry, until=now)
        for each, end in ends:
            each.met(label, inquiry, latest)
            if inquiry.received <= end and not each.over(rules, latest):
                state = replay(inquiry, until=end)
                each.add(label, rules, state, clocks(rules, state, end), end)
    for each, _ in ends:
        each.settle(label)
    for record in readable(desk, problems, "sanctions", tally=tally):
        for each, end in ends:
            if record.content.reported <= end:
                case = replay_case(record.content, until=end)
                each.add_case(label, ledger.policy(record.content.policy), ledger.office, case)
