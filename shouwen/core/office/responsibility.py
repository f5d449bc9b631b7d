"""Who answers for an inquiry in which degree, by the chart of the day it was taken in."""

from shouwen.core.inquiry.lifecycle import State
from shouwen.core.rulebook import Rules


def degrees(rules: Rules, state: State) -> list[tuple[str, str]]:
    """Return (title, staff id) for each degree that the regulation knows (``levels``); '' for nobody.

    承办人 is whoever holds it now, if it is that person's duty: what belongs to another section
    has none until somebody there has signed for it (首办责任人, 管城区审批大厅第四、六条).
    """
    if not rules.policy.levels:
        return []
    q, holder, office = state.inquiry, state.holder, rules.office
    day = q.received.astimezone(rules.calendar.zone).date()
    passed_by = holder.staff == q.first_responder and q.scope not in ("本人", "本部门")
    people = {
        "首问责任人": q.first_responder,
        "承办人": "" if passed_by else holder.staff,
        "负责人": office.leader(q.department, day),
        "分管领导": office.in_charge(q.department, day),
        "主要领导": office.top("主要领导", day),
    }
    return [(title, people[post]) for title, post in rules.policy.levels.titles.items()]
