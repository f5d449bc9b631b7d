"""What is late in one ledger, as rows: for the report, the mail and the roll-up of several."""

import os
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from msgspec import Struct, field, structs

from shouwen.core.deadlines.clock import Clock
from shouwen.core.deadlines.explain import rests_on
from shouwen.core.deadlines.overdue import answerable, long_standing, pressing
from shouwen.core.errors import Problem
from shouwen.core.inquiry.confidential import secret
from shouwen.core.inquiry.events import Event, Target, act_of
from shouwen.core.inquiry.lifecycle import Dispute, State, replay
from shouwen.core.inquiry.masking import mask_text, shown_inquirer
from shouwen.core.office.roster import Office
from shouwen.core.rulebook import Rules
from shouwen.render.values import holder, shown_minute
from shouwen.services.desk import Desk
from shouwen.services.reading import sound
from shouwen.services.recusal import Sight
from shouwen.store.record import Record
from shouwen.store.tally import Tally


class Wanted(Struct, frozen=True):
    """Which late clocks: of a person, of a department, those about to run out too."""

    soon: int | None = None
    person: str = ""
    section: str = ""
    strict_calendar: bool = False


class Gathered(Struct):
    """The late clocks of a ledger and what stands beside them; ``about``: whom an inquiry is about."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    disputes: list[dict[str, Any]] = field(default_factory=list)
    hidden: list[dict[str, Any]] = field(default_factory=list)
    standing: list[dict[str, Any]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    about: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def placed(self, root: str) -> "Gathered":
        """The same with every path of a dispute or problem told from where the ledger lies."""
        self.disputes = [d | {"path": os.path.join(root, d["path"])} for d in self.disputes]
        self.standing = [d | {"path": os.path.join(root, d["path"])} for d in self.standing]
        self.problems = [structs.replace(p, path=os.path.join(root, p.path)) for p in self.problems]
        return self

    def add(self, other: "Gathered") -> None:
        """Put another ledger's findings to this one's."""
        self.rows += other.rows
        self.disputes += other.disputes
        self.hidden += other.hidden
        self.standing += other.standing
        self.problems += other.problems
        self.about |= other.about


def _called_back(desk: Desk) -> bool:
    """Whether a regulation in use wants call-backs, so that closed records are looked at too."""
    ledger = desk.ledger
    return any("回访" in ledger.policy(name).limits for name in ledger.config.policies())


def gather(desk: Desk, now: datetime, past: bool, wanted: Wanted, tally: Tally | None = None) -> Gathered:
    """Everything late in the ledger as of ``now``.

    With ``past`` the moment lies in the past: what was settled since was open then, so nothing
    is passed over unread.
    """
    ledger = desk.ledger
    called_back = _called_back(desk)

    def look(records: Iterator[Record | list[Problem]]) -> Gathered:
        return _judged(desk, records, now, past, wanted)

    if tally:  # counts the bytes in their order
        return look(ledger.records("inquiries", open_only=not past, called_back=called_back, tally=tally))
    found = Gathered()
    for part in ledger.parts(look, "inquiries", open_only=not past, called_back=called_back):
        found.add(part)
    return found


def _judged(
    desk: Desk, records: Iterator[Record | list[Problem]], now: datetime, past: bool, wanted: Wanted
) -> Gathered:
    ledger, found, sight = desk.ledger, Gathered(), Sight(desk)
    for record in sound(desk, records, found.problems):
        if record.content.received > now:
            continue
        rules = ledger.rules(record.content.policy)
        state = replay(record.content, until=now if past else None)
        q = state.inquiry
        hits = pressing(rules, state, now, wanted.soon)
        if wanted.strict_calendar and any(c.provisional for c, _ in hits):
            text = "期限落在日历未公布的年份"
            hint = "用 shouwen calendar import 录入，或去掉 --strict-calendar"
            found.problems.append(Problem(record.path, 1, "calendar", text, hint))
            continue
        found.disputes += [
            {"id": q.id, "event": d.event.id, "path": record.path, "line": record.line(d.event.id),
             "text": f"{act_of(type(d.event))}未生效：{d.text}"}
            for d in _disputed(desk.ledger.office, state, wanted)
        ]  # fmt: skip
        if (
            (still := long_standing(rules, state, now))
            and not secret(q)
            and _among(desk.ledger.office, wanted, state.holder)
        ):
            found.standing.append(_standing(desk, record, state, *still))
        for clock, left in hits:
            if not _among(desk.ledger.office, wanted, clock.whose, state.holder):
                continue
            if secret(q) or sight.blocked(q):
                found.hidden.append(_whom(desk, state, clock) | {"level": clock.level})
            else:
                found.rows.append(_row(desk, record, rules, state, clock, left))
                if q.about:
                    found.about[q.id] = q.about
    return found


def _among(office: Office, wanted: Wanted, *targets: Target) -> bool:
    """Whether one of the targets is the person and one the department asked for."""
    return (not wanted.person or wanted.person in [t.staff for t in targets]) and (
        not wanted.section or wanted.section in [office.unit(t.department) for t in targets]
    )


def _target(event: Event) -> list[Target]:
    to = getattr(event, "to", None) or getattr(event, "designate", None)
    return [to] if isinstance(to, Target) else []


def _disputed(office: Office, state: State, wanted: Wanted) -> list[Dispute]:
    """The disputes of an inquiry that somebody asked for holds, or whose move or target they are."""
    office_of = {s.holder.staff: s.holder.department for s in state.segments}
    return [
        d for d in state.disputes
        if _among(office, wanted, state.holder, Target(office_of.get(d.event.by, ""), d.event.by), *_target(d.event))
    ]  # fmt: skip


def _whom(desk: Desk, state: State, clock: Clock) -> dict[str, str]:
    """Whom to tell of a late clock, and in which ledger: nothing of the inquiry itself."""
    whose = answerable(clock, state)
    return {"ledger": desk.called, "whose": whose.staff, "section": whose.department}


def _standing(desk: Desk, record: Record, state: State, since: datetime, days: int) -> dict[str, Any]:
    """An inquiry whose clocks have stood still for long."""
    office, zone, q = desk.ledger.office, desk.ledger.zone, state.inquiry
    return {
        "id": q.id, "subject": mask_text(q.subject, *state.inquirers), "since": since, "workdays": days,
        "holder": state.holder.staff, "department": state.holder.department, "path": record.path,
        "line": record.line(state.pauses[-1].event.id),
        "text": f"{q.id} 自{shown_minute(since, zone)}暂停，已{days}个工作日，由{holder(state.holder, office)}负责",
    }  # fmt: skip


def _row(desk: Desk, record: Record, rules: Rules, state: State, clock: Clock, left: int) -> dict[str, Any]:
    office, zone, q = desk.ledger.office, desk.ledger.zone, state.inquiry
    run_out = clock.level == "红牌"
    days = f"{clock.overdue_workdays}个工作日" if clock.overdue_workdays else "当日"
    return {
        "id": q.id, "subject": mask_text(q.subject, *state.inquirers), "inquirer": shown_inquirer(q.inquirer),
        "first_responder": q.first_responder, "holder": state.holder.staff,
        "department": state.holder.department, "due": clock.due,
        "overdue_workdays": clock.overdue_workdays if run_out else 0,
        "level": clock.level, "clock": clock.name, "article": clock.article, "source": clock.source,
        "path": record.path, "line": record.line(clock.event), "provisional": clock.provisional,
        "held_at_due": clock.whose.staff or clock.whose.department,
        "first_asked": office.name(q.first_responder) if q.first_responder else q.department,
        "holding": holder(state.holder, office),
        "held": holder(clock.whose, office), "cited": rests_on(rules, clock),
        "due_text": shown_minute(clock.due, zone) + ("（暂定）" if clock.provisional else ""),
        "overdue_text": days if run_out else f"还剩{left}个工作日",
        **_whom(desk, state, clock),
    }  # fmt: skip
