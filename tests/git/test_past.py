"""A report of an earlier day is made again, byte for byte, from the version it speaks of."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from tests.support.repository import clone, commit, git, noted, taken

THEN, LATER = "2026-11-23T09:15:00+08:00", "2027-01-20T10:00:00+08:00"
AS_OF = "2026-11-23 09:15"
REPORTS = {
    **{f"overdue {form}": ("overdue", "--format", form)
       for form in ("table", "plain", "markdown", "html", "csv", "tsv", "json", "jsonl")},
    "overdue eml": ("overdue", "--format", "eml", "--to", "ke@example.org"),
    "overdue by holder": ("overdue", "--by", "holder", "--soon", "3"),
    **{f"evaluate {form}": ("evaluate", "2026", "--format", form) for form in ("text", "json", "csv", "markdown")},
}  # fmt: skip


@pytest.fixture
def past(ledger: Path, sw, tmp_path: Path) -> tuple[Path, str]:
    """(a ledger in a sub-folder of a repository, the commit of that day)."""
    top = tmp_path / "top"
    top.mkdir()
    git(top, "init", "-q")
    (top / "other.txt").write_text("x", "utf-8")
    for n in range(6):
        name = taken(ledger, n, matter="施工许可证" if n % 2 else "")
        noted(ledger, name, f"e{n:03}")
    sw("wangfang", "close", name, "--outcome", "已答复", "--result", "告知")
    case = sw("zhaojun", "sanction", "report", "--staff", "wangfang", "--article", "六", "--summary", "态度生硬",
              "--occurred", "2026-11-20").id  # fmt: skip
    sw("zhaojun", "sanction", "verify", case, "--finding", "查实")
    root = ledger.rename(top / "分局")
    return root, commit(top)


@pytest.mark.parametrize("name", REPORTS)
def test_byte_for_byte(name: str, past: tuple[Path, str], run, tmp_path: Path) -> None:
    """Two months, many acts, a changed roster and a new regulation later; also in another clone."""
    root, revision = past
    words = REPORTS[name]
    first = run("-L", root, *words, now=THEN).out
    again = run("-L", root, *words, "--as-of", AS_OF).out
    assert first == again != ""
    files = (p for p in sorted(root.rglob("*.yaml")) if "inquiries" in p.parts)
    done = next(p for p in files if '"do": "办结"' not in p.read_text("utf-8")).stem
    run("-L", root, "--as", "wangfang", "close", done, "--outcome", "已答复", "--result", "告知", now=LATER)
    run("-L", root, "archive", "--days", "0", now="2027-06-01T09:00")
    taken(root, 50)
    settings = root / "ledger.yaml"
    settings.write_text(settings.read_text("utf-8").replace("某局", "另一局") + "\noverrides: {}\n", "utf-8")
    (root / "staff.yaml").write_text(
        (root / "staff.yaml").read_text("utf-8").replace("王芳", "王方"), "utf-8"
    )
    commit(root.parent)
    assert run("-L", root, *words, now=LATER).out != first
    assert run("-L", root, *words, "--at", revision, "--as-of", AS_OF, now=LATER).out == first
    other = clone(root.parent, tmp_path / "other")
    assert run("-L", other / "分局", *words, "--at", revision, "--as-of", AS_OF, now=LATER).out == first


def test_without_a_moment_it_is_the_commits_own(past, run, monkeypatch) -> None:
    """``--at REV`` alone looks from the time the commit was made."""
    root, revision = past
    monkeypatch.delenv("SHOUWEN_NOW")
    made = git(root, "show", "-s", "--format=%cI", revision)
    text = run("-L", root, "overdue", "--at", revision, "--format", "json").out
    as_of = datetime.fromisoformat(json.loads(text)["as_of"])
    assert as_of == datetime.fromisoformat(made)


@pytest.mark.parametrize("words", [("overdue",), ("evaluate", "2026")])
def test_an_unknown_version_is_not_found(words: tuple[str, ...], past, run) -> None:
    """Exit 4 and the name, as for any other thing that is not there."""
    root, _ = past
    said = run("-L", root, *words, "--at", "没有这个", code=4).err
    assert "仓库里没有版本“没有这个”" in said


def test_the_past_writes_nothing(past, run) -> None:
    """Looking back leaves neither files nor the work tree changed."""
    root, revision = past
    run("-L", root, "overdue", "--at", revision, "--as-of", AS_OF)
    assert git(root.parent, "status", "--porcelain") == ""


def test_a_time_zone_of_its_own(past, run, monkeypatch) -> None:
    """The machine's zone has no say in an earlier report."""
    import time

    root, revision = past
    words = ("overdue", "--format", "html", "--at", revision, "--as-of", AS_OF)
    first = run("-L", root, *words).out
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        assert run("-L", root, *words).out == first
    finally:
        monkeypatch.undo()
        time.tzset()
