"""The clocks beyond the cases: attribution, levels, months, staged feedback, call-backs."""

from datetime import UTC, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec import structs

from shouwen.core.deadlines.clock import NORMAL, RED, YELLOW, describe, main_clock
from shouwen.core.deadlines.explain import why_due
from shouwen.core.deadlines.overdue import pressing, running
from shouwen.core.inquiry.events import (
    Accept,
    Appoint,
    Callback,
    Extend,
    Notify,
    Progress,
    Reopen,
    Resume,
    Supervise,
    Supplement,
    Suspend,
    Target,
)
from shouwen.core.inquiry.header import Inquirer
from shouwen.core.regulation.schema import Limit
from shouwen.core.rulebook import Rules
from tests.support.clock import CALENDAR, at
from tests.support.records import BUMEN, clock, close, event, handoff, inquiry, judged, policy, with_limits
from tests.support.roster import OFFICE


def accepted(when, by="lijie"):
    """The receiver signs."""
    return event(Accept, when, by)


def test_the_holder_at_expiry_answers_for_it():
    """Passing an overdue matter on does not pass on the blame."""
    story = inquiry(handoff("27 09:00"), accepted("27 10:00"))
    assert clock(story, "办结").whose == Target("审批科", "wangfang")
    early = inquiry(handoff("24 09:00"), accepted("24 10:00"))
    assert clock(early, "办结").whose == Target("规划科", "lijie")


def test_until_somebody_signs_the_sender_answers():
    """A handoff that nobody accepted leaves both clocks where they belong."""
    story = inquiry(handoff("24 09:00"))
    assert clock(story, "办结").whose.staff == "wangfang"
    assert clock(story, "签收").whose == Target("规划科", "lijie")


def test_a_second_handoff_has_an_acceptance_clock_of_its_own():
    """Each passing on is signed for within its own limit."""
    story = inquiry(
        handoff("23 10:00"), accepted("23 11:00"), handoff("24 10:00", "办公室", "lijie"), accepted("26 11:00", "heping")
    )  # fmt: skip
    first, second = [c for c in judged(story, "26 12:00")[1] if c.name == "签收"]
    assert (first.level, first.due) == (NORMAL, at("24 17:30"))
    assert (second.level, second.due, second.overdue_workdays) == (RED, at("25 17:30"), 1)


@pytest.mark.parametrize(
    "now, level, days",
    [
        ("24 18:00", NORMAL, 0),
        ("25 08:00", YELLOW, 0),  # one working day left
        ("26 17:30", YELLOW, 0),
        ("26 17:31", RED, 0),
        ("27 09:00", RED, 1),
        ("29 09:00", RED, 1),  # Sunday adds nothing
        ("30 09:00", RED, 2),
    ],
)
def test_levels_and_days_over(now, level, days):
    """Yellow with at most one working day left, red from the first minute after."""
    found = clock(inquiry(), "办结", now)
    assert (found.level, found.overdue_workdays) == (level, days)


def test_days_over_stop_at_the_result():
    """Late by as much as it was when it was done, for ever."""
    found = clock(inquiry(close("30 10:00")), "办结", "2026-12-30 10:00")
    assert (found.level, found.overdue_workdays, found.stopped) == (RED, 2, at("30 10:00"))


@pytest.mark.parametrize(
    "limit, received, due",
    [
        ({"months": 1}, "2026-01-30 10:00", "2026-02-28 17:30"),  # no 30 February; a make-up day
        ({"months": 6}, "2025-08-31 10:00", "2026-02-28 17:30"),
        ({"months": 2}, "2026-10-15 10:00", "2026-12-15 17:30"),
        ({"days": 15}, "2026-11-06 10:00", "2026-11-23 17:30"),  # the 21st is a Saturday
        ({"hours": 8}, "2026-11-23 10:00", "2026-11-24 11:00"),
        ({"same_day": True}, "2026-11-22 10:00", "2026-11-23 17:30"),
    ],
)
def test_every_kind_of_length(limit, received, due):
    """Calendar days and months end on the next working day; hours run in opening hours."""
    rules = with_limits(办结=limit)
    assert clock(inquiry(received=at(received)), "办结", received, rules).due == at(due)


def test_a_pause_moves_days_and_months_too():
    """Three days of waiting are three days more."""
    story = inquiry(event(Notify, "24 10:00", material=("x",)), event(Supplement, "27 10:00"))
    assert clock(story, "办结", "27 12:00", with_limits(办结={"days": 10})).due == at("2026-12-07 17:30")
    assert clock(story, "办结", "27 12:00", with_limits(办结={"months": 1})).due == at("2026-12-28 17:30")
    assert clock(story, "办结", "27 12:00", with_limits(办结={"hours": 14})).due == at("30 09:00")


def test_due_moments_of_another_zone_are_read_in_the_ledgers():
    """A promise written with another offset falls on the ledger's day."""
    promised = at("24 07:00").astimezone(UTC)  # still the 23rd there
    found = clock(inquiry(promised=promised), "承诺", "25 09:00")
    assert found.due.isoformat() == "2026-11-24T07:00:00+08:00"
    assert found.overdue_workdays == 1


def test_staged_feedback_is_due_an_interval_after_the_last_word():
    """Each word to the inquirer starts the interval anew; a result ends it."""
    rules = with_limits(反馈={"workdays": 2})
    assert clock(inquiry(), "反馈", "25 09:00", rules).due == at("25 17:30")
    told = inquiry(event(Progress, "24 10:00", text="在查"))
    assert clock(told, "反馈", "27 09:00", rules).due == at("26 17:30")
    assert clock(told, "反馈", "27 09:00", rules).level == RED
    done = judged(inquiry(close("24 10:00")), "30 09:00", rules)[1]
    assert [c.name for c in done if c.name == "反馈"] == []


def test_an_appointment_kept_moved_or_missed():
    """Word on the day keeps it; a new one replaces it; closing before it settles it."""
    asked = event(Appoint, "23 10:00", when=at("25 10:00"))
    missed = clock(inquiry(asked), "预约", "26 09:00")
    assert (missed.due, missed.level) == (at("25 17:30"), RED)
    moved = inquiry(asked, event(Appoint, "24 10:00", when=at("27 10:00")))
    first, second = [c for c in judged(moved, "26 09:00")[1] if c.name == "预约"]
    assert (first.level, first.stopped, second.due) == (NORMAL, at("24 10:00"), at("27 17:30"))
    assert clock(inquiry(asked, close("24 15:00")), "预约", "26 09:00").level == NORMAL


def test_supervision_waits_for_an_answer():
    """A supervision notice with a date is answered by word or result, by whoever holds it then."""
    notice = event(Supervise, "24 10:00", "heping", text="说明进展", due=at("25 12:00"))
    assert clock(inquiry(notice), "督办", "25 13:00").level == RED
    answered = inquiry(notice, event(Progress, "25 11:00", text="已在办"))
    assert clock(answered, "督办", "25 13:00").level == NORMAL
    open_ended = event(Supervise, "24 10:00", "heping", text="抓紧")
    assert "督办" not in [c.name for c in judged(inquiry(open_ended), "30 09:00")[1]]


def test_a_callback_is_owed_except_to_the_anonymous():
    """The follow-up call after the result, by the first-asked; nobody calls the nameless."""
    base = with_limits(回访={"workdays": 2})
    duty = {"callback": {"article": "默认", "exempt": ["匿名", "无理取闹"]}}
    rules = Rules(
        policy(limits={"回访": [{"workdays": 2, "article": "默认"}]}, duties=duty), OFFICE, CALENDAR
    )
    owed = clock(inquiry(close("24 10:00")), "回访", "27 09:00", rules)
    assert (owed.due, owed.level, owed.whose.staff) == (at("26 17:30"), RED, "wangfang")
    called = inquiry(close("24 10:00"), event(Callback, "25 10:00", rating="满意"))
    assert clock(called, "回访", "27 09:00", rules).level == NORMAL
    for spared in (
        inquiry(close("24 10:00"), inquirer=Inquirer(anonymous=True)),
        inquiry(close("24 10:00", told=None, not_told="无理取闹")),
    ):
        assert "回访" not in [c.name for c in judged(spared, "27 09:00", rules)[1]]
    assert "回访" in [c.name for c in judged(inquiry(close("24 10:00")), "27 09:00", base)[1]]


def test_a_redo_keeps_the_first_verdict():
    """Two clocks: the first late for ever, the second with its own limit and holder."""
    story = inquiry(
        close("27 10:00"), event(Reopen, "30 10:00", reason="不满意"), handoff("30 11:00"), accepted("30 12:00")
    )  # fmt: skip
    _, found, _ = judged(story, "2026-12-08 10:00")
    outer, redo = [c for c in found if c.name in ("办结", "重办")]
    assert (outer.level, outer.stopped) == (RED, at("27 10:00"))
    assert (redo.due, redo.level, redo.whose.staff) == (at("2026-12-07 17:30"), RED, "lijie")
    assert main_clock(found) is redo


def test_the_steps_tell_how_the_due_time_came_about():
    """--why-due shows the base, every pause, every extension."""
    story = inquiry(
        event(Notify, "24 10:00", material=("x",)), event(Supplement, "25 10:00"),
        event(Extend, "26 10:00", approved_by="zhaojun", reason="勘查", workdays=1, id="ext1"),
    )  # fmt: skip
    rules = Rules(BUMEN, OFFICE, CALENDAR)
    assert why_due(rules, clock(story, "办结", "26 12:00")) == [
        "自2026-11-23次日起，3个工作日（默认），至2026-11-26 17:30",
        "暂停 2026-11-24 10:00 至 2026-11-25 10:00，停了1.00个工作日",
        "停的时间合计，进为1个工作日，一次补上",
        "延期1个工作日（ext1，赵军批准）：勘查",
        "期限为2026-11-30 17:30",
    ]
    assert why_due(rules, clock(inquiry(handoff("24 10:00")), "签收")) == [
        "自2026-11-24次日起，1个工作日（默认），至2026-11-25 17:30"
    ]


def test_a_limit_into_an_unpublished_year_is_provisional():
    """The mark stands on every clock that rests on 2027, and on no other."""
    late_december = inquiry(received=at("2026-12-30 10:00"))
    assert clock(late_december, "办结", "2026-12-30 12:00").provisional
    assert not clock(inquiry(), "办结", "23 12:00").provisional


@pytest.mark.parametrize(
    "limit, words",
    [({"workdays": 3}, "3个工作日"), ({"hours": 4}, "4个工作小时"), ({"days": 15}, "15天"),
     ({"months": 6}, "6个月"), ({"same_day": True}, "当日"), ({}, "按约定")],
)  # fmt: skip
def test_lengths_in_words(limit, words):
    """How a limit is said."""
    assert describe(Limit(article="默认", **limit)) == words


def test_overdue_lists_what_ran_out_and_what_is_about_to():
    """Red first of all clocks; with ``soon`` those with few days left."""
    rules = Rules(BUMEN, OFFICE, CALENDAR)
    state, found, _ = judged(inquiry(handoff("24 09:00")), "26 09:00")
    assert [(c.name, left) for c, left in pressing(rules, state, at("26 09:00"))] == [("签收", 0)]
    assert [(c.name, left) for c, left in pressing(rules, state, at("26 09:00"), 1)] == [
        ("签收", 0),
        ("办结", 0),
    ]
    done, _, _ = judged(inquiry(close("23 10:00")), "30 09:00")
    assert pressing(rules, done, at("30 09:00")) == []
    assert {c.name for c in running(found)} == {"签收", "办结"}


@given(st.lists(st.integers(1, 4000), min_size=0, max_size=3, unique=True))
def test_handoffs_never_move_the_outer_clock(minutes):
    """However often it is passed on and signed for, the promise to the inquirer stays."""
    events = []
    for n, minute in enumerate(sorted(minutes)):
        when = at("23 09:00") + timedelta(minutes=minute)
        target = ("规划科/lijie", "办公室/heping")[n % 2]
        events += [handoff(when, target), accepted(when + timedelta(seconds=1), target.split("/")[1])]
    found = clock(inquiry(*events), "办结")
    assert (found.started, found.due) == (at("23 09:00"), at("26 17:30"))


@given(st.integers(1, 5000), st.integers(1, 20000))
def test_a_pause_never_shortens_a_limit(begin, length):
    """Whenever it begins and however long it lasts: the due time stays or moves later."""
    start = at("23 09:00") + timedelta(minutes=begin)
    story = inquiry(
        event(Suspend, start, reason="特别程序"), event(Resume, start + timedelta(minutes=length))
    )
    after = start + timedelta(minutes=length)
    for limit in ({"workdays": 3}, {"hours": 20}, {"days": 5}, {"months": 1}):
        rules = with_limits(办结=limit)
        plain = clock(inquiry(), "办结", after, rules)
        paused = clock(story, "办结", after, rules)
        assert paused.due >= plain.due
        assert structs.replace(paused, due=None, course=None).started == plain.started


@settings(max_examples=1000)
@example(begin=3360, length=1)  # 17:00 on the 25th, the last moment of 20 hours
@example(begin=3360, length=2000)
@given(st.integers(1, 12000), st.integers(1, 20000))
def test_who_paused_in_time_is_not_late_on_resuming(begin, length):
    """In the moment the papers come, or the reason ends, a limit that stood has not run out."""
    start = at("23 09:00") + timedelta(minutes=begin)
    after = start + timedelta(minutes=length)
    story = inquiry(event(Suspend, start, reason="特别程序"), event(Resume, after))
    lengths = ({"workdays": 3}, {"hours": 20}, {"days": 5}, {"months": 1}, {"same_day": True})
    for limit in lengths:
        rules = with_limits(办结=limit)
        if start <= clock(inquiry(), "办结", start, rules).due:
            found = clock(story, "办结", after, rules)
            assert not found.late, limit


@pytest.mark.parametrize(
    "when, words, due, why",
    [
        ("23 09:00", {"workdays": 2}, "30 17:30", ""),  # at intake
        ("26 17:30", {"workdays": 2}, "30 17:30", ""),  # in the last moment
        ("26 17:31", {"workdays": 2}, "26 17:30", "期满后才提出延期，不算延期"),
        ("25 10:00", {"workdays": 5}, "2026-12-03 17:30", ""),
        ("25 10:00", {"workdays": 6}, "26 17:30", "延期超过每次5个工作日"),
        ("25 10:00", {"until": "2026-12-03 17:30"}, "2026-12-03 17:30", ""),
        ("25 10:00", {"until": "2026-12-03 17:31"}, "26 17:30", "延期超过每次5个工作日"),
        ("25 10:00", {"until": "26 17:30"}, "26 17:30", "延期后的时间不晚于原期限"),
        ("25 10:00", {"until": "26 17:31"}, "26 17:31", ""),
    ],
)
def test_the_edges_of_an_extension(when, words, due, why):
    """Until the limit's last moment, up to the longest allowed, and later than the limit."""
    words = {key: at(value) if key == "until" else value for key, value in words.items()}
    found = clock(inquiry(event(Extend, when, approved_by="zhaojun", reason="勘查", id="x", **words)), "办结")
    assert (found.due, found.refused) == (at(due), (("x", why),) if why else ())


def test_a_pause_in_the_moment_of_an_extension():
    """Granted until a moment and paused at once: the pause's working day comes on top."""
    granted = event(Extend, "25 10:00", approved_by="zhaojun", reason="勘查", until=at("30 17:30"), id="a")
    waits = [event(Notify, "25 10:00", material=("x",), id="b"), event(Supplement, "26 10:00")]
    assert clock(inquiry(granted, *waits), "办结").due == at("2026-12-01 17:30")


def test_an_extension_in_the_moment_of_the_result():
    """Recorded before the result of the same minute, it was granted in time."""
    granted = event(Extend, "26 10:00", approved_by="zhaojun", reason="勘查", workdays=1, id="a")
    assert clock(inquiry(granted, close("26 10:00", id="b")), "办结").due == at("27 17:30")


def test_without_an_article_on_extensions_any_later_time_will_do():
    """Nothing limits their number or length where the regulation says nothing of them."""
    rules = Rules(structs.replace(BUMEN, extension=None), OFFICE, CALENDAR)
    more = [event(Extend, f"2{n} 10:00", approved_by="zhaojun", reason="勘查", workdays=20) for n in (4, 5)]
    assert clock(inquiry(*more), "办结", rules=rules).due == at("2027-01-22 17:30")


def test_an_extension_to_a_moment_written_in_another_zone():
    """``until`` of another offset is the same moment, on the ledger's day."""
    until = at("2026-12-01 07:00").astimezone(UTC)
    waits = [event(Notify, "27 10:00", material=("x",)), event(Supplement, "30 10:00")]
    granted = event(Extend, "25 10:00", approved_by="zhaojun", reason="勘查", until=until)
    assert clock(inquiry(granted, *waits), "办结").due == at("2026-12-02 17:30")


@pytest.mark.parametrize(
    "pause, asked, counts",
    [
        (("26 17:30", None), "27 10:00", True),  # began in the limit's last moment
        (("26 17:31", None), "27 10:00", False),
        (("25 10:00", "25 11:00"), "30 10:00", False),  # over before the limit ran out
    ],
)
def test_an_extension_asked_while_the_clock_stands(pause, asked, counts):
    """What stands still has not run out; a pause begun too late, or long over, does not help."""
    since, until = pause
    events = [event(Suspend, since, reason="特别程序", id="p1")]
    events += [event(Resume, until, id="p2")] if until else []
    asked = event(Extend, asked, approved_by="zhaojun", reason="勘查", workdays=1, id="x")
    found = clock(inquiry(*events, asked), "办结", "2026-12-08 10:00")
    assert found.refused == (() if counts else (("x", "期满后才提出延期，不算延期"),))


def test_a_pause_as_the_limit_runs_out_stops_the_clock():
    """Paused in the last moment it stands; a minute later it has run out for good."""
    for when, state in (("26 17:30", "暂停"), ("26 17:31", "计时")):
        assert clock(inquiry(event(Suspend, when, reason="特别程序")), "办结").state == state


def test_steps_while_the_clock_stands_still():
    """--why-due also says since when it waits, and what an earlier pause took out."""
    rules = Rules(BUMEN, OFFICE, CALENDAR)
    waits = event(Notify, "24 10:00", material=("x",))
    assert why_due(rules, clock(inquiry(waits), "办结", "26 12:00")) == [
        "自2026-11-23次日起，3个工作日（默认），至2026-11-26 17:30", "自2026-11-24起暂停，恢复后续算"]  # fmt: skip
    back = inquiry(waits, event(Supplement, "25 10:00"))
    assert why_due(rules, clock(back, "办结", "26 12:00")) == [
        "自2026-11-23次日起，3个工作日（默认），至2026-11-26 17:30", "暂停 2026-11-24 10:00 至 2026-11-25 10:00，停了1.00个工作日",
        "停的时间合计，进为1个工作日，一次补上", "期限为2026-11-27 17:30"]  # fmt: skip
    assert why_due(rules, clock(inquiry(), "办结", "26 12:00")) == [
        "自2026-11-23次日起，3个工作日（默认），至2026-11-26 17:30"
    ]


def test_days_over_into_an_unpublished_year_are_provisional():
    """The limit ended in 2026; how late it is on 5 January rests on 2027."""
    story = inquiry(received=at("2026-12-24 10:00"))
    assert not clock(story, "办结", "2026-12-31 10:00").provisional
    assert clock(story, "办结", "2027-01-05 10:00").provisional
    in_time = inquiry(close("2026-12-28 10:00"), received=at("2026-12-24 10:00"))
    assert not clock(in_time, "办结", "2027-01-05 10:00").provisional
    standing = inquiry(event(Suspend, "2026-12-24 11:00", reason="特别程序"), received=at("2026-12-24 10:00"))
    assert not clock(standing, "办结", "2027-01-05 10:00").provisional


@pytest.mark.parametrize("machine", ["Pacific/Kiritimati", "America/Los_Angeles"])
def test_clocks_keep_the_ledgers_days_on_every_machine(machine, machine_zone):
    """Acts early and late in the day, pauses too, count on the ledger's days wherever the machine is."""
    machine_zone(machine)
    story = inquiry(
        event(Suspend, "24 00:30", reason="特别程序"), event(Resume, "25 23:30"), received=at("23 00:30")
    )  # fmt: skip
    found = clock(story, "办结", "30 23:30", with_limits(办结={"workdays": 3}))
    assert (found.due, found.overdue_workdays) == (at("30 17:30"), 0)  # two whole days stood still
    late_ = inquiry(received=at("23 23:30"))
    assert clock(late_, "办结", "24 00:30", with_limits(办结={"days": 2})).due == at("25 17:30")


def test_without_a_limit_there_is_no_main_clock():
    """A regulation without a limit for the work gives no due time."""
    bare = Rules(structs.replace(BUMEN, limits={}), OFFICE, CALENDAR)
    assert main_clock(judged(inquiry(), "23 10:00", bare)[1]) is None
