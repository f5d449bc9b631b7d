"""Tidying: the difference first, a copy if asked for, comments kept."""

from pathlib import Path

from shouwen.services.tidying import tidy
from tests.support.records import close, inquiry


def test_shown_kept_and_written(desk):
    """A touched record is shown line by line, laid aside, and put right with its comment."""
    path = desk.ledger.create(inquiry(close("23 09:10"))).path
    file = Path(desk.ledger.root, path)
    good = file.read_bytes()
    touched = good.replace(b'"', b"'", 2) + "# 核对过\n".encode()
    file.write_bytes(touched)
    shown: list[str] = []
    record = desk.ledger.read(path)
    assert tidy(desk.ledger, record, shown.append, write=False) and file.read_bytes() == touched
    assert not list(file.parent.glob(".*.bak"))
    assert any(line.startswith("-") for line in shown) and any(line.startswith("+") for line in shown)
    assert tidy(desk.ledger, record, shown.append, keep=True)
    assert "核对过" in file.read_text("utf-8")
    (copy,) = file.parent.glob(".*.bak")
    assert copy.read_bytes() == touched


def test_nothing_to_do(desk):
    """A record in the common layout is not touched, not even its time stamp."""
    path = desk.ledger.create(inquiry()).path
    shown: list[str] = []
    before = Path(desk.ledger.root, path).stat().st_mtime_ns
    assert not tidy(desk.ledger, desk.ledger.read(path), shown.append, keep=True) and shown == []
    assert Path(desk.ledger.root, path).stat().st_mtime_ns == before
