"""Addresses and the lines of papers are masked however their signs are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.inquiry.address_masking import mask_addresses
from shouwen.core.inquiry.masking import mask_text

AT = [
    "@",
    "＠",
    "（at）",
    "(at)",
    "[AT]",
    " at ",
    "{at}",
    "艾特",
    "#",
    "＃",
    " @ ",
    "(@)",
    "【at】",
    "圈a",
    "_at_",
    "☆",
    "&#64;",
]
DOT = [".", "．", "。", "点", "[.]", " dot ", "(dot)", " . "]


@given(
    before=st.sampled_from(["", "邮箱：", "发到", "邮箱"]), at=st.sampled_from(AT), dot=st.sampled_from(DOT),
    house=st.sampled_from(["126", "qq", "163", "mail", "sina"]), end=st.sampled_from(["com", "cn", "net"]),
    after=st.sampled_from(["", "，谢谢", "收"]),
)  # fmt: skip
def test_an_address_however_its_signs_are_written(before, at, dot, house, end, after) -> None:
    """Who does not want to be found by machines is not read by people either."""
    shown = mask_text(f"{before}zhang_liu7{at}{house}{dot}{end}{after}")
    assert shown == f"{before}z***{at}{house}{dot}{end}{after}"


@pytest.mark.parametrize(
    "text",
    ["P‹CHNZHANG‹‹SAN‹‹‹‹", "P<CHNZHANG<<SAN<<<<", "P＜CHNZHANG＜＜SAN", "POCHNZHANG<<SAN<<<", "V<CHNZHANG<<SAN", "ZHANG<<SAN<<<<",
     "I<CHNE123456785<<<<", "E123456785CHN9003072M3001012<<<<<06", "9003072M3001012CHN<<<<<<<<4", "CSCHN1234567891<<<<"],
)  # fmt: skip
def test_the_lines_at_the_foot_of_a_passport(text: str) -> None:
    """Copied from a scan: all but the first letter goes."""
    assert mask_text(f"护照{text}，已查验") == f"护照{text[0]}{'*' * (len(text) - 1)}，已查验"


@pytest.mark.parametrize(
    "text",
    [
        "P<0.05",
        "a<b",
        "1<<20",
        "见www.gov.cn",
        "C#与.net",
        "在cn.gov查",
        "5 at 3",
        "《办法》<附件>",
        "第3<4条",
    ],
)
def test_what_is_no_address_stays(text: str) -> None:
    """A sign alone makes neither an address nor a line of a passport."""
    assert mask_addresses(text) == text


@pytest.mark.parametrize("text, masked", [
    ("军官证南字第1234567号", "军官证南字第1****67号"), ("士兵证：军字1234567", "士兵证：军字1****67"), ("学号202012345678", "学号2*********78"),
    ("住院号A123456，已查", "住院号A****56，已查"), ("学号忘记了", "学号忘记了"), ("档案号20261123", "档案号20261123"),
])  # fmt: skip
def test_what_a_word_calls_the_number_of_somebodys_papers(text: str, masked: str) -> None:
    """Whatever letters stand before the figures; a day stays one."""
    assert mask_text(text) == masked
