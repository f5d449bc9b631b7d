"""What people type, who may act, where a matter goes, what a list may show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.errors import Usage
from shouwen.core.vocabulary import choose, clean, name_of, nearest, phone_of


@given(st.text())
def test_kept_text_holds_no_control_characters(text):
    """What is typed is cleaned once; cleaning again changes nothing."""
    kept = clean(text)
    assert clean(kept) == kept
    assert not any(ord(c) < 32 and c not in "\n\t" or 0x7F <= ord(c) < 0xA0 for c in kept)


def test_the_words_nearest_to_what_was_typed() -> None:
    """Those that hold it or are held by it first, then the alike, at most so many; else the list's beginning."""
    assert nearest("绿化", ["园林绿化", "绿化审批", "审批", "绿"]) == ["园林绿化", "绿化审批", "绿"]
    assert nearest("施工许可正", ["立项", "施工许可证", "施工许可"]) == ["施工许可", "施工许可证"]
    assert nearest("某某", ["甲", "乙", "丙", "丁", "戊", "己"]) == ["甲", "乙", "丙", "丁", "戊"]
    assert nearest("", ["甲", "乙"]) == ["甲", "乙"]
    assert nearest("招投标", ["咨询", "招标文件备案"]) == ["招标文件备案"]  # two signs of six are enough
    assert nearest("许可", [f"许可{n}" for n in "123456"], 3) == ["许可1", "许可2", "许可3"]


def test_choosing_a_word() -> None:
    """The Chinese word, or its English name however it is spelt; a short list is shown whole, a long one near by."""
    assert [choose(word, ["来访", "来电"], "渠道") for word in ("来电", "phone", "Phone", "VISIT")] == [
        "来电", "来电", "来电", "来访"]  # fmt: skip
    with pytest.raises(Usage, match="^渠道没有“飞鸽”；可用：来访、来电$"):
        choose("飞鸽", ["来访", "来电"], "渠道")
    with pytest.raises(Usage, match="^渠道没有“phone”；可用：来访$"):
        choose("phone", ["来访"], "渠道")
    twelve = [f"事项{n:02}" for n in range(1, 13)]
    with pytest.raises(Usage, match=f"^事项没有“事项13”；可用：{'、'.join(twelve)}$"):
        choose("事项13", twelve, "事项")
    with pytest.raises(Usage, match="^事项没有“绿化”；相近的有：绿化带$"):
        choose("绿化", [*twelve, "绿化带"], "事项")
    with pytest.raises(Usage, match="^事项没有“绿化”；相近的有：园林绿化、绿化审批$"):
        choose("绿化", [*twelve, "园林绿化", "绿化审批"], "事项")


@given(
    st.lists(st.text(min_size=1, max_size=4), unique=True, max_size=20),
    st.text(max_size=4),
    st.integers(1, 8),
)
def test_nearest_words_are_of_the_list(known: list[str], text: str, most: int) -> None:
    """What is proposed can be chosen: of the list, each once, no more than asked for, none only where none is."""
    found = nearest(text, known, most)
    assert set(found) <= set(known) and len(set(found)) == len(found) <= most
    assert bool(found) == bool(known)


@pytest.mark.parametrize(
    "typed, kept",
    [
        (" 一\r\n二\r三 ", "一\n二\n三"), ("e\u0301", "é"), ("a\x1b[31mb\x00", "a[31mb"), ("\u2028甲\ufeff", "甲"),
        ("一\t二\n三", "一\t二\n三"), ("", ""), ("\u200b\u3164", ""), ("\u2060。", "\u2060。"), ("\ue123", "\ue123"),
    ],
)  # fmt: skip
def test_clean(typed, kept):
    """Composed letters, plain line ends, no control characters, no outer blanks; tabs and lines stay.

    Fillers alone are nothing; a character that an office made itself (private use) is one.
    """
    assert clean(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0631-5550123", "0631-5550123"), ("１３８００００１２３４", "13800001234"), ("+86 138 0000 1234", "+86 138 0000 1234"),
        ("0631-5550123转8012", "0631-5550123转8012"), ("13800001234、13800009999", "13800001234、13800009999"), ("110", "110"),
        ("(0631) 5550123", "(0631) 5550123"), ("0631-5550123/5550124", "0631-5550123/5550124"),
    ],
)  # fmt: skip
def test_a_phone_as_people_write_it(typed, kept):
    """One or two numbers, with an extension, wide or narrow."""
    assert phone_of(typed) == kept


@pytest.mark.parametrize(
    "typed", ["abc", "12", "1380000123413800009999", "2026-11-23 09:15", "转8012", "张某", "1" * 17, "-"]
)
def test_what_is_no_phone(typed):
    """Words, a time, too few digits, two numbers typed into one."""
    with pytest.raises(Usage, match="不是电话号码"):
        phone_of(typed)


@pytest.mark.parametrize("typed", ["2", "１", "2.", "13800001234", "-", "？", "2、"])
def test_a_number_is_no_name(typed):
    """Whoever types the number of a choice at the question for a name has missed the question."""
    with pytest.raises(Usage, match="不是姓名"):
        name_of(typed)


@pytest.mark.parametrize("typed", ["张某", "3号窗口的女士", "O'Neil", "买买提·艾力", "王", "李四2"])
def test_a_name_is_what_somebody_is_called(typed):
    """A letter of any script is enough."""
    assert name_of(typed) == typed
