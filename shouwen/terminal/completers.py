"""Completion: values with a word about each. Silent on any trouble; ids from file names only."""

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from shouwen.core.vocabulary import ENGLISH

if TYPE_CHECKING:
    import typer

    from shouwen.terminal.context import Context

Pairs = Iterator[tuple[str, str]]  # a value, and a word about it
Find = Callable[["Context"], Pairs]
Completer = Callable[..., list[Any]]


def _context(ctx: "typer.Context") -> "Context":
    from shouwen.terminal.context import Context

    words = ctx.find_root().params
    # The shell has not expanded ~ on a line that is still being typed.
    return Context(tuple(map(os.path.expanduser, words.get("ledger") or ())), words.get("acting") or "")


def _quiet(find: Find) -> Completer:
    def completed(ctx: "typer.Context", incomplete: str) -> list[tuple[str, str]]:
        try:
            pairs = dict(find(_context(ctx)))
            return [(value, about) for value, about in pairs.items() if value.startswith(incomplete)]
        except Exception:  # noqa: BLE001 - a completer must never speak into the user's prompt
            return []

    # typer looks at the parameters' types to know what to pass.
    import typer

    completed.__annotations__ = {"ctx": typer.Context, "incomplete": str}
    return completed


def of(*values: str) -> Completer:
    """Complete from a fixed list."""

    def listed(incomplete: str) -> list[str]:
        return [v for v in values if v.startswith(incomplete)]

    return listed


def _ids(*folders: str) -> Completer:
    def found(context: "Context") -> Pairs:
        for name, path in context.ledger.ids(*folders):
            day = name.removeprefix("S")
            word = {"inquiries": "受理", "archive": "受理，已归档"}.get(path.split("/")[0], "立案")
            yield name, f"{day[:4]}-{day[4:6]}-{day[6:8]} {word}"

    return _quiet(found)


live, every, cases = _ids("inquiries"), _ids("inquiries", "archive"), _ids("sanctions")


@_quiet
def staff(context: "Context") -> Pairs:
    """Yield staff ids, with name and department."""
    office, day = context.ledger.office, context.now.date()
    for key, name in office.people():
        yield key, f"{name} {office.department_of(key, day)}"


@_quiet
def departments(context: "Context") -> Pairs:
    """Yield departments, with their place."""
    office = context.ledger.office
    for name in office.departments:
        yield name, office.place(name) or "部门"


@_quiet
def targets(context: "Context") -> Pairs:
    """Yield departments and DEPARTMENT/STAFF, with phone or name."""
    office, day = context.ledger.office, context.now.date()
    for name in office.open_departments(day):
        yield name, office.phone(name) or "部门"
    for key, name in office.people():
        if office.is_here(key, day):
            yield f"{office.department_of(key, day)}/{key}", name


@_quiet
def matters(context: "Context") -> Pairs:
    """Yield matters, with the department in charge."""
    for name, matter in context.ledger.office.matters.items():
        yield name, matter.department


@_quiet
def policies(context: "Context") -> Pairs:
    """Yield regulations, with their names; the built-in ones where there is no ledger."""
    from shouwen.core.errors import NotFound
    from shouwen.store.settings import load_policy, policy_ids

    try:
        root = context.ledger.root
    except NotFound:
        root = ""
    for name in policy_ids(root):
        yield name, load_policy(name, root).name


@_quiet
def articles(context: "Context") -> Pairs:
    """Yield articles of the regulation in force, with their paraphrase."""
    yield from context.policy.articles.items()


@_quiet
def violations(context: "Context") -> Pairs:
    """Yield violations that the regulation in force names, with their article."""
    from shouwen.core.regulation.citation import cite

    for name, violation in context.policy.violations.items():
        yield name, cite(context.policy, violation.article)


@_quiet
def measures(context: "Context") -> Pairs:
    """Yield measures that the regulation in force knows, with the violation."""
    for name, violation in context.policy.violations.items():
        for word in dict.fromkeys(violation.named):
            yield word, name


@_quiet
def needs(context: "Context") -> Pairs:
    """Yield circumstances that the regulation in force wants found, with the violation."""
    from shouwen.core.accountability.charge import elements

    for name, violation in context.policy.violations.items():
        for word in elements(violation):
            yield word, name


@_quiet
def tiers(context: "Context") -> Pairs:
    """Yield degrees of gravity of the regulation in force, with the violation."""
    for name, violation in context.policy.violations.items():
        for word in violation.tiers:
            yield word, name


@_quiet
def grounds(context: "Context") -> Pairs:
    """Yield circumstances that free or weigh, with what they are."""
    for name, ground in context.policy.grounds.items():
        yield name, ground.text


@_quiet
def heavier(context: "Context") -> Pairs:
    """Yield reasons for which an appeal may end in a heavier measure."""
    for word in context.policy.heavier.values:
        yield word, "法律许可"


@_quiet
def authorities(context: "Context") -> Pairs:
    """Yield authorities that the regulation in force names, with what they decide."""
    for rule in context.policy.authorities:
        for name in rule.names:
            yield name, "、".join(rule.measures) or "决定机关"


_WORDS = {
    "channels": "渠道", "categories": "类别", "scopes": "范围", "urgencies": "程度", "modes": "方式",
    "outcomes": "结果", "ratings": "评价", "suspend": "中止原因", "absences": "不在岗的原因",
}  # fmt: skip


def _choice(name: str) -> Completer:
    def found(context: "Context") -> Pairs:
        listed, what = getattr(context.policy, name), _WORDS[name]
        english = {word: name for name, word in ENGLISH.items()}
        for value in listed.values:
            yield value, f"也可写 {english[value]}" if value in english else what

    return _quiet(found)


channels, categories, scopes = _choice("channels"), _choice("categories"), _choice("scopes")
urgencies, modes, outcomes = _choice("urgencies"), _choice("modes"), _choice("outcomes")
ratings, pauses, absences = _choice("ratings"), _choice("suspend"), _choice("absences")
