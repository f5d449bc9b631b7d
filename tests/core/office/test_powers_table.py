"""Every act × every role × every standing: who may be named in it, who may not, and by which article.

Nothing is picked by hand: the acts are those that the ledger knows, the roles are read off each
act's fields, and each person stands in the roster in one way.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from msgspec import structs
from msgspec.structs import fields

from shouwen.core.accountability.case import CASE_EVENTS, Case
from shouwen.core.accountability.lifecycle import CaseState
from shouwen.core.accountability.powers import case_breaches, was_not_there, why_not_step
from shouwen.core.inquiry.events import (
    EVENTS,
    Contact,
    Escalate,
    Event,
    Handoff,
    Instruct,
    Issue,
    Note,
    Target,
)  # fmt: skip
from shouwen.core.inquiry.header import Agent, Inquirer, Inquiry
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.office.chart import Absence, Department, Staff
from shouwen.core.office.powers import (
    HEADER_ROLES,
    POWERS,
    ROLES,
    STATEMENT,
    ask,
    asked_at_intake,
    intake_breaches,
    intake_refusal,
    power_of,
    roles,
)
from shouwen.core.office.roster import Config, Office
from tests.support.clock import at
from tests.support.records import BUMEN, inquiry

ZONE = ZoneInfo("Asia/Shanghai")
WHEN = at("24 10:00")
# One leader of 办公室 for each standing, so that nothing else stands against any of them.
STANDINGS = {
    "fine": Staff(name="何好", department="办公室"),
    "concerned": Staff(name="何涉", department="办公室"),
    "away": Staff(name="何假", department="办公室", away=(Absence(from_=date(2026, 11, 20), why="产假"),)),
    "left": Staff(name="何去", department="办公室", until=date(2026, 11, 23)),
    "not yet": Staff(name="何来", department="办公室", from_=date(2026, 11, 25)),
    "own": Staff(name="王芳", department="审批科"),
}
OFFICE = Office(
    config=Config(name="某局", policy="bumen"),
    departments={
        "审批科": Department(leader="own"),
        "规划科": Department(leader="clerk"),
        **{f"处{n}": Department(leader=key) for n, key in enumerate(STANDINGS) if key != "own"},
        "办公室": Department(leader="top"),
    },
    staff=STANDINGS | {
        "clerk": Staff(name="李洁", department="规划科"), "top": Staff(name="何平", department="办公室"),
        "plain": Staff(name="陈实", department="规划科"), "agent": Staff(name="何代", department="规划科"),
    },
    matters={},
)  # fmt: skip
ABOUT = ("concerned",)
STORY = inquiry(first_responder="own", department="审批科", about=ABOUT)


def sample(kind: type[Event], /, **more) -> Event:
    """An act of a kind by somebody who may do it, with what it cannot be without."""
    values: dict = {"id": "e1", "at": WHEN, "by": "top"}
    for one in fields(kind)[3:]:
        if one.required:
            bare = [a for a in (get_args(one.type) or (one.type,)) if isinstance(a, type)]
            guess = {str: "x", Target: Target("规划科", "clerk"), tuple: ("x",), datetime: WHEN}
            values[one.name] = next((guess[b] for b in bare if b in guess), ("x",))
    for name in ("approved_by", "signed_by"):
        if name in values:
            values[name] = "clerk"
    if kind is Escalate:
        values["to"] = "clerk"
    return kind(**(values | more))


@dataclass(frozen=True)
class Place:
    """Where in an act a person is named: the field, and the act with somebody there."""

    kind: type[Event]
    field: str

    def put(self, person: str) -> Event:
        """The act with that person in that place."""
        if self.field in ("to", "designate") and self.kind is not Escalate:
            return sample(self.kind, **{self.field: Target("规划科", person)})
        if self.field == "contact":
            return sample(self.kind, contact=Contact(person))
        return sample(self.kind, **{self.field: person})


def places() -> list[Place]:
    """Every place of every act in which a person can be named."""
    named = set(ROLES) - {"to", "asked", "joint"}
    return [
        Place(kind, one.name)
        for kind in EVENTS.values() for one in fields(kind)
        if one.name in named or one.name == "to" and kind in (Handoff, Escalate)
    ]  # fmt: skip


def found(event: Event, **header) -> list[tuple[str, str]]:
    """(rule, words) of what stands against an act."""
    state = replay(structs.replace(STORY, **header))
    return [(b.rule, b.text) for b in ask(OFFICE, BUMEN, state, event, ZONE)]


# What a field says that names nobody who takes part: a time, a text, a place, a number, a department.
NOBODY = {
    "id", "at", "reason", "mode", "absent", "contact_by", "said", "text", "promised", "kind", "material", "procedure",
    "limit", "fee", "basis", "written", "until", "workdays", "told", "when", "place", "due", "number", "form", "missing",
    "outcome", "result", "not_told", "rating", "resolved", "comment", "field", "value", "event", "into", "consultation",
}  # fmt: skip
NOBODY_IN_A_STEP = {
    "id", "at", "finding", "text", "needs", "violation", "tier", "grounds", "measures", "number", "reason", "published",
    "complete_by", "until", "sums", "unit_measures", "ground",
}  # fmt: skip
NOBODY_IN_A_HEADER = {
    "id", "received", "channel", "category", "subject", "detail", "first_reason", "department", "scope", "matter", "urgency",
    "promised", "case_closed", "confidential", "imported", "not_judged", "urgency_stated", "policy", "events",
}  # fmt: skip


def test_every_field_is_a_role_or_names_nobody():
    """A new field is entered in one of the two tables: who may stand in it is never left open."""
    for kind in EVENTS.values():
        for one in fields(kind):
            role = one.name in ROLES and not (kind is Issue and one.name == "to")  # to whom a paper was given
            assert role or one.name in NOBODY | {"to"}, (kind, one.name)
    for kind in CASE_EVENTS.values():
        unknown = {one.name for one in fields(kind)} - NOBODY_IN_A_STEP - {"by", "authority"}
        assert not unknown, (kind, unknown)
    asked = {*HEADER_ROLES, "about", "agent", "inquirer"}
    assert {one.name for one in fields(Inquiry)} == NOBODY_IN_A_HEADER | asked


def test_every_act_and_step_has_its_row():
    """A new act without its row, or a row without its act, is found."""
    assert set(POWERS) == {"受理", "立案", *EVENTS, *CASE_EVENTS}
    assert (
        {"by", "approved_by", "signed_by", "on_behalf_of", "to", "designate", "contact"}
        <= {p.field for p in places()}
        <= set(ROLES)
    )


@pytest.mark.parametrize("place", places(), ids=lambda p: f"{p.kind.__name__}-{p.field}")
@pytest.mark.parametrize("standing", [*STANDINGS, "unknown"])
def test_who_may_be_named_where(place, standing):
    """In post and at work, not concerned, not oneself where another must judge; each by its article."""
    event = place.put(standing)
    expected = {
        "fine": set(), "concerned": {"回避"}, "away": {"在岗"}, "left": {"在岗"}, "not yet": {"在岗"},
        "own": {"本人不批"} if place.field in ("approved_by", "signed_by") else set(),
        "unknown": set() if place.field == "contact" else {"在岗"},  # whom to ask may be an outsider
    }[standing]  # fmt: skip
    got = found(event)
    # who is not known, or not there, leads nothing either: that an instruction needs a leader is said too
    assert {rule for rule, _ in got} - {"领导"} == expected, got
    article = {"回避": "信访工作条例第三十条", "本人不批": "公务员法第七十六条", "在岗": "默认"}
    assert all(f"（{article[rule]}）" in text for rule, text in got if rule in article)
    assert all("可由" in text or "没有可以" in text for _, text in got)


@pytest.mark.parametrize("kind", EVENTS.values(), ids=list(EVENTS))
def test_whoever_leads_nothing_gives_no_word(kind):
    """An instruction, a designation, an approval, a signature are a leader's or a named body's."""
    leading = [f for f in ("approved_by", "signed_by", "on_behalf_of") if f in kind.__struct_fields__]
    assert [found(sample(kind, **{f: "plain"}))[0][0] for f in leading] == ["领导"] * len(leading)
    by_clerk = {rule for rule, _ in found(sample(kind, by="plain"))}
    assert by_clerk == ({"领导"} if power_of(sample(kind)).leads else set())
    if "on_behalf_of" in kind.__struct_fields__:
        assert found(sample(kind, by="plain", on_behalf_of="top")) == []


def test_a_designation_is_a_leaders():
    """By the mode of a handoff as by an instruction; not for oneself, whoever writes it down."""
    clerk = sample(Handoff, by="plain", mode="指定")
    assert [rule for rule, _ in found(clerk)] == ["领导"]
    assert found(structs.replace(clerk, on_behalf_of="top")) == []
    assert found(structs.replace(clerk, approved_by="top")) == []
    own = sample(Instruct, by="top", designate=Target("办公室", "top"))
    assert [rule for rule, _ in found(own, about=())] == ["本人不批"]
    spoken = sample(Instruct, by="plain", on_behalf_of="clerk", designate=Target("规划科", "clerk"))
    assert [rule for rule, _ in found(spoken)] == ["本人不批"]


@pytest.mark.parametrize("field", ["to", "designate", "joint"])
def test_a_department_of_somebody_complained_of(field):
    """It neither receives nor helps, whoever of it would; one that has ended receives nothing."""
    kind = Instruct if field == "designate" else Handoff
    of_accused = ("办公室",) if field == "joint" else Target("办公室", "fine")
    to = Target("规划科", "clerk")
    event = sample(
        kind, **{"to": to} if kind is Handoff else {}, **{} if field == "to" else {field: of_accused}
    )
    if field == "to":
        event = structs.replace(event, to=of_accused)
    assert [rule for rule, _ in found(event)] == ["回避"]
    assert found(event, about=()) == []


DAYS_OF_A_PLACE = {
    "ended today": ({"until": date(2026, 11, 24)}, True), "ended yesterday": ({"until": date(2026, 11, 23)}, False),
    "merged": ({"until": date(2026, 11, 23), "into": "规划科"}, False), "from today": ({"from_": date(2026, 11, 24)}, True),
    "from tomorrow": ({"from_": date(2026, 11, 25)}, False),
}  # fmt: skip


@pytest.mark.parametrize("field", ["to", "designate", "joint"])
@pytest.mark.parametrize("days", DAYS_OF_A_PLACE)
def test_a_department_is_there_that_very_day(field, days):
    """Not set up yet, or ended: it receives nothing and helps nobody; the refusal says who has its business."""
    values, there = DAYS_OF_A_PLACE[days]
    office = structs.replace(
        OFFICE, departments=OFFICE.departments | {"窗口科": Department(leader="top", **values)}
    )
    place = ("窗口科",) if field == "joint" else Target("窗口科")
    kind = Instruct if field == "designate" else Handoff
    event = sample(kind, **({"to": Target("规划科", "clerk")} if kind is Handoff else {}) | {field: place})
    got = [(b.rule, b.text) for b in ask(office, BUMEN, replay(STORY), event, ZONE)]
    assert [rule for rule, _ in got] == ([] if there else ["在岗"]), got
    assert all("可由" in text for _, text in got)


def test_the_department_of_a_leader_complained_of():
    """Who works under the leader complained of is concerned as the leader is; a clerk's colleagues are not."""
    act = sample(Note, by="plain")
    assert [rule for rule, _ in found(act, about=("clerk",))] == ["回避"]
    assert found(act, about=("plain",)) and not found(sample(Note, by="clerk"), about=("plain",))


def test_what_stays_open_to_somebody_concerned():
    """A statement of one's own, in office or not; nothing else."""
    for who in ("concerned", "left", "away"):
        assert found(sample(Note, by=who, kind=STATEMENT)) == []
        assert found(sample(Note, by=who)) != []


@pytest.mark.parametrize("key", HEADER_ROLES)
@pytest.mark.parametrize("standing", [*STANDINGS, "plain", "agent", "unknown"])
def test_who_may_be_named_at_intake(key, standing):
    """Whoever is asked first, approves a promise or gives the task: there, not concerned, not oneself; a leader where one must be."""
    header = structs.replace(
        STORY,
        received=WHEN,
        first_responder="clerk",
        department="规划科",
        recorded_by="clerk",
        agent=Agent("何代", staff="agent"),
    )
    got = {b.rule for k, b in _at_intake(structs.replace(header, **{key: standing})) if k == key}
    leads = HEADER_ROLES[key].leads
    late = key == "recorded_by"  # written down afterwards
    expected = {
        "fine": set(), "concerned": {"回避"}, "away": set() if late else {"在岗"}, "left": {"在岗"}, "not yet": set() if late else {"在岗"},
        "own": set(), "plain": {"领导"} if leads else set(), "agent": {"本人不批"}, "unknown": {"在岗"} if leads else set(),
    }[standing]  # fmt: skip
    assert got == expected


def _at_intake(header) -> list:
    return list(intake_breaches(asked_at_intake(OFFICE, BUMEN, header, ZONE), header))


def test_nobody_approves_his_own_promise():
    """Neither whoever was asked first nor whoever wrote it down; those who could are others."""
    header = structs.replace(STORY, first_responder="clerk", department="规划科", about=())
    for own in ({"promise_approved_by": "clerk"}, {"promise_approved_by": "own", "recorded_by": "own"}):
        ((key, breach),) = _at_intake(structs.replace(header, **own))
        assert (key, breach.rule) == ("promise_approved_by", "本人不批")
        assert "可由" in breach.text and own["promise_approved_by"] not in breach.text.split("可由")[1]


@pytest.mark.parametrize("place", places(), ids=lambda p: f"{p.kind.__name__}-{p.field}")
@pytest.mark.parametrize("side", ["asker", "agent"])
def test_a_matter_of_ones_own(place, side):
    """A colleague who asks, and an agent who works here, have no part in it, in whatever role; colleagues do."""
    own = {
        "asker": {"inquirer": Inquirer("何好", internal=True, staff="fine")},
        "agent": {"agent": Agent("何好", relation="女儿", staff="fine")},
    }[side]
    got = found(place.put("fine"), about=(), **own)
    assert [rule for rule, _ in got][:1] == (["回避"] if place.field == "contact" else ["本人不批"]), got
    assert found(place.put("top" if place.field == "by" else "clerk"), about=(), **own) == []


def test_nobody_takes_in_a_complaint_about_himself():
    """Not the one complained of, not a clerk under a leader complained of."""
    taken = structs.replace(STORY, first_responder="plain", department="规划科")
    assert "应当回避" in intake_refusal(OFFICE, BUMEN, structs.replace(taken, about=("plain",)), ZONE)
    assert "应当回避" in intake_refusal(OFFICE, BUMEN, structs.replace(taken, about=("clerk",)), ZONE)
    assert intake_refusal(OFFICE, BUMEN, taken, ZONE) == ""


CASE = Case(
    id="S20261123-9DTM2A", reported=at("23 09:00"), by="top", staff="concerned", violation="推诿扯皮", article="四",
    occurred=date(2026, 11, 20), summary="x", policy="bumen",
)  # fmt: skip
MEASURES = ("诫勉教育",)


def step(word: str, by: str, **more) -> Event:
    """A step of a case."""
    kind = CASE_EVENTS[word]
    values: dict = {
        f.name: ("诫勉教育",) if f.name == "measures" else "x" for f in fields(kind)[3:] if f.required
    }
    if "authority" in kind.__struct_fields__:
        values["authority"] = "团党委"
    return kind(id="s1", at=WHEN, by=by, **(values | more))


@pytest.mark.parametrize("word", CASE_EVENTS)
@pytest.mark.parametrize("standing", [*STANDINGS, "unknown"])
def test_who_takes_which_step_of_a_case(word, standing):
    """Nobody in his own case, except to appeal, which is open even to those who have left."""
    before = CaseState(CASE, measures=MEASURES)
    why = why_not_step(OFFICE, BUMEN, before, word, step(word, standing), ZONE)
    lawful = standing in ("fine", "own") or word == "申诉"
    assert (why == "") is lawful, why
    if standing == "concerned" and not lawful:
        assert "政务处分法第四十七条" in why and "可由何平（top）" in why


@pytest.mark.parametrize("word", [w for w, k in CASE_EVENTS.items() if "authority" in k.__struct_fields__])
def test_the_authority_that_deciding_needs(word):
    """Upholding, modifying, revoking and lifting need it too; none named is the one that decided."""
    before = CaseState(CASE, measures=MEASURES, authority="办公室")  # as some earlier version let it pass
    for body, lawful in (("团党委", True), ("办公室", False), ("", False)):
        why = why_not_step(OFFICE, BUMEN, before, word, step(word, "top", authority=body), ZONE)
        assert (why == "") is lawful, (word, body, why)


def judging(word: str, body: str, case) -> str:
    """Why a body may not take a step of a case on the side of nobody else."""
    return why_not_step(OFFICE, BUMEN, CaseState(case, measures=("责令限期改正",)), word,
                        step(word, "top", **{"authority": body, **({"measures": ("责令限期改正",)} if "measures" in CASE_EVENTS[word].__struct_fields__ else {})}), ZONE)  # fmt: skip


@pytest.mark.parametrize("word", [w for w, k in CASE_EVENTS.items() if "authority" in k.__struct_fields__])
@pytest.mark.parametrize("body", ["处1", "concerned", "何涉"])
def test_no_body_judges_in_its_own_case(word, body):
    """Neither the department charged, nor the one that the person charged leads, nor that person by id or name."""
    charges = [CASE] if body != "处1" else [CASE, structs.replace(CASE, staff="", department="处1")]
    for case in charges:
        why = judging(word, body, case)
        assert "政务处分法第四十七条" in why and "可由" in why
    assert judging(word, "办公室", CASE) == ""


def test_what_happened_is_laid_to_who_was_there():
    """Nobody is charged with a day on which he, or the department, was not there."""
    for staff, lawful in (("left", True), ("not yet", False), ("away", True), ("unknown", True)):
        case = structs.replace(CASE, staff=staff, by="top")
        why = was_not_there(OFFICE, case)
        assert (why == "") is lawful, (staff, why)
    office = structs.replace(OFFICE, departments=OFFICE.departments | {
        "窗口科": Department(until=date(2026, 11, 19), into="规划科"), "服务科": Department(until=date(2026, 11, 20))})  # fmt: skip
    for department, lawful in (("窗口科", False), ("服务科", True)):
        case = structs.replace(CASE, staff="", department=department)
        assert (was_not_there(office, case) == "") is lawful


def test_what_stands_in_a_file_is_found():
    """A line written by hand, merged or from an earlier version of the tool."""
    own = structs.replace(CASE, by="concerned", events=(
        structs.replace(step("核实", "concerned"), finding="查实"),
        structs.replace(step("决定", "concerned"), id="s2", at=at("24 11:00")),
        structs.replace(step("申诉", "concerned"), id="s3", at=at("24 12:00")),
        structs.replace(step("维持", "top", authority="办公室"), id="s4", at=at("24 13:00")),
        structs.replace(step("撤销", "concerned"), id="s5", at=at("24 14:00")),
    ))  # fmt: skip
    assert [event for event, _ in case_breaches(OFFICE, BUMEN, own, ZONE)] == ["by", "s1", "s2", "s4", "s5"]


def test_the_roles_are_read_off_the_act():
    """Whoever is named is asked about: the one who acts first."""
    event = sample(Handoff, approved_by="clerk", on_behalf_of="top")
    found = list(roles(event))
    assert found == [("by", "top"), ("to", "clerk"), ("approved_by", "clerk"), ("on_behalf_of", "top")]
