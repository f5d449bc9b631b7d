"""Clocks of machines: other zones, clocks that go back, days that are rare."""

import json

import pytest

ZONES = (
    "UTC",
    "Asia/Shanghai",
    "America/Los_Angeles",
    "Pacific/Kiritimati",
    "Asia/Kathmandu",
    "Nowhere/Nowhere",
)


def due(sw, name: str) -> tuple[str, bool]:
    """(day it is due, whether that is provisional) as scripts read it."""
    value = json.loads(sw("wangfang", "show", name, "--format", "json").out)
    return value["due"][:10], value["provisional"]


def test_every_zone_of_the_machine_gives_the_same_deadlines(ledger, sw, inquiry, process):
    """At one in the morning in Beijing it is yesterday in UTC: neither report nor intake may care."""
    inquiry(received="2026-11-20 16:00")
    inquiry(channel="网上")
    now = {"SHOUWEN_NOW": "2026-11-30T17:00:00+00:00"}  # 01:00 on 1 December in Beijing
    said, days = set(), set()
    for zone in ZONES:
        report = process("-L", ledger, "overdue", "--soon", "3", "--format", "json", env={"TZ": zone, **now})
        assert report.returncode == 0, report.stderr
        said.add(report.stdout)
    assert len(said) == 1 and len({item["id"] for item in json.loads(said.pop())["items"]}) == 2
    words = ("intake", "--channel", "来电", "--category", "咨询", "--scope", "本人", "--subject")
    for zone in ZONES:
        taken = process("-L", ledger, "--as", "wangfang", *words, zone, env={"TZ": zone, **now})
        days.add((taken.stdout[:8], taken.stderr))
    assert len(days) == 1 and days.pop()[0] == "20261201"


@pytest.mark.parametrize(
    "now, day, provisional",
    [
        ("2028-02-28T16:00", "2028-03-01", True),  # the 29th is a Tuesday and counts
        ("2028-02-29T09:00", "2028-03-02", True),
        ("2026-02-27T16:00", "2026-03-02", False),  # Friday; the 28th is a make-up Saturday
        ("2026-12-31T09:00", "2027-01-05", True),  # into a year not yet published, 1 January off
        ("2026-12-30T09:00", "2027-01-04", True),
        ("2199-12-27T09:00", "2199-12-31", True),
    ],
)
def test_rare_days(now, day, provisional, ledger, sw, inquiry, run):
    """29 February, New Year across a year not published, the last year there is."""
    settings = ledger / "ledger.yaml"
    with settings.open("a", encoding="utf-8") as file:
        file.write("overrides:\n  limits:\n    办结:\n      - {workdays: 2, article: 本局规定}\n")
    run("-L", ledger, "--as", "wangfang", "list", now=now)
    assert due(sw, inquiry(scope="本人")) == (day, provisional)


def test_a_limit_beyond_the_last_year_is_said_not_thrown(ledger, sw, inquiry, run):
    """At the end of 2199 a limit leads nowhere: the command ends in words, whatever it can say."""
    result = run("-L", ledger, "--as", "wangfang", "intake", "--channel", "来电", "--category", "咨询", "--subject", "x",
                 "--scope", "本人", code=None, now="2199-12-31T17:00")  # fmt: skip
    assert result.code in (0, 2, 3) and "Traceback" not in result.err


def test_a_clock_that_goes_back(ledger, sw, inquiry, run):
    """The machine's clock is put back a day: an act before intake is refused, the record stays sound."""
    name = inquiry()
    sw("wangfang", "note", name, "--text", "先", now="2026-11-23T10:00")
    refused = sw("wangfang", "note", name, "--text", "昨", now="2026-11-22T10:00", code=3)
    assert "早于受理时间" in refused.err
    sw("wangfang", "note", name, "--text", "后", now="2026-11-23T09:30")  # back, yet after intake
    value = json.loads(sw("wangfang", "show", name, "--format", "json").out)
    assert [e["text"] for e in sorted(value["events"], key=lambda e: e["at"])] == ["后", "先"]
    told = sw("", "check", now="2026-11-23T09:30", code=1)
    assert "future" in told.out or "晚于现在" in told.out
    assert sw("", "check", now="2026-11-23T10:00").out == ""


def test_a_back_dated_act_counts_from_its_own_time(sw, inquiry):
    """Written down late: the handoff of last week stands before the answer of yesterday."""
    name = inquiry(received="2026-11-16 09:00")
    sw("wangfang", "close", name, "--outcome", "已答复", "--result", "已告知", "--at", "2026-11-20 10:00")
    sw("wangfang", "note", name, "--text", "补记", "--at", "2026-11-17 10:00")
    value = json.loads(sw("wangfang", "show", name, "--format", "json").out)
    assert value["phase"] == "办结" and value["findings"] == []
    assert sw("", "check").out == ""


def test_times_of_other_offsets_are_the_same_moment(ledger, sw, inquiry):
    """A record from a machine that writes UTC or +09:00 means the same, and is shown in the ledger's zone."""
    name = inquiry()
    path = next((ledger / "inquiries").rglob("*.yaml"))
    shown = sw("wangfang", "show", name).out
    before = due(sw, name)
    for other in ("2026-11-23T01:15:00+00:00", "2026-11-23T10:15:00+09:00", "2026-11-22T20:15:00-05:00"):
        text = path.read_text("utf-8")
        path.write_text(text.replace(text.split("received: ")[1].split("\n")[0], f'"{other}"'), "utf-8")
        assert (due(sw, name), sw("wangfang", "show", name).out) == (before, shown)
        assert sw("", "check").out == ""
