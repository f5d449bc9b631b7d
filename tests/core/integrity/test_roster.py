"""What does not fit together in the settings of an office, each in its file and in words."""

from datetime import date

import pytest
from msgspec import structs

from shouwen.core.integrity.roster import check_office
from shouwen.core.office.chart import Absence, Department, FormerName, Staff
from shouwen.core.office.roster import Matter
from tests.support.roster import CONFIG, OFFICE

DAY, LATER = date(2026, 6, 1), date(2026, 7, 1)


def staff(**more) -> dict:
    """王芳 with something changed."""
    return {"staff": OFFICE.staff | {"wangfang": structs.replace(OFFICE.staff["wangfang"], **more)}}


def departments(**more: Department) -> dict:
    """The departments and some more."""
    return {"departments": OFFICE.departments | more}


def test_the_office_of_the_tests_is_in_order() -> None:
    """Nothing is said of an office in which everything fits."""
    assert list(check_office(OFFICE)) == []


@pytest.mark.parametrize(
    ("changed", "path", "text"),
    [
        (staff(department="审批局"), "staff.yaml", "wangfang 的部门“审批局”不在部门表里"),
        (staff(from_=LATER, until=DAY), "staff.yaml", "wangfang 的一段起止日期颠倒"),
        (staff(away=(Absence(from_=DAY, until=LATER, deputy="nobody"),)), "staff.yaml", "wangfang 的代理人“nobody”不在人员表里"),
        (staff(away=(Absence(from_=DAY, until=LATER, deputy="wangfang"),)), "staff.yaml", "wangfang 离岗时的代理人是本人"),
        (departments(新科=Department(leader="nobody")), "staff.yaml", "新科 的负责人“nobody”不在人员表里"),
        (departments(旧科=Department(into="审批科")), "staff.yaml", "旧科 写了 into 而没有 until"),
        (departments(旧科=Department(into="没有科", until=DAY)), "staff.yaml", "旧科 并入的部门“没有科”不在部门表里"),
        (departments(旧科=Department(into="旧科", until=DAY)), "staff.yaml", "旧科 的 into 绕回了自己"),
        (departments(新科=Department(formerly=(FormerName(name="新科", until=DAY),))), "staff.yaml", "新科 的曾用名与现名相同"),
        ({"matters": {"立项": Matter(department="立项科")}}, "matters.yaml", "事项“立项”的部门“立项科”不在部门表里"),
        ({"config": structs.replace(CONFIG, leaders={"分管领导": "nobody"})}, "ledger.yaml", "分管领导“nobody”不在人员表里"),
        ({"config": structs.replace(CONFIG, office="没有科")}, "ledger.yaml", "office “没有科”不在部门表里"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named(changed: dict, path: str, text: str) -> None:
    """One fault, one problem, in the file that its keeper opens."""
    (found,) = check_office(structs.replace(OFFICE, **changed))
    assert (found.path, found.check) == (path, "roster") and found.text.startswith(text)


def test_a_former_name_is_a_name() -> None:
    """Whoever worked in a department that was renamed worked somewhere."""
    renamed = departments(
        规划建设科=Department(leader="sunmei", formerly=(FormerName(name="老科", until=DAY),))
    )
    known = renamed | {"staff": OFFICE.staff | {"x": Staff(name="某", department="老科")}}
    assert list(check_office(structs.replace(OFFICE, **known))) == []
