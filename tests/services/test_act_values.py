"""What an act says where whoever acts does not say it: whom to ask, what to take back, what to join, what to hide."""

from dataclasses import replace
from datetime import date

import pytest

from shouwen.core.errors import NotFound, Refused
from shouwen.core.inquiry.events import Accept, Escalate, Join, Note, Withdraw
from shouwen.services.act_values import hidden_too, leader_above, main_inquiry, own_last
from tests.support.records import BUMEN, event, handoff, inquiry, policy

DAY = date(2026, 11, 23)
OTHER = "20261123-AAAAAA"


def written(desk, *events, **header):
    """An inquiry on disk; its id."""
    return desk.ledger.create(inquiry(*events, **header)).content.id


@pytest.mark.parametrize(
    ("events", "actor", "asked"),
    [
        ((), "wangfang", "zhaojun"),
        (
            (handoff("23 09:05"), event(Accept, "23 09:06", "lijie")),
            "lijie",
            "sunmei",
        ),  # whoever holds it now
        ((handoff("23 09:05"), event(Accept, "23 09:06", "lijie")), "wangfang", "sunmei"),
    ],
)
def test_the_leader_of_the_department_that_holds_it_is_asked_first(desk, events, actor, asked):
    """The chain begins where the matter is, not where it came in, nor where whoever acts sits."""
    name = written(desk, *events)
    assert leader_above(replace(desk, actor=actor), name, DAY) == asked


def test_nobody_is_asked_who_was_asked_or_acts_or_is_concerned(desk):
    """Each time one further up; where nobody is left that is said, with the ways out."""
    asked = written(desk, event(Escalate, "23 09:05", to="zhaojun", text="请指定"))
    acting = written(desk, id=OTHER)
    about = written(desk, id="20261123-BBBBBB", about=("zhaojun",))
    for name, who in ((asked, "wangfang"), (acting, "zhaojun"), (about, "wangfang")):
        with pytest.raises(NotFound, match="审批科之上没有可请示的领导；用 --to 写明"):
            leader_above(replace(desk, actor=who), name, DAY)


def test_ones_own_last_act_is_taken_back(desk):
    """Not somebody else's later one; what was taken back is not the last, and is not taken back twice."""
    name = written(
        desk,
        event(Note, "23 09:02", text="一", id="aaaa"),
        event(Note, "23 09:03", text="二", id="bbbb"),
        event(Note, "23 09:04", "zhaojun", text="三", id="cccc"),
    )
    assert own_last(desk, name) == "bbbb"
    assert own_last(replace(desk, actor="zhaojun"), name) == "cccc"
    with pytest.raises(Refused, match="没有自己记的事可以撤回"):
        own_last(replace(desk, actor="lijie"), name)
    taken = event(Withdraw, "23 09:05", event="bbbb", reason="记错")
    desk.ledger.append(desk.ledger.read(desk.ledger.find(name)), taken)
    with pytest.raises(Refused, match="刚撤回过 bbbb"):
        own_last(desk, name)


def test_an_inquiry_joins_another_that_stands_by_itself(desk):
    """Not itself, by whatever part of its id; not one that was joined to a third, which is named."""
    one, two = written(desk), written(desk, id=OTHER)
    path = desk.ledger.find(two)
    assert main_inquiry(desk, one, path) == two
    with pytest.raises(Refused, match="不能并入自己"):
        main_inquiry(desk, "AAAA", path)
    third = written(desk, id="20261123-BBBBBB")
    desk.ledger.append(desk.ledger.read(path), event(Join, "23 09:10", into=third, reason="同一件"))
    with pytest.raises(Refused, match=f"{two} 已并入 {third}，请写 --into {third}"):
        main_inquiry(desk, one, path)


@pytest.mark.parametrize(
    ("regulation", "header", "right", "hidden"),
    [
        ("fayuan", {}, {"category": "反映干警"}, True),
        ("fayuan", {}, {"category": "咨询"}, False),
        ("fayuan", {}, {"subject": "反映干警"}, False),
        ("fayuan", {}, {"category": "反映干警", "confidential": "是"}, False),  # said by itself
        ("fayuan", {"confidential": True}, {"category": "反映干警"}, False),  # kept apart already
        ("bumen", {}, {"category": "举报"}, False),  # secret by its name
    ],
)
def test_what_becomes_protected_is_kept_apart_too(desk, regulation, header, right, hidden):
    """Only a category can bring it under what the regulation keeps apart, and only once."""
    rules = policy(regulation) if regulation != "bumen" else BUMEN
    assert hidden_too(desk, rules, written(desk, **header), right) is hidden
