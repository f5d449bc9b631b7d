"""A ledger's facts go into a lake: every inquiry once, its figures of every month and year it has any in."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import msgspec

from shouwen.core import date_range
from shouwen.core.accountability.lifecycle import replay_case
from shouwen.core.deadlines.clock import Clock
from shouwen.core.deadlines.clock_table import clocks
from shouwen.core.errors import Problem
from shouwen.core.inquiry.confidential import secret
from shouwen.core.inquiry.events import Join, Target
from shouwen.core.inquiry.header import Inquiry
from shouwen.core.inquiry.lifecycle import State, replay
from shouwen.core.statistics.bulletin import late_duties, put_right
from shouwen.core.transfer.facts import (
    TABLES,
    VERSION,
    WITHHELD,
    Recorder,
    act_rows,
    case_row,
    clock_row,
    departments_of,
    inquiry_row,
    names_of,
)
from shouwen.render.problems import unreadable_data
from shouwen.services.desk import Desk
from shouwen.services.follow_up import missed
from shouwen.services.lateness import told_by
from shouwen.services.reading import readable
from shouwen.services.recusal import Sight
from shouwen.store.lake import Book, Filling, commit, filling
from shouwen.store.record import Record, needle_in

_EVERYBODY = 1 << 30  # working days: every limit that runs


class _Nobody(Sight):
    """Who looks at a lake is not known: what concerns staff is withheld from everybody instead."""

    viewer = ""


class Facts:
    """One ledger on its way into the lake."""

    def __init__(self, desk: Desk, lake: Filling, now: datetime, past: bool):
        """Read the ledger as of ``now``, which with ``past`` lies in the past."""
        self.desk, self.lake, self.now, self.past = desk, lake, now, past
        self.zone = desk.ledger.zone
        self.problems: list[Problem] = []
        self.records = 0
        self._known: dict[int, float] = {}
        self._periods: dict[str, Recorder] = {}
        self._joins = self._joined()
        self._sight = _Nobody(desk)

    def _joined(self) -> frozenset[str]:
        """Return the ids of all that were joined into one, and of those they were joined into."""
        found: set[str] = set()
        ledger = self.desk.ledger
        for record in ledger.records("inquiries", "archive", wanted=needle_in("并案")):
            if not isinstance(record, list):
                into = [e.into for e in record.content.events if isinstance(e, Join)]
                found.update([record.content.id, *into] if into else ())
        return frozenset(found)

    def _recorder(self, first: date, months: int) -> Recorder:
        key = f"{first:%Y-%m}" if months == 1 else f"{first:%Y}"
        if key not in self._periods:
            period = (
                date_range.month(first.year, first.month)
                if months == 1
                else date_range.whole_year(first.year)
            )
            emit = partial(self._emit, first.year, first.month if months == 1 else 0)
            made = Recorder(period, emit=emit, key=key, joins=self._joins, known=self._known)
            self._periods[key] = made
        return self._periods[key]

    def _emit(self, year: int, month: int, table: str, row: dict[str, Any]) -> None:
        self.lake.add(table, year, month, row)

    def _reaching(self, since: datetime, until: datetime) -> list[Recorder]:
        """Return the months and years from one moment to another, as the ledger's days have them."""
        day, last = since.astimezone(self.zone).date().replace(day=1), until.astimezone(self.zone).date()
        found, years = [], set()
        while day <= last:
            found.append(self._recorder(day, 1))
            years.add(day.year)
            day = (day + timedelta(days=32)).replace(day=1)
        return found + [self._recorder(date(year, 1, 1), 12) for year in sorted(years)]

    def inquiries(self) -> None:
        """Put in every inquiry, and what it adds to each period."""
        for record in readable(self.desk, self.problems, "inquiries", "archive"):
            if record.content.received > self.now:
                continue
            self.records += 1
            state = replay(record.content, until=self.now if self.past else None)
            rules = self.desk.ledger.rules(record.content.policy)
            found = clocks(rules, state, self.now)
            if not secret(state.inquiry):
                self._tables(state, found)
            self._running(record, state)
            self._figures(record.content, found)
        label = self.desk.called
        for each in self._periods.values():
            each.inquiry = ""
            each.settle(label)
            each.beside()

    def _tables(self, state: State, found: list[Clock]) -> None:
        at = state.inquiry.received.astimezone(self.zone)
        add = partial(self._emit, at.year, at.month)
        add("inquiries", inquiry_row(state, found))
        for clock in found:
            add("clocks", clock_row(state.inquiry.id, clock))
        for row in act_rows(state):
            add("acts", row)

    def _running(self, record: Record, state: State) -> None:
        """Put in every limit that runs, as the report of what is late shows it, and what stands beside."""
        at = state.inquiry.received.astimezone(self.zone)
        add = partial(self._emit, at.year, at.month)
        told, _ = told_by(
            self.desk, self._sight, record, self.now, self.past, _EVERYBODY, lambda *_: True, True
        )
        for hit in told.hits:
            if hit.hidden:
                if hit.row["level"] == "红牌":
                    sections = [Target(each.department) for each in (hit.whose, state.holder)]
                    add("beside", _said("hidden", "", {"level": "红牌"}, sections))
                continue
            row = {name: hit.row.get(name) for name in TABLES["running"]}
            if state.inquiry.about:
                row |= {"subject": WITHHELD, "inquirer": ""}
            add("running", row)
        for dispute in told.disputes:
            add("beside", _said("dispute", dispute.row["text"], dispute.row, dispute.concerned))
        if told.standing:
            row = told.standing | ({"subject": WITHHELD} if state.inquiry.about else {})
            add("beside", _said("standing", row["text"], row, [state.holder]))
        for late in told.done_late:
            add("beside", _said("done_late", state.inquiry.id, late, []))
        for clock in told.not_judged:
            add("beside", _said("not_judged", clock, {}, [state.holder]))

    def _figures(self, inquiry: Inquiry, found: list[Clock]) -> None:
        """Put in what the inquiry adds to the figures of every period in which anything of it happened."""
        right = put_right(inquiry, self.now)
        rules = self.desk.ledger.rules(right.policy)
        latest = replay(right, until=self.now)
        label = self.desk.called
        last = self.now
        if latest.closed:
            moments = [e.at for e in latest.events] + [c.due for c in found if c.due]
            last = min(self.now, max(moments))
        for n, each in enumerate(self._reaching(right.received, last)):
            if not n:
                each.met(label, right, latest)
            end = each.period.end(self.now)
            if right.received <= end and not each.over(rules, latest):
                state = replay(right, until=end)
                each.inquiry = "" if secret(state.inquiry) else right.id
                then = clocks(rules, state, end)
                each.add(label, rules, state, then, end, late_duties(rules, inquiry, state, then, end))
                each.done(right.id)

    def cases(self) -> None:
        """Put in the cases, without whom they are about, and what is unfiled or undone at the end of each period."""
        ledger, label = self.desk.ledger, self.desk.called
        for record in readable(self.desk, self.problems, "sanctions"):
            case = record.content
            if case.reported > self.now:
                continue
            at = case.reported.astimezone(self.zone)
            state = replay_case(case, until=self.now)
            self._emit(at.year, at.month, "cases", case_row(state))
            for each in self._reaching(case.reported, self.now):
                end = each.period.end(self.now)
                if case.reported <= end:
                    each.inquiry = ""
                    then = replay_case(case, until=end)
                    each.add_case(label, ledger.rules(case.policy), then, end)


def _said(kind: str, text: str, data: dict[str, Any], concerned: list[Target]) -> dict[str, Any]:
    whom = [[each.department, each.staff] for each in concerned]
    said, whose = (msgspec.json.encode(each).decode() for each in (data, whom))
    return {"kind": kind, "text": text, "data": said, "n": 1, "concerned": whose}


def put(desk: Desk, root: str, now: datetime, past: bool, revision: str | None) -> tuple[Book, list[Problem]]:
    """Put a ledger's facts into a lake, all of them or none; return its book, and what could not be read.

    What of it is as it was is not written again.

    Raises:
        Conflict: another ledger of the same name is there, somebody else writes, or the disk failed.
        Usage: pyarrow is not installed.
    """
    ledger = desk.ledger
    with filling(root, desk.called, ledger.root) as lake:
        facts = Facts(desk, lake, now, past)
        facts.inquiries()
        facts.cases()
        after = missed(desk, now, facts.problems)
        book = Book(
            f"shouwen.lake/{VERSION}", desk.called, ledger.root, now, ledger.config.timezone, revision, facts.records,
            names_of(ledger.office), departments_of(ledger.office), unreadable_data(facts.problems), after, lake.parts(),
        )  # fmt: skip
        commit(root, book)
    return book, facts.problems
