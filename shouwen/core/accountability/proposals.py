"""What the regulation has for a case on this occasion: measures, choices, what must be found first."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable
from datetime import date, timedelta
from operator import itemgetter
from zoneinfo import ZoneInfo

from msgspec import Struct, structs

from shouwen.core.accountability.charge import (
    charged,
    charges,
    confirmed,
    elements,
    grounds_of,
    subjects,
    tier_of,
)
from shouwen.core.accountability.gravity import heavier
from shouwen.core.accountability.lifecycle import EXEMPT, CaseState
from shouwen.core.office.roster import Office
from shouwen.core.regulation.accountability import Rung, Special, Violation
from shouwen.core.regulation.citation import cite
from shouwen.core.regulation.schema import Policy

# How many months a part of the calendar has.
CALENDAR = {"calendar-month": 1, "calendar-quarter": 3, "calendar-half": 6, "calendar-year": 12}
ORDINARY = "一般"  # the degree of what nobody found to be graver
GRAVITY = "情节轻重"  # what is to be found where the article knows several degrees
UNREGULATED = "文件未定措施，由决定机关定"


class Occasions(Struct, frozen=True):
    """Some decided cases in the order of their days: a part of a list, which is not copied."""

    cases: list[tuple[date, int, CaseState]]
    first: int
    end: int

    def __len__(self) -> int:
        return self.end - self.first

    def ids(self) -> list[str]:
        """Return the ids of the cases in the order in which they were decided."""
        some = self.cases[self.first : self.end]
        return [state.case.id for _, _, state in sorted(some, key=lambda each: each[1])]


class Earlier:
    """Decided cases by whom and what they are about: how many lie within a window is looked up, not counted."""

    def __init__(self, zone: ZoneInfo, states: Iterable[CaseState] = ()):
        """Keep to the days of ``zone``."""
        self._zone, self._count = zone, 0
        self._kinds: dict[tuple[str, str, str], list[tuple[date, int, CaseState]]] = {}
        for state in states:
            self.add(state)

    def add(self, state: CaseState) -> None:
        """Add a case, if it counts, decided after those that are there."""
        if state.counts and not state.case.joint:
            self._count += 1
            name, case = charged(state), state.case
            for subject in subjects(case):
                kind = self._kinds.setdefault((subject, name, "" if name else case.article), [])
                insort(kind, (state.decided_on(self._zone), self._count, state))

    def within(self, subject: str, name: str, article: str, on: date, window: str) -> Occasions:
        """Return the cases of a subject under a violation, or an article without one, for an occasion on a day."""
        kind = self._kinds.get((subject, name, "" if name else article), [])
        first = bisect_left(kind, (first_day(on, window),))
        return Occasions(kind, first, max(first, bisect_right(kind, on, key=itemgetter(0))))


class Proposal(Struct, frozen=True):
    """What the regulation has for a violation on this occasion (1 is the first).

    ``notes`` is said beside it, after which occasion this is where ``before`` is given.
    ``missing`` are elements of the offence that no examination confirmed. Where the article knows
    several violations, or degrees of gravity, and none was named, ``either`` has the proposal for
    each. ``unit`` is what the department gets that is named beside a person.
    """

    article: str
    occasion: int
    measures: tuple[str, ...]
    one_of: tuple[str, ...]
    notes: str
    optional: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    violation: str = ""
    either: tuple["Proposal", ...] = ()
    unit: Rung | None = None
    before: "Occasions | None" = None

    @property
    def note(self) -> str:
        """Return what is said beside the proposal."""
        if self.before is None:
            return self.notes
        which = f"第{self.occasion}次（此前已决定：{'、'.join(self.before.ids()) or '无'}）"
        return f"{which}；{self.notes}" if self.notes else which

    @property
    def unregulated(self) -> bool:
        """Whether the document names no measure: the authority then chooses freely."""
        return not self.measures and not self.one_of and all(p.unregulated for p in self.either)

    @property
    def fixed(self) -> tuple[str, ...]:
        """The measures that follow without a choice; none where violations differ."""
        each = {(p.measures, p.one_of) for p in self.either}
        return next(iter(each))[0] if len(each) == 1 else self.measures

    @property
    def choice(self) -> tuple[str, ...]:
        """The measures of which the authority takes one."""
        each = {(p.measures, p.one_of) for p in self.either}
        return next(iter(each))[1] if len(each) == 1 else self.one_of

    def accepts(self, chosen: Iterable[str]) -> bool:
        """Return whether the chosen measures are just what is proposed, or nothing was laid down."""
        if self.either:
            return any(p.accepts(chosen) for p in self.either)
        if self.unregulated or "exempt" in self.effects and tuple(chosen) == (EXEMPT,):
            return True
        chosen = set(chosen) - set(self.optional)
        extra = chosen - set(self.measures)
        choices = extra & set(self.one_of)
        return set(self.measures) <= chosen and extra == choices and len(choices) == (1 if self.one_of else 0)

    def unproven(self, chosen: Iterable[str]) -> tuple[str, ...]:
        """Return the elements still to be confirmed before these measures can be decided.

        Of several violations one is enough whose measures these are and whose elements stand.
        """
        if not self.either:
            return self.missing
        meant = [p for p in self.either if p.accepts(chosen)] or self.either
        return min((p.missing for p in meant), key=len)

    def __str__(self) -> str:
        if self.either and not (self.measures or self.one_of):
            return "；".join(f"{p.violation}：{p}" for p in self.either)
        parts = [*self.measures]
        if self.one_of:
            parts.append(" 或 ".join(self.one_of) + "（择一）")
        if self.optional:
            parts.append(f"可并处 {'、'.join(self.optional)}")
        return " + ".join(parts) or UNREGULATED


def year_before(day: date) -> date:
    """Return the same day a year earlier; 29 February becomes 28 February (民法典 202)."""
    from dateutil.relativedelta import relativedelta

    return day - relativedelta(years=1)


def first_day(end: date, window: str) -> date:
    """Return the first day that counts for an occasion on ``end``: of a part of the calendar, of (end − 1 year, end], or any."""
    if months := CALENDAR.get(window):
        return end.replace(month=end.month - (end.month - 1) % months, day=1)
    if window == "rolling-12-months":
        return year_before(end) + timedelta(days=1)
    return date.min


def in_window(day: date, end: date, window: str) -> bool:
    """Return whether ``day`` counts for an occasion on ``end``."""
    return first_day(end, window) <= day <= end


def propose(
    policy: Policy,
    state: CaseState,
    others: Earlier,
    on: date,
    office: Office | None = None,
) -> Proposal:
    """Return the measure for a case decided on a day, given the cases that were decided before it."""
    case = state.case
    found = [
        _proposal(policy, state, name, rule, others, on, office) for name, rule in charges(policy, state)
    ]
    if len(found) == 1:
        return found[0]
    note = f"{cite(policy, case.article)}有几种行为，核实时写明是哪一种（verify --violation）"
    return Proposal(case.article, 1, (), (), note, either=tuple(found))


def _proposal(
    policy: Policy, state: CaseState, name: str, rule: Violation, others: Earlier, on: date, office: Office | None
) -> Proposal:  # fmt: skip
    """Return what one violation has for the case. The ladder counts the person, else the department."""
    case = state.case
    same = others.within(next(iter(subjects(case)), ""), name, case.article, on, rule.window)
    have = confirmed(state)
    grounds = [policy.grounds[x] for x in grounds_of(state) if x in policy.grounds]
    plain = Proposal(
        rule.article, len(same) + 1, (), (), "", missing=tuple(x for x in elements(rule) if x not in have),
        effects=tuple(g.effect for g in grounds), violation=name,
        unit=_unit(rule, state) if case.staff and case.department else None,
    )  # fmt: skip
    notes = [f"须查明：{'、'.join(plain.missing)}"] if plain.missing else []
    own = special(office, rule, state) if office else None
    if case.joint and rule.joint:
        joint = rule.joint
        notes = [f"与{case.joint}同责"]
        found = structs.replace(plain, article=joint.article, measures=joint.measures, missing=())
    elif rule.unit and not case.staff and not _graded(rule):
        found = _rung(plain, rule.unit)
    elif own:
        found = structs.replace(_rung(plain, own, rule.also), article=own.article)
        notes.append(f"按{'、'.join(own.status) or f'职级{own.rank}以上'}的规定")
    elif rule.ladder:
        found = _rung(plain, rule.ladder[min(plain.occasion, len(rule.ladder)) - 1], rule.also)
        found = structs.replace(found, before=same)
    elif rule.tiers:
        found = _by_gravity(plain, rule, tier := tier_of(state))
        notes.append(
            f"情节：{tier or (ORDINARY if ORDINARY in rule.tiers else '核实时写明（verify --tier）')}"
        )
    else:
        found = _rung(
            plain, Rung(measures=rule.measures, one_of=rule.one_of, optional=rule.optional), rule.also
        )
    if found.unit:
        notes.append(f"部门：{rung_text(found.unit)}")
    if rule.joint and not case.joint:
        share = f"，计其{rule.joint.share:g}倍的分" if rule.joint.share else ""
        notes.append(f"{rule.joint.post}同责：{'、'.join(rule.joint.measures) or '只计分'}{share}")
    notes += [f"{g.text}（{cite(policy, g.article)}）：{EFFECT_WORDS[g.effect]}" for g in grounds]
    return structs.replace(found, notes="；".join(notes))


def _rung(plain: Proposal, rung: Rung, also: tuple[str, ...] = ()) -> Proposal:
    return structs.replace(
        plain, measures=(*rung.measures, *also), one_of=rung.one_of, optional=rung.optional
    )


def _graded(rule: Violation) -> bool:
    """Return whether the degrees of gravity speak of the department too: it gets what they have."""
    unit = rule.unit
    return unit is not None and set(unit.named) <= {x for tier in rule.tiers.values() for x in tier.named}


def _unit(rule: Violation, state: CaseState) -> Rung | None:
    """Return what the department gets beside a person: by the degree found, where that speaks of it too."""
    tier = rule.tiers.get(tier_of(state) or ORDINARY)
    return tier if tier and _graded(rule) else rule.unit


def _by_gravity(plain: Proposal, rule: Violation, found: str) -> Proposal:
    """Return what the degree found has; where none was named, the ordinary one's, and beside it each degree's.

    A decision on the measures of another degree lacks its being found, but is no departure.
    """
    if found in rule.tiers:
        return _rung(plain, rule.tiers[found], rule.also)
    lacking = f"{GRAVITY}（{'、'.join(rule.tiers)}）"
    each = tuple(
        structs.replace(
            _rung(plain, tier, rule.also), violation=word,
            missing=plain.missing if word == ORDINARY else (*plain.missing, lacking),
        )
        for word, tier in rule.tiers.items()
    )  # fmt: skip
    ordinary = rule.tiers.get(ORDINARY)
    usual = _rung(plain, ordinary, rule.also) if ordinary else structs.replace(plain, missing=each[0].missing)
    return structs.replace(usual, either=each)


EFFECT_WORDS = {"exempt": "可以免予问责", "lighter": "可以从轻", "heavier": "从重"}


def rung_text(rung: Rung) -> str:
    """Return what a rung has, in words."""
    return str(Proposal("", 1, rung.measures, rung.one_of, "", optional=rung.optional))


def special(office: Office, rule: Violation, state: CaseState) -> Special | None:
    """Return what a violation has for people of the person's status or rank on the day of the act."""
    who, day = state.case.staff, state.case.occurred
    if who not in office.staff:
        return None
    status, rank = office.status_of(who, day), office.rank_of(who, day)
    for own in rule.special:
        if (not own.status or status in own.status) and (not own.rank or rank >= own.rank):
            return own
    return None


def agrees(policy: Policy, proposal: Proposal, chosen: tuple[str, ...]) -> bool:
    """Return whether measures are those proposed, or lighter or heavier ones where a ground allows it."""
    if proposal.accepts(chosen):
        return True
    if proposal.either and not (proposal.measures or proposal.one_of):
        return any(agrees(policy, each, chosen) for each in proposal.either)
    usual = [(*proposal.measures, one) for one in proposal.one_of] or [proposal.measures]
    if "lighter" in proposal.effects:
        return bool(chosen) and any(not heavier(policy, each, chosen) for each in usual)
    return "heavier" in proposal.effects and any(not heavier(policy, chosen, each) for each in usual)


def unfiled(policy: Policy, state: CaseState) -> bool:
    """Tell whether it is decided, to be filed to the personnel file by the regulation, and not filed yet."""
    must = policy.filing.values if policy.filing else ()
    return state.counts and not state.filed and any(x in must for x in state.measures)


def unpublished(policy: Policy, state: CaseState) -> bool:
    """Tell whether it is decided, to be made public by the regulation, and no meeting or notice recorded yet."""
    must = policy.publication.values if policy.publication else ()
    return state.counts and not state.published and any(x in must for x in state.measures)
