"""What each decided case of a year leads to: counted, not enough yet, or nothing laid down."""

from collections.abc import Callable, Iterable
from datetime import date
from zoneinfo import ZoneInfo

from msgspec import Struct

from shouwen.core.accountability.appraisal import Appraisal, open_cases
from shouwen.core.accountability.lifecycle import CaseState
from shouwen.core.accountability.service_record import Service, summed
from shouwen.core.accountability.thresholds import (
    Reached,
    held,
    needed,
    reach,
    reach_rate,
    title,
    weight_of,
    whom,
)
from shouwen.core.office.roster import Office
from shouwen.core.regulation.accountability import Threshold
from shouwen.core.regulation.citation import cite
from shouwen.core.regulation.schema import Policy

NOTHING = "条文没有规定后果"


class DepartmentYear(Struct, frozen=True, kw_only=True):
    """What the year has against a department: its decided cases, counted, and those still open."""

    name: str
    counts: dict[str, int]
    cases: tuple[CaseState, ...]
    provisional: tuple[str, ...]
    reached: tuple[Reached, ...] = ()
    undone: tuple[tuple[str, str], ...] = ()


def departments(
    office: Office, cases: list[CaseState], year: int, zone: ZoneInfo, policy: Policy, until: date,
    figures: dict[str, Service] | None = None,
) -> list[DepartmentYear]:  # fmt: skip
    """Return every department with a case decided in the year or open, or that reaches a threshold."""
    thresholds = [t for t in policy.thresholds if t.concerns != "staff"]
    by_name: dict[str, list[CaseState]] = {}
    for state in cases:
        if state.case.department:
            by_name.setdefault(office.unit(state.case.department), []).append(state)
    home = {p: office.unit(office.appraised_in(p, year)) for p in office.staff} if thresholds else {}
    members: dict[str, list[str]] = {}
    for person, name in home.items():
        members.setdefault(name, []).append(person)
    of_members: dict[str, list[CaseState]] = {}
    for state in cases:
        of_members.setdefault(home.get(state.case.staff, ""), []).append(state)
    found = []
    for name in sorted({*by_name, *members} - {""}):
        mine, theirs = by_name.get(name, []), of_members.get(name, [])
        parts = [{name: (figures or {}).get(p, Service())} for p in members.get(name, ())]
        whole = summed(parts).get(name, Service())
        reached = [
            r
            for t in thresholds
            if (
                r := reach_rate(t, whole, policy.ratings.values, year)
                if t.rate
                else reach(
                    policy,
                    t,
                    [s for s in (mine if t.concerns == "department" else theirs) if s.counts],
                    year,
                    zone,
                )
            )
        ]
        decided = decided_in(mine, year, zone)
        open_ = open_cases(policy, mine, year, zone, until)
        if decided or open_ or reached:
            counts = counted(decided, unit=True)
            found.append(
                DepartmentYear(
                    name=name, counts=counts, cases=decided, provisional=open_, reached=tuple(reached)
                )
            )
    return found


def decided_in(cases: Iterable[CaseState], year: int, zone: ZoneInfo) -> tuple[CaseState, ...]:
    """Return the cases decided in a year and not revoked, in the order of their decision."""
    found = [s for s in cases if s.counts and s.decided_on(zone).year == year]
    return tuple(sorted(found, key=lambda s: (s.decided_on(zone), s.case.id)))


def counted(cases: Iterable[CaseState], unit: bool = False) -> dict[str, int]:
    """Return how often each measure was decided; for a ``unit`` its own, where the decision names them apart."""
    counts: dict[str, int] = {}
    for state in cases:
        for measure in dict.fromkeys(held(state, unit)):
            counts[measure] = counts.get(measure, 0) + 1
    return dict(sorted(counts.items()))


def consequence(policy: Policy, state: CaseState, reached: Iterable[Reached] = (), unit: bool = False) -> str:
    """Return what follows from a decided case for the year, in words, or that the regulation says nothing.

    ``policy`` is the one whose thresholds the year is appraised by; ``reached`` are those that
    were reached with this case among the counted. ``unit``: for the department, else the person.
    """
    reached = list(reached)
    of = ("department",) if unit else ("staff", "members")
    within = [r.threshold for r in reached if state in r.cases]
    about = [
        t for t in policy.thresholds if t.concerns in of and t not in within and _concerns(policy, t, state)
    ]
    words = [f"计入{_short(policy, t)}" for t in within]
    met = [r.threshold for r in reached]
    words += [f"{_short(policy, t)}，{'未计入' if t in met else '未满'}" for t in about]
    return "；".join(dict.fromkeys(words)) or NOTHING


def _concerns(policy: Policy, threshold: Threshold, state: CaseState) -> bool:
    """Return whether a case is of the kind that a threshold counts."""
    return bool(weight_of(policy, threshold, state)) or any(
        rule.becomes in (threshold.measure, *threshold.measures) and rule.measure in held(state, unit)
        for unit in [threshold.concerns == "department"]
        for rule in policy.conversions
    )


def _short(policy: Policy, threshold: Threshold) -> str:
    of = {"staff": whom(threshold), "department": "部门", "members": "部门人员合计"}[threshold.concerns]
    return f"{cite(policy, threshold.article)}{of}{title(threshold)}{needed(threshold)}"


def verdict(a: Appraisal, excellent: str) -> str:
    """Return what a person's year comes to, in words."""
    words = [] if a.excellent_allowed else [f"不得评{excellent}"]
    words += [] if a.award_allowed else ["不得评先"]
    words += [f"应定为{a.grade}"] if a.grade else []
    return "；".join([*words, *a.actions]) or "不受限制"


def without_each(
    policy: Policy, a: Appraisal, cases: list[CaseState], again: Callable[[list[CaseState]], Appraisal]
) -> dict[str, Appraisal]:
    """Return, by case id, the appraisal if that case were revoked; ``a`` itself where its verdict stays.

    It stays where every threshold that was reached is full enough without the case. What is converted
    is counted anew.
    """
    counted = [(r, {s.case.id for s in r.cases}) for r in a.reached]

    def matters(state: CaseState) -> bool:
        return bool(policy.conversions) or any(
            state.case.id in ids and weight_of(policy, r.threshold, state) > r.spare for r, ids in counted
        )

    return {
        s.case.id: again([c for c in cases if c.case.id != s.case.id]) if matters(s) else a for s in a.cases
    }
