"""Papers taken in and given back with a receipt, an objection, and a notice to somebody who only asks."""

import json

import pytest

DAY = "2026-11-23T"
WORDS = ("--channel", "来访", "--category", "业务", "--subject", "营业执照变更", "--name", "张某",
         "--phone", "13812341234", "--scope", "本人")  # fmt: skip


@pytest.fixture
def taken(sw, ledger) -> str:
    """An inquiry of this morning."""
    return sw("wangfang", "intake", *WORDS, now=DAY + "09:00").id


def shown(sw, name: str, now: str) -> dict:
    """The inquiry as JSON."""
    return json.loads(sw("wangfang", "show", name, "--format", "json", now=DAY + now).out)


def test_what_was_taken_in_is_receipted_and_given_back(sw, taken):
    """The receipt names every paper and what was given back; the limits run on meanwhile."""
    due = shown(sw, taken, "09:01")["due"]
    sw("wangfang", "receive", taken, "--material", "户口本1份", "--material", "章程2份", now=DAY + "09:05")
    paper = sw("wangfang", "form", "收件回执", taken, "--issue", now=DAY + "09:06").out
    assert all(word in paper for word in ("户口本1份", "章程2份", "王芳", "收件回执"))
    sw("wangfang", "giveback", taken, "--material", "户口本1份", "--text", "复印后退原件", now=DAY + "10:00")
    assert "复印后退原件" in sw("wangfang", "form", "收件回执", taken, now=DAY + "10:01").out
    assert shown(sw, taken, "10:02")["due"] == due
    sw("wangfang", "close", taken, "--outcome", "已解决", "--result", "已换发", now=DAY + "11:00")
    sw("wangfang", "giveback", taken, now=DAY + "11:05")
    assert shown(sw, taken, "11:06")["events"][-1]["material"] == ["章程2份"]


@pytest.mark.parametrize(
    ("material", "why"),
    [
        (("--material", "房产证"), "没有收过“房产证”"),
        (("--material", "户口本1份") * 2, "没有收过“户口本1份”，或已经退了"),
        ((), "没有收了还没有退的材料"),
    ],
)
def test_what_was_not_taken_in_is_not_given_back(sw, taken, material, why):
    """Nobody signs for a paper that never came, nor twice for one that did; nothing is written."""
    if material:
        sw("wangfang", "receive", taken, "--material", "户口本1份", now=DAY + "09:05")
    before = len(shown(sw, taken, "09:10")["events"])
    assert why in sw("wangfang", "giveback", taken, *material, code=3, now=DAY + "09:11").err
    assert len(shown(sw, taken, "09:12")["events"]) == before


def test_a_form_for_papers_needs_papers(sw, taken):
    """No receipt for nothing."""
    assert (
        "还没有收件的记录"
        in sw("wangfang", "form", "收件回执", taken, "--issue", code=None, now=DAY + "09:05").err
    )


def test_who_only_asks_is_told_and_no_clock_stops(sw, taken):
    """A notice to a consultation awaits nothing; another that asks for papers does."""
    sw("wangfang", "notify", taken, "--material", "申请表", "--consultation", now=DAY + "09:05")
    told = shown(sw, taken, "09:06")
    assert (told["phase"], told["due"] is not None) == ("在办", True)
    sw("wangfang", "notify", taken, "--material", "公证书", now=DAY + "09:07")
    assert (shown(sw, taken, "09:08")["phase"], shown(sw, taken, "09:08")["due"]) == ("中止", None)


@pytest.mark.parametrize("closed", [False, True])
def test_an_objection_stands_in_the_story(sw, taken, closed):
    """Before the result or after it: what was said, by whom it was written down; nothing else moves."""
    if closed:
        sw("wangfang", "close", taken, "--outcome", "已答复", "--result", "不能变更", now=DAY + "09:30")
    phase = shown(sw, taken, "09:31")["phase"]
    sw("wangfang", "object", taken, "--text", "认为材料已齐", now=DAY + "09:40")
    assert "异议" in sw("wangfang", "show", taken, now=DAY + "09:41").out
    assert shown(sw, taken, "09:42")["phase"] == phase
