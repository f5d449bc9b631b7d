"""Numbers that tell who somebody is: masked however they are written; days, amounts and ids stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.inquiry.number_masking import mask_numbers


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("13812341234", "138****1234"),
        ("1-3-8-1-2-3-4-1-2-3-4", "1-3-8****1234"),
        ("１３８１２３４１２３４", "１３８****１２３４"),
        ("138 1234 1234", "138****1234"),
        ("+8613812341234", "+86138****1234"),
        ("一三八一二三四一二三四", "一三八****一二三四"),
        ("110101199003074514", "11*************514"),
    ],
)
def test_a_number_shows_its_ends_alone(text: str, masked: str) -> None:
    """The same number in figures of any script, with marks between, or spelt out."""
    assert mask_numbers(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "2026年11月23日",
        "20261123",
        "20261123-K7Q4QX",
        "125000元",
        "第9条第3款",
        "一万三千八百元",
        "下午3:00",
        "",
    ],
)
def test_what_tells_of_nobody_stays(text: str) -> None:
    """A list in which days and ids were masked would be of no use."""
    assert mask_numbers(text) == text


@given(st.text(alphabet="到的，。 "), st.from_regex(r"\A1[3-9][0-9]{9}\Z"), st.text(alphabet="到的，。 "))
def test_no_mobile_survives_whatever_stands_around_it(before: str, number: str, after: str) -> None:
    """In the middle of a sentence as well as alone."""
    assert number not in mask_numbers(f"{before}{number}{after}")


def test_a_known_phone_is_masked_where_it_would_not_be_known() -> None:
    """A short number is somebody's only where the record says so."""
    assert mask_numbers("拨 55501 找他") == "拨 55501 找他"
    assert mask_numbers("拨 55501 找他", ["55501"]) == "拨 ***01 找他"
