"""Who is in charge: the office's table of matters, the regulation's table of categories, the chart of the day."""

from datetime import date

import pytest
from msgspec import structs

from shouwen.core.inquiry.events import Event
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.office.chart import Department, Tenure
from shouwen.core.office.responsibility import degrees
from shouwen.core.office.roster import Config, Matter, Office
from shouwen.core.office.routing import advice, guess, matches, scope_of, table_advice, table_routes
from shouwen.core.regulation.schema import Route
from shouwen.core.rulebook import Rules
from shouwen.store.yaml import load
from tests.support.clock import CALENDAR
from tests.support.places import TESTS
from tests.support.records import BUMEN, inquiry, policy
from tests.support.roster import OFFICE

DAY = date(2026, 11, 23)

FOLDER = TESTS / "cases" / "routing"
TABLE = load((FOLDER / "table.yaml").read_bytes(), "table.yaml")
MATTERS = load((FOLDER / "matters.yaml").read_bytes(), "matters.yaml")
COURT = structs.replace(
    OFFICE,
    departments=OFFICE.departments | {"刑庭": Department(aliases=("审判庭",)), "民庭": Department(aliases=("法庭", "审判庭"))},
)  # fmt: skip
HALL = structs.replace(
    OFFICE,
    matters={
        "施工许可证": Matter(department="规划科", contact="lijie", words=("施工许可",), workdays=5),
        "许可证延期": Matter(department="审批科", place="6号窗口", phone="0631-5550106"),
        "备案": Matter(department="综合窗口"),
    },
)


@pytest.mark.parametrize("name", TABLE)
def test_the_regulations_table(name: str) -> None:
    """Where a category goes, until when, under which article; both ways where the date is wanting."""
    case = TABLE[name]
    rules = policy(routing=case["routing"])
    closed = date.fromisoformat(case["closed"]) if "closed" in case else None
    asked = inquiry(category=case["category"], case_closed=closed)
    assert table_advice(rules, COURT, asked, date(2026, 11, 23)) == case["expect"]


@pytest.mark.parametrize("name", MATTERS)
def test_the_offices_table(name: str) -> None:
    """What the clerk is told at intake: department, person, place, phone, as far as they are known."""
    case = dict(MATTERS[name])
    expected = case.pop("expect")
    assert advice(HALL, inquiry(**case), DAY) == expected


def test_months_end_with_the_month() -> None:
    """民法典 202: six months after 31 August end on 28 February, that day included."""
    routes = (Route(article="二", category=("申诉",), department="甲庭", months=6),)
    rules = structs.replace(BUMEN, routing=routes)
    days = (date(2027, 2, 28), date(2027, 3, 1))
    assert [len(table_routes(rules, "申诉", date(2026, 8, 31), day)) for day in days] == [1, 0]


def test_matches_are_ordered_by_the_longest_word() -> None:
    """The word that says most goes first; of equals the name decides, never the table's order."""
    entry = Matter(department="规划科")
    office = structs.replace(OFFICE, matters={
        "丙": structs.replace(entry, words=("许可",)), "乙": structs.replace(entry, words=("施工许可", "许可")),
        "许可延期": entry, "甲": structs.replace(entry, words=("许可", "")),
    })  # fmt: skip
    assert [name for name, _ in matches(office, "施工许可怎么办")] == ["乙", "丙", "甲"]
    assert [name for name, _ in matches(office, "许可")] == ["丙", "乙", "甲", "许可延期"]
    assert [name for name, _ in matches(office, "许")] == ["许可延期"]
    assert matches(office, "") == []
    named = structs.replace(OFFICE, matters={"许可延期": entry, "证": structs.replace(entry, words=("许",))})
    assert [name for name, _ in matches(named, "许")] == [
        "证",
        "许可延期",
    ]  # a word goes before a part of a name
    assert matches(office, "许可延期")[0] == ("许可延期", entry)


def test_scope_seen_from_the_first_asked() -> None:
    """The contact's own matter is 本人; the department's 本部门; otherwise 其他部门, unknown ''."""
    asked = [("施工许可证", "lijie", "规划科"), ("施工许可证", "sunmei", "规划科"), ("施工许可证", "wangfang", "审批科"),
             ("许可证延期", "", "审批科"), ("没有的", "lijie", "规划科")]  # fmt: skip
    assert [scope_of(HALL, *words, DAY) for words in asked] == ["本人", "本部门", "其他部门", "本部门", ""]


POSTS = (Tenure(staff="heping", until=date(2026, 6, 30)), Tenure(staff="zhaojun", from_=date(2026, 7, 1)))


def office(leaders: dict, **departments: Department) -> Office:
    """An office with these posts."""
    return Office(config=Config(name="某局", policy="bumen", leaders=leaders), departments=departments, staff=OFFICE.staff,
                  matters={"立项": Matter(department="审批科", workdays=3)})  # fmt: skip


LEVELS = {
    "article": "一",
    "titles": {
        "首问": "首问责任人",
        "首办": "承办人",
        "直接": "负责人",
        "主要": "分管领导",
        "第一": "主要领导",
    },
}


def named(*events: Event, **values) -> dict[str, str]:
    """Title → staff of the degrees of responsibility of an inquiry."""
    led = office(
        {"分管领导": POSTS, "主要领导": (Tenure(staff="sunmei", until=date(2026, 12, 31)),)},
        审批科=Department(leader=POSTS),
        规划科=Department(in_charge="lijie"),
    )
    return dict(degrees(Rules(policy(levels=LEVELS), led, CALENDAR), replay(inquiry(*events, **values))))


def test_matters_are_found_by_their_words():
    """The longest word wins; the table says whose duty it is."""
    assert [name for name, _ in matches(OFFICE, "问施工许可怎么办")] == ["施工许可证", "许可证延期"]
    assert guess(OFFICE, "天气") == ""
    scopes = [
        scope_of(OFFICE, "施工许可证", who, OFFICE.staff[who].department, DAY)
        for who in ("lijie", "sunmei", "wangfang")
    ]
    assert scopes == ["本人", "本部门", "其他部门"] and scope_of(OFFICE, "没有", "lijie", "规划科", DAY) == ""
