"""Everything in a record that breaks a duty, contradicts itself or was out of time."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from msgspec import Struct

from shouwen.core.deadlines.attribution import answering
from shouwen.core.deadlines.clock import ARTICLE, OFFICE, Clock
from shouwen.core.deadlines.lateness import Lateness
from shouwen.core.duties import DUTIES, TIMED
from shouwen.core.duties.context import Judged, Owed
from shouwen.core.inquiry.events import Target, act_of
from shouwen.core.inquiry.lifecycle import DECIDES, State
from shouwen.core.regulation.schema import DEFAULT, duty_kind, fits
from shouwen.core.rulebook import Rules


class Finding(Struct, frozen=True):
    """A breach or a contradiction: its name, article, words, and the event that shows it.

    ``article`` is the one broken. ``refuse`` marks what the act that causes it is refused for.
    ``lead``: it may be reported, as the ``violation`` that sanctions it where the regulation has
    one; ``whose`` says about whom where that is not who made the event. A duty that has a time has
    ``owed_from``, the act ('' the intake) that it was owed from, and ``due``, until when; ``late`` is
    by how much it was done too late, and ``done`` when. None where it is not that. ``source`` says
    whose rule a duty is: 条文, 本单位 (overrides) or 默认.
    """

    name: str
    article: str
    text: str
    event: str = ""
    refuse: bool = False
    violation: str = ""
    whose: tuple[str, ...] | None = None
    lead: bool = False
    owed_from: str | None = None
    due: datetime | None = None
    late: Lateness | None = None
    done: datetime | None = None
    source: str = DEFAULT


class DoneLate(NamedTuple):
    """A duty that was done too late: what was found, by how much, whose it was, when it was done, whose rule it is."""

    finding: Finding
    late: Lateness
    whose: Target
    done: datetime
    source: str


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
    return found + list(_of_duties(rules, state, clocks, now))


def _of_duties(
    rules: Rules, state: State, clocks: list[Clock], now: datetime, timed: bool = False
) -> Iterator[Finding]:
    """Yield what the duties find, or those alone that have a time."""
    own = rules.office.config.overrides.get("duties") or {}
    for name, duty in rules.policy.duties.items():
        kind = DUTIES.get(duty_kind(name))
        asked = not timed or duty_kind(name) in TIMED
        if kind and kind.find and asked and fits(duty, state.inquiry):
            judged = Judged(rules, state, now, duty, tuple(clocks))
            whose = state.inquiry.about if kind.accused else None
            lead = not kind.look and duty.article != DEFAULT
            violation = "" if kind.look else duty.violation
            source = DEFAULT if duty.article == DEFAULT else OFFICE if name in own else ARTICLE
            for each in kind.find(judged):
                owed = each if isinstance(each, Owed) else None
                late = owed.late if owed else None
                yield Finding(
                    kind.title, duty.article, each[1], each[0], duty.level == "拒绝" and not late, violation,
                    whose, lead, owed.owed_from if owed else None, owed.due if owed else None, late,
                    owed.done if owed else None, source,
                )  # fmt: skip


def done_late(rules: Rules, state: State, clocks: list[Clock], now: datetime) -> list[DoneLate]:
    """Return the duties that were done, and too late.

    Reports of many inquiries ask this: where everything was done by the close of the working day
    after the intake nothing can have been late, and no duty is looked at.
    """
    received, calendar = state.inquiry.received, rules.calendar
    last = max((m for e in state.events for m in (e.at, getattr(e, "told", None)) if m), default=received)
    day = received.astimezone(calendar.zone).date()
    if last <= (calendar.close_of(calendar.after(day, 1)) if not calendar.notices else received):
        return []
    return [
        DoneLate(f, f.late, bearer(rules, state, f), f.done, f.source)
        for f in _of_duties(rules.known(now), state, clocks, now, timed=True)
        if f.late and f.done
    ]


def bearer(rules: Rules, state: State, finding: Finding) -> Target:
    """Return who bore a duty when its time was over: who made the act that it was owed from, else the first-asked.

    Of somebody who was away, gone or not yet there on that day it is whoever stood in.
    """
    q, office = state.inquiry, rules.office
    act = next((e for e in state.events if e.id == finding.owed_from), None) if finding.owed_from else None
    if not act:
        whose = Target(q.department, q.first_responder)
    else:
        day = act.at.astimezone(rules.calendar.zone).date()
        whose = Target(office.department_of(act.by, day) or state.holder_at(act.at).department, act.by)
    if finding.due is None:
        return whose
    return answering(office, whose, finding.due.astimezone(rules.calendar.zone).date())
