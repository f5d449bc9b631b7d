"""What one inquiry tells of its late clocks, whoever asks: a pure function of record, settings and present."""

from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import Any

import msgspec
from msgspec import Struct, structs

from shouwen.core.deadlines.clock import Clock
from shouwen.core.deadlines.clock_table import clocks
from shouwen.core.deadlines.explain import rests_on
from shouwen.core.deadlines.overdue import answerable, long_standing, not_judged, pressing, unchanged_until
from shouwen.core.inquiry.confidential import confined, secret
from shouwen.core.inquiry.events import Event, Target, act_of
from shouwen.core.inquiry.lifecycle import State, replay
from shouwen.core.inquiry.masking import mask_text, shown_inquirer
from shouwen.core.regulation.citation import cite
from shouwen.core.rulebook import Rules
from shouwen.render.values import holder, late_data, shown_minute
from shouwen.services.desk import Desk
from shouwen.services.recusal import Sight
from shouwen.store.record import Record


class Hit(Struct, array_like=True):
    """A late clock as a row of the report, and whose it is; of a ``hidden`` one whom to tell, and no more."""

    row: dict[str, Any]
    whose: Target
    hidden: bool = False


class Disputed(Struct, array_like=True):
    """A move that took no effect, as the report tells of it, and whom it concerns."""

    row: dict[str, Any]
    concerned: list[Target]


class Told(Struct, array_like=True):
    """What an inquiry tells. ``provisional``: a late clock rests on a year not yet published.

    ``not_judged`` names the clocks that the register it was imported from did not state (不计),
    ``done_late`` the duties that were done, and too late, where a clock of it is told.
    """

    id: str
    path: str
    holder: Target
    about: tuple[str, ...] = ()
    provisional: bool = False
    hits: list[Hit] = []
    disputes: list[Disputed] = []
    standing: dict[str, Any] | None = None
    not_judged: list[str] = []
    done_late: list[dict[str, Any]] = []


def told_by(
    desk: Desk, sight: Sight, record: Record, now: datetime, past: bool, soon: int | None,
    asked: Callable[[Target, Target], bool], whole: bool,
) -> tuple[Told, datetime | None]:  # fmt: skip
    """Return what an inquiry tells as of ``now``, and until when it will tell the same to anybody.

    None where that depends on who asks, or what is told may be kept nowhere: of a secret inquiry, and
    of one about somebody. Of that one, and of any unless ``whole``, clocks are left out that are not
    ``asked`` for, by whose they are and who holds the inquiry.
    """
    from shouwen.core.office.standing import as_held_on

    ledger, zone, q = desk.ledger, desk.ledger.zone, record.content
    rules = ledger.rules(q.policy)
    state = replay(q, until=now if past else None)
    found = clocks(rules, state, now)
    held = as_held_on(ledger.office, state, now.astimezone(zone).date())
    told = Told(state.inquiry.id, record.path, held.holder, state.inquiry.about)
    kept, shown = not confined(q, state.inquiry), dict[str, str]()
    for clock, left in pressing(rules, state, now, soon, found):
        told.provisional = told.provisional or clock.provisional
        if not (whole and kept or asked(clock.whose, held.holder)):
            continue
        hidden = not kept and (secret(state.inquiry) or sight.blocked(state.inquiry))
        if hidden:
            row = _whom(desk, held, clock) | {"level": clock.level} | _placed(desk, held, clock, now)
        else:
            shown = shown or _shown(desk, held)
            row = shown | _row(desk, record, rules, held, clock, left) | _placed(desk, held, clock, now)
        told.hits.append(Hit(row, clock.whose, hidden))
    told.disputes = _disputes(record, held)
    if (still := long_standing(rules, state, now)) and not secret(state.inquiry):
        told.standing = _standing(desk, record, held, *still)
    if not secret(state.inquiry):
        told.not_judged = not_judged(state, found)
    if any(not hit.hidden for hit in told.hits):
        told.done_late = _done_late(desk, record, rules, state, found, now)
    return told, unchanged_until(q, found, now, zone) if whole and kept else None


def encoded(told: Told) -> bytes:
    """Return what was told, as bytes; times as text, with the offset that they were told with."""

    def spelt(row: dict[str, Any], name: str) -> dict[str, Any]:
        return row | {name: row[name].isoformat()}

    hits = [Hit(spelt(hit.row, "due"), hit.whose, hit.hidden) for hit in told.hits]
    standing = told.standing and spelt(told.standing, "since")
    return msgspec.msgpack.encode(structs.replace(told, hits=hits, standing=standing))


_DECODER = msgspec.msgpack.Decoder(Told)


def decoded(value: bytes, zone: tzinfo) -> Told:
    """Return the same again."""
    told = _DECODER.decode(value)
    for hit in told.hits:
        hit.row["due"] = datetime.fromisoformat(hit.row["due"]).astimezone(zone)
    if told.standing:
        told.standing["since"] = datetime.fromisoformat(told.standing["since"])
    return told


def _target(event: Event) -> list[Target]:
    to = getattr(event, "to", None) or getattr(event, "designate", None)
    return [to] if isinstance(to, Target) else []


def _disputes(record: Record, state: State) -> list[Disputed]:
    """Return the moves without effect, each with who holds the inquiry, whose move it was and whom it named."""
    if not state.disputes:
        return []
    office_of = {s.holder.staff: s.holder.department for s in state.segments}
    name = state.inquiry.id
    return [
        Disputed(
            {"id": name, "event": d.event.id, "path": record.path, "line": record.line(d.event.id),
             "text": f"{act_of(type(d.event))}未生效：{d.text}"},
            [state.holder, Target(office_of.get(d.event.by, ""), d.event.by), *_target(d.event)],
        )
        for d in state.disputes
    ]  # fmt: skip


def _placed(desk: Desk, state: State, clock: Clock, now: datetime) -> dict[str, str]:
    """Return the department that has today what a late clock waits for."""
    from shouwen.core.office.standing import today_of

    today = now.astimezone(desk.ledger.zone).date()
    return {"section": today_of(desk.ledger.office, answerable(clock, state), today).department}


def _whom(desk: Desk, state: State, clock: Clock) -> dict[str, str]:
    """Return whom to tell of a late clock, and in which ledger: nothing of the inquiry itself."""
    whose = answerable(clock, state)
    return {"ledger": desk.called, "whose": whose.staff, "section": whose.department}


def _standing(desk: Desk, record: Record, state: State, since: datetime, days: int) -> dict[str, Any]:
    """Return an inquiry whose clocks have stood still for long."""
    office, zone, q = desk.ledger.office, desk.ledger.zone, state.inquiry
    return {
        "id": q.id, "subject": mask_text(q.subject, *state.people), "since": since, "workdays": days,
        "holder": state.holder.staff, "department": state.holder.department, "path": record.path,
        "line": record.line(state.pauses[-1].event.id),
        "text": f"{q.id} 自{shown_minute(since, zone)}暂停，已{days}个工作日，由{holder(state.holder, office)}负责",
    }  # fmt: skip


def _done_late(
    desk: Desk, record: Record, rules: Rules, state: State, found: list[Clock], now: datetime
) -> list[dict[str, Any]]:
    """Return the duties of an inquiry that were done too late: which, by how much, whose they were."""
    from shouwen.core.duties.findings import done_late  # only where a clock is told

    office, zone, name = desk.ledger.office, desk.ledger.zone, state.inquiry.id
    return [
        {
            "id": name, "name": one.finding.name, "article": one.finding.article, "source": one.source,
            "event": one.finding.event, "done": one.done.astimezone(zone).isoformat(), "late_workdays": one.late.workdays,
            "late_by": late_data(one.late), "staff": one.whose.staff, "department": one.whose.department,
            "path": record.path, "line": record.line(one.finding.event),
            "text": f"{name} {one.finding.text}（{cite(rules.policy, one.finding.article)}，{holder(one.whose, office)}）",
        }
        for one in done_late(rules, state, found, now)
    ]  # fmt: skip


def _shown(desk: Desk, state: State) -> dict[str, str]:
    """Return what every row of an inquiry says, looked up once however many limits ran out."""
    office, q = desk.ledger.office, state.inquiry
    return {
        "id": q.id, "subject": mask_text(q.subject, *state.people), "inquirer": shown_inquirer(q.inquirer),
        "first_responder": q.first_responder, "holder": state.holder.staff,
        "department": state.holder.department,
        "first_asked": office.name(q.first_responder) if q.first_responder else q.department,
        "holding": holder(state.holder, office),
    }  # fmt: skip


def _row(desk: Desk, record: Record, rules: Rules, state: State, clock: Clock, left: int) -> dict[str, Any]:
    office, zone = desk.ledger.office, desk.ledger.zone
    run_out = clock.level == "红牌"
    days = f"{clock.overdue_workdays}个工作日" if clock.overdue_workdays else "当日"
    days += clock.by.beside if clock.by else ""
    return {
        "due": clock.due,
        "overdue_workdays": clock.overdue_workdays if run_out else 0,
        "level": clock.level, "clock": clock.name, "article": clock.article, "source": clock.source,
        "path": record.path, "line": record.line(clock.event), "provisional": clock.provisional,
        "held_at_due": clock.whose.staff or clock.whose.department,
        "held": holder(clock.whose, office), "cited": rests_on(rules, clock),
        "due_text": shown_minute(clock.due, zone) + ("（暂定）" if clock.provisional else ""),
        "overdue_text": days if run_out else f"还剩{left}个工作日", "left_workdays": left,
        **_whom(desk, state, clock),
    }  # fmt: skip
