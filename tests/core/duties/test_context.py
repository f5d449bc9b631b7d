"""Questions that several duties ask: what was told at once, which handoffs count, how late it came."""

import pytest

from shouwen.core.duties.context import Judged
from shouwen.core.inquiry.events import Note, Return
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.regulation.schema import Duty
from shouwen.core.rulebook import Rules
from tests.support.clock import CALENDAR, at
from tests.support.records import BUMEN, close, event, handoff, inquiry
from tests.support.roster import OFFICE


def held(*events, now: str = "24 15:00", **duty) -> Judged:
    """A duty held against an inquiry of Monday 23 November, nine o'clock."""
    return Judged(
        Rules(BUMEN, OFFICE, CALENDAR), replay(inquiry(*events)), at(now), Duty(article="一", **duty)
    )


@pytest.mark.parametrize(
    ("events", "now", "once"),
    [
        ((), "23 15:00", True), ((), "24 09:00", False),
        ((close("23 17:29"),), "30 09:00", True), ((close("24 09:00"),), "30 09:00", False),
    ],
)  # fmt: skip
def test_what_is_settled_at_once(events, now, once):
    """Settled on the day of intake, or still to be settled on it."""
    assert held(*events, now=now).at_once is once


@pytest.mark.parametrize(
    ("since", "done", "days"),
    [
        ("23 09:00", "23 17:00", 0), ("23 09:00", "24 17:00", 0), ("23 09:00", "25 09:00", 2),
        ("27 17:00", "30 09:00", 0), ("23 17:40", "25 09:00", 0), ("23 17:40", "26 09:00", 2),
    ],
)  # fmt: skip
def test_how_late_at_once_is(since, done, days):
    """The next working day is not held against anybody; after closing time the next day is the first."""
    judged = held(event(Note, done, id="n1", text="查"))
    found = list(judged.owed(at(since), judged.first((Note,)), "交办事项", "查明", owed_from="h1"))
    told = [(o.event, o.text, o.late.workdays, o.owed_from, o.done) for o in found]
    late = [("n1", f"交办事项，迟{days}个工作日才查明", days, "h1", at(done))]
    assert told == (late if days else [])


def test_a_slip_is_no_handoff():
    """What its sender took back himself counts for nothing; what was sent back by others does."""
    taken_back = (handoff("23 10:00", id="h1"), event(Return, "23 10:05", "wangfang", reason="误操作"))
    sent_back = (handoff("23 11:00", id="h2"), event(Return, "23 11:05", "lijie", reason="不属本科室"))
    assert [e.id for e in held(*taken_back, *sent_back).handoffs] == ["h2"]


def test_what_is_missing_is_named_in_the_order_of_the_duty():
    """A value of blanks or none at all is missing; what the duty does not ask for is not looked at."""
    duty = held(items=("理由", "依据", "签字领导"))
    assert duty.missing({"理由": "", "依据": "第九条", "别的": ""}) == "理由、签字领导"
    assert duty.missing({"理由": "x", "依据": "x", "签字领导": "x"}) == ""
