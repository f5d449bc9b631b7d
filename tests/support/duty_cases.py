"""The cases of tests/cases/duties: what happened under one duty, and what is missing."""

from collections.abc import Iterator
from datetime import date
from types import ModuleType

import pytest
from msgspec import convert, structs

from shouwen.core.deadlines.clock_table import clocks
from shouwen.core.duties import DUTIES
from shouwen.core.duties.findings import findings
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.office.chart import Department, Staff, Tenure
from shouwen.core.regulation.schema import Choice, Duty, Route
from shouwen.core.rulebook import Rules
from shouwen.store.yaml import load
from tests.support.clock import CALENDAR
from tests.support.clock import at as moment
from tests.support.places import TESTS
from tests.support.records import BUMEN, written
from tests.support.roster import CONFIG
from tests.support.roster import OFFICE as WORLD

FOLDER = TESTS / "cases/duties"
BOOK = {path.stem: load(path.read_bytes(), path.name) for path in sorted(FOLDER.glob("*.yaml"))}


def until_tuesday(first: str, then: str) -> tuple[Tenure, Tenure]:
    """A post that changed hands: the first held it up to 24 November, the other from the 25th."""
    return Tenure(staff=first, until=date(2026, 11, 24)), Tenure(staff=then, from_=date(2026, 11, 25))


# 何平 is in charge of all departments but 规划科, of which 吴副 is; 郑局 is above both. On the 25th
# 林局 comes after 郑局 and takes 规划科 over from 吴副, who becomes head of 办公室 after 何平.
OFFICE = structs.replace(
    WORLD,
    config=structs.replace(
        CONFIG, leaders={"分管领导": "heping", "主要领导": until_tuesday("zhengju", "linju")}
    ),
    departments=WORLD.departments
    | {
        "规划科": structs.replace(WORLD.departments["规划科"], in_charge=until_tuesday("wufu", "linju")),
        "办公室": Department(leader=until_tuesday("heping", "wufu")),
        "窗口": Department(aliases=("大厅",)),
    },
    staff=WORLD.staff
    | {
        "zhengju": Staff(name="郑局", department="办公室"),
        "linju": Staff(name="林局", department="办公室"),
        "wufu": Staff(name="吴副", department="办公室"),
        "chuangkou": Staff(name="丁窗", department="窗口", title="窗口人员"),
    },
)
POLICY = structs.replace(
    BUMEN,
    limits={},
    bodies=Choice(article="一", values=("市局", "县政府")),
    routing=(
        Route(article="一", category=("咨询",), department="大厅", months=6),
        Route(article="二", category=("咨询",), department="规划科"),
        Route(article="三", category=("投诉",), department="监察室"),
    ),
)


def cases(room: ModuleType | None = None) -> Iterator:
    """Every case of the duties in a module, or of all; ``rule`` is how the regulation lays the duty down."""
    for book in BOOK.values():
        for duty, told in book.items():
            find = DUTIES[duty].find
            if room and (find is None or find.__module__ != room.__name__):
                continue
            for name, case in told.items():
                if name != "rule":
                    yield pytest.param(
                        duty, told.get("rule", {}) | case.get("rule", {}), case, id=f"{duty}-{name}"
                    )


def found(name: str, rule: dict, case: dict) -> list:
    """What the one duty finds; ``office`` of a case is the coordinating one."""
    duty = convert({"article": "一", **rule}, Duty)
    policy = structs.replace(POLICY, duties={name: duty}, **case.get("policy", {}))
    config = structs.replace(OFFICE.config, office=case.get("office", ""))
    rules = Rules(policy, structs.replace(OFFICE, config=config), CALENDAR)
    state, now = replay(written(case)), moment(case.get("now", "24 15:00"))
    return findings(rules, state, clocks(rules, state, now), now)


def holds(name: str, rule: dict, case: dict) -> None:
    """Assert that just what the case says is found: on which event, in which words."""
    told = found(name, rule, case)
    assert [f"{f.event or 0} {f.text}" for f in told] == case["finds"]
    assert {(f.name, f.article) for f in told} <= {(DUTIES[name].title, "一")}
