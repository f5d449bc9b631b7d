"""What tests of the use cases share: a ledger written without the command line, and a desk at it."""

import json
from pathlib import Path

import pytest

from shouwen.store.ledger import Ledger
from shouwen.store.ledger_template import found
from shouwen.store.settings import load_policy
from tests.support.desk import At
from tests.support.roster import MATTERS, STAFF


@pytest.fixture(autouse=True)
def silent(capfd: pytest.CaptureFixture):
    """No use case prints, whatever it does: what is said is the terminal's to say."""
    yield
    out, err = capfd.readouterr()
    assert (out, err) == ("", ""), "somebody printed, the use case or a library beneath it"


@pytest.fixture
def desk(tmp_path: Path) -> At:
    """王芳's desk on Monday 23 November 2026, 09:15, at an empty ledger of ``bumen``."""
    root = tmp_path / "ledger"
    found(str(root), json.dumps("某局", ensure_ascii=False), load_policy("bumen"))
    (root / "staff.yaml").write_text(STAFF, "utf-8")
    (root / "matters.yaml").write_text(MATTERS, "utf-8")
    return At(Ledger(str(root)))
