"""What is late in one ledger, as rows: for the report, the mail and the roll-up of several."""

import os
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from msgspec import Struct, field, structs

from shouwen.core.errors import Problem
from shouwen.core.inquiry.events import Target
from shouwen.core.office.roster import Office
from shouwen.core.portion import Portion
from shouwen.services.desk import Desk
from shouwen.services.lateness import Told, decoded, encoded, told_by
from shouwen.services.reading import sound
from shouwen.services.recusal import Sight
from shouwen.store.memo import Memo, Recalled
from shouwen.store.record import Record
from shouwen.store.tally import Tally


class Wanted(Struct, frozen=True):
    """Which late clocks: of a person, of a department, those about to run out too."""

    soon: int | None = None
    person: str = ""
    section: str = ""
    strict_calendar: bool = False


class Gathered(Portion):
    """The late clocks of a ledger and what stands beside them; ``about``: whom an inquiry is about.

    ``not_judged`` counts by clock the imported inquiries whose register did not state it (不计);
    ``done_late`` are the duties done too late on the inquiries that have a row.
    """

    rows: list[dict[str, Any]] = field(default_factory=list)
    disputes: list[dict[str, Any]] = field(default_factory=list)
    hidden: list[dict[str, Any]] = field(default_factory=list)
    standing: list[dict[str, Any]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    about: dict[str, tuple[str, ...]] = field(default_factory=dict)
    not_judged: dict[str, int] = field(default_factory=dict)
    done_late: list[dict[str, Any]] = field(default_factory=list)

    def placed(self, root: str) -> "Gathered":
        """Return the same with every path of a dispute or problem told from where the ledger lies."""
        self.disputes = [d | {"path": os.path.join(root, d["path"])} for d in self.disputes]
        self.standing = [d | {"path": os.path.join(root, d["path"])} for d in self.standing]
        self.done_late = [d | {"path": os.path.join(root, d["path"])} for d in self.done_late]
        self.problems = [structs.replace(p, path=os.path.join(root, p.path)) for p in self.problems]
        return self


def _called_back(desk: Desk) -> bool:
    """Return whether a regulation in use wants call-backs, so that closed records are looked at too."""
    ledger = desk.ledger
    return any("回访" in ledger.policy(name).limits for name in ledger.config.policies())


def gather(desk: Desk, now: datetime, past: bool, wanted: Wanted, tally: Tally | None = None) -> Gathered:
    """Return everything late in the ledger as of ``now``.

    With ``past`` the moment lies in the past: what was settled since was open then, so nothing
    is passed over unread.
    """
    ledger = desk.ledger
    if wanted.section:  # who asks for a department that has ended means what has its business now
        section = ledger.office.successor(wanted.section, now.astimezone(ledger.zone).date())
        wanted = structs.replace(wanted, section=section)
    called_back = _called_back(desk)
    rule = "called back" if called_back else "closed"
    memo = None if past else desk.memo(now, "overdue", wanted.soon, desk.called, settled=rule)

    def look(records: Iterator[Record | Recalled | list[Problem]]) -> Gathered:
        return _judged(desk, records, now, past, wanted, memo)

    found = Gathered()
    for part in ledger.parts(
        look, "inquiries", open_only=not past, called_back=called_back, tally=tally, memo=memo
    ):
        found.join(part)
    return found


def _judged(
    desk: Desk, records: Iterator[Record | Recalled | list[Problem]], now: datetime, past: bool,
    wanted: Wanted, memo: Memo | None,
) -> Gathered:  # fmt: skip
    ledger, found, sight = desk.ledger, Gathered(), Sight(desk)
    asked = partial(_among, ledger.office, wanted)
    for record in sound(desk, records, found.problems):
        if isinstance(record, Recalled):
            told = decoded(record.value, ledger.zone)
        elif record.content.received > now:
            continue
        else:
            told, until = told_by(desk, sight, record, now, past, wanted.soon, asked, bool(memo))
            if memo and until:
                memo.keep(record.path, record.raw, encoded(told), until)
        _take(ledger.office, wanted, told, found)
    return found


def _take(office: Office, wanted: Wanted, told: Told, found: Gathered) -> None:
    """Add what somebody asked for of what an inquiry tells."""
    if wanted.strict_calendar and told.provisional:
        text = "期限落在日历未公布的年份"
        hint = "用 shouwen calendar import 录入，或去掉 --strict-calendar"
        found.problems.append(Problem(told.path, 1, "calendar", text, hint))
        return
    found.disputes += [d.row for d in told.disputes if _among(office, wanted, *d.concerned)]
    if told.standing and _among(office, wanted, told.holder):
        found.standing.append(told.standing)
    if _among(office, wanted, told.holder):
        for name in told.not_judged:
            found.not_judged[name] = found.not_judged.get(name, 0) + 1
    listed = False
    for hit in told.hits:
        if not _among(office, wanted, hit.whose, told.holder):
            continue
        if hit.hidden:
            found.hidden.append(hit.row)
        else:
            found.rows.append(hit.row)
            if told.about:
                found.about[told.id] = told.about
            listed = True
    if listed:
        found.done_late += told.done_late


def _among(office: Office, wanted: Wanted, *targets: Target) -> bool:
    """Return whether one of the targets is the person and one the department asked for."""
    return (not wanted.person or wanted.person in [t.staff for t in targets]) and (
        not wanted.section or wanted.section in [office.unit(t.department) for t in targets]
    )
