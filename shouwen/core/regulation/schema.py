"""A regulation as data: a closed vocabulary, every rule beside the article it comes from.

There is no expression language. What a regulation may say is exactly what the structs below
hold; ``docs/policy-format.md`` explains each key to whoever writes the regulation of another
office. A regulation extends a base: mappings merge key by key, anything else replaces. A rule
whose article is ``默认`` comes from the base: the document itself leaves that point open.
"""

from collections.abc import Collection
from typing import Any, Literal

import msgspec

from shouwen.core.fact import Fact, InForce, Number
from shouwen.core.matter import Matter
from shouwen.core.regulation.accountability import (
    AppealRule,
    Authority,
    Conversion,
    Gravity,
    Ground,
    Points,
    Remedy,
    Sum,
    Term,
    Threshold,
    Violation,
)

DEFAULT = "默认"

# Clock names, in the order in which reports show them.
CLOCKS = ("首次回应", "签收", "环节", "办结", "承诺", "重办", "反馈", "预约", "督办", "回访")


class Limit(Fact, kw_only=True):
    """How long a clock may run, and for which inquiries; the first that fits is taken.

    Exactly one of the lengths is given. Working days and months end at the close of business,
    hours run within opening hours, ``same_day`` is the close of business of the day itself (or
    of the next working day, when it began on a day off). ``violation`` names the violation that
    running out of it may be reported as.
    """

    article: str
    violation: str = ""
    workdays: Number = 0
    hours: Number = 0
    days: Number = 0
    months: Number = 0
    same_day: bool = False
    grace: Number = 0
    grace_from: Literal["期满", "催办"] = "期满"
    scope: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()
    urgency: tuple[str, ...] = ()
    matter: tuple[str, ...] = ()
    department: tuple[str, ...] = ()


class Choice(Fact, kw_only=True):
    """A closed list of words and the article that draws it up.

    ``beside`` are words that other articles name: article → words. ``more`` are words that the
    document does not name and does not exclude. Both are taken too, and end up in ``values`` after its own.
    """

    article: str
    values: tuple[str, ...]
    beside: dict[str, tuple[str, ...]] = {}
    more: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Put what other articles name, then what the document leaves open, after what it names here."""
        named = dict.fromkeys(
            (*self.values, *(w for words in self.beside.values() for w in words), *self.more)
        )
        if len(named) > len(self.values):
            msgspec.structs.force_setattr(self, "values", tuple(named))


class Extension(Fact, kw_only=True):
    """How often, and each time by how many working days, a limit may be extended."""

    article: str
    times: Number
    workdays: Number


class FirstAsked(Fact, kw_only=True):
    """Who of several asked together is first-asked: the order of comparison.

    ``unit`` allows a department as a whole to be first-asked. ``channel`` are those in which several
    can be asked together; empty is any.
    """

    article: str
    order: tuple[Literal["rank", "joined"], ...]
    unit: bool = False
    channel: tuple[str, ...] = ()


class Duty(Fact, kw_only=True):
    """Something that must be done or must not; how a breach is treated.

    ``level`` 拒绝 refuses the act that would break it, 提示 lets it through and shows a finding.
    ``violation`` names the violation that a breach may be reported as. ``phrases`` and ``variants``
    (like words that the document does not list) are looked for but where ``unless`` covers them;
    ``…`` in them stands for a few characters. ``scope`` to ``urgency``
    are the inquiries it is laid down for; which of the other keys a duty knows, and what they
    mean to it, stands beside its function in ``core/duties``.
    """

    article: str
    level: Literal["拒绝", "提示"] = "提示"
    violation: str = ""
    scope: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()
    urgency: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    exempt: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    leader: Literal["", "负责人", "分管领导", "主要领导"] = ""
    times: Number = 0


def duty_kind(name: str) -> str:
    """Return the kind of duty that a key of ``duties`` names: ``register/七`` is one more ``register``."""
    return name.partition("/")[0]


class Protected(Fact, kw_only=True):
    """Categories whose identity and content are kept apart; ``about``: whatever names staff too."""

    article: str
    values: tuple[str, ...]
    about: bool = False


class Route(Fact, kw_only=True):
    """Who deals with a category: a department, or the one that handled the case (``本庭``…).

    ``months`` restricts the rule to so many months after the case closed (or to open cases);
    the first rule that fits is taken.
    """

    article: str
    category: tuple[str, ...]
    department: str
    months: Number = 0


class Levels(Fact, kw_only=True):
    """Degrees of responsibility: title → 首问责任人, 承办人, 负责人, 分管领导 or 主要领导."""

    article: str
    titles: dict[str, Literal["首问责任人", "承办人", "负责人", "分管领导", "主要领导"]]


class Scale(Fact, kw_only=True):
    """The grades of an appraisal scale, best first; the last is the failing one."""

    article: str
    grades: tuple[str, ...]


class Cap(Fact, kw_only=True):
    """The largest share of 优秀 among the staff evaluated."""

    article: str
    ratio: float
    rounding: Literal["floor", "round", "ceil"] = "floor"


class Starter(Fact, kw_only=True):
    """What ``init`` puts into a new ledger for this kind of office; no rule."""

    departments: dict[str, str] = {}
    office: str = ""
    matters: dict[str, Matter] = {}
    supervision_phone: str = ""
    scale: str = "公务员"
    hours: dict[str, tuple[str, ...]] = {}


class Policy(Fact, kw_only=True):
    """One regulation, whole: what ``shouwen policy show`` prints."""

    id: str
    name: str
    document: str = ""
    extends: str = ""
    in_force: InForce = InForce()
    cite: str = "{}"
    articles: dict[str, str] = {}
    undefined: dict[str, str] = {}
    cut: str = ""
    people: dict[str, str] = {}
    protected: Protected | None = None
    channels: Choice
    categories: Choice
    scopes: Choice
    urgencies: Choice
    modes: Choice
    outcomes: Choice
    ratings: Choice
    suspend: Choice
    absences: Choice
    bodies: Choice | None = None
    first_asked: FirstAsked
    levels: Levels | None = None
    routing: tuple[Route, ...] = ()
    extension: Extension | None = None
    yellow: Number = 1
    limits: dict[str, tuple[Limit, ...]]
    duties: dict[str, Duty]
    violations: dict[str, Violation] = {}
    thresholds: tuple[Threshold, ...] = ()
    authorities: tuple[Authority, ...] = ()
    gravity: dict[str, Gravity] = {}
    appeal: AppealRule | None = None
    points: Points | None = None
    conversions: tuple[Conversion, ...] = ()
    terms: tuple[Term, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    grounds: dict[str, Ground] = {}
    sums: dict[str, Sum] = {}
    heavier: Choice = Choice(article=DEFAULT, values=())
    filing: Choice | None = None
    publication: Choice | None = None
    scales: dict[str, Scale]
    excellent_cap: Cap | None = None
    powers: dict[str, str] = {}
    starter: Starter = Starter()

    @property
    def above(self) -> tuple[str, ...]:
        """The bodies that are on no roster (meetings, superiors) and may instruct, approve and sign."""
        return self.bodies.values if self.bodies else ()

    def laid_down(self, kind: str) -> list[Duty]:
        """Return the duties of one kind, in the order of the file: a regulation may lay down several."""
        return [duty for name, duty in self.duties.items() if duty_kind(name) == kind]


def merge(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """Lay ``over`` upon ``base``: mappings key by key, anything else replaced."""
    result = dict(base)
    for key, value in over.items():
        below = result.get(key)
        if isinstance(below, dict) and isinstance(value, dict):
            value = merge(below, value)
        result[key] = value
    return result


def laid_upon(below: dict[str, Any], layer: dict[str, Any]) -> dict[str, Any]:
    """Lay a regulation's file upon what it extends.

    One more duty of a kind (``sent_away/来电``) begins as the one of that kind below it.
    """
    duties, under = layer.get("duties"), below.get("duties", {})
    if not isinstance(duties, dict):
        return merge(below, layer)
    begun = {
        name: under[kind]
        for name in duties
        if isinstance(name, str) and name not in under and (kind := duty_kind(name)) in under
    }
    return merge(merge(below, {"duties": begun}), layer) if begun else merge(below, layer)


def fits(rule: Limit | Duty, inquiry: Any) -> bool:
    """Return whether a rule's conditions (each empty or a list) fit the inquiry's header."""
    q = inquiry
    matter = getattr(rule, "matter", ())  # only limits have it
    return (
        (not rule.scope or q.scope in rule.scope)
        and (not rule.category or q.category in rule.category)
        and (not rule.channel or q.channel in rule.channel)
        and (not rule.urgency or q.urgency in rule.urgency)
        and (not matter or q.matter in matter)
    )


def limit_for(policy: Policy, clock: str, inquiry: Any, holder: Collection[str] = ()) -> Limit | None:
    """Return the limit of a clock for an inquiry (in the hands of a department, by all its names), or None."""
    for limit in policy.limits.get(clock, ()):
        if fits(limit, inquiry) and (not limit.department or not set(limit.department).isdisjoint(holder)):
            return limit
    return None
