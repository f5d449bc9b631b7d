"""What a decision leaves to be done: putting right, reporting back, lifting, answering an appeal."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from msgspec import Struct

from shouwen.core.accountability.appeals import answer_due, last_day
from shouwen.core.accountability.case import Appeal
from shouwen.core.accountability.lifecycle import APPEALED, CaseState
from shouwen.core.deadlines.working_days import Calendar
from shouwen.core.regulation.accountability import Remedy
from shouwen.core.regulation.citation import cite
from shouwen.core.regulation.schema import DEFAULT, Policy


class FollowUp(Struct, frozen=True):
    """Something to be done after a decision: what, under which article, by when, when it was done.

    ``due`` is None where the decision ought to have set the day and did not.
    """

    what: str
    article: str
    due: date | None
    done: date | None = None

    def missed(self, today: date) -> bool:
        """Return whether the day passed without its being done in time."""
        return bool(self.due) and (self.done or today) > (self.due or today)

    def open_missed(self, today: date) -> bool:
        """Return whether it is late and still not done."""
        return not self.done and self.missed(today)

    def text(self, today: date) -> str:
        """Say it in words: 限期整改 2026-12-05 前完成，已过期."""
        if not self.due:
            return f"{self.what}没有写明期限"
        if self.done:
            return f"{self.what}限{self.due}，{self.done}完成" + ("，迟了" if self.missed(today) else "")
        return f"{self.what}限{self.due}" + ("，过期未完成" if self.missed(today) else "")


def follow_ups(policy: Policy, state: CaseState, calendar: Calendar) -> Iterator[FollowUp]:
    """Yield everything that a decided case still asks for, or asked for and got."""
    decision = state.decision
    if not decision or not state.counts:
        return
    decided = state.decided_on(calendar.zone)
    done = state.completed.at.astimezone(calendar.zone).date() if state.completed else None
    ruled = False
    for rule in policy.remedies:
        if not (held := ordered(rule, state)):
            continue
        ruled, due = True, state.complete_by
        if not due and rule.workdays:
            due = calendar.after(decided, rule.workdays)
        elif not due and rule.days:
            due = calendar.this_or_next(decided + timedelta(days=rule.days))
        yield FollowUp("、".join(held), rule.article, due, done)
    if state.complete_by and not ruled:
        yield FollowUp("整改", DEFAULT, state.complete_by, done)
    for term in policy.terms:
        held = [x for x in dict.fromkeys((*state.measures, *state.unit_measures)) if x in term.measures]
        if held and term.lift:
            lifted = state.lifted.at.astimezone(calendar.zone).date() if state.lifted else None
            yield FollowUp(f"解除{'、'.join(held)}", term.article, state.until, lifted)
    appeal = next((e for e in state.events if isinstance(e, Appeal)), None)
    if appeal and policy.appeal and (due := answer_due(policy.appeal, appeal, calendar)):
        answers = [e for e, _ in state.judgments if e.at > appeal.at]
        answered = answers[0].at.astimezone(calendar.zone).date() if answers else None
        if answered or state.status == APPEALED:
            yield FollowUp("答复申诉", policy.appeal.article, due, answered)


def undated(policy: Policy, state: CaseState) -> tuple[str, str]:
    """Return (measures to be carried out by a day that nobody has set, the article); two '' where there are none."""
    if not state.counts or state.complete_by or state.completed:
        return "", ""
    for rule in policy.remedies:
        if not (rule.workdays or rule.days) and (held := ordered(rule, state)):
            return "、".join(held), rule.article
    return "", ""


def ordered(rule: Remedy, state: CaseState) -> list[str]:
    """Return the measures in force, for the person or the department, after which a rule asks for something."""
    return [x for x in dict.fromkeys((*state.measures, *state.unit_measures)) if x in rule.measures]


def undone(
    policy_of: Callable[[str], Policy], states: Iterable[CaseState], calendar: Calendar, today: date
) -> tuple[tuple[str, str], ...]:
    """Return (case, what in words) of everything that some cases asked for by a day that is past, and did not get."""
    return tuple(
        (state.case.id, each.text(today))
        for state in states
        for each in follow_ups(policy_of(state.case.policy), state, calendar)
        if each.open_missed(today)
    )


def late_appeal(policy: Policy, state: CaseState, calendar: Calendar) -> str:
    """Say in words that an appeal came after its time; '' if in time, or no time is set."""
    appeal = next((e for e in state.events if isinstance(e, Appeal)), None)
    if not appeal or not policy.appeal or not (due := last_day(policy.appeal, state, calendar)):
        return ""
    day = appeal.at.astimezone(calendar.zone).date()
    return f"{day}申诉，期限是{due}，逾期（{cite(policy, policy.appeal.article)}）" if day > due else ""
