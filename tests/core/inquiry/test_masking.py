"""What of a person leaves the ledger, and what of typed text is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.inquiry.confidential import Private, joined, parted, secret, withheld
from shouwen.core.inquiry.header import Inquirer
from shouwen.core.inquiry.masking import mask_name, mask_phone, mask_text, shown_inquirer
from shouwen.core.vocabulary import clean
from tests.support.records import inquiry


@pytest.mark.parametrize(
    "typed, kept",
    [
        (" 一\r\n二\r三 ", "一\n二\n三"), ("e\u0301", "é"), ("a\x1b[31mb\x00", "a[31mb"), ("\u2028甲\ufeff", "甲"),
        ("一\t二\n三", "一\t二\n三"), ("", ""),
    ],
)  # fmt: skip
def test_clean(typed, kept):
    """Composed letters, plain line ends, no control characters, no outer blanks; tabs and lines stay."""
    assert clean(typed) == kept


@pytest.mark.parametrize("name, masked", [("", ""), ("张", "*"), ("张某", "张*"), ("欧阳某某", "欧***")])
def test_mask_name(name, masked):
    """The first character stays; of a name of one letter nothing is left."""
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    "phone, masked",
    [
        ("13812341234", "138****1234"), ("0631-5550123", "****-*****23"), ("12345", "***45"), ("7", "7"), ("", ""),
        ("+86 13812341234", "+** *********34"), ("转 801", "转 *01"), ("138123412345", "**********45"),
    ],
)  # fmt: skip
def test_mask_phone(phone, masked):
    """A mobile number as usual; of others the last two digits, whatever stands between."""
    assert mask_phone(phone) == masked


ZHANG = Inquirer(name="张某某", phone="0631-5550123")


@pytest.mark.parametrize(
    "text, person, masked",
    [
        ("电话13812341234，", None, "电话138****1234，"),
        ("+86 138 1234 1234 或 138-1234-1234", None, "+86 138****1234 或 138****1234"),
        ("身份证37100019900101123X", None, "身份证37*************23X"),
        ("身份证 371000 19900101 1234", None, "身份证 37*************234"),
        ("老证370102800101123", None, "老证37*************123"),
        ("编号138123412345和2026", None, "编号138123412345和2026"),
        ("张某某来电0631-5550123，张某某同意", ZHANG, "张**来电****-*****23，张**同意"),
        ("张某某", None, "张某某"),
        ("张某来电", Inquirer(name="张某"), "张*来电"),
        ("李某来电", Inquirer(name="李"), "李某来电"),  # one character is no more than its mask
        ("第8号", Inquirer(phone="8"), "第8号"),
        ("李某来电", Inquirer(), "李某来电"),
    ],
)
def test_mask_text(text, person, masked):
    """Mobile and identity numbers as people write them, and the person's own name and phone."""
    assert mask_text(text, *([person] if person else [])) == masked


@given(st.from_regex(r"\A1[3-9][0-9]{9}\Z"))
def test_no_mobile_number_gets_through(number):
    """Whatever the number, its four middle digits are gone, alone and in a sentence."""
    assert mask_phone(number) == mask_text(number) == f"{number[:3]}****{number[7:]}"
    assert number not in mask_text(f"请回{number}。")


@pytest.mark.parametrize(
    "person, reveal, shown",
    [
        (Inquirer(name="张某某"), False, "张**"), (Inquirer(name="张某某"), True, "张某某"),
        (Inquirer(organisation="某公司"), False, "某公司"), (Inquirer(name="张某", organisation="某公司"), False, "张*"),
        (Inquirer(), False, "未留名"), (Inquirer(name="张某", anonymous=True), True, "匿名"),
    ],
)  # fmt: skip
def test_who_asks_as_lists_show_it(person, reveal, shown):
    """Masked unless revealed; without a name the organisation; the anonymous never by name."""
    assert shown_inquirer(person, reveal) == shown
    assert reveal or shown_inquirer(person) == shown


@pytest.mark.parametrize(
    "header, hidden",
    [
        ({}, False),
        ({"confidential": True}, True),
        ({"category": "举报"}, True),
        ({"category": "投诉"}, False),
    ],
)
def test_what_lists_only_count(header, hidden):
    """A report of a wrong, and whatever was marked so; once parted, its content lies elsewhere."""
    record = inquiry(**header)
    assert (secret(record), withheld(record)) == (hidden, False)
    assert withheld(parted(record)[0]) == hidden


def test_parted_and_joined():
    """Who and what go to the private part; the rest stays; together they are the whole again."""
    record = inquiry(category="举报", detail="收受礼金", subject="举报某人")
    public, private = parted(record)
    assert (public.subject, public.detail, public.inquirer) == ("保密件", "", Inquirer())
    assert private == Private(
        id=record.id, subject="举报某人", detail="收受礼金", inquirer=Inquirer("张某", "13812341234")
    )
    assert joined(public, private) == record
    nameless = inquiry(category="举报", inquirer=Inquirer(anonymous=True))
    assert parted(nameless)[0].inquirer.anonymous
