"""Acts in a case: in their order, after its opening, each told with what follows."""

from dataclasses import replace
from datetime import date

import pytest

from shouwen.core.accountability.case import Case, Decide, File, Verify
from shouwen.core.errors import BadData, Refused
from shouwen.services.case_act import act, open_case, proposed, states
from tests.support.clock import at


def case(staff: str = "wangfang", **values) -> Case:
    """王芳 is said to have turned somebody away."""
    header = {"id": "", "reported": at("21 09:00"), "by": "heping", "staff": staff, "violation": "推诿",
              "article": "四", "occurred": date(2026, 11, 20), "summary": "推", "policy": "bumen"}  # fmt: skip
    return Case(**(header | values))


@pytest.fixture
def opened(desk):
    """A desk of 何平, and the case that was opened there."""
    name = next(n for n, v in desk.ledger.policy("bumen").violations.items() if v.article == "四")
    desk = replace(desk, actor="heping")
    return desk, open_case(desk, case(violation=name))


def verify(key, when, by):
    """What builds an examination that confirms it."""
    return Verify(key, when, by, "查实")


def test_opened_under_its_day(opened):
    """The number says the day on which it was reported; a proposal is at hand."""
    _, done = opened
    assert done.state.case.id.startswith("S20261121-") and done.what == f"立案 {done.state.case.id}"
    assert done.path == f"sanctions/2026/{done.state.case.id}.yaml"
    assert (done.proposal().occasion, done.proposal().measures) == (1, ("责令限期改正",))


def test_in_its_order(opened):
    """Examined, then decided; a decision first, or an act before the opening, is refused and unwritten."""
    desk, done = opened
    name, raw = done.state.case.id, desk.ledger.read(done.path).raw
    with pytest.raises(Refused):
        act(desk, name, at("22 09:00"), File)
    with pytest.raises(Refused, match="早于立案"):
        act(desk, name, at("21 08:59"), verify)
    assert desk.ledger.read(done.path).raw == raw
    found = act(desk, name, at("22 09:00"), verify)
    assert found.state.status == "已查实" and found.what == f"核实 {name}"


def test_a_later_occasion_is_proposed_more(opened):
    """The ladder counts what was decided before, of this person and violation alone."""
    desk, first = opened
    name, violation = first.state.case.id, first.state.case.violation
    act(desk, name, at("22 09:00"), verify)
    decide = lambda k, w, by: Decide(k, w, by, ("责令限期改正",), "团党委")  # noqa: E731
    act(desk, name, at("22 10:00"), decide)
    again = open_case(desk, case(violation=violation, reported=at("22 11:00")))
    other = open_case(desk, case("zhaojun", violation=violation, reported=at("22 11:00")))
    assert (again.proposal().occasion, other.proposal().occasion) == (2, 1)
    assert proposed(desk, first.policy, states(desk)[0][1]).occasion == 1


def test_what_cannot_be_read_is_not_passed_over(opened):
    """A proposal that left a case out would be too mild: it is refused, unless problems are collected."""
    desk, _ = opened
    bad = desk.ledger.root + "/sanctions/2026/S20261120-AAAAAA.yaml"
    with open(bad, "w", encoding="utf-8") as file:
        file.write("id: [")
    with pytest.raises(BadData):
        states(desk)
    problems: list = []
    assert len(states(desk, problems)) == 1 and problems
