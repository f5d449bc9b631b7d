"""Words all but another: told where the program knows the word, left alone where the office's own is another."""

import pytest

from shouwen.core.integrity.slips import one_sign_off, slips
from shouwen.store.settings import load_policy
from tests.support.records import policy

BASE = load_policy("base")


@pytest.mark.parametrize(
    ("key", "written", "meant"),
    [("channels", "来访者", "来访"), ("channels", "访来", "来访"), ("modes", "电话联", "电话联系"), ("modes", "书转面交", "书面转交"),
     ("scopes", "其它他部门", "其他部门"), ("urgencies", "紧", "紧急"), ("outcomes", "已解决了", "已解决")],
)  # fmt: skip
def test_a_slip_is_told_with_the_word_meant(key: str, written: str, meant: str) -> None:
    """A sign too many, too few or changed over with its neighbour, in any list that the program knows."""
    words = [written if word == meant else word for word in getattr(BASE, key).values]
    found = [
        (text, hint)
        for where, text, hint in slips(policy(**{key: {"values": words}}), BASE)
        if where == (key,)
    ]
    assert found == [(f"“{written}”像是“{meant}”写错了", f"写 {meant}；确是别的意思的，换个不易混的词")]


@pytest.mark.parametrize(
    ("key", "words"),
    [("channels", ["来访", "来电", "来函", "上门"]), ("modes", ["引领", "移交", "告知电话"]), ("urgencies", ["一般", "特急", "复杂"]),
     ("channels", ["来访", "来访者", "来电", "来信", "网上", "短信", "交办", "发现"]), ("categories", ["咨询类", "投诉件"])],
)  # fmt: skip
def test_the_words_of_an_office_are_its_own(key: str, words: list[str]) -> None:
    """Another word, or one beside the word that it resembles, is nobody's slip."""
    assert [
        where
        for where, _, _ in slips(policy(**{key: {"values": words, "more": []}}), BASE)
        if where == (key,)
    ] == []


def test_one_sign_off() -> None:
    """Neither the same word, nor one with another sign in its place."""
    assert one_sign_off("来访", "来") and one_sign_off("访来", "来访") and one_sign_off("来访人", "来访")
    assert (
        not one_sign_off("来访", "来访")
        and not one_sign_off("来信", "来访")
        and not one_sign_off("来", "来访人")
    )


def test_without_a_base_nothing_is_compared() -> None:
    """What stands alone has no words to be taken for."""
    assert list(slips(policy(channels={"values": ["来访者"], "more": []}))) == []
