"""What a regulation may say about accountability: violations, measures, what they add up to.

Part of the closed vocabulary of ``schema``; ``docs/policy-format.md`` explains each key.
"""

from typing import Literal

from shouwen.core.fact import Fact, Number

Post = Literal["负责人", "分管领导", "主要领导"]
Window = Literal["calendar-month", "calendar-quarter", "calendar-half", "calendar-year", "rolling-12-months"]


class Rung(Fact, kw_only=True):
    """One rung: all of ``measures``, one of ``one_of``, and at will any of ``optional`` (可并处)."""

    measures: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()

    @property
    def named(self) -> tuple[str, ...]:
        """Every measure that may follow on this rung."""
        return (*self.measures, *self.one_of, *self.optional)


class Tier(Rung, kw_only=True):
    """A degree of gravity (情节), chosen at the examination; ``review`` is the leader looked at too."""

    review: Literal["", Post] = ""


class Special(Rung, kw_only=True):
    """What takes the place of the usual measures for people of a status, or from a rank upwards."""

    article: str
    status: tuple[str, ...] = ()
    rank: Number = 0


class Joint(Fact, kw_only=True):
    """The leader who is liable with the person: own measures, and a share of the points."""

    article: str
    post: Post = "负责人"
    measures: tuple[str, ...] = ()
    share: float = 0


class Violation(Fact, kw_only=True):
    """A breach that may be reported, and what follows: by occasion (ladder), by gravity, or always the same.

    ``window`` says which earlier occasions the ladder counts. ``needs`` are the circumstances that
    must be found beside the act, for example 造成不良影响: each is confirmed at the examination.
    ``unit`` is what the department gets that is named in the case.
    """

    article: str
    text: str
    measures: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    ladder: tuple[Rung, ...] = ()
    tiers: dict[str, Tier] = {}
    special: tuple[Special, ...] = ()
    unit: Rung | None = None
    joint: Joint | None = None
    points: float = 0
    window: Literal["always", Window] = "always"
    needs: str | tuple[str, ...] = ""
    review_leader: bool | Post = False

    @property
    def fixed(self) -> tuple[str, ...]:
        """Every measure that may follow whatever the occasion, the gravity and the person."""
        return (*self.measures, *self.one_of, *self.optional, *self.also)

    @property
    def named(self) -> tuple[str, ...]:
        """Every measure that may follow for the person who did it."""
        rungs = (*self.ladder, *self.tiers.values(), *self.special)
        return (*self.fixed, *(measure for rung in rungs for measure in rung.named))


class Threshold(Fact, kw_only=True):
    """So much of something within a window has an effect on the year's appraisal.

    What is counted is one of: a measure, several ``measures`` together, ``violations``, ``points``,
    or a ``rate`` that lies below ``below`` percent. ``status``, ``rank`` (from it upwards) and
    ``below_rank`` say of which people.
    """

    article: str
    measure: str = ""
    measures: tuple[str, ...] = ()
    violations: tuple[str, ...] = ()
    points: float = 0
    rate: Literal["", "on-time", "satisfaction"] = ""
    below: float = 0
    at_least: Number = 0
    window: Window
    effect: Literal["bar-excellent", "bar-award", "bar-collective", "grade", "action"]
    concerns: Literal["staff", "department", "members"] = "staff"
    status: tuple[str, ...] = ()
    rank: Number = 0
    below_rank: Number = 0
    actions: tuple[str, ...] = ()
    window_note: str = ""


class Points(Fact, kw_only=True):
    """How many points each measure costs."""

    article: str
    values: dict[str, float]


class Conversion(Fact, kw_only=True):
    """So many of one measure within a window count as one of another."""

    article: str
    measure: str
    times: Number
    becomes: str
    window: Window = "calendar-year"


class Term(Fact, kw_only=True):
    """Measures that last so many months; ``lift``: they end only when somebody lifts them."""

    article: str
    measures: tuple[str, ...]
    at_least: Number
    at_most: Number
    lift: bool = False

    @property
    def length(self) -> str:
        """Return how long in words: 3至6个月, or 6个月 where there is no choice."""
        low = "" if self.at_least == self.at_most else f"{self.at_least}至"
        return f"{low}{self.at_most}个月"


class Remedy(Fact, kw_only=True):
    """Measures after which something is to be put right or reported back, within a time.

    Without a length the decision itself sets the day.
    """

    article: str
    measures: tuple[str, ...]
    workdays: Number = 0
    days: Number = 0


class Ground(Fact, kw_only=True):
    """A circumstance, named at the examination, that frees from a measure or makes it lighter or heavier."""

    article: str
    text: str
    effect: Literal["exempt", "lighter", "heavier"]


class Sum(Fact, kw_only=True):
    """A measure in money: the decision names the amount, within these bounds (yuan)."""

    article: str
    at_least: float = 0
    at_most: float = 0


class Authority(Fact, kw_only=True):
    """Who alone may decide these measures."""

    article: str
    names: tuple[str, ...]
    measures: tuple[str, ...]


class Gravity(Fact, kw_only=True):
    """An order of measures from the lightest to the heaviest; ``basis`` is the law it rests on."""

    article: str
    values: tuple[str, ...]
    basis: str = ""


class AppealRule(Fact, kw_only=True):
    """Until when a decision may be contested, with whom, and until when that is answered."""

    article: str
    days: Number = 0
    workdays: Number = 0
    answer_days: Number = 0
    answer_workdays: Number = 0
    bodies: tuple[str, ...] = ()
