"""What may be wrong with a record that reads well, each under its name, in its place, in its words."""

import pytest
from msgspec import structs

from shouwen.core.accountability.case import Case, Serve, Verify
from shouwen.core.accountability.lifecycle import replay_case
from shouwen.core.errors import Problem
from shouwen.core.inquiry.events import (
    Accept,
    Callback,
    Escalate,
    Instruct,
    Note,
    Return,
    Suspend,
    Target,
    Withdraw,
)
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.integrity.checks import check_case, check_inquiry, may_change_counts
from shouwen.core.integrity.roster import check_office
from shouwen.core.office.chart import Department, Staff, Tenure
from shouwen.core.office.roster import Matter, Office
from shouwen.core.regulation.schema import Choice
from tests.support.clock import at
from tests.support.records import BUMEN, close, event, handoff, inquiry
from tests.support.roster import OFFICE

NOW = at("30 09:00")


def found(*events, policy=BUMEN, office=OFFICE, now=NOW, **header) -> list[tuple]:
    """All that is wrong with an inquiry."""
    record = inquiry(*events, **header)
    return list(check_inquiry(replay(record), record, policy, office, now))


def test_a_sound_record():
    """Nothing is wrong with an ordinary story."""
    story = (handoff("23 10:00"), event(Accept, "23 11:00", "lijie"), close("24 10:00", "lijie"))
    assert found(*story, matter="施工许可证", about=("heping",), recorded_by="zhaojun") == []


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (event(Accept, "23 11:00", "lijie"), ""),
        (event(Accept, "23 11:00", "sunmei"), ""),
        (event(Accept, "23 11:00", "heping"), "签收：这件转给了规划科，何平在办公室，不能签收"),
        (event(Accept, "23 11:00", "wangfang"), "签收：这件转给了规划科，王芳在审批科，不能签收"),
        (event(Return, "23 11:00", "lijie", reason="不归"), ""),
        (event(Return, "23 11:00", "wangfang", reason="转错"), ""),
        (
            event(Return, "23 11:00", "heping", reason="不归"),
            "退回：这件转给了规划科，何平在办公室，不能退回",
        ),
    ],
)
def test_who_answers_what_was_handed_on(answer, said):
    """Those of the department, or its sender who takes it back; anybody else is found where it stands in a file."""
    assert [text for _, where, text, _ in found(handoff("23 10:00"), answer) if where == answer.id] == [
        said
    ] * bool(said)


def test_a_handoff_taken_back_elsewhere_is_not_signed_for_by_its_first_receiver():
    """One clone withdrew it and handed on to another section, the other signed for the first: told, with the section."""
    first = handoff("23 10:00")
    back = event(Withdraw, "23 10:10", "wangfang", event=first.id, reason="转错")
    again = handoff("23 10:20", to="办公室")
    signed = event(Accept, "23 10:30", "lijie")
    told = [text for check, where, text, _ in found(first, back, again, signed) if where == signed.id]
    assert told == ["签收：这件转给了办公室，李洁在规划科，不能签收"]


@pytest.mark.parametrize(
    "header, problem",
    [
        ({"channel": "来函"}, ("known-words", "channel", "channel“来函”不在《部门首问负责制度》的词表里", "相近的有：")),
        ({"category": "询问"}, ("known-words", "category", "category“询问”不在《部门首问负责制度》的词表里", "相近的有：")),
        ({"scope": "外单位"}, ("known-words", "scope", "scope“外单位”不在《部门首问负责制度》的词表里", "相近的有：")),
        ({"urgency": "急"}, ("known-words", "urgency", "urgency“急”不在《部门首问负责制度》的词表里", "相近的有：紧急")),
        ({"matter": "施工许可"}, ("known-words", "matter", "事项“施工许可”不在 matters.yaml", "相近的有：施工许可证")),
        ({"first_responder": "wangfan"}, ("known-people", "first_responder", "人员“wangfan”不在 staff.yaml", "相近的有：wangfang")),
        ({"recorded_by": "lijei"}, ("known-people", "recorded_by", "人员“lijei”不在 staff.yaml", "相近的有：lijie")),
        ({"about": ("lijie", "lijei")}, ("known-people", "about", "人员“lijei”不在 staff.yaml", "相近的有：lijie")),
        ({"department": "审批"}, ("known-departments", "department", "部门“审批”不在 staff.yaml", "相近的有：审批科")),
        ({"received": at("30 09:01")}, ("future-events", "received", "受理时间晚于现在", "核对时间")),
    ],
)  # fmt: skip
def test_the_header(header, problem):
    """Each word, person and department that nobody knows, with what it may be; an intake of tomorrow."""
    (one,) = found(**header)
    assert one[:3] == problem[:3] and one[3].startswith(problem[3])


def test_nothing_near_where_nothing_is_known():
    """No hint where the list is empty; at most three where it is long."""
    bare = Office(config=OFFICE.config, departments=OFFICE.departments, staff=OFFICE.staff, matters={})
    assert found(office=bare, matter="立项") == [("known-words", "matter", "事项“立项”不在 matters.yaml", "")]
    assert found(channel="x")[0][3].count("、") == 2


@pytest.mark.parametrize(
    "act, where, text, hint",
    [
        (handoff("24 10:00", id="e", mode="口头"), "known-words", "转办的 mode“口头”不在《部门首问负责制度》的词表里", "相近的有："),
        (event(Suspend, "24 10:00", id="e", reason="停电"), "known-words", "中止的 reason“停电”不在《部门首问负责制度》的词表里", "相近的有："),
        (close("24 10:00", id="e", outcome="已答"), "known-words", "办结的 outcome“已答”不在《部门首问负责制度》的词表里", "相近的有：已答复"),
        (event(Note, "24 10:00", "moren", id="e", text="x"), "known-people", "人员“moren”不在 staff.yaml", "相近的有："),
        (handoff("24 10:00", "规划科/lijei", id="e"), "known-people", "人员“lijei”不在 staff.yaml", "相近的有：lijie"),
        (handoff("24 10:00", id="e", approved_by="zhaojum"), "known-people", "人员“zhaojum”不在 staff.yaml", "相近的有：zhaojun"),
        (close("24 10:00", id="e", signed_by="zhaojum"), "known-people", "人员“zhaojum”不在 staff.yaml", "相近的有：zhaojun"),
        (event(Escalate, "24 10:00", id="e", to="zhaojum", text="x"), "known-people", "人员“zhaojum”不在 staff.yaml", "相近的有：zhaojun"),
        (event(Instruct, "24 10:00", "zhaojun", id="e", text="x", designate=Target("规划科", "lijei")), "known-people", "人员“lijei”不在 staff.yaml", "相近的有：lijie"),
        (handoff("24 10:00", "规划", id="e"), "known-departments", "部门“规划”不在 staff.yaml", "相近的有：规划科"),
        (handoff("24 10:00", id="e", joint=("办公室", "办公")), "known-departments", "部门“办公”不在 staff.yaml", "相近的有：办公室"),
        (event(Instruct, "24 10:00", "zhaojun", id="e", text="x", designate=Target("规划")), "known-departments", "部门“规划”不在 staff.yaml", "相近的有：规划科"),
        (event(Note, "30 09:01", id="e", text="x"), "future-events", "记事的时间晚于现在", "核对时间"),
        (event(Note, "23 08:59", id="e", text="x"), "before-intake", "记事的时间早于受理", "核对时间"),
        (event(Accept, "24 10:00", "lijie", id="e"), "legal-order", "签收未生效：现为“在办”，不能签收（须为待签收）", "核实后另记一个事件说明，不要删改"),
    ],
)  # fmt: skip
def test_an_event(act, where, text, hint):
    """What is wrong with one act, under the act's id."""
    (one,) = found(act)
    assert one[:3] == (where, "e", text) and one[3].startswith(hint)


def test_the_rating_of_a_call_back():
    """A word of the list or none."""
    for rating, count in (("", 0), ("满意", 0), ("很好", 1)):
        told = found(close("24 10:00"), event(Callback, "25 10:00", id="e", rating=rating))
        assert [t[:3] for t in told] == count * [
            ("known-words", "e", "回访的 rating“很好”不在《部门首问负责制度》的词表里")]  # fmt: skip


def test_a_body_above_is_no_person():
    """What was put to a body that the regulation names went to nobody on the roster."""
    asked = event(Escalate, "24 10:00", to="市局", text="x")
    own = structs.replace(BUMEN, bodies=Choice(article="一", values=("市局",)))
    assert found(asked, policy=own) == []
    assert [t[0] for t in found(asked)] == ["known-people"]


def test_the_present_counts_to_the_second():
    """Events made apart within the second are not later than now; at the very moment neither."""
    tick = event(Note, NOW.replace(microsecond=3), text="x")
    assert found(tick, received=NOW) == found(event(Note, NOW, text="x"), received=NOW) == []


def test_each_thing_is_said_once():
    """A person or department wrong several times in one place is one problem."""
    wrong = handoff("24 10:00", "规划/lijei", id="e", approved_by="lijei", joint=("规划",))
    assert [t[:2] for t in found(wrong)] == [("known-people", "e"), ("known-departments", "e")]


@pytest.mark.parametrize(
    "second, problem",
    [
        ({"text": "x"}, ("duplicate-events", "e", "同一事件写了两遍", "shouwen fmt 可去掉一遍")),
        ({"text": "y"}, ("event-ids", "e", "编号“e”用于两个不同的事件", "核实哪一个为真")),
    ],
)
def test_an_id_that_stands_twice(second, problem):
    """The same event twice is harmless; two events with one id are not. Neither is a dispute beside."""
    one, two = (event(Note, "24 10:00", id="e", **words) for words in ({"text": "x"}, second))
    assert found(one, two) == [problem]


@pytest.mark.parametrize("words", ["事件编号", "早于受理", "aaaa"])
def test_what_an_event_says_hides_no_dispute(words):
    """What took no effect is told under one name, whatever words stand in it, the rarest too."""
    (told,) = found(event(Withdraw, "23 09:30", event=words, reason="记错", id="bbbb"))
    assert (told[0], told[1]) == ("legal-order", "bbbb")
    assert words in told[2]


@pytest.mark.parametrize(
    "events, checks",
    [
        ([event(Accept, "23 11:00", "lijie", id="aaaa")], ["legal-order"]),
        ([event(Note, "20 08:00", text="早", id="aaaa")], ["before-intake"]),
        ([event(Accept, "20 08:00", "lijie", id="aaaa")], ["before-intake", "legal-order"]),
        ([event(Note, "23 11:00", text="一", id="aaaa"), event(Note, "23 12:00", text="二", id="aaaa")], ["event-ids"]),
    ],
)  # fmt: skip
def test_each_dispute_is_told_by_its_own_check(events, checks):
    """One fault, one line: what another check names is not told again as an order that cannot be."""
    assert sorted(check for check, *_ in found(*events)) == checks


def test_all_is_said_in_one_run():
    """Each problem of a record, in the order of its lines."""
    told = found(
        event(Note, "23 08:00", "moren", id="a", text="x"), event(Accept, "24 10:00", "lijie", id="b"),
        channel="来函", department="审批",
    )  # fmt: skip
    assert [t[:2] for t in told] == [
        ("known-words", "channel"), ("known-people", "a"), ("known-departments", "department"),
        ("before-intake", "a"), ("legal-order", "b")]  # fmt: skip


def case(*events, **header) -> Case:
    """An accountability case of 25 November about 李洁."""
    told = {"id": "S20261125-AAAAAA", "reported": at("25 09:00"), "by": "zhaojun", "staff": "lijie",
            "violation": next(iter(BUMEN.violations)), "article": "四", "occurred": at("24 09:00").date(),
            "summary": "推诿", "policy": "bumen", "inquiry": "20261123-K7Q4QX"}  # fmt: skip
    return Case(**(told | header), events=events)


def wrong(record: Case) -> list[tuple]:
    """All that is wrong with a case; one inquiry is known."""
    return list(check_case(replay_case(record), OFFICE, BUMEN, NOW, {"20261123-K7Q4QX"}))


VERIFIED = event(Verify, "26 09:00", "zhaojun", id="v", finding="查实")


@pytest.mark.parametrize(
    "record, problem",
    [
        (case(staff="lijei"), ("known-people", "staff", "人员“lijei”不在 staff.yaml", "相近的有：lijie")),
        (case(staff="", department="规划"), ("known-departments", "department", "部门“规划”不在 staff.yaml", "相近的有：规划科")),
        (case(violation="x"), ("known-words", "violation", "违规行为“x”不在《部门首问负责制度》", "相近的有：")),
        (case(inquiry="20261123-XXXXXX"), ("evidence", "inquiry", "引用的受理记录 20261123-XXXXXX 不存在", "核对编号")),
        (case(event(Verify, "30 09:01", "zhaojun", id="v", finding="查实")), ("future-events", "v", "核实的时间晚于现在", "核对时间")),
        (case(event(Verify, "25 08:59", "zhaojun", id="v", finding="查实")), ("before-intake", "v", "核实的时间早于立案", "核对时间")),
        (case(structs.replace(VERIFIED, by="lijei")), ("known-people", "v", "人员“lijei”不在 staff.yaml", "相近的有：lijie")),
        (case(VERIFIED, VERIFIED), ("duplicate-events", "v", "同一事件写了两遍", "shouwen fmt 可去掉一遍")),
        (case(event(Serve, "26 09:00", "zhaojun", id="s")), ("legal-order", "s", "送达未生效：", "核实后另记一个事件说明，不要删改")),
    ],
)  # fmt: skip
def test_a_case(record, problem):
    """What is wrong with an accountability case, in its place."""
    told = [w for w in wrong(record) if w[0] == problem[0]]
    assert len(told) == 1 and told[0][:2] == problem[:2]
    assert told[0][2].startswith(problem[2]) and told[0][3].startswith(problem[3])


def test_a_sound_case():
    """Against a person or a department, with an inquiry as evidence or without."""
    tick = event(Verify, NOW.replace(microsecond=3), "zhaojun", finding="查实")
    assert wrong(case(event(Verify, "25 09:00", "zhaojun", finding="查实"))) == []
    assert wrong(case(VERIFIED)) == wrong(case(tick, reported=NOW)) == []
    assert wrong(case(staff="", department="规划科", inquiry="")) == []


def test_two_events_of_a_case_with_one_id():
    """Said once, as what it is, and not as a move out of order too."""
    other = structs.replace(VERIFIED, finding="不成立", at=at("27 09:00"))
    assert wrong(case(VERIFIED, other)) == [
        ("event-ids", "v", "编号“v”用于两个不同的事件", "核实哪一个为真")]  # fmt: skip


def test_the_settings_fit_together():
    """Departments of people and matters, holders of every post, the coordinating office."""
    assert list(check_office(OFFICE)) == []
    posts = (Tenure(staff="lijie"), Tenure(staff="a"))
    office = Office(
        config=structs.replace(
            OFFICE.config, leaders={"分管领导": "b", "主要领导": (Tenure(staff="c"),)}, office="综合科"
        ),
        departments={"规划科": Department(leader=posts, deputy="d", in_charge="e"), "窗口": Department()},
        staff={
            "lijie": Staff(name="李洁", department="规划"),
            "sunmei": Staff(name="孙梅", department="规划科"),
        },
        matters={"立项": Matter(department="审批科"), "许可": Matter(department="窗口")},
    )
    people = "相近的有：lijie、sunmei"
    assert list(check_office(office)) == [
        Problem("staff.yaml", 0, "roster", "lijie 的部门“规划”不在部门表里", "相近的有：规划科"),
        Problem("staff.yaml", 0, "roster", "规划科 的负责人“a”不在人员表里", people),
        Problem("staff.yaml", 0, "roster", "规划科 的负责人“d”不在人员表里", people),
        Problem("staff.yaml", 0, "roster", "规划科 的负责人“e”不在人员表里", "相近的有：lijie、sunmei"),
        Problem("matters.yaml", 0, "roster", "事项“立项”的部门“审批科”不在部门表里", "相近的有：规划科"),
        Problem("ledger.yaml", 0, "roster", "分管领导“b”不在人员表里", people),
        Problem("ledger.yaml", 0, "roster", "主要领导“c”不在人员表里", people),
        Problem("ledger.yaml", 0, "roster", "office “综合科”不在部门表里", "相近的有：规划科"),
    ]


@pytest.mark.parametrize(
    "path, check, may",
    [
        ("inquiries/2026/11/x.yaml", "legal-order", False), ("inquiries/2026/11/x.yaml", "duplicate-events", False),
        ("archive/2025/03/x.yaml", "canonical", False), ("archive/2025/03/x.yaml", "known-words", False),
        ("inquiries/2026/11/x.yaml", "known-departments", False), ("inquiries/2026/11/x.yaml", "known-people", True),
        ("inquiries/2026/11/x.yaml", "before-intake", True), ("archive/2025/03/x.yaml", "parseable", True),
        ("sanctions/2026/x.yaml", "canonical", True), ("sanctions/2026/x.yaml", "duplicate-events", False),
        ("sanctions/2026/x.yaml", "elements", False), ("sanctions/2026/x.yaml", "decision", True),
        ("sanctions/2026/x.yaml", "legal-order", True), ("staff.yaml", "roster", True),
    ],
)  # fmt: skip
def test_what_may_change_a_count(path, check, may):
    """In cases and settings anything; on an inquiry what is beside the count may stay for an appraisal."""
    assert may_change_counts(Problem(path, 3, check, "x")) == may
