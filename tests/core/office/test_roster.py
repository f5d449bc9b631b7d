"""The office on a day: who leads, who is first-asked of several, the limit of a matter."""

from datetime import date

import pytest
from msgspec import structs

from shouwen.core.office.chart import Department, Tenure, holders
from shouwen.core.office.roster import Config, Matter, Office, matter_limit
from tests.support.records import BUMEN, inquiry
from tests.support.roster import OFFICE


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
