"""Several ledgers in one report: every form, each record once, and what cannot be read is said."""

import json
from email.parser import BytesParser
from email.policy import default
from pathlib import Path

import pytest

from tests.support.repository import path_of, taken

LATE = ("--as-of", "2026-12-10")


@pytest.fixture
def two(ledger: Path, tmp_path: Path, run) -> tuple[Path, Path]:
    """Two ledgers of two offices, one late inquiry in each, held by people of the same id."""
    other = tmp_path / "other"
    run("init", other, "--policy", "bumen", "--name", "二局")
    (other / "staff.yaml").write_bytes((ledger / "staff.yaml").read_bytes())
    (other / "matters.yaml").write_bytes((ledger / "matters.yaml").read_bytes())
    for root in (ledger, other):
        taken(root, 1)
    return ledger, other


@pytest.mark.parametrize("form", ["table", "plain", "markdown", "html", "csv", "tsv", "json", "jsonl", "eml"])
def test_overdue_in_every_form(form: str, two, run) -> None:
    """Both ledgers' inquiries stand in it, once each."""
    more = ("--to", "ke@example.org") if form == "eml" else ()
    text = run("-L", two[0], "-L", two[1], "overdue", *LATE, "--format", form, *more).out
    if form == "eml":
        from email import message_from_string, policy

        mail = message_from_string(text, policy=policy.default)
        assert "某局、二局超期报告" in mail["Subject"]
        text = mail.get_body(("plain",)).get_content()
    for root in two:
        name = next(root.rglob("inquiries/**/*.yaml")).stem
        assert name in text


@pytest.mark.parametrize("form", ["text", "table", "markdown", "html", "csv", "tsv", "json", "jsonl"])
def test_evaluate_in_every_form(form: str, two, run) -> None:
    """The people of both offices stand in it, told apart by their ledger."""
    text = run("-L", two[0], "-L", two[1], "evaluate", "2026", "--format", form, code=None).out
    assert text.count("wangfang") + text.count("王芳") >= 2
    if form in ("csv", "json", "table"):
        assert "某局" in text and "二局" in text


def test_grouped_by_ledger(two, run) -> None:
    """``--by ledger`` puts each office under its name."""
    text = run("-L", two[0], "-L", two[1], "overdue", *LATE, "--by", "ledger").out
    first, second = (next(root.rglob("inquiries/**/*.yaml")).stem for root in (two[1], two[0]))
    assert text.index("二局") < text.index(first) < text.index("某局") < text.index(second)


def test_one_message_for_each_holder_of_each_ledger(two, run, tmp_path: Path) -> None:
    """The same staff id in two offices is two people, and two messages."""
    out = tmp_path / "outbox"
    words = ("overdue", *LATE, "--format", "eml", "--each", "holder", "--outdir", out)
    made = run("-L", two[0], "-L", two[1], *words).out.split()
    assert sorted(Path(p).name for p in made) == ["20261210-二局-wangfang.eml", "20261210-某局-wangfang.eml"]
    assert all((out / Path(p).name).stat().st_mode & 0o077 == 0 for p in made)


def test_one_unreadable_record_hides_nothing(two, run) -> None:
    """Exit 5, the record named with its ledger, the rest of both reported."""
    name = taken(two[1], 2)
    path = path_of(two[1], name)
    path.write_text(path.read_text("utf-8").replace("channel:", "chanel:"), "utf-8")
    value = json.loads(run("-L", two[0], "-L", two[1], "overdue", *LATE, "--format", "json", code=5).out)
    assert {item["ledger"] for item in value["items"]} == {"某局", "二局"}
    assert [(p["path"], p["line"]) for p in value["unreadable"]] == [(str(path), 3)]
    assert f"{path}:3: " in run("-L", two[0], "-L", two[1], "overdue", *LATE, code=5).out
    assert run("-L", two[0], "-L", two[1], "evaluate", "2026", code=5).out == ""


def test_offices_of_one_name_are_told_apart(two, run, tmp_path: Path) -> None:
    """Two offices may bear one name: each one's mail has its own inquiries, each row says which."""
    settings = two[1] / "ledger.yaml"
    settings.write_text(settings.read_text("utf-8").replace("二局", "某局"), "utf-8")
    both, out = ("-L", two[0], "-L", two[1]), tmp_path / "outbox"
    names = [next(root.rglob("inquiries/**/*.yaml")).stem for root in two]
    items = json.loads(run(*both, "overdue", *LATE, "--format", "json").out)["items"]
    assert {i["id"]: i["ledger"] for i in items} == dict(zip(names, ("某局", "某局（2）"), strict=True))
    run(*both, "overdue", *LATE, "--format", "eml", "--each", "holder", "--outdir", out)
    mails = {path.name: BytesParser(policy=default).parsebytes(path.read_bytes()) for path in out.iterdir()}
    assert sorted(mails) == ["20261210-某局-wangfang.eml", "20261210-某局_2_-wangfang.eml"]
    for path, own, other in zip(sorted(mails), names, names[::-1], strict=True):
        text = mails[path].get_body(("plain",)).get_content()
        assert own in text and other not in text
