"""Every role of every act on the days at the edge: the first and last in office, on leave, in a leader's seat."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec import structs

from shouwen.core.accountability.case import CASE_EVENTS
from shouwen.core.accountability.lifecycle import CaseState
from shouwen.core.accountability.powers import why_not_step
from shouwen.core.inquiry.events import Extend
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.office.chart import Absence, Department, Post, Staff, Tenure
from shouwen.core.office.powers import ask
from tests.core.office.test_powers_table import CASE, MEASURES, OFFICE, STORY, places, step
from tests.support.records import BUMEN

ZONE = ZoneInfo("Asia/Shanghai")
EDGE = date(2026, 11, 24)
BEFORE, AFTER = EDGE - timedelta(days=1), EDGE + timedelta(days=1)
HOUSE = "处0"
# How somebody's roster has EDGE for a limit, and whether he is there on the day before, on it, and after.
EDGES = {
    "last day": ({"until": EDGE}, (True, True, False)),
    "first day": ({"from_": EDGE}, (False, True, True)),
    "last day of the last post": ({"department": "", "posts": (Post(department="办公室", until=EDGE),)}, (True, True, False)),
    "first of two posts": ({"department": "", "posts": (Post(department="办公室", until=EDGE), Post(department="规划科", from_=AFTER))},
                           (True, True, True)),
    "between two posts": ({"department": "", "posts": (Post(department="办公室", until=BEFORE), Post(department="规划科", from_=AFTER))},
                          (True, False, True)),
    "on leave that day": ({"away": (Absence(from_=EDGE, until=EDGE, why="病假"),)}, (True, False, True)),
    "leave begins": ({"away": (Absence(from_=EDGE, why="产假"),)}, (True, False, False)),
    "leave ends": ({"away": (Absence(until=EDGE, why="产假"),)}, (False, False, True)),
    "seconded beside": ({"department": "", "posts": (Post(department="办公室"), Post(department="规划科", kind="借调", from_=EDGE))},
                        (True, True, True)),
}  # fmt: skip


def office_with(**values):
    """The office in which 何好, leader of a department, has these days."""
    person = structs.replace(OFFICE.staff["fine"], **values)
    return structs.replace(OFFICE, staff=OFFICE.staff | {"fine": person})


def rules_broken(office, event) -> set[str]:
    """What an act lacks, that it is led by nobody apart."""
    found = {b.rule for b in ask(office, BUMEN, replay(STORY), event, ZONE)}
    return found - {"领导"}


@pytest.mark.parametrize("hour", [0, 12, 23])
@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("place", places(), ids=lambda p: f"{p.kind.__name__}-{p.field}")
def test_whoever_is_named_is_there_that_very_day(place, edge, hour):
    """By the local day of the act, from its first minute to its last; the day before and after alike."""
    values, there = EDGES[edge]
    office = office_with(**values)
    for day, present in zip((BEFORE, EDGE, AFTER), there, strict=True):
        event = structs.replace(
            place.put("fine"), at=datetime(day.year, day.month, day.day, hour, 59, tzinfo=ZONE)
        )
        assert ("在岗" in rules_broken(office, event)) is not present, (day, present)


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("word", CASE_EVENTS)
def test_whoever_takes_a_step_is_there_that_very_day(word, edge):
    """Every step of a case but the appeal, which somebody who has left makes too."""
    values, there = EDGES[edge]
    for day, present in zip((BEFORE, EDGE, AFTER), there, strict=True):
        taken = structs.replace(
            step(word, "fine"), at=datetime(day.year, day.month, day.day, 12, tzinfo=ZONE)
        )
        why = why_not_step(
            office_with(**values), BUMEN, CaseState(CASE, measures=MEASURES), word, taken, ZONE
        )
        assert (why == "") is (present or word == "申诉"), (day, why)


LEADING = [p for p in places() if p.field in ("approved_by", "signed_by", "on_behalf_of")]


@pytest.mark.parametrize("place", LEADING, ids=lambda p: f"{p.kind.__name__}-{p.field}")
def test_a_leader_is_one_of_that_day(place):
    """The seat changed hands overnight: the one leads up to it, the other from then on, nobody in a gap."""
    seats = {
        "handed on": (
            (Tenure(staff="fine", until=EDGE), Tenure(staff="plain", from_=AFTER)),
            ("fine", "fine", "plain"),
        ),
        "empty for a day": (
            (Tenure(staff="fine", until=BEFORE), Tenure(staff="plain", from_=AFTER)),
            ("fine", "", "plain"),
        ),
    }
    for seat, leads in seats.values():
        office = structs.replace(OFFICE, departments=OFFICE.departments | {HOUSE: Department(leader=seat)})
        for day, leader in zip((BEFORE, EDGE, AFTER), leads, strict=True):
            for who in ("fine", "plain"):
                event = structs.replace(
                    place.put(who), at=datetime(day.year, day.month, day.day, 12, tzinfo=ZONE)
                )
                found = [
                    b
                    for b in ask(office, BUMEN, replay(structs.replace(STORY, about=())), event, ZONE)
                    if b.rule == "领导"
                ]
                assert (found == []) is (who == leader), (day, who, found)
                assert all("可由" in b.text for b in found)


def chain(*links: tuple[str, str]):
    """The office in which each is on leave and the next deputises."""
    staff = {
        who: structs.replace(OFFICE.staff[who], away=(Absence(from_=EDGE, why="出差", deputy=deputy),))
        for who, deputy in links
    }
    return structs.replace(OFFICE, staff=OFFICE.staff | staff)


def test_a_deputy_leads_while_the_leader_is_away():
    """One who stands in may approve; one whose own deputy is away as well is no way in for a third person who is not."""
    place = next(p for p in LEADING if p.kind is Extend and p.field == "approved_by")
    event = structs.replace(place.put("plain"), at=datetime(2026, 11, 24, 12, tzinfo=ZONE))
    story = replay(structs.replace(STORY, about=()))

    def lacking(office) -> set[str]:
        return {b.rule for b in ask(office, BUMEN, story, event, ZONE)}

    assert lacking(OFFICE) == {"领导"}
    assert lacking(chain(("fine", "plain"))) == set()
    assert lacking(chain(("fine", "away"), ("clerk", "plain"))) == set()
    gone = structs.replace(OFFICE.staff["plain"], until=BEFORE)
    office = chain(("fine", "plain"))
    assert lacking(structs.replace(office, staff=office.staff | {"plain": gone})) == {"在岗"}


def test_who_deputises_for_somebody_concerned():
    """The leader complained of is on leave: whoever stands in leads his department, and works under him."""
    place = next(p for p in LEADING if p.kind is Extend and p.field == "approved_by")
    office = chain(("fine", "plain"))
    state = replay(structs.replace(STORY, about=("fine",)))
    under = structs.replace(office.staff["plain"], department=HOUSE)
    office = structs.replace(office, staff=office.staff | {"plain": under})
    event = structs.replace(place.put("plain"), at=datetime(2026, 11, 24, 12, tzinfo=ZONE))
    assert {b.rule for b in ask(office, BUMEN, state, event, ZONE)} == {"回避"}


def test_somebody_of_two_departments():
    """Of a leader complained of, everybody who has a post under him is concerned, though the main one is elsewhere."""
    two = Staff(name="陈实", posts=(Post(department="规划科"), Post(department="办公室", kind="兼职")))
    office = structs.replace(OFFICE, staff=OFFICE.staff | {"plain": two})
    place = next(p for p in places() if p.field == "by")
    event = structs.replace(place.put("plain"), at=datetime(2026, 11, 24, 12, tzinfo=ZONE))
    for leader, concerned in (("top", True), ("clerk", True), ("own", False)):
        state = replay(structs.replace(STORY, about=(leader,), first_responder="agent", department="规划科"))
        assert ("回避" in {b.rule for b in ask(office, BUMEN, state, event, ZONE)}) is concerned, leader
