"""Days as registers write them: every form with its year is read, what is ambiguous is refused."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.transfer.days import Unreadable, by_form, from_serial, read_moment
from tests.support.clock import ZONE

NOW = datetime(2026, 11, 23, 9, 15, tzinfo=ZONE)
SIXTH = date(2025, 1, 6)
WRITTEN = {
    "2025-01-06": None, "2025-1-6": None, "2025/1/6": None, "2025/01/06": None, "2025.1.6": None,
    "2025.01.06": None, "2025年1月6日": None, "2025年01月06日": None, "2025年1月6号": None, "2025年1月6": None,
    "2025 年 1 月 6 日": None, "2025 1 6": None, "2025、1、6": None, "20250106": None, "２０２５－０１－０６": None,
    "二〇二五年一月六日": None, "二零二五年一月六日": None, "2025-01-06 星期一": None, "2025年1月6日（周一）": None,
    "6-Jan-2025": None, "Jan 6, 2025": None, "2025-01-06 9:30": time(9, 30), "2025-01-06 09:30:00": time(9, 30),
    "2025/1/6 9:30": time(9, 30), "2025年1月6日9时30分": time(9, 30), "2025年1月6日 9点30分": time(9, 30),
    "2025-1-6 下午3:05": time(15, 5), "2025-01-06T09:30": time(9, 30), "2025-01-06T01:30:00Z": time(9, 30),
    "2025-01-06 3:05 PM": time(15, 5), "20250106 09:30": time(9, 30), "2025-01-06 周一 9:30": time(9, 30),
    "2025年元月6日": None, "2025年元月六日": None, "二〇二五年元月六日": None, "2025年一月六日": None,
    "2025/1/6 PM 3:05": time(15, 5), "2025/1/6 9:30 AM": time(9, 30), "2025/1/6 12:05 AM": time(0, 5),
    "2025/1/6 12:05 pm": time(12, 5), "二○二五年一月六日": None, "二Ｏ二五年一月六日": None, "二O二五年1月六日": None, "二0二五年元月6日": None,
    "2025年一月6日": None, "Mon Jan 6, 2025": None, "Monday, January 6, 2025": None, "20250106093000": time(9, 30),
    "202501060930": time(9, 30), "20250106 0930": time(9, 30), "2025-01-06 09:30+08:00": time(9, 30),
}  # fmt: skip


@pytest.mark.parametrize("text", WRITTEN)
def test_every_form_that_states_its_year(text):
    """The same day in whatever form an office writes it, with the time of day it states."""
    assert read_moment(text, NOW) == (SIXTH, WRITTEN[text])


@pytest.mark.parametrize(
    "text", ["1月6日", "01-06", "1/6", "1.6", "1月6号", "１月６日", "元月6日", "一月六日", "元月六号"]
)
def test_a_day_without_a_year_takes_that_of_the_mapping(text):
    """Never this year's by guess."""
    assert read_moment(text, NOW, 2025) == (SIXTH, None)
    with pytest.raises(Unreadable, match="没有年份"):
        read_moment(text, NOW)


REFUSED = {
    "6/1/2025": "分不清", "06.01.2025": "分不清", "25.1.6": "年份只有两位", "25年1月6日": "年份只有两位",
    "2025年1月": "只有年和月", "2025-01": "只有年和月", "正月初八": "农历", "农历2025年1月6日": "农历", "中秋": "农历",
    "2025年1月1–3日": "一段时间", "1月1-3日": "一段时间", "1-3日": "一段时间", "2025-01-01至2025-01-03": "一段时间",
    "2025.1.1-1.3": "一段时间", "2025-01-06~08": "一段时间", "2024111": "不是八位", "202501": "不是八位", "250106": "不是八位", "202501060": "不是八位", "2025010609300": "不是八位",
    "2025-13-06": "没有这一天", "2025-02-29": "没有这一天", "0205-01-06": "年份不在", "9025-01-06": "年份不在",
    "45663": "日期序号", "昨天": "看不懂", "不详": "看不懂", "": "看不懂", "2025-01-06 上午": "没有钟点",
    "1月": "只有月份", "2025年1月份": "只有月份", "一月": "只有月份", "3月上旬": "只有月份", "6日": "没有年份和月份",
    "元月初六": "农历", "2025-01-06 13:05 PM": "钟点看不懂",
    "2025-01-06 25:00": "钟点看不懂", "2025-01-06 9:15-10:00": "一段时间", "2025-01-06 上午9点至10点": "一段时间",
    "6-Jan-25": "年份只有两位", "2025年": "只有年份", "2025-01-06前": "后面还有“前”", "2025-01-06（补）": "后面还有", "2025年元旦": "节日",
    "1900-01-06": "年份不在", "1989-12-31": "年份不在", "2100-01-01": "年份不在", "1905-06-13": "年份不在", "20251306": "没有这一天",
    "20250106250000": "钟点看不懂", "31/31/2025": "没有这一天", "12/12/2025": "分不清",
}  # fmt: skip


@pytest.mark.parametrize("text", REFUSED)
@pytest.mark.parametrize("year", [0, 2025])
def test_what_can_be_read_in_two_ways_is_refused(text, year):
    """With what is the matter, whether or not the mapping names a year."""
    with pytest.raises(Unreadable, match=REFUSED[text]):
        read_moment(text, NOW, year)


@given(
    st.dates(date(1990, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日"]),
)
def test_what_is_written_is_read(day, form):
    """Every day of every year that a register may hold."""
    assert read_moment(day.strftime(form), NOW) == (day, None)


_DIGIT = st.sampled_from(["〇", "零", "○", "◯", "Ｏ", "O", "o", "0", "０"])
_TENS = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"]


def numeral(n: int) -> str:
    """6 as 六, 12 as 十二, 31 as 三十一."""
    tens, ones = divmod(n, 10)
    return (_TENS[tens] if tens > 1 else "") + ("十" if tens else "") + _TENS[ones]


@given(
    st.dates(date(1990, 1, 1), date(2099, 12, 31)),
    _DIGIT,
    st.booleans(),
    st.booleans(),
    st.sampled_from("日号"),
)
def test_numerals(day, naught, month_in_digits, day_in_digits, sign):
    """Every day in Chinese numerals, whichever sign stands for the naught, mixed with digits or not."""
    year = "".join(_TENS[int(c)] or naught for c in str(day.year))
    month = str(day.month) if month_in_digits else numeral(day.month)
    text = f"{year}年{month}月{day.day if day_in_digits else numeral(day.day)}{sign}"
    assert read_moment(text, NOW) == (day, None)


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)), st.sampled_from("/.-"))
def test_a_thirteenth_is_no_month(day, sign):
    """Day and month are told apart where only one order makes a month; elsewhere nothing is guessed."""
    for text in (
        f"{day.day}{sign}{day.month}{sign}{day.year}",
        f"{day.month}{sign}{day.day}{sign}{day.year}",
    ):
        if day.day > 12:
            assert read_moment(text, NOW) == (day, None)
        else:
            with pytest.raises(Unreadable, match="分不清"):
                read_moment(text, NOW)


@pytest.mark.parametrize(
    ("text", "form", "year", "day"),
    [
        ("20250106", "%Y%m%d", 0, SIXTH), ("2024111", "%Y%m%d", 0, None), ("250106", "%y%m%d", 0, SIXTH),
        ("6/1/2025", "%d/%m/%Y", 0, SIXTH), ("1月6日", "%m月%d日", 2025, SIXTH), ("2月29日", "%m月%d日", 2024, date(2024, 2, 29)),
        ("2月29日", "%m月%d日", 2025, None),
    ],
)  # fmt: skip
def test_forms_of_the_mapping(text, form, year, day):
    """A form without a year takes the mapping's, leap days included; numbers side by side have all digits."""
    assert by_form(text, form, year) == (day and (day, None))


@pytest.mark.parametrize(("number", "early", "day"), [(45663, False, SIXTH), (44201, True, SIXTH)])
def test_the_number_of_a_day(number, early, day):
    """Counted from 1900 or from 1904, whichever the workbook says."""
    assert from_serial(number, early).date() == day
    assert from_serial(number + 0.5, early).time() == time(12)
    for none in (20250106, 3, -1, 99_999):
        with pytest.raises(Unreadable, match="是数字"):
            from_serial(none, early)
