"""What of a person leaves the ledger, and what of typed text is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.inquiry import address_masking, name_masking
from shouwen.core.inquiry.confidential import secret
from shouwen.core.inquiry.header import Inquirer
from shouwen.core.inquiry.masking import mask_phone, mask_text, shown_inquirer
from shouwen.core.inquiry.name_masking import mask_name
from tests.support.records import inquiry


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
    "word",
    ["办公室", "审批科", "行政审批服务科", "民政办", "信访局", "政务大厅", "综合窗口", "农业站", "某某公司", "本人", "不详", "匿名", "同上", "服务热线",
     "村委会", "前台", "张家村委会", "人力资源部", "12345热线", "无"],
)  # fmt: skip
@pytest.mark.parametrize("part", ["联系人", "负责人", "经办人", "申请人", "家属"])
def test_a_department_is_nobodys_name(part, word):
    """What stands in the place of a person and is none stays readable."""
    assert mask_text(f"{part}：{word}") == f"{part}：{word}"
    assert mask_text(f"{part}：{word}，13812341234") == f"{part}：{word}，138****1234"


@pytest.mark.parametrize(
    "name, masked",
    [
        ("张文科", "张**"),
        ("李站", "李*"),
        ("王院", "王*"),
        ("陈所", "陈*"),
        ("龘靐", "龘*"),
        ("阿依古丽·买买提", "阿*******"),
        ("欧阳部", "欧**"),
    ],
)
def test_a_person_whose_name_ends_like_a_department(name, masked):
    """A family name before one such letter: somebody."""
    assert mask_text(f"联系人：{name}") == f"联系人：{masked}"


@pytest.mark.parametrize("name, masked", [("张某某", "张**"), ("王芳", "王*"), ("张", "*"), ("", "")])
def test_names_are_masked(name, masked):
    """The family name stays."""
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    "phone, masked",
    [("13812341234", "138****1234"), ("0631-5550123", "****-*****23"), ("", ""), ("110", "*10")],
)
def test_phones_are_masked(phone, masked):
    """Mobile numbers as the authorities mask them; of others the last two digits."""
    assert mask_phone(phone) == masked


def test_numbers_in_text_are_masked():
    """A mobile or identity number in a subject does not reach a list."""
    text = "张某13812341234，身份证37100219800101123X，金额123456元"
    assert mask_text(text) == "张*138****1234，身份证37*************23X，金额123456元"


def test_what_a_list_shows_of_the_inquirer():
    """Masked, unless revealed; the nameless by a word; reports only counted."""
    assert shown_inquirer(Inquirer("张某某")) == "张**"
    assert shown_inquirer(Inquirer("张某某"), reveal=True) == "张某某"
    assert shown_inquirer(Inquirer(organisation="某公司")) == "某公司"
    assert shown_inquirer(Inquirer("张某某", anonymous=True), reveal=True) == "匿名"
    assert shown_inquirer(Inquirer()) == "未留名"
    assert secret(inquiry(category="举报")) and secret(inquiry(confidential=True)) and not secret(inquiry())


PARTS = f"{name_masking._PART}|{name_masking._KIN}|{name_masking._HEAD}|{name_masking._SELF}".split("|")


@pytest.mark.parametrize("word", PARTS)
def test_every_word_for_a_part_masks_the_name_after_it(word):
    """None of the table is without effect."""
    assert mask_text(f"请转告{word}：李四光，谢谢") == f"请转告{word}：李**，谢谢"


@pytest.mark.parametrize("word", [*address_masking._OWNED, "WX", "Vx", "WeChat", "QQ"])
def test_every_word_for_what_is_somebodys_own_masks_what_follows(word):
    """So does the look for what a word calls somebody's own, however its letters are written."""
    own = (
        "B1234567"
        if word in address_masking._PAPERS.split("|")
        else "A12345"
        if word in ("车牌", "车号")
        else "zhang1980"
    )
    assert mask_text(f"他的{word}：{own}。") == f"他的{word}：{own[0]}{'*' * (len(own) - 3)}{own[-2:]}。"


@pytest.mark.parametrize(
    "text, masked",
    [
        ("委托代理人：李四、王五", "委托代理人：李*、王*"),
        ("代理人李四、王五明/欧阳芳，来问", "代理人李*、王**/欧**，来问"),
        ("联系人：李四和王五。", "联系人：李*和王*。"),
        ("联系人周永和、赵六", "联系人周**、赵*"),
        ("联系人：李四、审批科", "联系人：李*、审批科"),
        ("申请人张三、张家村委会共同申请", "申请人张*、张家村委会共同申请"),
        ("联系人阿卜杜拉·买买提江 到场", "联系人阿******** 到场"),
        ("联系人 阿卜杜拉•买买提江", "联系人 阿********"),
        ("联系人John Smith到场", "联系人J*********到场"),
        ("证人 Anna-Maria O'Neill", "证人 A*****************"),
        ("联系人：John", "联系人：J***"),
        ("联系人：Nguyễn Văn An", "联系人：N************"),
        ("法人代表Иван Петров", "法人代表И**********"),
        ("家属：金정훈", "家属：金**"),
        ("业主WiFi坏了，联系人Tel：无，学生Excel培训，联系人VIP客户", "业主WiFi坏了，联系人Tel：无，学生Excel培训，联系人VIP客户"),
    ],
)  # fmt: skip
def test_several_names_and_names_in_other_letters(text, masked):
    """Whoever is named after the first, of several parts without a colon, in Latin, Cyrillic, Hangul; no brand, no unit."""
    assert mask_text(text) == masked


def test_a_text_that_names_nobody_costs_no_pattern(monkeypatch):
    """Compiling the patterns of names took a tenth of a start; a list of plain subjects needs none."""
    looked = []
    monkeypatch.setattr(name_masking, "_beside_of", lambda *words: looked.append(words))
    assert mask_text("施工许可证办理材料") == "施工许可证办理材料" and looked == []
    assert mask_text("代理人李某某") == "代理人李某某" and looked
