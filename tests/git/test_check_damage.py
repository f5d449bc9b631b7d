"""One ledger with more than sixty kinds of damage: one run of check finds every one, in its place."""

import json
import os
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from shouwen.core.accountability.case import Case
from shouwen.core.inquiry.events import Note
from shouwen.core.integrity.checks import EXPLANATIONS
from shouwen.store.ledger import Ledger
from tests.support.repository import START, commit, git, path_of, taken

# What is put in place of what in a record: (old, new, the check that must find it).
REPLACED = {
    "key misspelt": ("channel:", "chanel:", "keys"),
    "key missing": (re.compile(r'^category: .*\n', re.M), "", "keys"),
    "key twice": ('scope: "其他部门"\n', 'scope: "其他部门"\nscope: "本人"\n', "parseable"),
    "event key misspelt": ('"text":', '"txt":', "keys"),
    "event key missing": (re.compile(r', "text": "[^"]*"'), "", "keys"),
    "event without an id": ('"id": "eaaa", ', "", "keys"),
    "event without a person": ('"by": "wangfang", ', "", "keys"),
    "event without an act": (', "do": "记事"', "", "keys"),
    "unknown act": ('"do": "记事"', '"do": "记是"', "keys"),
    "number for text": ('subject: "', 'subject: 12 #"', "keys"),
    "list for text": (re.compile(r'"text": ("[^"]*")'), r'"text": [\1]', "keys"),
    "text for a list": ("events:\n", "events: 没有\nold:\n", "keys"),
    "no zone": ("+08:00\"\nchannel", "\"\nchannel", "keys"),
    "event without a zone": (re.compile(r'("at": "[^"]*)\+08:00"'), r'\1"', "keys"),
    "no such day": ("2026-11-02T10", "2026-11-31T10", "keys"),
    "no such hour": ("T10:00", "T25:00", "keys"),
    "words for a time": (re.compile(r'"at": "[^"]*"'), '"at": "昨天"', "keys"),
    "wrong zone": (re.compile(r'(T10:\d\d:00)\+08:00'), r"\1+14:00", "before-intake"),
    "time of the future": (re.compile(r'"at": "2026-11-02'), '"at": "2027-11-02', "future-events"),
    "before intake": (re.compile(r'"at": "2026-11-02'), '"at": "2026-10-02', "before-intake"),
    "intake in the future": ('received: "2026-11-02', 'received: "2026-12-02', "future-events"),
    "unknown channel": ('channel: "来电"', 'channel: "来店"', "known-words"),
    "unknown category": ('category: "咨询"', 'category: "资询"', "known-words"),
    "unknown scope": ('scope: "其他部门"', 'scope: "别的部门"', "known-words"),
    "unknown urgency": ("policy:", 'urgency: "火急"\npolicy:', "known-words"),
    "unknown matter": ("policy:", 'matter: "施工许可政"\npolicy:', "known-words"),
    "unknown regulation": ('policy: "bumen"', 'policy: "bumem"', "known-policy"),
    "unknown first-asked": ('first_responder: "wangfang"', 'first_responder: "wangfan"', "known-people"),
    "unknown person in an event": ('"by": "wangfang"', '"by": "wangfan"', "known-people"),
    "unknown department": ('department: "审批科"', 'department: "审皮科"', "known-departments"),
    "tab": ("events:\n", "events:\n\t", "parseable"),
    "open quote": ('subject: "', "subject: \"'\"", "parseable"),
    "open brace": (re.compile(r'"}$', re.M), '"', "parseable"),
    "anchor": ("subject: ", "subject: &a ", "parseable"),
    "alias": ("subject: ", "subject: *a #", "parseable"),
    "tag": ("subject: ", "subject: !!python/none ", "parseable"),
    "two documents": ("channel:", "---\nchannel:", "parseable"),
    "escape character": ("事由", "事\x1b由", "parseable"),
    "conflict": ("events:\n", "events:\n<<<<<<< HEAD\n=======\n>>>>>>> x\n", "conflict-markers"),
    "conflict with its ancestor": ("events:\n", "events:\n<<<<<<< HEAD\n||||||| 1\n=======\n>>>>>>> x\n",
                                   "conflict-markers"),
    "rest of a conflict": ("events:\n", "events:\n=======\n", "conflict-markers"),
    "another id inside": (re.compile(r'^id: ".*"', re.M), 'id: "20261102-QQQQQQ"', "id-matches-path"),
    "out of form": ('category: "咨询"', "category: 咨询", "canonical"),
    "comment in an event": (re.compile(r'"}$', re.M), '"}   # 核对过', "canonical"),
    "keys in another order": (re.compile(r'^(channel: .*\n)(category: .*\n)', re.M), r"\2\1", "canonical"),
    "event twice": (re.compile(r'^(- .*\n)', re.M), r"\1\1", "duplicate-events"),
    "one id for two": (re.compile(r'^(- .*)记事甲(.*\n)', re.M), r"\1记事甲\2\1记事乙\2", "event-ids"),
    "unlawful move": ('"do": "记事", "text": "记事甲"', '"do": "签收"', "legal-order"),
    "unlawful correction": ('"do": "记事", "text": "记事甲"',
                            '"do": "更正", "field": "policy", "value": "x", "reason": "x"', "legal-order"),
    "unknown way of handing on": ('"do": "记事", "text": "记事甲"',
                                  '"do": "转办", "to": {"department": "规划科"}, "mode": "扔过去"', "known-words"),
    "handed to nobody": ('"do": "记事", "text": "记事甲"',
                         '"do": "转办", "to": {"department": "归化科"}, "mode": "引领"', "known-departments"),
    "unknown outcome": ('"do": "记事", "text": "记事甲"', '"do": "办结", "outcome": "搞定", "result": "x"', "known-words"),
    "cut off": (re.compile(r'记事甲.*\n'), "记", "parseable"),
}  # fmt: skip


def bytes_of(path: Path) -> dict:
    """Damages of a whole file: (how it is done, the check that must find it)."""
    raw = path.read_bytes()
    other = path.with_name(path.name.replace(".yaml", " (冲突副本).yaml"))
    return {
        "empty": (lambda: path.write_bytes(b""), path, "parseable"),
        "blank": (lambda: path.write_bytes(b"\n \n"), path, "parseable"),
        "not UTF-8": (lambda: path.write_bytes(raw.decode().encode("gbk")), path, "parseable"),
        "UTF-16": (lambda: path.write_bytes(raw.decode().encode("utf-16")), path, "parseable"),
        "NUL": (lambda: path.write_bytes(raw + b"\0"), path, "parseable"),
        "header alone": (lambda: path.write_bytes(raw.partition(b"events:")[0]), path, "canonical"),
        "giant": (lambda: os.truncate(path, 1 << 30), path, "readable"),
        "link": (lambda: (path.unlink(), path.symlink_to("/etc/passwd")), path, "readable"),
        "pipe": (lambda: (path.unlink(), os.mkfifo(path)), path, "readable"),
        "cloud copy": (lambda: other.write_bytes(raw), other, "file-name"),
        "renamed": (lambda: path.rename(other), other, "file-name"),
        "another month": (lambda: _moved(path, path.parents[1] / "12" / path.name),
                          path.parents[1] / "12" / path.name, "id-matches-path"),
        "in the archive, open": (lambda: _moved(path, _archived(path)), _archived(path), "archived-open"),
        "live and archived": (lambda: _moved(path, _archived(path), copy=True), _archived(path), "id-matches-path"),
        "deleted": (path.unlink, path, "record-deleted"),
    }  # fmt: skip


def _archived(path: Path) -> Path:
    return path.parents[3] / "archive" / path.parents[1].name / path.parent.name / path.name


def _moved(path: Path, target: Path, copy: bool = False) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(path.read_bytes())
    if not copy:
        path.unlink()


CASES = {
    "case of an unknown person": ('staff: "wangfang"', 'staff: "wangfan"', "known-people"),
    "case without a record": ("occurred:", 'inquiry: "20200101-AAAAAA"\noccurred:', "evidence"),
    "case of an unknown breach": (re.compile(r'violation: ".*"'), 'violation: "没有这一项"', "known-words"),
    "case out of order": ("events:\n", 'events:\n- {"id": "aaaa", "at": "2026-11-03T09:00:00+08:00", "by": "heping", '
                          '"do": "送达"}\n', "legal-order"),
}  # fmt: skip
SETTINGS = {
    "roster": ("staff.yaml", "leader: sunmei", "leader: sunmie", "roster"),
    "routing": ("matters.yaml", "department: 审批科", "department: 审皮科", "roster"),
    "office": ("ledger.yaml", "office: ", "office: 没有科 # ", "roster"),
}


@pytest.fixture
def damaged(ledger: Path) -> tuple[Path, dict[str, tuple[str, str]]]:
    """(a ledger with every damage, what must be found: name → (path, check))."""
    root, expected = ledger, {}
    git(root, "init", "-q")

    def one(n: int) -> Path:
        note = Note("eaaa", START + timedelta(minutes=60), "wangfang", "记事甲")
        return path_of(root, taken(root, 0, events=(note,), subject=f"事由{n}"))

    whole = bytes_of(one(0))
    files = {name: one(n) for n, name in enumerate((*REPLACED, *whole), 1)}
    for n, name in enumerate(CASES):
        case = Case(
            id=f"S20261103-AAAAA{n}", reported=START + timedelta(hours=5), by="heping", staff="wangfang",
            violation="态度", article="四", occurred=date(2026, 11, 2), summary="态度生硬", policy="bumen",
        )  # fmt: skip
        files[name] = root / Ledger(str(root)).create(case).path
    commit(root)
    for name, (old, new, check) in (REPLACED | CASES).items():
        text = files[name].read_text("utf-8")
        changed = old.sub(new, text) if isinstance(old, re.Pattern) else text.replace(old, new)
        assert changed != text, name
        files[name].write_text(changed, "utf-8")
        expected[name] = (str(files[name].relative_to(root)), check)
    for name in whole:
        how, path, check = bytes_of(files[name])[name]
        how()
        expected[name] = (str(path.relative_to(root)), check)
    for name, (path, old, new, check) in SETTINGS.items():
        text = (root / path).read_text("utf-8")
        assert old in text
        (root / path).write_text(text.replace(old, new), "utf-8")
        expected[name] = (path, check)
    (root / "calendar").mkdir()
    (root / "calendar" / "2031.yaml").write_text(
        "year: 2031\noff: [2031-01-01]\nwork: [2031-01-01]\n", "utf-8"
    )
    expected["off and on"] = ("calendar/2031.yaml", "calendar")
    return root, expected


def test_every_damage_is_found_in_one_run(damaged, run) -> None:
    """Each under its name, at its place, with a way to mend it, in words and in JSON alike."""
    root, expected = damaged
    assert len(expected) >= 60
    value = json.loads(run("-L", root, "check", "--since", "all", "--format", "json", code=1).out)
    found = {(item["path"], item["check"]) for item in value["items"]}
    assert {name: what for name, what in expected.items() if what not in found} == {}
    said = run("-L", root, "check", "--since", "all", code=1).out.splitlines()
    assert len(said) == len(value["items"])
    for line, item in zip(said, value["items"], strict=True):
        place = f"{item['path']}:{item['line']}: " if item["line"] else f"{item['path']}: "
        assert line.startswith(place) and line.endswith(f"  [{item['check']}]")
    assert {i["check"] for i in value["items"]} <= EXPLANATIONS.keys()
    # where there is no hint of its own, the words themselves say what should stand there
    assert [
        i["text"] for i in value["items"] if not i["hint"] and not re.search("应是|可用|（", i["text"])
    ] == []
    for name in {i["check"] for i in value["items"]}:
        assert run("-L", root, "check", "--explain", name).out.startswith(f"{name}：")
