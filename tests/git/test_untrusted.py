"""A ledger got from somebody else: nothing that is planted in it runs, hangs or is followed."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.repository import commit, git, noted, path_of, taken

COMMANDS = {
    "show": ("show", "ID"), "list": ("list",), "search": ("search", "事由"), "overdue": ("overdue",),
    "overdue past": ("overdue", "--at", "HEAD~1"), "check": ("check",), "check since": ("check", "--since", "HEAD~1"),
    "check all": ("check", "--since", "all"), "staged": ("check", "--staged"), "evaluate": ("evaluate", "2026"),
    "evaluate past": ("evaluate", "2026", "--at", "HEAD~1"), "heal": ("heal",), "fmt": ("fmt",), "sync": ("sync",),
    "setup": ("git", "setup"), "note": ("--as", "wangfang", "note", "ID", "--text", "记"),
    "intake": ("--as", "wangfang", "intake", "--channel", "来电", "--category", "咨询", "--subject", "事由", "--scope",
               "其他部门"),
}  # fmt: skip
# Settings of the repository that name a program, by what makes git start it.
CONFIG = {
    "core.fsmonitor": "PROGRAM", "core.hooksPath": "HOOKS", "diff.external": "PROGRAM", "core.pager": "PROGRAM",
    "core.editor": "PROGRAM", "sequence.editor": "PROGRAM", "core.sshCommand": "PROGRAM", "gpg.program": "PROGRAM",
    "gpg.ssh.program": "PROGRAM", "commit.gpgSign": "true", "merge.verifySignatures": "true", "push.gpgSign": "true",
    "credential.helper": "!PROGRAM", "core.askPass": "PROGRAM", "alias.status": "!PROGRAM", "alias.rev-parse": "!PROGRAM",
    "pager.log": "PROGRAM", "pager.show": "PROGRAM", "diff.x.command": "PROGRAM", "diff.x.textconv": "PROGRAM",
    "filter.x.clean": "PROGRAM", "filter.x.smudge": "PROGRAM", "filter.y.process": "PROGRAM", "filter.x.required": "true",
    "merge.x.driver": "PROGRAM", "core.gitProxy": "PROGRAM", "remote.origin.uploadpack": "PROGRAM",
    "remote.origin.receivepack": "PROGRAM", "core.alternateRefsCommand": "PROGRAM", "gc.recentObjectsHook": "PROGRAM",
    "gc.auto": "1", "url.ext::PROGRAM.insteadOf": "hub", "interactive.diffFilter": "PROGRAM", "trailer.x.command": "PROGRAM",
    "include.path": "INCLUDED",
}  # fmt: skip
HOOKS = (
    "pre-commit", "prepare-commit-msg", "commit-msg", "post-commit", "pre-merge-commit", "post-merge", "post-checkout",
    "pre-push", "pre-auto-gc", "post-index-change", "reference-transaction", "fsmonitor-watchman", "pre-rebase",
    "post-rewrite",
)  # fmt: skip


@pytest.fixture
def planted(shared: tuple[Path, Path, Path], tmp_path: Path, monkeypatch) -> tuple[Path, Path, str]:
    """(a ledger with every trap laid, the file that any of them would leave, an inquiry)."""
    _, root, _ = shared
    name, fired = taken(root), tmp_path / "fired"
    with (root / "ledger.yaml").open("a", encoding="utf-8") as file:
        file.write("\ngit: {commit: true}\n")
    (root / "inquiries" / ".gitattributes").write_text("*.yaml filter=x diff=x export-subst\n", "utf-8")
    (root / "sanctions").mkdir(exist_ok=True)
    (root / "sanctions" / ".gitattributes").write_text("* filter=y\n", "utf-8")
    commit(root)
    noted(root, name, "aaaa")
    commit(root)
    trap = tmp_path / "trap"
    trap.write_text(f'#!/bin/sh\necho "$0 $*" >> {fired}\ncat\n', "utf-8")
    trap.chmod(0o755)
    hooks = root / ".git" / "hooks"
    shutil.rmtree(hooks, ignore_errors=True)
    hooks.mkdir()
    for hook in HOOKS:
        shutil.copy(trap, hooks / hook)
    included = root / ".git" / "more"
    included.write_text(f'[core]\n fsmonitor = {trap}\n[filter "z"]\n clean = {trap}\n', "utf-8")
    words = {"PROGRAM": str(trap), "HOOKS": str(hooks), "INCLUDED": str(included)}
    for key, value in CONFIG.items():
        for word, real in words.items():
            key, value = key.replace(word, real), value.replace(word, real)
        git(root, "config", "--file", str(root / ".git" / "config"), key, value)
    with (root / ".git" / "config").open("a", encoding="utf-8") as file:
        file.write(f"[extensions]\n\tworktreeConfig = true\n[include]\n\tpath = {included}\n")
    (root / ".git" / "config.worktree").write_text(
        f'[filter "x"]\n clean = {trap}\n process = {trap}\n', "utf-8"
    )
    code = f"open({str(fired)!r}, 'a').write(__file__)\n"
    for module in ("yaml", "json", "sitecustomize", "usercustomize", "msgspec", "typer", "git", "conftest"):
        (root / f"{module}.py").write_text(code, "utf-8")
    shutil.copy(trap, root / "git")
    return root, fired, name


def test_the_traps_do_work(planted, monkeypatch) -> None:
    """Plain git falls into them: so the next test can fail."""
    root, fired, name = planted
    noted(root, name, "bbbb")
    git(root, "status", code=None)
    git(root, "add", "-A", code=None)
    harmless = ("-c", "filter.x.required=false", "-c", "commit.gpgSign=false", "-c", "filter.y.process=")
    git(root, *harmless, "commit", "-q", "--allow-empty", "-m", "x", code=None)
    said = fired.read_text("utf-8")
    assert "trap" in said and "pre-commit" in said


@pytest.mark.parametrize("name", COMMANDS)
def test_nothing_planted_runs(name: str, planted, process: Callable) -> None:
    """Every command, as a process of its own inside the planted ledger, leaves the trap untouched."""
    root, fired, inquiry = planted
    noted(root, inquiry, "bbbb")  # something to look at, to commit
    words = [inquiry if word == "ID" else word for word in COMMANDS[name]]
    done = process(*words, cwd=root)
    assert not fired.exists(), fired.read_text("utf-8")
    assert done.returncode in ((3,) if name == "sync" else (0, 1)), done.stderr
    assert "Traceback" not in done.stderr


def test_sync_runs_nothing_that_it_does_not_refuse(planted, process: Callable) -> None:
    """With the refused keys taken away it is the attribute files that stop it, past hooks, filters and signatures."""
    root, fired, name = planted
    refused = process("sync", cwd=root).stderr
    for key in CONFIG:
        if key.lower() in refused.lower() or key.startswith(("url.", "gpg.")):
            for line in git(root, "config", "--local", "--name-only", "--list", code=None).splitlines():
                if line.lower() == key.lower() or line.lower().startswith("url."):
                    git(root, "config", "--local", "--unset-all", line, code=None)
    noted(root, name, "bbbb")
    done = process("sync", cwd=root)
    assert done.returncode == 3 and "inquiries/.gitattributes" in done.stderr, done.stderr
    assert not fired.exists(), fired.read_text("utf-8")


def test_a_submodule_inside_the_ledger_is_not_entered(repo: Path, tmp_path: Path, process: Callable) -> None:
    """git status would run the submodule's own fsmonitor."""
    inner, fired = repo / "inquiries" / "sub", tmp_path / "fired"
    inner.mkdir(parents=True)
    git(inner, "init", "-q")
    (inner / "x").write_text("x", "utf-8")
    commit(inner)
    git(repo, "add", "-A")
    git(repo, "commit", "-qm", "x")
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {fired}\n", "utf-8")
    trap.chmod(0o755)
    git(inner, "config", "core.fsmonitor", str(trap))
    git(repo, "status")
    assert fired.exists()  # plain git enters
    fired.unlink()
    process("sync", cwd=repo)
    process("check", "--since", "all", cwd=repo)
    assert not fired.exists()


def test_files_that_are_no_files(repo: Path, process: Callable, tmp_path: Path) -> None:
    """Links, pipes and giants named as records are named, not read, and nothing waits for them."""
    name = taken(repo)
    commit(repo)
    folder = path_of(repo, name).parent
    (folder / "20261101-AAAAAA.yaml").symlink_to("/etc/passwd")
    os.mkfifo(folder / "20261101-BBBBBB.yaml")
    with (folder / "20261101-CCCCCC.yaml").open("wb") as file:
        file.truncate(1 << 40)
    (folder / "20261101-DDDDDD.yaml").mkdir()
    secret = tmp_path / "secret"
    secret.write_text("不该看见", "utf-8")
    (repo / "archive").mkdir(exist_ok=True)
    (repo / "archive" / "2026").symlink_to(tmp_path)
    for words in (
        ("overdue",),
        ("list", "--status", "all"),
        ("check",),
        ("check", "--since", "all"),
        ("heal",),
    ):
        done = process(*words, cwd=repo)
        assert "不该看见" not in done.stdout and "root:" not in done.stdout
        if words[0] != "heal":
            assert done.returncode in (1, 5)
    said = process("check", cwd=repo).stdout
    for part in ("AAAAAA.yaml: ", "BBBBBB.yaml: ", "CCCCCC.yaml: ", "archive/2026: "):
        assert part in said


def test_a_history_of_links_and_modules_is_restored_without_them(repo: Path, run, tmp_path: Path) -> None:
    """``--at`` writes plain files alone: no link that leads out, no program."""
    name = taken(repo)
    (repo / "inquiries" / "2026" / "11" / "20261101-AAAAAA.yaml").symlink_to("/etc/passwd")
    commit(repo)
    (repo / "inquiries" / "2026" / "11" / "20261101-AAAAAA.yaml").unlink()
    said = run("-L", repo, "overdue", "--at", "HEAD", "--as-of", "2026-12-10", "--format", "json").out
    assert name in said and "root:" not in said and "AAAAAA" not in said


def test_a_version_that_looks_like_an_option_is_none(repo: Path, run, tmp_path: Path) -> None:
    """Nothing given as a version reaches git as an option."""
    commit(repo)
    out = tmp_path / "out"
    for word in (f"--output={out}", "-h", "--exec-path"):
        run("-L", repo, "check", f"--since={word}", code=4)
        run("-L", repo, "overdue", f"--at={word}", code=4)
    assert not out.exists()
