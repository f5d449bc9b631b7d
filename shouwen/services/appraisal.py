"""A year's appraisal of one ledger: everybody's decided cases and figures, and what they rest on."""

from collections.abc import Sequence
from datetime import date, datetime, time

from msgspec import Struct, msgpack, structs

from shouwen.core.accountability.appraisal import (
    Appraisal,
    Places,
    Review,
    appraise,
    evaluated,
    excellent_places,
    leaders_to_review,
)
from shouwen.core.accountability.charge import charged as charged_as
from shouwen.core.accountability.consequences import DepartmentYear, decided_in, departments, without_each
from shouwen.core.accountability.follow_up import undone
from shouwen.core.accountability.lifecycle import CaseState, replay_case
from shouwen.core.accountability.service_record import Service, add_service, summed
from shouwen.core.accountability.thresholds import leader_of
from shouwen.core.deadlines.clock_table import clocks
from shouwen.core.deadlines.overdue import still_until
from shouwen.core.duties.findings import done_late
from shouwen.core.errors import BadData, Problem, Usage
from shouwen.core.inquiry.header import Inquiry
from shouwen.core.inquiry.lifecycle import State, replay
from shouwen.core.integrity.checks import may_change_counts
from shouwen.core.office.lookup import find_department, find_person
from shouwen.core.office.roster import Office
from shouwen.core.regulation.schema import Policy
from shouwen.core.rulebook import governing
from shouwen.services.check import Remembered, problems_of
from shouwen.services.desk import Desk
from shouwen.services.reading import readable
from shouwen.store.record import Record

_DECODER = msgpack.Decoder(list[dict[str, Service]])


class Unsound(BadData):
    """The ledger has problems that might change somebody's count; carries those."""


class Year(Struct, frozen=True):
    """One ledger's year as of ``now``: everybody's appraisal, figures, and what they rest on.

    ``records`` are the cases by their id, ``review`` the leaders to be reviewed with the case of
    each, ``problems`` those that change nobody's count, ``revoked`` each person's year without
    each of the cases.
    """

    desk: Desk
    now: datetime
    policy: Policy
    results: list[Appraisal]
    figures: dict[str, Service]
    records: dict[str, Record]
    review: list[Review]
    problems: list[Problem]
    places: Places | None
    departments: list[DepartmentYear]
    revoked: dict[str, dict[str, Appraisal]]

    def service(self, staff: str) -> Service:
        """Return a person's figures; all zero for who had no part in anything."""
        return self.figures.get(staff, Service())


def year_of(
    desk: Desk, year: int, now: datetime, past: bool = False, staff: str = "", department: str = ""
) -> Year:
    """Return the appraisals of a ledger for a year as of ``now``, or those of a person or department.

    With ``past`` that moment lies in the past, and what came later is left out.

    Raises:
        Unsound: a problem of the ledger might change somebody's count.
        NotFound: no such person or department.
        Usage: the year has not begun, or the person is not appraised in it.
        Refused: no regulation was in force.
        BadData: the settings cannot be read.
    """
    if year > now.year:
        raise Usage(f"{year} 年还没有开始")
    ledger, office, zone = desk.ledger, desk.ledger.office, desk.ledger.zone

    def count(record: Record, state: State, figures: dict[str, Service]) -> datetime | None:
        inquiry: Inquiry = record.content
        if inquiry.received > now:
            return inquiry.received
        then = replay(record.content, until=now) if past else state
        rules = ledger.rules(inquiry.policy)
        found = clocks(rules, then, now)
        late = [(d.whose.staff, d.done, d.source) for d in done_late(rules, then, found, now)]
        add_service(figures, then, found, year, zone, late)
        return still_until(inquiry, then, found, now, zone)

    memo = None if past else desk.memo(now, "evaluate", year)
    if memo:
        problems, _, kept = problems_of(desk, False, count, Remembered(memo, _DECODER))
    if not memo or any(map(may_change_counts, problems)):  # a refusal rests on a fresh look at everything
        problems, _, kept = problems_of(desk, False, count)
    if bad := [p for p in problems if may_change_counts(p)]:
        raise Unsound(bad)
    end = datetime.combine(date(year, 12, 31), time(12), zone)
    policy = governing(office, ledger.policy, min(now, end).astimezone(zone).date())
    everybody = evaluated(office, year)
    cases = [(r, replay_case(r.content, until=now)) for r in readable(desk, [], "sanctions")]
    cases = [(r, s) for r, s in cases if s.case.reported <= now]
    states = [s for _, s in cases]
    today = now.astimezone(zone).date()
    charged = sorted({s.case.staff for s in decided_in(states, year, zone)} & set(office.staff))
    people = _chosen(desk, [*everybody, *(p for p in charged if p not in everybody)], year, staff, department)
    figures = summed(kept)
    own: dict[str, list[CaseState]] = {}
    led: dict[str, list[CaseState]] = {}  # by the leader who is liable with the person
    for state in states:
        own.setdefault(state.case.staff, []).append(state)
        if (rule := policy.violations.get(charged_as(state))) and rule.joint:
            led.setdefault(leader_of(office, rule.joint.post, state), []).append(state)
    results = [
        _appraised(
            desk, policy, p, [*own.get(p, ()), *(s for s in led.get(p, ()) if s.case.staff != p)], year, now,
            figures.get(p, Service()),
        )
        for p in people
    ]  # fmt: skip
    review = leaders_to_review(ledger.policy, office, states, year, zone)
    return Year(
        desk=desk,
        now=now,
        policy=policy,
        results=[a for a, _ in results],
        revoked={a.id: each for a, each in results},
        departments=_units(
            office,
            [
                structs.replace(u, undone=_undone(desk, states, year, now, department=u.name))
                for u in departments(office, states, year, zone, policy, today, figures)
            ],
            people if staff else (),
            department,
        ),
        figures=figures,
        records={s.case.id: r for r, s in cases},
        review=[one for one in review if not staff or one.leader in people],
        problems=problems,
        places=excellent_places(policy, len(everybody)),
    )


def _appraised(
    desk: Desk, policy: Policy, staff: str, mine: list[CaseState], year: int, now: datetime, service: Service
) -> tuple[Appraisal, dict[str, Appraisal]]:
    """Return a person's year by the cases that may matter to it, and what it would be without each of them."""
    ledger = desk.ledger

    def again(cases: list[CaseState]) -> Appraisal:
        today = now.astimezone(ledger.zone).date()
        return appraise(policy, ledger.office, staff, cases, year, ledger.zone, ledger.policy, today, service)

    found = again(mine)
    each = without_each(policy, found, mine, again)
    return structs.replace(found, undone=_undone(desk, mine, year, now, staff=staff)), each


def _undone(
    desk: Desk, cases: list[CaseState], year: int, now: datetime, staff: str = "", department: str = ""
) -> tuple[tuple[str, str], ...]:
    """Return what those of some cases that were decided by the end of a year ask for, of a person or a department."""
    ledger = desk.ledger
    own = [
        s for s in cases if s.counts and s.decided_on(ledger.zone).year <= year
        and (s.case.staff == staff if staff else ledger.office.unit(s.case.department) == department)
    ]  # fmt: skip
    return undone(ledger.policy, own, ledger.calendar, now.astimezone(ledger.zone).date())


def _units(
    office: Office, units: list[DepartmentYear], people: Sequence[str], department: str
) -> list[DepartmentYear]:
    """Return the departments that are asked for: those of the cases of a person, or one of them."""
    if people:
        units = [u for u in units if any(s.case.staff in people for s in u.cases)]
    if department:
        section = find_department(office, department)
        units = [u for u in units if u.name == section]
    return units


def _chosen(desk: Desk, people: list[str], year: int, staff: str, department: str) -> list[str]:
    """Return the people left by a person and a department asked for."""
    office = desk.ledger.office
    if staff:
        person = find_person(office, staff, lambda key: key in people)
        if person not in people:
            raise Usage(f"{office.name(person)}不在 {year} 年的考核范围（evaluated: false，或当年不在岗）")
        people = [person]
    if department:
        section = find_department(office, department)
        people = [p for p in people if office.unit(office.appraised_in(p, year)) == section]
    return people
