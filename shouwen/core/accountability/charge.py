"""What a case is charged under: the article, the violations it may mean, the elements confirmed."""

from shouwen.core.accountability.case import Case
from shouwen.core.accountability.lifecycle import CaseState
from shouwen.core.regulation.accountability import Violation
from shouwen.core.regulation.citation import cite
from shouwen.core.regulation.schema import Policy


def subjects(case: Case) -> tuple[str, ...]:
    """Return who is charged: the person, the department, or both together; people and departments apart."""
    return tuple(f"{kind} {name}" for kind, name in (("人员", case.staff), ("部门", case.department)) if name)


def confirmed(state: CaseState) -> tuple[str, ...]:
    """Return the elements that the examinations of a case confirmed."""
    return tuple(dict.fromkeys(x for e in state.verified for x in e.needs))


def tier_of(state: CaseState) -> str:
    """Return how grave the examinations found it, '' where they say nothing."""
    named = [e.tier for e in state.verified if e.tier]
    return named[-1] if named else ""


def grounds_of(state: CaseState) -> tuple[str, ...]:
    """Return the circumstances that the examinations named for or against the person."""
    return tuple(dict.fromkeys(x for e in state.verified for x in e.grounds))


def charged(state: CaseState) -> str:
    """Return the violation of a case: as named at the examination, else in the report, else ''."""
    named = [e.violation for e in state.verified if e.violation]
    return named[-1] if named else state.case.violation


def elements(rule: Violation) -> tuple[str, ...]:
    """Return the circumstances that must be found beside the act."""
    return ((rule.needs,) if rule.needs else ()) if isinstance(rule.needs, str) else rule.needs


def violations_of(policy: Policy, article: str) -> list[str]:
    """Return the names of the violations that an article describes."""
    return [name for name, rule in policy.violations.items() if rule.article == article]


def charges(policy: Policy, state: CaseState) -> list[tuple[str, Violation]]:
    """Return (violation, its rule) for each that a case may mean.

    The one that is named; else those of its article; else the article alone, without a measure.
    """
    article = state.case.article
    bare = Violation(article=article, text="")
    if named := charged(state):
        return [(named, policy.violations.get(named, bare))]
    return [(name, policy.violations[name]) for name in violations_of(policy, article)] or [("", bare)]


def charge_text(policy: Policy, state: CaseState) -> str:
    """Return the article broken, the violation, and beside it the article that sanctions where it is another."""
    case, name = state.case, charged(state)
    rule = policy.violations.get(name)
    beside = f"（依{cite(policy, rule.article)}处理）" if rule and rule.article != case.article else ""
    return f"{cite(policy, case.article)} {name}".rstrip() + beside
