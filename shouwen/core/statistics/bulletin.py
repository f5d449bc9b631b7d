"""The figures of a period (通报): by department, kind, channel, person, and altogether.

Every period is looked at from its own end (or from now, if it is not over), so that the period
before and the one a year ago are measured by the same rule. What happened is counted in the
period in which it happened: a call-back of November on a result of October belongs to November.
A rate is kept as two counts, how many of how many, and has no value where there was nothing.
举报 and confidential inquiries are counted beside, and stand in no figure.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from msgspec import Struct, field, structs

from shouwen.core.accountability.follow_up import follow_ups
from shouwen.core.accountability.lifecycle import CaseState
from shouwen.core.accountability.proposals import unfiled
from shouwen.core.accountability.service_record import joined_into, satisfied
from shouwen.core.date_range import DateRange
from shouwen.core.deadlines.clock import Clock, main_clock, retried
from shouwen.core.deadlines.clock_table import CONTACTS, clocks
from shouwen.core.deadlines.overdue import long_standing
from shouwen.core.duties.findings import DoneLate, done_late
from shouwen.core.duties.informing import close_words, refusals
from shouwen.core.inquiry.confidential import secret
from shouwen.core.inquiry.events import Callback, Close, Correct, Extend, Join, Notify, Target, Withdraw
from shouwen.core.inquiry.header import Inquiry, same_person
from shouwen.core.inquiry.lifecycle import State, replay
from shouwen.core.office.standing import put_down_to
from shouwen.core.regulation.schema import DEFAULT
from shouwen.core.rulebook import Rules
from shouwen.core.statistics.figures import GROUPS, ONCE, Figures

Within = Callable[[datetime], bool]  # whether a moment lies in the period, by the ledger's days


class Count(NamedTuple):
    """What is counted once: which figure, by how much, of how many, whom it is put down to.

    ``source`` is whose limit it rests on, where it rests on one; ``key`` tells apart what one
    inquiry adds to one figure.
    """

    name: str
    n: float
    of: int
    whose: Target
    source: str = ""
    key: str = ""

    @property
    def figure(self) -> str:
        """The figure it belongs to: that of default limits is another than that of limits set."""
        return f"{self.name}_default" if self.source == DEFAULT else self.name


class Bulletin(Struct):
    """One period of one ledger or several; a person's key is (ledger, id), as ids may recur.

    ``not_judged`` counts by clock the runs of imported inquiries that stand in no figure (不计).
    """

    period: DateRange
    total: Figures = field(default_factory=Figures)
    groups: dict[str, dict[tuple[str, str], Figures]] = field(
        default_factory=lambda: {name: {} for name in (*GROUPS, "ledger")}
    )
    confidential: int = 0
    counted: dict[tuple[str, ...], tuple[Count, dict[str, str]]] = field(default_factory=dict)
    answered: dict[tuple[str, ...], float] = field(default_factory=dict)
    into: dict[str, str] = field(default_factory=dict)
    asked: list[tuple[tuple[str, ...], float, dict[str, str], Target]] = field(default_factory=list)
    not_judged: dict[str, int] = field(default_factory=dict)

    def put(self, other: "Bulletin") -> None:
        """Put the figures of another ledger for the same period to these."""
        self.total.put(other.total)
        for group, members in other.groups.items():
            for key, figures in members.items():
                self.groups[group].setdefault(key, Figures()).put(figures)
        self.confidential += other.confidential
        for clock, count in other.not_judged.items():
            self.not_judged[clock] = self.not_judged.get(clock, 0) + count

    def over(self, rules: Rules, state: State) -> bool:
        """Return whether all was settled before the period began, so that nothing is left to count.

        After a result only the follow-up call can still run out.
        """
        if not state.closed or rules.policy.limits.get("回访"):
            return False
        return state.events[-1].at.astimezone(rules.calendar.zone).date() < self.period.first

    def _add(self, ledger: str, keys: dict[str, str], fact: Count) -> None:
        whose = fact.whose
        self.total.add(fact.figure, fact.n, fact.of)
        everywhere = {"department": whose.department, "staff": whose.staff, "ledger": ledger, **keys}
        for group, key in everywhere.items():
            if key:
                self._figures(group, ledger, key).add(fact.figure, fact.n, fact.of)
        if fact.source:
            self._figures("source", ledger, fact.source).add(fact.name, fact.n, fact.of)

    def _figures(self, group: str, ledger: str, key: str) -> Figures:
        place = ("", key) if group in ("category", "channel", "source", "ledger") else (ledger, key)
        members = self.groups[group]
        if place not in members:
            members[place] = Figures()
        return members[place]

    def _once(self, ledger: str) -> None:
        """Count what rests on a limit once for a person, where inquiries were joined; the worst counts."""
        kept: dict[tuple[str, ...], tuple[Count, dict[str, str]]] = {}
        mains = {joined_into(one, self.into) for one in self.into}
        for (matter, *place), (fact, keys) in self.counted.items():
            if matter not in self.into and matter not in mains:
                continue
            where = (joined_into(matter, self.into), *place)
            before = kept.get(where)
            worse = before and (fact.n < before[0].n if fact.of else fact.n > before[0].n)
            if before:
                less, its = before if worse else (fact, keys)
                self._add(ledger, its, less._replace(n=-less.n, of=-less.of))
            if not before or worse:
                kept[where] = (fact, keys)
        self.counted.clear()

    def met(self, ledger: str, inquiry: Inquiry, state: State) -> None:
        """Remember when who asked had the first result: what comes after it is 重复反映."""
        person = same_person(state.inquiry.inquirer)
        if person and state.closes and not secret(inquiry):
            place, at = (ledger, *person), state.closes[0].at.timestamp()
            self.answered[place] = min(self.answered.get(place, at), at)

    def settle(self, ledger: str) -> None:
        """Say, once all inquiries of a ledger were added, who asked again; what was joined counts once."""
        for person, received, keys, first in self.asked:
            if self.answered.get((ledger, *person), received) < received:
                self._add(ledger, keys, Count("repeated", 1, 0, first))
        self.asked.clear()
        self._once(ledger)

    def add(
        self, ledger: str, rules: Rules, state: State, found: list[Clock], end: datetime,
        late: Iterable[DoneLate] = (),
    ) -> None:  # fmt: skip
        """Add one inquiry; ``state`` and ``found`` are those at the ``end`` of the period.

        ``late`` are the duties that were done too late until then.
        """
        inquiry = state.inquiry
        facts = list(_facts(rules, state, found, self.period))
        facts += [
            Count("duties_late", 1, 0, one.whose, one.source)
            for one in late
            if self.period.within(one.done.astimezone(rules.calendar.zone))
        ]
        if secret(inquiry):
            self.confidential += any(fact.name in ("closed", "open") for fact in facts)
            return
        for name in {c.name for c in found if not c.judged} if facts else ():
            self.not_judged[name] = self.not_judged.get(name, 0) + 1
        if long_standing(rules, state, end):
            facts.append(Count("long_paused", 1, 0, state.holder))
        if state.joined:
            self.into[inquiry.id] = state.joined
        keys = {"category": inquiry.category, "channel": inquiry.channel}
        last = end.astimezone(rules.calendar.zone).date()
        for fact in facts:
            fact = fact._replace(whose=put_down_to(rules.office, fact.name, fact.whose, last))
            self._add(ledger, keys, fact)
            if fact.name in ONCE:
                place = (inquiry.id, fact.name, fact.whose.department, fact.whose.staff, fact.key)
                self.counted[place] = (fact, keys)
        person = same_person(inquiry.inquirer)
        if person and self.period.within(inquiry.received.astimezone(rules.calendar.zone)):
            first = Target(rules.office.unit(inquiry.department), inquiry.first_responder)
            self.asked.append((person, inquiry.received.timestamp(), keys, first))

    def add_case(self, ledger: str, rules: Rules, state: CaseState, end: datetime) -> None:
        """Add an accountability case as it stood at the period's end.

        It counts while decided and not yet in the personnel file, and for each thing that it asks for
        by a day that is past.
        """
        who, day = state.case.staff, end.astimezone(rules.calendar.zone).date()
        home = rules.office.department_of(who, state.case.occurred) or state.case.department
        late = sum(f.open_missed(day) for f in follow_ups(rules.policy, state, rules.calendar))
        for name, n in (("unfiled", unfiled(rules.policy, state)), ("undone", late)):
            if n:
                self._add(
                    ledger,
                    {},
                    Count(
                        name, int(n), 0, Target(home and rules.office.unit(home, state.case.occurred), who)
                    ),
                )


def put_right(inquiry: Inquiry, now: datetime) -> Inquiry:
    """Return the inquiry as corrected, and without what was withdrawn, by ``now``, for any earlier moment too.

    A day of intake put right in November must count in October, not in neither month.
    """
    if not any(isinstance(e, Correct | Withdraw) for e in inquiry.events):
        return inquiry
    state = replay(inquiry, until=now)
    gone = {e.id for e in state.taken_back}
    rest = tuple(e for e in inquiry.events if not isinstance(e, Correct | Withdraw) and e.id not in gone)
    return structs.replace(state.inquiry, events=rest)


def late_duties(
    rules: Rules, inquiry: Inquiry, state: State, found: list[Clock], end: datetime
) -> list[DoneLate]:
    """Return the duties of an inquiry, as written, that were done late by the ``end`` of a period.

    ``state`` and ``found`` are those of the inquiry as put right: there a correction that made a
    register whole is not seen, so that it would never have been late.
    """
    if any(isinstance(e, Correct) for e in inquiry.events):
        state = replay(inquiry, until=end)
        found = clocks(rules, state, end)
    return done_late(rules, state, found, end)


def working_hours(rules: Rules, state: State, close: Close) -> float:
    """Return working hours from intake (or the redo) to a result, without the pauses."""
    since = max([state.inquiry.received, *(e.at for e in state.reopens if e.at <= close.at)])
    calendar = rules.calendar.known(close.at)
    spent = calendar.opened(since, close.at)
    for pause in state.pauses:
        until = min(pause.until or close.at, close.at)
        spent -= calendar.opened(max(pause.since, since), until)
    return spent.total_seconds() / 3600


def _facts(rules: Rules, state: State, found: list[Clock], period: DateRange) -> Iterator[Count]:
    """Yield everything that the inquiry adds to the figures of a period."""
    zone = rules.calendar.zone
    first = Target(state.inquiry.department, state.inquiry.first_responder)

    def within(moment: datetime) -> bool:
        return period.within(moment.astimezone(zone))

    if within(state.inquiry.received):
        yield Count("received", 1, 0, first)
        if all(c.judged for c in found if c.name == "首次回应"):
            yield Count("responded", any(isinstance(e, CONTACTS) for e in state.events), 1, first)
    yield from _results(rules, state, found, within, first)
    yield from _handoffs(state, found, within)
    nth: dict[str, int] = {}
    for clock in found:
        nth[clock.name] = nth.get(clock.name, 0) + 1
        if clock.due and clock.late and within(clock.due):
            key = f"{clock.name}{nth[clock.name]}"
            yield Count("expired", 1, 0, clock.whose, clock.source, key)
        if clock.first and within(clock.first.at):
            yield Count("changed", 1, 0, clock.whose)
        if clock.recounted and clock.recounted.late != clock.late and within(clock.recounted.at):
            yield Count("recounted", 1, 0, clock.whose)
    redone = [c for _, c in retried(found) if within(c.stopped or c.due or c.started)]
    yield from (Count("changed", 1, 0, clock.whose) for clock in redone)
    notices = state.of(Notify)
    if given := [e for e in notices if within(e.at)]:
        by = Target(state.holder_at(given[0].at).department, given[0].by)
        yield Count("told_once", len(notices) == 1, 1, by)
        yield Count("second_notices", len(given) - (given[0] is notices[0]), 0, by)
    if joined := [e for e in state.of(Join) if within(e.at)]:
        yield Count("joined", 1, 0, state.holder_at(joined[-1].at))
    yield from _callbacks(rules, state, found, within)


def _results(
    rules: Rules, state: State, found: list[Clock], within: Within, first: Target
) -> Iterator[Count]:
    """Yield results given in the period, what is still open at its end, and both together."""
    closes = [e for e in state.closes if within(e.at)]
    main = main_clock(found)
    overdue = not state.closed and bool(main and main.late)
    whose = state.holder  # after a result nobody takes it over
    if not state.closed:
        yield Count("open", 1, 0, whose)
        yield Count("overdue", overdue, 0, whose, main.source if main else "")
    if closes or overdue:
        judged = [c for c in found if c.of_work and c.stopped and within(c.stopped)]
        late = next((c for c in judged if c.late), None)
        rests = main if overdue else late or (judged[-1] if judged else main)
        kept = bool(closes) and not late and not overdue
        yield Count("on_time", kept, 1, whose, rests.source if rests else "")
    if closes or not state.closed:
        yield Count("handoffs", len(state.passes), 1, first)
        yield Count("passed_on", len(state.passes) >= 2, 1, first)
        refused = {event for c in found for event, _ in c.refused}
        yield Count("extended", any(e.id not in refused for e in state.of(Extend)), 1, whose)
    redone = [e for e in state.reopens if within(e.at)]
    if closes or redone:
        yield Count("redone", bool(redone), 1, whose)
    if closes:
        yield from _given(rules, state, closes, first)
        yield from _refused(rules, closes, whose)


def _given(rules: Rules, state: State, closes: list[Close], first: Target) -> Iterator[Count]:
    """Yield what the results of the period were: how long they took, at once or not, told or not."""
    last, whose = closes[-1], state.holder
    yield Count("closed", 1, 0, whose)
    yield Count("hours", working_hours(rules, state, last), 0, whose)
    yield Count("at_once", closes[0] is state.closes[0] and _at_once(rules, state, first), 1, first)
    yield Count("untold", not last.told and not last.not_told, 0, whose)


def _at_once(rules: Rules, state: State, first: Target) -> bool:
    """Return whether who was asked first gave the first result himself on the day of intake."""
    zone, close = rules.calendar.zone, state.closes[0]
    same_day = close.at.astimezone(zone).date() == state.inquiry.received.astimezone(zone).date()
    return same_day and (close.by == first.staff if first.staff else not state.passes)


def _refused(rules: Rules, closes: list[Close], whose: Target) -> Iterator[Count]:
    """Count, of the results that refuse, those reported with all that the regulation wants (否定报备)."""
    named = [item for duty in rules.policy.laid_down("refusal_report") for item in duty.items]
    items = named or ["理由", "依据", "签字领导"]
    for close in closes:
        if close.outcome in refusals(rules):
            words = close_words(close)
            whole = all(words.get(item) for item in items)
            yield Count("reported", whole, 1, whose)
            yield Count("unreported", not whole, 0, whose)


def _handoffs(state: State, found: list[Clock], within: Within) -> Iterator[Count]:
    """Yield handoffs made in the period: answered in time by the receiver, sent back to the sender."""
    clocks = {c.event: c for c in found if c.name == "签收"}
    for each in state.passes:
        if not within(each.event.at):
            continue
        yield Count("returned", each.returned is not None, 1, each.sender)
        clock = clocks.get(each.event.id)
        answer = each.accepted or each.returned
        if clock and clock.judged and (answer or clock.late):
            kept = bool(answer) and not clock.late
            yield Count("accepted", kept, 1, each.to, clock.source, each.event.id)


def _callbacks(rules: Rules, state: State, found: list[Clock], within: Within) -> Iterator[Count]:
    """Yield results and call-backs of the period; of several call-backs the last word counts."""
    calls = [e for e in state.of(Callback) if within(e.at)]
    closes = [e for e in state.closes if within(e.at)]
    if not calls and not closes:
        return
    whose = state.holder_at(state.closes[-1].at)
    if calls or all(c.judged for c in found if c.name == "回访"):
        yield Count("called_back", bool(calls), 1, whose)
    if solved := [e.resolved for e in calls if e.resolved is not None]:
        yield Count("resolved", solved[-1], 1, whose)
    if ratings := [e.rating for e in calls if e.rating]:
        good, rated = satisfied({ratings[-1]: 1}, rules.policy.ratings.values)
        yield Count("satisfied", good, rated, whose)
