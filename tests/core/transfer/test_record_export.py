"""What leaves a ledger: every column of the 台账 and every key of a record, whole, masked and revealed."""

from msgspec import structs

from shouwen.core.deadlines.clock_table import clocks
from shouwen.core.inquiry.events import (
    Accept,
    Callback,
    Close,
    Contact,
    Correct,
    Notify,
    Progress,
    Reopen,
    Return,
)
from shouwen.core.inquiry.header import Agent, Inquirer, Inquiry
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.inquiry.masking import mask_phone
from shouwen.core.rulebook import Rules
from shouwen.core.transfer.record_export import TITLES, export_row, masked, named, record
from tests.support.clock import CALENDAR, at
from tests.support.records import BUMEN, clock, close, event, handoff, inquiry
from tests.support.roster import OFFICE

RULES = Rules(BUMEN, OFFICE, CALENDAR)
SAID = "请打13812341234找张某某"
HIDDEN = "请打138****1234找张**"
PERSON = Inquirer("张某某", "13812341234", "某公司")
AGENT = Agent("李某某", "13912345678", "女儿")
PASSED = handoff(
    "23 09:20", id="a", reason=SAID, absent=SAID, contact=Contact("李洁", "0631-5550133", "二楼")
)
TAKEN = event(Accept, "23 10:00", "lijie", id="b")
TOLD = event(Progress, "23 11:00", "lijie", id="c", text=SAID)
CLOSED = Close("d", at("24 10:00"), "lijie", "已答复", SAID, at("24 10:05"), SAID)
RATED = event(Callback, "25 10:00", id="e", rating="满意", comment=SAID)
SILENT = event(Callback, "25 11:00", id="f")
WHOLE = inquiry(PASSED, TAKEN, TOLD, CLOSED, RATED, SILENT, subject=SAID, detail=SAID, inquirer=PERSON, agent=AGENT,
                promised=at("25 17:30"), matter="施工许可证", urgency="复杂", first_reason="职位高者为首问责任人")  # fmt: skip


def rowed(record: Inquiry, now: str = "26 09:00", **more) -> dict:
    """The row of a record."""
    state = replay(record)
    return export_row(RULES, state, clocks(RULES, state, at(now)), **more)


def recorded(about: Inquiry, now: str = "26 09:00", **more) -> dict:
    """``shouwen.record/1`` of a record."""
    state = replay(about)
    return record("某局", "inquiries/x.yaml", RULES, state, clocks(RULES, state, at(now)), **more)


REVEALED = {
    "id": "20261123-K7Q4QX", "name": "张某某", "organisation": "某公司", "phone": "13812341234", "subject": SAID,
    "received": at("23 09:00"), "closed": at("24 10:00"), "category": "咨询", "first_responder": "王芳",
    "handler": "李洁", "department": "审批科", "handler_department": "规划科", "channel": "来电", "detail": SAID,
    "scope": "其他部门", "matter": "施工许可证", "urgency": "复杂", "promised": at("25 17:30"), "outcome": "已答复",
    "result": SAID, "told": at("24 10:05"), "not_told": SAID, "rating": "满意", "phase": "办结",
    "due": clock(WHOLE, "办结", "26 09:00").due, "provisional": False, "overdue": False,
    "agent": "李某某", "agent_phone": "13912345678", "agent_relation": "女儿",
    "answered": at("23 11:00"), "mode": "电话联系", "designated_by": "", "handed": at("23 09:20"), "accepted": at("23 10:00"),
    "paused": [], "resumed": [], "pause_reason": [], "extended": "", "extended_until": "", "extended_days": "",
    "extended_by": "", "extension_reason": "", "first_closed": "", "first_outcome": "", "reopened": "",
    "called_back": at("25 10:00"), "reason": "", "basis": "", "signed_by": "",
}  # fmt: skip
TYPED = ("subject", "detail", "result", "not_told")


def test_a_row_has_every_column() -> None:
    """Whole where it is revealed; else names and numbers are masked wherever somebody typed them."""
    assert list(REVEALED) == list(TITLES)
    assert rowed(WHOLE, reveal=True) == REVEALED
    assert rowed(WHOLE) == REVEALED | dict.fromkeys(TYPED, HIDDEN) | {
        "name": "张**", "phone": "138****1234", "agent": "李**", "agent_phone": "139****5678"}  # fmt: skip


def test_a_row_of_what_is_open() -> None:
    """What has not come to pass is empty; a result taken up again is no result, nor is its rating."""
    nothing = dict.fromkeys(("closed", "outcome", "result", "told", "not_told", "rating", "promised"), "")
    due = clock(inquiry(), "办结").due
    plain = rowed(inquiry(), "26 17:30", reveal=True)
    assert {k: plain[k] for k in (*nothing, "phase", "due", "overdue", "handler")} == nothing | {
        "phase": "在办", "due": due, "overdue": False, "handler": "王芳"}  # fmt: skip
    assert rowed(inquiry(), "26 17:31")["overdue"] is True
    untold = rowed(inquiry(close("24 10:00", told=None, not_told="电话不通")), reveal=True)
    assert (untold["told"], untold["not_told"], untold["rating"]) == ("", "电话不通", "")
    again = rowed(inquiry(CLOSED, RATED, event(Reopen, "25 12:00", reason="未解决")), reveal=True)
    assert (again["closed"], again["rating"], again["phase"]) == ("", "", "在办")
    stopped = rowed(inquiry(event(Notify, "23 10:00", material=("甲",))))
    assert (stopped["phase"], stopped["due"]) == ("中止", "")
    assert rowed(inquiry(received=at("2026-12-31 09:00")), "2026-12-31 10:00")["provisional"] is True
    assert rowed(inquiry(inquirer=Inquirer(anonymous=True)))["name"] == "匿名"
    none = export_row(RULES, replay(inquiry()), [])
    assert (none["due"], none["provisional"], none["overdue"]) == ("", False, False)


def test_the_last_rating_counts() -> None:
    """Asked again, the last word is the rating; a call without one takes nothing back."""
    later = event(Callback, "26 08:00", rating="不满意")
    assert rowed(inquiry(CLOSED, RATED, later, event(Callback, "26 08:30")))["rating"] == "不满意"


def test_two_of_one_name_bear_their_ids() -> None:
    """An import finds the person again."""
    twin = structs.replace(OFFICE.staff["lijie"], name="王芳")
    office = structs.replace(OFFICE, staff=OFFICE.staff | {"wangfang2": twin})
    assert [named(office, who) for who in ("wangfang", "wangfang2", "lijie", "moumou")] == [
        "王芳（wangfang）", "王芳（wangfang2）", "李洁", "moumou"]  # fmt: skip


HEADER = {
    "id": "20261123-K7Q4QX", "received": at("23 09:00"), "channel": "来电", "category": "咨询", "subject": HIDDEN,
    "detail": HIDDEN, "first_responder": "wangfang", "first_reason": "职位高者为首问责任人", "department": "审批科",
    "scope": "其他部门", "matter": "施工许可证", "urgency": "复杂", "promised": at("25 17:30"),
    "promise_approved_by": "", "case_closed": None,
    "about": (), "confidential": False, "recorded_by": "", "assigned_by": "", "imported": None, "not_judged": (), "urgency_stated": False, "policy": "bumen",
    "inquirer": {"name": "张**", "phone": "138****1234", "organisation": "某公司", "anonymous": False, "internal": False, "staff": ""},
    "agent": {"name": "李**", "phone": "139****5678", "relation": "女儿", "staff": ""},
}  # fmt: skip


def test_a_record_for_analysis() -> None:
    """Header, what is computed, clocks and events, each key there; what was typed is masked."""
    got = recorded(WHOLE)
    first = clock(WHOLE, "办结", "26 09:00")
    shown = got.pop("clocks")
    assert shown[[c["name"] for c in shown].index("办结")] == {
        "name": "办结", "article": first.article, "started": at("23 09:00"), "due": first.due, "stopped": at("24 10:00"),
        "state": first.state, "level": first.level, "overdue_workdays": 0, "provisional": False,
        "department": "规划科", "staff": "lijie",
    }  # fmt: skip
    assert {c["name"] for c in shown} == {"办结", "签收", "承诺"}
    when = "2026-11-2{}:00+08:00".format
    assert got.pop("events") == [
        {"do": "转办", "id": "a", "at": when("3T09:20"), "by": "wangfang", "to": {"department": "规划科", "staff": "lijie"},
         "mode": "电话联系", "reason": HIDDEN, "absent": HIDDEN,
         "contact": {"name": "李洁", "phone": "0631-5550133", "place": "二楼"}},
        {"do": "签收", "id": "b", "at": when("3T10:00"), "by": "lijie"},
        {"do": "反馈", "id": "c", "at": when("3T11:00"), "by": "lijie", "text": HIDDEN},
        {"do": "办结", "id": "d", "at": when("4T10:00"), "by": "lijie", "outcome": "已答复", "result": HIDDEN,
         "told": when("4T10:05"), "not_told": HIDDEN},
        {"do": "回访", "id": "e", "at": when("5T10:00"), "by": "wangfang", "rating": "满意", "comment": HIDDEN},
        {"do": "回访", "id": "f", "at": when("5T11:00"), "by": "wangfang"},
    ]  # fmt: skip
    assert got == HEADER | {
        "schema": "shouwen.record/1", "ledger": "某局", "path": "inquiries/x.yaml", "phase": "办结", "holder": "lijie",
        "holding_department": "规划科", "due": first.due, "provisional": False, "level": "正常", "overdue": False,
        "closed": at("24 10:00"), "outcome": "已答复", "rating": "满意", "handoffs": 1, "returned": 0, "reopened": 0,
        "disputes": 0,
    }  # fmt: skip
    open_one = recorded(WHOLE, reveal=True)
    assert (open_one["subject"], open_one["inquirer"]["name"]) == (SAID, "张某某")
    assert [e["comment"] for e in open_one["events"] if "comment" in e] == [SAID]


def test_a_record_counts_what_happened() -> None:
    """Returns, redos, contradictions; what is open has no result."""
    back = event(Return, "23 10:00", "lijie", reason="不属规划科")
    again = event(Reopen, "25 12:00", reason="未解决")
    lost = event(Accept, "25 13:00", "lijie")
    got = recorded(inquiry(handoff("23 09:20"), back, close("24 10:00"), again, lost), "2026-12-10 09:00")
    assert {k: got[k] for k in ("handoffs", "returned", "reopened", "disputes", "closed", "outcome", "phase")} == {
        "handoffs": 1, "returned": 1, "reopened": 1, "disputes": 1, "closed": None, "outcome": "", "phase": "在办"}  # fmt: skip
    assert (got["overdue"], got["level"]) == (True, "红牌")
    none = record("某局", "x", RULES, replay(inquiry()), [])
    assert (none["due"], none["provisional"], none["overdue"], none["level"]) == (None, False, False, "正常")
    coming = recorded(inquiry(received=at("2026-12-31 09:00")), "2026-12-31 10:00")
    assert coming["provisional"] is True


def test_a_correction_shows_no_more_than_the_header() -> None:
    """The right name or number is masked as a name or number, other values as text."""
    events = [event(Correct, "23 10:00", field=key, value=value, reason=SAID) for key, value in (
        ("inquirer.name", "李某某"), ("inquirer.phone", "13912345678"), ("subject", SAID), ("channel", "来访"))]  # fmt: skip
    found = recorded(inquiry(*events, inquirer=PERSON))["events"]
    assert [e["value"] for e in found] == ["李**", "139****5678", found[2]["value"], "来访"]
    assert "13812341234" not in found[2]["value"]
    twice = [event(Correct, f"23 1{n}:00", field=key, value=value, reason="又错") for n, (key, value) in enumerate((
        ("inquirer.name", "李某某"), ("inquirer.phone", "5550123"), ("inquirer.name", "王某"), ("inquirer.phone", "5550124")))]  # fmt: skip
    found = recorded(inquiry(*twice, inquirer=PERSON))[
        "events"
    ]  # neither name nor number is the inquirer's now
    assert [e["value"] for e in found] == ["李**", mask_phone("5550123"), "王*", mask_phone("5550124")]
    assert "0123" not in found[1]["value"]


def test_masking_the_header_changes_only_what_names() -> None:
    """Everything else leaves as it stands."""
    q = masked(replay(WHOLE))
    kept = structs.replace(q, subject=SAID, detail=SAID, inquirer=PERSON, agent=AGENT)
    assert kept == WHOLE and (q.subject, q.detail) == (HIDDEN, HIDDEN)
    assert q.inquirer == Inquirer("张**", "138****1234", "某公司")
