"""``--format ics``: what is due goes into a calendar, masked, one event an inquiry, the same in both commands."""

import json

import icalendar
import pytest


def events(text: str) -> dict[str, icalendar.Event]:
    """UID → event."""
    found = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert len({str(e["UID"]) for e in found}) == len(found)
    return {str(e["UID"]): e for e in found}


@pytest.fixture
def some(sw, inquiry):
    """A late, an open, a handed on, a paused, a closed and a secret inquiry, by a word for each."""
    late = inquiry(received="2026-11-16 09:00", name="李四", subject="李四的施工许可，回电 13812341234")
    plain, moved, paused, done = inquiry(), inquiry(), inquiry(), inquiry()
    sw("wangfang", "handoff", moved, "--to", "规划科", "--mode", "引领")
    sw(
        "wangfang",
        "notify",
        paused,
        "--material",
        "图纸",
        "--procedure",
        "审核",
        "--limit",
        "5日",
        "--fee",
        "无",
    )
    sw("wangfang", "close", done, "--outcome", "已答复", "--result", "已告知")
    secret = inquiry(category="举报", subject="收礼", name="告状人", received="2026-11-16 09:00")
    return {"late": late, "plain": plain, "moved": moved, "paused": paused, "done": done, "secret": secret}


def test_what_is_open_and_due_is_exported(some, sw):
    """Closed ones wait for nothing, secret ones are only counted; people and numbers are masked."""
    found = sw("wangfang", "export", "--format", "ics")
    uids = {f"{some[word]}@shouwen" for word in ("late", "plain", "moved")}
    assert uids <= set(events(found.out)) <= uids | {f"{some['paused']}@shouwen"}
    assert "收礼" not in found.out and "13812341234" not in found.out and "李四" not in found.out
    assert "保密件（举报等）1 件，不导出" in found.err


def test_both_commands_say_the_same_of_an_inquiry(some, sw):
    """A calendar that takes both has one event, at the same moment: the first limit that ran or runs out."""
    rows = json.loads(sw("wangfang", "overdue", "--soon", "30", "--format", "json").out)["items"]
    first = {}
    for row in sorted(rows, key=lambda r: r["due"]):
        first.setdefault(f"{row['id']}@shouwen", row)
    exported = events(sw("wangfang", "export", "--format", "ics").out)
    reported = events(sw("wangfang", "overdue", "--soon", "30", "--format", "ics").out)
    assert set(exported) == set(reported) == set(first)
    for uid, row in first.items():
        assert exported[uid].decoded("DTSTART") == reported[uid].decoded("DTSTART")
        assert reported[uid].decoded("DTSTART").isoformat().startswith("2026-11")
        assert str(exported[uid]["SUMMARY"]) == str(reported[uid]["SUMMARY"])
        assert ("超期：" in str(exported[uid]["SUMMARY"])) == (row["level"] == "红牌")
    late = reported[f"{some['late']}@shouwen"]
    assert "李四" not in str(late) and "办结：至 2026-11-19 17:30，超期2个工作日" in str(late["DESCRIPTION"])


def test_overdue_alone_holds_only_what_is_late(some, sw):
    """What is secret or cannot be read is said beside it, with the exit code of the report."""
    found = sw("wangfang", "overdue", "--format", "ics")
    assert set(events(found.out)) == {f"{some['late']}@shouwen"}
    assert "涉密件（举报等）超期" in found.err
    assert sw("wangfang", "overdue", "--format", "ics", "--exit-code", code=1).out == found.out


def test_an_ending_names_the_format_and_two_ledgers_their_offices(some, sw, run, ledger, tmp_path):
    """-o daoqi.ics is enough; with several ledgers each event says whose it is."""
    path = tmp_path / "daoqi.ics"
    sw("wangfang", "export", "--output", path)
    with path.open(newline="") as file:
        assert events(file.read())
    other = tmp_path / "other"
    run("init", other, "--policy", "bumen", "--name", "另局")
    both = run("-L", ledger, "-L", other, "export", "--format", "ics").out
    assert all("某局" in str(e["DESCRIPTION"]) for e in events(both).values())
    empty = run("-L", other, "overdue", "--format", "ics")
    assert events(empty.out) == {}
    assert run("-L", other, "overdue", "--format", "ics", "--quiet-if-empty").out == ""


FESTIVALS = {"元旦": "01-01", "春节": "02-06", "清明节": "04-05", "劳动节": "05-01", "端午节": "06-09", "中秋节": "09-15", "国庆节": "10-01"}  # fmt: skip


def imported(sw, folder, days):
    """What `calendar import` says of a file of these days, and what `calendar add` then says of the year."""
    listed = [{"name": name, "date": f"2027-{day}", "isOffDay": off} for name, day, off in days]
    (folder / "2027.json").write_text(json.dumps({"year": 2027, "papers": [], "days": listed}), "utf-8")
    said = sw("wangfang", "calendar", "import", folder / "2027.json")
    return said.err, sw("wangfang", "calendar", "add", "2027-03-01", "3").err


@pytest.mark.parametrize(
    "without",
    [(), ("春节",), ("元旦", "国庆节"), ("清明节", "端午节", "中秋节"), tuple(FESTIVALS)[1:], ("劳动节",)],
)
def test_a_year_is_whole_only_with_all_its_festivals(without, sw, tmp_path):
    """A file of one day is not the year's arrangement: what is counted in it stays provisional, and that is said."""
    days = [(name, day, True) for name, day in FESTIVALS.items() if name not in without]
    said, counted = imported(sw, tmp_path, [*days, ("春节", "02-20", False)])
    assert ("仍标“暂定”" in said) == ("暂定" in counted) == bool(without)
    for name in FESTIVALS:
        assert (name[:2] in said) == (name in without)


@pytest.mark.parametrize("both", ["国庆节、中秋节", "中秋、国庆"])
def test_two_festivals_under_one_name(both, sw, tmp_path):
    """As the notices write it in years in which they meet."""
    days = [(name, day, True) for name, day in FESTIVALS.items() if name not in ("中秋节", "国庆节")]
    assert imported(sw, tmp_path, [*days, (both, "10-01", True)]) == ("", "")


def test_a_make_up_day_named_after_a_festival_is_none(sw, tmp_path):
    """Working for it is not having it off."""
    days = [(name, day, name != "春节") for name, day in FESTIVALS.items()]
    assert "没有春节，" in imported(sw, tmp_path, days)[0]
