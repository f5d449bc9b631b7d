"""Duties done late, told by every report by one rule: which, by how much, whose they were."""

from dataclasses import replace
from pathlib import Path

import pytest

from shouwen.core.date_range import month
from shouwen.core.inquiry.events import Escalate, Progress
from shouwen.services.appraisal import year_of
from shouwen.services.bulletin import gather as figures
from shouwen.services.leads import drafts
from shouwen.services.overdue import Wanted, gather
from shouwen.store.ledger import Ledger
from tests.support.clock import at
from tests.support.records import close, event, handoff, inquiry

OLD = at("02 09:00")
LATE = "属其他部门的事，受理以后迟3个工作日才转办或请示"
AWAY = "wangfang: {name: 王芳, department: 审批科, title: 科员, rank: 2, away: [{from: 2026-11-03, until: 2026-11-05, why: 病假, deputy: lijie}]"
PLAIN = "wangfang: {name: 王芳, department: 审批科, title: 科员, rank: 2"


@pytest.fixture
def slow(desk):
    """Of five, one was passed on after four days and is open; one was answered then, one in time."""
    for each in (
        inquiry(handoff("06 10:00", "规划科"), id="20261102-AAAAAA", received=OLD),
        inquiry(handoff("06 10:00", "规划科"), close("06 10:30"), id="20261102-BBBBBB", received=OLD, category="举报"),
        inquiry(close("06 10:00"), id="20261102-CCCCCC", received=OLD),
        inquiry(handoff("03 10:00", "规划科"), id="20261102-DDDDDD", received=OLD),
        inquiry(event(Progress, "06 10:00", text="在查"), id="20261102-EEEEEE", received=OLD, scope="单位外"),
    ):  # fmt: skip
        desk.ledger.create(each)
    return desk


def away(desk):
    """The same desk; 王芳 was ill when the time for it was over, and 李洁 stood in."""
    path = Path(desk.ledger.root, "staff.yaml")
    path.write_text(path.read_text("utf-8").replace(PLAIN, AWAY), "utf-8")
    return replace(desk, ledger=Ledger(desk.ledger.root))


def test_the_report_of_what_is_late_says_it_beside(slow):
    """Of the inquiries listed: the act that did it, its line, the article, by how much, whose; nothing of a 举报."""
    told = gather(slow, slow.now, False, Wanted()).done_late
    assert [(d["id"][-6:], d["name"], d["article"], d["source"], d["late_workdays"], d["staff"]) for d in told] == [
        ("AAAAAA", "打发走", "七", "条文", 3, "wangfang"), ("EEEEEE", "首问必答", "一", "条文", 3, "wangfang"),
    ]  # fmt: skip
    assert told[0]["text"] == f"20261102-AAAAAA {LATE}（第七条，审批科 王芳）"
    assert told[0]["late_by"] == {"amount": 3, "unit": "个工作日"} and told[0]["line"] > 1


def test_only_of_those_that_are_listed(slow):
    """Of a person, of a department: what is not listed says nothing."""
    assert gather(slow, at("06 11:00"), True, Wanted(section="办公室")).done_late == []
    before = gather(slow, at("05 11:00"), True, Wanted()).done_late
    assert before == []  # then it was not done yet


def test_through_the_memo_it_is_the_same(slow):
    """What an earlier run noted says what a fresh look says."""
    desk = replace(slow, ledger=Ledger(slow.ledger.root, remembers=True))
    first, again = (gather(desk, desk.now, False, Wanted()).done_late for _ in range(2))
    assert first == again == gather(slow, slow.now, False, Wanted()).done_late != []


def test_the_year_names_the_inquiries(slow):
    """A figure for those laid down, one for those that only the program proposes, the ids behind each."""
    mine = year_of(slow, 2026, at("2026-12-31 18:00")).service("wangfang")
    assert (mine.duties_late, mine.duties_late_default) == (3, 0)
    assert [i[-6:] for i in mine.inquiries["duties_late"]] == ["AAAAAA", "EEEEEE", "保密件"]


def test_whoever_stood_in_bore_it(slow):
    """Ill from the third to the fifth: what was due on the third is the deputy's, in every report, and the lead too."""
    desk = away(slow)
    told = gather(desk, desk.now, False, Wanted()).done_late
    assert {d["staff"] for d in told} == {"lijie"}
    year = year_of(desk, 2026, at("2026-12-31 18:00"))
    assert (year.service("wangfang").duties_late, year.service("lijie").duties_late) == (0, 3)
    assert {d.lead.who.staff for d in drafts(desk, []) if d.lead.text == LATE} == {"lijie"}


def test_the_bulletin_counts_them_where_they_were_done(slow):
    """In the period in which it was done, for who bore it, by whose rule it is."""
    from shouwen.services.bulletin import empty

    made = empty(month(2026, 11))
    figures(slow, made, at("2026-12-01 09:00"), [], slow.ledger.tally())
    november = made["current"]
    assert (november.total.counts["duties_late"], november.total.counts["duties_late_default"]) == (2, 0)
    assert november.groups["source"]["", "条文"].counts["duties_late"] == 2
    assert {k[1]: f.counts["duties_late"] for k, f in november.groups["staff"].items()}["wangfang"] == 2
    assert made["previous"].total.counts["duties_late"] == 0


def test_a_question_put_up_late_is_late_until_it_is_settled(desk):
    """A leader asked after a week, and the result given: the year has it still, the list of what is late no more."""
    asked = event(Escalate, "10 10:00", to="zhaojun", text="怎么办")
    desk.ledger.create(inquiry(asked, close("11 10:00"), id="20261102-AAAAAA", received=OLD))
    assert gather(desk, desk.now, False, Wanted()).done_late == []
    assert year_of(desk, 2026, at("2026-12-31 18:00")).service("wangfang").duties_late == 1
