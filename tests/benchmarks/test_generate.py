"""The ledger that the measurements run on is a sound one."""

import json

from shouwen.store.ledger import ARCHIVE, LIVE

from .generate import fill_archive, generate


def test_a_generated_ledger_passes_check(tmp_path, run):
    """Figures measured on a ledger that nobody could keep would say nothing."""
    root = tmp_path / "ledger"
    generate(str(root), running=30, settled=120, archived=50)
    assert run("-L", root, "check").code == 0
    listed = json.loads(run("-L", root, "list", "--format", "json").out)
    assert len(listed["items"]) + listed["confidential"] == 30
    assert "超期" in run("-L", root, "overdue").out


def test_the_same_numbers_give_the_same_ledger(tmp_path):
    """Two measurements are comparable because they read the same bytes."""
    one, two = tmp_path / "one", tmp_path / "two"
    for root in (one, two):
        generate(str(root), running=10, settled=30)
    files = sorted(p.relative_to(one) for p in one.rglob("*.yaml"))
    assert len(files) == 40 + 3
    assert [(one / f).read_bytes() for f in files] == [(two / f).read_bytes() for f in files]


def test_a_filled_archive_has_so_many_names(tmp_path):
    """The row about the archive must have met as many files as it says, each under an id's name."""
    ledger = generate(str(tmp_path / "ledger"), running=3, settled=7)
    fill_archive(ledger, 250)
    assert len(set(ledger.ids(ARCHIVE))) == 250
    assert len(set(ledger.ids(LIVE))) == 10
