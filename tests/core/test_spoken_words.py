"""The words of which a time is made: numerals, weekdays, parts of a day."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.spoken_words import PARTS, clock_pattern, day_pattern, plain


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("二十一", "21"), ("二〇二六", "2026"), ("零五", "05"), ("十", "10"), ("廿三", "23"), ("卅", "30"),
        ("九點", "9点"), ("９：１５", "9:15"), ("星期日", "周7"), ("礼拜天", "周7"), ("11月23號", "11月23日"),
        ("三天之前", "3天前"), ("9点  15分钟", "9点 15分"),
    ],
)  # fmt: skip
def test_one_word_for_each_idea(said: str, means: str) -> None:
    """Full-width, traditional and spelt-out forms of the same thing."""
    assert plain(said) == means


@given(st.integers(1, 39))
def test_every_numeral_of_a_day_or_an_hour(number: int) -> None:
    """As the Chinese say it: 十, 十一, 二十, 二十一."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    said = (
        ("" if tens == 1 else digits[tens] if tens else "")
        + ("十" if tens else "")
        + (digits[ones] if ones else "")
    )
    assert plain(said) == str(number)


@pytest.mark.parametrize("part", PARTS)
def test_a_part_of_the_day_is_a_time(part: str) -> None:
    """Each word is known alone and before an hour, and its hours are in order."""
    first, last, alone = PARTS[part]
    assert 0 <= first <= last < 24 and (alone is None or first <= alone.hour <= last)
    assert clock_pattern().fullmatch(plain(f"{part}3点")).groupdict()["part"] == plain(part)


@pytest.mark.parametrize("text", ["周八", "上上上周一", "十三月", "", "x"])
def test_what_is_no_day(text: str) -> None:
    """A day is not guessed from half a word."""
    assert day_pattern().fullmatch(plain(text)) is None
