"""Identities of every kind and form in every field of a record, looked for in everything that leaves the ledger."""

import json
import re
import subprocess
from datetime import datetime, timedelta
from itertools import cycle
from pathlib import Path

import pytest
from msgspec import structs

from shouwen import cli
from shouwen.core.inquiry.confidential import OPEN
from shouwen.core.inquiry.events import EVENTS, Contact, Target, act_of
from shouwen.core.inquiry.header import Inquirer, Inquiry
from shouwen.store import private_parts
from shouwen.store.ledger import Ledger

from .identities import ALL as IDENTITIES
from .identities import tells
from .test_masked import FORMATS, LISTING

AT = datetime.fromisoformat("2026-11-02T09:00:00+08:00")
KEY, LATE = "20261102-K7Q4QX", "2026-12-20T09:00"


def planted(kind: type, name: str, at: datetime, identities) -> object:
    """An event of a class with an identity in every field in which somebody may have typed one."""
    more = {}
    for field in structs.fields(kind):
        value = f"说{next(identities)}。"
        if field.name in ("id", "at", "by"):
            continue
        if field.name in ("to", "designate"):
            more[field.name] = (
                Target("规划科", "lijie")
                if kind is not EVENTS["请示"] and kind is not EVENTS["出具"]
                else "zhaojun"
            )
        elif field.name in OPEN.get(act_of(kind), ()):
            known = {
                "mode": "引领",
                "outcome": "已答复",
                "field": "detail",
                "form": "回执单",
                "rating": "满意",
                "reason": "特别程序",
            }
            if field.name in known:
                more[field.name] = known[field.name]
            elif field.required:
                more[field.name] = "zhaojun"
        elif field.default == "" or (field.required and field.type is str):
            more[field.name] = value
        elif isinstance(field.default, Contact):
            continue  # whom to ask in the office: what the inquirer is told
        elif field.name == "material":
            more[field.name] = (value, value)
        elif field.required:
            more[field.name] = at
    return kind(
        id=name, at=at, by="wangfang", **{k: v for k, v in more.items() if k in kind.__struct_fields__}
    )


@pytest.fixture(params=["open", "confidential"])
def full(request, ledger) -> tuple[Path, bool]:
    """A ledger of one record in which everything happened, an identity in each field of it."""
    identities = cycle(IDENTITIES)
    events, asked = [], ("需", "到")
    for turn in range(5):  # so that each of them stands somewhere
        for n, kind in enumerate(EVENTS.values()):
            try:
                events.append(
                    planted(kind, f"{turn}a{n:02}", AT + timedelta(minutes=1 + n + 100 * turn), identities)
                )
            except TypeError:  # an act of another shape, which has tests of its own
                continue
    text = "、".join(IDENTITIES)
    Ledger(str(ledger)).create(Inquiry(
        id=KEY, received=AT, channel="来电", category="举报" if request.param == "confidential" else "咨询",
        subject=f"{asked[0]}{text}", detail=text, inquirer=Inquirer("龘靐齉", "0631-5550999"), first_responder="wangfang",
        department="审批科", scope="本人", policy="bumen", events=tuple(events),
    ))  # fmt: skip
    return ledger, request.param == "confidential"


# What shows more than one record beside the lists: the story of a day, figures, the calendar of due dates, accountability.
BESIDE = [
    *((*command, "--format", form) for form in FORMATS
      for command in (("log",), ("stats",), ("bulletin", "--from", "2026-11-01", "--to", "2026-12-31"), ("sanction", "list"))),
    ("overdue", "--soon", "30", "--format", "ics"), ("sanction", "report", "--from-overdue"), ("check", "--format", "json"),
    ("--color", "always", "list"), ("search", "说"), ("search", "139"), ("search", "龘"),
]  # fmt: skip


def seen(text: str) -> list[str]:
    """The identities that a text gives away."""
    return [one for one in (*IDENTITIES, "举报人龘靐齉", "5550999") if tells(one) in text]


@pytest.mark.parametrize("words", LISTING + BESIDE, ids=" ".join)
def test_no_list_gives_one_away(words, full, sw):
    """Whatever the form, what goes to stdout and to stderr."""
    import email
    from email import policy

    done = sw("lijie", *words, code=None, now=LATE)
    shown = done.out
    if "eml" in words:
        mail = email.message_from_string(done.out, policy=policy.default)
        shown = "".join(p.get_content() for p in mail.iter_parts()) + str(mail["Subject"])
    shown = shown.replace("\r\n ", "").replace("\\", "")  # ics folds its lines, markdown escapes
    assert done.code in (0, 1) and seen(shown + done.err) == []


@pytest.mark.parametrize("words", [
    ("accept", "K7"), ("handoff", KEY, "--to", "nobody"), ("note", KEY, "--text", ""), ("close", KEY), ("archive", "--dry-run"),
    ("purge", "--days", "1", "--dry-run"), ("sanction", "report", "--from-overdue"), ("route",), ("fmt", "--check"), ("heal",), ("sync",),
], ids=" ".join)  # fmt: skip
def test_no_message_gives_one_away(words, full, sw):
    """What is refused, proposed or mended says which record, never who."""
    done = sw("lijie", *words, code=None, now=LATE)
    assert done.code != 70 and seen(done.out + done.err) == []


def test_no_commit_of_a_confidential_one_gives_one_away(full, sw, monkeypatch):
    """Messages of commits never; contents not if it is confidential."""
    root, hidden = full
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "何平")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "heping@example.org")
    subprocess.run(["git", "-C", root, "init", "-q"], check=True)
    subprocess.run(["git", "-C", root, "config", "user.name", "何平"], check=True)
    subprocess.run(["git", "-C", root, "config", "user.email", "heping@example.org"], check=True)
    sw("heping", "git", "setup", code=None)
    sw("heping", "sync", code=None)
    assert seen(subprocess.check_output(["git", "-C", root, "log", "--all"], text=True)) == []
    log = subprocess.check_output(["git", "-C", root, "log", "--all", "-p"], text=True)
    assert KEY in log and bool(seen(log)) is not hidden


def test_no_shared_file_of_a_confidential_one_has_one(full):
    """Every file that lies there, hidden and temporary ones too, but for private/."""
    root, hidden = full
    text = "".join(
        p.read_text("utf-8", "replace")
        for p in root.rglob("*")
        if p.is_file() and private_parts.FOLDER not in p.parts
    )
    assert bool(seen(text)) is not hidden
    if hidden:
        kept = (root / "private" / f"{KEY}.yaml").read_text("utf-8")
        spelt = re.sub(r"\\u[0-9a-f]{4}", lambda found: json.loads(f'"{found[0]}"'), kept)
        assert set(IDENTITIES) <= set(seen(spelt))


@pytest.mark.parametrize("shell", ["fish", "bash", "zsh"])
def test_no_completion_gives_one_away(shell, full, run, monkeypatch):
    """TAB after show and note."""
    root, _ = full
    for words in (f"shouwen -L {root} show ", f"shouwen -L {root} note K"):
        monkeypatch.setenv("_SHOUWEN_COMPLETE", f"complete_{shell}")
        monkeypatch.setenv("_TYPER_COMPLETE_ARGS", words)
        monkeypatch.setenv("COMP_WORDS", words)
        monkeypatch.setenv("COMP_CWORD", "4")
        done = run(code=None)
        assert seen(done.out + done.err) == []


def test_no_traceback_gives_one_away(full, monkeypatch, capfd):
    """A bug in the middle of a report: the traceback shows code, not values."""
    from shouwen.services import overdue

    root, _ = full

    def broken(*_):
        raise ValueError("a bug")

    monkeypatch.setattr(overdue, "told_by", broken)
    monkeypatch.setattr("sys.argv", ["shouwen", "-L", str(root), "--as", "lijie", "overdue"])
    with pytest.raises(SystemExit) as stop:
        cli.main()
    said = capfd.readouterr()
    assert stop.value.code == 70 and seen(said.out + said.err) == []
