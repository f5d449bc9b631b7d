"""Where a matter goes, as a row for each place: by the office's table, or by the regulation's."""

from datetime import date

import pytest
from msgspec.structs import replace

from shouwen.core.errors import NotFound, Usage
from shouwen.core.office.chart import Department
from shouwen.core.office.roster import Matter
from shouwen.services.routes import by_category, by_matter
from shouwen.store.settings import load_policy
from tests.support.roster import OFFICE

DAY = date(2026, 11, 23)


def test_a_matter_s_row_has_what_the_department_says_where_the_matter_says_nothing():
    """Place and phone of the department, the name of whoever is in charge, the limit in words."""
    (row,) = by_matter(OFFICE, "施工许可证", DAY)[:1]
    assert (row["matter"], row["department"], row["contact"]) == ("施工许可证", "规划科", "李洁")
    assert (row["place"], row["phone"], row["limit"]) == ("二楼201", "0631-5550102", "5个工作日")


def test_without_a_word_all_matters_and_with_one_those_it_speaks_of():
    """The longest hit first; nothing of others."""
    assert [row["matter"] for row in by_matter(OFFICE, "", DAY)] == ["施工许可证", "许可证延期"]
    assert [row["matter"] for row in by_matter(OFFICE, "施工许可", DAY)] == ["施工许可证", "许可证延期"]
    assert [row["matter"] for row in by_matter(OFFICE, "延期", DAY)] == ["许可证延期"]


@pytest.mark.parametrize("limit", [None, 3])
def test_a_matter_without_a_limit_has_none(limit):
    """Nothing is promised that the table does not say."""
    matters = {"甲事": Matter(department="审批科", workdays=limit)}
    assert by_matter(replace(OFFICE, matters=matters), "甲", DAY)[0]["limit"] == (
        f"{limit}个工作日" if limit else ""
    )


@pytest.mark.parametrize("asked", ["", "办公室"])
def test_what_the_table_does_not_have_is_said_with_what_is_near(asked):
    """And, where the office says so, who is asked then."""
    office = replace(OFFICE, config=replace(OFFICE.config, office=asked))
    with pytest.raises(NotFound, match="没有“延许证期”") as caught:
        by_matter(office, "延许证期", DAY)
    assert "许可证延期" in str(caught.value)
    assert str(caught.value).endswith("不明确的请联系办公室") == bool(asked)


COURT = load_policy("fayuan")


@pytest.mark.parametrize(
    ("category", "closed", "went"),
    [
        ("执行", None, [("执行局", "第三(四)项")]),
        ("申诉", date(2026, 5, 23), [("审判庭", "第三(二)项")]),
        ("申诉", date(2026, 5, 22), [("立案庭", "第三(一)项")]),
        ("申诉", None, [("审判庭", "第三(二)项"), ("立案庭", "第三(一)项")]),
    ],
)
def test_a_category_goes_where_the_regulation_sends_it(category, closed, went):
    """Six months after the case closed, the last day included, and both ways where that day is not known."""
    names = {route.department for route in COURT.routing}
    office = replace(OFFICE, departments={name: Department(leader="zhaojun", place="一楼") for name in names})
    rows = by_category(COURT, office, category, closed, DAY)
    assert [row["department"] for row in rows] == [name for name, _ in went]
    assert all(row["contact"] == "赵军" and row["place"] == "一楼" for row in rows)
    assert [row["article"] for row in rows] == [article for _, article in went]


def test_a_category_without_a_rule_and_one_that_is_none():
    """The first is not found, with another way; the second is no category at all."""
    policy = load_policy("bumen")
    with pytest.raises(NotFound, match="没有规定"):
        by_category(policy, OFFICE, "咨询", None, DAY)
    with pytest.raises(Usage):
        by_category(policy, OFFICE, "不是类别", None, DAY)
