"""A clock: since when it runs, when it is due, under which limit, and how it stands."""

from datetime import date, datetime

from msgspec import Struct

from shouwen.core.deadlines.working_days import Calendar
from shouwen.core.inquiry.events import Extend, Target
from shouwen.core.inquiry.header import Inquiry
from shouwen.core.office.roster import matter_limit
from shouwen.core.regulation.schema import DEFAULT, Limit, limit_for
from shouwen.core.rulebook import Rules

RUNNING, STOPPED, WAITING = "计时", "已停", "暂停"


NORMAL, YELLOW, RED = "正常", "黄牌", "红牌"


# The clocks that 一次性告知 and 中止 stop: those that measure the work on the matter.
PAUSABLE = frozenset({"办结", "重办"})


UNREGULATED = Limit(article=DEFAULT)


class Course(Struct, frozen=True):
    """How the due moment of a clock came about: without pauses, what moved it, where it stands still."""

    base: datetime
    pauses: list[tuple[datetime, datetime]]
    extensions: list[Extend]
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
    whose: Target
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


def local_day(moment: datetime, calendar: Calendar) -> date:
    """The day of a moment in the ledger's zone."""
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


def judge(
    rules: Rules, now: datetime, name: str, limit: Limit, started: datetime,
    due: datetime | None, stopped: datetime | None, whose: Target,
    event: str = "", course: Course | None = None, refused: tuple[tuple[str, str], ...] = (),
) -> Clock:  # fmt: skip
    """The clock with its level: 红牌 once run out, 黄牌 with at most ``yellow`` days left."""
    calendar, end = rules.calendar, stopped or now
    due = due and due.astimezone(calendar.zone)
    level, days = NORMAL, 0
    if due and end > due:
        level = RED
        days = calendar.between(due.date(), local_day(end, calendar))
    elif due and not stopped:
        left = calendar.between(local_day(now, calendar), due.date())
        level = YELLOW if left <= rules.policy.yellow else NORMAL
    state = STOPPED if stopped else RUNNING if due else WAITING
    last = local_day(max(due, end), calendar) if due else None
    provisional = last is not None and calendar.provisional(local_day(started, calendar), last)
    return Clock(
        name=name, rule=limit, started=started, due=due, stopped=stopped, state=state, level=level,
        overdue_workdays=days, provisional=provisional, whose=whose, event=event, course=course,
        refused=refused,
    )  # fmt: skip


def handling_limit(rules: Rules, inquiry: Inquiry) -> Limit | None:
    """The limit of the outer clock: the matter's own in matters.yaml, else the regulation's.

    What the regulation says of this urgency (紧急, 复杂) goes before the matter's usual limit.
    """
    limit = limit_for(rules.policy, "办结", inquiry)
    days = matter_limit(rules.office, inquiry)
    if days and not (limit and limit.urgency):
        return Limit(article="事项规定", workdays=days)
    return limit


def main_clock(found: list[Clock]) -> Clock | None:
    """The clock whose ``due`` is *the* due time: the last redo's, else the outer one."""
    return next((c for c in reversed(found) if c.name in PAUSABLE), None)
