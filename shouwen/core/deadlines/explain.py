"""How a due moment came about, step by step in words."""

from datetime import datetime

from shouwen.core.deadlines.clock import Clock
from shouwen.core.rulebook import Rules


def why_due(rules: Rules, clock: Clock) -> list[str]:
    """How the due moment came about, step by step in words; empty for a clock that nothing moves."""
    course = clock.course
    if not course:
        return []
    pauses, extensions = course.pauses, course.extensions
    steps = [f"自{_day(clock.started, rules)}起，{clock.limit}，至{_moment(course.base, rules)}"]
    steps += [f"暂停 {_day(a, rules)} 至 {_day(b, rules)}，扣除期间的工作日" for a, b in pauses]
    steps += [f"延期（{e.id}，{e.approved_by}批准）：{e.reason}" for e in extensions]
    if extensions or pauses:
        steps.append(f"期限为{_moment(course.due, rules)}")
    if course.still:
        steps.append(f"自{_day(course.still, rules)}起暂停，恢复后续算")
    return steps


def _day(moment: datetime, rules: Rules) -> str:
    return moment.astimezone(rules.calendar.zone).date().isoformat()


def _moment(moment: datetime, rules: Rules) -> str:
    return moment.astimezone(rules.calendar.zone).strftime("%Y-%m-%d %H:%M")
