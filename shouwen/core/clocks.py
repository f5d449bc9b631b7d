"""The clocks of an inquiry: since when each runs, when it is due, under which article.

The outer clock (办结) starts at intake and never restarts on a handoff; a handoff waits on its
own clock (签收) with the receiver; a redo has a limit of its own and leaves the first verdict.
Only 一次性告知 and 中止 stop the outer clock, and an extension asked after expiry is refused.
Everything here is computed on reading; nothing is stored that could drift.
"""

from datetime import date, datetime, timedelta
from itertools import pairwise

from msgspec import Struct, structs

from shouwen.core import model as m
from shouwen.core.office import Office, matter_limit
from shouwen.core.policy import DEFAULT, Limit, Policy, limit_for
from shouwen.core.replay import State
from shouwen.core.workdays import Calendar

RUNNING, STOPPED, WAITING = "计时", "已停", "暂停"
NORMAL, YELLOW, RED = "正常", "黄牌", "红牌"
# The clocks that 一次性告知 and 中止 stop: those that measure the work on the matter.
PAUSABLE = frozenset({"办结", "重办"})
UNREGULATED = Limit(article=DEFAULT)


class Course(Struct, frozen=True):
    """How the due moment of a clock came about: without pauses, what moved it, where it stands still."""

    base: datetime
    pauses: list[tuple[datetime, datetime]]
    extensions: list[m.Extend]
    due: datetime
    still: datetime | None


class Clock(Struct, frozen=True, kw_only=True):
    """One clock as of a moment.

    ``due`` is None while the clock stands still. ``rule`` is the limit that it measures,
    ``refused`` holds the extensions (event id, why) that do not count, ``whose`` is who must act
    or held it when it ran out, ``event`` the act that started it, where that was not the intake.
    """

    name: str
    rule: Limit
    started: datetime
    due: datetime | None
    stopped: datetime | None
    state: str
    level: str
    overdue_workdays: int
    provisional: bool
    whose: m.Target
    event: str = ""
    course: Course | None = None
    refused: tuple[tuple[str, str], ...] = ()

    @property
    def article(self) -> str:
        """The article that sets the limit."""
        return self.rule.article

    @property
    def limit(self) -> str:
        """The length in words."""
        return describe(self.rule)

    @property
    def violation(self) -> str:
        """What running out may be reported as, or ''."""
        return self.rule.violation

    @property
    def late(self) -> bool:
        """Whether it ran out, whether or not it has been stopped since."""
        return self.level == RED


class Rules(Struct, frozen=True):
    """What the clocks and duties of one inquiry are judged by."""

    policy: Policy
    office: Office
    calendar: Calendar


def _local(moment: datetime, calendar: Calendar) -> date:
    return moment.astimezone(calendar.zone).date()


Spans = list[tuple[datetime, datetime]]


def describe(limit: Limit) -> str:
    """A limit in words: 3个工作日."""
    lengths = (
        (limit.workdays, "个工作日"),
        (limit.hours, "个工作小时"),
        (limit.days, "天"),
        (limit.months, "个月"),
    )
    return next((f"{n}{word}" for n, word in lengths if n), "当日" if limit.same_day else "按约定")


def due_of(limit: Limit, start: datetime, calendar: Calendar, pauses: Spans) -> datetime:
    """When a limit that began at ``start`` runs out, finished pauses left out of the count.

    The pauses are in the ledger's zone.
    """
    local = start.astimezone(calendar.zone)
    if limit.hours:
        return calendar.after_hours(local, limit.hours, pauses)
    days = [(a.date(), b.date()) for a, b in pauses]
    if limit.workdays:
        end = calendar.after(local.date(), limit.workdays, days)
    elif limit.same_day:
        end = calendar.this_or_next(local.date())
    else:
        length = timedelta(days=limit.days)
        if limit.months:
            from dateutil.relativedelta import relativedelta

            length = relativedelta(months=limit.months)
        lost = timedelta(days=sum((b - a).days for a, b in days))
        end = calendar.this_or_next(local.date() + length + lost)
    due = calendar.close_of(end)
    return _given_back(due, pauses, calendar) if pauses else due


def _given_back(due: datetime, pauses: Spans, calendar: Calendar) -> datetime:
    """The due moment; one at which the clock stood is moved to the first working day after the pause.

    Days count from their morning, so that nothing is taken out of the day on which a pause began.
    What was left of a last day is given back whole: else who asked for papers in time would be late
    in the moment they come.
    """
    cuts = [(a.date(), b.date()) for a, b in pauses]
    for since, until in pauses:
        if since <= due < until:
            due = calendar.close_of(calendar.after(until.date(), 1, cuts))
    return due


def _judge(
    rules: Rules, now: datetime, name: str, limit: Limit, started: datetime,
    due: datetime | None, stopped: datetime | None, whose: m.Target,
    event: str = "", course: Course | None = None, refused: tuple[tuple[str, str], ...] = (),
) -> Clock:  # fmt: skip
    """The clock with its level: 红牌 once run out, 黄牌 with at most ``yellow`` days left."""
    calendar, end = rules.calendar, stopped or now
    due = due and due.astimezone(calendar.zone)
    level, days = NORMAL, 0
    if due and end > due:
        level = RED
        days = calendar.between(due.date(), _local(end, calendar))
    elif due and not stopped:
        left = calendar.between(_local(now, calendar), due.date())
        level = YELLOW if left <= rules.policy.yellow else NORMAL
    state = STOPPED if stopped else RUNNING if due else WAITING
    last = due and _local(max(due, end), calendar)
    provisional = bool(last) and calendar.provisional(_local(started, calendar), last)
    return Clock(
        name=name, rule=limit, started=started, due=due, stopped=stopped, state=state, level=level,
        overdue_workdays=days, provisional=provisional, whose=whose, event=event, course=course,
        refused=refused,
    )  # fmt: skip


def handling_limit(rules: Rules, inquiry: m.Inquiry) -> Limit | None:
    """The limit of the outer clock: the matter's own in matters.yaml, else the regulation's.

    What the regulation says of this urgency (紧急, 复杂) goes before the matter's usual limit.
    """
    limit = limit_for(rules.policy, "办结", inquiry)
    days = matter_limit(rules.office, inquiry)
    if days and not (limit and limit.urgency):
        return Limit(article="事项规定", workdays=days)
    return limit


def _due_with(
    limit: Limit, started: datetime, pauses: Spans, granted: list[m.Extend], calendar: Calendar
) -> datetime:
    """When a limit runs out with these pauses and these extensions.

    An extension by working days adds to what stands; one until a moment stands as it was granted,
    moved by the pauses that began after it.
    """
    due = due_of(limit, started, calendar, pauses)
    cuts = [(a.date(), b.date()) for a, b in pauses]
    for event in granted:
        if event.until:
            due = event.until.astimezone(calendar.zone)
            lost = sum(calendar.between(a.date(), b.date()) for a, b in pauses if event.at <= a < due)
            due = calendar.close_of(calendar.after(due.date(), lost)) if lost else due
        else:
            due = calendar.close_of(calendar.after(due.date(), event.workdays, cuts))
    return _given_back(due, pauses, calendar) if granted and pauses and not limit.hours else due


def _extended(
    rules: Rules, state: State, limit: Limit, started: datetime, stopped: datetime | None
) -> tuple[list[m.Extend], list[tuple[str, str]]]:
    """The extensions that count, and those refused with why.

    Each is judged once, on what was known when it was granted: a pause that began later moves what
    was granted, and never makes it unlawful.
    """
    counted: list[m.Extend] = []
    refused: list[tuple[str, str]] = []
    allowed, calendar = rules.policy.extension, rules.calendar
    for event in state.of(m.Extend):
        if event.at < started or stopped and event.at > stopped:
            continue
        known = _pauses(state, started, calendar, event.at)
        due = _due_with(limit, started, known, counted, calendar)
        new = _due_with(limit, started, known, [*counted, event], calendar)
        most = allowed and structs.replace(event, until=None, workdays=allowed.workdays)
        longest = _due_with(limit, started, known, [*counted, most], calendar) if most else new
        if event.at > due:
            refused.append((event.id, "期满后才提出延期，不算延期"))
        elif allowed and len(counted) >= allowed.times:
            refused.append((event.id, f"延期次数已满{allowed.times}次"))
        elif new > longest:
            refused.append((event.id, f"延期超过每次{allowed.workdays}个工作日"))
        elif new <= due:
            refused.append((event.id, "延期后的时间不晚于原期限"))
        else:
            counted.append(event)
    return counted, refused


def _pauses(state: State, since: datetime, calendar: Calendar, known: datetime | None = None) -> Spans:
    """The finished pauses after a moment, in the ledger's zone; with ``known`` all that began before
    that moment, as long as they had lasted by then."""
    zone, spans = calendar.zone, []
    for pause in state.pauses:
        until = pause.until
        if known:
            if pause.since >= known:
                break
            until = min(until or known, known)
        if until and until > since:
            spans.append((max(pause.since, since).astimezone(zone), until.astimezone(zone)))
    return spans


def _stands(state: State, due: datetime, stopped: datetime | None) -> bool:
    """Whether a clock stands still now; one that had run out when the pause began does not."""
    last = state.pauses[-1] if state.pauses else None
    return bool(last and not last.until and not stopped and last.since <= due)


def _work_clock(
    rules: Rules, state: State, now: datetime, name: str, limit: Limit,
    started: datetime, stopped: datetime | None, event: str = "",
) -> Clock:  # fmt: skip
    """办结 or 重办: pauses leave it standing, extensions move it."""
    base = due_of(limit, started, rules.calendar, [])
    pauses = _pauses(state, started, rules.calendar)
    counted, refused = _extended(rules, state, limit, started, stopped)
    due = _due_with(limit, started, pauses, counted, rules.calendar) if pauses or counted else base
    standing = _stands(state, due, stopped)
    still = state.pauses[-1].since if standing else None
    whose = state.holder_at(min(due, stopped or now))
    return _judge(
        rules, now, name, limit, started, None if standing else due, stopped, whose,
        event, Course(base, pauses, counted, due, still), tuple(refused),
    )  # fmt: skip


def _first(state: State, kinds: tuple[type, ...], after: datetime) -> datetime | None:
    return next((e.at for e in state.events if isinstance(e, kinds) and e.at >= after), None)


# What an inquirer hears or sees, and so what answers a clock that waits for word.
CONTACTS = (m.Progress, m.Notify, m.Close, m.Appoint)


def clocks(rules: Rules, state: State, now: datetime) -> list[Clock]:
    """Every clock that ever ran on the inquiry, as of ``now``, in the order of CLOCKS."""
    inquiry, policy, calendar = state.inquiry, rules.policy, rules.calendar
    found: list[Clock] = []
    first_close = state.closes[0].at if state.closes else None
    first_asked = m.Target(inquiry.department, inquiry.first_responder)

    limit = limit_for(policy, "首次回应", inquiry)
    if limit and not inquiry.inquirer.anonymous:  # there is nobody to answer
        due = due_of(limit, inquiry.received, calendar, [])
        answered = _first(state, CONTACTS, inquiry.received)
        found.append(_judge(rules, now, "首次回应", limit, inquiry.received, due, answered,
                            first_asked))  # fmt: skip
    if limit := limit_for(policy, "签收", inquiry):
        for each in state.passes:
            due = due_of(limit, each.event.at, calendar, [])
            found.append(_judge(rules, now, "签收", limit, each.event.at, due, each.settled,
                                each.to, each.event.id))  # fmt: skip
    for segment in state.segments:
        limit = limit_for(policy, "环节", inquiry, segment.holder.department)
        if limit:
            due = due_of(limit, segment.since, calendar, _pauses(state, segment.since, calendar))
            left = None if _stands(state, due, segment.until) else due
            found.append(
                _judge(rules, now, "环节", limit, segment.since, left, segment.until, segment.holder)
            )
    if limit := handling_limit(rules, inquiry):
        found.append(_work_clock(rules, state, now, "办结", limit, inquiry.received, first_close))
    if inquiry.promised:
        whose = state.holder_at(min(inquiry.promised, first_close or now))
        found.append(_judge(rules, now, "承诺", UNREGULATED, inquiry.received, inquiry.promised,
                            first_close, whose))  # fmt: skip
    if limit := limit_for(policy, "重办", inquiry):
        for n, event in enumerate(state.reopens, 1):
            done = state.closes[n].at if n < len(state.closes) else None
            found.append(_work_clock(rules, state, now, "重办", limit, event.at, done, event.id))
    found += _feedback(rules, state, now)
    for event in state.of(m.Appoint):
        met = _first(state, (m.Progress, m.Close, m.Appoint, m.Handoff), event.when)
        met = met or next((e.at for e in state.closes if e.at > event.at), None)
        later = next((e.at for e in state.of(m.Appoint) if e.at > event.at), None)
        end = min(filter(None, (met, later)), default=None)
        limit = next(iter(policy.limits.get("预约", ())), UNREGULATED)
        found.append(_judge(rules, now, "预约", limit, event.at,
                            calendar.close_of(calendar.this_or_next(_local(event.when, calendar))),
                            end, state.holder_at(event.when), event.id))  # fmt: skip
    for event in state.of(m.Supervise):
        if event.due:
            answer = _first(state, (m.Progress, m.Close), event.at)
            found.append(_judge(rules, now, "督办", UNREGULATED, event.at, event.due, answer,
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
    words = [e.at for e in state.events if isinstance(e, (*CONTACTS, m.Reopen))]
    found = []
    for since, word in pairwise([state.inquiry.received, *words, None]):
        last = [e for e in state.events if isinstance(e, m.Close | m.Reopen) and e.at <= since]
        if last and isinstance(last[-1], m.Close):
            continue  # nothing is owed between a result and a redo
        due = due_of(limit, since, rules.calendar, [])
        whose = state.holder_at(min(due, word or now))
        clock = _judge(rules, now, "反馈", limit, since, due, word, whose)
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
    done = _first(state, (m.Callback,), close.at)
    due = due_of(limit, close.at, rules.calendar, [])
    whose = m.Target(state.inquiry.department, state.inquiry.first_responder)
    if duty and duty.departments:
        whose = m.Target(duty.departments[0])
    return [_judge(rules, now, "回访", limit, close.at, due, done, whose, close.id)]


def main_clock(found: list[Clock]) -> Clock | None:
    """The clock whose ``due`` is *the* due time: the last redo's, else the outer one."""
    return next((c for c in reversed(found) if c.name in PAUSABLE), None)
