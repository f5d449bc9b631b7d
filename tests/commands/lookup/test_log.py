"""log: who did what, newest first; stats: a person's own week."""

import json

import pytest


@pytest.fixture
def day(sw, inquiry):
    """Three matters of a day and the day before: (consultation, handed on, reported wrong)."""
    first = inquiry(received="2026-11-20 09:00", subject="问材料", scope="本人")
    second = inquiry(subject="张某的许可证")
    secret = inquiry(category="举报", subject="某人收钱")
    sw(
        "wangfang",
        "handoff",
        second,
        "--to",
        "规划科/lijie",
        "--mode",
        "引领",
        "--reason",
        "属规划科职责",
        now="2026-11-23T09:20",
    )
    sw("lijie", "accept", second, now="2026-11-23T09:40")
    sw("wangfang", "close", first, "--outcome", "已答复", "--result", "已说明", now="2026-11-23T10:00")
    return first, second, secret


def acts(sw, *words: str, now: str = "2026-11-23T10:00") -> list[tuple[str, str, str]]:
    """(time, who, act) of the list."""
    items = json.loads(sw("wangfang", "log", "-f", "json", *words, now=now).out)["items"]
    return [(i["at"][5:16], i["staff"], i["do"]) for i in items]


EVERY = [
    ("11-23T10:00", "wangfang", "办结"), ("11-23T09:40", "lijie", "签收"), ("11-23T09:20", "wangfang", "转办"),
    ("11-23T09:15", "wangfang", "受理"), ("11-20T09:00", "wangfang", "受理"),
]  # fmt: skip


@pytest.mark.parametrize(
    "words, kept",
    [
        ((), range(5)), (("--staff", "李洁"), [1]), (("--mine",), [0, 2, 3, 4]), (("--department", "规划科"), [1]),
        (("--do", "受理"), [3, 4]), (("--from", "今天"), [0, 1, 2, 3]), (("--to", "上周五"), [4]), (("-n", "2"), [0, 1]),
        (("--from", "周五", "--to", "11-22"), [4]), (("--do", "回访"), []),
    ],
)  # fmt: skip
def test_the_acts_that_are_wanted(words, kept, sw, day):
    """The newest first; by person, department, act, day, number."""
    assert acts(sw, *words) == [EVERY[n] for n in kept]


def test_what_is_kept_apart_is_only_counted(sw, day):
    """Neither id nor subject of a 举报; names masked in subjects; what is left out is said."""
    told = sw("wangfang", "log", "-n", "1", now="2026-11-23T10:00")
    assert day[2] not in told.out and "另有保密件（举报等）上的 1 项" in told.err
    assert "还有更早的 4 项，用 -n 0 全部列出" in told.err
    assert "张某的" not in sw("wangfang", "log", now="2026-11-23T10:00").out
    envelope = json.loads(sw("wangfang", "log", "-f", "json").out)
    assert (envelope["schema"], envelope["confidential"]) == ("shouwen.log/1", 1)


def test_each_line_stands_where_it_says(sw, day, ledger):
    """path and line lead to the act in the file."""
    for item in json.loads(sw("wangfang", "log", "-f", "json").out)["items"]:
        line = (ledger / item["path"]).read_text("utf-8").splitlines()[item["line"] - 1]
        assert f'"do": "{item["do"]}"' in line or item["do"] == "受理" and item["line"] == 1


def test_an_unreadable_record_is_told(sw, day, ledger):
    """The others are listed, exit code 5."""
    next(ledger.glob(f"inquiries/*/*/{day[0]}.yaml")).write_text("id: [\n", "utf-8")
    told = sw("wangfang", "log", code=5)
    assert day[1] in told.out and "读不出" in told.err


def test_my_week(sw, day):
    """From Monday to today, counted as the bulletin counts (a 举报 apart); beside it as many days before."""
    found = json.loads(sw("wangfang", "stats", "-f", "json", now="2026-11-23T12:00").out)
    rows = {row["key"]: (row["current"], row["previous"]) for row in found["items"]}
    assert (found["schema"], found["staff"], found["from"], found["to"]) == (
        "shouwen.stats/1",
        "wangfang",
        "2026-11-23",
        "2026-11-23",
    )
    assert rows["received"] == ("1", "0") and rows["closed"] == ("1", "0")
    text = sw("wangfang", "stats", now="2026-11-23T12:00").out
    assert text.startswith("王芳  2026-11-23 至 2026-11-23（上期 2026-11-22 至 2026-11-22）")


def test_somebody_without_anything(sw, day):
    """Nothing to count is said, not an empty table."""
    assert "没有可计的。" in sw("heping", "stats").out
    assert "颠倒" in sw("heping", "stats", "--from", "11-23", "--to", "11-20", code=2).err
