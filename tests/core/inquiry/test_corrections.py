"""Corrections: which values may be corrected, and which corrections are none."""

import pytest

from shouwen.core.inquiry.corrections import CORRECTABLE, corrected
from shouwen.core.inquiry.events import (
    Correct,
    Note,
)
from shouwen.core.inquiry.lifecycle import PENDING, replay
from tests.support.clock import at
from tests.support.records import event, handoff, inquiry

TEXT = {"text": "记一笔"}


def test_a_void_correction_stops_nothing_else():
    """A correction that cannot be is set aside; what was done before and after it stands."""
    before, after = event(Note, "23 09:10", **TEXT), handoff("23 09:30")
    bad = event(Correct, "23 09:20", field="id", value="x", reason="x")
    state = replay(inquiry(before, bad, after))
    assert (state.events, state.phase) == ([before, after], PENDING)


@pytest.mark.parametrize("name", CORRECTABLE)
def test_each_correctable_value_is_corrected(name):
    """A correction changes what the header says, never the header's line."""
    moment = "2026-11-22T08:00:00+08:00"
    value = {"received": moment, "promised": moment, "confidential": "是"}.get(name, "新值")
    fixed = corrected(inquiry(), event(Correct, "23 10:00", field=name, value=value, reason="笔误"))
    where, _, inner = name.partition(".")
    part = getattr(fixed, where)
    found = getattr(part, inner) if inner else part
    if name == "about":  # somebody is added to those whom it is about
        found = ",".join(found)
    assert found == {moment: at("2026-11-22 08:00"), "是": True}.get(value, value)


@pytest.mark.parametrize("first", [(), ("lijie",), ("wangfang", "lijie")])
def test_whom_it_is_about_only_grows(first):
    """Who stands there stays; who stands there already is not named twice."""
    add = event(Correct, "23 10:00", field="about", value="lijie", reason="查明")
    assert corrected(inquiry(about=first), add).about == (*(p for p in first if p != "lijie"), "lijie")


@pytest.mark.parametrize(
    "name, value, why",
    [
        ("first_responder", "lijie", "“first_responder”不能更正；可更正：受理时间、渠道、类别、"),
        ("id", "x", "不能更正"),
        ("inquirer.anonymous", "x", "不能更正"),
        ("received", "昨天", "不是合法的时间"),
        ("promised", "2026-11-24T09:00:00", "缺少时区"),
        ("confidential", "否", "保密只能改为“是”"),
    ],
)
def test_other_corrections_are_disputes(name, value, why):
    """Who was first asked is not corrected away; a wrong time is no time."""
    bad = event(Correct, "23 10:00", field=name, value=value, reason="x")
    state = replay(inquiry(bad))
    assert state.inquiry == inquiry(bad) and state.events == []
    assert why in state.disputes[0].text
