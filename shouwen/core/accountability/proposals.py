"""What the regulation has for a case on this occasion: measures, choices, what must be found first."""

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from msgspec import Struct

from shouwen.core.accountability.charge import charged, charges, confirmed, elements, subjects
from shouwen.core.accountability.lifecycle import CaseState
from shouwen.core.regulation.citation import cite
from shouwen.core.regulation.schema import Policy, Rung, Violation

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
    missing: tuple[str, ...] = ()
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
        """Whether the chosen measures are just what is proposed, or nothing was laid down."""
        if self.either:
            return any(p.accepts(chosen) for p in self.either)
        if self.unregulated:
            return True
        extra = set(chosen) - set(self.measures)
        choices = extra & set(self.one_of)
        return (
            set(self.measures) <= set(chosen)
            and extra == choices
            and len(choices) == (1 if self.one_of else 0)
        )

    def unproven(self, chosen: Iterable[str]) -> tuple[str, ...]:
        """The elements still to be confirmed before these measures can be decided.

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
        return " + ".join(parts) or UNREGULATED


def year_before(day: date) -> date:
    """The same day a year earlier; 29 February becomes 28 February (民法典 202)."""
    from dateutil.relativedelta import relativedelta

    return day - relativedelta(years=1)


def in_window(day: date, end: date, window: str) -> bool:
    """Whether ``day`` counts for an occasion on ``end``: the year's, (end − 1 year, end], or all."""
    if day > end:
        return False
    if window == "calendar-year":
        return day.year == end.year
    if window == "rolling-12-months":
        return day > year_before(end)
    return True


def propose(
    policy: Policy, state: CaseState, others: Iterable[CaseState], on: date, zone: ZoneInfo
) -> Proposal:
    """The measure for a case decided on a day, given the other cases of the ledger."""
    case, others = state.case, list(others)
    found = [_proposal(policy, state, name, rule, others, on, zone) for name, rule in charges(policy, state)]
    if len(found) == 1:
        return found[0]
    note = f"{cite(policy, case.article)}有几种行为，核实时写明是哪一种（verify --violation）"
    return Proposal(case.article, 1, (), (), note, either=tuple(found))


def _proposal(
    policy: Policy, state: CaseState, name: str, rule: Violation, others: list[CaseState], on: date, zone: ZoneInfo
) -> Proposal:  # fmt: skip
    """What one violation has for the case. The ladder counts the person, else the department."""
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
    rung = Rung(measures=rule.measures, one_of=rule.one_of)
    if rule.ladder:
        rung = rule.ladder[min(occasion, len(rule.ladder)) - 1]
        earlier = "、".join(s.case.id for s in same) or "无"
        notes.insert(0, f"第{occasion}次（此前已决定：{earlier}）")
    return Proposal(
        rule.article, occasion, (*rung.measures, *rule.also), rung.one_of, "；".join(notes), missing, name
    )


def unfiled(policy: Policy, state: CaseState) -> bool:
    """Decided, to be filed to the personnel file by the regulation, and not filed yet."""
    must = policy.filing.values if policy.filing else ()
    return state.counts and not state.filed and any(x in must for x in state.measures)


def unpublished(policy: Policy, state: CaseState) -> bool:
    """Decided, to be made public by the regulation, and no meeting or notice recorded yet."""
    must = policy.publication.values if policy.publication else ()
    return state.counts and not state.published and any(x in must for x in state.measures)
