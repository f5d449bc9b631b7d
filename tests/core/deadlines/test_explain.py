"""Why a limit ends when it does, in words that a citizen understands, and as a line of days."""

from msgspec import structs

from shouwen.core.deadlines.explain import picture, rests_on, why_due
from shouwen.core.inquiry.events import (
    Appoint,
    Correct,
    Extend,
    Notify,
    Progress,
    Reopen,
    Supervise,
    Supplement,
)
from shouwen.core.rulebook import Rules
from tests.support.clock import CALENDAR, at
from tests.support.records import BUMEN, clock, close, event, handoff, inquiry, judged, policy, with_limits
from tests.support.roster import CONFIG, OFFICE

RULES = Rules(BUMEN, OFFICE, CALENDAR)


def steps(record, name="办结", now="2026-12-20 09:00", rules=RULES):
    """The steps of a clock."""
    return why_due(rules, clock(record, name, now, rules))


def test_days_off_and_make_up_days_are_named():
    """Over the Spring Festival: the holiday does not count, the make-up Saturday does."""
    story = inquiry(received=at("2026-02-12 10:00"))
    assert steps(story, rules=with_limits(办结={"workdays": 3})) == [
        "自2026-02-12次日起，3个工作日（默认），至2026-02-24 17:30",
        "02-15至02-23间的9天不上班，不计；02-14调休上班，计入",
    ]
    over_a_weekend = inquiry(received=at("26 10:00"))
    assert steps(over_a_weekend)[1] == "11-28、11-29不上班，不计"


def test_each_pause_says_what_it_took():
    """A night takes nothing; two pauses are added up before they are rounded."""
    story = inquiry(
        event(Notify, "24 17:31", material=("x",)), event(Supplement, "25 08:29"),
        event(Notify, "25 10:00", material=("x",)), event(Supplement, "25 11:00"),
    )  # fmt: skip
    assert steps(story) == [
        "自2026-11-23次日起，3个工作日（默认），至2026-11-26 17:30",
        "暂停 2026-11-24 17:31 至 2026-11-25 08:29，不占上班时间",
        "暂停 2026-11-25 10:00 至 2026-11-25 11:00，停了0.14个工作日",
        "停的时间合计，进为1个工作日，一次补上",
        "期限为2026-11-27 17:30",
    ]


def test_a_promise_a_slip_and_a_correction_are_explained():
    """What governs in the limit's stead, what gains no time, what the verdict was before."""
    assert steps(inquiry(promised=at("30 12:00")), "承诺")[-2:] == [
        "承诺 2026-11-30 12:00，比默认期限晚，以承诺为准", "期限为2026-11-30 12:00"]  # fmt: skip
    slip = inquiry(close("26 17:00"), event(Reopen, "26 17:05", reason="点错"))
    assert "办结当日又重办，先前的期限没有到，仍按先前的期限" in steps(slip, "重办")
    late = event(
        Correct, "30 10:00", field="received", value="2026-11-26T09:00:00+08:00", reason="x", id="c1"
    )
    assert steps(inquiry(late))[-1] == "期满或办结以后的更正（c1）没有批准，不改变期限"
    told = steps(inquiry(structs.replace(late, approved_by="zhaojun")))
    assert told[-1] == (
        "更正（c1，2026-11-30 10:00）以前期限为2026-11-26 17:30，已超期2个工作日；经批准按更正后的算"
    )


def test_every_clock_is_explained():
    """Also those that nothing moves, and those agreed upon."""
    story = inquiry(
        handoff("23 10:00"), event(Appoint, "23 11:00", when=at("25 10:00")),
        event(Supervise, "23 12:00", "heping", text="x", due=at("25 12:00")), channel="网上",
    )  # fmt: skip
    found = judged(story, "24 09:00")[1]
    assert {c.name for c in found} == {"首次回应", "签收", "办结", "预约", "督办"}
    assert all(why_due(RULES, c) for c in found)
    assert steps(story, "督办") == ["自2026-11-23起，按约定至2026-11-25 12:00（督办限期）"]


def test_whose_limit_it_is():
    """An article, matters.yaml, the office's own overrides, a promise, or only the base."""
    own = structs.replace(OFFICE, config=structs.replace(CONFIG, overrides={"limits": {"办结": []}}))
    article = policy(limits={"办结": [{"workdays": 3, "article": "二"}]})
    found = {
        "条文": (inquiry(), Rules(article, OFFICE, CALENDAR), "第二条"),
        "事项": (inquiry(matter="施工许可证"), RULES, "事项规定"),
        "本单位": (inquiry(), Rules(BUMEN, own, CALENDAR), "本单位规定"),
        "默认": (inquiry(), RULES, "默认"),
    }
    named = clock(inquiry(), "办结", "23 10:00", Rules(article, own, CALENDAR))
    assert (named.source, rests_on(Rules(article, own, CALENDAR), named)) == ("本单位", "第二条")
    for source, (record, rules, words) in found.items():
        shown = clock(record, "办结", "23 10:00", rules)
        assert (shown.source, rests_on(rules, shown)) == (source, words)
    told = inquiry(event(Progress, "23 10:00", text="x", promised=at("30 12:00")))
    assert (clock(told, "承诺").source, rests_on(RULES, clock(told, "承诺"))) == ("承诺", "承诺")


def test_the_picture_is_a_line_of_days():
    """Start, counted, off, still, due, over: one word a day."""
    story = inquiry(event(Notify, "24 10:00", material=("x",)), event(Supplement, "25 10:00"))
    line = picture(CALENDAR, clock(story, "办结", "2026-12-01 09:00"), at("2026-12-01 09:00"))
    assert [what for _, what in line] == ["起", "停", "停", "计", "到期", "休", "休", "超期", "超期"]
    assert str(line[0][0]) == "2026-11-23"
    festival = picture(CALENDAR, clock(inquiry(received=at("2026-02-13 10:00")), "办结", "2026-02-13 12:00"),
                       at("2026-02-13 12:00"))  # fmt: skip
    assert festival[1][1] == "调休"


INTAKE = ("intake", "--channel", "来电", "--category", "咨询", "--subject", "迁户口", "--scope", "其他部门")


def test_the_page_shows_it(sw, inquiry):
    """show --format html: the story masked, every clock with its days, nothing loaded from elsewhere."""
    name = inquiry()
    page = sw("wangfang", "show", name, "--format", "html").out
    assert page.startswith("<!DOCTYPE html>") and '<ol class="days">' in page
    assert "到期" in page and "://" not in page and "张某" not in page
    told = page.split("<pre>")[1].split("</pre>")[0]
    assert "\\x0a" not in page and told.split("\n")[0].startswith(name)
    assert "时限" in told.split("\n") and any(
        line.startswith("  办结  3个工作日") for line in told.split("\n")
    )


def test_the_page_tells_the_days_apart(sw, inquiry):
    """A pause, a day off, a make-up day, the last day and those after it each have a look of their own."""
    moment = "2026-02-11T10:00"
    name = sw("wangfang", *INTAKE, now=moment).id
    sw("wangfang", "suspend", name, "--reason", "特别程序", now="2026-02-12T09:00")
    sw("wangfang", "resume", name, now="2026-02-13T09:00")
    page = sw("wangfang", "show", name, "--format", "html", now="2026-03-25T10:00").out
    for day, look, what in (
        ("02-12<br>周四", "still", "停"), ("02-14<br>周六", "made", "调休"), ("02-15<br>周日", "off", "休"),
        ("02-24<br>周二", "due", "到期"), ("02-25<br>周三", "over", "超期"),
    ):  # fmt: skip
        assert f'<li class="{look}">{day}<b>{what}</b></li>' in page


def test_every_kind_of_length_says_which_days_count():
    """Days and months count days off and are put off by the last; what begins after closing is the next day's."""
    friday = inquiry(received=at("25 10:00"))
    assert steps(friday, rules=with_limits(办结={"days": 3})) == [
        "自2026-11-25次日起，3天（默认），至2026-11-30 17:30",
        "按自然日数，休息日也计入；最后一天遇11-28、11-29不上班的，顺延到11-30",
    ]
    assert steps(inquiry(), rules=with_limits(办结={"days": 3}))[1:] == ["按自然日数，休息日也计入"]
    evening = inquiry(received=at("23 17:31"))
    assert steps(evening, rules=with_limits(办结={"same_day": True})) == [
        "自2026-11-23起，当日下班（默认），至2026-11-24 17:30",
        "那时已经下班或不上班，算到下一个工作日（11-24）下班",
    ]
    paused = (event(Notify, "24 10:00", material=("x",)), event(Supplement, "24 11:00"))
    assert "停了多少工作小时，补多少" in steps(inquiry(*paused), rules=with_limits(办结={"hours": 20}))
    assert "停的时间合计，进为1天，一次补上" in steps(inquiry(*paused), rules=with_limits(办结={"days": 9}))


def test_an_extension_says_by_how_much():
    """So many working days, or until a moment; after which only later pauses are given back."""
    grant = {"approved_by": "zhaojun", "reason": "勘查"}
    by = event(Extend, "24 10:00", workdays=2, id="x1", **grant)
    assert "延期2个工作日（x1，赵军批准）：勘查" in steps(inquiry(by))
    until = event(Extend, "24 10:00", until=at("30 17:30"), id="x2", **grant)
    paused = (event(Notify, "25 10:00", material=("x",)), event(Supplement, "25 11:00"))
    told = steps(inquiry(until, *paused))
    assert "延期至2026-11-30 17:30（x2，赵军批准）：勘查" in told
    assert "停的时间加总，进为整日一次补上；延期、承诺到某一时刻的，只补那以后停的" in told


def test_a_promise_stands_beside_the_limit_that_it_replaces():
    """The first line is of the limit that was there, and says whose it was."""
    assert steps(inquiry(promised=at("30 12:00")), "承诺")[0] == (
        "自2026-11-23次日起，3个工作日（默认），至2026-11-26 17:30"
    )
