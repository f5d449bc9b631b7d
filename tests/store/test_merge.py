"""Two clones, real git: what both sides added is there on both sides, without a conflict."""

import json
import os
import shutil
import subprocess

import pytest

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")


@pytest.fixture
def clones(ledger, sw, inquiry, run, tmp_path):
    """(id, run on the first clone, run on the second, git): one ledger with one inquiry, cloned."""
    name = inquiry()
    env = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null", "HOME": str(tmp_path),
           "PATH": os.environ["PATH"], "GIT_AUTHOR_NAME": "甲", "GIT_AUTHOR_EMAIL": "a@example.org",
           "GIT_COMMITTER_NAME": "甲", "GIT_COMMITTER_EMAIL": "a@example.org"}  # fmt: skip

    def git(root, *words, code=0):
        done = subprocess.run(["git", "-C", root, *words], env=env, capture_output=True, text=True)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout

    def keep(root):
        git(root, "add", "-A")
        git(root, "commit", "-qm", "x")

    git(ledger, "init", "-q", "-b", "main")
    keep(ledger)
    second = tmp_path / "second"
    git(tmp_path, "clone", "-q", ledger, second)
    roots = (ledger, second)

    def on(n):
        return lambda who, *words, **more: run("-L", roots[n], "--as", who, *words, **more)

    def merge():
        """Both sides commit, then each merges the other."""
        for root in roots:
            keep(root)
        git(second, "pull", "-q", "--no-rebase", "--no-edit", ledger, "main")
        git(ledger, "pull", "-q", "--no-rebase", "--no-edit", second, "main")

    return name, on(0), on(1), merge


def shown(side, name) -> dict:
    """The record as show gives it."""
    return json.loads(side("wangfang", "show", name, "--format", "json").out)


def test_both_events_stand_after_a_merge(clones):
    """A note here, a word to the inquirer there: both stand, in both clones, with one meaning."""
    name, one, two, merge = clones
    one("wangfang", "note", name, "--text", "甲记的", now="2026-11-23T10:00")
    two("wangfang", "progress", name, "--text", "乙说的", now="2026-11-23T09:30")
    merge()
    first, second = shown(one, name), shown(two, name)
    assert first == second
    assert [e["text"] for e in first["events"]] == ["乙说的", "甲记的"]
    later = {"now": "2026-11-23T11:00"}
    assert one("wangfang", "check", **later).out == two("wangfang", "check", **later).out == ""


def test_merging_in_the_other_order_gives_the_same_state(clones):
    """Merges back and forth over several rounds: the same facts everywhere, none twice."""
    name, one, two, merge = clones
    for n in range(3):
        one("wangfang", "note", name, "--text", f"甲{n}")
        two("wangfang", "note", name, "--text", f"乙{n}")
        merge()
    first, second = shown(one, name), shown(two, name)
    assert {e["text"] for e in first["events"]} == {f"{w}{n}" for w in "甲乙" for n in range(3)}
    assert len(first["events"]) == 6 and first == second
    assert one("wangfang", "check").out == two("wangfang", "check").out == ""


def test_contradicting_handoffs_become_a_dispute(clones):
    """Two people handed the same inquiry on: the earlier stands, the later is shown as 争议."""
    name, one, two, merge = clones
    words = ("--mode", "电话联系", "--reason", "属其职责")
    one("wangfang", "handoff", name, "--to", "规划科", *words, now="2026-11-23T10:00")
    two("wangfang", "handoff", name, "--to", "办公室", *words, now="2026-11-23T10:30")
    merge()
    for side in (one, two):
        result = shown(side, name)
        assert result["phase"] == "待签收"
        assert [f["name"] for f in result["findings"]] == ["争议"]
        assert "转办未生效：现为“待签收”，不能转办" in result["findings"][0]["text"]
        assert "争议" in side("wangfang", "show", name).out
        check = side("wangfang", "check", code=1).out
        assert f"{name}.yaml:" in check and "[legal-order]" in check
        late = side("heping", "overdue", now="2026-12-10T09:00")
        assert name in late.out and "争议" in late.out + late.err


def test_both_intakes_stand_after_a_merge(clones, ledger):
    """Ids are drawn at random: both sides' intakes of one second stand side by side."""
    _, one, two, merge = clones
    words = ("intake", "--channel", "来电", "--category", "咨询", "--subject", "新的", "--scope", "本人")
    made = {side("wangfang", *words).id for side in (one, two) for _ in range(5)}
    merge()
    files = {p.stem for p in (ledger / "inquiries").rglob("*.yaml")}
    assert len(made) == 10 and made <= files and len(files) == 11
