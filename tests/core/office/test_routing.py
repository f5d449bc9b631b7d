"""Who is in charge: the office's table of matters, the regulation's table of categories, the chart of the day."""

from datetime import UTC, date, datetime

import pytest
from msgspec import convert, structs

from shouwen.core.fact import InForce
from shouwen.core.inquiry.events import Accept, Event
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.office.chart import Department, Tenure, holders
from shouwen.core.office.responsibility import degrees
from shouwen.core.office.roster import Config, InUse, Matter, Office, matter_limit
from shouwen.core.office.routing import advice, matches, scope_of, table_advice, table_routes
from shouwen.core.regulation.citation import cite
from shouwen.core.regulation.schema import Duty, Limit, Route, fits, limit_for
from shouwen.core.rulebook import Rules
from shouwen.store.yaml import load
from tests.support.clock import CALENDAR
from tests.support.places import TESTS
from tests.support.records import BUMEN, event, handoff, inquiry, policy
from tests.support.roster import OFFICE

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
    assert advice(HALL, inquiry(**case)) == expected


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
    assert [scope_of(HALL, *words) for words in asked] == ["本人", "本部门", "其他部门", "本部门", ""]


SPRING, AUTUMN = date(2026, 3, 1), date(2026, 9, 1)
POSTS = (Tenure(staff="heping", until=date(2026, 6, 30)), Tenure(staff="zhaojun", from_=date(2026, 7, 1)))


def office(leaders: dict, **departments: Department) -> Office:
    """An office with these posts."""
    return Office(config=Config(name="某局", policy="bumen", leaders=leaders), departments=departments, staff=OFFICE.staff,
                  matters={"立项": Matter(department="审批科", workdays=3)})  # fmt: skip


def test_who_led_on_the_day() -> None:
    """A post is held by whoever held it then; nobody where nobody did, or no such department is known."""
    led = office(
        {},
        审批科=Department(leader=POSTS),
        规划科=Department(leader="sunmei"),
        办公室=Department(leader=POSTS[1:]),
    )
    assert [led.leader("审批科", day) for day in (SPRING, AUTUMN)] == ["heping", "zhaojun"]
    assert (led.leader("规划科", SPRING), led.leader("办公室", SPRING), led.leader("没有", SPRING)) == (
        "sunmei",
        "",
        "",
    )
    assert (holders(POSTS), holders("sunmei")) == (["heping", "zhaojun"], ["sunmei"])


def test_who_is_in_charge_of_a_department() -> None:
    """The department's own 分管领导 goes before the office's; an unknown department has the office's."""
    led = office({"分管领导": POSTS, "主要领导": "lijie"}, 审批科=Department(in_charge="sunmei", leader="zhaojun"),
                 规划科=Department(leader="zhaojun"))  # fmt: skip
    assert [led.in_charge(name, SPRING) for name in ("审批科", "规划科", "没有")] == [
        "sunmei",
        "heping",
        "heping",
    ]
    assert led.in_charge("规划科", AUTUMN) == "zhaojun"
    own = office({"主要领导": POSTS}, 审批科=Department(in_charge=POSTS, leader=POSTS))
    assert [own.in_charge("审批科", day) for day in (SPRING, AUTUMN)] == ["heping", "zhaojun"]
    assert [own.chain("审批科", day) for day in (SPRING, AUTUMN)] == [["heping"], ["zhaojun"]]
    assert (led.top("主要领导", SPRING), led.top("没有", SPRING)) == ("lijie", "")
    assert led.chain("审批科", SPRING) == ["zhaojun", "sunmei", "lijie"]
    assert led.chain("规划科", AUTUMN) == ["zhaojun", "lijie"]  # each once


def test_which_regulation_governs_a_day() -> None:
    """Intake follows the regulation in force on its day, the border days included; gaps have none."""
    used = (InUse(id="旧", until=date(2026, 6, 30)), InUse(id="新", from_=date(2026, 7, 2)))
    dated = structs.replace(OFFICE, config=structs.replace(OFFICE.config, policy=used))
    days = (date(2026, 6, 30), date(2026, 7, 1), date(2026, 7, 2))
    assert [dated.policy_on(day) for day in days] == ["旧", "", "新"]
    assert OFFICE.policy_on(days[1]) == "bumen"
    assert (dated.config.policies(), OFFICE.config.policies()) == (["旧", "新"], ["bumen"])


def test_a_period_has_both_its_days() -> None:
    """The first and the last day belong to it; an open end has none."""
    both = InForce(from_=date(2026, 3, 1), until=date(2026, 3, 3))
    days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 3), date(2026, 3, 4)]
    assert [both.holds(day) for day in days] == [False, True, True, False]
    assert [InForce(from_=days[1]).holds(day) for day in days] == [False, True, True, True]
    assert [InForce(until=days[2]).holds(day) for day in days] == [True, True, True, False]


def test_the_limit_of_a_matter() -> None:
    """The table may set a limit of its own; nought where it says none."""
    led = office({})
    assert [matter_limit(led, inquiry(matter=name)) for name in ("立项", "没有", "")] == [3, 0, 0]


def test_several_asked_together() -> None:
    """By rank, then by seniority, then as listed; why is said with the names of the others."""
    rule = BUMEN.first_asked
    assert rule.order == ("rank", "joined")
    asked = OFFICE.first_asked
    assert asked(["wangfang", "zhaojun"], rule, date(2026, 11, 23)) == (
        "zhaojun",
        "与王芳同时被询问，职位高者为首问责任人",
    )
    assert asked(["wangfang", "lijie"], rule, date(2026, 11, 23)) == (
        "lijie",
        "与王芳同时被询问，到岗早者为首问责任人",
    )
    same = "与赵军、王芳同时被询问，职位、到岗时间相同，按列名先后"
    assert asked(["sunmei", "zhaojun", "wangfang"], rule, date(2026, 11, 23)) == ("sunmei", same)
    new = structs.replace(OFFICE.staff["wangfang"], joined=None)
    led = structs.replace(OFFICE, staff=OFFICE.staff | {"wangfang": new})
    assert (
        led.first_asked(["wangfang", "lijie"], rule, date(2026, 11, 23))[0] == "lijie"
    )  # who gave no day came last


CITED = [
    # how the regulation quotes, article, whether it is among its articles, the words
    ("第{}条", "九", True, "第九条"), ("第{}条", "五(一)", True, "第五条(一)"), ("第{}条", "告知一", True, "告知第一条"),
    ("第{}条", "12", True, "第12条"), ("第{}条", "简介", True, "简介"), ("第{}条", "默认", False, "默认"),
    ("第{}项", "三(二)", True, "第三(二)项"), ("第{}项", "(二)", True, "第(二)项"), ("第{}项", "3.1", True, "第3.1项"),
    ("第{}项", "附则一", True, "附则一"), ("第{}项", "本局决定", False, "本局决定"),
    ("第{}项", "0", True, "第0项"), ("第{}项", "9", True, "第9项"), ("第{}项", "十", True, "第十项"), ("第{}项", "（一）", True, "第（一）项"),
    ("{}", "一、1", True, "一、1"), ("规定{}", "总则", True, "规定总则"), ("{}", "九", False, "九"),
]  # fmt: skip


@pytest.mark.parametrize("way, article, known, words", CITED)
def test_how_an_article_is_quoted(way, article, known, words) -> None:
    """第…条 only round a number, as the document itself writes it; what is no article stands as it is."""
    rules = structs.replace(BUMEN, cite=way, articles={article: "…"} if known else {})
    assert cite(rules, article) == words


@pytest.mark.parametrize("key", ["scope", "category", "channel", "urgency", "matter"])
def test_each_condition_of_a_rule(key: str) -> None:
    """A condition keeps the rule to its words; without it the rule is for everybody."""
    asked = inquiry(scope="本部门", category="投诉", channel="来访", urgency="紧急", matter="施工许可证")
    own, other = getattr(asked, key), "别的"
    assert fits(Limit(article="二", **{key: (other, own)}), asked)
    assert not fits(Limit(article="二", **{key: (other,)}), asked)
    assert fits(Limit(article="二"), asked)
    if key != "matter":  # duties know all but the matter
        assert fits(Duty(article="二", **{key: (own,)}), asked)
        assert not fits(Duty(article="二", **{key: (other,)}), asked)


def test_the_first_limit_that_fits() -> None:
    """In the order of the regulation; one for a department only in the hands of that department."""
    limits = convert([{"article": "二", "workdays": 1, "department": ["规划科"]}, {"article": "三", "workdays": 2, "scope": ["本人"]},
                      {"article": "四", "workdays": 3}], tuple[Limit, ...])  # fmt: skip
    rules = structs.replace(BUMEN, limits={"环节": limits})
    found = [limit_for(rules, "环节", inquiry(scope=scope), *holder).workdays
             for scope, holder in (("其他部门", ["规划科"]), ("本人", ["审批科"]), ("其他部门", ["审批科"]), ("其他部门", []))]  # fmt: skip
    assert found == [1, 2, 3, 3]
    assert limit_for(rules, "办结", inquiry(), "规划科") is None


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


def test_degrees_of_responsibility() -> None:
    """九江: asked, handling, head, in charge, first; each post as it was held on the day of intake."""
    autumn = {"首问": "wangfang", "首办": "wangfang", "直接": "zhaojun", "主要": "zhaojun", "第一": "sunmei"}
    assert named(scope="本人") == named(scope="本部门") == autumn
    assert named(scope="其他部门") == autumn | {"首办": ""}  # another section's, and nobody signed yet
    signed = (handoff("23 09:20"), event(Accept, "23 10:00", "lijie"))
    assert named(*signed) == named(*signed, scope="本部门") == autumn | {"首办": "lijie"}
    spring = datetime(2026, 6, 30, 9, tzinfo=UTC)
    assert named(received=spring, scope="本人") == autumn | {"直接": "heping", "主要": "heping"}
    assert named(received=spring, scope="本人", department="规划科") == autumn | {"直接": "", "主要": "lijie"}


def test_the_day_of_intake_is_the_ledgers() -> None:
    """Taken in at 00:30 on 1 July by the office's clock: the new head answers, whatever UTC says."""
    night = datetime(2026, 6, 30, 16, 30, tzinfo=UTC)
    assert named(received=night, scope="本人")["直接"] == "zhaojun"


def test_degrees_only_where_the_regulation_knows_them() -> None:
    """Most documents name none."""
    assert degrees(Rules(BUMEN, OFFICE, CALENDAR), replay(inquiry())) == []
