"""Which names of departments are shared, and what a record is read as where one is."""

from datetime import date
from zoneinfo import ZoneInfo

from msgspec import structs

from shouwen.core.inquiry.events import Instruct, Target
from shouwen.core.office.chart import Chart, Department, FormerName
from shouwen.core.office.namesakes import named_apart, shared_names, told_apart
from tests.core.office.test_powers_table import CASE
from tests.support.records import event, handoff, inquiry
from tests.support.roster import OFFICE

ZONE = ZoneInfo("Asia/Shanghai")


def renamed(name: str) -> Department:
    """A department that was called so until the end of 2025."""
    return Department(formerly=(FormerName(name=name, until=date(2025, 12, 31)),))


CHART = Chart(
    staff={},
    departments={
        "甲": renamed("老甲"),
        "乙": renamed("甲"),
        "丙": renamed("同"),
        "丁": renamed("同"),
        "戊": Department(),
    },
)


def test_which_names_are_shared():
    """Those that two departments have or had; one that was given up for good is not."""
    assert shared_names(CHART) == {"甲", "同"}
    assert shared_names(OFFICE) == frozenset()


def test_which_is_meant_by_the_day():
    """Of its day; after it whoever has the name now."""
    for name, day, said in (
        ("甲", date(2025, 12, 31), "甲（后为乙）"), ("甲", date(2026, 1, 1), "甲"), ("老甲", date(2025, 1, 1), "老甲"),
        ("戊", date(2025, 1, 1), "戊"),
    ):  # fmt: skip
        assert named_apart(CHART, name, day) == said


def test_a_record_where_nothing_is_shared():
    """Is the very same: nothing is copied, nothing changed."""
    q = inquiry(handoff("23 10:00", "规划科"))
    assert told_apart(OFFICE, q, ZONE) is q


def test_every_place_of_a_record():
    """The header, the target, helpers and the designated, each by its own day; people and texts as they were."""
    office = structs.replace(OFFICE, departments=OFFICE.departments | {
        "服务科": Department(formerly=(FormerName(name="审批科", until=date(2026, 11, 23)),))})  # fmt: skip
    q = inquiry(
        structs.replace(handoff("23 10:00", "审批科/wangfang"), joint=("规划科", "审批科")),
        event(Instruct, "23 12:00", "heping", text="审批科办", designate=Target("审批科", "zhaojun")),
        handoff("24 10:00", "审批科/wangfang"),
    )
    read = told_apart(office, q, ZONE)
    old = "审批科（后为服务科）"
    given, ordered, again = read.events
    assert (read.department, given.to, given.joint) == (old, Target(old, "wangfang"), ("规划科", old))
    assert (ordered.designate, ordered.text) == (Target(old, "zhaojun"), "审批科办")
    assert again == q.events[2]
    for day, said in ((date(2026, 11, 23), old), (date(2026, 11, 24), "审批科")):
        case = structs.replace(CASE, department="审批科", occurred=day)
        assert told_apart(office, case, ZONE).department == said
