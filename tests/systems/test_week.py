"""A week of ten inquiries under each regulation, shared and its own: findings, leads, bulletin, evaluation."""

import json
import re
from pathlib import Path

import msgspec
import pytest
from msgspec import structs

from shouwen.core.deadlines.clock_table import clocks
from shouwen.core.duties.findings import findings
from shouwen.core.inquiry.header import Inquiry
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.regulation.schema import Policy
from shouwen.store.ledger import Ledger
from shouwen.store.settings import load_policy, policy_ids
from shouwen.store.yaml import load
from tests.support.clock import at
from tests.systems.three import IDS, event, moment, office

FILE = Path(__file__).parent / "week.yaml"
WEEK = load(FILE.read_bytes(), FILE.name)
NOW = "2026-11-27T17:00"
LETTERS = "ABCDEFGHJK"


WEEKS = {
    path.stem: load(path.read_bytes(), path.name) for path in sorted((FILE.parent / "weeks").glob("*.yaml"))
}


def story(policy: Policy, case: dict) -> Inquiry:
    """The record of a story: taken in by 甲 on Monday at nine, in the regulation's own words."""
    departments = list(policy.starter.departments)
    escort = policy.duties.get("escort")
    way = next(m for m in (escort.modes if escort else policy.modes.values) if m in policy.modes.values)
    said = dict(case.get("inquiry", {}))
    who = {"name": "张某", "phone": "13812341234", "organisation": "某公司"}
    inquirer = {key: said.pop(key, value) for key, value in who.items()}
    header = {
        "id": "", "received": "23 09:00", "channel": "来访", "category": "咨询", "subject": "办事程序",
        "detail": "问要带什么、多久办好", "first_responder": "甲", "department": 1, "policy": policy.id,
    }  # fmt: skip
    header |= said
    header |= {key: moment(header[key]) for key in ("received", "promised") if key in header}
    header |= {key: IDS[header[key]] for key in ("first_responder", "assigned_by") if key in header}
    header["department"] = departments[header["department"] - 1]
    lines = [line.format(way=way) for line in case.get("events", ())]
    events = [event(n, line, departments) for n, line in enumerate(lines, 1)]
    return msgspec.convert(header | {"inquirer": inquirer, "events": events}, Inquiry)


@pytest.fixture
def week(tmp_path, run):
    """``week("bumen", stories)``: a ledger of that regulation with ten inquiries in it; gives its root and records."""

    def made(system: str, stories: dict):
        root = tmp_path / system
        run("init", root, "--policy", system, "--name", "某单位")
        policy = load_policy(system)
        chart = office(policy)
        heads = {d: f"{{leader: {x.leader}}}" if x.leader else "{}" for d, x in chart.departments.items()}
        lines = ["departments:", *(f"  {d}: {head}" for d, head in heads.items()), "staff:"]
        lines += [
            f"  {key}: {{name: {s.name}, department: {s.department}}}" for key, s in chart.staff.items()
        ]
        (root / "staff.yaml").write_text("\n".join(lines) + "\n", "utf-8")
        settings = root / "ledger.yaml"
        leaders = "leaders: {分管领导: fenguan, 主要领导: zhuyao}"
        settings.write_text(settings.read_text("utf-8").replace("leaders: {}", leaders), "utf-8")
        ledger = Ledger(str(root))
        records = {}
        for letter, (name, told) in zip(LETTERS, stories.items(), strict=True):
            records[name] = structs.replace(story(policy, told or {}), id=f"20261123-{letter * 6}")
            ledger.create(records[name])
        return root, ledger, records

    return made


def shown(ledger: Ledger, record) -> list[str]:
    """What is found in a record: article, name, * where it is a lead; in the order shown."""
    rules, state, now = ledger.rules(record.policy), replay(record), at("27 17:00")
    return [f"{f.article} {f.name}{'*' if f.lead else ''}"
            for f in findings(rules, state, clocks(rules, state, now), now)]  # fmt: skip


@pytest.mark.parametrize("system", policy_ids())
def test_the_whole_week(week, run, system):
    """Every finding of the ten and every lead is in the list made from the text, and nothing else."""
    root, ledger, records = week(system, WEEK["stories"])
    compared(run, root, ledger, records, WEEK["expected"][system])


@pytest.mark.parametrize("system", policy_ids())
def test_its_own_week(week, run, system):
    """Ten inquiries that fit its document: its own duties kept, broken, and kept in lawful unusual ways."""
    stories = WEEKS[system]
    root, ledger, records = week(system, stories)
    expected = {name: told["finds"] for name, told in stories.items() if "finds" in told}
    compared(run, root, ledger, records, expected)
    words = ("-L", root, "--as", "jiazhang")
    asked = ("bulletin", "--from", "2026-11-23", "--to", "2026-11-27", "--format", "json")
    total = next(i for i in json.loads(run(*words, *asked, now=NOW).out)["items"] if i["group"] == "total")[
        "current"
    ]
    closed = sum(any(" 办结 " in line for line in told.get("events", ())) for told in stories.values())
    assert (total["received"], total["closed"], total["open"]) == (10, closed, 10 - closed)
    year = json.loads(run(*words, "evaluate", "2026", "--format", "json", now=NOW).out)
    assert [s["id"] for s in year["staff"] if s["counts"] or not s["excellent_allowed"]] == []


def compared(run, root, ledger, records, expected) -> None:
    """Assert that just what is expected is found, and that just the leads among it are drafted."""
    found = {name: shown(ledger, record) for name, record in records.items()}
    assert {name: sorted(f) for name, f in found.items() if f} == {n: sorted(f) for n, f in expected.items()}
    leads = run("-L", root, "--as", "jiazhang", "sanction", "report", "--from-overdue", now=NOW).out
    printed = re.findall(r"--article (\S+).*--inquiry (\S+)", leads)
    wanted = [
        (f.split(" ")[0], records[name].id) for name, fs in expected.items() for f in fs if f[-1] == "*"
    ]
    assert sorted((a.strip("'"), i) for a, i in printed) == sorted(wanted)


@pytest.mark.parametrize("system", policy_ids())
def test_the_week_in_the_reports(week, run, system):
    """Ten taken in, eight settled, in the bulletin; nobody is restricted in the evaluation by leads alone."""
    root, _, _ = week(system, WEEK["stories"])
    words = ("-L", root, "--as", "jiazhang")
    told = run(
        *words, "bulletin", "--from", "2026-11-23", "--to", "2026-11-27", "--format", "json", now=NOW
    ).out
    total = next(i for i in json.loads(told)["items"] if i["group"] == "total")["current"]
    assert (total["received"], total["closed"], total["open"], total["second_notices"]) == (10, 8, 2, 1)
    year = json.loads(run(*words, "evaluate", "2026", "--format", "json", now=NOW).out)
    assert {IDS["甲"], IDS["乙"]} <= {s["id"] for s in year["staff"]}
    assert [s["id"] for s in year["staff"] if s["counts"] or not s["excellent_allowed"]] == []
