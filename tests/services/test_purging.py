"""What a confidential inquiry said is deleted when its time is over, and its record tells that it was."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from shouwen.core.errors import Refused
from shouwen.core.inquiry.events import Callback, Note
from shouwen.services.purging import purged
from shouwen.store import private_parts
from tests.support.clock import at
from tests.support.records import close, event, inquiry

CLOSED = at("24 10:00")
LATER = CLOSED + timedelta(days=400)


@pytest.fixture
def secrets(desk):
    """A closed report of a wrong, an open one, and an ordinary closed inquiry; ``desk`` at 何平's, later."""
    for name, events, category in (
        ("20261123-C10SED", (close("24 10:00", "heping"),), "举报"),
        ("20261123-0PENED", (), "举报"),
        ("20261123-P1A1NN", (close("24 10:00"),), "咨询"),
    ):
        desk.ledger.create(
            inquiry(*events, id=name, category=category, first_responder="heping", department="办公室", scope="本人")
        )  # fmt: skip
    return replace(desk, actor="heping", now=LATER)


def kept(desk) -> set[str]:
    """The last letters of those of which something is kept here."""
    return {name[-6:] for name in private_parts.names(desk.ledger.root)}


def test_all_that_were_closed_long_enough(secrets):
    """Just those: an open one keeps what its handling needs; a second purge finds nothing and writes nothing."""
    assert kept(secrets) == {"C10SED", "0PENED"}
    early = replace(secrets, now=CLOSED + timedelta(days=30, seconds=-1))
    assert list(purged(early, (), 30, [])) == []
    assert [name for name, _ in purged(secrets, (), 30, [], write=False)] == ["20261123-C10SED"]
    assert kept(secrets) == {"C10SED", "0PENED"}
    ((name, trace),) = purged(secrets, (), 30, [])
    assert name == "20261123-C10SED" and kept(secrets) == {"0PENED"}
    last = trace.state.events[-1]
    assert isinstance(last, Note) and last.by == "heping" and "清除" in last.text
    raw = secrets.ledger.read(secrets.ledger.find(name)).raw
    assert list(purged(secrets, (), 30, [])) == []
    assert secrets.ledger.read(secrets.ledger.find(name)).raw == raw


@pytest.mark.parametrize(
    ("name", "why"), [("0PENED", "还没有办结，不能清除"), ("P1A1NN", "这台机器上没有它的保密内容")]
)
def test_what_is_named_and_may_not_go_is_refused(secrets, name, why):
    """With the reason; nothing is deleted. Named, a closed one goes whenever it was closed."""
    with pytest.raises(Refused, match=why):
        list(purged(secrets, (name,), 0, []))
    assert kept(secrets) == {"C10SED", "0PENED"}
    just = replace(secrets, now=CLOSED)
    assert [found for found, _ in purged(just, ("C10SED",), 30, [])] == ["20261123-C10SED"]


def test_whoever_it_is_about_does_not_purge_it(desk):
    """Named it is refused, with nothing told of it; among all it is passed over."""
    about = inquiry(close("24 10:00", "heping"), category="举报", about=("lijie",), first_responder="heping",
                    department="办公室", scope="本人")  # fmt: skip
    desk.ledger.create(about)
    concerned = replace(desk, actor="lijie", now=LATER)
    with pytest.raises(Refused, match="应当回避"):
        list(purged(concerned, ("K7Q4",), 0, []))
    assert list(purged(concerned, (), 1, [])) == [] and len(kept(desk)) == 1


def test_a_purge_cut_short_is_finished_by_the_next(secrets):
    """What was deleted and not yet told of is told of now; what was told of is not told twice."""
    name = "20261123-C10SED"
    private_parts.purge(secrets.ledger.root, name)  # killed before the record was written
    ((found, trace),) = purged(secrets, (), 30, [])
    assert found == name and trace is not None
    private_parts.purge(secrets.ledger.root, name)  # killed after it
    ((found, trace),) = purged(secrets, (), 30, [])
    assert (found, trace) == (name, None)
    assert private_parts.begun(secrets.ledger.root) == set()


def test_what_is_said_after_a_purge_is_purged_and_told_again(secrets):
    """A second trace for a second deletion: the first told of another text."""
    name = "20261123-C10SED"
    list(purged(secrets, (name,), 0, []))
    ledger = secrets.ledger
    call = event(Callback, LATER, "heping", rating="满意", resolved=True, comment="又说了一句")
    ledger.append(ledger.read(ledger.find(name)), call)
    assert "C10SED" in kept(secrets)
    ((_, trace),) = purged(replace(secrets, now=LATER + timedelta(hours=1)), (name,), 0, [])
    assert trace is not None and "C10SED" not in kept(secrets)


def test_no_word_of_it_is_left_on_disk(desk):
    """Neither in the private folder nor in a memo of what open records told."""
    text = "只有举报人知道的一句话"
    desk.ledger.create(inquiry(event(Note, "23 09:30", "heping", text=text), close("24 10:00", "heping"), category="举报",
                               subject=text, first_responder="heping", department="办公室", scope="本人"))  # fmt: skip
    list(purged(replace(desk, actor="heping", now=LATER), (), 1, []))
    left = [p for p in Path(desk.ledger.root).rglob("*") if p.is_file() and text.encode() in p.read_bytes()]
    assert left == []
