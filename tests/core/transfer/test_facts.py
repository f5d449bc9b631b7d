"""What one inquiry, limit, act or case is in a lake: whole for whoever counts, and nobody's name in it."""

import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from shouwen.core.date_range import month
from shouwen.core.inquiry.events import Accept, Callback, Join
from shouwen.core.inquiry.header import Inquirer
from shouwen.core.office.chart import Department, FormerName
from shouwen.core.rulebook import Rules
from shouwen.core.statistics.bulletin import Bulletin
from shouwen.core.transfer.facts import (
    TABLES,
    VERSION,
    WITHHELD,
    Recorder,
    act_rows,
    clock_row,
    departments_of,
    inquiry_row,
    names_of,
)
from tests.support.clock import CALENDAR, at
from tests.support.places import ROOT
from tests.support.records import BUMEN, close, event, handoff, inquiry, judged
from tests.support.roster import OFFICE

PASSED = (handoff("23 09:05"), event(Accept, "23 09:20", "lijie"))


def test_every_row_has_the_columns_of_its_table():
    """What is not in the table would be lost, and what is not in the row would be empty for ever."""
    state, found, _ = judged(inquiry(*PASSED, close("24 10:00", "lijie")), "25 09:00")
    assert set(inquiry_row(state, found)) == set(TABLES["inquiries"])
    assert {frozenset(clock_row("x", clock)) for clock in found} == {frozenset(TABLES["clocks"])}
    assert {frozenset(row) for row in act_rows(state)} == {frozenset(TABLES["acts"])}


def test_every_column_is_documented():
    """Whoever reads a lake with another program finds each table and column in the document."""
    document = (ROOT / "shouwen" / "docs" / "many-offices.md").read_text("utf-8")
    assert f"shouwen.lake/{VERSION}" in document
    for table, columns in TABLES.items():
        _, _, part = document.partition(f"### {table} ")
        lines = part.partition("\n### ")[0]
        assert re.findall(r"^\| `(\w+)` \| (\w+) \|", lines, re.M) == list(columns.items()), table


def test_one_inquiry_by_hand():
    """Passed on once, answered on the second day, rated: what a statistician reads of it."""
    record = inquiry(*PASSED, close("24 10:00", "lijie"), event(Callback, "25 10:00", "lijie", rating="满意"))
    state, found, _ = judged(record, "26 09:00")
    row = inquiry_row(state, found)
    assert (row["phase"], row["outcome"], row["rating"], row["handoffs"]) == ("办结", "已答复", "满意", 1)
    assert (row["first_responder"], row["department"]) == ("wangfang", "审批科")
    assert (row["holder"], row["holding_department"]) == ("lijie", "规划科")
    assert (row["received"], row["closed"], row["overdue"]) == (at("23 09:00"), at("24 10:00"), False)
    assert [(r["act"], r["staff"]) for r in act_rows(state)] == [
        ("转办", "wangfang"), ("签收", "lijie"), ("办结", "lijie"), ("回访", "lijie")
    ]  # fmt: skip
    clock = next(clock_row("x", c) for c in found if c.name == "签收")
    assert (clock["department"], clock["staff"], clock["stopped"]) == ("规划科", "lijie", at("23 09:20"))


@given(
    name=st.text("甲乙丙丁王李", min_size=2, max_size=4), phone=st.from_regex(r"1[3-9]\d{9}", fullmatch=True),
    about=st.sampled_from([(), ("lijie",)]), anonymous=st.booleans(),
)  # fmt: skip
def test_nobody_stands_in_a_row(name, phone, about, anonymous):
    """Whoever asked is masked, in the subject too; of a complaint about staff not even the subject is said."""
    person = Inquirer(name, phone, "某公司", anonymous)
    record = inquiry(*PASSED, inquirer=person, subject=f"{name}（{phone}）问证照", about=about)
    state, found, _ = judged(record, "25 09:00")
    row = inquiry_row(state, found)
    assert name not in str(row.values()) and phone not in str(row.values())
    assert (row["subject"] == WITHHELD) == bool(about)


def test_a_recorder_adds_nothing_and_leaves_nothing_out():
    """Its rows added up are the figures of the bulletin itself, in every group; a joined matter counts once."""
    rules = Rules(BUMEN, OFFICE, CALENDAR)
    records = [
        inquiry(*PASSED, close("24 10:00", "lijie")),
        inquiry(id="20261110-AAAAAA", received=at("2026-11-10 09:00")),
        inquiry(id="20261125-CCCCCC", received=at("2026-11-25 09:00")),  # the first had its result on the 24th
        inquiry(event(Join, "23 10:00", into="20261110-AAAAAA"), id="20261111-BBBBBB", received=at("2026-11-11 09:00")),
    ]  # fmt: skip
    rows = []
    joins = frozenset({"20261110-AAAAAA", "20261111-BBBBBB"})
    plain = Bulletin(month(2026, 11))
    kept = Recorder(month(2026, 11), emit=lambda table, row: rows.append(row), key="2026-11", joins=joins)
    for record in records:
        state, found, _ = judged(record, "30 18:00", rules)
        for each in (plain, kept):
            each.met("某局", record, state)
            each.add("某局", rules, state, found, at("30 18:00"))
        kept.done(record.id)
        assert not kept.asked and not kept.answered  # an inquiry leaves a few bytes, however long it was
    assert {place[0] for place in kept.counted} <= joins
    for each in (plain, kept):
        each.settle("某局")
    again = Bulletin(month(2026, 11))
    for row in rows:
        again.total.add(row["figure"], row["n"], row["of_count"])
    assert again.total == plain.total
    assert (
        plain.total.counts["open"] == 3
        and plain.total.counts["repeated"] == 1
        and plain.total.counts["joined"] == 1
    )
    sections = {row["department"] for row in rows if row["figure"] == "closed"}
    assert (
        sections
        == {"规划科"}
        == {
            key
            for _, key in plain.groups["department"]
            if plain.groups["department"]["某局", key].counts["closed"]
        }
    )


def test_names_that_a_department_goes_by():
    """A report of the lake finds a department by any name it has, had or goes by; not by one that two go by."""
    office = structs.replace(
        OFFICE,
        departments={
            "审批科": Department(aliases=("大厅", "窗口"), formerly=(FormerName(name="许可科", until=date(2025, 1, 1)),)),
            "规划科": Department(aliases=("窗口",)),
        },
    )  # fmt: skip
    assert departments_of(office) == {
        "审批科": "审批科",
        "大厅": "审批科",
        "许可科": "审批科",
        "规划科": "规划科",
    }
    assert names_of(OFFICE)["lijie"] == "李洁"
