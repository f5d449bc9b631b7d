"""The cases of tests/cases: what happened, and what follows, as a jurist would write it down."""

from pathlib import Path

import pytest
from msgspec import convert, structs

from shouwen.core.deadlines.clock import main_clock
from shouwen.core.deadlines.clock_table import clocks
from shouwen.core.deadlines.opening_hours import Hours
from shouwen.core.deadlines.overdue import long_standing
from shouwen.core.deadlines.working_days import Calendar
from shouwen.core.duties.findings import findings
from shouwen.core.inquiry.events import EVENTS
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.office.chart import Absence
from shouwen.core.rulebook import Rules
from shouwen.store.ledger import Ledger
from shouwen.store.settings import load_policy
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


def roster(office, away):
    """The office with absences: person → from, until and, where there is one, the deputy."""
    gone = {
        who: structs.replace(office.staff[who], away=tuple(convert(one, Absence) for one in told))
        for who, told in away.items()
    }
    return structs.replace(office, staff=office.staff | gone)


@pytest.mark.parametrize("case", list(cases()))
def test_case(case, ledger):
    """Phase, holder, due time, what is overdue and what is found: all of it, and nothing else."""
    book = Ledger(str(ledger))
    calendar = changed(*map(notice, case["calendar"])) if "calendar" in case else book.calendar
    if "hours" in case:
        calendar = Calendar(*calendar.published, Hours(case["hours"]), calendar.zone)
    named = case.get("inquiry", {}).get("policy", "bumen")
    laid_down = load_policy(named, "", {"limits": case["limits"]}) if "limits" in case else book.policy(named)
    rules = Rules(laid_down, roster(book.office, case.get("away", {})), calendar)
    now = moment(case["now"])
    state = replay(written(case))
    found = clocks(rules, state, now)
    main = main_clock(found)
    wanted, more = case["expect"], {}
    if "whose" in wanted:  # who bore what ran out
        more["whose"] = {c.name: c.whose.staff for c in found if c.late}
    if "sources" in wanted:  # whose limit each verdict rests on
        more["sources"] = {c.name: c.source for c in found}
    if "late" in wanted:  # by how much, in the unit of the limit
        more["late"] = {c.name: c.by.own or "当日" for c in found if c.by}
    if "first" in wanted:  # the verdict before an approved correction
        more["first"] = [
            f"{c.name} {c.first.due:%Y-%m-%d %H:%M} {c.first.overdue_workdays}" for c in found if c.first
        ]
    if "long" in wanted:  # how many working days it has stood still for longer than the office lets pass
        more["long"] = (long_standing(rules, state, now) or (None, 0))[1]
    other = [f"{c.name} {c.recounted.due:%Y-%m-%d %H:%M}" for c in found if c.recounted]
    assert {
        "phase": state.phase,
        "holder": state.holder.staff,
        "due": main.due,
        "overdue": sorted(c.name for c in found if c.late),
        **({"recounted": other} if other else {}),
        **more,
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
