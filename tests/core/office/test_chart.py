"""Who was what on which day: posts, leave, renamed, merged and dissolved departments, one name twice."""

import ast
from datetime import date
from pathlib import Path

import pytest
from msgspec import ValidationError, convert

from shouwen.core.integrity.roster import check_office
from shouwen.core.office.chart import Department, Staff
from shouwen.core.office.lookup import find_department, find_staff, find_target
from shouwen.core.office.roster import Config, Office

ROOT = Path(__file__).parents[3] / "shouwen"


def office(departments: dict, staff: dict, **config) -> Office:
    """An office as staff.yaml has it."""
    return Office(
        config=Config(name="某局", policy="bumen", **config),
        departments=convert(departments, dict[str, Department], strict=False),
        staff=convert(staff, dict[str, Staff], strict=False),
        matters={},
    )


OFFICE = office(
    {
        "行政审批服务科": {"leader": [{"staff": "lisi", "until": "2026-03-31"}, {"staff": "zhaoliu", "from": "2026-04-01"}],
                      "formerly": [{"name": "审批科", "until": "2026-06-30"}]},
        "民政办": {"leader": "lisi", "deputy": "qianqi"},
        "农业站": {"leader": "zhaoliu", "until": "2026-09-30", "into": "农业农村办"},
        "农业农村办": {"leader": "sunba", "from": "2026-10-01"},
        "信访办": {"leader": "zhoujiu", "until": "2026-05-31"},
    },
    {
        "wangwu": {"name": "王五", "posts": [
            {"department": "民政办", "title": "科员", "rank": 9, "from": "2024-03-01", "until": "2026-03-31"},
            {"department": "农业站", "title": "副站长", "rank": 8, "from": "2026-04-01", "kind": "借调"},
            {"department": "民政办", "title": "网格员", "rank": 3, "from": "2026-04-01", "kind": "兼职"}],
            "away": [{"from": "2026-05-04", "until": "2026-08-10", "why": "产假", "deputy": "qianqi"}]},
        "lisi": {"name": "李四", "department": "民政办", "title": "主任"},
        "zhaoliu": {"name": "赵六", "department": "审批科"},
        "qianqi": {"name": "钱七", "department": "民政办", "until": "2026-07-31"},
        "sunba": {"name": "孙八", "department": "农业农村办"},
        "zhoujiu": {"name": "周九", "department": "民政办"},
        "liwei": {"name": "李伟", "department": "民政办"},
        "liwei2": {"name": "李伟", "department": "行政审批服务科"},
        "liwei3": {"name": "李伟", "department": "民政办", "until": "2025-12-31"},
    },
    leaders={"主要领导": "zhaoliu"},
)  # fmt: skip


def day(text: str) -> date:
    """MM-DD of 2026."""
    return date.fromisoformat(f"2026-{text}")


@pytest.mark.parametrize(
    "on, department, title, rank, holds, here",
    [
        ("03-31", "民政办", "科员", 9, True, True), ("04-01", "农业站", "副站长", 8, True, True),
        ("05-04", "农业站", "副站长", 8, True, False), ("08-11", "农业站", "副站长", 8, True, True),
        ("10-01", "农业农村办", "副站长", 8, True, True),
    ],
)  # fmt: skip
def test_a_person_on_a_day(on, department, title, rank, holds, here):
    """The first post of the day is the main one; leave takes nothing of it away."""
    d = day(on)
    assert (OFFICE.department_of("wangwu", d), OFFICE.title_of("wangwu", d), OFFICE.rank_of("wangwu", d)) == (
        department, title, rank,
    )  # fmt: skip
    assert (OFFICE.holds("wangwu", d), OFFICE.is_here("wangwu", d)) == (holds, here)


def test_several_posts_at_once():
    """Who has two posts acts for both departments; one that ended is worked for by its successor's people."""
    assert OFFICE.units_of("wangwu", day("04-02")) == {"农业站", "民政办"}
    assert OFFICE.works_for("wangwu", "农业站", day("11-01"))
    assert OFFICE.works_for("sunba", "农业站", day("11-01"))
    assert not OFFICE.works_for("sunba", "农业站", day("09-01"))


def test_who_leads_two_departments_acts_for_both():
    """Wherever his post is: while he leads it, and no longer."""
    assert OFFICE.works_for("lisi", "行政审批服务科", day("03-31")) and OFFICE.works_for(
        "lisi", "民政办", day("03-31")
    )
    assert OFFICE.works_for("lisi", "民政办", day("04-01"))
    assert OFFICE.works_for("zhaoliu", "农业站", day("09-30")) and not OFFICE.works_for(
        "zhaoliu", "农业农村办", day("10-01")
    )


def test_before_and_after_a_post():
    """Who is not there yet, or has left, has no post; what is said of them names the nearest."""
    early, late = date(2024, 2, 29), day("08-01")
    assert (OFFICE.holds("wangwu", early), OFFICE.department_of("wangwu", early)) == (False, "民政办")
    assert (OFFICE.holds("qianqi", late), OFFICE.department_of("qianqi", late)) == (False, "民政办")
    assert (OFFICE.holds("niemand", late), OFFICE.department_of("niemand", late)) == (False, "")


@pytest.mark.parametrize(
    "on, answers",
    [("05-03", "wangwu"), ("05-04", "qianqi"), ("07-31", "qianqi"), ("08-01", "lisi"), ("08-11", "wangwu")],
)
def test_who_answers_while_somebody_is_away(on, answers):
    """The deputy named for the leave while there; else the department's leader of that day."""
    assert OFFICE.answers("wangwu", "民政办", day(on)) == answers


def test_the_leader_of_the_day():
    """A rename keeps the seat; what ended is led by its successor's leader, else by the last it had."""
    assert OFFICE.leader("审批科", day("03-31")) == "lisi"
    assert OFFICE.leader("审批科", day("04-01")) == OFFICE.leader("行政审批服务科", day("11-01")) == "zhaoliu"
    assert (OFFICE.leader("农业站", day("09-30")), OFFICE.leader("农业站", day("10-01"))) == (
        "zhaoliu",
        "sunba",
    )
    assert OFFICE.leader("信访办", day("11-01")) == "zhoujiu"
    assert OFFICE.works_for("zhoujiu", "信访办", day("11-01")) and not OFFICE.works_for(
        "lisi", "信访办", day("11-01")
    )


def test_a_renamed_department():
    """It is found by either name, and called what it was called then."""
    assert OFFICE.unit("审批科") == OFFICE.unit("行政审批服务科", day("01-01")) == "行政审批服务科"
    assert (OFFICE.called("审批科", day("06-30")), OFFICE.called("审批科", day("07-01"))) == (
        "审批科",
        "行政审批服务科",
    )
    assert find_department(OFFICE, "审批科") == "行政审批服务科"
    assert find_department(OFFICE, "行政审批服务科", day("06-01")) == "审批科"
    assert OFFICE.department_of("zhaoliu", day("06-01")) == "审批科"
    assert OFFICE.names_of("审批科") == {"审批科", "行政审批服务科"}


def test_a_name_that_another_department_took_over():
    """A name that went from one department to another means, on each day, who had it."""
    two = office(
        {"甲科": {"formerly": [{"name": "综合科", "until": "2026-06-30"}]}, "综合科": {"from": "2026-07-01"}},
        {},
    )
    assert (two.unit("综合科", day("06-30")), two.unit("综合科", day("07-01"))) == ("甲科", "综合科")


def test_two_people_of_one_name():
    """They are told apart wherever the name stands; in a department, the only one there is meant."""
    assert OFFICE.name("liwei") == "李伟（liwei）" and OFFICE.name("lisi") == "李四"
    assert find_target(OFFICE, "民政办/李伟", day("11-01")).staff == "liwei"
    assert find_target(OFFICE, "行政审批服务科/李伟", day("11-01")).staff == "liwei2"
    assert find_target(OFFICE, "王五", day("11-01")).staff == "wangwu"
    with pytest.raises(Exception, match="liwei、liwei2、liwei3"):
        find_staff(OFFICE, "李伟", day("11-01"))


@pytest.mark.parametrize(
    "posts, where",
    [
        ([{"department": "民政办", "until": "2026-06-30"}, {"department": "农业农村办", "from": "2026-07-01", "kind": "借调"}], "农业农村办"),
        ([{"department": "民政办", "until": "2026-08-31"}, {"department": "农业农村办", "from": "2026-09-01", "kind": "借调"}], "民政办"),
        ([{"department": "民政办", "until": "2026-08-31"}, {"department": "农业农村办", "from": "2026-09-01"}], "农业农村办"),
        ([{"department": "民政办"}, {"department": "农业农村办", "kind": "兼职"}], "民政办"),
    ],
)  # fmt: skip
def test_where_somebody_is_appraised(posts, where):
    """Seconded for half the year or more: there; else at home; a transfer takes the appraisal along."""
    one = office({"民政办": {}, "农业农村办": {}}, {"a": {"name": "甲", "posts": posts}})
    assert one.appraised_in("a", 2026) == where


def test_the_short_form_reads_as_one_post():
    """What existing rosters say means what it meant; an entry of both forms, or neither, is refused."""
    short = convert(
        {"name": "甲", "department": "乙", "title": "科员", "rank": 2, "until": "2026-06-30"},
        Staff,
        strict=False,
    )
    assert [(p.department, p.title, p.rank, p.until) for p in short.every_post()] == [
        ("乙", "科员", 2, day("06-30"))
    ]
    for wrong in ({"name": "甲"}, {"name": "甲", "department": "乙", "posts": [{"department": "丙"}]}):
        with pytest.raises(ValidationError):
            convert(wrong, Staff)


def test_a_roster_that_does_not_fit_together():
    """Each thing that cannot be meant is named with what to do."""
    wrong = office(
        {"甲": {"into": "乙"}, "丙": {"into": "丙", "until": "2026-01-31"},
         "丁": {"formerly": [{"name": "丁", "until": "2026-01-31"}]}},
        {"a": {"name": "某", "posts": [{"department": "戊", "from": "2026-02-01", "until": "2026-01-01"}],
               "away": [{"deputy": "a"}, {"deputy": "b"}]}},
    )  # fmt: skip
    assert [p.text for p in check_office(wrong)] == [
        "a 的部门“戊”不在部门表里",
        "a 的一段起止日期颠倒：from 2026-02-01 晚于 until 2026-01-01",
        "a 离岗时的代理人是本人",
        "a 的代理人“b”不在人员表里",
        "甲 并入的部门“乙”不在部门表里",
        "甲 写了 into 而没有 until：不知道哪一天并入",
        "丙 的 into 绕回了自己",
        "丁 的曾用名与现名相同",
    ]


# Only the chart itself, and what checks or changes the roster as a whole, look past the day.
HOMES = (
    "core/office/chart.py", "core/office/presence.py", "core/office/roster.py", "core/integrity/roster.py",
    "services/roster.py", "services/seats.py",
)  # fmt: skip


def readings(path: Path) -> list[str]:
    """Where a module reads the roster past the functions that name a day."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Subscript):
            table, use = node.value, "[]"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            table, use = node.func.value, node.func.attr
        else:
            continue
        if (
            isinstance(table, ast.Attribute)
            and table.attr in ("staff", "departments")
            and use in ("[]", "get", "items", "values")
            and ast.unparse(table) != "duty.departments"
        ):
            found.append(f"{path.relative_to(ROOT)}:{node.lineno}: {ast.unparse(node)}")
    return found


def test_every_reading_of_the_roster_names_its_day():
    """Only the chart itself, and what checks or changes the roster as a whole, look past the day.

    A person's scale and name have no day: the appraisal takes them.
    """
    modules = {path.relative_to(ROOT).as_posix(): path for path in ROOT.rglob("*.py")}
    found = [line for name, path in modules.items() if name not in HOMES for line in readings(path)]
    assert [line.split(":")[0] for line in found] == ["core/accountability/appraisal.py"], found
    person = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in ROOT.rglob("*.py") for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("department", "title", "rank", "posts", "away")
        and isinstance(node.value, ast.Attribute) and node.value.attr == "person"
    ]  # fmt: skip
    assert person == []


def test_every_name_that_an_act_takes_is_looked_up_on_its_day():
    """Of two people of one name it is the one who is there that day; a department goes by its name of then."""
    acting = [*ROOT.rglob("commands/acts/*.py"), *ROOT.rglob("commands/oversight/supervise.py"), *ROOT.rglob("sanction/opening.py"),
              *ROOT.rglob("sanction/deciding.py"), *ROOT.rglob("sanction/appealing.py"), *ROOT.rglob("terminal/context.py")]  # fmt: skip
    calls = [
        (f"{path.name}:{node.lineno}", len(node.args))
        for path in acting for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        and node.func.id in ("find_staff", "find_department", "find_target", "find_leader")
    ]  # fmt: skip
    assert len(calls) > 8
    assert [where for where, n in calls if n < 3] == []


def test_a_department_is_known_by_any_name_of_that_day():
    """Its name, its aliases and those of before; one that was dissolved is nowhere to go to."""
    there = {
        "规划科": {"aliases": ["规划"], "formerly": [{"name": "建设科", "until": "2025-01-01"}]},
        "旧科": {"until": "2026-01-01"},
    }
    assert list(office(there, {}).names_on(date(2026, 11, 23))) == ["规划科", "规划", "建设科"]
