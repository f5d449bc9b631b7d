"""The example ledger goes out as a sheet and comes in again: what was on time there is on time here."""

import json
import shutil
from pathlib import Path

import pytest

from shouwen.core.deadlines.clock_table import clocks
from shouwen.core.inquiry.confidential import secret
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.transfer.mapping import FIELDS
from shouwen.core.transfer.record_export import TITLES
from shouwen.terminal.context import Context
from tests.support.places import ROOT

EXAMPLE = ROOT / "ledger-example"
# What a sheet does not say of each inquiry and the mapping therefore leaves out.
SAID = {key: title for key, title in TITLES.items() if key in FIELDS}


def mapping(path: Path) -> Path:
    """Every column that an export has and an import knows, under its own title."""
    lines = ["columns:", *(f"  {key}: {title}" for key, title in SAID.items())]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def verdicts(root: Path) -> dict[tuple, dict[str, list]]:
    """(received, subject) → the verdicts of each clock, in their order; and the phase."""
    desk = Context((str(root),))
    found: dict[tuple, dict[str, list]] = {}
    for record in desk.ledger.records("inquiries", "archive"):
        assert not isinstance(record, list), record
        state = replay(record.content)
        q = state.inquiry
        if secret(q):
            continue
        judged: dict[str, list] = {"phase": [state.phase], "holder": [state.holder]}
        for clock in clocks(desk.ledger.rules(q.policy), state, desk.now):
            if clock.judged:
                judged.setdefault(clock.name, []).append((clock.late, clock.due, clock.source))
        found[q.received.replace(second=0), q.subject, q.inquirer.name] = judged
    return found


@pytest.fixture
def again(run, tmp_path) -> Path:
    """A ledger with the settings of the example and no records but those of the sheet it was exported to."""
    root = tmp_path / "again"
    shutil.copytree(
        EXAMPLE, root, ignore=shutil.ignore_patterns("inquiries", "archive", "sanctions", "private", ".lock")
    )
    sheet = tmp_path / "whole.csv"
    run("-L", EXAMPLE, "--as", "zhouwei", "export", "--reveal", "--output", sheet)
    run("-L", root, "--as", "zhouwei", "import", sheet, "--mapping", mapping(tmp_path / "m.yaml"))
    return root


def test_the_round_trip_changes_no_verdict(again, run):
    """Every limit of the work, promise and redo: as late, as due and by whose limit as it was."""
    before, after = verdicts(EXAMPLE), verdicts(again)
    assert before.keys() == after.keys() and len(before) > 50
    changed = {
        (key[1], name): (was.get(name), after[key].get(name))
        for key, was in before.items()
        for name in ("办结", "承诺", "重办", "phase", "holder")
        if was.get(name) != after[key].get(name)
    }
    assert changed == {}


def test_the_other_clocks_are_as_they_were_or_not_judged(again):
    """What the sheet states of answers and receipts is judged alike; of what it does not state nothing is said."""
    before, after = verdicts(EXAMPLE), verdicts(again)
    for key, was in before.items():
        for name in ("首次回应", "签收"):
            now = after[key].get(name)
            assert now is None or [v[0] for v in now] == [v[0] for v in was[name]][-len(now) :], (key, name)


def test_what_came_in_breaks_no_rule(again, run):
    """The ledger made from the sheet passes check as the example does."""
    assert json.loads(run("-L", again, "check", "--format", "json").out)["items"] == []
