"""How a due moment came about, step by step in words that a citizen understands."""

from datetime import date, datetime, timedelta
from math import ceil

from shouwen.core.dates import minute
from shouwen.core.deadlines.clock import MATTER, OFFICE, PROMISED, Clock, Course, describe
from shouwen.core.deadlines.pauses import Lost
from shouwen.core.deadlines.working_days import DAY, Calendar
from shouwen.core.inquiry.events import Extend
from shouwen.core.regulation.citation import cite
from shouwen.core.regulation.schema import DEFAULT
from shouwen.core.rulebook import Rules

_OWN = {MATTER: "事项规定", PROMISED: "承诺"}
NOT_STATED = "导入的原台账没有写明它的起止时间，无从判断，不计"
_TOLD = 6  # days off are named one by one up to so many


def rests_on(rules: Rules, clock: Clock) -> str:
    """Return whose limit it is, in words: 第二条, 事项规定, 承诺, 督办限期 or 默认; an office's own by its own words."""
    if clock.name == "督办":
        return "督办限期"
    if clock.source == OFFICE and clock.article == DEFAULT:
        return "本单位规定"
    return _OWN.get(clock.source) or cite(rules.policy, clock.article)


def why_due(rules: Rules, clock: Clock) -> list[str]:
    """Explain from when it ran, which days did not count, what moved it, under which article."""
    if not clock.judged:
        return [NOT_STATED]
    course = clock.course
    if course and course.known:
        rules = rules.known(course.known)
    if not course:
        agreed = f"至{_minute(clock.due, rules)}" if clock.due else ""
        return [f"自{_day(clock.started, rules)}起，按约定{agreed}（{rests_on(rules, clock)}）"]
    steps = [_base(rules, clock, course)]
    if days := _uncounted(rules, clock, course.base):
        steps.append(days)
    steps += [
        f"暂停 {_minute(a, rules)} 至 {_minute(b, rules)}，{_lost(rules, clock, a, b)}"
        for a, b in course.pauses
    ]
    if course.pauses:
        steps.append(_given_back(rules, clock, course))
    steps += [
        f"延期{_length(rules, e)}（{e.id}，{rules.office.name(e.approved_by)}批准）：{e.reason}"
        for e in course.extensions
    ]
    if course.promise:
        steps.append(f"承诺 {_minute(course.promise.until, rules)}，比默认期限晚，以承诺为准")
    if course.bound:
        steps.append("办结当日又重办，先前的期限没有到，仍按先前的期限")
    if course.extensions or course.pauses or course.promise:
        steps.append(f"期限为{_minute(course.due, rules)}")
    if course.still:
        back = "恢复或退回" if clock.name == "环节" else "恢复"
        steps.append(f"自{_day(course.still, rules)}起暂停，{back}后续算")
    steps += [f"{why}（{event}）" for event, why in clock.refused]
    return steps + _beside(rules, clock)


def _beside(rules: Rules, clock: Clock) -> list[str]:
    """Say which verdicts stand beside the one that governs, and what came too late to change it."""
    steps = []
    if first := clock.first:
        late = f"已超期{first.overdue_workdays}个工作日" if first.late else "没有超期"
        steps.append(
            f"更正（{first.event}，{_minute(first.at, rules)}）以前期限为{_minute(first.due, rules)}，{late}；经批准按更正后的算"
        )
    if other := clock.recounted:
        steps.append(
            f"期满或办结以后（{_minute(other.at, rules)}）才公布的日历，不改变判定；照它期限为{_minute(other.due, rules)}，"
            + (f"超期{other.overdue_workdays}个工作日" if other.late else "没有超期")
        )
    if clock.unmoved:
        steps.append(f"期满或办结以后的更正（{'、'.join(clock.unmoved)}）没有批准，不改变期限")
    return steps


def _base(rules: Rules, clock: Clock, course: Course) -> str:
    how = "当日下班" if clock.rule.same_day else describe(clock.rule)
    start = "" if clock.rule.hours or clock.rule.same_day else "次日"
    day = _minute(clock.started, rules) if clock.rule.hours else _day(clock.started, rules)
    whose = cite(rules.policy, clock.article) if course.promise else rests_on(rules, clock)
    return f"自{day}{start}起，{how}（{whose}），至{_minute(course.base, rules)}"


def _length(rules: Rules, extension: Extend) -> str:
    """Return by how much an extension was granted: 3个工作日, or 至 a moment."""
    return f"至{_minute(extension.until, rules)}" if extension.until else f"{extension.workdays}个工作日"


def _given_back(rules: Rules, clock: Clock, course: Course) -> str:
    """Say how the time lost in pauses came back: as whole days rounded up once, hours exactly."""
    limit, lost = clock.rule, Lost()
    if limit.hours:
        return "停了多少工作小时，补多少"
    if course.promise or any(e.until for e in course.extensions):  # from which moment on, they say
        return "停的时间加总，进为整日一次补上；延期、承诺到某一时刻的，只补那以后停的"
    for start, end in course.pauses:
        lost = lost.and_(limit, start, end, rules.calendar)
    days = ceil(lost.elapsed / DAY) if limit.days or limit.months else ceil(lost.days)
    unit = "天" if limit.days or limit.months else "个工作日"
    return f"停的时间合计，进为{days}{unit}，一次补上" if days else "没有停掉上班时间，不补"


def _uncounted(rules: Rules, clock: Clock, end: datetime) -> str:
    """Return which days between the start and the end did not count, and which Saturdays did."""
    calendar = rules.calendar
    first, last = clock.started.astimezone(calendar.zone).date(), end.date()
    if clock.rule.days or clock.rule.months:
        return _put_off(calendar, last)
    if clock.rule.same_day:
        return f"那时已经下班或不上班，算到下一个工作日（{last:%m-%d}）下班" if last > first else ""
    off: list[date] = []
    made_up: list[date] = []
    day = first + DAY
    while day <= last and len(off) + len(made_up) <= 40:
        works = calendar.is_workday(day)
        (made_up if works and day.weekday() >= 5 else [] if works else off).append(day)
        day += DAY
    words = []
    if off:
        words.append(f"{_days(off)}不上班，不计")
    if made_up:
        words.append(f"{_days(made_up)}调休上班，计入")
    return "；".join(words)


def _put_off(calendar: Calendar, last: date) -> str:
    """Say which days off the last day of a limit in days or months was put off by, if by any."""
    off: list[date] = []
    while not calendar.is_workday(last - DAY * (len(off) + 1)) and len(off) < 40:
        off.append(last - DAY * (len(off) + 1))
    days = "按自然日数，休息日也计入"
    return f"{days}；最后一天遇{_days(off[::-1])}不上班的，顺延到{last:%m-%d}" if off else days


def _days(days: list[date]) -> str:
    if len(days) > _TOLD:
        return f"{days[0]:%m-%d}至{days[-1]:%m-%d}间的{len(days)}天"
    return "、".join(f"{day:%m-%d}" for day in days)


def _lost(rules: Rules, clock: Clock, start: datetime, end: datetime) -> str:
    """Return how much of the limit a pause took, by the limit's own measure."""
    calendar, limit = rules.calendar, clock.rule
    lost = Lost().and_(limit, start, end, calendar)
    if limit.hours:
        return f"停了{_hours(lost.opened)}个工作小时"
    if limit.days or limit.months:
        return f"停了{lost.elapsed / DAY:.2f}天"
    return f"停了{float(lost.days):.2f}个工作日" if lost.days else "不占上班时间"


def _hours(time: timedelta) -> str:
    return f"{time / timedelta(hours=1):.1f}"


def picture(calendar: Calendar, clock: Clock, now: datetime) -> list[tuple[date, str]]:
    """Return each day of a clock's run with what it was: 起, 计, 休, 调休, 停, 到期, 超期."""
    if not clock.course:
        return []
    course = clock.course
    calendar = calendar.known(course.known) if course.known else calendar
    zone = calendar.zone
    first, due = clock.started.astimezone(zone).date(), course.due.date()
    end = max(due, min(clock.stopped or now, course.due + 30 * DAY).astimezone(zone).date())
    pauses = [(a.date(), b.date()) for a, b in course.pauses]
    if course.still:
        pauses.append((course.still.astimezone(zone).date(), end))
    found: list[tuple[date, str]] = []
    day = first
    while day <= end and len(found) < 400:
        works = calendar.is_workday(day)
        what = "起" if day == first else "计" if works else "休"
        if works and day.weekday() >= 5:
            what = "调休"
        if works and any(a <= day <= b for a, b in pauses):
            what = "停"
        if day == due and not course.still:
            what = "到期"
        elif day > due and not course.still:
            what = "超期" if works else "休"
        found.append((day, what))
        day += DAY
    return found


def _day(moment: datetime, rules: Rules) -> str:
    return moment.astimezone(rules.calendar.zone).date().isoformat()


def _minute(moment: datetime, rules: Rules) -> str:
    return minute(moment, rules.calendar.zone)
