"""A year's appraisal: refused where a count might be wrong, else everybody with what it rests on."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from shouwen.core.accountability.case import Case, Decide, Verify
from shouwen.core.errors import NotFound, Usage
from shouwen.services.appraisal import Unsound, year_of
from shouwen.services.case_act import act, open_case
from shouwen.store.ledger import Ledger
from tests.support.clock import at
from tests.support.records import close, inquiry

END = at("2026-12-31 18:00")


@pytest.fixture
def decided(desk):
    """王芳 handled one inquiry in time and has one decided case; the number of the case."""
    desk.ledger.create(inquiry(close("23 09:10")))
    name = next(n for n, v in desk.ledger.policy("bumen").violations.items() if v.article == "四")
    done = open_case(desk, Case(id="", reported=at("20 09:00"), by="heping", staff="wangfang", violation=name,
                                article="四", occurred=date(2026, 11, 19), summary="推", policy="bumen"))  # fmt: skip
    number = done.state.case.id
    other = replace(desk, actor="heping")  # nobody takes a step in his own case
    act(other, number, at("20 10:00"), lambda k, w, by: Verify(k, w, by, "查实"))
    act(other, number, at("21 10:00"), lambda k, w, by: Decide(k, w, by, ("责令限期改正",), "团党委"))
    return desk, number


def test_everybody_who_is_appraised(decided):
    """A trainee is not; a department or a person may be asked for alone; figures of who did nothing are zero."""
    desk, number = decided
    year = year_of(desk, 2026, END)
    assert {a.id for a in year.results} == {"wangfang", "zhaojun", "lijie", "sunmei", "heping"}
    assert list(year.records) == [number]
    assert (year.service("wangfang").handled, year.service("sunmei").handled) == (1, 0)
    assert [a.id for a in year_of(desk, 2026, END, staff="王芳").results] == ["wangfang"]
    section = year_of(desk, 2026, END, department="规划科")
    assert {a.id for a in section.results} == {"lijie", "sunmei"} and section.places == year.places


def test_as_it_stood_before_the_decision(decided):
    """A case reported later is not there; one not yet decided counts for nothing."""
    desk, _ = decided
    assert year_of(desk, 2026, at("19 18:00"), past=True).records == {}
    before = year_of(desk, 2026, at("20 18:00"), past=True, staff="wangfang").results[0]
    after = year_of(desk, 2026, END, staff="wangfang").results[0]
    assert before != after
    assert year_of(desk, 2026, at("22 18:00"), past=True).service("wangfang").handled == 0


def test_refused_where_a_count_might_be_wrong(decided):
    """A file that cannot be read may hold a case or an inquiry of anybody's."""
    desk, _ = decided
    Path(desk.ledger.root, "inquiries/2026/11/20261123-K7Q4QX.yaml").write_text("id: [", "utf-8")
    with pytest.raises(Unsound) as told:
        year_of(desk, 2026, END)
    assert [p.path for p in told.value.problems] == ["inquiries/2026/11/20261123-K7Q4QX.yaml"]


def test_what_cannot_be_asked(decided):
    """A year to come, a trainee, nobody of that name."""
    desk, _ = decided
    with pytest.raises(Usage, match="还没有开始"):
        year_of(desk, 2027, END)
    with pytest.raises(Usage, match="陈实"):
        year_of(desk, 2026, END, staff="shixi")
    with pytest.raises(NotFound):
        year_of(desk, 2026, END, staff="无此人")


def test_a_refusal_rests_on_a_fresh_look(decided, monkeypatch):
    """With a memo a sound month is not judged again; once something is wrong, every month is."""
    from shouwen.services import check

    desk, _ = decided
    desk = replace(desk, ledger=Ledger(desk.ledger.root, remembers=True))
    desk.ledger.create(inquiry(close("02 10:00"), id="20261002-K7Q4QX", received=at("2026-10-02 09:00")))
    seen = []
    judge = check.check_inquiry
    monkeypatch.setattr(
        check, "check_inquiry", lambda state, *rest: seen.append(state.inquiry.id) or judge(state, *rest)
    )
    counts = []
    for _ in range(2):
        year_of(desk, 2026, END)
        counts.append(len(seen))
        seen.clear()
    assert counts == [2, 0]
    Path(desk.ledger.root, "inquiries/2026/11/20261123-AAAAAA.yaml").write_text("id: [", "utf-8")
    with pytest.raises(Unsound):
        year_of(desk, 2026, END)
    assert sorted(set(seen)) == ["20261002-K7Q4QX", "20261123-K7Q4QX"]
