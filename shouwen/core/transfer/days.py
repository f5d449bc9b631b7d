"""Days and moments as the registers of offices write them.

A register is read long after it was written, so nothing in it is measured from today: a day needs
its year (its own, or the one that the mapping gives), and what can be read in two ways is refused
with what to write instead.
"""

import re
import unicodedata
from datetime import date, datetime, time

from shouwen.core.dates import parse
from shouwen.core.errors import Usage


class Unreadable(Exception):
    """A text that is no day: what is the matter (``text``), and how to mend it (``hint``)."""

    def __init__(self, text: str, hint: str):
        super().__init__(text)
        self.text, self.hint = text, hint


EARLIEST, LATEST = 1990, 2099  # of the days in a register; what lies outside is a number taken for a day
HOW = "写成 2026-11-23 09:15；或在映射的 dates 写明格式"
# 〇 is written with many signs that look like it; full-width ones are half-width here.
_DIGITS = dict(zip("〇零○◯Oo0一二三四五六七八九", "000000" + "0123456789", strict=True))
_MONTHS = {
    name: n
    for n, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_NUMERALS = (
    r"(?:([〇零○◯Oo0一二三四五六七八九]{4}|\d{4})\s*年)?\s*([一二三四五六七八九十]{1,2}|元|\d{1,2})\s*月"
    r"(?:\s*([一二三四五六七八九十]{1,3}|\d{1,2})\s*[日号])?"
)
_WEEKDAY = r"[(]?(?:星期|周|礼拜)[一二三四五六日天][)]?"
_ENGLISH_WEEKDAY = r"(?i)^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[.,]?\s+"
_LUNAR = r"农历|阴历|旧历|正月|腊月|闰|初[一二三四五六七八九十]|廿|除夕|春节|元宵|清明|端午|中秋|重阳|元旦|国庆|劳动节"
# Two days in one cell: a word or a stroke for "until", or a stroke before the day's 日.
_RANGE = r"\d[日号]?\s*[–—~至到]\s*\d|\d{1,2}月\d{1,2}[日号]?-\d|^\d{1,2}-\d{1,2}[日号]"
_UNTIL = r"\d\s*(?:分|点|时|半)?\s*[-–—~至到]\s*(?:上午|下午)?\d"  # 9:15-10:00; a zone (+08:00) is none
_STEP = r"\s*[-/.年月、 ]\s*"
# What stands at the front of the text, and which of its groups are year, month and day.
_FORMS = (
    (rf"(\d{{4}}){_STEP}(\d{{1,2}}){_STEP}(\d{{1,2}})(?:\s*[日号]|(?!\d))", (1, 2, 3)),
    (
        r"(\d{4})(\d\d)(\d\d)(?:(?!\d)|(?=(?:\d\d){2,3}$))",
        (1, 2, 3),
    ),  # also 20250106093000, as programs write
    (r"(\d{1,2})[- ]([A-Za-z]{3})[a-z]*[- ](\d{4})(?!\d)", (3, 2, 1)),
    (r"([A-Za-z]{3})[a-z]* (\d{1,2}),? (\d{4})(?!\d)", (3, 1, 2)),
    (r"(1[3-9]|2\d|3[01])[/.-](\d{1,2})[/.-](\d{4})(?!\d)", (3, 2, 1)),  # no month is a thirteenth
    (r"(\d{1,2})[/.-](1[3-9]|2\d|3[01])[/.-](\d{4})(?!\d)", (3, 1, 2)),
)
_NO_YEAR = (r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})[日号]?(?![\d:/.-])",)
_WRONG = (
    (r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}(?!\d)", "分不清哪个是日、哪个是月",
     "在映射的 dates 写明 %d/%m/%Y 或 %m/%d/%Y"),
    (r"'?\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}[日号]?(?!\d)", "年份只有两位", "写全四位；或在映射的 dates 写明，如 %y.%m.%d"),
    (r"\d{1,2}[- ][A-Za-z]{3}[a-z]*[- ]\d\d(?!\d)", "年份只有两位", "写全四位；或在映射的 dates 写明，如 %d-%b-%y"),
    (r"\d{4}(?:年|[-/.])\d{1,2}月?$", "只有年和月", "补上日"),
    (r"\d{4}年?$", "只有年份", "补上月和日"),
    (r"(?:\d{4}年)?\d{1,2}月[份初中底末上下]?旬?$", "只有月份，没有哪一天", "补上日"),
    (r"\d{1,2}[日号]", "没有年份和月份", "在表里写全"),
    (r"\d{6,7}$|\d{9,11}$|\d{13}$", "不是八位数字", "写成 20250106；六位的在映射的 dates 写明，如 %y%m%d"),
    (r"\d{5}(?:\.\d+)?$", "是表格软件的日期序号", "在表格软件里把这一列设成日期格式，再另存"),
)  # fmt: skip


def _plain(text: str) -> str:
    """Return the text in half-width characters, a day in Chinese numerals in digits, without the weekday."""
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    if found := re.match(_NUMERALS, plain):
        year = f"{''.join(_DIGITS.get(c, c) for c in found[1])}年" if found[1] else ""
        day = f"{_small(found[3])}日" if found[3] else ""
        plain = f"{year}{_small(found[2])}月{day}{plain[found.end() :]}"
    plain = re.sub(r"(?<![\u4e00-\u9fff])元月(?=\s*\d)|(?<=年)\s*元月(?=\s*\d)", "1月", plain)
    return re.sub(_WEEKDAY, " ", re.sub(_ENGLISH_WEEKDAY, "", plain)).strip()


def _small(numeral: str) -> str:
    """Read 十二 as 12, 二十一 as 21, 元 as 1; the text itself where it is no such numeral."""
    if numeral.isdigit() and numeral.isascii():
        return numeral
    if numeral == "元":
        return "1"
    tens, ten, ones = numeral.rpartition("十")
    if not set(numeral) <= {*_DIGITS, "十"} or len(tens) > 1:
        return numeral
    if not ten:
        return "".join(_DIGITS[c] for c in ones)
    return str(int(_DIGITS[tens] if tens else 1) * 10 + int(_DIGITS[ones] if ones else 0))


def read_moment(text: str, now: datetime, year: int = 0) -> tuple[date, time | None]:
    """Return the day a text states, and the time of day (None where it states none).

    ``now`` gives the zone alone; ``year`` is that of days written without one (0: such a day is
    refused). Raises Unreadable with what to write instead.

    Raises:
        Unreadable: the text states no day, or more than one; what is wrong with it.
    """
    plain = _plain(text)
    if re.search(_LUNAR, plain):
        raise Unreadable("是农历或节日，不是公历日期", "写成公历，如 2026-11-23")
    if re.fullmatch(r"\d{4}-\d\d-\d\dT.+", plain):
        return _iso(plain, now)
    for form, (y, m, d) in _FORMS:
        if found := re.match(form, plain):
            day = _day(int(found[y]), _MONTHS.get(found[m].lower()) or found[m], found[d])
            return day, _clock(plain[found.end() :], day, now)
    if re.search(_RANGE, plain):
        raise Unreadable("是一段时间，不是一天", "只写起始的一天，其余写进内容")
    for form, what, hint in _WRONG:
        if re.match(form, plain):
            raise Unreadable(what, hint)
    for form in _NO_YEAR:
        if found := re.match(form, plain):
            if not year:
                raise Unreadable("没有年份", "在映射里写 year: 2025；或在表里写全")
            day = _day(year, found[1], found[2])
            return day, _clock(plain[found.end() :], day, now)
    raise Unreadable("看不懂", HOW)


def _iso(plain: str, now: datetime) -> tuple[date, time | None]:
    try:
        moment = datetime.fromisoformat(plain)
    except ValueError:
        raise Unreadable("看不懂", HOW) from None
    local = moment.astimezone(now.tzinfo) if moment.tzinfo else moment
    return bounded(local.date()), local.time()


def _day(year: int, month: str | int, day: str) -> date:
    try:
        return bounded(date(year, int(month), int(day)))
    except ValueError:
        raise Unreadable("没有这一天", "核对年月日") from None


def bounded(day: date) -> date:
    """Return the day itself; Unreadable outside the years that a register may hold.

    Raises:
        Unreadable: the year is one that no record can have.
    """
    if not EARLIEST <= day.year <= LATEST:
        raise Unreadable(f"的年份不在 {EARLIEST} 到 {LATEST} 之间", "核对年份")
    return day


def _clock(rest: str, day: date, now: datetime) -> time | None:
    """Return the time of day that follows a day; None for none."""
    rest = rest.strip(" ,")
    if not rest:
        return None
    if re.fullmatch(r"(?:\d\d){2,3}", rest):
        rest = ":".join(rest[n : n + 2] for n in range(0, len(rest), 2))
    if re.search(_RANGE, f"1日{rest}") or re.match(r"[-–—~至到、,;]", rest) or re.search(_UNTIL, rest):
        raise Unreadable("是一段时间，不是一天", "只写起始的一天，其余写进内容")
    if re.fullmatch("凌晨|早上|上午|中午|下午|傍晚|晚上|夜里|[AaPp][Mm]", rest):
        raise Unreadable(f"只有“{rest}”，没有钟点", "写成 9:00；或删去，由映射的 times 定钟点")
    if ahead := re.fullmatch(r"([AaPp][Mm]) ?(\d{1,2}:\d\d(?::\d\d)?)", rest):
        rest = f"{ahead[2]} {ahead[1]}"
    if half := re.fullmatch(r"(\d{1,2})(:\d\d(?::\d\d)?) ?([AaPp])[Mm]", rest):
        if not 1 <= int(half[1]) <= 12:
            raise Unreadable("的钟点看不懂", HOW)
        rest = f"{int(half[1]) % 12 + 12 * (half[3] in 'Pp'):02}{half[2]}"
    if not re.search(r"[\d点时]|[一二三四五六七八九十]", rest):
        raise Unreadable(f"后面还有“{rest}”", "只写日期和钟点，其余写进内容")
    try:
        return parse(f"{day} {rest}", now).time().replace(microsecond=0)
    except Usage:
        raise Unreadable("的钟点看不懂", HOW) from None


def from_serial(number: float, early: bool) -> datetime:
    """Return the moment that a spreadsheet keeps as a number of days; ``early``: counted from 1904.

    Raises Unreadable outside the years of a register: such a number is no date.

    Raises:
        Unreadable: the number stands for no day that a record can have.
    """
    from datetime import timedelta

    first = date(1904, 1, 1) if early else date(1899, 12, 30)
    start = datetime.combine(first, time())
    if not 0 < number < 100_000:
        raise Unreadable("是数字，不是日期", "在表格软件里把这一列设成日期格式；或在映射的 dates 写明格式")
    moment = start + timedelta(seconds=round(number * 86400))
    if not EARLIEST <= moment.year <= LATEST:
        raise Unreadable("是数字，不是日期", "在表格软件里把这一列设成日期格式；或在映射的 dates 写明格式")
    return moment


def by_form(text: str, form: str, year: int = 0) -> tuple[date, time | None] | None:
    """Return the day and time of a text written in a form of the mapping (strptime's letters), else None.

    Where nothing stands between two numbers each must have all its digits: 2024111 is not %Y%m%d.
    """
    written, letters = (text, form) if states_year(form) else (f"{year:04} {text}", f"%Y {form}")
    try:
        at = datetime.strptime(written, letters)  # noqa: DTZ007 - the zone is the ledger's, added by the caller
    except ValueError:
        return None
    if re.search("%[A-Za-z]%[A-Za-z]", form) and at.strftime(letters) != written:
        return None
    return at.date(), at.time() if re.search("%[HIc]", form) else None


def states_year(form: str) -> bool:
    """Return whether a form of dates has a year."""
    return bool(re.search("%[YyGcx]", form))


def states_day(form: str) -> bool:
    """Return whether a form of dates has a month and a day."""
    return bool(re.search("%[cx]", form) or re.search("%[mbB]", form) and "%d" in form or "%j" in form)
