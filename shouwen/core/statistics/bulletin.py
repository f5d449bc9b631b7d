"""The figures of a period (通报): by department, kind, channel, person, and altogether.

Every period is looked at from its own end (or from now, if it is not over), so that the period
before and the one a year ago are measured by the same rule. What happened is counted in the
period in which it happened: a call-back of November on a result of October belongs to November.
A rate is kept as two counts, how many of how many, and has no value where there was nothing.
举报 and confidential inquiries are counted beside, and stand in no figure.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from math import ceil
from statistics import median

from msgspec import Struct, field, structs

from shouwen.core.accountability.lifecycle import CaseState
from shouwen.core.accountability.proposals import unfiled
from shouwen.core.accountability.service_record import satisfied
from shouwen.core.date_range import DateRange
from shouwen.core.deadlines.clock import Clock, main_clock
from shouwen.core.deadlines.clock_table import CONTACTS
from shouwen.core.duties.informing import close_words, refusals
from shouwen.core.inquiry.confidential import secret
from shouwen.core.inquiry.events import Callback, Close, Correct, Extend, Notify, Target, Withdraw
from shouwen.core.inquiry.header import Inquiry
from shouwen.core.inquiry.lifecycle import State, replay
from shouwen.core.office.roster import Office
from shouwen.core.regulation.schema import DEFAULT, Policy
from shouwen.core.rulebook import Rules

Within = Callable[[datetime], bool]  # whether a moment lies in the period, by the ledger's days

# What is counted, and the rates; render/bulletin/text.py says each in words.
COUNTS = (
    "received",
    "closed",
    "open",
    "overdue",
    "expired",
    "expired_default",
    "changed",
    "second_notices",
    "untold",
    "unreported",
    "unfiled",
)
RATES = (
    "responded", "at_once", "on_time", "accepted", "returned", "handoffs", "passed_on", "told_once",
    "extended", "called_back", "resolved", "satisfied", "redone", "reported",
)  # fmt: skip
GROUPS = ("department", "category", "channel", "staff")
# A mean, not a share: how many handoffs an inquiry.
MEANS = frozenset({"handoffs"})


class Rate(Struct):
    """``n`` of ``of``."""

    n: int = 0
    of: int = 0

    @property
    def value(self) -> float | None:
        """The quotient; None where there was nothing to count."""
        return self.n / self.of if self.of else None


class Figures(Struct):
    """The figures of one group; ``hours`` are the working hours that each result took."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTS, 0))
    rates: dict[str, Rate] = field(default_factory=lambda: {name: Rate() for name in RATES})
    hours: list[float] = field(default_factory=list)

    @property
    def median_hours(self) -> float | None:
        """Half of the results took no longer; None without results."""
        return median(self.hours) if self.hours else None

    @property
    def p90_hours(self) -> float | None:
        """Nine in ten results took no longer (the nearest rank); None without results."""
        return sorted(self.hours)[ceil(0.9 * len(self.hours)) - 1] if self.hours else None

    def add(self, name: str, n: float, of: int) -> None:
        """Count one fact."""
        if name == "hours":
            self.hours.append(n)
        elif name in self.counts:
            self.counts[name] += int(n)
        else:
            self.rates[name].n += int(n)
            self.rates[name].of += of


# What is counted once: which figure, by how much, of how many, and whom it is put down to.
Count = tuple[str, float, int, Target]


class Bulletin(Struct):
    """One period of one ledger or several; a person's key is (ledger, id), as ids may recur."""

    period: DateRange
    total: Figures = field(default_factory=Figures)
    groups: dict[str, dict[tuple[str, str], Figures]] = field(
        default_factory=lambda: {name: {} for name in (*GROUPS, "ledger")}
    )
    confidential: int = 0

    def over(self, rules: Rules, state: State) -> bool:
        """Whether all was settled before the period began, so that nothing is left to count.

        After a result only the follow-up call can still run out.
        """
        if not state.closed or rules.policy.limits.get("回访"):
            return False
        return state.events[-1].at.astimezone(rules.calendar.zone).date() < self.period.first

    def _add(self, ledger: str, keys: dict[str, str], fact: Count) -> None:
        name, n, of, whose = fact
        self.total.add(name, n, of)
        everywhere = {"department": whose.department, "staff": whose.staff, "ledger": ledger, **keys}
        for group, key in everywhere.items():
            if key:
                place = ("", key) if group in ("category", "channel", "ledger") else (ledger, key)
                if place not in self.groups[group]:
                    self.groups[group][place] = Figures()
                self.groups[group][place].add(name, n, of)

    def add(self, ledger: str, rules: Rules, state: State, found: list[Clock]) -> None:
        """Add one inquiry; ``state`` and ``found`` are those at the end of the period."""
        inquiry = state.inquiry
        facts = list(_facts(rules, state, found, self.period))
        if secret(inquiry):
            self.confidential += any(name in ("closed", "open") for name, *_ in facts)
            return
        for fact in facts:
            self._add(ledger, {"category": inquiry.category, "channel": inquiry.channel}, fact)

    def add_case(self, ledger: str, policy: Policy, office: Office, state: CaseState) -> None:
        """Add an accountability case: it counts while decided and not yet in the personnel file."""
        if unfiled(policy, state):
            who = state.case.staff
            home = office.department_of(who, state.case.occurred) or state.case.department
            self._add(ledger, {}, ("unfiled", 1, 0, Target(home, who)))


def put_right(inquiry: Inquiry, now: datetime) -> Inquiry:
    """The inquiry as corrected, and without what was withdrawn, by ``now``, for any earlier moment too.

    A day of intake put right in November must count in October, not in neither month.
    """
    if not any(isinstance(e, Correct | Withdraw) for e in inquiry.events):
        return inquiry
    state = replay(inquiry, until=now)
    gone = {e.id for e in state.taken_back}
    rest = tuple(e for e in inquiry.events if not isinstance(e, Correct | Withdraw) and e.id not in gone)
    return structs.replace(state.inquiry, events=rest)


def working_hours(rules: Rules, state: State, close: Close) -> float:
    """Working hours from intake (or the redo) to a result, without the pauses."""
    since = max([state.inquiry.received, *(e.at for e in state.reopens if e.at <= close.at)])
    spent = rules.calendar.opened(since, close.at)
    for pause in state.pauses:
        until = min(pause.until or close.at, close.at)
        spent -= rules.calendar.opened(max(pause.since, since), until)
    return spent.total_seconds() / 3600


def _facts(rules: Rules, state: State, found: list[Clock], period: DateRange) -> Iterator[Count]:
    """Everything that the inquiry adds to the figures of a period."""
    zone = rules.calendar.zone
    first = Target(state.inquiry.department, state.inquiry.first_responder)

    def within(moment: datetime) -> bool:
        return period.within(moment.astimezone(zone))

    if within(state.inquiry.received):
        yield "received", 1, 0, first
        yield "responded", any(isinstance(e, CONTACTS) for e in state.events), 1, first
    yield from _results(rules, state, found, within, first)
    yield from _handoffs(state, found, within)
    for clock in found:
        if clock.due and clock.late and within(clock.due):
            yield "expired", 1, 0, clock.whose
            if clock.source == DEFAULT:
                yield "expired_default", 1, 0, clock.whose
        if clock.first and within(clock.first.at):
            yield "changed", 1, 0, clock.whose
    notices = state.of(Notify)
    if given := [e for e in notices if within(e.at)]:
        by = Target(state.holder_at(given[0].at).department, given[0].by)
        yield "told_once", len(notices) == 1, 1, by
        yield "second_notices", len(given) - (given[0] is notices[0]), 0, by
    yield from _callbacks(rules, state, within)


def _results(
    rules: Rules, state: State, found: list[Clock], within: Within, first: Target
) -> Iterator[Count]:
    """Results given in the period, what is still open at its end, and both together."""
    closes = [e for e in state.closes if within(e.at)]
    main = main_clock(found)
    overdue = not state.closed and bool(main and main.late)
    whose = state.holder  # after a result nobody takes it over
    if not state.closed:
        yield "open", 1, 0, whose
        yield "overdue", overdue, 0, whose
    if closes or overdue:
        late = any(c.late and c.stopped and within(c.stopped) for c in found if c.of_work)
        yield "on_time", bool(closes) and not late and not overdue, 1, whose
    if closes or not state.closed:
        yield "handoffs", len(state.passes), 1, first
        yield "passed_on", len(state.passes) >= 2, 1, first
        refused = {event for c in found for event, _ in c.refused}
        yield "extended", any(e.id not in refused for e in state.of(Extend)), 1, whose
    redone = [e for e in state.reopens if within(e.at)]
    if closes or redone:
        yield "redone", bool(redone), 1, whose
    if closes:
        yield from _given(rules, state, closes, first)
        yield from _refused(rules, closes, whose)


def _given(rules: Rules, state: State, closes: list[Close], first: Target) -> Iterator[Count]:
    """What the results of the period were: how long they took, at once or not, told or not."""
    last, whose = closes[-1], state.holder
    yield "closed", 1, 0, whose
    yield "hours", working_hours(rules, state, last), 0, whose
    yield "at_once", closes[0] is state.closes[0] and _at_once(rules, state, first), 1, first
    yield "untold", not last.told and not last.not_told, 0, whose


def _at_once(rules: Rules, state: State, first: Target) -> bool:
    """Whether who was asked first gave the first result himself on the day of intake."""
    zone, close = rules.calendar.zone, state.closes[0]
    same_day = close.at.astimezone(zone).date() == state.inquiry.received.astimezone(zone).date()
    return same_day and (close.by == first.staff if first.staff else not state.passes)


def _refused(rules: Rules, closes: list[Close], whose: Target) -> Iterator[Count]:
    """Of the results that refuse, which were reported with all that the regulation wants (否定报备)."""
    duty = rules.policy.duties.get("refusal_report")
    items = duty.items if duty else ("理由", "依据", "签字领导")
    for close in closes:
        if close.outcome in refusals(rules):
            words = close_words(close)
            whole = all(words.get(item) for item in items)
            yield "reported", whole, 1, whose
            yield "unreported", not whole, 0, whose


def _handoffs(state: State, found: list[Clock], within: Within) -> Iterator[Count]:
    """Handoffs made in the period: answered in time by the receiver, sent back to the sender."""
    clocks = {c.event: c for c in found if c.name == "签收"}
    for each in state.passes:
        if not within(each.event.at):
            continue
        yield "returned", each.returned is not None, 1, each.sender
        clock = clocks.get(each.event.id)
        answer = each.accepted or each.returned
        if clock and (answer or clock.late):
            yield "accepted", bool(answer) and not clock.late, 1, each.to


def _callbacks(rules: Rules, state: State, within: Within) -> Iterator[Count]:
    """Results and call-backs of the period; of several call-backs the last word counts."""
    calls = [e for e in state.of(Callback) if within(e.at)]
    closes = [e for e in state.closes if within(e.at)]
    if not calls and not closes:
        return
    whose = state.holder_at(state.closes[-1].at)
    yield "called_back", bool(calls), 1, whose
    if solved := [e.resolved for e in calls if e.resolved is not None]:
        yield "resolved", solved[-1], 1, whose
    if ratings := [e.rating for e in calls if e.rating]:
        good, rated = satisfied({ratings[-1]: 1}, rules.policy.ratings.values)
        yield "satisfied", good, rated, whose
