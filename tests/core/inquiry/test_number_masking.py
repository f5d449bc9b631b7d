"""Numbers that tell who somebody is: masked however they are written; days, amounts and ids stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.inquiry import number_masking
from shouwen.core.inquiry.masking import mask_text
from shouwen.core.inquiry.number_masking import KINDS, mask_numbers
from tests.privacy.identities import ALL, FORMS, tells


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


@pytest.mark.parametrize(("kind", "form"), [(kind, form) for kind, forms in FORMS.items() for form in forms])
def test_no_form_of_any_kind_survives(kind, form):
    """Alone and between words, with punctuation or none: what tells who it is is never whole."""
    for before, after in (("", ""), ("请回", "，谢谢"), ("（", "）"), ("何人：", "。")):
        assert tells(form) not in mask_text(before + form + after), kind


@pytest.mark.parametrize(("name", "ends"), KINDS)
def test_every_kind_of_the_table_is_met_by_a_form(name, ends):
    """A row of the table that nothing reaches is either wrong or not needed."""
    met = []

    def watched(row):
        met.append(found := ends(row))
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(number_masking, "KINDS", tuple((n, watched if n == name else e) for n, e in KINDS))
        for form in ALL:
            mask_numbers(form, ["0631-5550401"])
    assert any(met), name


@pytest.mark.parametrize(
    "text",
    [
        "13,800,000,000元",
        "1.13亿元",
        "第13、14、15、16、17、18条",
        "2026.11.23-2026.12.01",
        "编号138123412345和2026",
        "13:00-15:30",
        "2026-11-23 2026-11-24",
        "联系后补交 12500000 元",
        "GB/T 12345-2006",
        "GB 12345-2006",
        "方案A 2026-11-23",
        "S20261203-9DTM2A",
        "20261123-1380QX",
        "20261123-123456",
        "女儿高考",
        "申请人于11月提交",
        "申请人应提交材料",
        "微信公众号",
        "居住证 2026-11-23 到期",
        "身份证明材料",
        "统一社会信用代码91370000MA3ABCDE1X",
        "鲁K线",
        "来电5次",
        "3月15日13时到16时30分",
        "2026年11月23日",
        "20261123",
        "20261123-K7Q4QX",
        "125000元",
        "第9条第3款",
        "一万三千八百元",
        "下午3:00",
        "金额13800138000元",
        "金额：13912345678元。",
        "项目总投资15000000000元",
        "合计人民币18612345678元整",
        "预算约 17700000000 元",
        "￥13800138000",
        "¥ 13800138000元",
        "造价13800138000美元",
        "行使123456次",
        "",
    ],
)
def test_what_tells_of_nobody_stays(text: str) -> None:
    """A list in which days, amounts and ids were masked would be of no use."""
    assert mask_text(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "打13800138000元旦前找我",
        "电话13800138000，金额500元",
        "付款人13800138000",
        "金额500元，联系13800138000",
        "13800138000元宵节后回电",
        "手机13800138000元某",
        "费用请打+8613800138000元",
        "合计 138 0013 8000 元",
    ],
)
def test_in_doubt_eleven_figures_are_a_mobile(text):
    """Money is what both sides say is money, in one piece: the rest might be somebody."""
    assert "13800138000" not in (shown := mask_text(text)) and "138 0013 8000" not in shown


@given(
    st.text(alphabet="到的，。 aＺ_:/"),
    st.from_regex(r"\A1[3-9][0-9]{9}\Z"),
    st.text(alphabet="到的，。 bＸ_&"),
)
def test_no_mobile_survives_whatever_stands_around_it(before: str, number: str, after: str) -> None:
    """In the middle of a sentence as well as alone, letters and marks touching it."""
    assert number not in mask_numbers(f"{before}{number}{after}")


def test_a_known_phone_is_masked_where_it_would_not_be_known() -> None:
    """A short number is somebody's only where the record says so."""
    assert mask_numbers("拨 55501 找他") == "拨 55501 找他"
    assert mask_numbers("拨 55501 找他", ["55501"]) == "拨 ***01 找他"
