"""Reports of several ledgers in different zones: each judged by its own clock, dated by the first."""

import json
from itertools import pairwise

import pytest

from tests.support.roster import MATTERS, STAFF

NOON = "2026-11-23T12:00+08:00"
ZONES = {
    "Asia/Shanghai": "2026-11-23 12:00",
    "Asia/Urumqi": "2026-11-23 10:00",
    "Asia/Kathmandu": "2026-11-23 09:45",
}


@pytest.fixture
def offices(tmp_path, run):
    """A ledger in each zone, with one inquiry of three weeks ago."""
    made = {}
    for n, zone in enumerate(ZONES):
        root = tmp_path / f"office{n}"
        run("init", root, "--policy", "bumen", "--name", f"第{n}局")
        (root / "staff.yaml").write_text(STAFF, "utf-8")
        (root / "matters.yaml").write_text(MATTERS, "utf-8")
        settings = root / "ledger.yaml"
        settings.write_text(settings.read_text("utf-8").replace("Asia/Shanghai", zone), "utf-8")
        run("-L", root, "--as", "wangfang", "intake", "--channel", "来电", "--category", "咨询", "--subject", "问",
            "--scope", "其他部门", "--name", "张某", "--received", "2026-11-02 09:00", now=NOON)  # fmt: skip
        made[zone] = root
    return made


@pytest.mark.parametrize("order", [*pairwise(ZONES), *(pair[::-1] for pair in pairwise(ZONES)), tuple(ZONES)])
def test_dated_by_the_first(offices, run, order):
    """Whichever ledger comes last, every report says the time of the one named first."""
    ledgers = [word for zone in order for word in ("-L", offices[zone])]
    moment = ZONES[order[0]]
    assert f"截至 {moment}" in run(*ledgers, "overdue", now=NOON).out
    for command in (("overdue",), ("bulletin", "--year", "2026"), ("evaluate", "2026")):
        told = json.loads(run(*ledgers, *command, "--format", "json", now=NOON).out)["as_of"]
        assert told[:16].replace("T", " ") == moment, command


def test_each_page_by_its_own_clock(offices, run):
    """An office's page of the year is its own: it bears the office's time."""
    ledgers = [word for root in offices.values() for word in ("-L", root)]
    out = run(*ledgers, "evaluate", "2026", now=NOON).out
    assert [out.count(moment) for moment in ZONES.values()] == [1, 1, 1]
