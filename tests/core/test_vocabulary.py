"""What people type, who may act, where a matter goes, what a list may show."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from shouwen.core.accountability.service_record import add_service
from shouwen.core.dates import parse, parse_day
from shouwen.core.errors import BadData, NotFound, Problem, Usage
from shouwen.core.inquiry.confidential import secret
from shouwen.core.inquiry.events import Accept, Callback, Return, Target
from shouwen.core.inquiry.header import Inquirer
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.inquiry.masking import mask_name, mask_phone, mask_text, shown_inquirer
from shouwen.core.office.lookup import find_department, find_staff, find_target
from shouwen.core.office.powers import refusal
from shouwen.core.office.routing import guess, matches, scope_of
from shouwen.core.vocabulary import choose, clean, nearest
from tests.support.clock import ZONE, at
from tests.support.records import BUMEN, close, event, handoff, inquiry, judged
from tests.support.roster import OFFICE

NOW = at("23 09:15")


@pytest.mark.parametrize(
    "text, found",
    [
        ("09:05", "23 09:05"), ("9:05", "23 09:05"), ("９：０５", "23 09:05"), ("9点", "23 09:00"),
        ("9时15分", "23 09:15"), ("下午3:00", "23 15:00"), ("下午12:30", "23 12:30"), ("昨天 15:00", "22 15:00"),
        ("前天15:00", "21 15:00"), ("11-20 9:15", "20 09:15"), ("2026-11-20 09:15", "20 09:15"),
        ("2026/11/20 9:15", "20 09:15"), ("2026.11.20 9:15", "20 09:15"), ("2026年11月20日9时15分", "20 09:15"),
        ("11月20日 上午9:15", "20 09:15"), ("2026-11-20T09:15", "20 09:15"), ("2026-11-20T01:15+00:00", "20 09:15"),
        (" 2026-11-20 09:15 ", "20 09:15"),
    ],
)  # fmt: skip
def test_times_as_clerks_type_them(text, found):
    """Full-width signs, Chinese words, short forms: one moment in the ledger's zone."""
    assert parse(text, NOW) == at(found)


@pytest.mark.parametrize(
    "text",
    ["", "上周", "25:00", "12:60", "2026-02-30 09:00", "13-01 09:00", "0001-01-01T00:00", "9999-01-01 09:00",
     "2026-11-20T25:00", "9", "2026", "时", "1e5:00", "+", "T", "２３"],
)  # fmt: skip
def test_times_that_are_none(text):
    """A mistyped time is refused with an example, never guessed."""
    with pytest.raises(Usage, match="；写成 2026-11-23 09:15、"):
        parse(text, NOW)


def test_a_day_alone_needs_to_know_which_end():
    """Of a promise the close of business is meant; of an act the minute must be said."""
    from datetime import time

    assert parse("11-25", NOW, alone=lambda day: time(17, 30)) == at("25 17:30")
    with pytest.raises(Usage, match="只有日期，没有钟点"):
        parse("11-25", NOW)
    assert parse_day("后天", NOW.date()) == at("25 00:00").date()


@given(st.text(max_size=12))
def test_no_text_crashes_the_reader_of_times(text):
    """Whatever is typed: a moment of the ledger's years, or a refusal in words."""
    try:
        found = parse(text, NOW)
    except Usage:
        return
    assert 1899 < found.year < 2200 and found.tzinfo


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
    assert mask_text(text) == "张某138****1234，身份证37*************23X，金额123456元"


def test_what_a_list_shows_of_the_inquirer():
    """Masked, unless revealed; the nameless by a word; reports only counted."""
    assert shown_inquirer(Inquirer("张某某")) == "张**"
    assert shown_inquirer(Inquirer("张某某"), reveal=True) == "张某某"
    assert shown_inquirer(Inquirer(organisation="某公司")) == "某公司"
    assert shown_inquirer(Inquirer("张某某", anonymous=True), reveal=True) == "匿名"
    assert shown_inquirer(Inquirer()) == "未留名"
    assert secret(inquiry(category="举报")) and secret(inquiry(confidential=True)) and not secret(inquiry())


@given(st.text())
def test_kept_text_holds_no_control_characters(text):
    """What is typed is cleaned once; cleaning again changes nothing."""
    kept = clean(text)
    assert clean(kept) == kept
    assert not any(ord(c) < 32 and c not in "\n\t" or 0x7F <= ord(c) < 0xA0 for c in kept)


def test_people_and_departments_are_found_by_name():
    """By id or full name; departments by name; the near ones are offered."""
    assert find_staff(OFFICE, "王芳") == find_staff(OFFICE, "wangfang") == "wangfang"
    assert (
        find_target(OFFICE, "李洁", date(2026, 11, 23))
        == find_target(OFFICE, "规划科/lijie", date(2026, 11, 23))
        == Target("规划科", "lijie")
    )
    assert find_target(OFFICE, "规划科", date(2026, 11, 23)) == Target("规划科")
    with pytest.raises(NotFound, match="wangfang"):
        find_staff(OFFICE, "wangfan")
    with pytest.raises(NotFound, match="规划科"):
        find_department(OFFICE, "规划局")
    with pytest.raises(NotFound, match="李洁不在审批科，在规划科"):
        find_target(OFFICE, "审批科/李洁", date(2026, 11, 23))
    twins = structs.replace(OFFICE, staff=OFFICE.staff | {"wangfang2": OFFICE.staff["wangfang"]})
    with pytest.raises(NotFound, match="叫“王芳”的有 2 人：wangfang、wangfang2"):
        find_staff(twins, "王芳")


PASSED = inquiry(handoff("23 10:00", "规划科"))


@pytest.mark.parametrize(
    "record, move, why",
    [
        (PASSED, event(Accept, "23 11:00", "lijie"), ""),
        (PASSED, event(Accept, "23 11:00", "sunmei"), ""),  # anybody of the department
        (PASSED, event(Accept, "23 11:00", "heping"), "何平在办公室，不能签收"),
        (PASSED, event(Return, "23 11:00", "lijie", reason="x"), ""),
        (PASSED, event(Return, "23 11:00", "wangfang", reason="x"), ""),  # taken back
        (PASSED, event(Return, "23 11:00", "heping", reason="x"), "不能退回"),
        (inquiry(), handoff("23 10:00", "审批科/wangfang"), "不必转办"),
        (inquiry(about=("lijie",)), handoff("23 10:00", "办公室"), ""),
    ],
)  # fmt: skip
def test_who_may_move_it(record, move, why):
    """Receivers are of the department; nobody gets a complaint about himself."""
    found = refusal(OFFICE, replay(record), move, date(2026, 11, 23))
    assert (why in found) if why else found == ""


def test_matters_are_found_by_their_words():
    """The longest word wins; the table says whose duty it is."""
    assert [name for name, _ in matches(OFFICE, "问施工许可怎么办")] == ["施工许可证", "许可证延期"]
    assert guess(OFFICE, "天气") == ""
    scopes = [
        scope_of(OFFICE, "施工许可证", who, OFFICE.staff[who].department)
        for who in ("lijie", "sunmei", "wangfang")
    ]
    assert scopes == ["本人", "本部门", "其他部门"] and scope_of(OFFICE, "没有", "lijie", "规划科") == ""


@pytest.mark.parametrize(
    "present, first, why",
    [
        (["wangfang", "zhaojun"], "zhaojun", "与王芳同时被询问，职位高者为首问责任人"),
        (["wangfang", "lijie"], "lijie", "与王芳同时被询问，到岗早者为首问责任人"),
        (["sunmei", "zhaojun"], "sunmei", "与赵军同时被询问，职位、到岗时间相同，按列名先后"),
        (["wangfang", "lijie", "heping"], "heping", "与王芳、李洁同时被询问，职位高者为首问责任人"),
    ],
)
def test_of_several_asked_together(present, first, why):
    """By rank, then by seniority, then as listed; the reason goes into the record."""
    assert OFFICE.first_asked(present, BUMEN.first_asked, date(2026, 11, 23)) == (first, why)


def test_service_figures():
    """First-asked, handled, on time, overdue while held, returned, ratings: each to its person."""
    figures: dict = {}
    late = inquiry(
        handoff("23 10:00"), event(Return, "23 11:00", "lijie", reason="x"), handoff("24 10:00"),
        event(Accept, "24 11:00", "lijie"), close("30 10:00", "lijie"), event(Callback, "30 11:00", rating="满意"),
    )  # fmt: skip
    for record in (late, inquiry(close("23 10:00")), inquiry()):
        state, found, _ = judged(record, "2026-12-10 09:00")
        add_service(figures, state, found, 2026, ZONE)
    first, handler = figures["wangfang"], figures["lijie"]
    assert (first.first_asked, first.handled, first.on_time, first.overdue_held, first.returned) == (
        3,
        1,
        1,
        1,
        1,
    )
    assert (handler.first_asked, handler.handled, handler.on_time, handler.overdue_held) == (0, 1, 0, 1)
    assert handler.ratings == {"满意": 1}


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


def test_a_problem_in_words() -> None:
    """path:line: what is wrong：how to mend it; as far as there is any."""
    assert str(Problem("a.yaml", 3, "keys", "多了“x”", "删去")) == "a.yaml:3: 多了“x”：删去"
    assert str(Problem("a.yaml", 0, "keys", "多了“x”")) == "a.yaml: 多了“x”"
    two = [Problem("a.yaml", 3, "keys", "甲"), Problem("b.yaml", 0, "keys", "乙", "丙")]
    error = BadData(two)
    assert (str(error), error.problems, error.exit_code) == ("a.yaml:3: 甲\nb.yaml: 乙：丙", two, 5)
