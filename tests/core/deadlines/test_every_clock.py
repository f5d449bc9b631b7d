"""Every clock whole: its article, when it began, is due and stopped, who answers for it, and by which act."""

from msgspec import structs

from shouwen.core.deadlines.clock_table import CLOCKS
from shouwen.core.inquiry.events import (
    Accept,
    Appoint,
    Callback,
    Extend,
    Instruct,
    Note,
    Notify,
    Progress,
    Reopen,
    Resume,
    Return,
    Supervise,
    Supplement,
    Suspend,
    Target,
)
from shouwen.core.inquiry.header import Inquirer
from shouwen.core.regulation.schema import CLOCKS as NAMES
from shouwen.core.rulebook import Rules
from tests.support.clock import CALENDAR, at
from tests.support.records import BUMEN, close, event, handoff, inquiry, judged, policy
from tests.support.roster import OFFICE


def accepted(when, by="lijie"):
    """The receiver signs."""
    return event(Accept, when, by)


# A regulation that cites another article for every clock.
EACH = {
    "首次回应": {"workdays": 1, "article": "一"}, "签收": {"workdays": 1, "article": "二"},
    "环节": {"workdays": 1, "article": "三", "department": ["规划科"]}, "办结": {"workdays": 3, "article": "四"},
    "重办": {"workdays": 2, "article": "五"}, "反馈": {"workdays": 2, "article": "六"},
    "预约": {"same_day": True, "article": "七"}, "回访": {"workdays": 2, "article": "八"},
}  # fmt: skip
EVERY = Rules(
    policy(
        limits={name: [limit] for name, limit in EACH.items()},
        duties={"callback": {"article": "八", "departments": ["办公室", "规划科"]}},
    ),
    OFFICE,
    CALENDAR,
)
FIRST, TAKER = Target("审批科", "wangfang"), Target("规划科", "lijie")


def whole(story, now, *names, rules=EVERY):
    """All that the clocks of these names say, in short words."""
    return [
        (
            c.article, c.started, c.due, c.stopped, c.state, c.level, c.overdue_workdays, c.whose, c.event
        )
        for c in judged(story, now, rules)[1]
        if c.name in names
    ]  # fmt: skip


def row(article, started, due, stopped, state, level="正常", days=0, whose=FIRST, event=""):
    """A clock as ``whole`` says it, its times in short words."""
    times = [t and at(t) for t in (started, due, stopped)]
    return (article, *times, state, level, days, whose, event)


def test_the_first_answer():
    """Owed by the first-asked since intake; any word to the inquirer gives it, a remark does not."""
    assert whole(inquiry(), "25 09:00", "首次回应") == [
        row("一", "23 09:00", "24 17:30", None, "计时", "红牌", 1)]  # fmt: skip
    told = inquiry(
        handoff("23 10:00"), accepted("23 11:00"), event(Note, "23 12:00", "lijie", text="x"),
        event(Progress, "24 09:00", "lijie", text="在查"), event(Progress, "25 09:00", "lijie", text="在查"),
    )  # fmt: skip
    assert whole(told, "25 10:00", "首次回应") == [row("一", "23 09:00", "24 17:30", "24 09:00", "已停")]
    at_once = inquiry(event(Progress, "23 09:00", text="这就办"))
    assert whole(at_once, "25 10:00", "首次回应") == [row("一", "23 09:00", "24 17:30", "23 09:00", "已停")]
    nameless = inquiry(inquirer=Inquirer(anonymous=True))
    assert whole(nameless, "25 09:00", "首次回应") == []


def test_signing_is_the_receivers():
    """Owed by the receiver since the handoff; the clock bears the handoff's id."""
    story = inquiry(handoff("23 10:00", id="h1"))
    assert whole(story, "26 09:00", "签收") == [
        row("二", "23 10:00", "24 17:30", None, "计时", "红牌", 2, TAKER, "h1")]  # fmt: skip


def test_a_section_has_a_clock_of_its_own():
    """From signing on, in the section for which the regulation sets a limit, until it passes it on."""
    story = inquiry(handoff("23 10:00"), accepted("24 10:00"))
    assert whole(story, "26 10:00", "环节") == [
        row("三", "24 10:00", "25 17:30", None, "计时", "红牌", 1, TAKER)]  # fmt: skip
    gone = inquiry(
        handoff("23 10:00"), accepted("24 10:00"), handoff("24 11:00", "办公室", "lijie"), accepted("25 11:00", "heping")
    )  # fmt: skip
    assert whole(gone, "27 10:00", "环节") == [
        row("三", "24 10:00", "25 17:30", "24 11:00", "已停", whose=TAKER)]  # fmt: skip
    assert whole(inquiry(), "27 10:00", "环节") == []


def test_what_the_receiver_leaves_unsigned_is_not_the_senders_time():
    """Handed on in time it stands still, signed for or closed it has ended there, sent back it goes on."""
    held = [handoff("23 10:00"), accepted("24 10:00"), handoff("24 11:00", "办公室", "lijie")]
    assert whole(inquiry(*held), "30 10:00", "环节") == [
        row("三", "24 10:00", None, None, "暂停", whose=TAKER)]  # fmt: skip
    ended = [row("三", "24 10:00", "25 17:30", "24 11:00", "已停", whose=TAKER)]
    assert whole(inquiry(*held, close("27 10:00")), "30 10:00", "环节") == ended
    named = event(Instruct, "26 09:00", "heping", text="办", designate=Target("办公室"))
    assert whole(inquiry(*held, named, accepted("27 10:00", "heping")), "30 10:00", "环节") == ended
    back = event(Return, "26 11:00", "heping", reason="不属")
    assert whole(inquiry(*held, back), "26 12:00", "环节") == [
        row("三", "24 10:00", "27 17:30", None, "计时", "黄牌", whose=TAKER)]  # fmt: skip
    assert whole(inquiry(*held, back), "30 12:00", "环节") == [
        row("三", "24 10:00", "27 17:30", None, "计时", "红牌", 1, TAKER)]  # fmt: skip


def test_who_hands_on_too_late_is_late_until_then_and_no_longer():
    """Two days unsigned at the next department add none to the sender's one; the due moment stays."""
    late = [handoff("23 10:00"), accepted("24 10:00"), handoff("26 11:00", "办公室", "lijie")]
    assert whole(inquiry(*late), "30 10:00", "环节") == [
        row("三", "24 10:00", "25 17:30", None, "计时", "红牌", 1, TAKER)]  # fmt: skip
    for more in (accepted("30 09:00", "heping"), close("30 09:00")):
        assert whole(inquiry(*late, more), "30 10:00", "环节") == [
            row("三", "24 10:00", "25 17:30", "26 11:00", "已停", "红牌", 1, TAKER)]  # fmt: skip
    back = event(Return, "30 09:00", "heping", reason="不属")
    assert whole(inquiry(*late, back), "30 10:00", "环节")[0][2] == at("25 17:30")


def test_a_sections_clock_stands_still_and_goes_on():
    """A pause in the section's hands is taken out; one that was over before it came there is not."""
    held = [handoff("23 10:00"), accepted("24 10:00")]
    waits = event(Notify, "24 11:00", "lijie", material=("x",))
    assert whole(inquiry(*held, waits), "30 10:00", "环节") == [
        row("三", "24 10:00", None, None, "暂停", whose=TAKER)]  # fmt: skip
    back = inquiry(*held, waits, event(Supplement, "26 10:00", "lijie"))
    assert whole(back, "26 11:00", "环节") == [
        row("三", "24 10:00", "27 17:30", None, "计时", "黄牌", whose=TAKER)]  # fmt: skip
    passed_on = (handoff("24 10:30", "办公室", "lijie"), accepted("24 11:00", "heping"))
    later = event(Suspend, "24 11:30", "heping", reason="特别程序")
    assert whole(inquiry(*held, *passed_on, later), "30 10:00", "环节") == [
        row("三", "24 10:00", "25 17:30", "24 10:30", "已停", whose=TAKER)]  # fmt: skip
    before = [event(Suspend, "23 09:30", reason="特别程序"), event(Resume, "23 09:40")]
    assert whole(inquiry(*before, *held), "25 10:00", "环节")[0][2] == at("25 17:30")
    expired = event(Notify, "27 11:00", "lijie", material=("x",))
    assert whole(inquiry(*held, expired), "30 10:00", "环节") == [
        row("三", "24 10:00", "25 17:30", None, "计时", "红牌", 3, TAKER)]  # fmt: skip


def test_a_promise_is_kept_by_whoever_holds_it():
    """The time promised, under no article; the first result keeps it, whoever is late answers."""
    story = inquiry(handoff("23 10:00"), accepted("23 11:00"), promised=at("25 12:00"))
    assert whole(story, "26 09:00", "承诺") == [
        row("默认", "23 09:00", "25 12:00", None, "计时", "红牌", 1, TAKER)]  # fmt: skip
    kept = inquiry(close("25 12:00"), event(Reopen, "25 13:00", reason="x"), promised=at("25 12:00"))
    assert whole(kept, "30 09:00", "承诺") == [row("默认", "23 09:00", "25 12:00", "25 12:00", "已停")]


def test_each_redo_has_its_own_clock():
    """From its own act to its own result; the second redo does not look at the first's result."""
    story = inquiry(
        close("23 10:00"), event(Reopen, "23 11:00", reason="x", id="r1"), close("26 10:00"),
        event(Reopen, "27 11:00", reason="x", id="r2"),
    )  # fmt: skip
    assert whole(story, "27 12:00", "办结", "重办") == [
        row("四", "23 09:00", "26 17:30", "23 10:00", "已停"),
        row("五", "23 11:00", "25 17:30", "26 10:00", "已停", "红牌", 1, event="r1"),
        row("五", "27 11:00", "2026-12-01 17:30", None, "计时", event="r2"),
    ]


def test_a_pause_in_a_redo_leaves_the_first_limit_alone():
    """What was closed stays closed in time; only the redo stands still."""
    story = inquiry(
        close("23 10:00"), event(Reopen, "23 11:00", reason="x", id="r1"), event(Suspend, "23 12:00", reason="特别程序")
    )  # fmt: skip
    assert whole(story, "30 09:00", "办结", "重办") == [
        row("四", "23 09:00", "26 17:30", "23 10:00", "已停"),
        row("五", "23 11:00", None, None, "暂停", event="r1"),
    ]


def test_staged_feedback_told_and_owed():
    """Of the words given only those that came too late are told of; the next one is owed by its holder."""
    story = inquiry(
        event(Progress, "24 10:00", text="在查"), handoff("24 11:00"), accepted("24 12:00"),
        event(Progress, "27 10:00", "lijie", text="在查"),
    )  # fmt: skip
    assert whole(story, "27 11:00", "反馈") == [
        row("六", "24 10:00", "26 17:30", "27 10:00", "已停", "红牌", 1, TAKER),
        row("六", "27 10:00", "2026-12-01 17:30", None, "计时", whose=TAKER),
    ]
    closed = inquiry(event(Progress, "26 10:00", text="在查"), close("27 10:00"))
    assert whole(closed, "30 11:00", "反馈") == [
        row("六", "23 09:00", "25 17:30", "26 10:00", "已停", "红牌", 1)]  # fmt: skip
    redone = inquiry(close("24 10:00"), event(Callback, "25 10:00"), event(Reopen, "26 10:00", reason="x"))
    assert whole(redone, "27 10:00", "反馈") == [row("六", "26 10:00", "30 17:30", None, "计时", "黄牌")]
    twice = inquiry(close("24 10:00"), event(Reopen, "26 10:00", reason="x"), close("26 11:00"))
    assert whole(twice, "30 10:00", "反馈") == []


def test_an_appointment_cites_the_article_on_appointments():
    """Due at the close of the day agreed, or of the next working day, by whoever holds it then."""
    story = inquiry(
        event(Appoint, "23 10:00", when=at("28 10:00"), id="a1"), handoff("23 11:00"), accepted("23 12:00")
    )  # fmt: skip
    assert whole(story, "2026-12-01 09:00", "预约") == [
        row("七", "23 10:00", "30 17:30", None, "计时", "红牌", 1, TAKER, "a1")]  # fmt: skip
    bare = Rules(structs.replace(EVERY.policy, limits={}), OFFICE, CALENDAR)
    assert whole(story, "30 09:00", "预约", rules=bare)[0][0] == "默认"
    result = close("23 10:00", id="zz")
    again = event(Appoint, "23 11:00", when=at("25 10:00"), id="a2")
    late = inquiry(result, event(Reopen, "23 10:30", reason="x"), again)
    assert [r[3] for r in whole(late, "24 09:00", "预约")] == [None]  # a result before it settles nothing


def test_a_supervision_notice_is_answered_by_whoever_holds_it_then():
    """Its own time, under no article; word or result at that very moment answers it."""
    notice = event(Supervise, "24 10:00", "heping", text="说明", due=at("25 12:00"), id="s1")
    story = inquiry(handoff("23 10:00"), notice, accepted("25 09:00"))
    assert whole(story, "26 09:00", "督办") == [
        row("默认", "24 10:00", "25 12:00", None, "计时", "红牌", 1, TAKER, "s1")]  # fmt: skip
    told = event(Progress, "24 10:00", text="在办", id="t1")
    assert whole(inquiry(notice, told), "26 09:00", "督办")[0][3:6] == (at("24 10:00"), "已停", "正常")


def test_a_callback_is_owed_by_the_department_named():
    """The first department that the regulation names, else the first-asked; it bears the result's id."""
    story = inquiry(close("23 10:00", id="c1"))
    assert whole(story, "26 09:00", "回访") == [
        row("八", "23 10:00", "25 17:30", None, "计时", "红牌", 1, Target("办公室"), "c1")]  # fmt: skip
    plain = Rules(structs.replace(EVERY.policy, duties={}), OFFICE, CALENDAR)
    assert whole(story, "26 09:00", "回访", rules=plain)[0][7] == FIRST
    again = inquiry(close("23 10:00"), event(Reopen, "23 11:00", reason="x"))
    assert whole(again, "26 09:00", "回访") == whole(inquiry(), "26 09:00", "回访") == []


def test_limits_may_hold_for_some_inquiries_only():
    """Each clock asks its own list for the limit that fits this inquiry."""
    over = {name: [{**limit, "channel": ["来访"]}] for name, limit in EACH.items() if name != "预约"}
    visits = Rules(policy(limits=over), OFFICE, CALENDAR)
    story = [
        handoff("23 10:00"),
        accepted("23 11:00"),
        close("24 10:00", "lijie"),
        event(Reopen, "24 11:00", reason="x"),
    ]
    names = ("首次回应", "签收", "环节", "办结", "重办", "反馈", "回访")
    assert whole(inquiry(*story), "25 09:00", *names, rules=visits) == []
    asked = judged(inquiry(*story, channel="来访"), "25 09:00", visits)[1]
    assert [c.name for c in asked] == ["首次回应", "签收", "环节", "环节", "办结", "重办", "反馈"]
    done = judged(inquiry(close("24 10:00"), channel="来访"), "25 09:00", visits)[1]
    assert [c.name for c in done] == ["首次回应", "办结", "回访"]


def test_an_extension_counts_for_the_work_in_which_it_was_granted():
    """Granted during a redo it does not move the first limit, nor the other way round."""
    more = {"approved_by": "zhaojun", "reason": "勘查", "workdays": 1}
    story = inquiry(
        event(Extend, "24 10:00", id="x1", **more), close("27 10:00"),
        event(Reopen, "30 09:00", reason="x"), event(Extend, "30 12:00", id="x2", **more),
    )  # fmt: skip
    outer, redo = [c for c in judged(story, "30 13:00", EVERY)[1] if c.name in ("办结", "重办")]
    assert (outer.due, [e.id for e in outer.course.extensions]) == (at("27 17:30"), ["x1"])
    assert (redo.due, [e.id for e in redo.course.extensions]) == (at("2026-12-03 17:30"), ["x2"])
    assert outer.refused == redo.refused == ()


def test_a_matters_own_limit_is_said_to_be_its_own():
    """The table of matters sets it, no article; what the regulation says of urgency goes before it."""
    story = inquiry(matter="施工许可证")
    assert whole(story, "23 10:00", "办结", rules=Rules(BUMEN, OFFICE, CALENDAR)) == [
        row("事项规定", "23 09:00", "30 17:30", None, "计时")]  # fmt: skip


def test_the_table_has_every_clock_of_the_vocabulary():
    """What a regulation may limit is what the table knows how to run, in the order of the reports."""
    assert tuple(CLOCKS) == NAMES
