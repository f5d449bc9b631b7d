"""Whom and which department a clerk means by a name, an id, an alias."""

from datetime import date

import pytest
from msgspec import structs

from shouwen.core.errors import NotFound
from shouwen.core.inquiry.events import Target
from shouwen.core.office.chart import Department, Staff
from shouwen.core.office.lookup import find_department, find_staff, find_target, several
from tests.support.roster import OFFICE as WORLD

OFFICE = structs.replace(
    WORLD,
    departments=WORLD.departments
    | {"甲窗": Department(aliases=("窗口", "甲")), "乙窗": Department(aliases=("窗口",))},
    staff=WORLD.staff
    | {
        "wang2": Staff(name="王芳", department="规划科"),
        "chen": Staff(name="陈实", department="甲窗", from_=date(2026, 3, 1), until=date(2026, 8, 31)),
    },
)


DAY = date(2026, 11, 23)


def person(office, text):
    """Whom a word means on the day of these tests."""
    return find_staff(office, text, DAY)


def on_the_day(office, text):
    """Who or what a target means on the day of these tests."""
    return find_target(office, text, DAY)


@pytest.mark.parametrize("text, staff", [("lijie", "lijie"), ("李洁", "lijie"), ("wangfang", "wangfang")])
def test_a_person_by_id_or_name(text, staff):
    """An id is taken as it is; a name where only one bears it."""
    assert find_staff(OFFICE, text, DAY) == staff


@pytest.mark.parametrize(
    "find, text, why",
    [
        (person, "王芳", "叫“王芳”的有 2 人：wang2、wangfang；请写编号"),
        (person, "李结", "人员表里没有“李结”；相近的有：lijie（李洁）"),
        (person, "lijei", "人员表里没有“lijei”；相近的有：lijie（李洁）、"),
        (find_department, "窗口", "叫“窗口”的有甲窗、乙窗；请写部门全称"),
        (find_department, "规划", "没有部门“规划”；相近的有：规划科"),
        (on_the_day, "规划", "没有部门“规划”；相近的有：规划科"),
        (on_the_day, "办公室/李洁", "李洁不在办公室，在规划科"),
        (on_the_day, "规划科/moren", "人员表里没有“moren”；相近的有："),
        (on_the_day, "规划科/李洁/一", "人员表里没有“李洁/一”；"),
        (on_the_day, "规/李洁", "没有部门“规”；相近的有：规划科"),
        (on_the_day, "王芳", "叫“王芳”的有 2 人"),
    ],
)
def test_whom_nobody_can_tell(find, text, why):
    """Several, or none: said with those it may be."""
    with pytest.raises(NotFound) as told:
        find(OFFICE, text)
    assert str(told.value).startswith(why)


@pytest.mark.parametrize(
    "find, why", [(person, "人员表里没有“李洁”；"), (find_department, "没有部门“李洁”；")]
)
def test_where_there_is_nobody(find, why):
    """An empty roster has nobody near."""
    with pytest.raises(NotFound) as told:
        find(structs.replace(OFFICE, departments={}, staff={}), "李洁")
    assert str(told.value) == f"{why}相近的有：（空）"


@pytest.mark.parametrize(
    "text, target",
    [
        ("规划科", Target("规划科")), ("甲", Target("甲窗")), ("规划科/李洁", Target("规划科", "lijie")),
        ("甲/chen", Target("甲窗", "chen")), ("李洁", Target("规划科", "lijie")), ("sunmei", Target("规划科", "sunmei")),
    ],
)  # fmt: skip
def test_a_target(text, target):
    """A department by name or alias, with or without a person; a person alone brings the department."""
    assert find_target(OFFICE, text, DAY) == target


def test_people_and_departments_are_found_by_name():
    """By id or full name; departments by name; the near ones are offered."""
    assert find_staff(WORLD, "王芳", DAY) == find_staff(WORLD, "wangfang", DAY) == "wangfang"
    assert (
        find_target(WORLD, "李洁", date(2026, 11, 23))
        == find_target(WORLD, "规划科/lijie", date(2026, 11, 23))
        == Target("规划科", "lijie")
    )
    assert find_target(WORLD, "规划科", date(2026, 11, 23)) == Target("规划科")
    with pytest.raises(NotFound, match="wangfang"):
        find_staff(WORLD, "wangfan", DAY)
    with pytest.raises(NotFound, match="规划科"):
        find_department(WORLD, "规划局")
    with pytest.raises(NotFound, match="李洁不在审批科，在规划科"):
        find_target(WORLD, "审批科/李洁", date(2026, 11, 23))
    twins = structs.replace(WORLD, staff=WORLD.staff | {"wangfang2": WORLD.staff["wangfang"]})
    with pytest.raises(NotFound, match="叫“王芳”的有 2 人：wangfang、wangfang2"):
        find_staff(twins, "王芳", DAY)


LEFT = structs.replace(
    WORLD, staff=WORLD.staff | {"lijie2": Staff(name="李洁", department="办公室", until=date(2026, 6, 30))}
)


@pytest.mark.parametrize(
    "text", ["李洁", "李 洁", "　李洁 ", "李洁（lijie）", "李洁(lijie)", "lijie", "ｌｉｊｉｅ"]
)
def test_the_only_one_of_that_name(text):
    """A name alone is the one who has a post that day; blanks, full width and the id beside it do no harm."""
    assert find_staff(LEFT, text, DAY) == "lijie"
    assert find_target(LEFT, text, DAY) == Target("规划科", "lijie")


@pytest.mark.parametrize("text", ["规划科/李洁", "规划科／李洁", " 规划科 / 李 洁"])
def test_the_only_one_in_that_department(text):
    """With a department beside the name, however the stroke is written."""
    assert find_target(LEFT, text, DAY) == Target("规划科", "lijie")


@pytest.mark.parametrize("day, fits", [(date(2026, 6, 30), False), (date(2026, 7, 1), True)])
def test_it_is_the_roster_of_that_day(day, fits):
    """While both are there the ids are asked for; from the day after one has left, not."""
    if fits:
        assert find_staff(LEFT, "李洁", day) == "lijie"
        return
    with pytest.raises(NotFound, match="叫“李洁”的有 2 人：lijie、lijie2；请写编号"):
        find_staff(LEFT, "李洁", day)


def test_a_name_beside_another_ones_id():
    """孙梅（lijie） is nobody."""
    with pytest.raises(NotFound):
        find_staff(LEFT, "孙梅（lijie）", DAY)


@pytest.mark.parametrize("text", ["王五,李洁", "王五，李洁", "王五、李洁", " 王五 ； 李洁 ", "王五,,李洁，"])
def test_a_list_of_names(text):
    """Whatever people put between names."""
    assert several(text) == ["王五", "李洁"]
