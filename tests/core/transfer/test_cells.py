"""Cells that hold no value: placeholders, agents, numbers that a spreadsheet has spoilt."""

import pytest

from shouwen.core.transfer.cells import phone_of, placeholder, spoilt_name, spoilt_phone
from shouwen.core.transfer.mapping import unescaped


@pytest.mark.parametrize(
    ("key", "text", "why"),
    [
        ("name", "同上", "写的是“同上”"), ("name", "无", "写的是“无”"), ("phone", "／", "写的是“／”"),
        ("subject", "N/A", "写的是“N/A”"), ("result", "无", None), ("name", "王无", None),
        ("result", "####", "显示为 ####"), ("phone", '="0631"', '是公式 ="0631"'), ("name", "张某", None),
        ("received", "〃", "写的是“〃”"), ("channel", "同上", "写的是“同上”"), ("result", "同上", "写的是“同上”"),
        ("closed", "无", "写的是“无”"), ("closed", "/", "写的是“/”"), ("closed", "2025-01-06", None),
    ],
)  # fmt: skip
def test_a_placeholder_is_no_value(key: str, text: str, why: str | None) -> None:
    """Of a person 无 is a blank, of a result it is an answer; each is told with its remedy."""
    found = placeholder(key, text)
    assert (found and found[0]) == why
    assert found is None or found[1]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("张某", None), ("欧阳某某", None), ("张某（代李某）", "像是代办"), ("张某、李某", "不是一个人"),
        ("张某13812341234", "不是一个人"), ("代某", None),
        ("代明", None), ("王代明", None), ("欧阳代明", None), ("王某代李某", "像是代办"), ("欧阳某代李某某", "像是代办"),
        ("李某委托王某", "像是代办"), ("李某（王某代）", "像是代办"), ("代办", "像是代办"),
        ("张三 李四", "不是一个人"), ("张三　李四", "不是一个人"), ("李 伟", None), ("欧阳 娜娜", None), ("王 小明", None),
        ("张三等3人", "不是一个人"), ("张三等", "不是一个人"), ("李某某等十余户", "不是一个人"), ("李某某等五户", "不是一个人"), ("等等", None),
        ("代理人张三", "像是代办"), ("代办人张三", "像是代办"), ("阿卜杜拉·买买提", None), ("Zhang San", None), ("张三（女）", None),
    ],
)  # fmt: skip
def test_a_name_is_one_persons(text: str, why: str | None) -> None:
    """Who came for somebody else, and two at once, are told of."""
    found = spoilt_name(text)
    assert (found is None) == (why is None) and (not why or why in found[0])


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("13812341234", None), ("0631-5550101", None), ("400-123-4567", None), ("0631-5550101转8", None),
        ("13812341234.0", "改过的数字"), ("1.38123E+10", "科学计数"), ("13812341234 13912341234", "两个号码"),
        ("110101199003074514", "证件号码"), ("6315550101", "少一位"), ("问张某", "不像电话号码"),
        ("1381234123", "像手机号，可是有 10 位"), ("138123412345", "像手机号，可是有 12 位"), ("138 1234 123", "有 10 位"),
        ("+86 13812341234", None), ("8613812341234", None), ("12345", None), ("5550101", None), ("02912345678", None),
        ("37010219900101123X", "证件号码"), ("37010219900101123x", "证件号码"), ("370102 19900101 1234", "证件号码"), ("110", "不像"),
        ("13812341234/13912341234", "两个号码"), ("13812341234、0631-5550101", "两个号码"), ("13812341234（女儿）", "不像"), ("00852-12345678", None),
        ("1234567890123456", "超过 15 位"), ("6222020200112230", "超过 15 位"), ("0631-5550101-12345", None),
    ],
)  # fmt: skip
def test_a_telephone_number_that_was_spoilt(text: str, why: str | None) -> None:
    """A lost nought or lost figures cannot be guessed back; the clerk has the paper."""
    found = spoilt_phone(text)
    assert (found is None) == (why is None) and (not why or why in found[0])


def test_signs_of_a_workbook() -> None:
    """Full-width figures and escaped characters are the same number and the same text."""
    assert phone_of(" ０６３１－５５５０１０１ ") == "0631-5550101"
    assert phone_of("'13812341234") == "13812341234"  # as other programs guard a number
    assert unescaped("a_x000D_b") == "a\rb" and unescaped("a_b") == "a_b"
