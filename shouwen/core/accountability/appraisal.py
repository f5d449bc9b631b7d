"""The year's appraisal: what the decided sanctions do to a person's grade, with the evidence.

The result is a ceiling or a forced grade with its reasons, never a grade given by the program.
A calendar-year threshold counts the decisions of that year. A rolling one belongs to the year
in which the decision falls that completes it: it looks back from each decision of the year
over (day − 1 year, day].
"""

from collections.abc import Callable
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from msgspec import Struct

from shouwen.core.accountability.charge import charged, tier_of
from shouwen.core.accountability.lifecycle import CaseState
from shouwen.core.accountability.proposals import in_window, unfiled
from shouwen.core.accountability.service_record import Service
from shouwen.core.accountability.thresholds import Reached, concerned, leader_of, reach, reach_rate, shared
from shouwen.core.office.chart import Staff
from shouwen.core.office.roster import Office
from shouwen.core.regulation.accountability import Violation
from shouwen.core.regulation.citation import cite
from shouwen.core.regulation.schema import Policy

EXCELLENT = "优秀"


class Appraisal(Struct, frozen=True, kw_only=True):
    """What the year's sanctions leave open for one person.

    ``cases`` are all that were decided in the year or counted for it, whether or not anything
    follows; ``evaluated`` is false for who is appraised by nobody and stands here for a case.
    """

    id: str
    person: Staff
    called: str  # the name, with the id where two bear it
    department: str
    title: str
    counts: dict[str, int]
    excellent_allowed: bool
    award_allowed: bool
    grade: str | None
    actions: tuple[str, ...]
    provisional: tuple[str, ...]
    reached: tuple[Reached, ...]
    unfiled: tuple[str, ...]
    undone: tuple[tuple[str, str], ...] = ()  # (case, what it still asks for and did not get in time)
    cases: tuple[CaseState, ...] = ()
    evaluated: bool = True


def appraise(
    policy: Policy,
    office: Office,
    staff: str,
    cases: list[CaseState],
    year: int,
    zone: ZoneInfo,
    filing: Callable[[str], Policy] | None = None,
    until: date | None = None,
    service: Service | None = None,
) -> Appraisal:
    """Return one person's ceiling for a year as known on ``until``; ``cases`` are all of the ledger's.

    ``policy`` is the one in force at the year's end. What must be filed is asked of each case's
    own regulation, which ``filing`` gives by its id; without it ``policy`` is asked.
    """

    def own(state: CaseState) -> Policy:
        return filing(state.case.policy) if filing else policy

    person = office.staff[staff]
    mine = [s for s in cases if s.case.staff == staff]
    counted = [s for s in mine if s.counts]
    counts: dict[str, int] = {}
    for state in counted:
        if state.decided_on(zone).year == year:
            for measure in dict.fromkeys(state.measures):
                counts[measure] = counts.get(measure, 0) + 1
    reached = reached_by(policy, office, staff, counted, cases, year, zone, service)
    effects = {r.threshold.effect for r in reached}
    scale = policy.scales.get(person.scale)
    worst = scale.grades[-1] if scale else "不合格"
    actions = dict.fromkeys(a for r in reached for a in r.threshold.actions)
    named = {s.case.id: s for r in reached for s in r.cases}
    named |= {s.case.id: s for s in counted if s.decided_on(zone).year == year}
    return Appraisal(
        id=staff,
        person=person,
        called=office.name(staff),
        department=office.appraised_in(staff, year),
        title=office.title_of(staff, date(year, 12, 31)),
        counts=dict(sorted(counts.items())),
        excellent_allowed=not effects & {"bar-excellent", "grade"},
        award_allowed="bar-award" not in effects,
        grade=worst if "grade" in effects else None,
        actions=tuple(actions),
        provisional=open_cases(policy, mine, year, zone, until),
        reached=tuple(reached),
        unfiled=tuple(s.case.id for s in mine if unfiled(own(s), s) and s.decided_on(zone).year <= year),
        cases=tuple(sorted(named.values(), key=lambda s: (s.decided_on(zone), s.case.id))),
        evaluated=person.evaluated,
    )


def open_cases(
    policy: Policy, cases: list[CaseState], year: int, zone: ZoneInfo, until: date | None = None
) -> tuple[str, ...]:
    """Return the cases that are not concluded and can still change the year, each in words.

    What is undecided after the year's end is decided in a later one. What is under appeal changes
    the year of its decision, and the next one where a decision there looks back to it.
    """
    decisions = [s.decided_on(zone) for s in cases if s.counts]
    back = any(t.window == "rolling-12-months" for t in policy.thresholds)

    def changes(state: CaseState) -> bool:
        if not state.decision:
            return state.case.reported.astimezone(zone).year <= year and not (until and until.year > year)
        day = state.decided_on(zone)
        looks = (d for d in decisions if d.year == year and in_window(day, d, "rolling-12-months"))
        return day.year == year or back and day.year < year and any(looks)

    return tuple(f"{s.case.id}（{s.status}）尚未结论" for s in cases if s.open and changes(s))


def reached_by(
    policy: Policy, office: Office, staff: str, counted: list[CaseState], everybody: list[CaseState],
    year: int, zone: ZoneInfo, service: Service | None,
) -> list[Reached]:  # fmt: skip
    """Return the thresholds that a person reaches: by own cases, by shared points, by a rate of the year."""
    end = date(year, 12, 31)
    status, rank = office.status_of(staff, end), office.rank_of(staff, end)
    beside = shared(policy, office, everybody, staff, zone)
    found = []
    for t in policy.thresholds:
        if t.concerns != "staff" or not concerned(t, status, rank):
            continue
        got = (
            reach_rate(t, service or Service(), policy.ratings.values, year)
            if t.rate
            else reach(policy, t, counted, year, zone, beside)
        )
        found += [got] if got else []
    return found


class Places(Struct, frozen=True, kw_only=True):
    """How many of those evaluated may be 优秀 at most: a figure, never a choice of persons."""

    article: str
    ratio: float
    evaluated: int
    at_most: int


def excellent_places(policy: Policy, people: int) -> Places | None:
    """Return the cap on 优秀 for an office in which so many are evaluated; None where there is no cap."""
    cap = policy.excellent_cap
    if not cap:
        return None
    rounding = {"floor": ROUND_FLOOR, "round": ROUND_HALF_UP, "ceil": ROUND_CEILING}[cap.rounding]
    share = Decimal(str(cap.ratio)) * people  # as written: 0.29 of 100 is 29, not a little less
    at_most = int(share.to_integral_value(rounding))
    return Places(article=cap.article, ratio=cap.ratio, evaluated=people, at_most=at_most)


class Review(Struct, frozen=True):
    """A leader to be looked at beside a case; ``leader`` is '' where the roster names nobody for the ``post``."""

    leader: str
    state: CaseState
    post: str


def _review_post(rule: Violation, state: CaseState) -> str:
    """Return the post whose holder is looked at too: by the gravity found, else as the violation says."""
    tier = rule.tiers.get(tier_of(state))
    if tier and tier.review:
        return tier.review
    return "负责人" if rule.review_leader is True else rule.review_leader or ""


def _reviewed(office: Office, rule: Violation, post: str, state: CaseState) -> str | None:
    """Return whose leadership is looked at, '' where nobody is named, None where it is the person himself.

    Where the document names no post, a leader who did it himself is led by the next one up.
    """
    who, leader = state.case.staff, leader_of(office, post, state)
    if leader != who or not who:
        return leader
    if rule.review_leader is not True:
        return None
    day = state.case.occurred
    chain = office.chain(state.case.department or office.department_of(who, day), day)
    return next((one for one in chain if one != who), None)


def leaders_to_review(
    policy_of: Callable[[str], Policy], office: Office, cases: list[CaseState], year: int, zone: ZoneInfo
) -> list[Review]:
    """Return leaders of the department on the day of the act, where the case's regulation looks at them too."""
    found = []
    opened = {state.case.joint for state in cases}  # the leader has a case of his own
    for state in cases:
        rule = policy_of(state.case.policy).violations.get(charged(state))
        if not rule or state.case.joint or not state.counts or state.decided_on(zone).year != year:
            continue
        post = _review_post(rule, state)
        if rule.joint and rule.joint.measures and state.case.id not in opened:
            post = post or rule.joint.post
        leader = _reviewed(office, rule, post, state) if post else None
        if leader is not None:
            found.append(Review(leader, state, post))
    return found


def evaluated(office: Office, year: int) -> list[str]:
    """Return ids of the staff appraised for a year: those of the roster then, less ``evaluated: false``."""
    return sorted(key for key, _ in office.people() if office.is_appraised(key, year))


def window_notes(policy: Policy) -> list[str]:
    """Return what the regulation leaves open about windows, and what was taken."""
    return list(
        dict.fromkeys(
            f"{cite(policy, t.article)}“{t.measure}”{t.at_least}次：{t.window_note}"
            for t in policy.thresholds
            if t.window_note
        )
    )
