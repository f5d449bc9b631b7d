"""`calendar change`: a day declared off or working after the arrangement, and the verdicts before it."""

import json

import pytest

THREE = "2026-11-23T09:00"


@pytest.fixture
def late(sw, monkeypatch):
    """An inquiry that ran out on Thursday the 26th at 17:30."""
    monkeypatch.setenv("SHOUWEN_NOW", "2026-11-23T09:15")
    return sw("wangfang", "intake", "--channel", "来电", "--category", "咨询", "--subject", "材料", "--name", "张某",
              "--phone", "0631-5550123", "--scope", "其他部门").out.split()[0]  # fmt: skip


def clock_of(sw, name):
    """The clock of the work as JSON shows it."""
    shown = json.loads(sw("wangfang", "show", name, "--format", "json").out)
    return next(c for c in shown["clocks"] if c["name"] == "办结")


def ids(sw, *words):
    """Which inquiries the report of what is late has."""
    return {i["id"] for i in json.loads(sw("wangfang", "overdue", "--format", "json", *words).out)["items"]}


def test_a_day_declared_in_time_moves_the_limit_and_later_only_stands_beside(sw, late, monkeypatch):
    """The 25th off: told on the 24th the limit is the 27th; told on the 30th the 26th stands."""
    before = clock_of(sw, late)["due"]
    monkeypatch.setenv("SHOUWEN_NOW", "2026-11-27T10:00")
    report = sw("wangfang", "overdue", "--format", "json").out
    assert late in ids(sw)
    monkeypatch.setenv("SHOUWEN_NOW", "2026-11-30T09:00")
    done = sw("wangfang", "calendar", "change", "2026-11-25", "--off", "--source", "停电通知")
    assert done.out == "calendar/2026-1130-0900.yaml\n"
    clock = clock_of(sw, late)
    assert (clock["due"], clock["level"], clock["recounted"]["due"][:10]) == (before, "红牌", "2026-11-27")
    assert late in ids(sw)
    assert "才公布的日历：至 2026-11-27 17:30" in sw("wangfang", "show", late).out
    then = json.loads(sw("wangfang", "overdue", "--format", "json", "--as-of", "2026-11-27T10:00").out)[
        "items"
    ]
    assert then == json.loads(report)["items"]


def test_what_was_announced_before_the_expiry_may_be_entered_later(sw, late, monkeypatch):
    """Announced on the 24th and typed in on the 30th: the limit is the 27th, as it was for everybody."""
    monkeypatch.setenv("SHOUWEN_NOW", "2026-11-30T09:00")
    sw(
        "wangfang",
        "calendar",
        "change",
        "2026-11-25",
        "--off",
        "--source",
        "停电通知",
        "--since",
        "2026-11-24 16:00",
    )
    clock = clock_of(sw, late)
    assert (clock["due"][:16], clock["recounted"]) == ("2026-11-27T17:30", None)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("2026-11-25", "--source", "x"), 2),
        (("2026-11-25", "--off", "--work", "--source", "x"), 2),
        (("2026-11-25", "--off"), 2),
        (("2026-11-25", "2027-01-04", "--off", "--source", "x"), 2),
        (("2026-11-25", "--off", "--source", "x", "--since", "2026-12-01 09:00"), 2),
        (("2026-11-25", "--work", "--source", "x"), 3),
        (("2026-11-28", "--off", "--source", "x"), 3),
    ],
)
def test_what_cannot_be_a_change_is_refused(sw, ledger, words, code):
    """Neither word or both, no source, two years, a time to come, a day that is so already: nothing is written."""
    assert sw("wangfang", "calendar", "change", *words, code=code).err
    assert not (ledger / "calendar").exists()


def test_new_hours_leave_the_days_before_as_they_were(sw, ledger, late, monkeypatch):
    """The office closes at 17:00 from December on: what was due on a day of November is due at 17:30."""
    path = ledger / "ledger.yaml"
    text = path.read_text("utf-8").replace('hours:\n  工作日: ["08:30-12:00", "14:00-17:30"]\n', "")
    assert "hours:" not in text
    new = 'hours:\n  - {hours: {工作日: ["08:30-12:00", "14:00-17:30"]}}\n  - {from: 2026-12-01, hours: {工作日: ["09:00-12:00", "13:30-17:00"]}}\n'
    path.write_text(text + new, "utf-8")
    monkeypatch.setenv("SHOUWEN_NOW", "2026-12-02T09:00")
    assert clock_of(sw, late)["due"][:16] == "2026-11-26T17:30"
    after = sw(
        "wangfang",
        "intake",
        "--channel",
        "来电",
        "--category",
        "咨询",
        "--subject",
        "别的",
        "--name",
        "李某",
        "--phone",
        "0631-5550124",
        "--scope",
        "其他部门",
    ).out.split()[0]
    assert clock_of(sw, after)["due"][11:16] == "17:00"
    path.write_text(text + new.replace("  - {hours", "  - {from: 2020-01-01, hours"), "utf-8")
    assert "第一项不写 from" in sw("wangfang", "overdue", code=5).err


def test_a_year_s_days_off_and_days_made_up_are_named(sw):
    """2026: 19 weekdays off, 6 days of weekends worked; 261 weekdays − 19 + 6 = 248 working days."""
    (row,) = json.loads(sw("wangfang", "calendar", "show", "2026", "--format", "json").out)["items"]
    assert row["work"] == ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]
    assert len(row["off"]) == 19 and {"2026-01-01", "2026-02-23", "2026-10-07"} <= set(row["off"])
    assert not {"2026-10-03", "2026-10-08"} & set(row["off"])  # a Saturday is off anyway, the 8th is worked
    assert row["workdays"] == 248


def test_without_a_year_the_last_the_present_and_the_next_and_those_of_the_ledger(sw, ledger):
    """Numbers instead of days; a year that the office entered itself stands among them."""
    (ledger / "calendar").mkdir()
    (ledger / "calendar/2031.yaml").write_text(
        "year: 2031\noff: [2031-01-01]\nwork: []\nsource: 通知\n", "utf-8"
    )
    rows = json.loads(sw("wangfang", "calendar", "show", "--format", "json").out)["items"]
    assert [row["year"] for row in rows] == [2025, 2026, 2027, 2031]
    assert [row["off"] for row in rows[:2]] == [18, 19]
