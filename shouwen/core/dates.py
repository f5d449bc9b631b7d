"""Times as people write and say them: 2026-11-23 9:15, 11月20日上午九点半, 上周五下午3点, 半小时前.

One grammar for options, prompts, imports and corrections. What it cannot read, or could read in
two ways, it refuses and says which; nothing is guessed that is not said back (:func:`echo`).
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NoReturn

from shouwen.core.errors import Usage
from shouwen.core.spoken_words import (
    EXACT,
    PARTS,
    WEEKDAYS,
    Spoken,
    clock_pattern,
    day_pattern,
    plain,
    span_pattern,
)

HOW = "写成 2026-11-23 09:15、11-23 9:15、09:15 或 昨天 15:00，也可以说 上周五下午3点、半小时前"
HOW_DAY = "写成 2026-11-23"
FIRST, LAST = 1900, 2199

_ISO = r"\d{4}-\d\d-\d\d[T ]\d\d(?::\d\d(?::\d\d(?:\.\d{1,6})?)?)?(?:Z|[+-]\d\d:?\d\d)?"
_AROUND = {"大前": -3, "前": -2, "昨": -1, "今": 0, "明": 1, "后": 2, "大后": 3}
_WEEKS = {"上上": -2, "上": -1, "本": 0, "这": 0, "下": 1, "下下": 2}
_YEARS = {"前": -2, "去": -1, "今": 0, "本": 0, "明": 1}

Wrong = Callable[[str], NoReturn]
Alone = Callable[[date], time | None]  # the time of day that a day without one means


def parse_day(text: str, today: date, what: str = "日期", future: bool | None = None) -> date:
    """Read a day: 2026-11-23, 20261123, 11-23 (this year), 昨天, 上周五, 20号.

    ``future`` decides which one a weekday or a day of the month means: the next (True), the last
    (False), or that of this week or month (None).

    Raises:
        Usage: it is no day, can be read in two ways, or contradicts itself.
    """

    def wrong(why: str) -> NoReturn:
        raise Usage(f"{what}“{text}”{why or '看不懂'}；{HOW_DAY}")

    found = day_pattern().fullmatch(plain(text))
    if not found:
        wrong(_digits(text))
    return _day(found, today, future, wrong)


def parse(
    text: str, now: datetime, what: str = "时间", alone: Alone | None = None, future: bool = False
) -> datetime:
    """Read a moment, in ``now``'s zone. A day alone means ``alone(day)``; refused where that is None.

    Without ``future`` a weekday or a day of the month means the last one, else the next.

    Raises:
        Usage: it is no time, can be read in two ways, or contradicts itself.
    """

    def wrong(why: str) -> NoReturn:
        raise Usage(f"{what}“{text}”{why or '看不懂'}；{HOW}")

    said = plain(text)
    if re.fullmatch(_ISO, said):
        return _iso(said, now, wrong)
    if said in ("刚才", "刚刚", "刚", "刚刚才", "方才", "现在", "这会儿", "目前", "眼下", "此刻"):
        return now
    if span := span_pattern().fullmatch(said):
        return _span(span, now, wrong)
    found = clock_pattern().fullmatch(said)
    if not found or not said:
        wrong(_digits(text))
    words = found.groupdict()
    if words["hour"] is None and words["part"] is None:
        day = _day(found, now.date(), future, wrong)
        default = alone(day) if alone else None
        if default is None:
            wrong("只有日期，没有钟点")
        return datetime.combine(day, default, now.tzinfo)
    at = _clock(words, wrong)
    if not words["day"]:
        return datetime.combine(now.date(), at, now.tzinfo)
    day = _day(found, now.date(), future, wrong)
    when = datetime.combine(day, at, now.tzinfo)
    if day == now.date() and words["weekday"] and not words["week"] and (when > now) != future:
        when += timedelta(days=7 if future else -7)  # 周五下午3点, said on a Friday morning
    return when


def is_exact(text: str) -> bool:
    """Return whether a text states year, month and day in digits, so that nothing had to be understood."""
    return bool(re.match(EXACT, plain(text)))


def echo(text: str, found: datetime | date, guess: str = "") -> str:
    """Return what was understood, to be said back; '' where the text states all of it in digits itself.

    ``guess`` says what a day without a time of day was taken to mean.
    """
    if isinstance(found, datetime):
        spoken = clock_pattern().fullmatch(plain(text))
        guess = guess if spoken and not spoken.groupdict()["hour"] and not spoken.groupdict()["part"] else ""
        shown = f"时间：{minute(found)}"
    else:
        guess, shown = "", f"日期：{found:%Y-%m-%d}"
    if is_exact(text) and not guess:
        return ""
    return f"{shown}（{'，'.join(filter(None, (text.strip(), guess)))}）"


def _digits(text: str) -> str:
    """Return what is wrong with a date of digits alone; '' if it is none."""
    said = plain(text)
    if re.fullmatch(r"\d{5,}", said) and len(said) != 8:
        return "不是八位数字，连写的日期要写满八位，如 20261123"
    if re.match(r"\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}", said):
        return "的年份要写满四位"
    return ""


def _iso(said: str, now: datetime, wrong: Wrong) -> datetime:
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        wrong("没有这一天或这个钟点")
    _bounded(moment.year, wrong)
    return moment.astimezone(now.tzinfo) if moment.tzinfo else moment.replace(tzinfo=now.tzinfo)


def _bounded(year: int, wrong: Wrong) -> None:
    if not FIRST <= year <= LAST:
        wrong(f"的年份 {year} 不在 {FIRST} 到 {LAST} 之间")


def _span(found: re.Match[str], now: datetime, wrong: Wrong) -> datetime:
    """Read a span from now: 半小时前, 1个半小时前, 1小时20分钟前, 3刻钟前, 2小时后."""
    words = found.groupdict()
    minutes = (
        round(60 * float(words["hours"] or 0)) + int(words["minutes"] or 0) + 15 * int(words["quarters"] or 0)
    )
    minutes += 30 * bool(words["half"] or words["more"])
    if not minutes:
        wrong("")
    away = timedelta(minutes=minutes if "后" in words["way"] else -minutes)
    return (now.astimezone(UTC) + away).astimezone(now.tzinfo)


def _clock(words: dict[str, str | None], wrong: Wrong) -> time:
    """Return the time of day; a part of the day must agree with the hour, and 3点 alone is two times."""
    part, hour = words["part"], words["hour"]
    if hour is None:
        return PARTS[part or ""][2] or wrong(f"没有钟点：{part}几点")
    minute = {"半": 30, "整": 0, "1刻": 15, "3刻": 45}.get(words["quarter"] or "")
    if minute is None:
        minute = int(words["minute"] or words["spoken_minute"] or 0)
    second = int(words["second"] or words["spoken_second"] or 0)
    h = int(hour)
    if h > 23 or minute > 59 or second > 59:
        wrong("没有这个钟点")
    if part:
        first, last, _ = PARTS[part]
        fitting = [n for n in (h, h + 12) if first <= n <= last and (n == h or h < 12)]
        if len(fitting) != 1:
            wrong(f"自相矛盾：{part}没有 {h} 点")
        h = fitting[0]
    elif words["mark"] == "点" and 1 <= h <= 6:
        wrong(f"分不清是凌晨还是下午，写成 下午{h}点 或 {h + 12}:{minute:02}")
    return time(h, minute, second)


def _day(found: Spoken, today: date, future: bool | None, wrong: Wrong) -> date:
    """Return the day that the words of a pattern mean; a weekday beside a date must be that date's."""
    words = found.groupdict()
    try:
        day = _named(words, today, future, wrong)
    except (ValueError, OverflowError):
        wrong("没有这一天")
    _bounded(day.year, wrong)
    if (stated := words["beside"]) and day.isoweekday() != int(stated):
        wrong(f"自相矛盾：{day} 是周{WEEKDAYS[day.isoweekday()]}，不是周{WEEKDAYS[int(stated)]}")
    return day


def _named(words: dict[str, str | None], today: date, future: bool | None, wrong: Wrong) -> date:
    """Return the day itself, before it is compared with anything; ValueError where there is none."""
    step = 1 if future else -1
    if words["around"]:
        return today + timedelta(days=_AROUND[words["around"]])
    if words["count"]:
        days = int(words["count"]) * (7 if words["unit"] == "周" else 1)
        return today + timedelta(days=days if "后" in (words["away"] or "") else -days)
    if words["weekday"]:
        monday = today - timedelta(days=today.weekday())
        day = monday + timedelta(days=int(words["weekday"]) - 1)
        if words["week"]:
            return day + timedelta(weeks=_WEEKS[words["week"]])
        beyond = future is not None and (day < today if future else day > today)
        return day + timedelta(days=7 * step * beyond)
    if words["eight"]:
        eight = words["eight"]
        return date(_year(int(eight[:4]), wrong), int(eight[4:6]), int(eight[6:]))
    if words["end"]:
        return _last_day(words, today)
    number = int(words["dayno"] or 0)
    if words["month"]:
        stated = words["year"] or words["said_year"]
        year = int(stated) if stated and stated.isdecimal() else today.year + _YEARS[stated or "今"]
        return date(_year(year, wrong), int(words["month"]), number)
    months = 12 * today.year + today.month - 1
    if words["of_month"]:
        months += _WEEKS[words["of_month"]]
    elif future is not None and (number < today.day if future else number > today.day):
        months += step
    year, month = months // 12, months % 12 + 1
    if number > monthrange(year, month)[1]:
        wrong(f"没有这一天：{year}年{month}月没有{number}日")
    return date(year, month, number)


def _last_day(words: dict[str, str | None], today: date) -> date:
    """Return the last day of a month or a year: 月底, 上个月底, 年底, 去年底."""
    if words["end"] != "月":
        return date(today.year + _YEARS[words["said_year_"] or "今"], 12, 31)
    months = 12 * today.year + today.month - 1 + _WEEKS[words["of_month"] or "本"]
    return date(months // 12, months % 12 + 1, monthrange(months // 12, months % 12 + 1)[1])


def _year(year: int, wrong: Wrong) -> int:
    _bounded(year, wrong)
    return year


def minute(value: datetime, zone: tzinfo | None = None) -> str:
    """Write a moment as 2026-11-23 09:15 in a zone, or in its own; whatever shows a moment shows it so."""
    return (value.astimezone(zone) if zone else value).isoformat(" ", "minutes")[:16]
