"""Accountability: the ladder, who may decide, what counts towards the year's appraisal."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from shouwen.core.accountability.appraisal import (
    appraise,
    evaluated,
    excellent_places,
    leaders_to_review,
    window_notes,
)
from shouwen.core.accountability.authority import authority_problem
from shouwen.core.accountability.case import Appeal, Case, Decide, File, Modify, Revoke, Uphold, Verify
from shouwen.core.accountability.case_findings import case_findings
from shouwen.core.accountability.lifecycle import APPEALED, DECIDED, REVOKED, UNFOUNDED, VERIFIED, replay_case
from shouwen.core.accountability.proposals import (
    Earlier,
    in_window,
    propose,
    unfiled,
)
from shouwen.core.regulation.schema import Cap
from tests.support.clock import ZONE, at
from tests.support.records import BUMEN, event, policy
from tests.support.roster import OFFICE

_count = iter(range(100000, 999999))


def case(decided: str = "", *measures: str, violation: str = "推诿", staff: str = "wangfang", authority: str = "团党委",
         reason: str = "", more: tuple = (), **values) -> Case:  # fmt: skip
    """A case; verified and decided on a day when ``decided`` names one."""
    reported = at(f"{decided or '2026-01-05'} 08:00")
    events: tuple = ()
    if decided:
        events = (
            event(Verify, at(f"{decided} 08:30"), "zhaojun", finding="查实"),
            event(Decide, at(f"{decided} 09:00"), "zhaojun", measures=measures, authority=authority, reason=reason,
                  complete_by=date.fromisoformat(decided) + timedelta(30) if "责令限期改正" in measures else None),
        )  # fmt: skip
    header = {"id": f"S{reported:%Y%m%d}-{next(_count)}", "reported": reported, "by": "zhaojun", "staff": staff,
              "violation": violation, "article": BUMEN.violations[violation].article,
              "occurred": reported.date(), "summary": "推说不归本科管", "policy": "bumen"}  # fmt: skip
    return Case(**(header | values), events=(*events, *more))


def states(*cases: Case) -> list:
    """The cases replayed."""
    return [replay_case(c) for c in cases]


def proposed(cases: list, violation: str = "推诿", on: date = date(2026, 12, 31), rules=BUMEN):
    """What the regulation has for one more case of 王芳."""
    return propose(rules, replay_case(case(violation=violation)), Earlier(ZONE, cases), on)


def test_the_ladder_of_article_four():
    """First, second, third occasion; from then on the last rung again."""
    done: list = []
    rungs = []
    for day, measures in (
        ("2024-03-01", ("责令限期改正",)),
        ("2025-03-01", ("通报批评", "取消评先资格")),
        ("2026-03-01", ("扣发奖金", "待岗")),
        ("2026-04-01", ("扣发奖金", "调离岗位")),
    ):
        found = proposed(done)
        rungs.append((found.occasion, str(found)))
        done += states(case(day, *measures))
    rungs.append((proposed(done).occasion, str(proposed(done))))
    assert rungs == [
        (1, "责令限期改正"),
        (2, "通报批评 + 取消评先资格"),
        (3, "扣发奖金 + 待岗 或 调离岗位（择一）"),
        (4, "扣发奖金 + 待岗 或 调离岗位（择一）"),
        (5, "扣发奖金 + 待岗 或 调离岗位（择一）"),
    ]


def test_only_decided_cases_of_the_same_person_and_kind_are_occasions():
    """Alleged, unfounded, revoked, another's or another kind's: none of them is a first time."""
    revoked = case("2026-01-10", "责令限期改正",
                   more=(event(Revoke, at("2026-01-20"), "zhaojun", reason="事实不清"),))  # fmt: skip
    unfounded = case(more=(event(Verify, at("2026-01-06"), "zhaojun", finding="不成立"),))
    others = states(
        case(), revoked, unfounded, case("2026-01-10", "责令限期改正", staff="lijie"),
        case("2026-01-10", "效能告诫", violation="不按规定办理"),
    )  # fmt: skip
    assert proposed(others).occasion == 1


def test_the_ladders_window_is_a_setting():
    """The document does not say within what time; an office may set the year."""
    old = states(case("2025-12-30", "责令限期改正"))
    yearly = policy(violations={"推诿": {"window": "calendar-year"}})
    rolling = policy(violations={"推诿": {"window": "rolling-12-months"}})
    assert proposed(old, on=date(2026, 1, 5)).occasion == 2
    assert proposed(old, on=date(2026, 1, 5), rules=yearly).occasion == 1
    assert proposed(old, on=date(2026, 1, 5), rules=rolling).occasion == 2
    assert proposed(old, on=date(2026, 12, 30), rules=rolling).occasion == 1


@pytest.mark.parametrize(
    "violation, chosen, right",
    [
        ("态度粗暴", ("效能告诫", "大会通报批评"), True),
        ("态度粗暴", ("行政警告处分", "大会通报批评"), True),
        ("态度粗暴", ("效能告诫",), False),  # without the announcement
        ("态度粗暴", ("效能告诫", "行政警告处分", "大会通报批评"), False),  # both instead of one
        ("不按规定办理", ("效能告诫",), True),
        ("一推了之", ("诫勉教育",), True),
        ("一推了之", ("诫勉教育", "扣发奖金"), False),
        ("一推了之", (), False),
    ],
)
def test_fixed_measures_and_choices(violation, chosen, right):
    """One of two means exactly one; what else the article has comes with it."""
    assert proposed([], violation).accepts(chosen) is right


def test_a_circumstance_that_must_be_found_is_named():
    """Rude conduct alone is not enough for Art. 5."""
    assert proposed([], "态度粗暴").note == "须查明：造成不良影响"


def test_only_the_party_committee_admonishes():
    """Art. 10: 诫勉教育 and 效能告诫 by 团党委; of the others it says nothing."""
    assert authority_problem(BUMEN, ["诫勉教育"], "团党委") == ("", "")
    assert authority_problem(BUMEN, ["责令限期改正"], "审批科") == ("", "")
    assert authority_problem(BUMEN, ["效能告诫", "大会通报批评"], "审批科") == (
        "十", "效能告诫须由团党委决定，不能由“审批科”决定（第十条）"
    )  # fmt: skip


def findings_of(*cases: Case) -> dict[str, list[str]]:
    """The names of the findings of each case."""
    found = case_findings(BUMEN, states(*cases), ZONE)
    return {c.id: [(f.name, f.refuse) for f in found[c.id]] for c in cases}


def test_what_is_wrong_with_a_decision():
    """The wrong authority and a departure without reason are refused; with a reason it shows."""
    wrong = case("2026-03-01", "诫勉教育", violation="一推了之", authority="审批科")
    harsher = case("2026-03-02", "扣发奖金", "待岗", staff="lijie")
    reasoned = case("2026-03-03", "通报批评", staff="sunmei", reason="情节较重")
    right = case("2026-03-04", "责令限期改正", staff="heping")
    assert findings_of(wrong, harsher, reasoned, right) == {
        wrong.id: [("决定机关", True)], harsher.id: [("与建议不同", True)],
        reasoned.id: [("与建议不同", False)], right.id: [],
    }  # fmt: skip


def test_one_act_is_not_sanctioned_twice():
    """Articles 4, 6 and 7 overlap: the later of two decisions on one act is shown."""
    act = {"occurred": date(2026, 2, 20), "inquiry": "20260220-K7Q4QX"}
    first = case("2026-03-01", "诫勉教育", violation="一推了之", **act)
    second = case("2026-03-02", "责令限期改正", **act)
    other_day = case("2026-03-03", "通报批评", "取消评先资格", **(act | {"occurred": date(2026, 2, 21)}))
    assert findings_of(second, first, other_day) == {
        first.id: [], second.id: [("一事两罚", False)], other_day.id: []}  # fmt: skip


def test_decisions_of_one_sitting_are_not_each_others_earlier_occasion():
    """Two cases decided at the same moment both stand on the first rung."""
    one = case("2026-03-01", "责令限期改正", occurred=date(2026, 2, 1))
    two = case("2026-03-01", "责令限期改正", occurred=date(2026, 2, 2))
    assert findings_of(one, two) == {one.id: [], two.id: []}


def test_the_modifying_body_answers_for_the_modified_measure():
    """After an appeal the authority is the one that changed the measure."""
    appealed = event(Appeal, at("2026-03-10"), "wangfang", text="不服")
    changed = event(
        Modify, at("2026-03-20"), "zhaojun", measures=("诫勉教育",), authority="审批科", reason="减轻"
    )
    decided = case("2026-03-01", "效能告诫", violation="不按规定办理", more=(appealed, changed))
    assert findings_of(decided) == {decided.id: [("决定机关", True)]}


def test_the_life_of_a_case():
    """Each act leads to its status; what the status does not allow is a dispute, never a change."""
    day = at("2026-03-10")
    appeal = event(Appeal, day, "wangfang", text="不服")
    assert replay_case(case()).status == "待核实"
    verified = case(more=(event(Verify, day, "zhaojun", finding="查实"),))
    assert replay_case(verified).status == VERIFIED
    unfounded = case(more=(event(Verify, day, "zhaojun", finding="不成立"),
                           event(Decide, day, "zhaojun", measures=("诫勉教育",), authority="团党委", id="zz")))  # fmt: skip
    state = replay_case(unfounded)
    assert (state.status, state.counts) == (UNFOUNDED, False)
    assert [d.text for d in state.disputes] == ["案件现为“不成立”，不能决定（须为已查实）"]
    appealed = replay_case(case("2026-03-01", "效能告诫", more=(appeal,)))
    assert (appealed.status, appealed.counts, appealed.open) == (APPEALED, True, True)
    upheld = event(Uphold, at("2026-03-20"), "zhaojun", authority="团党委")
    assert replay_case(case("2026-03-01", "效能告诫", more=(appeal, upheld))).status == DECIDED
    less = event(Modify, at("2026-03-20"), "zhaojun", measures=("诫勉教育",), authority="团党委", reason="轻")
    assert replay_case(case("2026-03-01", "效能告诫", more=(appeal, less))).measures == ("诫勉教育",)
    gone = event(Revoke, at("2026-03-21"), "zhaojun", reason="错")
    revoked = replay_case(case("2026-03-01", "效能告诫", more=(gone,)))
    assert (revoked.status, revoked.counts, revoked.measures) == (REVOKED, False, ())
    assert replay_case(case("2026-03-01", "效能告诫", more=(gone,)), at("2026-03-20")).counts


def test_unfiled_decisions():
    """Art. 10 files 诫勉教育 and 效能告诫; others need no filing."""
    filed = event(File, at("2026-03-10"), "zhaojun")
    assert unfiled(BUMEN, replay_case(case("2026-03-01", "诫勉教育")))
    assert not unfiled(BUMEN, replay_case(case("2026-03-01", "诫勉教育", more=(filed,))))
    assert not unfiled(BUMEN, replay_case(case("2026-03-01", "责令限期改正")))
    assert not unfiled(BUMEN, replay_case(case()))


def result(*cases: Case, staff: str = "wangfang", year: int = 2026, rules=BUMEN):
    """The appraisal of a person for a year."""
    return appraise(rules, OFFICE, staff, states(*cases), year, ZONE)


def admonished(*dates: str, staff: str = "wangfang") -> list[Case]:
    """诫勉教育 decided on these days."""
    return [case(d, "诫勉教育", violation="一推了之", staff=staff) for d in dates]


def warned(*dates: str, staff: str = "wangfang") -> list[Case]:
    """效能告诫 decided on these days."""
    return [case(d, "效能告诫", violation="不按规定办理", staff=staff) for d in dates]


@pytest.mark.parametrize(
    "cases, excellent, grade",
    [
        ([], True, None),
        (admonished("2026-03-01"), True, None),
        (admonished("2026-03-01", "2026-04-01"), False, None),
        (warned("2026-03-01"), False, None),
        (admonished("2026-03-01", "2026-04-01", "2026-05-01"), False, "不称职"),
        (warned("2026-03-01", "2026-04-01"), False, "不称职"),
        ([*admonished("2026-03-01", "2026-04-01"), *warned("2026-05-01")], False, None),  # "or", no sum
        (admonished("2025-03-01", "2026-02-01"), True, None),  # one a year
    ],
)
def test_the_thresholds_of_article_nine(cases, excellent, grade):
    """2 or 1 bar 优秀; 3 or 2 within a year force the failing grade and another post."""
    found = result(*cases)
    assert (found.excellent_allowed, found.grade) == (excellent, grade)
    assert found.actions == (("调整工作岗位",) if grade else ())


def test_the_grade_has_the_word_of_the_persons_scale():
    """Civil servants become 不称职, staff of institutions 不合格."""
    assert result(*warned("2026-03-01", "2026-04-01", staff="lijie"), staff="lijie").grade == "不合格"


CALENDAR_YEAR = policy(
    thresholds=[
        {"article": t.article, "measure": t.measure, "at_least": t.at_least, "window": "calendar-year",
         "effect": t.effect, "actions": list(t.actions)}
        for t in BUMEN.thresholds
    ]
)  # fmt: skip


def test_within_a_year_rolling_and_calendar():
    """Three on 2025-10-10, 2025-12-01, 2026-02-05: the two readings of 一年内 differ."""
    cases = admonished("2025-10-10", "2025-12-01", "2026-02-05")
    rolling = [(r.excellent_allowed, r.grade) for r in (result(*cases, year=y) for y in (2025, 2026))]
    calendar = [
        (r.excellent_allowed, r.grade)
        for r in (result(*cases, year=y, rules=CALENDAR_YEAR) for y in (2025, 2026))
    ]
    assert rolling == [(False, None), (False, "不称职")]
    assert calendar == [(False, None), (True, None)]


def test_exactly_one_year_apart_is_not_within_a_year():
    """The window is (day − 1 year, day]; the 29th of February looks back to the 28th."""
    assert not in_window(date(2025, 2, 28), date(2026, 2, 28), "rolling-12-months")
    assert in_window(date(2025, 3, 1), date(2026, 2, 28), "rolling-12-months")
    assert not in_window(date(2023, 2, 28), date(2024, 2, 29), "rolling-12-months")
    assert not in_window(date(2026, 3, 1), date(2026, 2, 28), "always")
    assert result(*warned("2025-02-28", "2026-02-28")).grade is None
    assert result(*warned("2025-03-01", "2026-02-28")).grade == "不称职"


def test_an_office_may_read_the_year_as_the_calendars():
    """``overrides`` in ledger.yaml lay another window over the regulation's."""
    assert result(*warned("2025-12-30", "2026-01-05"), rules=CALENDAR_YEAR).grade is None
    assert [t.window for t in CALENDAR_YEAR.thresholds] == ["calendar-year"] * len(BUMEN.thresholds)


def test_evidence_counts_and_what_is_open():
    """What was counted is named; open cases make the year provisional; unfiled ones are listed."""
    first, second, open_case = *admonished("2026-03-01", "2026-04-01"), case()
    found = result(first, second, open_case)
    assert [s.case.id for s in found.reached[0].cases] == [first.id, second.id]
    assert found.counts == {"诫勉教育": 2}
    assert found.provisional == (f"{open_case.id}（待核实）尚未结论",)
    assert found.unfiled == (first.id, second.id)


def test_a_bar_from_awards_is_not_a_bar_from_excellent():
    """Art. 4's second rung: no award this year, the grade stays open."""
    found = result(case("2026-03-01", "通报批评", "取消评先资格", reason="x"))
    assert (found.award_allowed, found.excellent_allowed, found.grade) == (False, True, None)


def test_who_is_appraised():
    """Those in post during the year, less those outside the appraisal."""
    staff = OFFICE.staff | {
        "shixi": structs.replace(OFFICE.staff["lijie"], evaluated=False),
        "gone": structs.replace(OFFICE.staff["lijie"], until=date(2025, 12, 31)),
        "new": structs.replace(OFFICE.staff["lijie"], from_=date(2027, 1, 1)),
        "left": structs.replace(OFFICE.staff["lijie"], until=date(2026, 1, 1)),
        "came": structs.replace(OFFICE.staff["lijie"], from_=date(2026, 12, 31)),
    }
    found = evaluated(structs.replace(OFFICE, staff=staff), 2026)
    assert set(staff) - set(found) == {"shixi", "gone", "new"}


def test_leaders_are_reviewed_where_the_regulation_says_so():
    """The leader of the day of the act; never the person himself."""
    rules = policy(violations={"推诿": {"review_leader": True}})
    done = states(case("2026-03-01", "责令限期改正"), case("2026-03-02", "责令限期改正", staff="zhaojun"))
    found = leaders_to_review(lambda _: rules, OFFICE, done, 2026, ZONE)
    assert [(r.leader, r.state.case.staff) for r in found] == [("zhaojun", "wangfang")]
    assert leaders_to_review(lambda _: BUMEN, OFFICE, done, 2026, ZONE) == []


@pytest.mark.parametrize(
    "ratio, rounding, people, at_most",
    [
        (0.2, "floor", 14, 2), (0.2, "round", 14, 3), (0.2, "ceil", 14, 3), (0.2, "ceil", 10, 2),
        (0.15, "floor", 10, 1), (0.15, "round", 10, 2), (0.15, "round", 30, 5),  # 4.5, not to the even
        (0.29, "floor", 100, 29), (0.2, "floor", 4, 0), (0.2, "floor", 0, 0),
    ],
)  # fmt: skip
def test_how_many_may_be_excellent(ratio, rounding, people, at_most):
    """The share is taken as it is written, and half a person as the regulation says."""
    rules = policy(excellent_cap={"article": "九", "ratio": ratio, "rounding": rounding})
    found = excellent_places(rules, people)
    assert (found.article, found.ratio, found.evaluated, found.at_most) == ("九", ratio, people, at_most)
    assert excellent_places(BUMEN, people) is None


@given(st.integers(1, 100), st.integers(0, 3000), st.sampled_from(["floor", "round", "ceil"]))
def test_the_share_of_excellent_is_kept(percent: int, people: int, rounding: str) -> None:
    """Rounded down never more than the share, rounded up less than one more, and never over everybody."""
    rules = structs.replace(BUMEN, excellent_cap=Cap(article="九", ratio=percent / 100, rounding=rounding))
    places = excellent_places(rules, people).at_most
    share = percent * people  # in hundredths of a person
    low, high = {"floor": (-99, 0), "round": (-49, 50), "ceil": (0, 99)}[rounding]
    assert low <= places * 100 - share <= high and places <= people


def test_what_was_taken_where_the_document_is_silent_is_said():
    """Each open window is stated beside the result."""
    assert [n.split("：")[0] for n in window_notes(BUMEN)] == [
        "第九条“诫勉教育”3次", "第九条“效能告诫”2次", "第四条“取消评先资格”1次"]  # fmt: skip
