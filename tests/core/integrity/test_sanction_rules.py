"""Rules of accountability that contradict themselves or can never apply; each kind, and its lawful neighbour."""

import pytest

from shouwen.core.accountability.objections import known_measures
from shouwen.core.integrity.sanction_rules import check_sanctions
from tests.support.records import policy

VIOLATIONS = {
    "推诿": {"article": "四", "text": "推", "measures": ["批评"]},
    "误事": {"article": "四", "text": "误", "tiers": {"轻": {"measures": ["提醒"]}, "重": {"one_of": ["警告", "记过"]}}},
    "拒绝": {"article": "四", "text": "拒", "measures": ["批评"], "optional": ["扣奖"], "unit": {"measures": ["通报"]},
             "joint": {"article": "四", "measures": ["约谈"]}, "special": [{"article": "四", "rank": 5, "measures": ["公示"]}]},
}  # fmt: skip
YEAR = {"article": "四", "window": "calendar-year"}


def faults(**rules) -> list[str]:
    """What is wrong with a regulation of three violations, nothing else said in it but some rules."""
    empty = {"thresholds": [], "authorities": [], "filing": None, "publication": None, "remedies": []}
    return [text for _, text, _ in check_sanctions(policy("base", violations=VIOLATIONS, **(empty | rules)))]


def test_every_way_to_a_measure_is_known() -> None:
    """Of gravity, at will, of the department, of the leader, of a rank: whatever may be given can be counted."""
    found = known_measures(policy("base", violations=VIOLATIONS))
    assert found >= {"批评", "提醒", "警告", "记过", "扣奖", "通报", "约谈", "公示"}


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ({"terms": [{"article": "四", "measures": ["警告"], "at_least": 3, "at_most": 3}]}, ""),
        ({"terms": [{"article": "四", "measures": ["警告"], "at_least": 4, "at_most": 3}]}, "期限4至3个月不成立"),
        ({"terms": [{"article": "四", "measures": ["警告"], "at_least": 0, "at_most": 3}]}, "期限0至3个月不成立"),
        ({"remedies": [{"article": "四", "measures": ["提醒"], "days": 3}]}, ""),
        ({"remedies": [{"article": "四", "measures": ["整顿"], "days": 3}]}, "措施“整顿”没有任何违规行为会给"),
        ({"sums": {"扣奖": {"article": "四", "at_most": 500}}}, ""),
        ({"sums": {"扣工资": {"article": "四", "at_most": 500}}}, "措施“扣工资”没有任何违规行为会给"),
        ({"conversions": [{"article": "四", "measure": "提醒", "times": 3, "becomes": "批评"}]}, ""),
        ({"conversions": [{"article": "四", "measure": "提醒", "times": 3, "becomes": "提醒"}]}, "不能折成自己"),
        ({"thresholds": [YEAR | {"rate": "on-time", "below": 92, "effect": "bar-award"}]}, ""),
        ({"thresholds": [YEAR | {"rate": "on-time", "below": 101, "effect": "bar-award"}]}, "永远达不到或总是达到"),
        ({"thresholds": [YEAR | {"measure": "警告", "at_least": 0, "effect": "action"}]}, "次数须大于零"),
        ({"thresholds": [YEAR | {"measure": "警告", "points": 3, "at_least": 1, "effect": "action"}]}, "只写一种"),
        ({"thresholds": [YEAR | {"measures": ["通报"], "at_least": 2, "effect": "bar-collective",
                                 "concerns": "department"}]}, ""),
        ({"thresholds": [YEAR | {"measures": ["通报"], "at_least": 2, "effect": "grade",
                                 "concerns": "department"}]}, "部门没有等次"),
    ],
)  # fmt: skip
def test_what_cannot_work_is_told(rules: dict, said: str) -> None:
    """Each rule that cannot apply is named; the same rule with lawful values is not."""
    found = faults(**rules)
    assert any(said in text for text in found) if said else found == []
