"""What the events of an inquiry add up to. ``MOVES`` is the regulation of lawful moves.

Events are taken by time, at equal times by their ids, so that two clones that merged in a
different order still compute the same; within one record the tool never writes two events of
one time (``apart``). The same event twice (same id, same content) is one event. A move that the phase reached does not allow changes nothing: it is
kept as a *dispute* (争议). So of two people who handed the same inquiry on at once, the earlier
move stands, and everybody can see the later one.
"""

from bisect import bisect_right
from collections.abc import Callable
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any, TypeVar

from msgspec import Struct, field, structs, to_builtins

from shouwen.core.inquiry.corrections import corrected
from shouwen.core.inquiry.events import (
    Accept,
    Appoint,
    Callback,
    Close,
    Correct,
    Escalate,
    Event,
    Extend,
    GiveBack,
    Handoff,
    Instruct,
    Issue,
    Join,
    Note,
    Notify,
    Objection,
    Progress,
    Receive,
    Reopen,
    Resume,
    Return,
    Supervise,
    Supplement,
    Suspend,
    Target,
    Urge,
    Withdraw,
    act_of,
)
from shouwen.core.inquiry.header import Inquiry, Person
from shouwen.core.inquiry.withdrawal import withdrawals

OPEN, PENDING, PAUSED, CLOSED = "在办", "待签收", "中止", "办结"
DECIDES = "时间在先者有效，时间相同的按事件编号先后"

E = TypeVar("E", bound=Event)


class Segment(Struct):
    """Somebody holding the inquiry from a moment on; ``until`` is None while it lasts."""

    holder: Target
    since: datetime
    until: datetime | None = None


class Pass(Struct):
    """One handoff (or a leader's designation) and what became of it."""

    event: Handoff | Instruct
    to: Target
    sender: Target
    accepted: Accept | None = None
    returned: Return | None = None
    superseded: datetime | None = None

    @property
    def designated(self) -> bool:
        """Named by a leader: the receiver may not return it."""
        return isinstance(self.event, Instruct) or self.event.mode == "指定"

    @property
    def settled(self) -> datetime | None:
        """When it was taken, sent back or overtaken; None while it waits."""
        answer = self.accepted or self.returned
        return answer.at if answer else self.superseded


class Pause(Struct):
    """One ground on which the clocks stood still; ``until`` is None while it lasts."""

    event: Notify | Suspend
    since: datetime
    until: datetime | None = None


class Version(Struct, frozen=True):
    """The header from a moment on, as the correction ``event`` made it."""

    at: datetime
    inquiry: Inquiry
    event: Correct | None = None


SAME_ID, EARLY = "事件编号与另一事件相同而内容不同", "时间早于受理时间"
LEGAL_ORDER = "legal-order"
_CHECKS = {SAME_ID: "event-ids", EARLY: "before-intake"}


class Dispute(Struct, frozen=True):
    """A move that could not take effect when its turn came; ``check`` names the check that tells of it."""

    event: Event
    text: str
    check: str = LEGAL_ORDER


class State(Struct):
    """Where an inquiry stands after its events; ``inquiry`` has its corrections applied.

    ``headers`` is the header as written and after each correction; ``people`` are all inquirers and
    agents that it has named, the present ones and those corrected away; ``taken_back`` are the acts withdrawn,
    ``waiting`` the pauses that still last, by the kind of act that began them.
    """

    inquiry: Inquiry
    phase: str
    segments: list[Segment]
    events: list[Event] = field(default_factory=list)
    passes: list[Pass] = field(default_factory=list)
    pauses: list[Pause] = field(default_factory=list)
    disputes: list[Dispute] = field(default_factory=list)
    closes: list[Close] = field(default_factory=list)
    reopens: list[Reopen] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    headers: list[Version] = field(default_factory=list)
    taken_back: list[Event] = field(default_factory=list)
    waiting: dict[type, Pause] = field(default_factory=dict)

    @property
    def holder(self) -> Target:
        """Who holds it now: the sender of a handoff until somebody has signed for it."""
        return self.segments[-1].holder

    @property
    def pending(self) -> Pass | None:
        """The handoff nobody has signed for yet."""
        return self.passes[-1] if self.phase == PENDING else None

    @property
    def closed(self) -> Close | None:
        """The result in force, or None while the inquiry is open."""
        return self.closes[-1] if self.phase == CLOSED else None

    @property
    def joined(self) -> str:
        """The id of the inquiry that this one is worked on with (并案), or ''."""
        return next((e.into for e in reversed(self.events) if type(e) is Join), "")

    def of(self, kind: type[E]) -> list[E]:
        """Return the effective events of one kind, in order of time."""
        return [e for e in self.events if type(e) is kind]

    def holder_at(self, moment: datetime) -> Target:
        """Return who held it at a moment (before the first: the first-asked)."""
        place = bisect_right(self.segments, moment, key=attrgetter("since"))
        return self.segments[max(place - 1, 0)].holder


def _pass_on(state: State, event: Handoff | Instruct, to: Target) -> None:
    state.passes.append(Pass(event, to, state.holder))
    state.phase = PENDING


def _handoff(state: State, event: Handoff) -> None:
    if not stays(state, event):
        _pass_on(state, event, event.to)


def stays(state: State, event: Handoff) -> bool:
    """Return whether a joint handoff leaves the lead with whoever holds the inquiry now."""
    own = event.to.department == state.holder.department
    return bool(event.joint) and own and event.to.staff in ("", state.holder.staff)


def _instruct(state: State, event: Instruct) -> None:
    if event.designate:
        if waiting := state.pending:
            waiting.superseded = event.at
        _end_pause(state, event)
        _pass_on(state, event, event.designate)


def _accept(state: State, event: Accept) -> None:
    taken = state.passes[-1]
    taken.accepted = event
    state.segments[-1].until = event.at
    holder = Target(taken.to.department, event.by)
    state.segments.append(Segment(holder, event.at))
    state.phase = OPEN


def _return(state: State, event: Return) -> None:
    state.passes[-1].returned = event
    state.phase = OPEN


def _pause(state: State, event: Notify | Suspend) -> None:
    if getattr(event, "consultation", False):
        return
    if type(event) not in state.waiting:
        state.waiting[type(event)] = pause = Pause(event, event.at)
        state.pauses.append(pause)
        state.phase = PAUSED


def _go_on(state: State, event: Supplement | Resume) -> None:
    """Note that one ground is gone; the clocks run again when the other is gone too."""
    state.waiting.pop(_GROUNDS[type(event)]).until = event.at
    if not state.waiting:
        state.phase = OPEN


def _end_pause(state: State, event: Event) -> None:
    if state.phase == PAUSED:
        for pause in state.waiting.values():
            pause.until = event.at
        state.waiting.clear()
        state.phase = OPEN


def _close(state: State, event: Close) -> None:
    if waiting := state.pending:
        waiting.superseded = event.at
    _end_pause(state, event)
    state.segments[-1].until = event.at
    state.closes.append(event)
    state.phase = CLOSED


def _reopen(state: State, event: Reopen) -> None:
    state.reopens.append(event)
    state.segments.append(Segment(state.holder, event.at))
    state.phase = OPEN


def _stay(state: State, event: Event) -> None:
    """Take an act that is recorded and moves nothing."""


# Each ground has its own pause, and an act of its own that ends it.
_GROUNDS: dict[type, type] = {Supplement: Notify, Resume: Suspend}
_LIVE = frozenset({OPEN, PENDING, PAUSED})
_ANY = _LIVE | {CLOSED}

# What may happen in which phase, and what it does: the whole life of an inquiry.
MOVES: dict[type, tuple[frozenset[str], Callable[[State, Any], None]]] = {
    Handoff: (frozenset({OPEN}), _handoff),
    Accept: (frozenset({PENDING}), _accept),
    Return: (frozenset({PENDING}), _return),
    Notify: (frozenset({OPEN, PAUSED}), _pause),
    Supplement: (frozenset({PAUSED}), _go_on),
    Suspend: (frozenset({OPEN, PAUSED}), _pause),
    Resume: (frozenset({PAUSED}), _go_on),
    Instruct: (_LIVE, _instruct),
    Close: (_LIVE, _close),
    Reopen: (frozenset({CLOSED}), _reopen),
    Callback: (frozenset({CLOSED}), _stay),
    Escalate: (_ANY, _stay),
    Extend: (_LIVE, _stay),
    Appoint: (_LIVE, _stay),
    Urge: (_LIVE, _stay),
    Supervise: (_LIVE, _stay),
    Issue: (_ANY, _stay),
    Progress: (_ANY, _stay),
    Note: (_ANY, _stay),
    Correct: (_ANY, _stay),
    Withdraw: (_ANY, _stay),
    Join: (_LIVE, _stay),
    Receive: (_LIVE, _stay),
    GiveBack: (_ANY, _stay),
    Objection: (_ANY, _stay),
}


def why_not(state: State, event: Event) -> str:
    """Return why a move is not lawful in the state reached, in words; '' if it is."""
    phases, _ = MOVES[type(event)]
    if state.phase not in phases:
        act = act_of(type(event))
        return f"现为“{state.phase}”，不能{act}（须为{'、'.join(p for p in PHASES if p in phases)}）"
    if type(event) in _GROUNDS and _GROUNDS[type(event)] not in state.waiting:
        return "补正对应一次性告知，恢复对应中止，现在等的不是这一项"
    if type(event) is Suspend and Suspend in state.waiting:
        return "已经中止，恢复以后才能再中止"
    if type(event) is Return and state.passes[-1].designated:
        return "由领导指定承办，不得退回"
    if event.at < state.inquiry.received and not isinstance(event, Withdraw):
        return EARLY
    return ""


PHASES = (OPEN, PENDING, PAUSED, CLOSED)


def unrepeated(events: tuple[Event, ...]) -> list[Event]:
    """Return the events by time, then id; an event merged in twice stands once."""
    if len({e.id for e in events}) < len(events):  # to compare ids costs less than whole events
        events = tuple(dict.fromkeys(events))
    return sorted(events, key=attrgetter("at", "id"))


def apart(events: tuple[Event, ...], at: datetime) -> datetime:
    """Return the time for one more event: ``at``, or a microsecond after those that have it already.

    What was done first is recorded first, also within one minute; nobody sees the difference.
    """
    same = [e.at for e in events if at <= e.at < at + timedelta(seconds=1)]
    return max(same) + timedelta(microseconds=1) if at in same else at


def _put_right(inquiry: Inquiry, event: Correct, began: datetime | None) -> Inquiry:
    """Return the header with one value put right; ValueError where an act would come before the intake.

    No correction undoes what was done: an act that was wrong is taken back by itself.
    """
    right = corrected(inquiry, event)
    if began and right.received > max(began, inquiry.received):
        raise ValueError("更正后的受理时间晚于已有的经过")
    return right


def replay(inquiry: Inquiry, until: datetime | None = None) -> State:
    """Return the state after all events, or after those up to and including ``until``."""
    events = unrepeated(inquiry.events)
    if until:
        events = [e for e in events if e.at.replace(microsecond=0) <= until]
    seen: dict[str, Event] = {}
    for event in events:
        seen.setdefault(event.id, event)
    void, taken_back = withdrawals(events, seen)
    acts = (e for e in events if e.at >= inquiry.received and e.id not in taken_back)
    began = next((e.at for e in acts if not isinstance(e, Withdraw)), None)
    headers = [Version(inquiry.received, structs.replace(inquiry, events=()))]
    people = dict.fromkeys(inquiry.people)
    for event in events:
        if type(event) is Correct and seen[event.id] is event and event.id not in taken_back:
            try:
                inquiry = _put_right(inquiry, event, began)
                people |= dict.fromkeys(inquiry.people)
                headers.append(Version(event.at, structs.replace(inquiry, events=()), event))
            except ValueError as error:
                void[event.id] = str(error)
    first = Target(inquiry.department, inquiry.first_responder)
    state = State(inquiry, OPEN, [Segment(first, inquiry.received)], people=list(people), headers=headers)
    disputes = state.disputes
    for event in events:
        same_id = seen[event.id] is not event
        if not same_id and event.id in taken_back:
            state.taken_back.append(event)
            continue
        problem = SAME_ID if same_id else void.get(event.id, "") or why_not(state, event)
        if problem:
            disputes.append(Dispute(event, problem, _CHECKS.get(problem, LEGAL_ORDER)))
            continue
        MOVES[type(event)][1](state, event)
        state.events.append(event)
    return state


def as_header(inquiry: Inquiry) -> dict[str, Any]:
    """Return the header as plain values in file order, without the events."""
    plain: dict[str, Any] = to_builtins(inquiry)
    plain.pop("events", None)
    return plain
