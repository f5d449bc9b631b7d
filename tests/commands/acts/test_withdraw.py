"""``withdraw``: the day on which a slip may be taken back is the ledger's, whatever offset a time was given with."""

import json

import pytest

INTAKE = (
    "--channel",
    "来访",
    "--category",
    "咨询",
    "--scope",
    "其他部门",
    "--subject",
    "许可材料",
    "--name",
    "李某",
)


@pytest.fixture
def slip(sw):
    """Return a function that records a stop at the time as given, and tells the inquiry's id."""

    def made(at: str) -> str:
        name = sw("wangfang", "intake", *INTAKE, "--phone", "13912340000", now="2026-11-02T09:00").id
        sw("wangfang", "suspend", name, "--reason", "特别程序", "--at", at, now="2026-11-04T23:00")
        return name

    return made


@pytest.mark.parametrize(
    "at", ["2026-11-03T15:30Z", "2026-11-03T23:30", "2026-11-03T10:30-05:00", "2026-11-04T00:30+09:00"]
)
@pytest.mark.parametrize("now, code", [("2026-11-03T23:50", 0), ("2026-11-04T00:10", 3)])
def test_the_day_is_the_ledgers(sw, slip, at, now, code):
    """Half past eleven at night is that day's, also when it was said in another zone's hours."""
    name = slip(at)
    sw("wangfang", "withdraw", name, "--reason", "记错", "--at", now, now="2026-11-04T23:10", code=code)
    told = json.loads(sw("wangfang", "show", name, "--format", "json", now="2026-11-04T23:20").out)
    assert told["events"][0]["at"] == "2026-11-03T23:30:00+08:00"
    assert told["phase"] == ("中止" if code else "在办")


@pytest.mark.parametrize(
    "at", ["2026-11-03T15:30:00Z", "2026-11-03T10:30:00-05:00", "2026-11-04T00:30:00+09:00"]
)
def test_also_of_a_slip_brought_in_from_elsewhere(sw, slip, ledger, at):
    """A line written by hand keeps its offset; the day on which it may be taken back is the ledger's all the same."""
    name = slip("2026-11-03T23:30")
    path = next(ledger.rglob(f"*{name}.yaml"))
    path.write_text(path.read_text("utf-8").replace("2026-11-03T23:30:00+08:00", at), "utf-8")
    late = sw("wangfang", "withdraw", name, "--reason", "记错", now="2026-11-04T00:10", code=3)
    assert "当日以后撤回须经领导批准" in late.err
    sw("wangfang", "withdraw", name, "--reason", "记错", "--at", "2026-11-03T23:50", now="2026-11-04T00:10")
    told = json.loads(sw("wangfang", "show", name, "--format", "json", now="2026-11-04T00:20").out)
    assert told["phase"] == "在办"
