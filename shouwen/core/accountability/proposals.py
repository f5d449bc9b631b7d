"""What the regulation has for a case on this occasion: measures, choices, what must be found first."""

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from msgspec import Struct

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
UNREGULATED = "文件未定措施，由决定机关定"


class Proposal(Struct, frozen=True):
    """What the regulation has for a violation on this occasion (1 is the first).

    ``missing`` are elements of the offence that no examination confirmed. Where the article knows
    several violations and none was named, ``either`` has the proposal for each.
    """

    article: str
    occasion: int
    measures: tuple[str, ...]
    one_of: tuple[str, ...]
    note: str
    optional: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    violation: str = ""
    either: tuple["Proposal", ...] = ()

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
        if self.either:
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


def in_window(day: date, end: date, window: str) -> bool:
    """Return whether ``day`` counts for an occasion on ``end``: of one part of the calendar, (end − 1 year, end], or all."""
    if day > end:
        return False
    if months := CALENDAR.get(window):
        return day.year == end.year and (day.month - 1) // months == (end.month - 1) // months
    if window == "rolling-12-months":
        return day > year_before(end)
    return True


def propose(
    policy: Policy,
    state: CaseState,
    others: Iterable[CaseState],
    on: date,
    zone: ZoneInfo,
    office: Office | None = None,
) -> Proposal:
    """Return the measure for a case decided on a day, given the other cases of the ledger."""
    case, others = state.case, list(others)
    found = [
        _proposal(policy, state, name, rule, others, on, zone, office)
        for name, rule in charges(policy, state)
    ]
    if len(found) == 1:
        return found[0]
    note = f"{cite(policy, case.article)}有几种行为，核实时写明是哪一种（verify --violation）"
    return Proposal(case.article, 1, (), (), note, either=tuple(found))


def _proposal(
    policy: Policy, state: CaseState, name: str, rule: Violation, others: list[CaseState], on: date, zone: ZoneInfo,
    office: Office | None,
) -> Proposal:  # fmt: skip
    """Return what one violation has for the case. The ladder counts the person, else the department."""
    case = state.case
    subject = subjects(case)[:1]
    same = [
        s
        for s in others
        if s.counts
        and s.case.id != case.id
        and charged(s) == name
        and (name or s.case.article == case.article)
        and set(subject) & set(subjects(s.case))
        and in_window(s.decided_on(zone), on, rule.window)
    ]
    occasion = len(same) + 1
    have = confirmed(state)
    missing = tuple(x for x in elements(rule) if x not in have)
    notes = [f"须查明：{'、'.join(missing)}"] if missing else []
    rung = Rung(measures=rule.measures, one_of=rule.one_of, optional=rule.optional)
    if rule.ladder:
        rung = rule.ladder[min(occasion, len(rule.ladder)) - 1]
        earlier = "、".join(s.case.id for s in same) or "无"
        notes.insert(0, f"第{occasion}次（此前已决定：{earlier}）")
    if rule.tiers:
        tier = tier_of(state) or (ORDINARY if ORDINARY in rule.tiers else "")
        missing = missing if tier in rule.tiers else (*missing, f"情节轻重（{'、'.join(rule.tiers)}）")
        rung = rule.tiers.get(tier, rung)
        notes.append(f"情节：{tier or '核实时写明（verify --tier）'}")
    article = rule.article
    if office and (own := special(office, rule, state)):
        rung, article = own, own.article
        notes.append(f"按{'、'.join(own.status) or f'职级{own.rank}以上'}的规定")
    if rule.unit and case.department:
        notes.append(f"部门：{rung_text(rule.unit)}")
    if rule.joint:
        share = f"，计其{rule.joint.share:g}倍的分" if rule.joint.share else ""
        notes.append(f"{rule.joint.post}同责：{'、'.join(rule.joint.measures) or '只计分'}{share}")
    grounds = [policy.grounds[x] for x in grounds_of(state) if x in policy.grounds]
    notes += [f"{g.text}（{cite(policy, g.article)}）：{EFFECT_WORDS[g.effect]}" for g in grounds]
    return Proposal(
        article, occasion, (*rung.measures, *rule.also), rung.one_of, "；".join(notes),
        optional=rung.optional, missing=missing, effects=tuple(g.effect for g in grounds), violation=name,
    )  # fmt: skip


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
