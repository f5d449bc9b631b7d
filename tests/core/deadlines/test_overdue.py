"""What is late, how late, who can still do something about it, and what comes next for whom."""

import pytest
from msgspec import structs

from shouwen.core.deadlines.clock_table import clocks
from shouwen.core.deadlines.my_tasks import task
from shouwen.core.deadlines.overdue import FOR_GOOD, answerable, level_of, pressing, running, still_until
from shouwen.core.inquiry.events import Accept, Notify, Supplement, Suspend, Target
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.rulebook import Rules
from tests.support.clock import CALENDAR, at
from tests.support.records import BUMEN, close, event, handoff, inquiry, judged, with_limits
from tests.support.roster import OFFICE

RULES = Rules(BUMEN, OFFICE, CALENDAR)


def soon(story, now, days):
    """(clock, working days left) of what is late, or has at most so many days left."""
    return [(c.name, left) for c, left in pressing(RULES, replay(story), at(now), days)]


def test_what_stopped_or_stands_still_does_not_run():
    """A clock answered in time has its due moment still; one paused has none; neither runs."""
    accepted = inquiry(handoff("23 10:00"), event(Accept, "23 11:00", "lijie"))
    assert [c.name for c in running(judged(accepted, "24 09:00")[1])] == ["办结"]
    paused = inquiry(event(Suspend, "23 10:00", reason="特别程序"))
    assert [c.name for c in running(judged(paused, "24 09:00")[1])] == []


@pytest.mark.parametrize(
    "now, days, found",
    [
        ("24 09:00", 1, []), ("24 09:00", 2, [("办结", 2)]), ("25 09:00", 2, [("办结", 1)]),
        ("26 09:00", 0, [("办结", 0)]), ("26 09:00", None, []), ("27 09:00", None, [("办结", 0)]),
        ("27 09:00", 3, [("办结", 0)]),
    ],
)  # fmt: skip
def test_about_to_run_out(now, days, found):
    """``soon N`` takes in what has N working days left, the last one counted as 0."""
    assert soon(inquiry(), now, days) == found


@pytest.mark.parametrize("machine", ["Pacific/Kiritimati", "America/Los_Angeles"])
def test_days_left_are_those_of_the_ledgers_today(machine, machine_zone):
    """Early and late in the day the count is the ledger's, wherever the machine believes to be."""
    machine_zone(machine)
    assert soon(inquiry(), "25 00:30", 1) == soon(inquiry(), "25 23:30", 1) == [("办结", 1)]


def test_who_can_still_do_something():
    """The receiver signs, the first-asked answers; for the work it is whoever holds it now."""
    story = inquiry(
        handoff("23 10:00"), event(Accept, "23 11:00", "lijie"), handoff("27 09:00", "办公室", "lijie"),
        channel="网上",
    )  # fmt: skip
    state, found, _ = judged(story, "2026-12-02 09:00")
    who = {c.name: answerable(c, state) for c in found}
    assert who == {
        "首次回应": Target("审批科", "wangfang"),
        "签收": Target("办公室"),
        "办结": Target("规划科", "lijie"),
    }
    assert [c.whose.staff for c in found if c.name == "办结"] == ["lijie"]
    back = inquiry(handoff("27 09:00"), event(Accept, "27 10:00", "lijie"))
    state, found, _ = judged(back, "30 09:00")
    blame = {c.name: (c.whose.staff, answerable(c, state).staff) for c in found}
    assert blame["办结"] == ("wangfang", "lijie")


@pytest.mark.parametrize(
    "story, now, level",
    [
        (inquiry(), "23 10:00", "正常"),
        (inquiry(), "26 10:00", "黄牌"),
        (inquiry(), "27 10:00", "红牌"),
        (inquiry(handoff("23 10:00")), "25 10:00", "红牌"),  # 签收 is late, 办结 has a day left
        (inquiry(close("27 10:00")), "27 11:00", "正常"),  # late for ever, but nothing runs
        (inquiry(event(Suspend, "23 10:00", reason="特别程序")), "30 10:00", "正常"),
    ],
)
def test_the_worst_level_among_what_runs(story, now, level):
    """One word for an inquiry: the worst of its running clocks."""
    assert level_of(judged(story, now)[1]) == level


def played(story, staff, now="23 15:00", rules=RULES):
    """(part, next step, pressing clock) of a person, or None."""
    found = task(rules, replay(story), staff, at(now))
    return found and (found.part, found.step, found.clock and found.clock.name)


GIVEN = inquiry(handoff("23 10:00"))
OPEN_DOOR = inquiry(handoff("23 10:00", "规划科"))
TAKEN = inquiry(handoff("23 10:00"), event(Accept, "23 11:00", "lijie"))
HOLD = ("我负责", "办理、反馈（progress）、转办（handoff）或办结（close）", "办结")
SIGN = ("待我签收", "签收（accept）或退回（return）", "签收")
WAIT = ("我已转出", "等规划科签收，可催办（urge）", "签收")


@pytest.mark.parametrize(
    "story, staff, part",
    [
        (inquiry(), "wangfang", HOLD),
        (inquiry(), "zhaojun", None),
        (inquiry(), "moren", None),
        (GIVEN, "lijie", SIGN),
        (GIVEN, "sunmei", None),  # given to 李洁 by name
        (GIVEN, "wangfang", WAIT),
        (OPEN_DOOR, "sunmei", SIGN),  # given to the department: whoever is in it
        (OPEN_DOOR, "heping", None),
        (TAKEN, "lijie", HOLD),
        (TAKEN, "wangfang", ("我首问", "跟踪，问一问进展（urge、progress）", "办结")),
        (TAKEN, "sunmei", None),
        (inquiry(event(Notify, "23 10:00", material=("x",))), "wangfang",
         ("我负责", "等材料，来了记补正（supplement）", None)),
        (inquiry(event(Suspend, "23 10:00", reason="特别程序")), "wangfang",
         ("我负责", "原因消除后恢复（resume）", None)),
        (inquiry(event(Notify, "23 10:00", material=("x",)), event(Supplement, "23 11:00"),
                 event(Suspend, "23 12:00", reason="特别程序")), "wangfang",
         ("我负责", "原因消除后恢复（resume）", None)),
        (inquiry(close("23 10:00")), "wangfang", None),
    ],
)  # fmt: skip
def test_what_somebody_has_to_do(story, staff, part):
    """Receivers sign, holders work, senders wait, the first-asked follows; nobody after the result."""
    assert played(story, staff) == part


def test_without_a_limit_for_signing_the_next_clock_presses():
    """Where a regulation sets no limit for 签收, the receiver is pressed by what runs out first."""
    rules = structs.replace(RULES, policy=structs.replace(BUMEN, limits={"办结": BUMEN.limits["办结"]}))
    assert played(GIVEN, "lijie", rules=rules) == ("待我签收", "签收（accept）或退回（return）", "办结")
    bare = structs.replace(RULES, policy=structs.replace(BUMEN, limits={}))
    assert played(GIVEN, "lijie", rules=bare) == ("待我签收", "签收（accept）或退回（return）", None)


def test_what_runs_out_first_presses():
    """A promise earlier than the limit is the clock to look at."""
    promised = inquiry(promised=at("24 12:00"))
    assert played(promised, "wangfang")[2] == "承诺"
    assert played(inquiry(handoff("23 10:00"), promised=at("24 12:00")), "lijie")[2] == "签收"
    waiting = inquiry(event(Suspend, "23 10:00", reason="特别程序"), promised=at("24 12:00"))
    assert played(waiting, "wangfang")[2] == "承诺"
    later = inquiry(promised=at("27 12:00"))
    assert played(later, "wangfang", rules=with_limits(签收={"workdays": 9}))[2] == "承诺"  # governs instead


@pytest.mark.parametrize(
    ("acts", "now", "until"),
    [
        ([], "24 09:00", "25 00:00"),
        ([close("24 08:50")], "24 09:00", None),
        ([close("24 08:50"), event(Notify, "26 10:00", material=("图纸",))], "24 09:00", "26 10:00"),
        ([close("25 08:50")], "24 09:00", "25 00:00"),
    ],
)
def test_until_when_an_inquiry_tells_the_same(acts, now, until):
    """To the next midnight while a clock runs; else for good, or to the next act that is dated ahead."""
    story, moment = inquiry(*acts), at(now)
    state = replay(story, until=moment)
    assert still_until(story, state, clocks(RULES, state, moment), moment, CALENDAR.zone) == (
        at(until) if until else FOR_GOOD
    )
