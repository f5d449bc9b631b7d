"""Times as clerks type them, and what is said of those that mean nothing."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, strategies
from hypothesis import strategies as st

from shouwen.core.dates import HOW, echo, parse, parse_day
from shouwen.core.errors import Usage
from tests.support.clock import at

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    "text, day",
    [
        ("今天", "2026-11-23"), ("昨天", "2026-11-22"), ("前天", "2026-11-21"), ("明天", "2026-11-24"),
        ("后天", "2026-11-25"), ("2026-11-05", "2026-11-05"), ("2025/1/2", "2025-01-02"),
        ("2025.01.02", "2025-01-02"), ("2025年1月2日", "2025-01-02"), ("3月8日", "2026-03-08"),
        ("11-24", "2026-11-24"), (" 1/2 ", "2026-01-02"), ("２０２６－１１－２４", "2026-11-24"),
        ("1900-01-01", "1900-01-01"), ("2199-12-31", "2199-12-31"),
    ],
)  # fmt: skip
def test_days(text, day):
    """Words, numbers with any of the usual marks, with or without the year, wide or narrow."""
    assert parse_day(text, TODAY) == date.fromisoformat(day)


NO_DAY = [
    ("", "看不懂"), ("周八", "看不懂"), ("上周", "看不懂"), ("周末", "看不懂"), ("初一", "看不懂"), ("十五十六", "看不懂"),
    ("2026-13-01", "没有这一天"), ("2026-02-30", "没有这一天"), ("2月29日", "没有这一天"), ("32号", "没有这一天：2026年11月没有32日"),
    ("1899-12-31", "的年份 1899 不在 1900 到 2199 之间"), ("2200-01-01", "的年份 2200 不在 1900 到 2199 之间"),
    ("22000101", "的年份 2200 不在 1900 到 2199 之间"), ("26-11-23", "的年份要写满四位"),
    ("2026112", "不是八位数字，连写的日期要写满八位，如 20261123"), ("202611231", "不是八位数字，连写的日期要写满八位，如 20261123"),
    ("2026-11-23周二", "自相矛盾：2026-11-23 是周一，不是周二"), ("昨天周一", "自相矛盾：2026-11-22 是周日，不是周一"),
    ("11月31号", "没有这一天"),
]  # fmt: skip


@pytest.mark.parametrize("text, why", NO_DAY)
def test_what_is_no_day(text, why):
    """The text is quoted as typed, under the name of the option, with what is wrong about it."""
    with pytest.raises(Usage) as told:
        parse_day(text, TODAY)
    assert str(told.value) == f"日期“{text}”{why}；写成 2026-11-23"
    with pytest.raises(Usage, match=f"^--from“{text}”"):
        parse_day(text, TODAY, "--from")


@pytest.mark.parametrize(
    "text, last, this, following",
    [
        ("周五", "2026-11-20", "2026-11-27", "2026-11-27"), ("周一", "2026-11-23", "2026-11-23", "2026-11-23"),
        ("上周五", "2026-11-20", "2026-11-20", "2026-11-20"), ("下週五", "2026-12-04", "2026-12-04", "2026-12-04"),
        ("本周日", "2026-11-29", "2026-11-29", "2026-11-29"), ("上上个星期三", "2026-11-11", "2026-11-11", "2026-11-11"),
        ("20号", "2026-11-20", "2026-11-20", "2026-12-20"), ("25日", "2026-10-25", "2026-11-25", "2026-11-25"),
        ("上个月20号", "2026-10-20", "2026-10-20", "2026-10-20"), ("十天前", "2026-11-13", "2026-11-13", "2026-11-13"),
        ("两周后", "2026-12-07", "2026-12-07", "2026-12-07"), ("大前天", "2026-11-20", "2026-11-20", "2026-11-20"),
        ("去年十二月三十日", "2025-12-30", "2025-12-30", "2025-12-30"), ("12-30", "2026-12-30", "2026-12-30", "2026-12-30"),
        ("月底", "2026-11-30", "2026-11-30", "2026-11-30"), ("上月末", "2026-10-31", "2026-10-31", "2026-10-31"),
        ("去年底", "2025-12-31", "2025-12-31", "2025-12-31"), ("年底", "2026-12-31", "2026-12-31", "2026-12-31"),
        ("二〇二六年十一月二十日", "2026-11-20", "2026-11-20", "2026-11-20"), ("20261120", "2026-11-20", "2026-11-20", "2026-11-20"),
        ("2026-11-20（周五）", "2026-11-20", "2026-11-20", "2026-11-20"), ("廿号", "2026-11-20", "2026-11-20", "2026-12-20"),
    ],
)  # fmt: skip
def test_days_that_depend_on_what_they_are_of(text, last, this, following):
    """What was done lies behind, what is promised ahead, a report's day in this week; a year is never guessed."""
    found = [parse_day(text, TODAY, future=future).isoformat() for future in (False, None, True)]
    assert found == [last, this, following]


@pytest.mark.parametrize(
    "text, moment",
    [
        ("09:15", "23 09:15"), ("9时5分", "23 09:05"), ("9点", "23 09:00"), ("9：15", "23 09:15"),
        ("上午9:15", "23 09:15"), ("下午 3:15", "23 15:15"), ("下午12:15", "23 12:15"), ("下午15:15", "23 15:15"),
        ("昨天 15:00", "22 15:00"), ("昨天15:00", "22 15:00"), ("11-20 9:15", "20 09:15"),
        ("2026年11月20日9时15分", "20 09:15"), ("2026-11-20 下午3点", "20 15:00"),
        ("2026-11-20T09:15", "20 09:15"), ("2026-11-20T01:15:00+00:00", "20 09:15"),
        ("2026-11-20 01:15+00:00", "20 09:15"), ("0:00", "23 00:00"), ("23:59", "23 23:59"),
        ("1900-01-02 09:00", "1900-01-02 09:00"), ("2199-12-31 09:00", "2199-12-31 09:00"),
        ("1900-01-02T09:00", "1900-01-02 09:00"), ("2199-12-31T09:00", "2199-12-31 09:00"),
    ],
)  # fmt: skip
def test_moments(text, moment):
    """A clock alone is today's; half days, words for days, and the form in which records have it."""
    found = parse(text, at("23 10:00"))
    assert found.isoformat() == at(moment).isoformat()  # with the ledger's offset


def test_seconds_are_kept():
    """What a machine wrote to the second is read to the second."""
    assert parse("09:15:30", at("23 10:00")).time() == time(9, 15, 30)


def test_a_day_alone_means_its_close_or_nothing():
    """``--until 2026-11-25`` is the end of business where there is one, else a clock is asked for."""
    assert parse("11-25", at("23 10:00"), alone=lambda day: time(17, 30)) == at("25 17:30")
    with pytest.raises(Usage) as told:
        parse("11-25", at("23 10:00"))
    assert str(told.value) == f"时间“11-25”只有日期，没有钟点；{HOW}"


@pytest.mark.parametrize(
    "text, moment",
    [
        ("刚才", "23 10:00"), ("现在", "23 10:00"), ("半小时前", "23 09:30"), ("1小时前", "23 09:00"), ("一个半小时前", "23 08:30"),
        ("半个钟头前", "23 09:30"), ("1小时20分钟前", "23 08:40"), ("三刻钟以前", "23 09:15"), ("30 分钟前", "23 09:30"),
        ("上周五下午3点", "20 15:00"), ("上週五下午三點", "20 15:00"), ("周五 15:00", "20 15:00"), ("周一九点", "23 09:00"),
        ("周一上午11点", "16 11:00"), ("9点半", "23 09:30"), ("九点一刻", "23 09:15"), ("上午九点", "23 09:00"),
        ("八点零五", "23 08:05"), ("八点五十分", "23 08:50"), ("中午", "23 12:00"), ("中午12点半", "23 12:30"),
        ("中午1点", "23 13:00"), ("11月20日上午", "20 09:00"), ("11月20号下午", "20 15:00"), ("昨晚8点", "22 20:00"),
        ("今早八点", "23 08:00"), ("昨天夜里11点", "22 23:00"), ("前天凌晨3点", "21 03:00"), ("20号上午九点半", "20 09:30"),
        ("20261120 9:15", "20 09:15"), ("２０２６年１１月２０日９：１５", "20 09:15"), ("3天前上午10点", "20 10:00"),
        ("11-20（周五）9:15", "20 09:15"), ("二〇二六年十一月二十日十五时零五分", "20 15:05"), ("周五的下午3点", "20 15:00"),
        ("下午差五分三点", "23 14:55"), ("九点差一刻", "23 08:45"), ("差5分10点", "23 09:55"), ("大约九点", "23 09:00"), ("九点半左右", "23 09:30"),
        ("9am", "23 09:00"), ("AM 9:30", "23 09:30"), ("3:30pm", "23 15:30"), ("12pm", "23 12:00"), ("9:30pm", "23 21:30"), ("11 PM", "23 23:00"), ("6pm", "23 18:00"), ("9点半钟", "23 09:30"), ("10:30分", "23 10:30"),
        ("昨夜11点", "22 23:00"), ("今晨8点", "23 08:00"), ("刚", "23 10:00"), ("这会儿", "23 10:00"), ("一刻钟前", "23 09:45"),
        ("两个小时前", "23 08:00"), ("下午三点一刻", "23 15:15"), ("月底下午5点", "30 17:00"), ("上个月底上午9点", "2026-10-31 09:00"),
        ("正午", "23 12:00"), ("昨天正午", "22 12:00"), ("2.5小时前", "23 07:30"), ("0.5个小时前", "23 09:30"), ("前晚", "21 20:00"), ("前晚九点", "21 21:00"), ("约9点", "23 09:00"),
        ("上周五，下午3点", "20 15:00"), ("11月20日，上午9点", "20 09:00"), ("昨天，下午", "22 15:00"), ("周五11月20日 9:15", "20 09:15"), ("星期五 2026-11-20 9:15", "20 09:15"),
        ("傍晚六点", "23 18:00"), ("9点15分30秒", "23 09:15:30"), ("上上周五9点", "13 09:00"), ("2小时后", "23 12:00"),
    ],
)  # fmt: skip
def test_moments_as_people_say_them(text, moment):
    """Numerals, half hours, weeks, parts of the day, simplified or not, narrow or wide."""
    assert parse(text, at("23 10:00")) == at(moment)


@pytest.mark.parametrize(
    "text, why",
    [
        ("", "看不懂"), ("24:00", "没有这个钟点"), ("09:60", "没有这个钟点"), ("9:15:61", "没有这个钟点"), ("9:5", "看不懂"),
        ("2026-11-20T", "看不懂"), ("2026-11-20T25:00", "没有这一天或这个钟点"), ("11-31 09:00", "没有这一天"),
        ("1899-12-31T09:00", "的年份 1899 不在 1900 到 2199 之间"), ("2200-01-01T09:00", "的年份 2200 不在 1900 到 2199 之间"),
        ("1899-12-31 09:00", "的年份 1899 不在 1900 到 2199 之间"), ("2200-01-01 09:00", "的年份 2200 不在 1900 到 2199 之间"),
        ("13-01 09:15", "没有这一天"), ("周一", "只有日期，没有钟点"), ("11-20", "只有日期，没有钟点"), ("11-209:15", "看不懂"),
        ("21:30pm", "自相矛盾：下午没有 21 点"), ("12am", "自相矛盾：上午没有 12 点"), ("10点多", "看不懂"), ("下午3点到4点", "看不懂"), ("差0分9点", "看不懂"), ("差5分0点", "看不懂"), ("周末", "看不懂"),
        ("3点", "分不清是凌晨还是下午，写成 下午3点 或 15:00"), ("周五5点半", "分不清是凌晨还是下午，写成 下午5点 或 17:30"),
        ("周四11月20日9点", "自相矛盾：2026-11-20 是周五，不是周四"), ("前早八点", "看不懂"), ("0.0小时前", "看不懂"),
        ("上午15点", "自相矛盾：上午没有 15 点"), ("下午9:15", "自相矛盾：下午没有 9 点"), ("凌晨九点", "自相矛盾：凌晨没有 9 点"),
        ("晚上12点", "自相矛盾：晚上没有 12 点"), ("上午12点", "自相矛盾：上午没有 12 点"), ("凌晨", "没有钟点：凌晨几点"),
        ("11月20日周四 9:15", "自相矛盾：2026-11-20 是周五，不是周四"), ("刚才9点", "看不懂"), ("0分钟前", "看不懂"),
        ("2026112 9:15", "看不懂"), ("99999999小时前", "看不懂"), ("前", "看不懂"), ("半前", "看不懂"), ("９" * 5000, "不是八位数字，连写的日期要写满八位，如 20261123"),
    ],
)  # fmt: skip
def test_what_is_no_moment(text, why):
    """The whole text is quoted, with what is wrong, and the ways to write it: nothing is guessed."""
    for name, words in (("时间", {}), ("--at", {"what": "--at"})):
        with pytest.raises(Usage) as told:
            parse(text, at("23 10:00"), **words)
        assert str(told.value) == f"{name}“{text}”{why}；{HOW}"


MOMENTS = strategies.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31, 23, 59))
NUMERALS = "零一二三四五六七八九"


def numeral(n: int) -> str:
    """A number below 100 as it is spoken."""
    tens, ones = divmod(n, 10)
    return ("" if tens == 0 else "十" if tens == 1 else NUMERALS[tens] + "十") + (
        NUMERALS[ones] if ones or not tens else ""
    )


def spoken_hour(hour: int) -> str:
    """The part of the day and the hour that it has then."""
    if hour < 6:
        return f"凌晨{numeral(hour)}点"
    if hour < 12:
        return f"上午{numeral(hour)}点"
    return (
        f"中午{numeral(hour)}点" if hour == 12 else f"{'下午' if hour < 18 else '晚上'}{numeral(hour - 12)}点"
    )


@given(MOMENTS, strategies.data())
def test_however_a_moment_is_written_it_is_read_back(moment, data):
    """Digits with any marks, wide, with its weekday, spoken: the same minute, whatever the present is."""
    zone = at("23 10:00").tzinfo
    now = data.draw(MOMENTS).replace(tzinfo=zone)
    m = moment.replace(second=0, microsecond=0)
    weekday = "一二三四五六日"[m.weekday()]
    year = "".join(NUMERALS[int(c)] for c in f"{m.year}")
    digits = f"{m:%Y-%m-%d %H:%M}"
    ways = [
        digits, f"{m:%Y/%m/%d %H:%M}", f"{m.year}.{m.month}.{m.day} {m.hour}:{m:%M}", f"{m:%Y%m%d %H:%M}",
        f"{m:%Y-%m-%dT%H:%M}", f"{m.year}年{m.month}月{m.day}日{m.hour}时{m.minute}分",
        f"{m.year}年{m.month}月{m.day}号（星期{weekday}）{m.hour}:{m:%M}", f"{m:%Y-%m-%d}週{weekday} {m:%H:%M}",
        digits.translate({ord(c): chr(ord(c) + 0xFEE0) for c in "0123456789-:"}),
        f"{year}年{numeral(m.month)}月{numeral(m.day)}日{spoken_hour(m.hour)}{numeral(m.minute)}分",
    ]  # fmt: skip
    for text in ways:
        assert parse(text, now) == m.replace(tzinfo=zone), text
        assert echo(text, parse(text, now)) == "" or text == ways[-1], text


@given(strategies.integers(0, 23), strategies.integers(0, 59), strategies.integers(0, 6))
def test_what_is_said_of_the_past_lies_there_and_of_the_future_ahead(hour, minute, weekday):
    """A weekday with a time of day means the last such moment of an act, the next of a promise."""
    now = at("25 10:00")
    text = f"周{'一二三四五六日'[weekday]} {hour}:{minute:02}"
    last, following = parse(text, now), parse(text, now, future=True)
    assert now - timedelta(days=7) < last <= now <= following < now + timedelta(days=8)
    assert last.weekday() == following.weekday() == weekday
    assert (last.hour, last.minute) == (following.hour, following.minute) == (hour, minute)


@given(
    strategies.text(max_size=30)
    | strategies.text("周五上下午昨今天前后0123456789点时:半月日年- ", max_size=14)
)
def test_no_text_breaks_the_reader(text):
    """Whatever is typed is read or refused with the ways to write it."""
    for reading in (lambda: parse(text, at("23 10:00")), lambda: parse_day(text, TODAY)):
        try:
            assert reading().year >= 1900
        except Usage as told:
            assert text in str(told) and "写成 2026-11-23" in str(told)


@pytest.mark.parametrize(
    "text, said",
    [
        ("上周五下午3点", "时间：2026-11-20 15:00（上周五下午3点）"), ("9:15", "时间：2026-11-23 09:15（9:15）"),
        ("2026-11-20 9:15", ""), ("2026年11月20日9时15分", ""), ("20261120 9:15", ""), ("2026-11-20T09:15", ""),
        ("2026-11-20", "时间：2026-11-20 17:30（2026-11-20，按下班时间）"), ("昨天", "时间：2026-11-22 17:30（昨天，按下班时间）"),
    ],
)  # fmt: skip
def test_what_was_understood_is_said_back(text, said):
    """Only where year, month, day and time of day do not all stand there in digits."""
    found = parse(text, at("23 10:00"), alone=lambda day: time(17, 30))
    assert echo(text, found, "按下班时间") == said


NOW = at("23 09:15")


@pytest.mark.parametrize(
    "text, found",
    [
        ("09:05", "23 09:05"), ("9:05", "23 09:05"), ("９：０５", "23 09:05"), ("9点", "23 09:00"),
        ("9时15分", "23 09:15"), ("下午3:00", "23 15:00"), ("下午12:30", "23 12:30"), ("昨天 15:00", "22 15:00"),
        ("前天15:00", "21 15:00"), ("11-20 9:15", "20 09:15"), ("2026-11-20 09:15", "20 09:15"),
        ("2026/11/20 9:15", "20 09:15"), ("2026.11.20 9:15", "20 09:15"), ("2026年11月20日9时15分", "20 09:15"),
        ("11月20日 上午9:15", "20 09:15"), ("2026-11-20T09:15", "20 09:15"), ("2026-11-20T01:15+00:00", "20 09:15"),
        (" 2026-11-20 09:15 ", "20 09:15"),
    ],
)  # fmt: skip
def test_times_as_clerks_type_them(text, found):
    """Full-width signs, Chinese words, short forms: one moment in the ledger's zone."""
    assert parse(text, NOW) == at(found)


@pytest.mark.parametrize(
    "text",
    ["", "上周", "25:00", "12:60", "2026-02-30 09:00", "13-01 09:00", "0001-01-01T00:00", "9999-01-01 09:00",
     "2026-11-20T25:00", "9", "2026", "时", "1e5:00", "+", "T", "２３"],
)  # fmt: skip
def test_times_that_are_none(text):
    """A mistyped time is refused with an example, never guessed."""
    with pytest.raises(Usage, match="；写成 2026-11-23 09:15、"):
        parse(text, NOW)


def test_a_day_alone_needs_to_know_which_end():
    """Of a promise the close of business is meant; of an act the minute must be said."""
    from datetime import time

    assert parse("11-25", NOW, alone=lambda day: time(17, 30)) == at("25 17:30")
    with pytest.raises(Usage, match="只有日期，没有钟点"):
        parse("11-25", NOW)
    assert parse_day("后天", NOW.date()) == at("25 00:00").date()


@given(st.text(max_size=12))
def test_no_text_crashes_the_reader_of_times(text):
    """Whatever is typed: a moment of the ledger's years, or a refusal in words."""
    try:
        found = parse(text, NOW)
    except Usage:
        return
    assert 1899 < found.year < 2200 and found.tzinfo
