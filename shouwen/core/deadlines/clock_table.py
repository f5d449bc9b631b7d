"""The clocks of an inquiry: since when each runs, when it is due, under which article.

The outer clock (办结) starts at intake and never restarts on a handoff; a handoff waits on its
own clock (签收) with the receiver; a redo has a limit of its own and leaves the first verdict.
Only 一次性告知 and 中止 stop the outer clock, and an extension asked after expiry is refused.
Everything here is computed on reading; nothing is stored that could drift.
"""

from datetime import datetime
from itertools import pairwise

from shouwen.core.deadlines.clock import UNREGULATED, Clock, Course, handling_limit, judge, local_day
from shouwen.core.deadlines.extensions import due_with, judged_extensions
from shouwen.core.deadlines.pauses import due_of, pauses_after, stands_still
from shouwen.core.inquiry.events import (
    Appoint,
    Callback,
    Close,
    Handoff,
    Notify,
    Progress,
    Reopen,
    Supervise,
    Target,
)
from shouwen.core.inquiry.lifecycle import State
from shouwen.core.regulation.schema import Limit, limit_for
from shouwen.core.rulebook import Rules


def _work_clock(
    rules: Rules, state: State, now: datetime, name: str, limit: Limit,
    started: datetime, stopped: datetime | None, event: str = "",
) -> Clock:  # fmt: skip
    """办结 or 重办: pauses leave it standing, extensions move it."""
    base = due_of(limit, started, rules.calendar, [])
    pauses = pauses_after(state, started, rules.calendar)
    counted, refused = judged_extensions(rules, state, limit, started, stopped)
    due = due_with(limit, started, pauses, counted, rules.calendar) if pauses or counted else base
    standing = stands_still(state, due, stopped)
    still = state.pauses[-1].since if standing else None
    whose = state.holder_at(min(due, stopped or now))
    return judge(
        rules, now, name, limit, started, None if standing else due, stopped, whose,
        event, Course(base, pauses, counted, due, still), tuple(refused),
    )  # fmt: skip


def _first(state: State, kinds: tuple[type, ...], after: datetime) -> datetime | None:
    return next((e.at for e in state.events if isinstance(e, kinds) and e.at >= after), None)


# What an inquirer hears or sees, and so what answers a clock that waits for word.
CONTACTS = (Progress, Notify, Close, Appoint)


def clocks(rules: Rules, state: State, now: datetime) -> list[Clock]:
    """Every clock that ever ran on the inquiry, as of ``now``, in the order of CLOCKS."""
    inquiry, policy, calendar = state.inquiry, rules.policy, rules.calendar
    found: list[Clock] = []
    first_close = state.closes[0].at if state.closes else None
    first_asked = Target(inquiry.department, inquiry.first_responder)

    limit = limit_for(policy, "首次回应", inquiry)
    if limit and not inquiry.inquirer.anonymous:  # there is nobody to answer
        due = due_of(limit, inquiry.received, calendar, [])
        answered = _first(state, CONTACTS, inquiry.received)
        found.append(judge(rules, now, "首次回应", limit, inquiry.received, due, answered,
                            first_asked))  # fmt: skip
    if limit := limit_for(policy, "签收", inquiry):
        for each in state.passes:
            due = due_of(limit, each.event.at, calendar, [])
            found.append(judge(rules, now, "签收", limit, each.event.at, due, each.settled,
                                each.to, each.event.id))  # fmt: skip
    for segment in state.segments:
        limit = limit_for(policy, "环节", inquiry, segment.holder.department)
        if limit:
            due = due_of(limit, segment.since, calendar, pauses_after(state, segment.since, calendar))
            left = None if stands_still(state, due, segment.until) else due
            found.append(judge(rules, now, "环节", limit, segment.since, left, segment.until, segment.holder))
    if limit := handling_limit(rules, inquiry):
        found.append(_work_clock(rules, state, now, "办结", limit, inquiry.received, first_close))
    if inquiry.promised:
        whose = state.holder_at(min(inquiry.promised, first_close or now))
        found.append(judge(rules, now, "承诺", UNREGULATED, inquiry.received, inquiry.promised,
                            first_close, whose))  # fmt: skip
    if limit := limit_for(policy, "重办", inquiry):
        for n, event in enumerate(state.reopens, 1):
            done = state.closes[n].at if n < len(state.closes) else None
            found.append(_work_clock(rules, state, now, "重办", limit, event.at, done, event.id))
    found += _feedback(rules, state, now)
    for event in state.of(Appoint):
        met = _first(state, (Progress, Close, Appoint, Handoff), event.when)
        met = met or next((e.at for e in state.closes if e.at > event.at), None)
        later = next((e.at for e in state.of(Appoint) if e.at > event.at), None)
        end = min(filter(None, (met, later)), default=None)
        limit = next(iter(policy.limits.get("预约", ())), UNREGULATED)
        found.append(judge(rules, now, "预约", limit, event.at,
                            calendar.close_of(calendar.this_or_next(local_day(event.when, calendar))),
                            end, state.holder_at(event.when), event.id))  # fmt: skip
    for event in state.of(Supervise):
        if event.due:
            answer = _first(state, (Progress, Close), event.at)
            found.append(judge(rules, now, "督办", UNREGULATED, event.at, event.due, answer,
                                state.holder_at(event.due), event.id))  # fmt: skip
    found += _callback(rules, state, now)
    return found


def _feedback(rules: Rules, state: State, now: datetime) -> list[Clock]:
    """Staged feedback (阶段性反馈): the next is due an interval after the last word.

    Of those already given, only the ones that came too late are told of.
    """
    limit = limit_for(rules.policy, "反馈", state.inquiry)
    if not limit:
        return []
    words = [e.at for e in state.events if isinstance(e, (*CONTACTS, Reopen))]
    found = []
    for since, word in pairwise([state.inquiry.received, *words, None]):
        last = [e for e in state.events if isinstance(e, Close | Reopen) and e.at <= since]
        if last and isinstance(last[-1], Close):
            continue  # nothing is owed between a result and a redo
        due = due_of(limit, since, rules.calendar, [])
        whose = state.holder_at(min(due, word or now))
        clock = judge(rules, now, "反馈", limit, since, due, word, whose)
        if not word or clock.late:
            found.append(clock)
    return found


def _callback(rules: Rules, state: State, now: datetime) -> list[Clock]:
    """The follow-up call that a regulation requires after the result."""
    limit, close = limit_for(rules.policy, "回访", state.inquiry), state.closed
    if not limit or not close:
        return []
    duty = rules.policy.duties.get("callback")
    exempt = set(duty.exempt) if duty else set()
    if state.inquiry.inquirer.anonymous and "匿名" in exempt or any(w in close.not_told for w in exempt):
        return []
    done = _first(state, (Callback,), close.at)
    due = due_of(limit, close.at, rules.calendar, [])
    whose = Target(state.inquiry.department, state.inquiry.first_responder)
    if duty and duty.departments:
        whose = Target(duty.departments[0])
    return [judge(rules, now, "回访", limit, close.at, due, done, whose, close.id)]
