"""What makes a folder a ledger in git: init --git, git setup, the hook, commits by the way."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from shouwen.store import git_setup, merge_probe
from shouwen.store.git import GitError, call
from shouwen.store.ledger_template import ATTRIBUTES
from tests.support.places import ROOT
from tests.support.repository import clone, commit, git, head, path_of, taken

COMMIT = "\ngit: {commit: true}\n"


def broken(path: Path) -> None:
    """Make of a record one that must not be committed."""
    path.write_text(path.read_text("utf-8").replace("channel:", "chanel:"), "utf-8")


def test_init_makes_a_repository_and_commits_what_it_wrote(run, tmp_path: Path) -> None:
    """After ``init --git`` everything is committed under one subject and git has nothing to say."""
    root = tmp_path / "new"
    said = run("init", root, "--policy", "bumen", "--name", "某局", "--git").err
    assert "已建 git 仓库" in said
    assert git(root, "log", "--format=%s") == "建账"
    assert git(root, "status", "--porcelain") == ""
    assert git(root, "ls-files").split() == [
        ".gitattributes", ".gitignore", "ledger.yaml", "matters.yaml", "staff.yaml"
    ]  # fmt: skip


def test_without_a_git_user_init_says_what_to_set(run, tmp_path: Path, git_user: Path) -> None:
    """No commit under a made-up name: the ledger stands, the refusal names both settings."""
    (git_user / ".gitconfig").write_text("", "utf-8")
    root = tmp_path / "new"
    said = run("init", root, "--policy", "bumen", "--name", "某局", "--git", code=3).err
    assert "user.name" in said and "user.email" in said
    assert (root / "ledger.yaml").exists()


def test_setup_of_a_plain_folder_keeps_everything_people_wrote(ledger: Path, run) -> None:
    """Settings, own regulations and calendars are committed with the first commit."""
    for folder in ("policies", "calendar"):
        (ledger / folder).mkdir()
        (ledger / folder / "x.txt").write_text("x", "utf-8")
    run("-L", ledger, "git", "setup")
    assert git(ledger, "status", "--porcelain") == ""
    assert {"policies/x.txt", "calendar/x.txt"} <= set(git(ledger, "ls-files").split())


def half(root: Path) -> None:
    """What a ``git init`` leaves that is killed before it has written HEAD."""
    (root / ".git/objects").mkdir(parents=True)
    (root / ".git/refs").mkdir()


def test_half_a_repository_is_named_once_and_made_whole(ledger: Path, run) -> None:
    """A killed ``git setup``: check says what it is and how it is mended, and accuses no .gitignore."""
    half(ledger)
    items = json.loads(run("-L", ledger, "check", "--format", "json", code=1).out)["items"]
    (said,) = (i for i in items if i["check"] in ("git", "private", "merge-rules"))
    assert "不是完整的 git 仓库" in said["text"] and "shouwen git setup" in said["hint"]
    run("-L", ledger, "git", "setup")
    assert run("-L", ledger, "check").out == "" and git(ledger, "log", "--format=%s") == "建账"


def test_a_git_init_that_fails_leaves_no_half_repository(ledger: Path, run, monkeypatch) -> None:
    """A full disk: refused with git's words, the folder is as it was; what stood there before is not touched."""

    def failing(root: str, *words: str, **more: object) -> bytes:
        if words[0] == "init":
            half(Path(root))
            raise GitError("fatal: No space left on device")
        return call(root, *words, **more)

    monkeypatch.setattr(git_setup, "call", failing)
    assert "No space left" in run("-L", ledger, "git", "setup", code=6).err
    assert not (ledger / ".git").exists() and run("-L", ledger, "check").out == ""
    (ledger / ".git").mkdir()
    (ledger / ".git/mine").write_text("x", "utf-8")
    run("-L", ledger, "git", "setup", code=6)
    assert (ledger / ".git/mine").exists()


def test_a_fresh_clone_is_set_up_once(repo: Path, run, tmp_path: Path) -> None:
    """The second run changes nothing and says so."""
    other = clone(repo, tmp_path / "other")
    first = run("-L", other, "git", "setup").err
    hook = other / ".git" / "hooks" / "pre-commit"
    before = hook.read_bytes()
    second = run("-L", other, "git", "setup").err
    assert "提交前检查：已装" in first and "演练合并通过" in first
    assert "提交前检查：已有" in second and hook.read_bytes() == before
    assert os.access(hook, os.X_OK) and git(other, "status", "--porcelain") == ""


def test_missing_rules_are_added_to_what_stands_there(repo: Path, run) -> None:
    """A hand-made .gitattributes keeps its lines and gains the missing ones."""
    (repo / ".gitattributes").write_text("*.png binary", "utf-8")
    run("-L", repo, "git", "setup")
    text = (repo / ".gitattributes").read_text("utf-8")
    assert text.startswith("*.png binary\n") and ATTRIBUTES in text


def test_a_rule_that_undoes_the_union_is_refused(repo: Path, run) -> None:
    """With another merge driver for records one side's events would be lost: setup says so."""
    (repo / "inquiries").mkdir(exist_ok=True)
    (repo / "inquiries" / ".gitattributes").write_text("*.yaml merge=ours\n", "utf-8")
    assert "merge" in run("-L", repo, "git", "setup", code=3).err


def test_a_foreign_hook_is_left_alone(repo: Path, run) -> None:
    """Somebody's own hook is not overwritten; the line to add is said."""
    hook = repo / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 0\n", "utf-8")
    said = run("-L", repo, "git", "setup").err
    assert "check --staged" in said and hook.read_text("utf-8") == "#!/bin/sh\nexit 0\n"


def test_hooks_kept_elsewhere_are_said(repo: Path, run, tmp_path: Path) -> None:
    """With core.hooksPath a hook in .git/hooks would never run: setup says where to add the line."""
    git(repo, "config", "core.hooksPath", str(tmp_path / "elsewhere"))
    said = run("-L", repo, "git", "setup").err
    assert str(tmp_path / "elsewhere") in said and not (repo / ".git" / "hooks" / "pre-commit").exists()


@pytest.mark.parametrize("how", ["index", "all", "paths"])
@pytest.mark.parametrize("below", ["", "分局 台账"])
def test_the_hook_stops_what_is_wrong_and_lets_the_rest_pass(
    how: str, below: str, ledger: Path, run, tmp_path: Path, monkeypatch
) -> None:
    """Real commits with the installed program, for every way of saying what to commit."""
    top = ledger
    if below:
        top = tmp_path / "top"
        top.mkdir()
        git(top, "init", "-q", "-b", "main")
        ledger = ledger.rename(top / below)
        commit(top)
    monkeypatch.delenv("SHOUWEN_LEDGER", raising=False)
    run("-L", ledger, "git", "setup")
    name = taken(ledger)
    commit(top, "一件")  # passes the hook
    assert git(top, "log", "-1", "--format=%s") == "一件"
    before = head(top)
    broken(path_of(ledger, name))
    words = {"index": (), "all": ("-a",), "paths": ("--", str(path_of(ledger, name)))}[how]
    if how == "index":
        git(top, "add", "-A")
    done = subprocess.run(["git", "-C", top, "commit", "-qm", "坏", *words], capture_output=True, text=True)
    assert done.returncode != 0 and f"{name}.yaml:3: " in done.stdout + done.stderr
    assert head(top) == before


def test_the_hook_stops_a_deletion_and_an_edited_line(repo: Path, run) -> None:
    """What is no longer there is a finding too, though nothing staged can be read for it."""
    one, two = taken(repo, 1), taken(repo, 2)
    commit(repo)
    git(repo, "rm", "-q", str(path_of(repo, one)))
    assert "[record-deleted]" in run("-L", repo, "check", "--staged", code=1).out
    git(repo, "reset", "-q", "--hard")
    path = path_of(repo, two)
    path.write_text(path.read_text("utf-8").replace("事由2", "别的"), "utf-8")
    git(repo, "add", "-A")
    assert "[history-edited]" in run("-L", repo, "check", "--staged", code=1).out


def test_two_ledgers_of_one_repository_share_the_hook(run, tmp_path: Path) -> None:
    """Each has its line: what is wrong in the second is stopped as well."""
    git(tmp_path, "init", "-q", "-b", "main")
    for name in ("a", "b"):
        run("init", tmp_path / name, "--policy", "bumen", "--name", name)
        run("-L", tmp_path / name, "git", "setup")
    hook = (tmp_path / ".git" / "hooks" / "pre-commit").read_text("utf-8")
    assert hook.count("check --staged") == 2 and "./a/" in hook and "./b/" in hook
    commit(tmp_path)
    (tmp_path / "b" / "staff.yaml").write_text("staff: [", "utf-8")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "坏", code=1)


def test_the_trial_merge_finds_a_git_that_loses_events(monkeypatch) -> None:
    """Without the union rule the rehearsal fails; with it, it passes."""
    assert merge_probe.scratch_merge(ATTRIBUTES) == ""
    assert merge_probe.scratch_merge("") != ""


def test_each_act_is_one_commit_of_its_own_file(ledger: Path, sw) -> None:
    """With ``git: {commit: true}`` nothing that lies around, staged or not, goes along."""
    with (ledger / "ledger.yaml").open("a", encoding="utf-8") as file:
        file.write(COMMIT)
    git(ledger, "init", "-q")
    commit(ledger)
    (ledger / "staff.yaml").write_text((ledger / "staff.yaml").read_text("utf-8") + "# 改了一半\n", "utf-8")
    (ledger / "matters.yaml").write_text((ledger / "matters.yaml").read_text("utf-8") + "# 已暂存\n", "utf-8")
    git(ledger, "add", "matters.yaml")
    (ledger / "随手放的.txt").write_text("x", "utf-8")
    name = sw("wangfang", "intake", "--channel", "来电", "--category", "咨询", "--subject", "事由",
              "--scope", "其他部门").id  # fmt: skip
    path = f"inquiries/2026/11/{name}.yaml"
    sw("wangfang", "note", name, "--text", "甲")
    case = sw("zhaojun", "sanction", "report", "--staff", "wangfang", "--article", "四", "--summary", "态度生硬",
              "--occurred", "2026-11-20").id  # fmt: skip
    made = [
        line.split("\n", 1)
        for line in git(ledger, "log", "-3", "--format=%x00%s", "--name-only").split("\0")[1:]
    ]
    assert [(subject, files.split()) for subject, files in made] == [
        (f"立案 {case}", [f"sanctions/2026/{case}.yaml"]), (f"记事 {name}", [path]), (f"受理 {name}", [path])
    ]  # fmt: skip
    assert git(ledger, "-c", "core.quotePath=false", "status", "--porcelain").splitlines() == [
        "M  matters.yaml", " M staff.yaml", "?? 随手放的.txt"
    ]  # fmt: skip


def test_an_act_on_an_archived_record_commits_both_places(ledger: Path, sw, run) -> None:
    """Brought back from the archive it lies in one place again, in the commit too."""
    with (ledger / "ledger.yaml").open("a", encoding="utf-8") as file:
        file.write(COMMIT)
    git(ledger, "init", "-q")
    commit(ledger)
    name = taken(ledger)
    sw("wangfang", "close", name, "--outcome", "已答复", "--result", "告知")
    sw("wangfang", "archive", "--days", "0", now="2027-03-01T09:00")
    assert git(ledger, "log", "-1", "--format=%s") == "归档 1 条"
    sw("wangfang", "reopen", name, "--reason", "又来问", now="2027-03-01T10:00")
    assert [p for p in git(ledger, "ls-files").split() if name in p] == [f"inquiries/2026/11/{name}.yaml"]
    assert git(ledger, "status", "--porcelain") == ""
    assert run("-L", ledger, "check", "--since", "all", now="2027-03-01T10:00").out == ""


def test_two_acts_at_once_are_both_committed(ledger: Path) -> None:
    """Neither finds git's lock taken by the other."""
    with (ledger / "ledger.yaml").open("a", encoding="utf-8") as file:
        file.write(COMMIT)
    git(ledger, "init", "-q")
    names = [taken(ledger, n) for n in range(3)]
    commit(ledger)
    program = Path(sys.executable).parent / "shouwen"
    running = [
        subprocess.Popen([program, "-L", ledger, "--as", "wangfang", "note", name, "--text", "x"],
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for name in names
    ]  # fmt: skip
    said = [each.communicate(timeout=60)[1] for each in running]
    assert [each.returncode for each in running] == [0, 0, 0], said
    assert sorted(git(ledger, "log", "-3", "--format=%s").splitlines()) == sorted(f"记事 {n}" for n in names)


def test_the_pre_commit_hook_is_one_that_pre_commit_accepts() -> None:
    """The keys that pre-commit asks for, and an entry that is a command there is."""
    text = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")
    from ruamel.yaml import YAML

    (hook,) = YAML(typ="safe").load(text)
    assert {"id", "name", "entry", "language"} <= hook.keys()
    assert hook["language"] == "python" and hook["entry"].split() == ["shouwen", "check", "--staged"]
    assert hook["pass_filenames"] is False and hook["always_run"] is True
    assert hook["id"] == "shouwen-check" and "shouwen-check" in (ROOT / "shouwen/docs/git.md").read_text(
        "utf-8"
    )


def test_a_commit_that_has_to_wait_for_the_lock_in_vain(repo: Path, run, monkeypatch) -> None:
    """The record stands: the message says so, and not that nothing was changed."""
    from shouwen.store import git as store

    name = taken(repo)
    (repo / "ledger.yaml").write_text((repo / "ledger.yaml").read_text("utf-8") + COMMIT, "utf-8")

    def refuse(root):
        raise store.atomic_files.Unlocked("没有锁", "原有内容未变")

    real = store.commit

    def commit_locked(*args):
        with monkeypatch.context() as patch:
            patch.setattr(store.atomic_files, "lock", refuse)
            real(*args)

    monkeypatch.setattr(store, "commit", commit_locked)
    said = run("-L", repo, "--as", "wangfang", "note", name, "--text", "x", code=6)
    assert said.err.endswith("shouwen: 记录已写好，git 没有提交成功（没有锁）；请手工 git commit\n")
    assert path_of(repo, name).read_text("utf-8").count('"do": "记事"') == 1
