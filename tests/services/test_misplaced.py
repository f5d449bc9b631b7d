"""What a merge left in the wrong place: united or moved, never guessed where the headers differ."""

from pathlib import Path

import pytest

from shouwen.core.inquiry.events import Note
from shouwen.services.check import problems_of
from shouwen.services.misplaced import put_back
from tests.support.records import close, event, inquiry


@pytest.mark.parametrize("write", [True, False])
def test_an_open_one_comes_out_of_the_archive_and_a_settled_one_stays(desk, write):
    """Moved as it is, byte for byte; without ``write`` only said."""
    opened = desk.ledger.create(inquiry())
    settled = desk.ledger.create(inquiry(close("23 09:10"), id="20261123-SETT1D"))
    there = [desk.ledger.move(record.path, "archive") for record in (opened, settled)]
    assert put_back(desk, problems_of(desk)[0], write) == ([(opened.path, there[0])], [])
    lies = Path(desk.ledger.root, opened.path if write else there[0])
    assert lies.read_bytes() == opened.raw and Path(desk.ledger.root, there[1]).exists()


@pytest.mark.parametrize("write", [True, False])
def test_two_copies_become_one_with_the_events_of_both(desk, write):
    """The copy's bytes are laid beside, hidden, before it goes."""
    record = desk.ledger.create(inquiry())
    live, archived = (
        Path(desk.ledger.root, folder, *record.path.split("/")[1:]) for folder in ("inquiries", "archive")
    )
    one = desk.ledger.append(record, event(Note, "23 09:10", text="甲", id="aaaa")).raw
    live.write_bytes(record.raw)
    two = desk.ledger.append(record, event(Note, "23 09:12", text="乙", id="bbbb")).raw
    archived.parent.mkdir(parents=True)
    archived.write_bytes(one)
    moved, left = put_back(desk, problems_of(desk)[0], write)
    assert left == [] and moved == [(record.path, str(archived.relative_to(desk.ledger.root)))]
    if not write:
        assert (live.read_bytes(), archived.read_bytes()) == (two, one)
        return
    (copy,) = archived.parent.glob(".*.bak")
    assert not archived.exists() and copy.read_bytes() == one
    assert [live.read_text("utf-8").count(f'"{key}"') for key in ("aaaa", "bbbb")] == [1, 1]
    assert put_back(desk, problems_of(desk)[0]) == ([], [])


def test_copies_whose_headers_differ_are_for_people(desk):
    """Nothing is moved or changed."""
    record = desk.ledger.create(inquiry())
    live = Path(desk.ledger.root, record.path)
    archived = Path(desk.ledger.root, "archive", *record.path.split("/")[1:])
    archived.parent.mkdir(parents=True)
    archived.write_bytes(record.raw.replace("来电".encode(), "来访".encode()))
    before = archived.read_bytes()
    moved, left = put_back(desk, problems_of(desk)[0])
    assert moved == [] and len(left) == 1 and "要人来定" in left[0]
    assert (live.read_bytes(), archived.read_bytes()) == (record.raw, before)
