"""How and until when a decision may be contested, and whether an appeal and its answer came in time."""

from datetime import date, timedelta

from shouwen.core.accountability.case import Appeal, Serve
from shouwen.core.accountability.lifecycle import CaseState
from shouwen.core.deadlines.working_days import Calendar
from shouwen.core.regulation.accountability import AppealRule
from shouwen.core.regulation.citation import cite
from shouwen.core.regulation.schema import Policy

# Where the regulation says nothing: what the law gives for a sanction proper, by whose staff it is.
BY_LAW = {
    "公务员": "属于处分等人事处理的，自知道之日起三十日内可以申请复核，或者直接申诉（公务员法第九十五条）",
    "事业单位": "属于处分等人事处理的，自知道之日起三十日内可以申请复核（事业单位工作人员申诉规定）",
    "企业": "属于劳动争议的，自知道之日起一年内可以申请仲裁（劳动争议调解仲裁法第二十七条）",
}
_LAW_DAYS = {"公务员": 30, "事业单位": 30}
UNREGULATED = "制度没有写怎样申诉"


def known_on(state: CaseState, calendar: Calendar) -> date:
    """Return the day on which the decision reached the person: served, else decided."""
    served = next((e for e in state.events if isinstance(e, Serve)), None)
    moment = served.at if served else state.decided_at
    return moment.astimezone(calendar.zone).date()


def _after(start: date, days: int, workdays: int, calendar: Calendar) -> date:
    """Return the last day of a limit: working days, or days rolled to a working day."""
    if workdays:
        return calendar.after(start, workdays)
    return calendar.this_or_next(start + timedelta(days=days))


def last_day(rule: AppealRule, state: CaseState, calendar: Calendar) -> date | None:
    """Return the last day on which an appeal is in time; None where the regulation sets none."""
    if not rule.days and not rule.workdays:
        return None
    return _after(known_on(state, calendar), rule.days, rule.workdays, calendar)


def answer_due(rule: AppealRule, appeal: Appeal, calendar: Calendar) -> date | None:
    """Return the last day on which an appeal is to be answered; None where the regulation sets none."""
    if not rule.answer_days and not rule.answer_workdays:
        return None
    day = appeal.at.astimezone(calendar.zone).date()
    return _after(day, rule.answer_days, rule.answer_workdays, calendar)


def _by_law_until(state: CaseState, calendar: Calendar, scale: str) -> str:
    """Return the last day by law, in words, once it is on record when the person came to know; else ''."""
    served = next((e for e in state.events if isinstance(e, Serve)), None)
    if not served or scale not in _LAW_DAYS:
        return ""
    day = known_on(state, calendar)
    return f"；{day} 送达，三十日到 {_after(day, _LAW_DAYS[scale], 0, calendar)}"


def how_to_appeal(policy: Policy, state: CaseState, calendar: Calendar, scale: str) -> str:
    """Return how and until when the person may contest the decision: by the regulation, else by law."""
    rule = policy.appeal
    if not rule:
        return (
            f"{UNREGULATED}；{BY_LAW[scale]}{_by_law_until(state, calendar, scale)}"
            if scale in BY_LAW
            else UNREGULATED
        )
    whom = f"向{'、'.join(rule.bodies)}" if rule.bodies else f"向{state.authority}"
    until = last_day(rule, state, calendar)
    when = f"在{until}以前" if until else ""
    return f"可以{when}{whom}申诉（{cite(policy, rule.article)}）；申诉期间不停止执行，不因申诉加重"
