"""A row of an existing 台账, as cases; what a sheet as a whole may have, and what a mapping may say wrong."""

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import convert, structs

from shouwen.core.errors import Refused
from shouwen.core.inquiry.header import Inquiry
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.transfer.importing import SheetReading
from shouwen.core.transfer.mapping import FIELDS, Doubt, Grid, Mapping
from shouwen.core.transfer.row_import import LONGEST, Setting
from shouwen.store.yaml import load
from tests.support.clock import at
from tests.support.places import TESTS
from tests.support.records import policy
from tests.support.roster import OFFICE

FILE = TESTS / "cases" / "imports" / "rows.yaml"
CASES = load(FILE.read_bytes(), FILE.name)
TITLED = {titles[0]: key for key, titles in FIELDS.items()}
ROW = {"受理时间": "2026-11-02 09:10", "姓名": "张某", "联系方式": "13812341234", "事项内容": "问材料", "渠道": "来电",
       "业务属性": "咨询", "首问责任人": "王芳", "职责范围": "其他部门"}  # fmt: skip
RECORD = {
    "id": "20261102-000000", "received": "2026-11-02T09:10:00+08:00", "channel": "来电", "category": "咨询",
    "subject": "问材料", "inquirer": {"name": "张某", "phone": "13812341234"}, "first_responder": "wangfang",
    "department": "审批科", "scope": "其他部门", "recorded_by": "heping", "policy": "bumen",
}  # fmt: skip


def setting(rules: dict | None = None, left: dict | None = None, came: dict | None = None) -> Setting:
    """何平 imports on 2026-11-23; the regulation holds from 2020 on."""
    own = policy(**(rules or {}))

    def policy_on(moment: datetime):
        if moment.year < 2020:
            raise Refused(f"{moment:%Y-%m-%d} 没有生效的制度")
        return own

    gone = {
        who: structs.replace(OFFICE.staff[who], until=at(str(day)).date())
        for who, day in (left or {}).items()
    }
    gone |= {
        who: structs.replace(OFFICE.staff[who], from_=at(str(day)).date())
        for who, day in (came or {}).items()
    }
    return Setting(
        structs.replace(OFFICE, staff=OFFICE.staff | gone), policy_on, at("2026-11-23 09:15"), "heping"
    )


def cell(value: Any) -> Any:
    """A cell as a reader of spreadsheets gives it."""
    if isinstance(value, dict) and "moment" in value:
        return datetime.fromisoformat(value["moment"])
    return Doubt(*value["doubt"]) if isinstance(value, dict) else value


def reading(rows: list[dict], titles: list[str], mapping: dict | None = None, merged: list | None = None,
            rules: dict | None = None, left: dict | None = None, came: dict | None = None) -> SheetReading:  # fmt: skip
    """These rows under these titles, read by a mapping of every title."""
    said = convert({"columns": {TITLED[t]: t for t in titles}} | (mapping or {}), Mapping)
    cells = [titles, *([cell(row.get(t)) for t in titles] for row in rows)]
    return SheetReading(Grid("t.csv", "", cells, merged or []), said, setting(rules, left, came))


@pytest.mark.parametrize("name", CASES)
def test_row(name: str) -> None:
    """The record whole, or every problem by its column; never both, never less."""
    case = CASES[name]
    row = ROW | case["row"]
    titles = list(row)
    merged = [area for area in case.get("merged", {}).values() if area] + ["A1:B1"]
    found = reading(
        [row], titles, case.get("mapping"), merged, case.get("regulation"), case.get("left"), case.get("came")
    )
    problems = [
        f"{'、'.join(t for n, t in enumerate(titles) if p.path == found.grid.place(1, n)) or p.path}：{p.text}：{p.hint}"
        for p in found.problems
    ]  # fmt: skip
    assert sorted(problems) == sorted(case.get("problems", []))
    made = [r.inquiry for r in found.rows]
    if "record" not in case:
        assert made == [] and problems
    else:
        expected = {k: v for k, v in (RECORD | case["record"]).items() if v is not None}
        if "not_judged" not in expected:  # stated by cases of its own
            made = [structs.replace(each, imported=None, not_judged=()) for each in made]
        assert made == [convert(expected, Inquiry)]


def test_the_first_problem_of_a_cell_is_told() -> None:
    """What follows from it would only confuse."""
    made = reading([ROW | {"事项内容": "长" * (LONGEST + 1)}], list(ROW))
    assert [p.text for p in made.problems] == [f"有 {LONGEST + 1} 字，超过 {LONGEST} 字"]
    assert made.problems[0].hint == "删短，全文另存"
    assert [r.inquiry.subject for r in reading([ROW | {"事项内容": "长" * LONGEST}], list(ROW)).rows] == [
        "长" * LONGEST
    ]


def some(*values: str) -> st.SearchStrategy[str]:
    """One of these, or nothing."""
    return st.sampled_from(["", *values])


MINUTES = st.sampled_from(["2026-11-02 09:10", "2026-11-02 09:11", "2026-11-03 10:00"])
PEOPLE, SECTIONS = ("王芳", "李洁", "赵军"), ("审批科", "规划科", "办公室")
LINES = st.fixed_dictionaries({
    "受理时间": MINUTES, "首问责任人": some(*PEOPLE), "首问部门": some(*SECTIONS), "承办人": some(*PEOPLE),
    "承办部门": some(*SECTIONS), "转办方式": st.just("引领"), "办结时间": st.one_of(st.just(""), MINUTES),
    "告知时间": st.one_of(st.just(""), MINUTES), "办理结果": some("已答复", "不予办理"), "评价": some("满意"),
})  # fmt: skip


@given(LINES)
def test_a_row_that_is_right_makes_a_story_without_contradictions(line: dict) -> None:
    """Whatever a register holds: a row is told to be wrong, or all its acts take effect, in the order of the lines."""
    made = reading([ROW | line], list(ROW | line), rules={"first_asked": {"unit": True}})
    assert len(made.rows) == (not made.problems)
    for each in made.rows:
        state = replay(each.inquiry)
        assert state.disputes == [] and tuple(state.events) == each.inquiry.events
        closer = line["承办人"] or line["首问责任人"] or "何平"
        assert state.closed is None or OFFICE.name(state.closed.by) == closer
        section = line["承办部门"] or (OFFICE.staff[state.holder.staff].department if line["承办人"] else "")
        if section and line["承办人"] not in ("", line["首问责任人"]):
            assert state.holder.department == section
