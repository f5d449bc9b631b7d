"""A protected inquiry stays protected whatever is done on it: what says who or what goes to private/."""

import json
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
from msgspec import structs

from shouwen.core.errors import Conflict
from shouwen.core.inquiry.confidential import DRY, HIDDEN, OPEN, PURGED, event_parted, joined, parted, secret
from shouwen.core.inquiry.corrections import CORRECTABLE, corrected
from shouwen.core.inquiry.events import EVENTS, Contact, Correct, Event, Note, Target
from shouwen.core.inquiry.header import Inquirer, Inquiry
from shouwen.store import atomic_files, private_parts
from shouwen.store.ledger import Ledger

CANARY = "金丝雀"
AT = datetime.fromisoformat("2026-11-23T10:00:00+08:00")
# By hand: what is typed freely. A new text field belongs here or, if it is a word of a list, in OPEN.
APART = {
    "转办": {"reason", "absent", "contact", "said"}, "退回": {"reason"}, "反馈": {"text"}, "记事": {"text"},
    "一次性告知": {"material", "procedure", "limit", "fee", "basis"}, "补正": {"text"}, "中止": {"text"},
    "恢复": {"text"}, "请示": {"text"}, "批示": {"text"}, "延期": {"reason"}, "预约": {"place", "reason"},
    "催办": {"text"}, "督办": {"text", "number"}, "出具": {"number", "to"},
    "办结": {"result", "not_told", "reason", "basis"}, "回访": {"comment"}, "重办": {"reason"},
    "更正": {"value", "reason"}, "撤回": {"reason"}, "并案": {"reason"},
    "收件": {"material", "text"}, "退件": {"material", "text"}, "异议": {"text"},
}  # fmt: skip


def texts(kind: type[Event]) -> dict[str, Any]:
    """The fields of an event that hold text, each with a canary in it."""
    found: dict[str, Any] = {}
    for field in structs.fields(kind):
        kinds = get_args(field.type) or (field.type,)
        if field.name in ("id", "by"):
            continue
        if get_origin(field.type) is tuple:
            found[field.name] = (f"{CANARY}{field.name}",)
        elif str in kinds:
            found[field.name] = f"{CANARY}{field.name}"
        elif Contact in kinds:
            found[field.name] = Contact(f"{CANARY}甲", f"{CANARY}1", f"{CANARY}地")
    return found


def full(kind: type[Event], name: str) -> Event:
    """An event of a class with a canary wherever text fits."""
    more: dict[str, Any] = {}
    for field in structs.fields(kind):
        if field.required and field.name not in ("id", "at", "by"):
            more[field.name] = Target("规划科", "lijie") if field.type is Target else AT
    return kind(id=name, at=AT, by="wangfang", **more | texts(kind))


@pytest.mark.parametrize("word", EVENTS)
def test_every_text_field_has_its_place(word):
    """Of each act: either known to hold a word of a list or a member of staff, or kept apart."""
    known = OPEN.get(word, frozenset())
    assert set(texts(EVENTS[word])) == known | APART.get(word, set())
    public, kept = event_parted(full(EVENTS[word], "aaaa"))
    assert set(kept) == APART.get(word, set())
    assert CANARY not in str(structs.replace(public, **dict.fromkeys(known, ())))
    whole = Inquiry(id="x", received=AT, channel="来电", category="举报", subject="真", department="审批科",
                    scope="本人", policy="bumen", events=(full(EVENTS[word], "aaaa"),))  # fmt: skip
    assert joined(*parted(whole)) == whole


@pytest.fixture
def kept(ledger, sw, request) -> str:
    """A 举报 in a ledger under git; its id."""
    who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    for words in (("init", "-q"), ("add", "-A"), (*who, "commit", "-qm", "建账")):
        subprocess.run(["git", "-C", ledger, *words], check=True)
    return sw("heping", "intake", "--channel", "来电", "--category", "举报", "--subject", f"{CANARY}事", "--name", f"{CANARY}某",
              "--phone", "13955550199", "--scope", "本人").id  # fmt: skip


def shared(ledger: Path) -> str:
    """Everything that lies in the ledger for all to read, and everything git took."""
    subprocess.run(["git", "-C", ledger, "add", "-A"], check=True)
    who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    subprocess.run(["git", "-C", ledger, *who, "commit", "-qm", "全部"], check=False, capture_output=True)
    log = subprocess.check_output(["git", "-C", ledger, "log", "-p", "--all"], text=True)
    files = [p for p in ledger.rglob("*") if p.is_file() and not {"private", ".git"} & set(p.parts)]
    return log + "".join(p.read_text("utf-8") + str(p) for p in files)


ACTS = [
    ("handoff", "--to", "规划科/lijie", "--mode", "书面转交", "--reason", "C"),
    ("return", "--reason", "C"),
    ("progress", "--text", "C"), ("note", "--text", "C"), ("notify", "--material", "C"),
    ("supplement", "--text", "C"), ("escalate", "--text", "C"), ("urge", "--text", "C"),
    ("instruct", "--text", "C"), ("supervise", "--text", "C"),
    ("appoint", "--when", "2026-11-24 10:00", "--place", "C", "--reason", "C"),
    ("correct", "--field", "inquirer.name", "--value", "C", "--reason", "C"),
    ("correct", "--field", "inquirer.phone", "--value", "13955550188", "--reason", "C"),
    ("correct", "--field", "inquirer.organisation", "--value", "C", "--reason", "C"),
    ("correct", "--field", "subject", "--value", "C", "--reason", "C"),
    ("correct", "--field", "detail", "--value", "C", "--reason", "C"),
    ("correct", "--field", "category", "--value", "咨询", "--reason", "C"),
    ("progress", "--text", "C"),
    ("close", "--outcome", "已答复", "--result", "C"),
    ("callback", "--rating", "满意", "--resolved", "--comment", "C"),
    ("reopen", "--reason", "C"),
]  # fmt: skip


def test_no_act_tells_it(kept, ledger, sw):
    """Every act with a canary in it, one after the other: no shared file has one, show has them all."""
    said = []
    for n, (act, *words) in enumerate(ACTS):
        mine = f"{CANARY}{n}。"
        said.append(mine)
        sw(
            "heping",
            act,
            kept,
            *(mine if w == "C" else w for w in words),
            code=None,
            now=f"2026-11-23T09:{20 + n}",
        )
    text = shared(ledger)
    assert kept in text and CANARY not in text and "139555501" not in text
    record = Ledger(str(ledger)).read(Ledger(str(ledger)).find(kept))
    assert len(record.content.events) >= 18  # the acts were done, not refused
    told = sw("heping", "show", kept, "--format", "json").out
    assert sum(mine in told for mine in said) >= 18 and "13955550188" in told
    assert sw("heping", "check").out == ""


def test_an_inquiry_that_becomes_a_report_of_a_wrong(ledger, sw, inquiry):
    """From the correction on nothing is told any more, and it is said that what was written stays."""
    name = inquiry()
    done = sw(
        "wangfang", "correct", name, "--field", "category", "--value", "举报", "--reason", f"{CANARY}由"
    )
    assert "在此以前已写进共用记录" in done.err
    sw("wangfang", "note", name, "--text", f"{CANARY}记")
    sw("wangfang", "correct", name, "--field", "category", "--value", "咨询", "--reason", f"{CANARY}回")
    sw("wangfang", "note", name, "--text", f"{CANARY}又")
    text = "".join(p.read_text("utf-8") for p in ledger.glob("inquiries/*/*/*.yaml"))
    assert name in text and CANARY not in text
    assert f"{CANARY}又" in sw("wangfang", "show", name).out
    assert "另有保密件" in sw("wangfang", "list").err and name not in sw("wangfang", "list").out


@pytest.mark.parametrize("field", CORRECTABLE)
def test_no_correction_takes_the_protection_away(field):
    """Whatever is put right, in the header or after: secret before, secret after."""
    whole = Inquiry(id="x", received=AT, channel="来电", category="举报", subject="真", department="审批科",
                    scope="本人", policy="bumen", inquirer=Inquirer("张某"))  # fmt: skip
    value = {"received": AT.isoformat(), "promised": AT.isoformat(), "confidential": "是"}.get(field, "咨询")
    after = corrected(whole, Correct("aaaa", AT, "wangfang", field, value, "错"))
    assert secret(after)
    public, _ = event_parted(Correct("aaaa", AT, "wangfang", field, value, "错"))
    assert (public.value == value) is (field in DRY)


@pytest.mark.parametrize("fault", [OSError(28, "full"), KeyboardInterrupt()], ids=["full", "Ctrl-C"])
def test_what_was_not_recorded_is_not_kept_apart_either(kept, ledger, monkeypatch, fault):
    """The record cannot be written: the private part is as before."""
    book = Ledger(str(ledger))
    record, path = book.read(book.find(kept)), ledger / "private" / f"{kept}.yaml"
    before, real = path.read_bytes(), atomic_files.os.replace

    def failing(source, target, **more):
        if "inquiries" in str(target):
            raise fault
        return real(source, target, **more)

    monkeypatch.setattr(atomic_files.os, "replace", failing)
    with pytest.raises((Conflict, KeyboardInterrupt)):
        book.append(record, Note("aaaa", AT, "heping", CANARY))
    assert path.read_bytes() == before
    monkeypatch.undo()
    book.append(record, Note("aaab", AT, "heping", CANARY))
    assert private_parts.read(str(ledger), kept).events == {"aaab": {"text": CANARY}}


def test_a_machine_without_the_private_part_keeps_its_own(kept, ledger, sw):
    """A clone has the record alone: what is said there stays there, and the record grows all the same."""
    (ledger / "private" / f"{kept}.yaml").unlink()
    sw("heping", "note", kept, "--text", f"{CANARY}记")
    assert f"{CANARY}记" in sw("heping", "show", kept).out
    assert CANARY not in shared(ledger)


def test_words_that_duties_look_for_stay(ledger, sw, kept):
    """无理取闹 frees from telling the result, on every clone: the word names nobody."""
    policy = ledger / "policies" / "benju.yaml"
    policy.parent.mkdir(exist_ok=True)
    book = Ledger(str(ledger))
    words = {w for duty in book.policy("gongsi").duties.values() if duty for w in duty.exempt}
    assert "无理取闹" in words
    done = EVENTS["办结"]("aaaa", AT, "heping", "已答复", "x", None, f"{CANARY}无理取闹")
    public, _ = event_parted(done, words - {"匿名"})
    assert public.not_told == "无理取闹" and public.result == HIDDEN


# purge


@pytest.fixture
def closed(kept, sw) -> str:
    """The same, closed."""
    sw("heping", "close", kept, "--outcome", "已答复", "--result", f"{CANARY}果")
    return kept


def test_a_purge_that_could_not_delete_says_nothing(closed, ledger, sw, monkeypatch):
    """The file cannot be taken away: the record does not say that it was, and the next purge does it."""
    path = ledger / "private" / f"{closed}.yaml"
    real = atomic_files.os.unlink

    def refused(target, **more):
        if str(target) == str(path):
            raise PermissionError(1, "no")
        return real(target, **more)

    monkeypatch.setattr(atomic_files.os, "unlink", refused)
    sw("heping", "purge", closed, code=6)
    assert path.exists() and PURGED not in shared(ledger)
    monkeypatch.setattr(atomic_files.os, "unlink", real)
    sw("heping", "purge", closed)
    assert not path.exists() and PURGED in shared(ledger)
    assert CANARY not in sw("heping", "show", closed).out
    assert list((ledger / "private").iterdir()) == []


def test_a_purge_cut_short_is_finished(closed, ledger, sw, monkeypatch):
    """Killed between the deletion and the trace: check names it, the next purge writes the trace."""
    private_parts.purge(str(ledger), closed)
    assert "清除做到一半" in sw("heping", "check", code=1).out
    sw("heping", "purge", closed)
    assert shared(ledger).count(PURGED) >= 1
    assert sw("heping", "check").out == ""


def test_a_purge_cut_short_after_its_trace_is_finished(closed, ledger, sw, monkeypatch):
    """Killed when all but the last was done: in the same minute the next purge ends it, and writes no second trace."""
    with monkeypatch.context() as patch:
        patch.setattr(private_parts, "traced", lambda root, name: None)
        sw("heping", "purge", closed)
    traces = shared(ledger).count(PURGED)
    sw("heping", "purge", closed)
    assert shared(ledger).count(PURGED) == traces
    assert list((ledger / "private").iterdir()) == [] and sw("heping", "check").out == ""


def test_a_purge_that_is_refused_deletes_nothing(closed, ledger, sw):
    """Who may not write the trace may not delete either."""
    staff = ledger / "staff.yaml"
    staff.write_text(
        staff.read_text("utf-8").replace("joined: 2008-01-01}", "joined: 2008-01-01, until: 2026-11-01}"),
        "utf-8",
    )
    sw("heping", "purge", closed, code=3)
    assert (ledger / "private" / f"{closed}.yaml").exists()


# git


def spoil(ledger: Path, how: str) -> None:
    """Bring the private part where git takes it."""
    if how != "committed and taken out":
        (ledger / ".gitignore").write_text("/.lock\n", "utf-8")
    who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    add = ["git", "-C", ledger, "add", "-A", "-f"]
    commit = ["git", "-C", ledger, *who, "commit", "-qm", "x", "--no-verify"]
    if how != "not ignored":
        subprocess.run(add, check=True)
    if how.startswith("committed"):
        subprocess.run(commit, check=True)
    if how == "committed and taken out":
        subprocess.run(["git", "-C", ledger, "rm", "-rq", "--cached", "private"], check=True)
        subprocess.run(commit, check=True)


@pytest.mark.parametrize("how", ["not ignored", "staged", "committed"])
def test_private_that_git_would_take_stops_everything(how, kept, ledger, sw):
    """check, the check before a commit, and sync: each names it and stops."""
    spoil(ledger, how)
    assert "[private]" in sw("heping", "check", code=1).out
    assert "[private]" in sw("heping", "check", "--staged", code=1).out
    if how != "not ignored":
        assert "[private]" in sw("heping", "check", "--since", "auto", code=1).out
    assert "private" in sw("heping", "sync", code=3).err


def test_private_in_a_commit_not_yet_pushed_stops_the_push(kept, ledger, sw):
    """Taken out again by a later commit: the push would still carry it."""
    spoil(ledger, "committed and taken out")
    assert "收进了 private/" in sw("heping", "sync", code=3).err
    assert "收进了 private/" in sw("heping", "check", "--since", "all", code=1).out


def test_a_slip_on_a_protected_inquiry_is_taken_back(kept, ledger, sw):
    """Which act is meant stays in the shared record, or it could not be taken back; why goes apart."""
    sw("heping", "progress", kept, "--text", f"{CANARY}说错了")
    sw("heping", "withdraw", kept, "--reason", f"{CANARY}记错")
    shown = json.loads(sw("heping", "show", kept, "--format", "json").out)
    assert [f["name"] for f in shown["findings"] if f["name"] == "争议"] == []
    assert CANARY not in next((ledger / "inquiries").rglob(f"{kept}.yaml")).read_text("utf-8")
    assert f"{CANARY}记错" in (ledger / "private" / f"{kept}.yaml").read_text("utf-8")
