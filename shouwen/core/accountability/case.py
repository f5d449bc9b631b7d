"""An accountability case (问责): what was alleged, and its events."""

from datetime import date
from typing import get_args

from shouwen.core.fact import Fact, Time
from shouwen.core.inquiry.events import Event, act_of


class Verify(Event, tag="核实"):
    """What the examination of a reported violation found: 查实 or 不成立.

    ``needs`` are the elements of the offence that it confirmed, ``violation`` names which of
    several violations of the article it is, ``tier`` how grave, ``grounds`` what frees or weighs.
    """

    finding: str
    text: str = ""
    needs: tuple[str, ...] = ()
    violation: str = ""
    tier: str = ""
    grounds: tuple[str, ...] = ()


class Amount(Fact):
    """The yuan of a measure in money, as written: 500 or 500.50."""

    measure: str
    yuan: str


class Decide(Event, tag="决定"):
    """The authority's decision; ``reason`` is needed where it departs from the proposal.

    ``complete_by`` is until when what it orders is to be done, ``until`` the last day of a measure
    with a term, ``sums`` the yuan of each measure in money, ``unit_measures`` what the department gets.
    """

    measures: tuple[str, ...]
    authority: str
    number: str = ""
    reason: str = ""
    published: str = ""
    complete_by: date | None = None
    until: date | None = None
    sums: tuple[Amount, ...] = ()
    unit_measures: tuple[str, ...] = ()


class Serve(Event, tag="送达"):
    """The decision reached the person; ``complete_by`` is the day set in the notice, where the decision set none."""

    text: str = ""
    complete_by: date | None = None


class Publish(Event, tag="公布"):
    """The decision was made known; ``text`` names the meeting or notice and its day."""

    text: str


class Complete(Event, tag="整改"):
    """What the decision ordered is done, or was reported back."""

    text: str


class Lift(Event, tag="解除"):
    """A measure with a term is lifted."""

    authority: str
    text: str = ""


class File(Event, tag="归档"):
    """The decision went into the personnel file."""

    text: str = ""


class Appeal(Event, tag="申诉"):
    """The person objects; execution goes on."""

    text: str


class Uphold(Event, tag="维持"):
    """The appeal changed nothing."""

    authority: str
    text: str = ""


class Modify(Event, tag="变更"):
    """Other measures take the place of the first; never heavier ones on an appeal.

    ``ground`` is the reason for which the law allows heavier ones all the same. ``until``, ``sums``
    and ``unit_measures`` are as in the decision; what they do not name stays as it was decided.
    """

    measures: tuple[str, ...]
    authority: str
    reason: str
    ground: str = ""
    until: date | None = None
    sums: tuple[Amount, ...] = ()
    unit_measures: tuple[str, ...] = ()


class Revoke(Event, tag="撤销"):
    """The decision is gone and counts no more."""

    reason: str
    authority: str = ""


CaseEvent = Verify | Decide | Serve | Publish | Complete | Lift | File | Appeal | Uphold | Modify | Revoke


class Case(Fact, kw_only=True):
    """One accountability case (问责): who is said to have done what, under which article.

    ``article`` is the one broken, ``violation`` the one that sanctions it, where it has a name.
    A person and a department may be named together. ``joint`` is the case of whoever did it, where
    this one is about the leader who is liable with the person.
    """

    id: str
    reported: Time
    by: str
    staff: str = ""
    department: str = ""
    violation: str = ""
    article: str
    joint: str = ""
    inquiry: str = ""
    occurred: date
    summary: str
    source: str = ""
    policy: str
    events: tuple[CaseEvent, ...] = ()


CASE_EVENTS: dict[str, type[Event]] = {act_of(k): k for k in get_args(CaseEvent)}
