"""Who has asked before: by what is noted of each file the same is found as by reading them all."""

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import structs

from shouwen.core.inquiry.header import Inquirer
from shouwen.services.intake import before
from shouwen.store import askers
from shouwen.store.ledger import Ledger
from tests.support.clock import at
from tests.support.desk import At
from tests.support.records import close, inquiry

ZHANG, LI = Inquirer("张某", "13812341234"), Inquirer("李某", "0631-5550123")


@pytest.fixture
def desk(ledger, monkeypatch) -> At:
    """A desk at a ledger of this month and the last, where a few files are many and were written long ago."""
    monkeypatch.setattr(askers, "MANY", 1)
    monkeypatch.setattr(askers, "_TICK", 0)
    found = At(Ledger(str(ledger), remembers=True), at("2026-11-23 09:15"))
    for n, who in enumerate(
        (ZHANG, LI, ZHANG, Inquirer(anonymous=True), structs.replace(ZHANG, name="张某某"))
    ):
        day = at(f"2026-{10 + n % 2}-0{n + 1} 09:00")
        name = f"{day:%Y%m%d}-{'ABCDE'[n] * 6}"
        found.ledger.create(inquiry(*([close(day)] if n == 2 else []), id=name, received=day, inquirer=who))
    return found


def told(desk: At, who: Inquirer) -> tuple[list[str], list[str]]:
    """Who has asked before, the same without anything noted, with it, and with what that left."""
    asked = inquiry(id="20261123-ZZZZZZ", received=at("2026-11-23 09:00"), inquirer=who)
    plain = replace(desk, ledger=Ledger(desk.ledger.root))
    found = before(plain, asked)
    time.sleep(0.02)  # the clock of a file system has a coarse tick
    for _ in range(2):
        assert before(replace(desk, ledger=Ledger(desk.ledger.root, remembers=True)), asked) == found
    return [q.id for q in found[0]], [q.id for q in found[1]]


def test_whatever_happens_to_the_files_the_same_is_found(desk):
    """Acts, edits by hand (as long, and with the times put back), files moved, broken, gone and new."""
    month = Path(desk.ledger.root, "inquiries/2026/10")
    path = month / "20261001-AAAAAA.yaml"
    assert told(desk, ZHANG) == (["20261001-AAAAAA"], ["20261003-CCCCCC"])
    assert told(desk, structs.replace(LI, phone="06315550123")) == (told(desk, LI)[0], [])
    raw, info = path.read_bytes(), path.stat()
    path.write_bytes(raw.replace(b"13812341234", b"13912341234"))
    os.utime(path, ns=(info.st_atime_ns, info.st_mtime_ns))
    assert told(desk, ZHANG) == ([], ["20261003-CCCCCC"])
    path.write_bytes(raw.replace(b'"phone": "13812341234"', b'"phone": "\\u00313812341234"'))
    told(desk, ZHANG)
    path.write_bytes(raw.replace(b"inquirer: {", b"# who\ninquirer:\n  {"))
    assert told(desk, ZHANG)[0] == ["20261001-AAAAAA"]
    path.write_bytes(raw + raw)
    assert told(desk, ZHANG)[0] == []
    path.unlink()
    path.symlink_to(month / "20261003-CCCCCC.yaml")
    assert told(desk, ZHANG) == ([], ["20261003-CCCCCC"])
    desk.ledger.create(inquiry(id="20261120-FFFFFF", received=at("2026-11-20 09:00"), inquirer=ZHANG))
    assert told(desk, ZHANG)[0] == ["20261120-FFFFFF"]


def test_only_what_may_be_of_the_person_is_read(desk, monkeypatch):
    """Were all of them read, what is noted would be no good; nobody's number stands in it in the open."""
    told(desk, ZHANG)
    read, seen = askers.atomic_files.read, []
    monkeypatch.setattr(
        askers.atomic_files,
        "read",
        lambda path, *rest, **more: seen.append(path) or read(path, *rest, **more),
    )
    before(desk, inquiry(id="20261123-ZZZZZZ", inquirer=ZHANG))
    assert sorted(Path(p).stem for p in seen if "/inquiries/" in p) == ["20261001-AAAAAA", "20261003-CCCCCC"]
    memos = Path(os.environ["XDG_CACHE_HOME"], "shouwen")
    assert not [p for p in memos.iterdir() if b"13812341234" in p.read_bytes()]


def test_what_was_just_changed_is_not_noted(desk, monkeypatch):
    """A second change in the same tick of the clock would bear the same time."""
    monkeypatch.setattr(askers, "_TICK", 10**12)
    told(desk, ZHANG)
    seen = []
    monkeypatch.setattr(askers, "_person", lambda secret, raw: seen.append(raw) or b"?")
    before(desk, inquiry(id="20261123-ZZZZZZ", inquirer=ZHANG))
    assert len(seen) == 5
