"""Times as clerks type them, and what is said of those that mean nothing."""

from datetime import date, time

import pytest

from shouwen.core.dates import HOW, parse, parse_day
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


@pytest.mark.parametrize(
    "text", ["", "周一", "2026-13-01", "2026-02-30", "1899-12-31", "2200-01-01", "11-23-24x"]
)
def test_what_is_no_day(text):
    """The text is quoted as typed, under the name of the option."""
    with pytest.raises(Usage) as told:
        parse_day(text, TODAY)
    assert str(told.value) == f"日期“{text}”看不懂；写成 2026-11-23"
    with pytest.raises(Usage, match=f"^--from“{text}”看不懂"):
        parse_day(text, TODAY, "--from")


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
    assert found == at(moment) and found.utcoffset() is not None


def test_seconds_are_kept():
    """What a machine wrote to the second is read to the second."""
    assert parse("09:15:30", at("23 10:00")).time() == time(9, 15, 30)


def test_a_day_alone_means_its_close_or_nothing():
    """``--until 2026-11-25`` is the end of business where there is one, else a clock is asked for."""
    assert parse("11-25", at("23 10:00"), close=time(17, 30)) == at("25 17:30")
    with pytest.raises(Usage) as told:
        parse("11-25", at("23 10:00"))
    assert str(told.value) == f"时间“11-25”只有日期，没有钟点；{HOW}"


@pytest.mark.parametrize(
    "text",
    ["", "周一", "周一 09:15", "24:00", "09:60", "9:15:61", "2026-11-20T", "2026-11-20T25:00", "11-31",
     "1899-12-31T09:00", "2200-01-01T09:00", "1899-12-31 09:00", "2200-01-01 09:00", "13-01 09:15"],
)  # fmt: skip
def test_what_is_no_moment(text):
    """The whole text is quoted, also where only its day is wrong, and the ways to write it are shown."""
    for name, words in (("时间", {}), ("--at", {"what": "--at"})):
        with pytest.raises(Usage) as told:
            parse(text, at("23 10:00"), **words)
        assert str(told.value) == f"{name}“{text}”看不懂；{HOW}"
