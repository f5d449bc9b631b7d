"""The cases of tests/cases/accountability: what was decided, and what follows from it."""

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from shouwen.core.accountability.appraisal import appraise, leaders_to_review
from shouwen.core.accountability.case import Case
from shouwen.core.accountability.case_findings import case_findings
from shouwen.core.accountability.charge import elements
from shouwen.core.accountability.lifecycle import replay_case
from shouwen.core.accountability.proposals import Earlier, propose
from shouwen.core.office.chart import Department, Tenure
from shouwen.store.yaml import load
from tests.support.clock import ZONE, at
from tests.support.places import TESTS
from tests.support.records import BUMEN, policy
from tests.support.roster import OFFICE

FOLDER = TESTS / "cases" / "accountability"


def cases(file: str):
    """Every case of a file, under its name."""
    for name, case in load((FOLDER / file).read_bytes(), file).items():
        yield pytest.param(case, id=name)


def written(name: str, said: dict, rules) -> Case:
    """The record that a case describes; its events are numbered from 1 in the order written."""
    said = dict(said)
    occurred = str(said.pop("occurred", "2026-01-05"))
    events = []
    rule = rules.violations.get(said.get("violation", "推诿"))
    needed = list(elements(rule)) if rule else []
    if day := said.pop("verified", ""):
        events.append({"at": day, "do": "核实", "finding": "查实", "needs": said.pop("needs", needed)})
    if decided := said.pop("decided", None):
        decided = dict(decided)
        day = str(decided.pop("on"))
        if not events:
            seen = {"do": "核实", "finding": "查实", "needs": said.pop("needs", needed)}
            events.append({"at": f"{day.partition(' ')[0]} 00:01"} | seen)
        if "责令限期改正" in decided["measures"]:  # a month, unless the case says otherwise
            decided.setdefault("complete_by", str(date.fromisoformat(day[:10]) + timedelta(days=30)))
        events.append({"at": day, "do": "决定", "authority": "团党委", **decided})
    events += said.pop("events", [])
    for n, event in enumerate(events, 1):
        event = {"id": str(n), "by": "zhaojun", **event}
        events[n - 1] = event | {"at": moment(event["at"])}
    violation = said.get("violation", "推诿")
    known = rules.violations.get(violation)
    header = {
        "id": name, "reported": moment(said.pop("reported", f"{occurred} 09:00")), "by": "zhaojun",
        "violation": violation, "article": known.article if known else "四", "occurred": occurred,
        "summary": name, "policy": "bumen",
    }  # fmt: skip
    if "department" not in said:
        header["staff"] = "wangfang"
    return msgspec.convert(header | said | {"events": events}, Case)


def moment(text: str) -> str:
    """A moment as a record has it: the ledger's zone, unless another is written."""
    return text if "+" in str(text) or "Z" in str(text) else at(str(text)).isoformat()


def replayed(case: dict, rules) -> list:
    """The states of all records of a case, by the end."""
    until = at(case["until"]) if "until" in case else None
    return [replay_case(written(name, said, rules), until) for name, said in case["cases"].items()]


@pytest.mark.parametrize("case", list(cases("decisions.yaml")))
def test_decisions(case) -> None:
    """Where each record stands and everything that is wrong with it: all of it, and nothing else."""
    rules = policy(**case.get("regulation", {}))
    states = replayed(case, rules)
    found = case_findings(rules, states, ZONE)
    until = at(case["until"]).timestamp() + 1 if "until" in case else float("inf")
    for s in states:  # each act either took effect or is disputed
        known = sorted(e.id for e in s.case.events if e.at.timestamp() < until)
        assert sorted([e.id for e in s.events] + [d.event.id for d in s.disputes]) == known
    got = {
        s.case.id: {
            "status": s.status,
            "measures": list(s.measures),
            "findings": [
                f"{f.article} {f.name}{'（拒绝）' if f.refuse else ''} {f.event}：{f.text}" for f in found[s.case.id]
            ],
        }
        for s in states
    }  # fmt: skip
    assert got == {
        name: {"status": "已决定", "measures": got[name]["measures"], **expected}
        for name, expected in case["expect"].items()
    }


@pytest.mark.parametrize("case", list(cases("proposals.yaml")))
def test_proposals(case) -> None:
    """What the regulation has for one more case on a day: the article, the occasion, the words."""
    rules = policy(**case.get("regulation", {}))
    new = written("新", case.get("new", {}), rules)
    found = propose(
        rules, replay_case(new), Earlier(ZONE, replayed(case, rules)), date.fromisoformat(case["on"])
    )
    assert {
        "article": found.article, "occasion": found.occasion, "measures": str(found), "note": found.note,
    } == case["expect"]  # fmt: skip
    assert found.accepts(case["decided"]) is case["as_proposed"] if "decided" in case else True


@pytest.mark.parametrize("case", list(cases("appraisals.yaml")))
def test_appraisals(case) -> None:
    """One person's year: counts, what they close or force, by which cases, and what is still open."""
    rules = policy(**case.get("regulation", {}))
    scale = case.get("scale")
    office = OFFICE
    if scale:
        staff = structs.replace(OFFICE.staff["wangfang"], scale=scale)
        office = structs.replace(OFFICE, staff=OFFICE.staff | {"wangfang": staff})
    filing = {"bumen": rules, "别的": policy(filing={"values": ["责令限期改正"]})}.get
    found = appraise(rules, office, "wangfang", replayed(case, rules), case.get("year", 2026), ZONE, filing)
    assert (found.id, found.person) == ("wangfang", office.staff["wangfang"])
    expected = {"counts": {}, "excellent_allowed": True, "award_allowed": True, "grade": None, "actions": [],
                "provisional": [], "unfiled": [], "reached": []} | case["expect"]  # fmt: skip
    got = {key: getattr(found, key) for key in expected}
    got["reached"] = [
        f"{r.threshold.article} {r.window}{r.threshold.measure}：{'、'.join(s.case.id for s in r.cases)}"
        for r in found.reached
    ]
    assert {k: list(v) if isinstance(v, tuple) else v for k, v in got.items()} == expected


# In 2026 the section changed hands on 1 March.
CHANGED = structs.replace(
    OFFICE,
    departments=OFFICE.departments | {"审批科": Department(
        leader=(Tenure(staff="heping", until=date(2026, 2, 28)), Tenure(staff="zhaojun", from_=date(2026, 3, 1))))},
)  # fmt: skip


@pytest.mark.parametrize("case", list(cases("leaders.yaml")))
def test_leaders(case) -> None:
    """Whose leadership is looked at: of the day of the act, where the case's own regulation says so."""
    strict = policy(violations={"推诿": {"review_leader": True}})
    found = leaders_to_review(
        {"bumen": BUMEN, "从严": strict}.get, CHANGED, replayed(case, strict), 2026, ZONE
    )
    assert [f"{r.leader}：{r.state.case.id}" for r in found] == case["expect"]


DAYS = st.dates(date(2024, 12, 1), date(2027, 2, 1))
DECIDED = st.lists(
    st.tuples(DAYS, st.sampled_from(["诫勉教育", "效能告诫", "取消评先资格", "责令限期改正"])), max_size=8
)


def decisions(found: list[tuple[date, str]], *more: dict) -> list:
    """Decided cases of 王芳, numbered in the order given."""
    return [
        replay_case(written(str(n), {"decided": {"on": str(day), "measures": [measure], "reason": "x"},
                                     "events": list(more)}, BUMEN))
        for n, (day, measure) in enumerate(found)
    ]  # fmt: skip


def appraised(states: list):
    """王芳's year 2026."""
    return appraise(BUMEN, OFFICE, "wangfang", states, 2026, ZONE)


def a_year_before(day: date) -> date:
    """The same day a year earlier, counted without the program's help."""
    return (
        date(day.year - 1, 2, 28)
        if (day.month, day.day) == (2, 29)
        else date(day.year - 1, day.month, day.day)
    )


@given(DECIDED)
def test_article_nine_by_counting(found: list[tuple[date, str]]) -> None:
    """Whatever was decided when: 优秀 closes and 不称职 is forced just where the clause's own numbers say so."""

    def this_year(measure: str) -> int:
        return sum(what == measure and day.year == 2026 for day, what in found)

    def within_a_year(measure: str) -> int:
        days = [day for day, what in found if what == measure]
        return max(
            (sum(a_year_before(end) < day <= end for day in days) for end in days if end.year == 2026),
            default=0,
        )

    failed = within_a_year("诫勉教育") >= 3 or within_a_year("效能告诫") >= 2
    got = appraised(decisions(found))
    assert got.grade == ("不称职" if failed else None) and bool(got.actions) == failed
    assert got.excellent_allowed == (not failed and this_year("诫勉教育") < 2 and this_year("效能告诫") < 1)
    assert got.award_allowed == (this_year("取消评先资格") == 0)
    assert got.counts == {
        what: this_year(what) for what in sorted({w for day, w in found if day.year == 2026})
    }


@given(DECIDED, st.randoms(use_true_random=False))
def test_the_order_of_the_files_decides_nothing(found: list[tuple[date, str]], chance) -> None:
    """Two clones list the same cases in another order and come to the same result."""
    states = decisions(found)
    mixed = list(states)
    chance.shuffle(mixed)
    one, other = appraised(states), appraised(mixed)
    assert (one.reached, one.counts, one.actions) == (other.reached, other.counts, other.actions)
    assert set(one.unfiled) == set(other.unfiled)


@given(DECIDED, DECIDED)
def test_one_more_decision_never_opens_what_was_closed(
    found: list[tuple[date, str]], more: list[tuple[date, str]]
) -> None:
    """A heavier record is never milder."""
    few, many = appraised(decisions(found)), appraised(decisions(found + more))
    assert many.excellent_allowed <= few.excellent_allowed and many.award_allowed <= few.award_allowed
    assert few.grade in (None, many.grade) and set(few.actions) <= set(many.actions)


@given(DECIDED)
def test_a_revoked_decision_is_none(found: list[tuple[date, str]]) -> None:
    """Revoked, all of it is as if nobody had decided."""
    gone = decisions(found, {"at": "2027-03-01", "do": "撤销", "reason": "事实不清"})
    nothing = appraised([])
    assert appraised(gone) == nothing and nothing.excellent_allowed
