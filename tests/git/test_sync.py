"""sync between two clones and a bare repository: what passes, and what each stop says."""

import errno
from pathlib import Path

import pytest

from shouwen.core.inquiry.events import Handoff, Target
from tests.support.repository import START, append, commit, git, head, noted, path_of, taken


def grow(path: Path, text: str) -> None:
    """Add to a file that people write."""
    path.write_text(path.read_text("utf-8") + text, "utf-8")


def sync(run, root: Path, code: int = 0) -> str:
    """Run sync; what it said."""
    return run("-L", root, "sync", code=code).err


@pytest.fixture
def name(repo: Path) -> str:
    """An inquiry that every clone has."""
    found = taken(repo)
    commit(repo)
    return found


def test_two_clones_end_with_the_same(name: str, shared, run) -> None:
    """Both record, both sync: all events in both, nothing left to commit, history sound."""
    bare, one, two = shared
    noted(one, name, "aaaa")
    other = taken(two, 5)
    noted(two, name, "bbbb", 90)
    assert "已提交 1 条记录" in sync(run, one)
    assert "已提交 2 条记录" in sync(run, two)
    assert "已同步" in sync(run, one)
    assert head(one) == head(two) == head(bare)
    text = path_of(one, name).read_text("utf-8")
    assert text.count("aaaa") == text.count("bbbb") == 2 and path_of(one, other).exists()
    assert git(one, "status", "--porcelain") == ""
    assert run("-L", one, "check", "--since", "all").out == ""


def test_settings_files_are_left_to_people(name: str, shared, run) -> None:
    """Half-edited settings and stray files are neither committed nor in the way."""
    _, one, two = shared
    for root in (one, two):
        grow(root / "staff.yaml", "# 改了一半\n")
    noted(one, name, "aaaa")
    sync(run, one)
    noted(two, name, "bbbb")
    sync(run, two)
    assert git(two, "status", "--porcelain") == " M staff.yaml"
    assert "改了一半" not in git(two, "show", "HEAD:staff.yaml")


def test_settings_changed_on_both_sides_stop_before_the_merge(name: str, shared, run) -> None:
    """What git would overwrite is said to be committed first; nothing is merged."""
    _, one, two = shared
    grow(one / "staff.yaml", "# 甲\n")
    commit(one)
    sync(run, one)
    grow(two / "staff.yaml", "# 乙\n")
    said = sync(run, two, 6)
    assert "git commit" in said and "staff.yaml" in said
    commit(two)
    said = sync(run, two, 6)
    assert "git add" in said and "staff.yaml" in said
    said = run("-L", two, "heal", code=1).err
    assert "staff.yaml:" in said and "要人来定" in said
    assert "合并没有完成" in sync(run, two, 6)
    (two / "staff.yaml").write_text((one / "staff.yaml").read_text("utf-8") + "# 乙\n", "utf-8")
    git(two, "add", "staff.yaml")
    sync(run, two)  # the way out that was told is one
    assert git(two, "status", "--porcelain") == ""


def test_without_an_upstream_the_records_are_committed(name: str, repo: Path, run) -> None:
    """The local commit is made and the command that sets an upstream is said."""
    noted(repo, name, "aaaa")
    assert "git push -u origin main" in sync(run, repo)
    assert git(repo, "status", "--porcelain") == ""


def test_without_git_it_says_how_to_begin(ledger: Path, run) -> None:
    """Outside a repository nothing is done."""
    assert "shouwen git setup" in sync(run, ledger, 3)


def test_without_a_network_nothing_is_lost(name: str, shared, run) -> None:
    """The local commit stands and the next sync carries it over."""
    bare, one, _ = shared
    noted(one, name, "aaaa")
    away = bare.rename(bare.with_suffix(".away"))
    assert "网络通了再 shouwen sync" in sync(run, one, 6)
    assert git(one, "status", "--porcelain") == ""
    away.rename(bare)
    sync(run, one)
    assert head(one) == head(bare)


def test_a_merge_under_way_is_finished_first(name: str, shared, run) -> None:
    """Without the union rule records do conflict; sync keeps both sides, as heal would, and goes on."""
    _, one, two = shared
    for root in (one, two):
        (root / ".git" / "info" / "attributes").write_text("inquiries/** merge=text\n", "utf-8")
    noted(one, name, "aaaa")
    commit(one)
    git(one, "push", "-q")
    noted(two, name, "bbbb")
    commit(two)
    assert "shouwen git setup" in sync(run, two, 3)
    git(two, "pull", "-q", "--no-rebase", code=1)
    (two / ".git" / "info" / "attributes").unlink()
    shown = run("-L", two, "heal", "--dry-run").out
    assert "-<<<<<<<" in shown and "->>>>>>>" in shown
    assert "两边的事件都留下了" in sync(run, two)
    text = path_of(two, name).read_text("utf-8")
    assert "aaaa" in text and "bbbb" in text and "<<<" not in text
    assert run("-L", two, "check", "--since", "all").out == ""


def test_a_rewritten_upstream_is_not_merged(name: str, shared, run) -> None:
    """Somebody forced an edited history on the hub: refused before it reaches this clone."""
    _, one, two = shared
    path = path_of(one, name)
    path.write_text(path.read_text("utf-8").replace("事由0", "别的"), "utf-8")
    git(one, "commit", "-q", "-a", "--amend", "-m", "x")
    git(one, "push", "-q", "--force")
    before = head(two)
    said = sync(run, two, 3)
    assert "上游的历史被改过" in said and "核对" in said and f"{name}.yaml" in said
    assert head(two) == before and git(two, "status", "--porcelain") == ""


def test_an_edited_event_from_upstream_is_not_merged(name: str, shared, run) -> None:
    """Pushed in the ordinary way, but a line of an earlier version is gone: refused, with place."""
    _, one, two = shared
    noted(one, name, "aaaa")
    commit(one)
    path = path_of(one, name)
    path.write_text(path.read_text("utf-8").replace("记 aaaa", "记 好"), "utf-8")
    commit(one)
    git(one, "push", "-q")
    before = head(two)
    assert "事件 aaaa 被改动" in sync(run, two, 3)
    assert head(two) == before


def test_own_damage_is_not_pushed(name: str, shared, run) -> None:
    """An edited line, a deleted record or one that cannot be read stops before the commit."""
    bare, one, _ = shared
    path, before = path_of(one, name), head(bare)
    text = path.read_text("utf-8")
    for wrong, said in ((text.replace("事由0", "别的"), "被改动"), (text.replace("channel:", "chanel:"), "chanel"),
                        (None, "整条记录被删去")):  # fmt: skip
        path.unlink() if wrong is None else path.write_text(wrong, "utf-8")
        assert said in sync(run, one, 3)
        path.write_text(text, "utf-8")
    assert head(bare) == before == head(one)


@pytest.mark.parametrize("times", [1, 2, 6])
def test_somebody_who_pushes_first_is_merged_in(times: int, name: str, shared, run, monkeypatch) -> None:
    """Between pull and push another clone pushed: pulled again, after a wait that grows, and only then pushed."""
    from shouwen.services import sync as module

    _, one, two = shared
    push, others, waits = module._push, [], []
    monkeypatch.setattr(module, "_wait", waits.append)

    def late(root: str) -> str:
        if len(others) < times:
            others.append(noted(two, name, f"bbb{len(others)}", 90))
            commit(two)
            git(two, "push", "-q")
        return push(root)

    monkeypatch.setattr(module, "_push", late)
    noted(one, name, "aaaa")
    said = sync(run, one)
    assert said.count("别人又推了新的") == times and "已同步" in said
    assert all(f"bbb{n}" in path_of(one, name).read_text("utf-8") for n in range(times))
    assert waits == list(range(1, times + 1))


def test_a_push_that_is_always_late_ends_with_what_to_do(name: str, shared, run, monkeypatch) -> None:
    """After a few attempts sync gives up; the local commit stands."""
    from shouwen.services import sync as module

    _, one, _ = shared
    monkeypatch.setattr(module, "_push", lambda root: "连续几次都有人抢先推送")
    monkeypatch.setattr(module, "PAUSE", 0.0)
    noted(one, name, "aaaa")
    assert "稍后再 shouwen sync" in sync(run, one, 6)
    assert git(one, "status", "--porcelain") == ""


def test_a_server_that_refuses_is_quoted(name: str, shared, run) -> None:
    """The hub's own hook says no: its words come through."""
    bare, one, _ = shared
    hook = bare / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 周末不收\nexit 1\n", "utf-8")
    hook.chmod(0o755)
    noted(one, name, "aaaa")
    said = sync(run, one, 6)
    assert "推送失败" in said and "周末不收" in said


@pytest.mark.parametrize(
    "key", ["core.sshCommand", "remote.origin.uploadpack", "credential.helper", "include.path"]
)
def test_programs_in_the_ledgers_own_settings_are_refused(key: str, name: str, shared, run) -> None:
    """Named, with the place where one's own belong."""
    _, one, _ = shared
    git(one, "config", key, "touch /tmp/never")
    said = sync(run, one, 3)
    assert key.lower() in said.lower() and "git config --global" in said


def test_a_shallow_clone_says_how_to_get_the_rest(name: str, shared, run, tmp_path: Path) -> None:
    """Without the history nothing can be held against it."""
    bare, _, _ = shared
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{bare}", str(tmp_path / "flat"))
    assert "git fetch --unshallow" in sync(run, tmp_path / "flat", 3)
    assert "git fetch --unshallow" in run("-L", tmp_path / "flat", "check", "--since", "1234567", code=1).out


def test_off_any_branch_nothing_is_committed(name: str, shared, run) -> None:
    """A commit on no branch would be lost."""
    _, one, _ = shared
    git(one, "checkout", "-q", "--detach")
    noted(one, name, "aaaa")
    before = head(one)
    assert "git switch main" in sync(run, one, 6) and head(one) == before


def test_archived_here_and_acted_on_there(name: str, shared, run, sw) -> None:
    """The move and the event meet: one file, both kept, back among the live ones in the same run."""
    _, one, two = shared
    for root in (one, two):
        git(root, "pull", "-q")
    run("-L", one, "--as", "wangfang", "close", name, "--outcome", "已答复", "--result", "告知")
    sync(run, one)
    sync(run, two)
    run("-L", one, "archive", "--days", "0", now="2027-03-01T09:00")
    sync(run, one)
    run("-L", two, "--as", "wangfang", "reopen", name, "--reason", "又来问", now="2027-03-01T10:00")
    sync(run, two)
    (found,) = two.rglob(f"{name}.yaml")
    assert found.relative_to(two).parts[0] == "inquiries" and "重办" in found.read_text("utf-8")
    assert run("-L", two, "check", "--since", "all").out == ""
    sync(run, two)


def test_a_contradiction_is_no_reason_to_stop(name: str, shared, run) -> None:
    """Two clones handed it to two departments: synced, and shown as a dispute everywhere."""
    _, one, two = shared
    for root, department, key in ((one, "规划科", "aaaa"), (two, "办公室", "bbbb")):
        append(root, name, Handoff(key, START.replace(hour=10), "wangfang", Target(department), "引领"))
    sync(run, one)
    sync(run, two)
    sync(run, one)
    assert head(one) == head(two)
    assert "争议" in run("-L", one, "show", name).out + run("-L", one, "show", name).err


@pytest.mark.parametrize("asked", ["@{upstream}^{commit}", "--list", "MERGE_HEAD^{commit}"])
def test_a_git_that_could_not_be_started_has_not_said_no(
    asked: str, name: str, shared, run, monkeypatch
) -> None:
    """Too many processes at that moment: exit 6 with the reason, never "no upstream" or "nothing planted"."""
    import subprocess

    _, one, _ = shared
    real = subprocess.Popen

    def busy(words, **more):
        if words[-1] == asked:
            raise BlockingIOError(errno.EAGAIN, "injected")
        return real(words, **more)

    noted(one, name, "aaaa")
    with monkeypatch.context() as patch:
        patch.setattr(subprocess, "Popen", busy)
        assert sync(run, one, 6) == "shouwen: git 没有运行：系统繁忙\n"
    assert "已同步" in sync(run, one)


def test_git_leaves_no_lock_where_files_may_not_grow(name: str, shared, process) -> None:
    """Under a limit git fails in words and clears its lock, instead of dying of the signal with it held."""
    import resource

    _, one, _ = shared
    noted(one, name, "aaaa")

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))

    done = process("-L", one, "sync", preexec_fn=limited)
    assert done.returncode == 6 and "git 没有提交成功" in done.stderr
    assert list((one / ".git").glob("*.lock")) == []
    assert "已同步" in process("-L", one, "sync").stderr
