"""Looking up: by filters and by text, secret ones only counted."""

from datetime import date
from pathlib import Path

import pytest

from shouwen.core.inquiry.events import Accept, Note
from shouwen.services.inquiries import PHASES, Filter, listed, searched
from tests.support.clock import at
from tests.support.records import close, event, handoff, inquiry


@pytest.fixture
def filled(desk):
    """In hand, passed on, settled, archived, secret."""
    for each in (
        inquiry(id="20261102-AAAAAA", received=at("02 09:00")),
        inquiry(handoff("03 10:00"), event(Accept, "03 11:00", "lijie"), id="20261103-BBBBBB", received=at("03 09:00"), channel="来访"),
        inquiry(close("04 12:00"), id="20261104-CCCCCC", received=at("04 09:00"), subject="立项"),
        inquiry(close("05 12:00"), id="20261105-DDDDDD", received=at("05 09:00"), category="投诉"),
        inquiry(event(Note, "06 10:00", text="立项 的事"), id="20261106-EEEEEE", received=at("06 09:00"), category="举报"),
    ):  # fmt: skip
        desk.ledger.create(each)
    desk.ledger.move("inquiries/2026/11/20261105-DDDDDD.yaml", "archive")
    return desk


def ends(found) -> str:
    """The last letters of the ids, in order."""
    return "".join(row["id"][-1] for row in found.rows)


@pytest.mark.parametrize(
    ("wanted", "archive", "left", "hidden"),
    [
        (Filter(), False, "ABC", 1),
        (Filter(), True, "ABCD", 1),
        (Filter(PHASES[:-1]), True, "AB", 1),
        (Filter(("办结",)), True, "CD", 0),
        (Filter(person="lijie"), False, "B", 0),
        (Filter(person="wangfang"), False, "ABC", 1),
        (Filter(section="规划科"), False, "B", 0),
        (Filter(channel="来访"), False, "B", 0),
        (Filter(category="投诉"), True, "D", 0),
        (Filter(first=date(2026, 11, 3), last=date(2026, 11, 4)), False, "BC", 0),
    ],
)
def test_filters(filled, wanted, archive, left, hidden):
    """Each filter alone; both ends of a period belong to it; the archive only where asked for."""
    found = listed(filled, wanted, filled.now, archive=archive)
    assert (ends(found), found.hidden) == (left, hidden)


def test_as_it_stood(filled):
    """Looked at from before, what is settled was in hand, and what came later is not there."""
    found = listed(filled, Filter(PHASES[:-1]), at("04 10:00"), past=True)
    assert ends(found) == "ABC"


@pytest.mark.parametrize(
    ("text", "field", "live", "left", "hidden"),
    [
        ("立项", "", False, "C", 0),
        ("立项", "subject", False, "C", 0),
        ("立项", "text", False, "", 0),
        ("13812341234", "phone", False, "ABCD", 0),
        ("13812341234", "phone", True, "ABC", 0),
        ("没有这句", "", False, "", 0),
    ],
)
def test_texts(filled, text, field, live, left, hidden):
    """Anywhere or in one field; a secret one is counted, and of its private part nothing is found."""
    found = searched(filled, text, field, live)
    assert (ends(found), found.hidden) == (left, hidden)


def test_names_are_masked_unless_revealed(filled):
    """Where more than one record is shown the name is masked; what cannot be read is told."""
    assert listed(filled, Filter(), filled.now).rows[0]["inquirer"] == "张*"
    assert listed(filled, Filter(), filled.now, reveal=True).rows[0]["inquirer"].startswith("张某")
    Path(filled.ledger.root, "inquiries/2026/11/20261102-AAAAAA.yaml").write_text("id: [", "utf-8")
    found = listed(filled, Filter(), filled.now)
    assert ends(found) == "BC" and len(found.problems) == 1
