"""Degrees of responsibility, where the regulation knows them."""

from datetime import UTC, date, datetime

from shouwen.core.inquiry.events import Accept, Event
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.office.chart import Department, Tenure
from shouwen.core.office.responsibility import degrees
from shouwen.core.office.roster import Config, Matter, Office
from shouwen.core.rulebook import Rules
from tests.support.clock import CALENDAR
from tests.support.records import BUMEN, event, handoff, inquiry, policy
from tests.support.roster import OFFICE

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
