"""A proposed mapping as a file: what is to be filled in is marked, and nothing else is in the way."""

import itertools
from datetime import datetime

import pytest

from shouwen.core.transfer.guess import guess
from shouwen.core.transfer.mapping import Grid
from shouwen.render.mapping import starter
from tests.support.clock import ZONE
from tests.support.records import BUMEN
from tests.support.roster import OFFICE

NOW = datetime(2026, 11, 23, 9, 15, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("titles", "asked"),
    [
        (["受理时间", "事由", "渠道", "类别"], {"scope"}),
        (["受理时间", "事由", "渠道", "类别", "职责范围"], set()),
        (["受理时间", "事由", "渠道", "类别", "事项"], set()),
        (["受理时间", "事由", "办结时间"], {"channel", "category", "scope", "outcome"}),
        (["受理时间", "事由", "渠道", "类别", "承办单位", "办结时间", "办理结果"], {"scope", "mode"}),
        (["受理时间", "事由", "渠道", "类别", "承办人", "转办方式"], {"scope"}),
    ],
)
def test_what_every_row_will_lack_is_asked_for(titles, asked):
    """A newcomer fills in what is marked ？ and is done: nothing that all rows need is found out afterwards."""
    grid = Grid("t.csv", "", [titles, ["x"] * len(titles)], [])
    lines = starter(guess(grid, BUMEN, NOW, OFFICE), grid, "08:30", "17:30").splitlines()
    start = next(n for n, line in enumerate(lines) if line.lstrip("# ").startswith("defaults:"))
    block = itertools.takewhile(lambda line: line.startswith("  "), lines[start + 1 :])
    assert {line.split(":")[0].strip() for line in block if "？" in line} == asked
    assert lines[start].startswith("#") == (not asked)
