"""The facts of a ledger for analysis: the tables of a lake, their columns, and a bulletin that records what it adds.

A lake is versioned: columns are only added within a number (docs/many-offices.md).
"""

from collections.abc import Callable, Iterable
from struct import Struct as Layout
from typing import Any

from msgspec import field

from shouwen.core.accountability.lifecycle import CaseState
from shouwen.core.deadlines.clock import Clock, main_clock
from shouwen.core.deadlines.overdue import level_of
from shouwen.core.inquiry.events import Callback, Target, act_of
from shouwen.core.inquiry.header import Inquirer, Inquiry
from shouwen.core.inquiry.lifecycle import State
from shouwen.core.inquiry.masking import mask_text, shown_inquirer
from shouwen.core.office.roster import Office
from shouwen.core.statistics.bulletin import Bulletin, Count

VERSION = 1
WITHHELD = "（反映本单位人员，见台账）"  # of a complaint about staff a lake that many read says no more
TEXT, WHOLE, REAL, MOMENT, FLAG = "text", "whole", "real", "moment", "flag"
# table → column → kind. Of each row the office, the year and the month stand in the path.
TABLES: dict[str, dict[str, str]] = {
    "inquiries": {
        "id": TEXT, "received": MOMENT, "channel": TEXT, "category": TEXT, "subject": TEXT, "inquirer": TEXT,
        "first_responder": TEXT, "department": TEXT, "matter": TEXT, "scope": TEXT, "urgency": TEXT, "policy": TEXT,
        "phase": TEXT, "holder": TEXT, "holding_department": TEXT, "due": MOMENT, "provisional": FLAG, "level": TEXT,
        "overdue": FLAG, "closed": MOMENT, "outcome": TEXT, "rating": TEXT, "handoffs": WHOLE, "returned": WHOLE,
        "reopened": WHOLE, "disputes": WHOLE, "imported": FLAG,
    },
    "clocks": {
        "id": TEXT, "clock": TEXT, "event": TEXT, "article": TEXT, "source": TEXT, "started": MOMENT, "due": MOMENT,
        "stopped": MOMENT, "state": TEXT, "level": TEXT, "late": FLAG, "overdue_workdays": WHOLE, "provisional": FLAG,
        "department": TEXT, "staff": TEXT,
    },
    "acts": {"id": TEXT, "event": TEXT, "at": MOMENT, "act": TEXT, "staff": TEXT},
    "cases": {
        "id": TEXT, "reported": MOMENT, "occurred": TEXT, "policy": TEXT, "article": TEXT, "department": TEXT,
        "phase": TEXT, "decided": MOMENT, "measures": TEXT, "authority": TEXT,
    },
    "figures": {
        "period": TEXT, "id": TEXT, "figure": TEXT, "name": TEXT, "source": TEXT, "n": REAL, "of_count": WHOLE,
        "department": TEXT, "staff": TEXT, "category": TEXT, "channel": TEXT,
    },
    "running": {
        "id": TEXT, "subject": TEXT, "inquirer": TEXT, "first_responder": TEXT, "holder": TEXT, "department": TEXT,
        "due": MOMENT, "overdue_workdays": WHOLE, "left_workdays": WHOLE, "level": TEXT, "clock": TEXT, "article": TEXT,
        "source": TEXT, "path": TEXT, "line": WHOLE, "provisional": FLAG, "held_at_due": TEXT, "first_asked": TEXT,
        "holding": TEXT, "held": TEXT, "cited": TEXT, "due_text": TEXT, "overdue_text": TEXT, "whose": TEXT, "section": TEXT,
    },
    "beside": {"kind": TEXT, "text": TEXT, "data": TEXT, "n": WHOLE, "concerned": TEXT},
}  # fmt: skip
Emit = Callable[[str, dict[str, Any]], None]
_ASKED = Layout("<qdI")  # who asked, when, and which of the kinds


def _mark(person: Iterable[str]) -> int:
    """Return a number for a person, which says nothing outside this run."""
    return hash(tuple(person))


class Recorder(Bulletin):
    """A bulletin that keeps no figures: whatever would be added to one is a row for the table of figures.

    ``joins`` are the inquiries that were joined and those they were joined into: of no other can one
    person's matter count twice. ``known``, shared by all periods, has who had a result, and when; a
    person is a number there, so that a hundred thousand take little room.
    """

    emit: Emit = lambda table, row: None
    key: str = ""
    joins: frozenset[str] = frozenset()
    inquiry: str = ""
    known: dict[int, float] = field(default_factory=dict)
    waiting: bytearray = field(default_factory=bytearray)
    kinds: dict[tuple[str, ...], int] = field(default_factory=dict)

    def _add(self, ledger: str, keys: dict[str, str], fact: Count) -> None:
        whose = fact.whose
        self.emit("figures", {
            "period": self.key, "id": self.inquiry, "figure": fact.figure, "name": fact.name, "source": fact.source,
            "n": float(fact.n), "of_count": fact.of, "department": whose.department, "staff": whose.staff,
            "category": keys.get("category", ""), "channel": keys.get("channel", ""),
        })  # fmt: skip

    def met(self, ledger: str, inquiry: Inquiry, state: State) -> None:
        """Remember when who asked had the first result."""
        super().met(ledger, inquiry, state)
        for (_, *person), at in self.answered.items():
            mark = _mark(person)
            self.known[mark] = min(self.known.get(mark, at), at)
        self.answered.clear()

    def done(self, inquiry: str) -> None:
        """Keep, of an inquiry that was added, only what is asked for at the end."""
        for person, at, keys, first in self.asked:
            kind = (keys["category"], keys["channel"], first.department, first.staff)
            self.waiting += _ASKED.pack(_mark(person), at, self.kinds.setdefault(kind, len(self.kinds)))
        self.asked.clear()
        if inquiry not in self.joins:
            for place in [p for p in self.counted if p[0] == inquiry]:
                del self.counted[place]

    def settle(self, ledger: str) -> None:
        """Say, once all inquiries were added, who asked again; what was joined counts once."""
        kinds = list(self.kinds)
        for mark, at, n in _ASKED.iter_unpack(self.waiting):
            if self.known.get(mark, at) < at:
                category, channel, department, staff = kinds[n]
                again = Count("repeated", 1, 0, Target(department, staff))
                self._add(ledger, {"category": category, "channel": channel}, again)
        self.waiting.clear()
        super().settle(ledger)

    def beside(self) -> None:
        """Say what is only counted: the confidential inquiries, and those that are not judged, by clock."""
        counts = {"confidential": self.confidential, **self.not_judged}
        for name, count in counts.items():
            if count:
                self.emit("figures", dict.fromkeys(TABLES["figures"], "") | {
                    "period": self.key, "figure": f"beside:{name}", "name": name, "n": float(count), "of_count": 0,
                })  # fmt: skip


def inquiry_row(state: State, clocks: list[Clock]) -> dict[str, Any]:
    """Return one inquiry as the table has it: masked, and of a complaint about staff without what it says."""
    q, closed, main = state.inquiry, state.closed, main_clock(clocks)
    ratings = [e.rating for e in state.of(Callback) if e.rating]
    return {
        "id": q.id, "received": q.received, "channel": q.channel, "category": q.category,
        "subject": WITHHELD if q.about else mask_text(q.subject, *state.people),
        "inquirer": shown_inquirer(Inquirer() if q.about else q.inquirer),
        "first_responder": q.first_responder, "department": q.department, "matter": q.matter, "scope": q.scope,
        "urgency": q.urgency, "policy": q.policy, "phase": state.phase, "holder": state.holder.staff,
        "holding_department": state.holder.department, "due": main and main.due,
        "provisional": bool(main and main.provisional), "level": level_of(clocks),
        "overdue": bool(main and main.late), "closed": closed and closed.at, "outcome": closed.outcome if closed else "",
        "rating": ratings[-1] if ratings else "", "handoffs": len(state.passes),
        "returned": sum(bool(p.returned) for p in state.passes), "reopened": len(state.reopens),
        "disputes": len(state.disputes), "imported": q.imported is not None,
    }  # fmt: skip


def clock_row(inquiry: str, clock: Clock) -> dict[str, Any]:
    """Return one limit with its verdict and whose it is."""
    return {
        "id": inquiry, "clock": clock.name, "event": clock.event, "article": clock.article, "source": clock.source,
        "started": clock.started, "due": clock.due, "stopped": clock.stopped, "state": clock.state,
        "level": clock.level, "late": clock.late, "overdue_workdays": clock.overdue_workdays,
        "provisional": clock.provisional, "department": clock.whose.department, "staff": clock.whose.staff,
    }  # fmt: skip


def act_rows(state: State) -> list[dict[str, Any]]:
    """Return every act without what it says: when, which, by whom."""
    return [
        {"id": state.inquiry.id, "event": e.id, "at": e.at, "act": act_of(type(e)), "staff": e.by}
        for e in state.events
    ]


def names_of(office: Office) -> dict[str, str]:
    """Return staff id → the name that reports show, for everybody there ever was."""
    return {staff: office.name(staff) for staff in office.staff}


def departments_of(office: Office) -> dict[str, str]:
    """Return every name that a department has, had or goes by → its key; not a name that several go by."""
    found = {
        alias: key for key in office.departments for alias in office.aliases_of(key)
        if len(office.by_alias(alias)) == 1
    }  # fmt: skip
    names = {name for key in office.departments for name in office.names_of(key)}
    return found | {name: office.unit(name) for name in sorted(names)}


def case_row(state: CaseState) -> dict[str, Any]:
    """Return one case without whom it is about: what was charged, and what was decided by whom."""
    case = state.case
    return {
        "id": case.id, "reported": case.reported, "occurred": str(case.occurred), "policy": case.policy,
        "article": case.article, "department": case.department, "phase": state.status,
        "decided": state.decision and state.decision.at, "measures": "、".join(state.measures), "authority": state.authority,
    }  # fmt: skip
