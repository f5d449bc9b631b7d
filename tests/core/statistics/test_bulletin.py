"""The bulletin's figures against counts made by hand: each rate, each border of the period."""

from datetime import UTC, date, datetime

import pytest
from msgspec import structs

from shouwen.core.accountability.case import Case, Decide, File, Verify
from shouwen.core.accountability.lifecycle import replay_case
from shouwen.core.date_range import DateRange, month
from shouwen.core.deadlines.clock_table import clocks
from shouwen.core.inquiry.events import (
    Accept,
    Callback,
    Correct,
    Event,
    Extend,
    Note,
    Notify,
    Progress,
    Reopen,
    Return,
    Supplement,
)
from shouwen.core.inquiry.header import Inquiry
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.rulebook import Rules
from shouwen.core.statistics.bulletin import Bulletin, put_right
from shouwen.core.statistics.figures import Figures
from tests.support.clock import CALENDAR, at
from tests.support.records import BUMEN, close, event, handoff, inquiry, policy
from tests.support.roster import OFFICE

RULES = Rules(BUMEN, OFFICE, CALENDAR)
NOVEMBER = month(2026, 11)


def counted(
    *records: Inquiry, period: DateRange = NOVEMBER, now: str = "2026-12-31 09:00", rules: Rules = RULES
) -> Bulletin:
    """The bulletin of these records alone."""
    made = Bulletin(period)
    for record in (put_right(r, at(now)) for r in records):
        end = period.end(at(now))
        made.met("某局", record, replay(record, until=at(now)))
        if record.received <= end:
            state = replay(record, until=end)
            made.add("某局", rules, state, clocks(rules, state, end), end)
    made.settle("某局")
    return made


def rate(made: Bulletin, name: str, group: str = "", key: str = "") -> tuple[int, int]:
    """(n, of) of a rate, of the whole or of a group's member."""
    place = ("", key) if group in ("category", "channel", "source", "ledger") else ("某局", key)
    figures = made.groups[group][place] if group else made.total
    return figures.rates[name].n, figures.rates[name].of


def callback(when: str, rating: str = "", resolved: bool | None = None) -> Event:
    """A call-back by 王芳."""
    return event(Callback, when, rating=rating, resolved=resolved)


def passed(sent: str, taken: str = "", back: str = "") -> list[Event]:
    """A handoff to 李洁, and what became of it."""
    events = [handoff(sent)]
    events += [event(Accept, taken, "lijie")] if taken else []
    return events + ([event(Return, back, "lijie", reason="不属规划科")] if back else [])


EXTEND = {"approved_by": "zhaojun", "reason": "等外单位", "workdays": 2}
RATES = {
    # name: (records, n, of), counted by hand; 23 is a Monday, due on the 26th at 17:30
    "at_once: same day by the first-asked": (
        [inquiry(close("23 16:00")), inquiry(close("24 09:00")), inquiry(close("23 16:00", "zhaojun"))], 1, 3),
    "on_time_default: closed in time, closed late, open and late": (
        [inquiry(close("26 17:30")), inquiry(close("27 09:00")), inquiry()], 1, 3),
    "on_time_default: open and not yet due is not counted": ([inquiry(received=at("30 09:00"))], 0, 0),
    "responded: one was told, one heard nothing": (
        [inquiry(event(Progress, "23 10:00", text="在办")), inquiry(event(Note, "23 10:00", text="记"))], 1, 2),
    "accepted_default: in time, late, never": (
        [inquiry(*passed("23 09:30", "23 10:00")), inquiry(*passed("23 09:30", "26 16:00")), inquiry(*passed("23 09:30"))], 1, 3),
    "accepted_default: sent back in time is an answer": ([inquiry(*passed("23 09:30", back="23 10:00"))], 1, 1),
    "accepted_default: waiting within its limit is not counted": (
        [inquiry(*passed("30 17:00"), received=at("30 16:00"))], 0, 0),
    "returned: one of three handoffs": (
        [inquiry(*passed("23 09:30", back="23 10:00"), *passed("23 11:00", "23 11:30")), inquiry(*passed("23 09:30"))], 1, 3),
    "handoffs: two, one and none": (
        [inquiry(*passed("23 09:30", back="23 10:00"), *passed("23 11:00")), inquiry(*passed("23 09:30")), inquiry()], 3, 3),
    "passed_on: two or more": (
        [inquiry(*passed("23 09:30", back="23 10:00"), *passed("23 11:00")), inquiry(*passed("23 09:30")), inquiry()], 1, 3),
    "told_once: one notice, and two": (
        [inquiry(event(Notify, "23 10:00", material=("甲",))),
         inquiry(event(Notify, "23 10:00", material=("甲",)), event(Supplement, "24 10:00"),
                 event(Notify, "24 11:00", material=("乙",)))], 1, 2),
    "extended: a lawful one counts though another was asked too late": (
        [inquiry(event(Extend, "24 09:00", **EXTEND), event(Extend, "2026-12-20 09:00", **EXTEND)),
         inquiry(event(Extend, "24 09:00", **EXTEND))], 2, 2),
    "told_once: both in one period count once, as not once": (
        [inquiry(event(Notify, "23 10:00", material=("甲",)), event(Supplement, "24 10:00"),
                 event(Notify, "24 11:00", material=("乙",)))], 0, 1),
    "at_once: by the ledger's day, soon after midnight": ([inquiry(close("23 00:50"), received=at("23 00:30"))], 1, 1),
    "at_once: over midnight": ([inquiry(close("24 00:10"), received=at("23 23:50"))], 0, 1),
    "at_once: by the ledger's day": (
        [inquiry(close("23 00:50"), received=at("23 00:30")), inquiry(close("24 00:10"), received=at("23 23:50"))], 1, 2),
    "at_once: a department that was asked first, passed on by it": (
        [inquiry(close("23 16:00"), first_responder=""),
         inquiry(*passed("23 09:30", "23 10:00"), close("23 16:00", "lijie"), first_responder="")], 1, 2),
    "extended: lawful, asked too late, none": (
        [inquiry(event(Extend, "24 09:00", **EXTEND)), inquiry(event(Extend, "27 09:00", **EXTEND)), inquiry()], 1, 3),
    "called_back: one of two results": ([inquiry(close("24 09:00"), callback("25 09:00")), inquiry(close("24 09:00"))], 1, 2),
    "resolved: the last answer counts, no answer does not": (
        [inquiry(close("24 09:00"), callback("25 09:00", resolved=False), callback("26 09:00", resolved=True)),
         inquiry(close("24 09:00"), callback("25 09:00", resolved=False)),
         inquiry(close("24 09:00"), callback("25 09:00", "满意"))], 1, 2),
    "satisfied: 基本满意 is, 不满意 is not": (
        [inquiry(close("24 09:00"), callback("25 09:00", word)) for word in ("非常满意", "基本满意", "不满意", "")], 2, 3),
    "redone: one of two results taken up again": (
        [inquiry(close("24 09:00"), event(Reopen, "25 09:00", reason="未解决")), inquiry(close("24 09:00"))], 1, 2),
    "reported: with grounds and signature, and without": (
        [inquiry(close("24 09:00", outcome="不予办理", reason="不符", basis="第八条", signed_by="zhaojun")),
         inquiry(close("24 09:00", outcome="不予办理", reason="不符")), inquiry(close("24 09:00"))], 1, 2),
}  # fmt: skip


@pytest.mark.parametrize("case", RATES)
def test_rates_counted_by_hand(case: str) -> None:
    """People are measured on these: each is what its definition says, to the last inquiry."""
    records, n, of = RATES[case]
    assert rate(counted(*records), case.partition(":")[0]) == (n, of)


def test_counts_counted_by_hand() -> None:
    """Taken in, closed, open, overdue, limits run out, second notices, results nobody was told."""
    made = counted(
        inquiry(close("24 09:00", told=None)),
        inquiry(close("24 09:00", told=None, not_told="无法联系")),
        inquiry(close("24 09:00"), event(Reopen, "25 09:00", reason="未解决")),
        inquiry(event(Notify, "23 10:00", material=("甲",)), event(Supplement, "24 10:00"),
                event(Notify, "24 11:00", material=("乙",))),
        inquiry(event(Progress, "23 10:00", text="在办")),
        inquiry(close("24 09:00", outcome="不予办理", reason="不符")),
    )  # fmt: skip
    got = made.total.counts
    assert (got["received"], got["closed"], got["open"], got["overdue_default"]) == (
        6,
        4,
        3,
        1,
    )  # a redo has five days
    assert (got["second_notices"], got["untold"], got["unreported"], got["unfiled"]) == (1, 1, 1, 0)


def test_limits_run_out_are_put_down_to_who_held_it() -> None:
    """Overdue by holder: the one who held it when it ran out, not the first-asked, not today's."""
    made = counted(
        inquiry(*passed("23 09:30", "23 10:00"), event(Progress, "23 10:05", "lijie", text="在办"))
    )
    assert made.total.counts["expired_default"] == 1
    assert made.groups["staff"][("某局", "lijie")].counts["expired_default"] == 1
    assert made.groups["department"][("某局", "规划科")].counts["overdue_default"] == 1
    assert ("某局", "wangfang") in made.groups["staff"]
    assert made.groups["staff"][("某局", "wangfang")].counts["expired_default"] == 0


def test_what_was_over_before_is_passed_over() -> None:
    """Years of archive cost little; but not before the last word, nor while a follow-up call is due."""
    record = inquiry(close("24 09:00"), callback("30 09:00", "满意"))
    state, december = replay(record), Bulletin(month(2026, 12))
    follow_up = Rules(policy(limits={"回访": [{"article": "默认", "workdays": 5}]}), OFFICE, CALENDAR)
    assert december.over(RULES, state) and counted(record, period=month(2026, 12)).total == Figures()
    assert not Bulletin(NOVEMBER).over(RULES, state) and not december.over(follow_up, state)
    assert not december.over(RULES, replay(inquiry()))


def test_each_figure_is_put_down_to_whoever_did_it() -> None:
    """Intake to the first-asked, the result to who gave it, signing to the receiver, returns to the sender."""
    made = counted(inquiry(*passed("23 09:30", back="23 09:50"), *passed("23 10:00", "23 10:20"),
                           close("24 09:00", "lijie"), callback("25 09:00", "满意")))  # fmt: skip
    first, second = (
        made.groups["department"][("某局", "审批科")],
        made.groups["department"][("某局", "规划科")],
    )
    assert (first.counts["received"], first.counts["closed"]) == (1, 0)
    assert (second.counts["received"], second.counts["closed"]) == (0, 1)
    assert (
        rate(made, "returned", "staff", "wangfang"),
        rate(made, "accepted_default", "staff", "lijie"),
    ) == (
        (1, 2),
        (2, 2),
    )
    assert rate(made, "satisfied", "staff", "lijie") == (1, 1)
    assert (
        rate(made, "on_time_default", "category", "咨询")
        == rate(made, "on_time_default", "channel", "来电")
        == (1, 1)
    )


def test_the_borders_of_the_period() -> None:
    """The first second of the first day belongs to it, the first of the day after does not."""
    moments = ("2026-10-31 23:59", "2026-11-01 00:00", "2026-11-30 23:59", "2026-12-01 00:00")
    made = counted(*(inquiry(received=at(moment)) for moment in moments))
    assert made.total.counts["received"] == 2
    closed = counted(inquiry(close("2026-12-01 00:00"), received=at("30 09:00")))
    assert (closed.total.counts["closed"], closed.total.counts["open"]) == (0, 1)


def test_the_day_is_that_of_the_ledgers_zone() -> None:
    """A record written in another zone counts on the day it was in the office."""
    made = counted(inquiry(received=datetime(2026, 10, 31, 16, 30, tzinfo=UTC)))
    assert made.total.counts["received"] == 1


def test_what_comes_later_belongs_to_the_later_period() -> None:
    """A period already reported is not rewritten by the next month's call-back, redo or result."""
    record = inquiry(close("24 09:00"), callback("2026-12-02 09:00", "满意"),
                     event(Reopen, "2026-12-03 09:00", reason="未解决"))  # fmt: skip
    november, december = counted(record), counted(record, period=month(2026, 12))
    assert (rate(november, "called_back"), rate(november, "satisfied"), rate(november, "redone")) == (
        (0, 1),
        (0, 0),
        (0, 1),
    )
    assert (rate(december, "called_back"), rate(december, "satisfied"), rate(december, "redone")) == (
        (1, 1),
        (1, 1),
        (1, 1),
    )
    assert december.total.counts["closed"] == 0


def test_a_day_put_right_counts_where_it_belongs() -> None:
    """Taken in on 31 October, written down as 1 November, corrected then: it is October's, once."""
    right = [event(Correct, when, field="received", value=value, reason="补登")
             for when, value in (("03 09:00", "2026-10-30T16:00:00+08:00"), ("04 09:00", "2026-10-31T16:00:00+08:00"))]  # fmt: skip
    record = inquiry(*right, received=at("01 09:00"))
    made = [counted(record, period=month(2026, n)).total.counts["received"] for n in (10, 11)]
    assert made == [1, 0]
    assert put_right(record, at("03 12:00")).received == at("2026-10-30 16:00")


def test_working_hours() -> None:
    """Median and nine in ten of the hours from intake, or redo, to the result, pauses left out."""
    paused = inquiry(
        event(Notify, "23 10:00", material=("甲",)), event(Supplement, "24 10:00"), close("24 11:00")
    )
    redone = inquiry(close("23 10:00"), event(Reopen, "24 09:00", reason="未解决"), close("24 12:00"))
    assert counted(paused).total.hours == [2.0]  # 09:00–10:00 and 10:00–11:00
    assert counted(redone).total.hours == [3.0]
    ten = [inquiry(close(f"23 09:{n:02}")) for n in range(6, 60, 6)] + [inquiry(close("23 10:00"))]
    figures = counted(*ten).total
    assert [round(h, 2) for h in figures.hours] == [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]
    assert (round(figures.median_hours, 2), round(figures.p90_hours, 2)) == (0.55, 0.9)


def test_secret_ones_are_only_counted() -> None:
    """A 举报 shows in no department's figures, from which it might be guessed."""
    made = counted(
        inquiry(category="举报"),
        inquiry(confidential=True),
        inquiry(category="举报", received=at("2026-12-01 09:00")),
    )
    assert made.confidential == 2
    assert made.total == Figures() and not any(made.groups.values())


def test_decisions_not_in_the_file_stand_until_filed() -> None:
    """Unfiled as of the period's end; filed later, it is still unfiled then."""
    case = Case(
        id="S20261110-AAAAAA", reported=at("10 09:00"), by="heping", staff="wangfang", violation="一推了之",
        article="七", occurred=date(2026, 11, 9), summary="没有引领", policy="bumen",
        events=(event(Verify, "11 09:00", "heping", finding="查实"),
                event(Decide, "12 09:00", "heping", measures=("诫勉教育",), authority="团党委"),
                event(File, "2026-12-05 09:00", "heping")),
    )  # fmt: skip
    for period, expected in ((month(2026, 10), 0), (NOVEMBER, 1), (month(2026, 12), 0)):
        made, end = Bulletin(period), period.end(at("2026-12-31 09:00"))
        made.add_case("某局", RULES, replay_case(case, until=end), end)
        assert made.total.counts["unfiled"] == expected, period
    assert counted().groups["staff"] == {}


def test_a_second_result_is_not_at_once() -> None:
    """Closed in October, redone and closed in November on one day: the first answer was no answer."""
    redone = inquiry(close("2026-10-20 15:00"), event(Reopen, "23 09:00", reason="未解决"), close("23 10:00"),
                     received=at("2026-10-20 09:00"))  # fmt: skip
    assert rate(counted(redone), "at_once") == (0, 1)
    assert rate(counted(redone, period=month(2026, 10)), "at_once") == (1, 1)


def test_a_second_notice_of_a_later_month() -> None:
    """It is a second one in the month in which it was given, by whoever gave it; the first was not."""
    record = inquiry(*passed("20 09:30", "20 10:00"), event(Notify, "20 11:00", "lijie", material=("甲",)),
                     event(Supplement, "24 10:00", "lijie"), event(Notify, "2026-12-01 09:00", "lijie", material=("乙",)),
                     received=at("20 09:00"))  # fmt: skip
    november, december = counted(record), counted(record, period=month(2026, 12))
    assert [made.total.counts["second_notices"] for made in (november, december)] == [0, 1]
    assert rate(december, "told_once") == rate(december, "told_once", "staff", "lijie") == (0, 1)
    assert december.groups["department"][("某局", "规划科")].counts["second_notices"] == 1
    assert rate(november, "told_once", "department", "规划科") == (1, 1)


def test_handoffs_of_an_earlier_month_are_not_counted_again() -> None:
    """Only those of the month: sent in October and back, sent again in November and taken."""
    record = inquiry(*passed("2026-10-30 09:30", back="2026-10-30 10:00"), *passed("2026-11-02 09:00", "2026-11-02 10:00"),
                     received=at("2026-10-30 09:00"))  # fmt: skip
    assert (rate(counted(record), "returned"), rate(counted(record), "accepted_default")) == ((0, 1), (1, 1))


def test_what_must_be_reported_is_the_regulations() -> None:
    """The items of its own duty, for its own outcomes; without the duty, grounds, basis and signature."""
    own = Rules(
        policy(duties={"refusal_report": {"outcomes": ["超出职责"], "items": ["理由"]}}), OFFICE, CALENDAR
    )
    bare = Rules(structs.replace(BUMEN, duties={}), OFFICE, CALENDAR)
    beyond = inquiry(close("24 09:00", outcome="超出职责", reason="不属本局"))
    whole = {"reason": "不符", "basis": "第八条", "signed_by": "zhaojun"}
    refusals = [
        inquiry(close("24 09:00", outcome="不予办理", **{k: v for k, v in whole.items() if k != left}))
        for left in ("", *whole)
    ]
    assert rate(counted(beyond, rules=own), "reported") == (1, 1)
    assert rate(counted(beyond), "reported") == (0, 0)
    for rules in (RULES, bare):
        made = counted(*refusals, rules=rules)
        assert (rate(made, "reported"), made.total.counts["unreported"]) == ((1, 4), 3)


def test_passed_over_only_when_the_last_word_was_before() -> None:
    """The last event decides, on its day by the ledger's clock; on the first day of the period it is inside."""
    december = Bulletin(month(2026, 12))
    told = [close("24 09:00"), callback("25 09:00", "满意")]
    for last, over in (("2026-11-30 23:30", True), ("2026-12-01 00:30", False), ("2026-12-01 09:00", False)):
        assert december.over(RULES, replay(inquiry(*told, callback(last, "不满意")))) is over, last
    utc = datetime(2026, 11, 30, 16, 30, tzinfo=UTC)
    assert not december.over(RULES, replay(inquiry(*told, event(Note, utc, text="记"))))


def test_each_ledger_stands_by_itself() -> None:
    """Of several ledgers each has its figures under its own name; kinds and channels are shared."""
    made = Bulletin(NOVEMBER)
    for name in ("甲局", "乙局", "乙局"):
        state = replay(inquiry())
        made.add(name, RULES, state, clocks(RULES, state, at("30 09:00")), at("30 09:00"))
    assert {key: f.counts["received"] for key, f in made.groups["ledger"].items()} == {
        ("", "甲局"): 1,
        ("", "乙局"): 2,
    }
    assert {key: f.counts["received"] for key, f in made.groups["category"].items()} == {("", "咨询"): 3}
    assert set(made.groups["staff"]) == {("甲局", "wangfang"), ("乙局", "wangfang")}


def test_secret_ones_count_where_something_happened() -> None:
    """Taken in, closed, or still open in the period; a call-back alone is no matter of the period."""
    secret = {"category": "举报", "received": at("2026-10-05 09:00")}
    ended = [close("2026-11-05 09:00"), callback("2026-12-05 09:00", "满意")]
    record = inquiry(*ended, **secret)
    months = [counted(record, period=month(2026, n)).confidential for n in (9, 10, 11, 12)]
    assert months == [0, 1, 1, 0]  # open in October, closed in November
    assert counted(inquiry(**secret), period=month(2026, 12)).confidential == 1  # still open
    at_once = inquiry(close("2026-10-05 10:00"), **secret)
    assert [counted(at_once, period=month(2026, n)).confidential for n in (10, 11)] == [1, 0]


def test_unfiled_decisions_are_put_down_to_the_person() -> None:
    """To the person's department by the roster; of who is not in it, or a department's, to the case's."""

    def unfiled_of(**who: str) -> Bulletin:
        case = Case(
            id="S20261110-AAAAAA", reported=at("10 09:00"), by="heping", violation="一推了之", article="七",
            occurred=date(2026, 11, 9), summary="没有引领", policy="bumen", **who,
            events=(event(Verify, "11 09:00", "heping", finding="查实"),
                    event(Decide, "12 09:00", "heping", measures=("诫勉教育",), authority="团党委")),
        )  # fmt: skip
        made = Bulletin(NOVEMBER)
        made.add_case("某局", RULES, replay_case(case), at("30 09:00"))
        return made

    def places(made: Bulletin) -> dict:
        return {
            group: {key: f.counts["unfiled"] for key, f in found.items()}
            for group, found in made.groups.items()
            if found
        }

    ledger = {"ledger": {("", "某局"): 1}}
    assert places(unfiled_of(staff="lijie", department="审批科")) == ledger | {
        "department": {("某局", "规划科"): 1}, "staff": {("某局", "lijie"): 1}}  # fmt: skip
    assert places(unfiled_of(staff="moumou", department="审批科")) == ledger | {
        "department": {("某局", "审批科"): 1}, "staff": {("某局", "moumou"): 1}}  # fmt: skip
    assert places(unfiled_of(department="审批科")) == ledger | {"department": {("某局", "审批科"): 1}}
