"""A clock: since when it runs, when it is due, under which limit, and how it stands."""

from datetime import date, datetime
from itertools import pairwise
from operator import attrgetter

from msgspec import Struct

from shouwen.core.deadlines.lateness import Lateness, late_by
from shouwen.core.deadlines.working_days import Calendar
from shouwen.core.inquiry.events import Extend, Target
from shouwen.core.inquiry.header import Inquiry
from shouwen.core.office.roster import matter_limit
from shouwen.core.regulation.schema import DEFAULT, Limit, limit_for
from shouwen.core.rulebook import Rules

RUNNING, STOPPED, WAITING = "计时", "已停", "暂停"
UNJUDGED = "不计"  # the register that it was imported from does not state when


NORMAL, YELLOW, RED = "正常", "黄牌", "红牌"


# The clocks of the work on the matter: the first limit, and that of each redo.
WORK = frozenset({"办结", "重办"})


UNREGULATED = Limit(article=DEFAULT)

# Whose limit a verdict rests on.
ARTICLE, MATTER, OFFICE, PROMISED = "条文", "事项", "本单位", "承诺"
SOURCES = (ARTICLE, MATTER, OFFICE, PROMISED, DEFAULT)
OF_MATTERS = "事项规定"
AGREED = "按约定"  # the length of a limit that is a moment and no length


class Promise(Struct, frozen=True):
    """A time told to the inquirer: when, until when, with whose approval; ``event`` "" at intake."""

    at: datetime
    until: datetime
    approved_by: str = ""
    event: str = ""


class Course(Struct, frozen=True):
    """How the due moment of a clock came about: without pauses, what moved it, where it stands still.

    ``promise`` is the promise that governs in the limit's stead; ``bound`` marks a redo that has
    only what was left of the first limit. It was counted by the calendar of the moment ``known``.
    """

    base: datetime
    pauses: list[tuple[datetime, datetime]]
    extensions: list[Extend]
    due: datetime
    still: datetime | None
    promise: Promise | None = None
    bound: bool = False
    known: datetime | None = None


class Verdict(Struct, frozen=True):
    """How a clock stood by another header, or would stand by another calendar, than the one that governs.

    ``at`` is when the correction (``event``) was made, or the calendar became known.
    """

    due: datetime
    late: bool
    overdue_workdays: int
    at: datetime
    event: str


class Clock(Struct, frozen=True, kw_only=True):
    """One clock as of a moment.

    ``due`` is None while the clock stands still, and where it is not judged (不计). ``rule`` is the limit that it measures,
    ``refused`` holds the extensions (event id, why) that do not count, ``whose`` is who must act
    or held it when it ran out, ``event`` the act that started it, where that was not the intake.
    ``unpromised`` holds the promises (event id, why) that may not be made. ``source`` says whose limit it is. ``first`` is the verdict before an approved correction,
    ``unmoved`` the ids of corrections that came too late, without approval, to move it.
    ``recounted`` is what a calendar that became known too late to move it would give. ``by`` is how
    late it is, or was when it stopped, in its own unit too.
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
    source: str = DEFAULT
    unpromised: tuple[tuple[str, str], ...] = ()
    first: Verdict | None = None
    unmoved: tuple[str, ...] = ()
    recounted: Verdict | None = None
    by: Lateness | None = None

    @property
    def article(self) -> str:
        """The article that sets the limit."""
        return self.rule.article

    @property
    def limit(self) -> str:
        """The length in words."""
        return AGREED if self.course and self.course.promise else describe(self.rule)

    @property
    def violation(self) -> str:
        """What running out may be reported as, or ''."""
        return self.rule.violation

    @property
    def of_work(self) -> bool:
        """Whether it is the limit of the work itself, or the promise that governs in its stead."""
        return self.name in WORK or self.course is not None and self.course.promise is not None

    @property
    def judged(self) -> bool:
        """Whether the record states what the clock is measured by."""
        return self.state != UNJUDGED

    @property
    def late(self) -> bool:
        """Whether it ran out, whether or not it has been stopped since."""
        return self.level == RED


def unjudged_text(counts: dict[str, int]) -> str:
    """Say how many inquiries have clocks that are not judged, by clock: 首次回应 12 件、签收 3 件."""
    return "、".join(f"{name} {counts[name]} 件" for name in sorted(counts))


def local_day(moment: datetime, calendar: Calendar) -> date:
    """Return the day of a moment in the ledger's zone."""
    return moment.astimezone(calendar.zone).date()


def describe(limit: Limit) -> str:
    """Return a limit in words: 3个工作日."""
    lengths = (
        (limit.workdays, "个工作日"),
        (limit.hours, "个工作小时"),
        (limit.days, "天"),
        (limit.months, "个月"),
    )
    return next((f"{n}{word}" for n, word in lengths if n), "当日" if limit.same_day else AGREED)


def level_at(rules: Rules, due: datetime | None, stopped: datetime | None, now: datetime) -> tuple[str, int]:
    """Return (level, working days over): 红牌 once run out, 黄牌 with at most ``yellow`` days left."""
    end = stopped or now
    calendar = rules.calendar.known(end)
    if due and (late := late_by(calendar, due, end)):
        return RED, late.workdays
    if due and not stopped:
        left = calendar.between(local_day(now, calendar), due.date())
        return YELLOW if left <= rules.policy.yellow else NORMAL, 0
    return NORMAL, 0


def source_of(rules: Rules, clock: str, limit: Limit) -> str:
    """Return whose limit it is: 条文, 事项, 本单位 (overrides) or 默认."""
    if limit.article == OF_MATTERS:
        return MATTER
    if clock in (rules.office.config.overrides.get("limits") or {}):
        return OFFICE
    return DEFAULT if limit.article == DEFAULT else ARTICLE


def handling_limit(rules: Rules, inquiry: Inquiry) -> Limit | None:
    """Return the limit of the outer clock: the matter's own in matters.yaml, else the regulation's.

    What the regulation says of this urgency (紧急, 复杂) goes before the matter's usual limit.
    """
    limit = limit_for(rules.policy, "办结", inquiry)
    days = matter_limit(rules.office, inquiry)
    if days and not (limit and limit.urgency):
        return Limit(article=OF_MATTERS, workdays=days)
    return limit


def main_clock(found: list[Clock]) -> Clock | None:
    """Return the clock whose ``due`` is *the* due time: the last redo's, else the outer one."""
    return next((c for c in reversed(found) if c.of_work), None)


def retried(found: list[Clock]) -> list[tuple[Clock, Clock]]:
    """Return each verdict on the work with that of the redo after it, where the two differ."""
    work = sorted((c for c in found if c.of_work and c.judged and c.due), key=attrgetter("started"))
    return [
        (one, other)
        for one, other in pairwise(work)
        if other.name == "重办" and (other.stopped or other.late) and one.late != other.late
    ]


def verdict_text(late: bool, workdays: int) -> str:
    """Return how a clock was kept: 按时, 超2个工作日, 超时 (on the day itself)."""
    return (f"超{workdays}个工作日" if workdays else "超时") if late else "按时"
