"""The cases of tests/cases: what happened, and what follows, as a jurist would write it down."""

from pathlib import Path

import pytest

from shouwen.core.deadlines.clock import main_clock
from shouwen.core.deadlines.clock_table import clocks
from shouwen.core.duties.findings import findings
from shouwen.core.inquiry.events import EVENTS
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.rulebook import Rules
from shouwen.store.ledger import Ledger
from shouwen.store.yaml import load
from tests.support.clock import at as moment
from tests.support.clock import changed, notice
from tests.support.records import written

FOLDER = Path(__file__).parent


def cases():
    """Every case of every file, under its name."""
    for path in sorted(FOLDER.glob("*.yaml")):
        for name, case in load(path.read_bytes(), path.name).items():
            yield pytest.param(case, id=f"{path.stem}-{name}")


@pytest.mark.parametrize("case", list(cases()))
def test_case(case, ledger):
    """Phase, holder, due time, what is overdue and what is found: all of it, and nothing else."""
    book = Ledger(str(ledger))
    calendar = changed(*map(notice, case["calendar"])) if "calendar" in case else book.calendar
    rules = Rules(book.policy(case.get("inquiry", {}).get("policy", "bumen")), book.office, calendar)
    now = moment(case["now"])
    state = replay(written(case))
    found = clocks(rules, state, now)
    main = main_clock(found)
    other = [f"{c.name} {c.recounted.due:%Y-%m-%d %H:%M}" for c in found if c.recounted]
    assert {
        "phase": state.phase,
        "holder": state.holder.staff,
        "due": main.due,
        "overdue": sorted(c.name for c in found if c.late),
        **({"recounted": other} if other else {}),
        "findings": sorted(
            f"{f.article} {f.name} {f.event or 0}" for f in findings(rules, state, found, now)
        ),
    } == {
        **case["expect"],
        "due": moment(case["expect"]["due"]) if case["expect"]["due"] else None,
        "overdue": sorted(case["expect"]["overdue"]),
        "findings": sorted(case["expect"]["findings"]),
    }


def test_the_cases_speak_of_every_act():
    """No kind of event is left without a case that shows what it does."""
    told = {e["do"] for p in cases() for e in p.values[0]["events"]}
    assert set(EVENTS) - told <= {"催办", "回访", "出具"}
