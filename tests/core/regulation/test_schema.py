"""Which rule of several fits an inquiry."""

import pytest
from msgspec import convert, structs

from shouwen.core.regulation.schema import Duty, Limit, fits, limit_for
from tests.support.records import BUMEN, inquiry


@pytest.mark.parametrize("key", ["scope", "category", "channel", "urgency", "matter"])
def test_each_condition_of_a_rule(key: str) -> None:
    """A condition keeps the rule to its words; without it the rule is for everybody."""
    asked = inquiry(scope="本部门", category="投诉", channel="来访", urgency="紧急", matter="施工许可证")
    own, other = getattr(asked, key), "别的"
    assert fits(Limit(article="二", **{key: (other, own)}), asked)
    assert not fits(Limit(article="二", **{key: (other,)}), asked)
    assert fits(Limit(article="二"), asked)
    if key != "matter":  # duties know all but the matter
        assert fits(Duty(article="二", **{key: (own,)}), asked)
        assert not fits(Duty(article="二", **{key: (other,)}), asked)


def test_the_first_limit_that_fits() -> None:
    """In the order of the regulation; one for a department only in the hands of that department."""
    limits = convert([{"article": "二", "workdays": 1, "department": ["规划科"]}, {"article": "三", "workdays": 2, "scope": ["本人"]},
                      {"article": "四", "workdays": 3}], tuple[Limit, ...])  # fmt: skip
    rules = structs.replace(BUMEN, limits={"环节": limits})
    found = [limit_for(rules, "环节", inquiry(scope=scope), holder).workdays
             for scope, holder in (("其他部门", ["规划科"]), ("本人", ["审批科"]), ("其他部门", ["审批科"]), ("其他部门", []))]  # fmt: skip
    assert found == [1, 2, 3, 3]
    assert limit_for(rules, "办结", inquiry(), ["规划科"]) is None
