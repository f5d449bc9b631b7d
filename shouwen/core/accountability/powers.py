"""Who may take a step of an accountability case: the rows of 立案 … 撤销 in the table of powers.

Nobody takes part in his own case, except to appeal; who upholds, modifies, revokes or lifts needs
the authority that deciding needs.
"""

from collections.abc import Iterator
from datetime import tzinfo
from typing import Any

from msgspec import structs

from shouwen.core.accountability.authority import JUDGING, act_problem
from shouwen.core.accountability.case import Case, Decide, Modify, Revoke
from shouwen.core.accountability.lifecycle import CaseState, replay_case
from shouwen.core.inquiry.events import Target, act_of
from shouwen.core.office.powers import OWN_CASE, Asked, concern, step_breaches
from shouwen.core.office.presence import absent_from_office, no_department
from shouwen.core.office.roster import Office
from shouwen.core.regulation.schema import Policy


def asked_of(office: Office, policy: Policy, case: Case, at: Any, zone: tzinfo | None) -> Asked:
    """Return the question of who may act in a case at a moment: whom it concerns on that day and that of the act."""
    day = at.astimezone(zone).date()
    people = {case.staff}
    if case.department:
        people |= {office.leader(case.department, case.occurred), office.leader(case.department, day)}
    touched = concern(office, people, case.occurred, day)
    section = case.department or office.department_of(case.staff, day)
    return Asked(office=office, policy=policy, holder=Target(section), touched=touched, day=day)


def why_not_step(
    office: Office, policy: Policy, before: CaseState, act: str, step: Any, zone: tzinfo | None
) -> str:
    """Return why a step may not be taken by whoever takes it, in words with the article; '' if it may.

    ``step`` is the event, or for 立案 the case itself; ``before`` is the case without it.
    """
    at = step.reported if isinstance(step, Case) else step.at
    asked = asked_of(office, policy, before.case, at, zone)
    for breach in step_breaches(asked, act, step.by):
        return breach.text
    return _in_own_case(asked, before, step, act) or authority_lacking(policy, before, step)


def was_not_there(office: Office, case: Case) -> str:
    """Return why what happened cannot be laid to the person or department charged, by the chart of its day; or ''.

    Asked when a case is opened, not of what stands in files: a roster may have begun later than they did.
    """
    day = case.occurred
    if case.staff in office.staff and not office.holds(case.staff, day):
        return f"发生那天{absent_from_office(office, case.staff, day)}，不能对其立案；核对 --occurred 和人员"
    gone = no_department(office, case.department, day) if case.department else ""
    return f"发生那天{gone}，不能对它立案；核对 --occurred 和部门" if gone else ""


def _in_own_case(asked: Asked, before: CaseState, step: Any, act: str) -> str:
    """Return why the authority named is one that judges in its own case, in words; '' if it is not.

    The department charged does not judge, nor one that the person charged leads, nor that person.
    """
    body = getattr(step, "authority", "") or (before.authority if isinstance(step, Revoke) else "")
    if not body or not isinstance(step, JUDGING):
        return ""
    office, case, day = asked.office, before.case, asked.day
    charged = {office.unit(case.department, case.occurred)} if case.department else set()
    person = body in asked.touched.people or asked.touched.people & set(office.ids_of(body))
    if not person and office.unit(body, day) not in asked.touched.units | charged:
        return ""
    who = "本案当事人" if person else "本案当事人所在或负责的部门"
    return asked.breach(OWN_CASE, f"{act}：机关“{body}”是{who}，应当回避").text


def authority_lacking(policy: Policy, before: CaseState, step: Any) -> str:
    """Return why the authority named may not decide, uphold, modify, revoke or lift these measures; '' if it may.

    A revocation that names none is by the authority that decided.
    """
    if not isinstance(step, JUDGING):
        return ""
    if isinstance(step, Revoke) and not step.authority:
        step = structs.replace(step, authority=before.authority)
    _, problem = act_problem(policy, step, before.measures)
    return f"{act_of(type(step))}：{problem}" if problem else ""


def case_breaches(
    office: Office, policy: Policy, case: Case, zone: tzinfo | None
) -> Iterator[tuple[str, str]]:
    """Yield (event id or header key, words) for every step of a case by somebody who might not take it."""
    if case.by in office.staff and (why := why_not_step(office, policy, CaseState(case), "立案", case, zone)):
        yield "by", f"立案：{why}"
    state = replay_case(case)
    measures: tuple[str, ...] = ()
    authority = ""
    for event in state.events:
        before = CaseState(case, measures=measures, authority=authority)
        if event.by in office.staff and (
            why := why_not_step(office, policy, before, act_of(type(event)), event, zone)
        ):
            yield event.id, f"{act_of(type(event))}：{why}"
        if isinstance(event, Decide | Modify):
            measures, authority = event.measures, event.authority
