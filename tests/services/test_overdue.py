"""What is late: whose, since when, in which ledger, and what stands beside it."""

from dataclasses import replace
from pathlib import Path

import pytest

from shouwen.core.inquiry.events import Accept
from shouwen.services.overdue import Gathered, Wanted, gather
from shouwen.store.ledger import Ledger
from tests.support.clock import at
from tests.support.records import close, event, handoff, inquiry

OLD = at("02 09:00")


@pytest.fixture
def busy(desk):
    """Late with 王芳, late with 李洁 after an acceptance, late and secret, fresh, and settled."""
    there = [
        inquiry(id="20261102-AAAAAA", received=OLD),
        inquiry(handoff("02 10:00"), event(Accept, "02 11:00", "lijie"), id="20261102-BBBBBB", received=OLD),
        inquiry(id="20261102-CCCCCC", received=OLD, category="举报"),
        inquiry(id="20261123-DDDDDD", received=at("23 09:00")),
        inquiry(close("02 12:00"), id="20261102-EEEEEE", received=OLD),
    ]
    for each in there:
        desk.ledger.create(each)
    return desk


def ids(found: Gathered) -> set[str]:
    """The ends of the ids that have a row."""
    return {row["id"][-6:] for row in found.rows}


def test_what_is_late_has_a_row_and_a_secret_only_a_count(busy):
    """Rows bear the article and where it stands; of a 举报 only who answers for it."""
    found = gather(busy, busy.now, False, Wanted())
    assert ids(found) == {"AAAAAA", "BBBBBB"}
    assert found.hidden and set(found.hidden[0]) == {"ledger", "whose", "section", "level"}
    for row in found.rows:
        assert row["level"] == "红牌" and row["article"] and row["line"] >= 1 and row["ledger"] == "某局"
        assert row["overdue_workdays"] > 0 and row["inquirer"] == "张*"


@pytest.mark.parametrize(
    ("wanted", "left"),
    [
        (Wanted(person="lijie"), {"BBBBBB"}),
        (Wanted(person="wangfang"), {"AAAAAA"}),
        (Wanted(section="规划科"), {"BBBBBB"}),
        (Wanted(person="sunmei"), set()),
        (Wanted(soon=5), {"AAAAAA", "BBBBBB", "DDDDDD"}),
    ],
)
def test_only_those_asked_for(busy, wanted, left):
    """Of a person, of a department, or those about to run out too."""
    assert ids(gather(busy, busy.now, False, wanted)) == left


def test_as_it_stood_before(busy):
    """On the day of intake nothing was late, and what was settled since was open."""
    assert gather(busy, at("02 10:30"), True, Wanted()).rows == []
    noon = ids(gather(busy, at("02 11:59"), True, Wanted(soon=30)))
    assert noon == {"AAAAAA", "BBBBBB", "EEEEEE"}


def test_the_tally_counts_everything_read(busy):
    """With a tally the rows are the same, and every file is counted, settled ones too."""
    tally = busy.ledger.tally()
    counted, plain = gather(busy, busy.now, False, Wanted(), tally), gather(busy, busy.now, False, Wanted())
    assert counted.rows == plain.rows and tally.records == 5


def test_unreadable_is_never_left_out(busy):
    """A broken file is a problem beside the rows; the rest is reported."""
    Path(busy.ledger.root, "inquiries/2026/11/20261102-AAAAAA.yaml").write_text("id: [", "utf-8")
    found = gather(busy, busy.now, False, Wanted())
    assert ids(found) == {"BBBBBB"} and found.problems[0].path.endswith("AAAAAA.yaml")


def test_two_ledgers_are_put_together(busy):
    """Each row says whose it is; problems and disputes are told from where the ledger lies."""
    Path(busy.ledger.root, "inquiries/2026/11/20261102-AAAAAA.yaml").write_text("id: [", "utf-8")
    whole = Gathered()
    for name in ("某局", "某局（2）"):
        one = replace(busy, called=name)
        whole.join(gather(one, one.now, False, Wanted()).placed(name))
    assert {row["ledger"] for row in whole.rows} == {"某局", "某局（2）"}
    assert {p.path.split("/")[0] for p in whole.problems} == {"某局", "某局（2）"}


def test_whoever_waits_can_watch(busy):
    """Reading goes by the observer, item by item."""
    gather(busy, busy.now, False, Wanted(), busy.ledger.tally())
    assert busy.seen == 4  # the settled one is passed over once read


def test_an_earlier_day_is_seen_as_it_was(desk):
    """What was settled since was open then, what came since was not there, whatever the memo noted of today."""
    ledger = Ledger(desk.ledger.root, remembers=True)
    desk = replace(desk, ledger=ledger)
    ledger.create(inquiry(close("24 10:00"), id="20261102-AAAAAA", received=OLD))
    ledger.create(inquiry(id="20261125-BBBBBB", received=at("25 09:00")))
    today = at("2026-12-10 09:00")
    assert ids(gather(desk, today, False, Wanted())) == {"BBBBBB"}
    for then, late in (("23 18:00", {"AAAAAA"}), ("24 11:00", set()), ("02 10:00", set())):
        assert ids(gather(desk, at(then), True, Wanted())) == late
    assert ids(gather(desk, today, False, Wanted())) == {"BBBBBB"}


def test_whoever_it_is_about_is_told_a_number(desk):
    """A complaint is shown to others; to the person complained of neither its number nor its subject."""
    desk.ledger.create(inquiry(id="20261102-AAAAAA", received=OLD, category="投诉", about=("lijie",)))
    assert ids(gather(desk, desk.now, False, Wanted())) == {"AAAAAA"}
    theirs = gather(replace(desk, actor="lijie"), desk.now, False, Wanted())
    assert (ids(theirs), len(theirs.hidden) > 0) == (set(), True)
