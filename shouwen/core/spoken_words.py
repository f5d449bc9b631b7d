"""The words of which a time is made: numerals, days, weeks, parts of a day; as patterns.

The patterns match what :func:`plain` leaves of a text: half-width, simplified, digits for numerals.
"""

import re
import unicodedata
from datetime import time
from functools import cache

WEEKDAYS = " 一二三四五六日"

# A part of the day: its first and last hour, and the time it means without an hour (None: none).
PARTS: dict[str, tuple[int, int, time | None]] = {
    "凌晨": (0, 5, None),
    "清晨": (4, 8, None), "早上": (4, 11, time(8)), "早晨": (4, 11, time(8)), "早": (4, 11, time(8)),
    "上午": (5, 11, time(9)),
    "中午": (11, 14, time(12)), "午间": (11, 14, time(12)),
    "下午": (12, 19, time(15)), "午后": (12, 19, time(15)),
    "傍晚": (17, 19, time(18)),
    "晚上": (17, 23, time(20)), "晚间": (17, 23, time(20)), "晚": (17, 23, time(20)),
    "夜里": (20, 23, None), "深夜": (20, 23, None), "夜": (20, 23, None),
}  # fmt: skip

# Year, month and day in digits at the beginning.
EXACT = r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}|\d{8}(?!\d)"

_SIMPLIFIED = str.maketrans("點時週禮後個鐘剛纔號兩這間裡裏", "点时周礼后个钟刚才号两这间里里")
_SAME = (
    ("星期", "周"), ("礼拜", "周"), ("周日", "周7"), ("周天", "周7"), ("号", "日"), ("点钟", "点"),
    ("钟头", "小时"), ("之前", "前"), ("以前", "前"), ("之后", "后"), ("以后", "后"),
    ("分钟", "分"), ("刻钟", "刻"), ("点半钟", "点半"), ("今晨", "今早"), ("大约", ""), ("大概", ""), ("左右", ""), ("正午", "中午"), ("~", "-"), ("—", "-"), ("–", "-"), ("−", "-"),
)  # fmt: skip
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "廿": 20, "卅": 30}
_NUMERAL = "[零〇一二两三四五六七八九十廿卅]+"


def plain(text: str) -> str:
    """Return the text half-width, simplified, with digits for numerals and one word for each idea."""
    said = unicodedata.normalize("NFKC", text).strip().translate(_SIMPLIFIED)
    said = re.sub(_NUMERAL, lambda found: _number(found[0]), said)
    for word, same in _SAME:
        said = said.replace(word, same)
    said = re.sub(_PARTED, " ", said.removeprefix("约"))
    said = re.sub(_SPELT_TWICE, "", re.sub(_HALF_BEFORE, _half_day, re.sub(_HALF_AFTER, _half_day, said)))
    return re.sub(r"\s+", " ", re.sub(_SHORT, _less, said)).strip()


# 9am, AM 9:30, 3pm: 上午9点, 上午9:30, 下午3点.
# Compiled when somebody first says a time: most runs hear none.
_HALF_AFTER = r"(?i)(?P<hour>\d{1,2})(?P<rest>:\d\d)? ?(?P<half>[ap])\.?m\.?"
_HALF_BEFORE = r"(?i)(?P<half>[ap])\.?m\.? ?(?P<hour>\d{1,2})(?P<rest>:\d\d)?(?![\d点时])"
_PARTED = r"(?<=[日天)]) ?, ?(?=\D)|(?<=周\d) ?, ?(?=\D)"  # 上周五，下午3点
_SPELT_TWICE = r"(?<=\d:\d\d)分"  # 10:30分
# 差5分10点, 十点差一刻.
_SHORT = r"差(?:(?P<a>\d{1,2})分|(?P<b>[13])刻)(?P<c>\d{1,2})点|(?P<d>\d{1,2})点差(?:(?P<f>[13])刻|(?P<e>\d{1,2})分?)"


def _half_day(found: re.Match[str]) -> str:
    """Return 9am as 上午9点."""
    half, hour = found["half"].lower(), found["hour"]
    late = "晚上" if 6 < int(hour) < 12 else "下午"
    part = "上午" if half == "a" else "中午" if hour == "12" else late
    return f"{part}{hour}{found['rest'] or '点'}"


def _less(found: re.Match[str]) -> str:
    """Return an hour that is not full yet as the hour before and its minutes."""
    words = found.groupdict()
    hour, missing = int(words["c"] or words["d"] or 0), words["a"] or words["e"]
    minutes = 60 - (int(missing) if missing else 15 * int(words["b"] or words["f"] or 0))
    return f"{hour - 1 or 12}点{minutes}分" if 0 < hour < 24 and 0 < minutes < 60 else found[0]


def _number(numeral: str) -> str:
    """Read 二十一 as 21, 二〇二六 as 2026, 零五 as 05; what is no number stays as it is."""
    if found := re.fullmatch("([零〇]?)([二两三四五六七八九一]?)([十廿卅])([一二三四五六七八九]?)", numeral):
        _, before, ten, after = found.groups()
        if ten != "十" and before:
            return numeral
        return str(_TENS[ten] * (_DIGITS[before] if before else 1) + (_DIGITS[after] if after else 0))
    return numeral if set(numeral) & set(_TENS) else "".join(str(_DIGITS[c]) for c in numeral)


_DATE = r"""
(?P<day>
  (?:(?P<around>大前|大后|今|昨|前|明|后)(?:天|日|儿)
    |(?P<tonight>前)(?=晚|夜)
    |(?P<tonight_>今|昨|明)(?=早|晚|夜|上午|中午|下午))
 |(?P<count>\d{1,3})[ ]?个?(?P<unit>天|周)(?P<away>前|后)
 |(?:(?P<week>上上|上|本|这|下下|下)个?)?周(?P<weekday>[1-7])
 |(?P<eight>\d{8})(?!\d)
 |(?:周(?P<beside_>[1-7])[ ,]?)?(?:(?P<year>\d{4})[ ]?[-/.年]|(?P<said_year>前|去|今|本|明)年)?[ ]?(?P<month>\d{1,2})[ ]?[-/.月][ ]?(?P<dayno>\d{1,2})(?:[ ]?日|(?!\d))
 |(?:(?P<of_month>上上|上|本|这|下下|下)个?月)?(?P<dayno_>\d{1,2})日
 |(?:(?P<of_month_>上上|上|本|这|下下|下)个?)?(?P<end>月|(?P<said_year_>前|去|今|本|明)年年?|年)[底末]
)
(?:[ ]?\(?周(?P<beside>[1-7])\)?)?
"""
_TIME = r"""
(?P<part>%s)?[ ]?
(?:(?P<hour>\d{1,2})[ ]?
  (?:(?P<mark>:)(?P<minute>\d\d)(?::(?P<second>\d\d))?
    |(?P<mark_>[时点])[ ]?(?:(?P<quarter>半|整|[13]刻)|(?P<spoken_minute>\d{1,2})(?:分(?:(?P<spoken_second>\d{1,2})秒)?)?)?
  ))?
"""


_PARTS = "|".join(sorted(PARTS, key=len, reverse=True))
_MOMENT = rf"(?:{_DATE})?[ ]?的?[ ]?{_TIME % _PARTS}"


class _Words:
    """A pattern whose doubled names (dayno_, mark_, tonight) are folded into the first."""

    def __init__(self, pattern: re.Pattern[str]):
        self._pattern = pattern

    def fullmatch(self, text: str) -> "Spoken | None":
        """Return what the whole text says, or None."""
        found = self._pattern.fullmatch(text)
        return Spoken(found) if found else None


class Spoken:
    """What a pattern found, by name."""

    def __init__(self, found: re.Match[str]):
        words = found.groupdict()
        for name, other in (
            ("dayno", "dayno_"),
            ("mark", "mark_"),
            ("around", "tonight"),
            ("around", "tonight_"),
            ("beside", "beside_"),
            ("of_month", "of_month_"),
        ):
            if words.get(other) is not None:
                words[name] = words[other]
        self._words = words

    def groupdict(self) -> dict[str, str | None]:
        """Return the words found, None for what was not said."""
        return self._words


@cache
def day_pattern() -> _Words:
    """Return a day alone."""
    return _Words(re.compile(_DATE, re.VERBOSE))


@cache
def clock_pattern() -> _Words:
    """Return a day, a time of day, or both."""
    return _Words(re.compile(_MOMENT, re.VERBOSE))


@cache
def span_pattern() -> re.Pattern[str]:
    """Return the pattern of hours and minutes before or after now."""
    return re.compile(
        r"(?:(?P<half>半)个?小时|(?P<hours>\d{1,3}(?:\.\d)?)[ ]?个?(?P<more>半)?小时)?[ ]?"
        r"(?:(?P<minutes>\d{1,4})[ ]?分|(?P<quarters>\d{1,2})刻)?[ ]?(?P<way>前|后)"
    )
