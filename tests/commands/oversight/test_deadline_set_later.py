"""A measure with a deadline decided without a day: the notice that is served may set it; missed, it is told everywhere."""

import json
from email import message_from_string
from email.policy import default

import pytest

CASE = ("sanction", "report", "--article", "四", "--summary", "推", "--occurred", "2026-11-20")
WORDS = {"today": "问责后续过期未做 1 项", "overdue mail": "问责后续过期未做 1 项"}
LATE = "2026-12-02T09:00"
SHOWN = {
    "case": ("sanction", "show", "CASE"), "cases": ("sanction", "list", "--missed"), "overdue": ("overdue", "--soon", "0"),
    "overdue mail": ("overdue", "--format", "eml", "--to", "a@example.org"),
    "today": (), "appraisal": ("evaluate", "2026"), "appraisal page": ("evaluate", "2026", "--format", "html"),
    "appraisal markdown": ("evaluate", "2026", "--format", "markdown"), "appraisal json": ("evaluate", "2026", "--format", "json"),
}  # fmt: skip


@pytest.fixture(params=[("--staff", "wangfang"), ("--staff", "lijie"), ("--department", "审批科"),
                        ("--staff", "wangfang", "--department", "审批科")], ids=lambda w: "-".join(w[1::2]))  # fmt: skip
def undated(sw, request):
    """A case of somebody, or a department, or both, decided without a day; its number and what deciding said."""
    case = sw("heping", *CASE, *request.param).id
    sw("heping", "sanction", "verify", case, "--finding", "查实")
    return case, sw("heping", "sanction", "decide", case, "--authority", "团党委").err


def counted(sw, now: str) -> int:
    """How many things are undone in the bulletin's total."""
    words = ("bulletin", "--from", "2026-11-01", "--to", "2026-12-31", "--format", "json")
    return json.loads(sw("heping", *words, now=now).out)["items"][0]["current"]["undone"]


def test_that_no_day_is_set_is_said(sw, undated) -> None:
    """When it is decided, with the way to set one; on the case; and nothing can be missed as yet."""
    case, said = undated
    assert f"没有写明到哪一天：shouwen sanction serve {case} --complete-by" in said
    shown = sw("heping", "sanction", "show", case, now=LATE).out
    assert "没有写明期限" in shown and "第四条 整改期限" in shown
    assert case not in sw("heping", "sanction", "list", "--missed", now=LATE).out
    assert counted(sw, LATE) == 0


def test_set_by_the_notice_and_missed(sw, undated) -> None:
    """Up to its day nothing; from the day after every place that tells of what is late names the case."""
    case, _ = undated
    sw("heping", "sanction", "serve", case, "--complete-by", "2026-12-01")
    assert "整改期限" not in sw("heping", "sanction", "show", case).out
    in_time = "2026-12-01T17:00"
    assert (
        case not in sw("heping", "sanction", "list", "--missed", now=in_time).out
        and counted(sw, in_time) == 0
    )
    for place, words in SHOWN.items():
        told = sw("heping", *[case if w == "CASE" else w for w in words], now=LATE)
        text = (
            "\n".join(p.get_content() for p in message_from_string(told.out, policy=default).iter_parts())
            if "mail" in place
            else told.out
        )
        assert WORDS.get(place, "限2026-12-01，过期未完成") in text, place
    assert counted(sw, LATE) == 1
    sw("heping", "sanction", "complete", case, "--text", "已道歉", now=LATE)
    assert "，迟了" in sw("heping", "sanction", "show", case).out
    assert case not in sw("heping", "sanction", "list", "--missed", now=LATE).out and counted(sw, LATE) == 0
    assert "过期未完成" not in sw("heping", "evaluate", "2026", now=LATE).out
    assert counted(sw, "2026-12-01T23:59") == 0


def test_in_time_and_more_said_of_it_later(sw, undated) -> None:
    """Put right on the last day is in time; what is added afterwards makes it no later."""
    case, _ = undated
    sw("heping", "sanction", "serve", case, "--complete-by", "2026-12-01")
    sw("heping", "sanction", "complete", case, "--text", "已道歉", now="2026-12-01T17:00")
    sw("heping", "sanction", "complete", case, "--text", "补办也已完成", now="2026-12-07T10:00")
    shown = sw("heping", "sanction", "show", case, now="2026-12-08T09:00").out
    assert "限2026-12-01，2026-12-01完成" in shown and "迟了" not in shown


@pytest.mark.parametrize("day, code", [("2026-11-22", 2), ("2026-11-23", 0), ("2026-13-01", 2), ("11-30", 0)])
def test_the_day_is_none_before_the_notice(sw, undated, day: str, code: int) -> None:
    """Today is possible, yesterday is not; a day that there is not either."""
    case, _ = undated
    sw("heping", "sanction", "serve", case, "--complete-by", day, code=code)
    assert ("限2026-11" in sw("heping", "sanction", "show", case).out) is (code == 0)


def test_it_is_set_once(sw, undated, ledger) -> None:
    """A second day would move what has been ordered: refused; merged in, it is told and the first stands."""
    case, _ = undated
    sw("heping", "sanction", "serve", case, "--complete-by", "2026-12-01")
    assert (
        "已限2026-12-01" in sw("heping", "sanction", "serve", case, "--complete-by", "2026-12-20", code=3).err
    )
    sw("heping", "sanction", "serve", case, "--text", "另送达本人家属")
    (path,) = ledger.rglob(f"{case}.yaml")
    line = '- {"id": "z9z9", "at": "2026-11-24T09:00:00+08:00", "by": "heping", "do": "送达", "complete_by": "2026-12-20"}\n'
    path.write_text(path.read_text("utf-8") + line, "utf-8")
    shown = sw("heping", "sanction", "show", case, now=LATE).out
    assert "限2026-12-01，过期未完成" in shown and "又写了2026-12-20，以先写的为准" in shown


def test_who_is_concerned_sets_no_day(sw, undated) -> None:
    """Serving is no act of the person whose case it is, with or without a day."""
    case, _ = undated
    subject = json.loads(sw("heping", "sanction", "show", case, "--format", "json").out).get(
        "staff", "zhaojun"
    )
    assert (
        "政务处分法第四十七条"
        in sw(subject, "sanction", "serve", case, "--complete-by", "2027-12-01", code=3).err
    )


def test_a_day_of_the_decision_stands(sw) -> None:
    """Where the decision set the day, no notice sets another."""
    case = sw("heping", *CASE, "--staff", "wangfang").id
    sw("heping", "sanction", "verify", case, "--finding", "查实")
    said = sw(
        "heping", "sanction", "decide", case, "--authority", "团党委", "--complete-by", "2026-12-01"
    ).err
    assert "没有写明" not in said
    sw("heping", "sanction", "serve", case, "--complete-by", "2026-12-20", code=3)
    sw("heping", "sanction", "serve", case)


def test_after_a_modification(sw) -> None:
    """Another measure in its place that has a deadline: the notice of the new decision sets its day."""
    case = sw("heping", *CASE, "--staff", "wangfang").id
    sw("heping", "sanction", "verify", case, "--finding", "查实")
    sw(
        "heping",
        "sanction",
        "decide",
        case,
        "--authority",
        "团党委",
        "--measure",
        "诫勉教育",
        "--reason",
        "情节较重",
    )
    sw("wangfang", "sanction", "appeal", case, "--text", "过重")
    said = sw("heping", "sanction", "modify", case, "--measure", "责令限期改正", "--authority", "团党委", "--reason", "从轻",
              "--ground", "新的事实").err  # fmt: skip
    assert "没有写明到哪一天" in said
    sw("heping", "sanction", "serve", case, "--complete-by", "2026-12-01")
    assert "过期未完成" in sw("heping", "sanction", "list", "--missed", now=LATE).out
