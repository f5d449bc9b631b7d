"""Figures of service by person, against counts made by hand."""

from msgspec import structs

from shouwen.core.accountability.service_record import Service, add_service, satisfied, summed
from shouwen.core.deadlines.clock_table import clocks
from shouwen.core.inquiry.events import Accept, Callback, Correct, Event, Join, Reopen, Return
from shouwen.core.inquiry.header import Inquiry
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.rulebook import Rules
from tests.support.clock import CALENDAR, ZONE, at
from tests.support.records import BUMEN, close, event, handoff, inquiry, judged
from tests.support.roster import OFFICE

RULES = Rules(BUMEN, OFFICE, CALENDAR)
SCALE = ("非常满意", "满意", "基本满意", "不满意", "非常不满意")


def figures(*records: Inquiry, year: int = 2026, now: str = "2027-03-01 09:00") -> dict[str, dict]:
    """Per person what is not nothing, by name."""
    found: dict[str, Service] = {}
    for n, record in enumerate(records):
        state = replay(structs.replace(record, id=f"20261123-{n:06}"))
        add_service(found, state, clocks(RULES, state, at(now)), year, ZONE)
    counted = {who: structs.asdict(s) for who, s in found.items()}
    for each in counted.values():
        assert each.pop("on_time_by_source") == (
            {"默认": each["on_time_default"]} if each["on_time_default"] else {}
        )
        held = sum(each.pop("overdue_by_source").values())
        assert held == each["overdue_held_default"] + each["overdue_held"]
        each.pop("late_by_source")
    kept = {"inquiries", "matters"}
    return {who: {k: v for k, v in c.items() if v and k not in kept} for who, c in counted.items()}


def test_every_figure_names_the_inquiries_behind_it():
    """Whoever contests a figure finds which it was, counted as often as the figure says."""
    found: dict[str, Service] = {}
    late = inquiry(close("30 10:00"))
    for record in (late, inquiry(close("23 10:00"), id="20261123-AAAAAA")):
        state = replay(record)
        add_service(found, state, clocks(RULES, state, at("2027-03-01 09:00")), 2026, ZONE)
    mine = summed([found])["wangfang"]
    assert mine.inquiries == {
        "first_asked": ["20261123-AAAAAA", "20261123-K7Q4QX"], "handled": ["20261123-AAAAAA", "20261123-K7Q4QX"],
        "on_time_default": ["20261123-AAAAAA"], "late_default": ["20261123-K7Q4QX"], "overdue_held_default": ["20261123-K7Q4QX"],
    }  # fmt: skip
    assert all(
        len(ids) == getattr(mine, figure)
        for figure, ids in mine.inquiries.items()
        if not figure.startswith("late")
    )


def accepted(when: str, by: str = "lijie") -> Event:
    """The receiver signs."""
    return event(Accept, when, by)


def test_handled_counts_for_whoever_brought_it_to_its_result():
    """王芳 was asked, 李洁 closed in time."""
    story = inquiry(handoff("23 10:00"), accepted("23 11:00"), close("26 17:30", "lijie"))
    assert figures(story) == {"wangfang": {"first_asked": 1}, "lijie": {"handled": 1, "on_time_default": 1}}


def test_late_counts_for_whoever_held_it_when_the_limit_ran_out():
    """李洁 took over after expiry and closed: the lateness is 王芳's, and the handling was not on time."""
    story = inquiry(handoff("27 09:00"), accepted("27 10:00"), close("27 11:00", "lijie"))
    assert figures(story) == {
        "wangfang": {"first_asked": 1, "overdue_held_default": 1},
        "lijie": {"handled": 1},
    }


def test_a_matter_counts_once_however_many_limits_ran_out():
    """Limit and promise both missed, in two matters: two, not four; by the promise, which somebody made."""
    story = inquiry(close("30 10:00"), promised=at("24 12:00"))
    assert figures(story, story) == {"wangfang": {"first_asked": 2, "handled": 2, "overdue_held": 2}}


def test_lateness_in_answering_is_not_lateness_of_the_work():
    """Nobody answered within a day; the work itself was done in time."""
    story = inquiry(close("26 10:00"), channel="网上")
    assert figures(story) == {
        "wangfang": {"first_asked": 1, "handled": 1, "on_time_default": 1, "overdue_held_default": 1}
    }


def test_a_redo_in_time_does_not_undo_a_late_first_result():
    """Handled once, by the last result; late the first time is not on time."""
    again = inquiry(close("27 10:00"), event(Reopen, "27 11:00", reason="x"), close("27 12:00"))
    both = {"20261123-000000": "办结超1个工作日，2026-11-27重办，重办按时"}
    assert figures(again) == {
        "wangfang": {"first_asked": 1, "handled": 1, "overdue_held_default": 1, "changed": both}
    }
    open_again = inquiry(close("23 10:00"), event(Reopen, "2027-02-26 11:00", reason="x"))
    assert figures(open_again) == {"wangfang": {"first_asked": 1}}


def test_what_was_in_time_is_counted_each_time():
    """Two matters in time, a third redone too late: handled three times, twice on time."""
    good = inquiry(close("23 10:00"))
    redo = inquiry(close("23 10:00"), event(Reopen, "23 11:00", reason="x"), close("2026-12-02 10:00"))
    both = {"20261123-000002": "办结按时，2026-11-23重办，重办超4个工作日"}
    figure = {"first_asked": 3, "handled": 3, "on_time_default": 2, "overdue_held_default": 1}
    assert figures(good, good, redo) == {"wangfang": figure | {"changed": both}}


def test_what_was_sent_back_counts_for_the_sender():
    """Two handoffs sent back are two."""
    back = [handoff("23 10:00"), event(Return, "23 11:00", "lijie", reason="不属")]
    again = [handoff("23 12:00"), event(Return, "23 13:00", "lijie", reason="不属")]
    assert figures(inquiry(*back, *again), now="23 14:00") == {"wangfang": {"first_asked": 1, "returned": 2}}


def test_ratings_are_counted_by_word():
    """Each call-back with a rating; one without says nothing."""
    story = inquiry(
        close("23 10:00"), event(Callback, "24 10:00", rating="满意"), event(Callback, "25 10:00", rating="满意"),
        event(Callback, "26 10:00", rating="不满意"), event(Callback, "26 11:00", resolved=True),
    )  # fmt: skip
    assert figures(story)["wangfang"]["ratings"] == {"满意": 2, "不满意": 1}


def test_each_thing_counts_in_the_year_it_happened_in():
    """Taken in on New Year's Eve, closed late in January: asked in one year, handled and late in the other."""
    story = inquiry(close("2027-01-20 10:00"), received=at("2026-12-31 16:00"))
    assert figures(story) == {"wangfang": {"first_asked": 1}}
    assert figures(story, year=2027) == {"wangfang": {"handled": 1, "overdue_held_default": 1}}
    back = inquiry(
        handoff("2026-12-31 17:00"), event(Return, "2027-01-01 00:30", "lijie", reason="x"),
        received=at("2026-12-31 16:00"),
    )  # fmt: skip
    assert figures(back, now="2027-01-01 09:00") == {"wangfang": {"first_asked": 1}}
    assert figures(back, year=2027, now="2027-01-01 09:00") == {"wangfang": {"returned": 1}}


def test_what_nobody_in_particular_did_is_nobodys_figure():
    """A department was asked first and closed it; the matter counts for no person."""
    story = inquiry(close("30 10:00"), first_responder="")
    assert figures(story) == {}
    back = inquiry(handoff("23 10:00"), event(Return, "23 11:00", "lijie", reason="x"), first_responder="")
    assert figures(back, now="23 12:00") == {}


def test_satisfied_are_all_but_the_two_lowest():
    """(satisfied, rated): 基本满意 is satisfied, a word that nobody gave is none."""
    assert satisfied({"满意": 3, "基本满意": 2, "不满意": 1, "非常不满意": 1}, SCALE) == (5, 7)
    assert satisfied({"非常不满意": 1}, SCALE) == (0, 1)
    assert satisfied({}, SCALE) == (0, 0)


def test_lots_counted_apart_are_one_count():
    """What two processes counted is what one would have, and neither lot is changed by it."""
    kept, late = ("on_time", "事项", "甲"), ("late", "条文", "甲")
    one = Service(first_asked=1, handled=2, returned=5, ratings={"满意": 1, "不满意": 2})
    one.judge("handled", "甲", kept)
    two = Service(first_asked=10, handled=20, returned=50, ratings={"满意": 10})
    two.judge("handled", "乙", ("on_time", "默认", "乙"))
    two.judge("held", "乙", ("overdue_held", "默认", "乙"))
    total = summed([{"wangfang": one}, {"lijie": one}, {"wangfang": two}])
    mine = total["wangfang"]
    assert (mine.first_asked, mine.handled, mine.returned) == (11, 22, 55)
    assert (mine.on_time, mine.on_time_default, mine.overdue_held, mine.overdue_held_default) == (1, 1, 0, 1)
    assert mine.ratings == {"满意": 11, "不满意": 2} and mine.on_time_by_source == {"事项": 1, "默认": 1}
    assert total["lijie"].inquiries == {"on_time": ["甲"]}
    three = Service(into={"甲": "丙"})
    three.judge("handled", "丙", late)
    worst = summed([{"wangfang": one}, {"wangfang": three}])["wangfang"]
    assert worst.inquiries == {"late": ["甲"]} and (worst.on_time, worst.late_by_source) == (0, {"条文": 1})
    assert one.ratings == {"满意": 1, "不满意": 2}
    assert summed([]) == {}


def test_service_figures():
    """First-asked, handled, on time, overdue while held, returned, ratings: each to its person."""
    figures: dict = {}
    late = inquiry(
        handoff("23 10:00"), event(Return, "23 11:00", "lijie", reason="x"), handoff("24 10:00"),
        event(Accept, "24 11:00", "lijie"), close("30 10:00", "lijie"), event(Callback, "30 11:00", rating="满意"),
    )  # fmt: skip
    for n, record in enumerate((late, inquiry(close("23 10:00")), inquiry())):
        record = structs.replace(record, id=f"20261123-{n:06}")
        state, found, _ = judged(record, "2026-12-10 09:00")
        add_service(figures, state, found, 2026, ZONE)
    first, handler = figures["wangfang"], figures["lijie"]
    assert (
        first.first_asked,
        first.handled,
        first.on_time_default,
        first.overdue_held_default,
        first.returned,
    ) == (
        3,
        1,
        1,
        1,
        1,
    )
    assert (handler.first_asked, handler.handled, handler.on_time_default, handler.overdue_held_default) == (
        0,
        1,
        0,
        1,
    )
    assert handler.ratings == {"满意": 1}


def held(*records: Inquiry, rules: Rules = RULES) -> Service:
    """The figures of 王芳."""
    found: dict[str, Service] = {}
    for record in records:
        state = replay(record)
        add_service(found, state, clocks(rules, state, at("2027-03-01 09:00")), 2026, ZONE)
    return summed([found])["wangfang"]


def test_whose_limit_ran_out_is_counted_apart():
    """A default limit, one of matters.yaml, a promise: each in a number of its own."""
    late = close("2026-12-20 10:00")
    sources = held(
        inquiry(late), inquiry(late, matter="施工许可证", id="20261123-AAAAAA"),
        inquiry(late, promised=at("30 12:00"), id="20261123-BBBBBB"),
    ).overdue_by_source  # fmt: skip
    assert sources == {"默认": 1, "事项": 1, "承诺": 1}


def test_several_peoples_same_matter_counts_once():
    """Five neighbours, one broken lamp: joined, it is one matter held too long."""
    main = inquiry(id="20261123-QQQQQQ")
    joined = [
        inquiry(event(Join, "23 10:00", into="20261123-QQQQQQ"), id=f"20261123-AAAAA{n}") for n in range(4)
    ]
    for records in ([main, *joined], [*joined, main]):
        mine = held(*records)
        assert (mine.overdue_held_default, mine.overdue_held, mine.first_asked) == (1, 0, 5)
    other = inquiry(close("24 10:00"), id="20261123-BBBBBB")
    assert held(main, *joined, other).on_time_default == 1


def test_a_verdict_changed_by_a_correction_is_named():
    """Approved after the limit had run out: in time now, and what it was stands beside."""
    put_right = event(Correct, "30 10:00", field="received", value="2026-11-26T09:00:00+08:00",
                      reason="记错", approved_by="zhaojun")  # fmt: skip
    found = held(inquiry(put_right, close("30 11:00")))
    assert (found.on_time_default, found.overdue_held_default) == (1, 0)
    assert found.changed == {"20261123-K7Q4QX": "办结原为超2个工作日，2026-11-30经批准更正"}


def test_both_verdicts_of_a_redo_are_named():
    """Late, then redone in time; in time, then redone late: whoever redid it has both beside the figure."""

    def redone(first: str, again: str, last: str) -> dict[str, str]:
        return held(inquiry(close(first), event(Reopen, again, reason="不满意"), close(last))).changed

    late = redone("30 11:00", "2026-12-03 09:00", "2026-12-03 10:00")
    assert late == {"20261123-K7Q4QX": "办结超2个工作日，2026-12-03重办，重办按时"}
    kept = redone("24 11:00", "25 09:00", "2026-12-03 10:00")
    assert kept == {"20261123-K7Q4QX": "办结按时，2026-11-25重办，重办超1个工作日"}
    assert redone("24 11:00", "25 09:00", "25 10:00") == {}
