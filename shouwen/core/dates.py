"""Times as clerks type them: 09:15, 昨天 15:00, 2026-11-23 9:15, 2026年11月23日9时15分."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from shouwen.core.errors import Usage

_DAYS = {"今天": 0, "昨天": -1, "前天": -2, "明天": 1, "后天": 2}
_DAY = r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?"
_CLOCK = r"(上午|下午)?\s*(\d{1,2})(?:[:时点](\d{1,2})?分?)(?::(\d{2}))?$"
HOW = "写成 2026-11-23 09:15、11-23 9:15、09:15 或 昨天 15:00"
FIRST, LAST = 1900, 2199


def _wrong(text: str, what: str) -> Usage:
    return Usage(f"{what}“{text}”看不懂；{HOW}")


def parse_day(text: str, today: date, what: str = "日期") -> date:
    """A day: 2026-11-23, 11-23 (this year), 今天 …; Usage if it is none."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain in _DAYS:
        return today + timedelta(days=_DAYS[plain])
    found = re.fullmatch(_DAY, plain)
    try:
        year, month, day = (int(n) if n else today.year for n in found.groups())
        if not FIRST <= year <= LAST:
            raise ValueError
        return date(year, month, day)
    except (AttributeError, ValueError):
        raise Usage(f"{what}“{text}”看不懂；写成 2026-11-23") from None


def parse(text: str, now: datetime, what: str = "时间", close: time | None = None) -> datetime:
    """A moment in ``now``'s zone. A day alone means its ``close`` if given, else is refused."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if "T" in plain or "+" in plain:
        try:
            moment = datetime.fromisoformat(plain)
        except ValueError:
            raise _wrong(text, what) from None
        if not FIRST <= moment.year <= LAST:
            raise _wrong(text, what)
        return moment if moment.tzinfo else moment.replace(tzinfo=now.tzinfo)
    if clock := re.search(_CLOCK, plain):
        half, hour, minute, second = clock.groups()
        hours = int(hour) + (12 if half == "下午" and int(hour) < 12 else 0)
        before = plain[: clock.start()].strip()
        day = _day(before, text, now, what) if before else now.date()
        try:
            at = time(hours, int(minute or 0), int(second or 0))
        except ValueError:
            raise _wrong(text, what) from None
        return datetime.combine(day, at, now.tzinfo)
    day = _day(plain, text, now, what)
    if close is None:
        raise Usage(f"{what}“{text}”只有日期，没有钟点；{HOW}")
    return datetime.combine(day, close, now.tzinfo)


def _day(part: str, text: str, now: datetime, what: str) -> date:
    """The day that a part of a time's text means; what cannot be read is quoted whole."""
    try:
        return parse_day(part, now.date())
    except Usage:
        raise _wrong(text, what) from None
