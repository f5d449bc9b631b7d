"""Whom a matter concerns may be found later, or stand in another matter joined to it: recusal holds from then on."""

import json

import pytest

WORDS = ("intake", "--channel", "来电", "--scope", "不明确", "--name", "张检举", "--phone", "13812341234")
ADD = ("correct", "ID", "--field", "被反映人", "--value", "王芳", "--reason", "查明")


@pytest.fixture(params=["举报", "投诉", "咨询"])
def found(sw, request):
    """A matter of 何平's that 王芳 worked on before it was found that it is about her."""
    name = sw("heping", *WORDS, "--category", request.param, "--subject", "夜里收礼").id
    sw("wangfang", "note", name, "--text", "已核对电话", now="2026-11-23T10:00")
    sw("heping", *[name if w == "ID" else w for w in ADD], now="2026-11-23T11:00")
    return name


def test_from_then_on_she_is_kept_from_it(sw, found: str) -> None:
    """She neither sees nor does anything in it; what she did before is no fault; others go on."""
    later = "2026-11-24T09:00"
    for words in (("show", found), ("note", found, "--text", "x"), ("close", found, "--outcome", "已答复", "--result", "x"),
                  ("form", "受理登记表", found)):  # fmt: skip
        assert "应当回避" in sw("wangfang", *words, code=3, now=later).err
    for words in (("list", "--status", "all"), ("log",), ("overdue", "--soon", "9"), ("search", "收礼"), ("export", "--format", "csv")):  # fmt: skip
        assert "收礼" not in sw("wangfang", *words, now=later, code=None).out, words
    assert (
        "应当回避"
        in sw(
            "heping", "extend", found, "--by", "1", "--approved-by", "wangfang", "--reason", "x", code=3
        ).err
    )
    assert "没有问题" in sw("heping", "check", now=later).err
    assert "更正" in sw("heping", "show", found, now=later).out
    sw("wangfang", "note", found, "--kind", "申辩", "--text", "当日请假", now=later)


def test_a_backdated_act_is_hers_no_more(sw, found: str) -> None:
    """What is known now counts when an act is written down for a day before."""
    assert (
        "应当回避"
        in sw(
            "wangfang",
            "note",
            found,
            "--text",
            "x",
            "--at",
            "2026-11-23T10:30",
            code=3,
            now="2026-11-24T09:00",
        ).err
    )


def test_nobody_is_freed_by_a_correction(sw, found: str) -> None:
    """Another name is added to the first; the first stays."""
    sw(
        "heping",
        "correct",
        found,
        "--field",
        "被反映人",
        "--value",
        "李洁",
        "--reason",
        "另有一人",
        now="2026-11-24T09:00",
    )
    assert json.loads(sw("heping", "show", found, "--format", "json").out)["about"] == ["wangfang", "lijie"]
    for who in ("wangfang", "lijie"):
        sw(who, "show", found, code=3)
    assert (
        "没有"
        in sw("heping", "correct", found, "--field", "about", "--value", "没人", "--reason", "x", code=4).err
    )


def test_a_slip_is_taken_back(sw) -> None:
    """A wrong name is taken back by withdrawing the correction; then nobody is kept from it."""
    name = sw("heping", *WORDS, "--category", "投诉", "--subject", "夜里收礼").id
    sw("heping", *[name if w == "ID" else w for w in ADD])
    sw("heping", "withdraw", name, "--reason", "写错了人")
    assert "收礼" in sw("wangfang", "show", name).out


def test_joined_to_what_does_not_say_whom_it_is_about(sw) -> None:
    """A complaint that goes into a matter of nobody's would be decided there by the one complained of."""
    about = sw("heping", *WORDS, "--category", "投诉", "--subject", "态度", "--about", "wangfang").id
    plain = sw("heping", *WORDS, "--category", "投诉", "--subject", "窗口").id
    assert (
        f"correct {plain}" in sw("heping", "join", about, "--into", plain, "--reason", "同一件", code=3).err
    )
    sw("heping", *[plain if w == "ID" else w for w in ADD])
    sw("heping", "join", about, "--into", plain, "--reason", "同一件")
    sw("wangfang", "show", plain, code=3)


@pytest.mark.parametrize("turned", [False, True])
def test_who_is_concerned_joins_nothing(sw, turned: bool) -> None:
    """Neither the complaint into another matter, nor another matter into the complaint."""
    about = sw("heping", *WORDS, "--category", "投诉", "--subject", "态度", "--about", "wangfang").id
    plain = sw("wangfang", *WORDS, "--category", "咨询", "--subject", "窗口").id
    one, other = (plain, about) if turned else (about, plain)
    assert "应当回避" in sw("wangfang", "join", one, "--into", other, "--reason", "x", code=3).err


def test_what_was_received_is_not_told(sw) -> None:
    """Which papers were handed in is no business of the one complained of, whatever else is wrong with what he asks."""
    about = sw("heping", *WORDS, "--category", "投诉", "--subject", "态度", "--about", "wangfang").id
    sw("heping", "receive", about, "--material", "收礼照片")
    for words in (("giveback", about), ("giveback", about, "--material", "户口本")):
        said = sw("wangfang", *words, code=3).err
        assert "应当回避" in said and "照片" not in said
    assert "照片" in sw("heping", "giveback", about, "--material", "户口本", code=3).err
