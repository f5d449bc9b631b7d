"""What is imported is within everybody's powers: whatever the roster and the row say, no later check finds it was not."""

from datetime import date, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec import structs

from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.integrity.checks import check_inquiry
from shouwen.core.office.chart import Absence
from shouwen.core.transfer.importing import SheetReading
from shouwen.core.transfer.mapping import FIELDS, Grid, Mapping
from shouwen.core.transfer.row_import import Setting
from tests.support.clock import at
from tests.support.records import policy
from tests.support.roster import OFFICE

RULES = policy(first_asked={"article": "默认", "unit": True})
FIRST = date(2026, 11, 2)
days = st.integers(0, 12).map(lambda n: FIRST + timedelta(days=n))


@st.composite
def rosters(draw):
    """The office of the tests, in which each may have come, left or been away within two weeks of November."""
    staff = {}
    for key, person in OFFICE.staff.items():
        first, second = sorted((draw(days), draw(days)))
        values = draw(st.sampled_from(({}, {"from_": first}, {"until": second}, {"from_": first, "until": second},
                                       {"away": (Absence(from_=first, until=second, why="病假"),)},
                                       {"away": (Absence(from_=first, why="产假", deputy="heping"),)})))  # fmt: skip
        staff[key] = structs.replace(person, **values)
    return structs.replace(OFFICE, staff=staff)


@st.composite
def rows(draw):
    """A row with any of the people, received and closed within those weeks."""
    first, second = sorted((draw(days), draw(days)))
    row = {
        "received": f"{first} 09:10", "channel": "来电", "category": "咨询", "subject": "问材料", "scope": "其他部门",
        "first_responder": draw(st.sampled_from(["王芳", "李洁", ""])), "handler": draw(st.sampled_from(["", "孙梅", "李洁"])),
        "department": draw(st.sampled_from(["审批科", ""])), "handler_department": draw(st.sampled_from(["规划科", ""])), "mode": "引领",
        "answered": draw(st.sampled_from(["", f"{second} 09:30"])),
    }  # fmt: skip
    if draw(st.booleans()):
        outcome = draw(st.sampled_from(["已答复", "不予办理"]))
        row |= {"closed": f"{second} 16:00", "outcome": outcome, "reason": "不符", "basis": "第八条",
                "signed_by": draw(st.sampled_from(["", "赵军", "李洁"])), "rating": "满意"}  # fmt: skip
    return row


@settings(max_examples=400, deadline=None)
@given(office=rosters(), row=rows(), importer=st.sampled_from(["heping", "zhaojun"]))
def test_what_is_imported_is_lawful(office, row, importer):
    """Either the cells that cannot be are named, or the record is one in which check finds nothing."""
    titles = {key: FIELDS[key][0] for key in row}
    grid = Grid("t.csv", "", [list(titles.values()), list(row.values())], [])
    now = at("2026-11-23 09:15")
    assume(office.is_here(importer, now.date()))  # import asks for that
    read = SheetReading(grid, Mapping(columns=titles), Setting(office, lambda moment: RULES, now, importer))
    assert bool(read.rows) != bool(read.problems)
    for made in read.rows:
        whole = made.inquiry
        found = list(check_inquiry(replay(whole), whole, RULES, office, now))
        assert [f for f in found if f[0] in ("powers", "legal-order", "before-intake")] == []


def test_both_happen():
    """The rows above are neither all lawful nor all refused, and what is refused names people and their days."""
    grid = lambda row: Grid("t.csv", "", [[FIELDS[k][0] for k in row], list(row.values())], [])  # noqa: E731
    row = {"received": "2026-11-02 09:10", "channel": "来电", "category": "咨询", "subject": "问材料", "scope": "其他部门",
           "first_responder": "", "department": "审批科", "handler_department": "规划科", "mode": "引领"}  # fmt: skip
    late = structs.replace(OFFICE.staff["heping"], from_=date(2026, 11, 20))
    office = structs.replace(OFFICE, staff=OFFICE.staff | {"heping": late})
    columns = {k: FIELDS[k][0] for k in row}
    now = at("2026-11-23 09:15")
    read = SheetReading(
        grid(row), Mapping(columns=columns), Setting(office, lambda moment: RULES, now, "heping")
    )
    (made,) = read.rows
    assert made.inquiry.events[0].by == "zhaojun"  # who imports was not there yet: the leader of that day
    gone = structs.replace(OFFICE.staff["zhaojun"], until=date(2026, 11, 1))
    office = structs.replace(office, staff=office.staff | {"zhaojun": gone})
    read = SheetReading(
        grid(row), Mapping(columns=columns), Setting(office, lambda moment: RULES, now, "heping")
    )
    assert [p.path for p in read.problems] == ["t.csv:I2"] or "不在岗" in read.problems[0].text
