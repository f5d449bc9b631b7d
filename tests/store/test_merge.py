"""Two clones of a ledger, merged by git alone: built-in union, no driver, no configuration."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")


def git(root: Path, *words: str) -> str:
    """The output of git in a clone; it must succeed."""
    who = ("-c", "user.name=t", "-c", "user.email=t@example.org")
    done = subprocess.run(["git", *who, "-C", root, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def clones(ledger: Path, inquiry, run, tmp_path: Path) -> tuple[str, Callable, Callable]:
    """(an inquiry in both, ``act(n, who, …)`` in clone 0 or 1, ``merged()`` → the merged ledger)."""
    name = inquiry()
    git(ledger, "init", "-q", "-b", "main")
    git(ledger, "add", ".")
    git(ledger, "commit", "-q", "-m", "start")
    other = tmp_path / "other"
    git(tmp_path, "clone", "-q", str(ledger), str(other))
    roots = (ledger, other)

    def act(n: int, who: str, *words: str, **more) -> None:
        run("-L", roots[n], "--as", who, *words, **more)
        git(roots[n], "add", ".")
        git(roots[n], "commit", "-q", "-m", words[0])

    def merged() -> Path:
        git(other, "pull", "-q", "--no-rebase", "--no-edit", "origin", "main")
        return other

    return name, act, merged


def test_both_events_stand_after_a_merge(clones, run) -> None:
    """Neither clone's event is lost, cut or fused, and nobody has to resolve anything."""
    name, act, merged = clones
    act(0, "wangfang", "note", name, "--text", "甲")
    act(1, "lijie", "note", name, "--text", "乙")
    root = merged()
    assert run("-L", root, "check").out == ""
    shown = json.loads(run("-L", root, "show", name, "--format", "json").out)
    assert sorted(e["text"] for e in shown["events"]) == ["乙", "甲"]


def test_contradicting_handoffs_become_a_dispute(clones, run) -> None:
    """The same inquiry handed to two departments: the earlier stands, the later is shown, not lost."""
    name, act, merged = clones
    act(0, "wangfang", "handoff", name, "--to", "规划科", "--mode", "电话联系", now="2026-11-23T10:00")
    act(1, "wangfang", "handoff", name, "--to", "办公室", "--mode", "电话联系", now="2026-11-23T10:05")
    root = merged()
    shown = json.loads(run("-L", root, "show", name, "--format", "json").out)
    assert shown["pending"]["department"] == "规划科"
    assert [f["name"] for f in shown["findings"]] == ["争议"]
    found = run("-L", root, "check", code=1).out
    assert found.count("\n") == 1 and "转办未生效" in found and "[legal-order]" in found


def test_both_intakes_stand_after_a_merge(clones, run) -> None:
    """Two clones taking in at the same moment draw different ids and different files."""
    _, act, merged = clones
    words = ("intake", "--channel", "来电", "--category", "咨询", "--scope", "本人", "--subject")
    act(0, "wangfang", *words, "甲")
    act(1, "lijie", *words, "乙")
    root = merged()
    listed = json.loads(run("-L", root, "list", "--format", "json").out)
    assert len(listed["items"]) == 3
    assert run("-L", root, "check").out == ""
