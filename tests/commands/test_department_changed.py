"""A department gets another name, or goes into another, while something is open: nothing is lost, split or put down wrongly."""

import json

import pytest

STAFF = """\
departments:
  民政办: {leader: lisi}
  农业站: {leader: wangwu}
  农业农村办: {leader: sunba}
  办公室: {leader: heping}
staff:
  lisi: {name: 李四, department: 民政办, rank: 5}
  wangwu: {name: 王五, department: 农业站, rank: 5}
  xiaozhao: {name: 小赵, department: 农业站, rank: 2}
  sunba: {name: 孙八, department: 农业农村办, rank: 5}
  heping: {name: 何平, department: 办公室, rank: 6}
"""
CHANGES = {
    "农业服务站": ("rename", "农业站", "农业服务站", "--from", "2026-10-09"),
    "农业农村办": ("merge", "农业站", "--into", "农业农村办", "--last-day", "2026-10-08"),
}
WORDS = ("intake", "--channel", "来电", "--category", "咨询")
NOW = "2026-11-20T09:00"


@pytest.fixture
def sw(ledger, run):
    """The command line on that ledger, as somebody."""
    (ledger / "staff.yaml").write_text(STAFF, "utf-8")
    (ledger / "matters.yaml").write_text("种粮补贴: {department: 农业站, words: [补贴]}\n", "utf-8")
    return lambda who, *args, **more: run("-L", ledger, "--as", who, *args, **more)


def cases(sw, *days: str) -> list[str]:
    """One decided case of 小赵 for each day."""
    found = []
    for day in days:
        case = sw("heping", "sanction", "report", "--staff", "xiaozhao", "--article", "七", "--summary", day, "--occurred", day,
                  now=f"{day}T09:00").id  # fmt: skip
        sw("heping", "sanction", "verify", case, "--finding", "查实", now=f"{day}T10:00")
        sw("heping", "sanction", "decide", case, "--authority", "团党委", now=f"{day}T11:00")
        found.append(case)
    return found


@pytest.fixture(params=CHANGES)
def changed(request, sw):
    """(what the department is after the change, a matter it had, one handed to it and signed for afterwards, 小赵's cases)."""
    new = request.param
    early = cases(sw, "2026-05-20")
    own = sw(
        "xiaozhao", *WORDS, "--subject", "旧的", "--scope", "本人", "--name", "张某", now="2026-09-29T09:00"
    ).id
    given = sw(
        "lisi", *WORDS, "--subject", "转来的", "--scope", "其他部门", "--name", "李某", now="2026-10-08T15:00"
    ).id
    sw(
        "lisi",
        "handoff",
        given,
        "--to",
        "农业站",
        "--mode",
        "书面转交",
        "--reason",
        "其职责",
        now="2026-10-08T15:10",
    )
    sw("heping", "department", *CHANGES[new], now="2026-10-08T16:00")
    sw("xiaozhao", "accept", given, now="2026-10-09T09:00")
    return new, own, given, early + cases(sw, "2026-10-20", "2026-11-10")


def test_what_is_taken_in_afterwards(sw, changed) -> None:
    """Its people work where its business went: a new inquiry is of that department, and so is what they hold."""
    new, *_ = changed
    name = sw("xiaozhao", *WORDS, "--subject", "新的", "--scope", "本人", "--name", "王某", now=NOW).id
    assert json.loads(sw("xiaozhao", "show", name, "--format", "json").out)["department"] == new
    assert "没有问题" in sw("heping", "check", now=NOW).err


@pytest.mark.parametrize("asked", ["农业站", ""])
def test_found_under_both_names(sw, changed, asked: str) -> None:
    """What is open is listed, and late, under the name of then and under that of whoever has it now."""
    new, own, given, _ = changed
    for words in (("list",), ("overdue",)):
        seen = sw("heping", *words, "--department", asked or new, now=NOW).out
        assert own in seen and given in seen, words
    assert own not in sw("heping", "list", "--department", "民政办", now=NOW).out


def test_who_has_it_today(sw, changed) -> None:
    """The story keeps the names of its days; who has it now is said by the name of now, and is one group of one report."""
    new, own, given, _ = changed
    for name in (own, given):
        shown = sw("heping", "show", name, now=NOW).out
        assert f"由{new} 小赵负责" in shown
        assert (
            json.loads(sw("heping", "show", name, "--format", "json", now=NOW).out)["holding_department"]
            == new
        )
    assert "转给：农业站" in sw("heping", "show", given, now=NOW).out
    report = sw("heping", "overdue", "--by", "department", now=NOW).out
    assert f"【{new}】2 项" in report and "【农业站】" not in report
    items = json.loads(sw("heping", "overdue", "--format", "json", now=NOW).out)["items"]
    assert {item["department"] for item in items} == {new}


def test_whose_limit_ran_out(sw, changed) -> None:
    """What ran out before the change is the old department's, what ran out after it the new one's."""
    new, own, given, _ = changed
    rows = sw("heping", "overdue", "--format", "csv", now=NOW).out.splitlines()
    assert any(own in row and "农业站 小赵" in row for row in rows)
    assert any(given in row and row.count(f"{new} 小赵") == 2 for row in rows)


def test_it_waits_for_whoever_has_the_business(sw) -> None:
    """Handed over, then merged, not yet signed for: it waits for the successor, whose people may sign."""
    name = sw(
        "lisi", *WORDS, "--subject", "x", "--scope", "其他部门", "--name", "李某", now="2026-10-08T15:00"
    ).id
    sw(
        "lisi",
        "handoff",
        name,
        "--to",
        "农业站",
        "--mode",
        "书面转交",
        "--reason",
        "其职责",
        now="2026-10-08T15:10",
    )
    sw("heping", "department", *CHANGES["农业农村办"], now="2026-10-08T16:00")
    assert "等农业农村办签收" in sw("heping", "show", name, now="2026-10-09T09:00").out
    said = sw("sunba", "accept", name, now="2026-10-09T09:10").err
    assert "由农业农村办 孙八负责" in said
    assert (
        "转给本部门的人请写明是谁"
        in sw("sunba", "handoff", name, "--to", "农业农村办", "--mode", "书面转交", code=3).err
    )


def test_one_row_in_the_bulletin(sw, changed) -> None:
    """Renamed, all its figures stand in one row, in every period; merged, each has what was its own business."""
    new, *_ = changed
    words = (
        "bulletin",
        "--from",
        "2026-09-01",
        "--to",
        "2026-11-19",
        "--by",
        "department",
        "--format",
        "json",
    )
    items = json.loads(sw("heping", *words, now=NOW).out)["items"]
    rows = {
        i["name"]: {p: i[p] for p in ("current", "previous")} for i in items if i["group"] == "department"
    }
    counts = {
        name: (p["current"]["received"], p["current"]["open"], p["current"]["unfiled"])
        for name, p in rows.items()
    }
    if new == "农业服务站":
        assert "农业站" not in rows and counts[new] == (1, 2, 3)
        assert rows[new]["previous"]["unfiled"] == 1
    else:
        assert counts["农业站"] == (1, 0, 1) and counts[new] == (0, 2, 2)


def test_one_person_one_count(sw, changed) -> None:
    """Three cases before and after are one person's; the appraisal is that of the department of the year's end."""
    new, _, _, three = changed
    for asked in (new, ""):
        more = ("--department", asked) if asked else ()
        person = next(p for p in json.loads(sw("heping", "evaluate", "2026", *more, "--format", "json", now=NOW).out)["staff"]
                      if p["id"] == "xiaozhao")  # fmt: skip
        assert (
            person["counts"] == {"诫勉教育": 3}
            and person["department"] == new
            and person["grade"] == "不称职"
        )
        assert [c["sanction"] for c in person["cases"]] == three


def test_who_may_not_sign_for_what_was_dissolved_is_told_who_has_it(sw, ledger):
    """Nobody's department any more: its last leader signs, and whoever else tries is told so."""
    name = sw("lisi", *WORDS, "--subject", "补贴", "--anonymous", "--scope", "其他部门", now=NOW).id
    sw("lisi", "handoff", name, "--to", "农业站", "--mode", "电话联系", "--reason", "属农业站")
    path = ledger / "staff.yaml"
    path.write_text(
        STAFF.replace("农业站: {leader: wangwu}", "农业站: {leader: wangwu, until: 2026-11-22}"), "utf-8"
    )
    said = sw("xiaozhao", "accept", name, code=3, now="2026-11-23T10:00").err
    assert "农业站2026-11-23已不存在：2026-11-22撤销，由王五接手" in said
    assert sw("wangwu", "accept", name, now="2026-11-23T10:00").id == name
