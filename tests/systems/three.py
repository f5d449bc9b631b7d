"""The text of each system, sentence by sentence, and three records for every duty it lays down.

``clauses.yaml`` has the documents and how many sentences each article has; ``text/ID.yaml`` what the
sentences say; ``three.yaml`` the records, shared by all systems and filled with the regulation's own
words (its first mode, outcome, phrase …); a system's own file replaces what does not fit it, a
sentence (``cases``, or ``on``: the category it speaks of) what does not fit the sentence.
"""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from shouwen.core.deadlines.clock_table import clocks
from shouwen.core.duties import DUTIES
from shouwen.core.duties.context import FACE_TO_FACE
from shouwen.core.duties.findings import Finding, findings
from shouwen.core.inquiry.header import Inquiry
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.office.chart import Department, Staff
from shouwen.core.office.roster import Config, Office
from shouwen.core.regulation.schema import DEFAULT, Duty, Policy, duty_kind
from shouwen.core.rulebook import Rules
from shouwen.store.record import decode, encode
from shouwen.store.settings import load_calendar, load_policy
from shouwen.store.yaml import load
from tests.support.clock import ZONE

HERE = Path(__file__).parent
WHO = ("甲", "乙", "丙", "丁")
CASES = ("kept", "broken", "unusual")
IDS = {"甲": "jia", "乙": "yi", "丙": "bing", "丁": "ding", "分管": "fenguan", "主要": "zhuyao"}
IDS |= {f"{who}长": f"{IDS[who]}zhang" for who in WHO}


@cache
def texts() -> dict[str, dict]:
    """System → its file."""
    files = sorted((HERE / "text").glob("*.yaml"))
    return {path.stem: load(path.read_bytes(), path.name) for path in files}


@cache
def documents() -> dict[str, dict]:
    """Document → its system, and the sentences of each article as counted by hand."""
    return load((HERE / "clauses.yaml").read_bytes(), "clauses.yaml")


@cache
def records() -> dict[str, dict]:
    """Duty → its three records as every system has them."""
    return load((HERE / "three.yaml").read_bytes(), "three.yaml")


def laid_down(policy: Policy) -> list[str]:
    """The duties that the document itself lays down and a record can show."""
    return [n for n, d in policy.duties.items() if d.article != DEFAULT and DUTIES[duty_kind(n)].find]


def office(policy: Policy) -> Office:
    """The sample departments of the regulation, each with somebody, a head, and two leaders above."""
    names = list(policy.starter.departments)
    people = {IDS[w]: Staff(name=w, department=d) for w, d in zip(WHO, names, strict=False)}
    heads = {IDS[f"{w}长"]: Staff(name=f"{w}长", department=d) for w, d in zip(WHO, names, strict=False)}
    above = {IDS[w]: Staff(name=w, department=names[0]) for w in ("分管", "主要")}
    departments = {d: Department() for d in names} | {
        d: Department(leader=IDS[f"{w}长"]) for w, d in zip(WHO, names, strict=False)
    }
    config = Config(
        name="某单位", policy=policy.id, office=policy.starter.office,
        leaders={"分管领导": IDS["分管"], "主要领导": IDS["主要"]},
    )  # fmt: skip
    return Office(config=config, departments=departments, staff=people | heads | above, matters={})


def moment(text: str) -> str:
    """ "23 09:20" or "27T09:00" of November 2026, as a record has it; a whole time as it is."""
    if len(text) > 12:
        return text
    day, clock = text.replace("T", " ").split(" ")
    return datetime.fromisoformat(f"2026-11-{int(day):02}T{clock}").replace(tzinfo=ZONE).isoformat()


def _value(key: str, text: str, departments: list[str]) -> Any:
    if key in ("to", "designate") and text[0].isdigit():
        place, _, staff = text.partition("/")
        return {"department": departments[int(place) - 1]} | ({"staff": IDS[staff]} if staff else {})
    if key == "joint":
        return [departments[int(n) - 1] for n in text.split(",")]
    if key == "contact":
        return dict(zip(("name", "phone", "place"), text.split(","), strict=False))
    if key in ("material", "missing"):
        return text.split(",")
    if key in ("when", "told", "due", "until"):
        return moment(text)
    return True if text == "true" else IDS.get(text, text)


def event(number: int, line: str, departments: list[str]) -> dict[str, Any]:
    """One act of a line: day, time, who, act, then key=value; ``told`` alone is told at once."""
    day, clock, who, act, *rest = line.split(" ")
    at = moment(f"{day} {clock}")
    found = {"id": str(number), "at": at, "by": IDS[who], "do": act}
    for word in rest:
        key, _, text = word.partition("=")
        found[key] = _value(key, text, departments) if text else at
    return found


def _words(policy: Policy, duty: Duty) -> dict[str, str]:
    every = policy.modes.values
    escort = policy.duties.get("escort")
    way = next((m for m in (escort.modes if escort else every) if m in every), every[0])
    bad = next((m for m in every if m not in duty.modes), way)
    plain = next((m for m in every if m not in FACE_TO_FACE), way)
    return {
        "mode": duty.modes[0] if duty.modes else way, "bad": bad, "way": way,
        "words": duty.modes[0] if duty.modes else plain,
        "outcome": duty.outcomes[0] if duty.outcomes else "", "form": duty.items[0] if duty.items else "",
        "phrase": duty.phrases[0].replace("…", "那") if duty.phrases else "",
        "body": policy.bodies.values[0] if policy.bodies else "",
        "leader": {"负责人": "甲长", "分管领导": "分管", "主要领导": "主要"}.get(duty.leader, "分管"),
    }  # fmt: skip


def record(policy: Policy, name: str, case: dict[str, Any]) -> Inquiry:
    """The record of a case, written and read again as a ledger keeps it."""
    duty, departments = policy.duties[name], list(policy.starter.departments)
    said = dict(case.get("inquiry", {}))
    who = {"name": "张某", "phone": "13812341234", "organisation": "某公司", "anonymous": False}
    inquirer = {key: said.pop(key, value) for key, value in who.items()}
    header = {
        "id": "20261123-K7Q4QX", "received": "23 09:00", "channel": "来访", "category": "咨询", "scope": "本部门",
        "subject": "办事程序", "detail": "问要带什么、多久办好", "first_responder": "甲", "department": 1, "urgency": "一般",
    }  # fmt: skip
    for key in ("channel", "category", "scope", "urgency"):
        if allowed := getattr(duty, key):
            header[key] = allowed[0]
    header |= said
    for key in ("received", "promised"):
        if key in header:
            header[key] = moment(header[key])
    for key in ("first_responder", "assigned_by"):
        if key in header:
            header[key] = IDS[header[key]]
    if "about" in header:
        header["about"] = [IDS[who] for who in header["about"]]
    header["department"] = departments[header["department"] - 1]
    words = _words(policy, duty)
    lines = [line.format(**words) for line in case.get("events", ())]
    events = [event(n, line, departments) for n, line in enumerate(lines, 1)]
    whole = msgspec.convert(header | {"inquirer": inquirer, "policy": policy.id, "events": events}, Inquiry)
    return decode(Inquiry, encode(whole), "inquiries/2026/11/20261123-K7Q4QX.yaml").content


def found(system: str, name: str, case: dict[str, Any]) -> list[Finding]:
    """What one duty of a system finds in the record of a case."""
    policy = load_policy(system)
    place = office(policy)
    rules = Rules(policy, place, load_calendar("/nowhere", place.config, ZONE))
    state = replay(record(policy, name, case))
    now = datetime.fromisoformat(moment(case.get("now", "26 15:00")))
    every = findings(rules, state, clocks(rules, state, now), now)
    disputes = [f.text for f in every if f.name == "争议"]
    assert disputes == [], "the record of the case is not lawful"
    return [
        f
        for f in every
        if f.name == DUTIES[duty_kind(name)].title and f.article == policy.duties[name].article
    ]


def case_of(system: str, sentence: dict[str, Any], name: str, kind: str) -> dict[str, Any]:
    """The record of a kind (kept, broken, unusual) of a duty: the sentence's own, the system's, else the shared one."""
    own = sentence.get("cases", {}).get(name) or texts()[system].get("duties", {}).get(name, {})
    case = own.get(kind, records()[duty_kind(name)][kind]) or {}
    if "on" in sentence:
        case = case | {"inquiry": case.get("inquiry", {}) | {"category": sentence["on"]}}
    return case
