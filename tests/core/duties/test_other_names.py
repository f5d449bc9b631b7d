"""A rule names a department; the office has renamed it since, merged it, or calls it otherwise: the same is found."""

from datetime import date

import pytest
from msgspec import convert, structs, to_builtins

from shouwen.core.deadlines.clock_table import clocks
from shouwen.core.duties import DUTIES
from shouwen.core.duties.findings import findings
from shouwen.core.inquiry.header import Inquiry
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.office.chart import Department, FormerName
from shouwen.core.office.roster import Office
from shouwen.core.regulation.schema import Duty
from shouwen.core.rulebook import Rules
from tests.support.clock import CALENDAR
from tests.support.clock import at as moment
from tests.support.duty_cases import OFFICE, POLICY, cases
from tests.support.records import written

NEW = "〇"  # what the present name has more than the one that rules know
LONG_AGO = date(2020, 12, 31)
KNOWN = tuple(OFFICE.departments)


def renamed(one: Department, key: str) -> dict[str, Department]:
    """The department under a new name, the old one former."""
    return {key + NEW: structs.replace(one, formerly=(FormerName(name=key, until=LONG_AGO),))}


def merged(one: Department, key: str) -> dict[str, Department]:
    """The department gone into a new one."""
    return {
        key: structs.replace(one, until=LONG_AGO, into=key + NEW),
        key + NEW: structs.replace(one, aliases=()),
    }


def called(one: Department, key: str) -> dict[str, Department]:
    """The department by another name in this office, that of the rule an alias."""
    return {key + NEW: structs.replace(one, aliases=(*one.aliases, key))}


def changed(office: Office, way) -> Office:
    """The office in which every department has been changed in that way long ago; people work in what became of it."""
    departments = {k: d for key, one in office.departments.items() for k, d in way(one, key).items()}
    staff = {k: structs.replace(p, department=p.department + NEW) for k, p in office.staff.items()}
    return structs.replace(office, departments=departments, staff=staff)


def with_new_names(value):
    """A record with the present names of all departments."""
    if isinstance(value, dict):
        return {k: with_new_names(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [with_new_names(v) for v in value]
    return value + NEW if value in KNOWN else value


def found(name: str, rule: dict, case: dict, office: Office, record: Inquiry) -> list[tuple[str, str]]:
    """(event, words) of what the one duty finds, without the mark of the new names."""
    duty = convert({"article": "一", **rule}, Duty)
    policy = structs.replace(POLICY, duties={name: duty}, **case.get("policy", {}))
    office = structs.replace(office, config=structs.replace(office.config, office=case.get("office", "")))
    rules, state, now = Rules(policy, office, CALENDAR), replay(record), moment(case.get("now", "24 15:00"))
    return [
        (f.event, f.text.replace(NEW, "")) for f in findings(rules, state, clocks(rules, state, now), now)
    ]


@pytest.mark.parametrize("way", [renamed, merged, called], ids=lambda w: w.__name__)
@pytest.mark.parametrize(("name", "rule", "case"), list(cases()))
def test_every_duty_knows_a_department_by_any_name(name: str, rule: dict, case: dict, way) -> None:
    """Each case of every duty, told again in an office that calls its departments otherwise."""
    record = written(case)
    plain = with_new_names(to_builtins(record))
    there = found(name, rule, case, OFFICE, record)
    assert found(name, rule, case, changed(OFFICE, way), convert(plain, Inquiry)) == there


def test_there_are_duties_that_name_departments() -> None:
    """Otherwise the above would be about nothing."""
    naming = [name for name, rule, case in (c.values for c in cases()) if rule.get("departments")]
    assert {"route_to", "report_to", "tracking", "handoff_approval"} <= set(naming) <= set(DUTIES)
