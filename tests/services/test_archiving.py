"""Settled records go out of the nightly way; whatever still waits for somebody stays."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shouwen.core.errors import Problem
from shouwen.core.inquiry.events import Accept, Note
from shouwen.services.archiving import archived
from tests.support.clock import at
from tests.support.records import close, event, inquiry

CLOSED = at("24 10:00")


def test_what_is_closed_so_long_is_moved(desk):
    """On the day and not before; the setting counts where no number is given; what is moved is named with both places."""
    record = desk.ledger.create(inquiry(close("24 10:00")))
    there = record.path.replace("inquiries/", "archive/")
    problems: list[Problem] = []
    for days, now in ((5, CLOSED + timedelta(days=5)), (0, CLOSED), (None, CLOSED + timedelta(days=90))):
        early = replace(desk, now=now - timedelta(seconds=1))
        assert list(archived(early, days, problems)) == []
        late = replace(desk, now=now)
        assert list(archived(late, days, problems, write=False)) == [(record.content.id, ())]
        assert list(archived(late, days, problems)) == [(record.content.id, (record.path, there))]
        assert desk.ledger.read(there).raw == record.raw and problems == []
        desk.ledger.move(there, "inquiries")


@pytest.mark.parametrize(
    "events",
    [
        (),
        (event(Note, "24 10:00", text="在办"),),
        (event(Accept, "23 10:00", "lijie"), close("24 10:00")),  # a move without effect is to be looked at
    ],
)
def test_what_is_open_or_in_dispute_stays(desk, events):
    """However long ago it was."""
    desk.ledger.create(inquiry(*events))
    problems: list[Problem] = []
    assert list(archived(replace(desk, now=CLOSED + timedelta(days=400)), 0, problems)) == [] == problems


def test_what_a_limit_still_runs_for_stays(desk):
    """A call-back that is still to be made keeps its inquiry in the nightly report."""
    record = desk.ledger.create(inquiry(close("24 10:00"), policy="jianding", category="咨询"))
    limits = desk.ledger.policy("jianding").limits
    later = replace(desk, now=CLOSED + timedelta(days=200))
    moved = [name for name, _ in archived(later, 0, [], write=False)]
    assert moved == ([] if "回访" in limits else [record.content.id])


def test_a_record_that_cannot_be_read_is_told(desk):
    """The others are moved all the same."""
    desk.ledger.create(inquiry(close("24 10:00")))
    record = desk.ledger.create(inquiry(close("24 10:00"), id="20261123-AAAAAA"))
    with open(f"{desk.ledger.root}/{record.path}", "ab") as file:
        file.write(b"- {\n")
    problems: list[Problem] = []
    moved = [name for name, _ in archived(replace(desk, now=CLOSED + timedelta(days=9)), 5, problems)]
    assert moved == ["20261123-K7Q4QX"]
    assert {p.path for p in problems} == {record.path}
