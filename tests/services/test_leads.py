"""Leads: only where the regulation names a violation, and only while no case is open."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from shouwen.core.accountability.case import Case
from shouwen.core.inquiry.events import Contact, Progress
from shouwen.services.case_act import open_case
from shouwen.services.leads import drafts
from tests.support.clock import at
from tests.support.records import close, event, handoff, inquiry, judged


@pytest.fixture
def late(desk):
    """One caller was only given a number, though the regulation wants him put through; one was helped."""
    passed = handoff("02 09:10", mode="告知联系方式", contact=Contact("李洁", "0631-5550133"))
    desk.ledger.create(inquiry(passed, id="20261102-AAAAAA", received=at("02 09:00")))
    desk.ledger.create(inquiry(close("23 09:10")))
    return desk


def test_a_duty_broken_is_a_lead(late):
    """Whose it was, which day, which violation, and the line where it stands."""
    problems: list = []
    found = list(drafts(late, problems))
    assert found and problems == []
    for draft in found:
        assert draft.inquiry == "20261102-AAAAAA" and draft.line >= 1
        assert draft.lead.violation in draft.policy.violations
        assert (draft.lead.who.staff, draft.occurred) == ("wangfang", date(2026, 11, 2))


def test_none_where_a_case_is_open(late):
    """A violation of an inquiry for which a case is open is not drafted again; another one is."""
    before = {d.lead.violation for d in drafts(late, [])}
    taken = min(before)
    policy = late.ledger.policy("bumen")
    open_case(late, Case(id="", reported=at("23 09:00"), by="heping", staff="wangfang", violation=taken,
                         article=policy.violations[taken].article, inquiry="20261102-AAAAAA",
                         occurred=date(2026, 11, 20), summary="超期", policy="bumen"))  # fmt: skip
    assert {d.lead.violation for d in drafts(late, [])} == before - {taken}


def test_what_cannot_be_read_is_told(late):
    """The rest is drafted, and the file is named."""
    Path(late.ledger.root, "inquiries/2026/11/20261123-K7Q4QX.yaml").write_text("id: [", "utf-8")
    problems: list = []
    assert list(drafts(late, problems)) and [p.path[-11:] for p in problems] == ["K7Q4QX.yaml"]


def test_what_is_only_to_be_looked_at_is_no_lead(desk):
    """A word that the document does not forbid shows on the inquiry, and is charged to nobody."""
    record = inquiry(event(Progress, "23 09:05", text="这件事我不知道"), close("23 09:10"), scope="本人")
    desk.ledger.create(record)
    shown = [f for f in judged(record, "24 09:00")[2] if not f.lead]
    assert [f.name for f in shown] == ["禁用语"]
    assert list(drafts(replace(desk, now=at("24 09:00")), [])) == []
