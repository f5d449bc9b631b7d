"""The example office: it can be made again byte for byte, and it shows what it is meant to show."""

import json
import re
import shutil
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from shouwen.core.accountability.case import CASE_EVENTS
from shouwen.core.inquiry.events import EVENTS, Callback, Close, Handoff, Suspend, act_of
from shouwen.core.regulation.schema import Policy
from shouwen.store.ledger import Ledger
from shouwen.store.settings import load_policy
from tests.generators import example as make_example
from tests.generators.example import EXAMPLE


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A copy of the example that a test may change."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "ledger-example"))


@pytest.fixture(scope="module")
def office() -> Ledger:
    """The example as it is checked in, to be read."""
    return Ledger(str(EXAMPLE))


@pytest.fixture(scope="module")
def bumen() -> Policy:
    """The regulation the example lives under."""
    return load_policy("bumen")


@pytest.mark.slow
def test_made_again_it_is_the_same(tmp_path):
    """Whoever changes a command sees here what it does to two years of an office's records."""
    new = tmp_path / "ledger-example"
    make_example.make(new)
    made, kept = make_example.tree(new), make_example.tree(EXAMPLE)
    assert made.keys() == kept.keys(), "python -m tests.generators.example makes it anew"
    assert [name for name in made if made[name] != kept[name]] == []


def test_check_reports_the_dispute_alone(run):
    """The example is sound; the one thing found is the contradiction put there to be seen."""
    found = json.loads(run("-L", EXAMPLE, "check", "--format", "json", code=1).out)
    assert [(p["check"], p["path"][:19]) for p in found["items"]] == [("legal-order", "inquiries/2026/11/2")]


def test_every_kind_of_act_and_word_occurs(office, bumen):
    """A reader finds an example of everything: each act, channel, way of passing on, end, rating."""
    inquiries = [r.content for r in office.records("inquiries", "archive")]
    cases = [r.content for r in office.records("sanctions")]
    acts = {act_of(type(e)) for record in (*inquiries, *cases) for e in record.events}
    assert acts == {*EVENTS, *CASE_EVENTS}
    assert {q.channel for q in inquiries} == set(bumen.channels.values)
    assert {q.category for q in inquiries} == set(bumen.categories.values)
    assert {q.scope for q in inquiries} == set(bumen.scopes.values)
    assert {q.urgency for q in inquiries} == set(bumen.urgencies.values)
    events = [e for q in inquiries for e in q.events]
    assert {e.mode for e in events if isinstance(e, Handoff)} == set(bumen.modes.values)
    assert {e.reason for e in events if isinstance(e, Suspend)} == set(bumen.suspend.values)
    assert {e.outcome for e in events if isinstance(e, Close)} == set(bumen.outcomes.values)
    assert {e.rating for e in events if isinstance(e, Callback)} == set(bumen.ratings.values)
    assert len(inquiries) >= 60 and len(cases) >= 10


def test_acts_are_done_while_the_office_is_open(office):
    """Believable: nobody signs anything on a day off, in the night, or before coming to the office."""
    calendar = office.calendar
    odd = []
    for act in make_example.acts():
        at = datetime.fromisoformat(act.at)
        hours = calendar.hours.on(at.date()) if calendar.is_workday(at.date()) else ()
        if not any(a <= at.time() <= b for a, b in hours) or act.who not in office.office.staff:
            odd.append((act.at, act.who, act.verb))
    assert odd == []


def test_people_are_made_up():
    """No real telephone or address stands in the example: 555 numbers, 138 0000 and example.org."""
    for name, raw in make_example.tree(EXAMPLE).items():
        text = raw.decode()
        for phone in re.findall(r"(?<![\d\w-])(?:0\d{2,3}-\d{7,8}|1\d{10})(?!\d)", text):
            assert re.fullmatch(r"0631-555\d{4}|13800005\d{3}", phone), (name, phone)
        for mail in re.findall(r"[\w.]+@[\w.]+", text):
            assert mail.endswith("@example.org"), (name, mail)


def test_the_index_leads_to_records():
    """Each id in the table of what is shown where stands for a record that is there."""
    named = re.findall(r"(?m)^\| .* \| `(S?\d{8}-\w{6})` \|$", (EXAMPLE / "README.md").read_text("utf-8"))
    assert len(named) > 20
    assert set(named) <= {p.stem for p in EXAMPLE.rglob("*-*.yaml")}


def test_lines_hold_no_empty_values():
    """A line says what was done; nobody has to read past what was not."""
    lines = [x for raw in make_example.tree(EXAMPLE).values() for x in raw.decode().splitlines()]
    assert [x for x in lines if x.startswith("- {") and re.search(r': (\{\}|\[\]|""|null)', x)] == []


def test_roster(office):
    """Five departments, fifteen people on both scales; one succeeded, one gone, one not appraised."""
    people, departments = office.office.staff, office.office.departments
    assert (len(departments), len(people)) == (5, 15)
    assert {p.scale for p in people.values()} == {"公务员", "事业单位"}
    assert [k for k, p in people.items() if not p.evaluated] == ["chenshi"]
    assert [k for k, p in people.items() if p.until] == ["liuyang"]
    days = [datetime(2025, 9, 30).date(), datetime(2025, 10, 1).date()]
    assert [office.office.leader("审批科", day) for day in days] == ["zhaojun", "mengjie"]


def evaluation(run, year: int) -> dict[str, dict]:
    """The JSON of the year's appraisal, by staff id."""
    out = run("-L", EXAMPLE, "evaluate", str(year), "--format", "json").out
    return {person["id"]: person for person in json.loads(out)["staff"]}


def test_every_threshold_of_article_nine_is_reached(run):
    """2 诫勉教育 or 1 效能告诫 bar 优秀; 3 or 2 force the lowest grade of the person's own scale."""
    people, year_before = evaluation(run, 2026), evaluation(run, 2025)

    def result(of: dict, staff: str) -> tuple:
        person = of[staff]
        nine = [(f["measure"], f["at_least"]) for f in person["findings"] if f["article"] == "九"]
        return nine, person["excellent_allowed"], person["grade"]

    assert result(people, "linna") == ([("诫勉教育", 2)], False, None)
    assert result(year_before, "sunmei") == ([("效能告诫", 1)], False, None)
    assert result(people, "wangfang") == ([("诫勉教育", 2), ("诫勉教育", 3)], False, "不称职")
    assert result(people, "hanbing") == ([("效能告诫", 1), ("效能告诫", 2)], False, "不合格")
    assert people["wangfang"]["actions"] == people["hanbing"]["actions"] == ["调整工作岗位"]
    limited = {"linna", "wangfang", "hanbing"}
    assert {k for k, p in people.items() if not p["excellent_allowed"]} == limited
    assert "chenshi" not in people


def test_cases_stand_at_every_stage(run):
    """The ladder climbs on one person; one case each is unfounded, revoked, unfiled and open."""
    cases = json.loads(run("-L", EXAMPLE, "sanction", "list", "--format", "json").out)["items"]
    ladder = [c["measures"] for c in cases if c["subject"] == "郭涛"]
    assert ladder == [["责令限期改正"], ["通报批评", "取消评先资格"], ["扣发奖金", "待岗"]]
    assert Counter(c["status"] for c in cases) == {"已决定": 12, "不成立": 1, "已撤销": 1, "待核实": 1}
    assert [c["subject"] for c in cases if c["filed"] == "未归档"] == ["王芳"]


def test_an_earlier_year_does_not_name_later_cases(run):
    """A decision of 2026 that nobody filed is no matter of the appraisal for 2025."""
    assert evaluation(run, 2025)["wangfang"]["unfiled"] == []
    assert len(evaluation(run, 2026)["wangfang"]["unfiled"]) == 1


def test_overdue_on_the_day_of_the_example(run):
    """Four inquiries are late on five clocks, one of them a handoff that nobody signed for."""
    report = json.loads(run("-L", EXAMPLE, "overdue", "--format", "json").out)
    assert Counter(i["clock"] for i in report["items"]) == {
        "办结": 3, "签收": 1, "首次回应": 1, "督办": 1, "承诺": 1,
    }  # fmt: skip
    assert len({i["id"] for i in report["items"]}) == 4
    assert (len(report["disputes"]), report["confidential"], report["unreadable"]) == (1, 1, [])


def test_a_due_date_in_the_new_year_is_provisional(run):
    """2027 has no published calendar: the date is given and marked, not made out to be certain."""
    listed = json.loads(run("-L", EXAMPLE, "list", "--format", "json").out)["items"]
    last = max(listed, key=lambda i: i["due"])
    shown = json.loads(run("-L", EXAMPLE, "show", last["id"], "--format", "json").out)
    assert (shown["due"][:10], shown["provisional"]) == ("2027-01-04", True)


def test_evaluate_shows_a_dispute_and_goes_on(run):
    """A contradiction between two handoffs changes nobody's count; it is listed, not hidden."""
    run("-L", EXAMPLE, "check", code=1)
    told = run("-L", EXAMPLE, "evaluate", "2026").out
    assert "台账另有 1 个不影响计数的问题：\n  inquiries/2026/11/" in told
    data = json.loads(run("-L", EXAMPLE, "evaluate", "2026", "--format", "json").out)
    assert [p["check"] for p in data["problems"]] == ["legal-order"]


@pytest.mark.parametrize(
    ("file", "old", "new", "check"),
    [
        ("sanctions/2026/*", '"do": "核实"', '"do": "送达"', "legal-order"),
        ("sanctions/2026/*", '"measures": ["诫勉教育"]', '"measures": ["诫勉教育", "待岗"]', "decision"),
        ("sanctions/2026/*", 'staff: "', 'staff: "x', "known-people"),
        ("staff.yaml", "wangfang: {name: 王芳, department: 审批科", "wangfang: {name: 王芳, department: 审批处", "roster"),
        ("inquiries/2026/11/*", '"by": "wangfang"', '"by": "wangfeng"', "known-people"),
        ("archive/2025/01/*", "channel: ", "chanel: ", "keys"),
    ],
)  # fmt: skip
def test_evaluate_refuses_what_can_change_a_count(run, example, file, old, new, check):
    """Wrong cases, a wrong roster, an unreadable record: no appraisal rests on them."""
    path = next(p for p in sorted(example.glob(file)) if old in p.read_text("utf-8"))
    text = path.read_text("utf-8")
    if check == "legal-order":  # the case is served before it was verified
        line = next(x for x in text.splitlines() if old in x)
        new_line = re.sub(r'"do": .*', '"do": "送达"}', line)
        text = text.replace(line, new_line, 1)
    else:
        text = text.replace(old, new, 1)
    path.write_text(text, "utf-8")
    problems = json.loads(run("-L", example, "check", "--format", "json", code=1).out)["items"]
    assert check in {p["check"] for p in problems}
    refused = run("-L", example, "evaluate", "2026", code=5)
    assert refused.out == ""
    assert path.relative_to(example).as_posix() in refused.err
