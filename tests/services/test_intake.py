"""Taking in: who was asked first, what a duty refuses, who has asked before."""

from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import structs

from shouwen.core.errors import NotFound, Refused
from shouwen.core.inquiry.header import Inquirer
from shouwen.services.intake import before, earlier, first_asked, not_applied, take_in, where_to
from shouwen.store.ledger import Ledger
from tests.support.clock import at
from tests.support.records import close, inquiry
from tests.support.roster import STAFF


def fresh(**values):
    """An inquiry that has no id yet."""
    return inquiry(id="", **values)


@pytest.mark.parametrize(
    ("present", "first", "department"),
    [
        ((), "wangfang", "审批科"),
        (("李洁",), "lijie", "规划科"),
        (("wangfang", "zhaojun"), "zhaojun", "审批科"),  # the higher rank
        (("sunmei", "zhaojun"), "sunmei", "规划科"),  # same rank: the longer there
    ],
)
def test_who_was_asked_first(desk, present, first, department):
    """Alone it is whoever acts or was named; of several the higher rank, then the longer service."""
    policy = desk.ledger.policy("bumen")
    got = first_asked(desk, policy, present, "", at("23 09:00"))
    assert got[:2] == (first, department)
    assert bool(got[2]) == (len(present) > 1)


def test_who_cannot_have_been_asked(desk):
    """A department where the regulation wants a person; somebody unknown; somebody who had left."""
    policy = desk.ledger.policy("bumen")
    with pytest.raises(Refused, match="个人"):
        first_asked(desk, policy, (), "规划科", at("23 09:00"))
    with pytest.raises(NotFound):
        first_asked(desk, policy, ("无此人",), "", at("23 09:00"))
    roster = Path(desk.ledger.root, "staff.yaml")
    roster.write_text(STAFF.replace("name: 李洁,", "name: 李洁, until: 2026-11-20,"), "utf-8")
    desk = replace(desk, ledger=Ledger(desk.ledger.root))
    with pytest.raises(Refused, match="李洁"):
        first_asked(desk, policy, ("wangfang", "lijie"), "", at("23 09:00"))
    assert first_asked(desk, policy, ("lijie",), "", at("20 09:00"))[0] == "lijie"


def test_taken_in_under_a_fresh_id(desk):
    """Twice the same is two inquiries; each lies under the day it was received."""
    first, second = (take_in(desk, fresh(received=at("20 16:00"))) for _ in range(2))
    assert first.id != second.id and {first.id[:9], second.id[:9]} == {"20261120-"}
    assert first.paths == (first.path,) and first.path == f"inquiries/2026/11/{first.id}.yaml"
    assert first.what == f"受理 {first.id}"
    assert desk.ledger.read(second.path).content.subject == "施工许可证办理材料"


def test_a_secret_inquiry_is_parted(desk):
    """Who reported what never reaches the file that git carries."""
    done = take_in(desk, fresh(category="举报", subject="收礼", inquirer=Inquirer("告状人", "13900000000")))
    raw = desk.ledger.read(done.path).raw.decode()
    assert "收礼" not in raw and "告状人" not in raw and "13900000000" not in raw


def test_what_a_duty_refuses_is_not_written(desk):
    """An office that wants the detail of every inquiry: without it nothing is written, with it it is."""
    settings = Path(desk.ledger.root, "ledger.yaml")
    rule = "overrides: {duties: {register: {article: 默认, items: [要求], level: 拒绝}}}"
    text = settings.read_text("utf-8")
    settings.write_text(
        text.replace("overrides: {}", rule) if "overrides: {}" in text else f"{text}{rule}\n", "utf-8"
    )
    with pytest.raises(Refused, match="登记缺少要求"):
        take_in(desk, fresh())
    assert list(desk.ledger.ids("inquiries")) == []
    done = take_in(desk, fresh(detail="问要带哪些材料"))
    assert [path for _, path in desk.ledger.ids("inquiries")] == [done.path]


def test_where_it_may_go(desk):
    """The matter names the department in charge and whom to ask there."""
    lines = where_to(desk, desk.ledger.policy("bumen"), inquiry(matter="施工许可证"))
    assert any("规划科" in line and "李洁" in line for line in lines)


def test_who_has_asked_before(desk):
    """Same phone and name, still open, of this month or the last: those and no others."""
    now, ledger = fresh(), desk.ledger
    same = inquiry(id="20261102-AAAAAA", received=at("02 09:00"))
    last = inquiry(id="20261030-BBBBBB", received=at("2026-10-30 09:00"))
    others = [
        inquiry(id="20260930-CCCCCC", received=at("2026-09-30 09:00")),
        inquiry(close("03 10:00"), id="20261103-DDDDDD", received=at("03 09:00")),
        inquiry(id="20261104-EEEEEE", received=at("04 09:00"), inquirer=Inquirer("李某", "13812341234")),
        inquiry(id="20261105-FFFFFF", received=at("05 09:00"), inquirer=Inquirer("张某", "13800000000")),
    ]
    for each in (same, last, *others):
        ledger.create(each)
    assert [q.id for q in earlier(desk, now)] == [last.id, same.id]
    assert earlier(desk, structs.replace(now, inquirer=Inquirer("张某"))) == []
    assert [q.id for q in earlier(desk, same)] == [last.id]


def test_a_script_hears_which_matter_was_not_applied(desk):
    """The subject speaks of a matter that was not named: its own limit does not run, and that is said."""
    said = not_applied(take_in(desk, fresh()))
    assert "事项“施工许可证”（限5个工作日），没有写 --matter" in said and "现按3个工作日（默认）" in said
    assert "--field matter --value 施工许可证" in said
    assert not_applied(take_in(desk, fresh(matter="施工许可证"))) == ""
    assert not_applied(take_in(desk, fresh(subject="今天几点下班"))) == ""


def test_the_same_person_however_the_phone_is_spaced(desk):
    """Spaces, dashes, full-width digits: the same number; another name or number is somebody else."""
    take_in(desk, fresh(inquirer=Inquirer("张某", "13812341234")))
    for phone, known in (
        ("138 1234 1234", 1),
        ("138-1234-1234", 1),
        ("１３８１２３４１２３４", 1),
        ("13812341235", 0),
        ("", 0),
    ):
        asked = inquiry(id="20261123-ZZZZZZ", inquirer=Inquirer("张某", phone))
        assert len(before(desk, asked)[0]) == known, phone
    assert before(desk, inquiry(id="20261123-ZZZZZZ", inquirer=Inquirer("李某", "13812341234"))) == ([], [])


def test_nobody_hears_of_an_earlier_complaint_about_himself(desk):
    """The person complained of takes the next matter in: that the other one is there is not told; to others it is."""
    complaint = inquiry(id="20261102-AAAAAA", received=at("02 09:00"), category="投诉", about=("wangfang",))
    settled = inquiry(close("03 10:00"), id="20261103-BBBBBB", received=at("03 09:00"))
    for each in (complaint, settled):
        desk.ledger.create(each)
    ids = [[q.id for q in part] for part in before(desk, fresh())]
    assert ids == [[], [settled.id]]
    others = [[q.id for q in part] for part in before(replace(desk, actor="heping"), fresh())]
    assert others == [[complaint.id], [settled.id]]
