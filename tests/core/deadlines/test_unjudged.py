"""Clocks that the register an inquiry came from did not state: shown, and neither kept nor broken."""

import pytest
from msgspec import structs

from shouwen.core.accountability.service_record import add_service
from shouwen.core.date_range import month
from shouwen.core.deadlines.clock import NORMAL, UNJUDGED, unjudged_text
from shouwen.core.deadlines.clock_table import CLOCKS, clocks
from shouwen.core.deadlines.explain import NOT_STATED, picture, why_due
from shouwen.core.deadlines.overdue import not_judged, pressing
from shouwen.core.inquiry.events import Accept, Callback, Progress
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.statistics.bulletin import Bulletin
from tests.support.clock import CALENDAR, at
from tests.support.records import close, event, handoff, inquiry, with_limits

LATER = at("2026-12-31 09:00")
SHORT = with_limits(**{name: {"hours": 1} for name in ("首次回应", "签收", "环节", "办结", "反馈", "回访")})
PASSED = (handoff("23 16:00"), event(Accept, "24 16:00", "lijie"), close("27 10:00", "lijie"))
OURS = at("2026-11-28 09:00")


def read(*events, names=(), imported=OURS):
    """The clocks by name of an inquiry that came in from a register."""
    state = replay(inquiry(*events, imported=imported, not_judged=tuple(names)))
    found = {}
    for clock in clocks(SHORT, state, LATER):
        found.setdefault(clock.name, []).append(clock)
    return state, found


@pytest.mark.parametrize("name", ["首次回应", "签收", "环节", "回访"])
def test_only_what_is_named_is_not_judged(name):
    """Each late by its one hour; the named one alone is neither late nor in time, and says so."""
    _, judged = read(*PASSED)
    _, found = read(*PASSED, names=[name])
    for other in judged:
        if other != name:
            assert found[other] == judged[other]
    for clock in found[name]:
        assert (clock.state, clock.level, clock.due, clock.overdue_workdays, clock.judged) == (
            UNJUDGED, NORMAL, None, 0, False)  # fmt: skip
        assert why_due(SHORT, clock) == [NOT_STATED] and picture(CALENDAR, clock, LATER) == []
    assert any(c.late for c in judged[name])


def test_every_clock_can_be_named():
    """The header takes the name of any clock there is; the work's own limit too."""
    for name in CLOCKS:
        _, found = read(*PASSED, names=[name])
        assert all(not c.judged for c in found.get(name, ()))


def test_what_begins_after_the_import_is_judged():
    """A handoff made here is this ledger's own: its receipt is late as any other."""
    late = (handoff("30 09:00"), event(Accept, "30 16:00", "lijie"))
    _, found = read(*late, names=["签收"])
    assert [c.late for c in found["签收"]] == [True]
    _, found = read(*late, names=["签收"], imported=at("2026-12-01 09:00"))
    assert [c.judged for c in found["签收"]] == [False]


def test_a_name_alone_makes_nothing_unjudged():
    """Only a record that says when it was imported may leave a clock out."""
    _, found = read(*PASSED, names=["首次回应"], imported=None)
    assert all(c.judged for c in found["首次回应"])


def test_an_open_one_is_counted_and_not_listed():
    """overdue lists what is judged; what runs unjudged is named beside it, until it is closed."""
    state, _ = read(names=["首次回应", "反馈", "回访"])
    assert "首次回应" not in [c.name for c, _ in pressing(SHORT, state, LATER)]
    assert not_judged(state, clocks(SHORT, state, LATER)) == ["反馈", "首次回应"]
    closed, _ = read(*PASSED, names=["首次回应", "回访"])
    assert not_judged(closed, clocks(SHORT, closed, LATER)) == []
    whole = read()[0]
    assert not_judged(whole, clocks(SHORT, whole, LATER)) == []


def test_no_rate_of_the_bulletin_counts_it():
    """Neither responded nor called back nor signed in time, and not the contrary."""

    def rates(*events, names):
        made = Bulletin(month(2026, 11))
        state, _ = read(*events, names=names)
        made.add("某局", SHORT, state, clocks(SHORT, state, LATER), LATER)
        return {n: (r.n, r.of) for n, r in made.total.rates.items()}, made

    kept, all_judged = rates(*PASSED, names=())
    left, some = rates(*PASSED, names=("首次回应", "签收", "回访"))
    assert [kept[n] for n in ("responded", "accepted_default", "called_back")] == [(1, 1), (0, 1), (0, 1)]
    assert [left[n] for n in ("responded", "accepted_default", "called_back")] == [(0, 0)] * 3
    assert all_judged.not_judged == {} and some.not_judged == {"首次回应": 1, "签收": 1, "回访": 1}
    assert {k: v for k, v in kept.items() if left[k] != v}.keys() == {
        "responded",
        "accepted_default",
        "called_back",
    }
    call = event(Callback, "27 11:00", rating="满意")
    assert rates(*PASSED, call, names=("回访",))[0]["called_back"] == (1, 1)  # a call is a call


def test_nobody_is_charged_with_it_in_the_year():
    """The appraisal names it apart, for whoever it was on; a year that has none of it says nothing."""

    def year(number, names):
        figures: dict = {}
        state, _ = read(event(Progress, "25 10:00", text="已收到"), names=names)
        add_service(figures, state, clocks(SHORT, state, LATER), number, CALENDAR.zone)
        return {who: (s.overdue_held + s.overdue_held_default, s.not_judged) for who, s in figures.items()}

    everything = ("首次回应", "环节", "办结", "反馈")
    assert year(2026, ())["wangfang"] == (1, {})
    assert year(2026, everything)["wangfang"] == (0, {"首次回应": 1, "环节": 1, "办结": 1, "反馈": 1})
    assert year(2025, everything) == {}


def test_the_words():
    """By name, so that the same counts are the same words."""
    assert unjudged_text({"首次回应": 12, "签收": 3}) == "签收 3 件、首次回应 12 件"


def test_old_records_say_nothing_of_it():
    """A record without the fields reads as it always did."""
    state, found = read(*PASSED, imported=None)
    assert state.inquiry == structs.replace(state.inquiry, imported=None, not_judged=())
    assert all(c.judged for each in found.values() for c in each)
