"""Everything in a record that breaks a duty, contradicts itself or was out of time."""

from datetime import datetime

from msgspec import Struct

from shouwen.core.deadlines.clock import Clock
from shouwen.core.duties import DUTIES
from shouwen.core.duties.context import Judged, Late
from shouwen.core.inquiry.events import act_of
from shouwen.core.inquiry.lifecycle import DECIDES, State
from shouwen.core.regulation.schema import DEFAULT, duty_kind, fits
from shouwen.core.rulebook import Rules


class Finding(Struct, frozen=True):
    """A breach or a contradiction: its name, article, words, and the event that shows it.

    ``article`` is the one broken. ``refuse`` marks what the act that causes it is refused for.
    ``lead``: it may be reported, as the ``violation`` that sanctions it where the regulation has
    one; ``whose`` says about whom where that is not who made the event. ``late_workdays`` is by how
    many working days a duty was done too late (0: on the day itself), ``owed_from`` the act ('' the
    intake) that it was owed from; both None where it is not that.
    """

    name: str
    article: str
    text: str
    event: str = ""
    refuse: bool = False
    violation: str = ""
    whose: tuple[str, ...] | None = None
    lead: bool = False
    late_workdays: int | None = None
    owed_from: str | None = None


def findings(rules: Rules, state: State, clocks: list[Clock], now: datetime) -> list[Finding]:
    """Return all findings on an inquiry as of ``now``: disputes, void extensions, broken duties."""
    rules = rules.known(now)
    found = [
        Finding("争议", DEFAULT, f"{act_of(type(d.event))}未生效：{d.text}。{DECIDES}", d.event.id, True)
        for d in state.disputes
    ]
    extension = rules.policy.extension
    for clock in clocks:
        for event, why in clock.refused:
            article = extension.article if extension else DEFAULT
            found.append(Finding("延期无效", article, why, event, True))
    for event, why in dict.fromkeys(each for clock in clocks for each in clock.unpromised):
        found.append(Finding("承诺", DEFAULT, why, event, True))
    for event in sorted({event for clock in clocks for event in clock.unmoved}):
        text = "期满或办结以后的更正，没有办件人以外的人批准，原来的判定不变"
        found.append(Finding("更正未经批准", DEFAULT, text, event, True))
    for name, duty in rules.policy.duties.items():
        kind = DUTIES.get(duty_kind(name))
        if kind and kind.find and fits(duty, state.inquiry):
            judged = Judged(rules, state, now, duty, tuple(clocks))
            whose = state.inquiry.about if kind.accused else None
            lead = not kind.look and duty.article != DEFAULT
            violation = "" if kind.look else duty.violation
            for each in kind.find(judged):
                late = each if isinstance(each, Late) else None
                found.append(
                    Finding(
                        kind.title, duty.article, each[1], each[0], duty.level == "拒绝" and not late,
                        violation, whose, lead, late and late.workdays, late and late.owed_from,
                    )
                )  # fmt: skip
    return found
