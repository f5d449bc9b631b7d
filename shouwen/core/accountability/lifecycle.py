"""Accountability (问责): alleged, verified, decided, served, filed; appealed, revoked.

The program proposes and counts; it never decides. Only decided and unrevoked cases count, by
the day of decision. The proposal comes from the regulation: a fixed measure, or the rung of
the ladder that this occasion reaches. Departing from it needs a reason, which is shown.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from shouwen.core.accountability.case import (
    Amount,
    Appeal,
    Case,
    Complete,
    Decide,
    File,
    Lift,
    Modify,
    Publish,
    Revoke,
    Serve,
    Uphold,
    Verify,
)
from shouwen.core.inquiry.events import Event, act_of
from shouwen.core.inquiry.lifecycle import SAME_ID, Dispute, unrepeated
from shouwen.core.inquiry.repetition import entered_twice

REPORTED, VERIFIED, UNFOUNDED = "待核实", "已查实", "不成立"
DECIDED, APPEALED, REVOKED = "已决定", "申诉中", "已撤销"
FOUNDED = "查实"
EXEMPT = "免予问责"  # a decision that there is no measure; it is an occasion of nothing


class Standing(Struct, frozen=True):
    """What is in force against the person and the department at a moment: measures, last day, sums."""

    measures: tuple[str, ...] = ()
    until: date | None = None
    sums: tuple[Amount, ...] = ()
    unit_measures: tuple[str, ...] = ()


class CaseState(Struct):
    """Where a case stands; ``measures`` are those in force, ``authority`` who decided them.

    ``until``, ``sums`` and ``unit_measures`` are as they stand after the last modification;
    ``complete_by`` is the day first set, by the decision or by the notice that was served.
    ``verified`` are the examinations that took effect, the first and what was confirmed later;
    ``revoked`` are the measures that a revocation ended; ``judgments`` the acts of an authority, each with what stood before it.
    """

    case: Case
    status: str = REPORTED
    decision: Decide | None = None
    measures: tuple[str, ...] = ()
    until: date | None = None
    complete_by: date | None = None
    sums: tuple[Amount, ...] = ()
    unit_measures: tuple[str, ...] = ()
    revoked: tuple[str, ...] = ()
    authority: str = ""
    filed: File | None = None
    completed: Complete | None = None
    lifted: Lift | None = None
    published: str = ""
    verified: list[Verify] = field(default_factory=list)
    judgments: list[tuple[Decide | Uphold | Modify | Revoke | Lift, Standing]] = field(default_factory=list)
    disputes: list[Dispute] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    @property
    def counts(self) -> bool:
        """Decided and not revoked; an appeal does not suspend it."""
        return self.status in (DECIDED, APPEALED) and self.measures != (EXEMPT,)

    @property
    def standing(self) -> Standing:
        """What is in force, or was when it was revoked."""
        return Standing(self.measures or self.revoked, self.until, self.sums, self.unit_measures)

    @property
    def open(self) -> bool:
        """Not concluded yet: the year's result is provisional while it lasts."""
        return self.status in (REPORTED, VERIFIED, APPEALED)

    @property
    def ruling(self) -> Decide:
        """The decision; only of a decided case."""
        return cast(Decide, self.decision)

    @property
    def decided_at(self) -> datetime:
        """The moment of the decision; only of a decided case."""
        return self.ruling.at

    def decided_on(self, zone: ZoneInfo) -> date:
        """Return the local day of the decision."""
        return self.ruling.at.astimezone(zone).date()


def _verify(state: CaseState, event: Verify) -> None:
    state.status = VERIFIED if event.finding == FOUNDED else UNFOUNDED
    state.verified.append(event)


def _says_nothing_new(event: Event) -> bool:
    """Return whether a further examination neither upholds the finding nor confirms anything beside it."""
    return type(event) is Verify and (
        event.finding != FOUNDED or not (event.needs or event.violation or event.tier or event.grounds)
    )


def _decide(state: CaseState, event: Decide) -> None:
    state.status, state.decision = DECIDED, event
    state.measures, state.authority = event.measures, event.authority
    state.until, state.sums, state.unit_measures = event.until, event.sums, event.unit_measures
    state.published, state.complete_by = event.published, event.complete_by


def _publish(state: CaseState, event: Publish) -> None:
    state.published = event.text


def _serve(state: CaseState, event: Serve) -> None:
    state.complete_by = state.complete_by or event.complete_by


def _complete(state: CaseState, event: Complete) -> None:
    state.completed = state.completed or event  # what is added to it later makes it no later


def _lift(state: CaseState, event: Lift) -> None:
    state.lifted = event


def _file(state: CaseState, event: File) -> None:
    state.filed = event


def _appeal(state: CaseState, event: Appeal) -> None:
    state.status = APPEALED


def _uphold(state: CaseState, event: Uphold) -> None:
    state.status = DECIDED


def _modify(state: CaseState, event: Modify) -> None:
    state.status, state.measures, state.authority = DECIDED, event.measures, event.authority
    said = {amount.measure for amount in event.sums}
    kept = (a for a in state.sums if a.measure in event.measures and a.measure not in said)
    state.sums = (*kept, *event.sums)
    state.until = event.until or state.until
    state.unit_measures = event.unit_measures or state.unit_measures


def _revoke(state: CaseState, event: Revoke) -> None:
    state.revoked = state.measures or state.revoked
    state.status, state.measures = REVOKED, ()


_IN_FORCE = (DECIDED, APPEALED)
CASE_MOVES: dict[type, tuple[tuple[str, ...], Callable[[CaseState, Any], None]]] = {
    Verify: ((REPORTED, VERIFIED), _verify),  # once founded, only to confirm more of it
    Decide: ((VERIFIED,), _decide),
    Serve: (_IN_FORCE, _serve),
    Publish: (_IN_FORCE, _publish),
    Complete: (_IN_FORCE, _complete),
    Lift: (_IN_FORCE, _lift),
    File: (_IN_FORCE, _file),
    Appeal: ((DECIDED,), _appeal),
    Uphold: ((APPEALED,), _uphold),
    Modify: ((APPEALED,), _modify),
    Revoke: ((*_IN_FORCE, REVOKED), _revoke),  # again by the authority, where another had done it
}


def replay_case(case: Case, until: datetime | None = None) -> CaseState:
    """Return the state of a case after its events up to and including ``until``."""
    state = CaseState(case)
    seen: set[str] = set()
    for event in unrepeated(case.events):
        if until and event.at.replace(microsecond=0) > until:
            break
        statuses, apply = CASE_MOVES[type(event)]
        act = act_of(type(event))
        if event.id in seen:
            state.disputes.append(Dispute(event, SAME_ID, "event-ids"))
        elif state.status not in statuses or state.status == VERIFIED and _says_nothing_new(event):
            must = "、".join(statuses[:1] if type(event) is Verify else statuses)
            state.disputes.append(Dispute(event, f"案件现为“{state.status}”，不能{act}（须为{must}）"))
        else:
            seen.add(event.id)
            if isinstance(event, Decide | Uphold | Modify | Revoke | Lift):
                state.judgments.append((event, state.standing))
            apply(state, event)
            state.events.append(event)
    return state


def done_already(state: CaseState, event: Event) -> str:
    """Return why a step would leave a case as it is, in words; '' if it would not."""
    if why := entered_twice(state.events, event):
        return f"{why}，没有再记"
    judged = state.judgments[-1][0].at if state.judgments else None
    if type(event) is File and state.filed and judged and state.filed.at > judged:
        return "已经归档，其后没有新的决定，没有再记"
    if type(event) is Revoke and state.status == REVOKED and state.judgments:
        last = state.judgments[-1][0]
        if isinstance(last, Revoke) and event.authority in ("", last.authority):
            return "已经撤销，没有再记"
    return ""
