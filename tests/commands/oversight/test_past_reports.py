"""``overdue --as-of``: the report of an earlier day is, word for word, the one that was made on it."""

import json

import pytest

REPORT = ("overdue", "--soon", "9", "--format", "json", "--as-of")


@pytest.fixture
def days(sw):
    """Three weeks of one office: what was done each day, and the report made at its end."""
    reports: dict[str, dict] = {}
    names: dict[str, str] = {}

    def end(day: str) -> None:
        moment = f"{day}T18:30"
        reports[moment] = said(sw, moment)

    def act(day: str, who: str, words: str) -> None:
        sw(who, *words.format(**names).split(), now=f"2026-11-{day}")

    for n, (key, scope) in enumerate({"A": "其他部门", "B": "本人", "C": "本人", "D": "本人"}.items()):
        words = ("--channel", "来访", "--category", "咨询", "--scope", scope, "--subject", f"第{key}件事")
        who = ("--name", f"李{key}", "--phone", f"1391234000{n}")
        names[key] = sw("wangfang", "intake", *words, *who, now=f"2026-11-02T09:0{n}").id
    end("2026-11-02")
    act("03T10:00", "wangfang", "handoff {A} --to 规划科/lijie --mode 电话联系 --reason 属规划科")
    act("03T11:00", "wangfang", "close {B} --outcome 已答复 --result 已答 --told 2026-11-03T11:00")
    end("2026-11-04")
    act("05T10:00", "lijie", "accept {A}")
    act("05T10:10", "wangfang", "escalate {C} --to zhaojun --text 怎么办")
    end("2026-11-05")
    act("06T15:00", "heping", "calendar change 2026-11-09 --off --source 市府通告")
    act("06T15:10", "wangfang", "join {D} --into {C}")
    end("2026-11-06")
    act(
        "10T09:00",
        "wangfang",
        "correct {C} --field 紧要程度 --value 紧急 --reason 记错 --approved-by zhaojun",
    )
    act("10T09:30", "wangfang", "reopen {B} --reason 不满意")
    end("2026-11-10")
    act("11T09:00", "lijie", "suspend {A} --reason 特别程序")
    made = json.loads(sw("lijie", "show", names["A"], "--format", "json", now="2026-11-11T09:10").out)
    act("11T09:20", "lijie", "withdraw {A} " + made["events"][-1]["id"] + " --reason 点错")
    end("2026-11-11")
    act("12T09:00", "wangfang", "close {C} --outcome 已解决 --result 已办 --told 2026-11-12T09:00")
    act("13T09:00", "wangfang", "close {B} --outcome 已解决 --result 已办 --told 2026-11-13T09:00")
    end("2026-11-13")
    act("16T09:00", "lijie", "close {A} --outcome 已解决 --result 已办 --told 2026-11-16T09:00")
    act("18T15:00", "heping", "calendar change 2026-11-21 --work --source 市府通告")
    end("2026-11-20")
    return reports


def said(sw, moment: str, now: str = "") -> dict:
    """The report as of a moment, without what names the day on which it was printed."""
    found = json.loads(sw("heping", *REPORT, moment, now=now or moment).out)
    return {key: value for key, value in found.items() if key not in ("revision", "anchor")}


def test_every_report_is_made_again_today(sw, days):
    """Three weeks later, after results, a redo, a join, a correction, a withdrawal and two changes of the calendar."""
    assert sum(len(report["items"]) for report in days.values()) > 15
    assert any(report["done_late"] for report in days.values())
    for moment, report in days.items():
        assert said(sw, moment, now="2026-12-20T10:00") == report, moment
