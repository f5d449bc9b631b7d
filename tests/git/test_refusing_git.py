"""A git that does not answer: another owner's repository, a broken configuration, none installed; told, never safe."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from shouwen.store import git
from shouwen.store.exposure import exposed
from shouwen.store.git import GitError, call
from tests.support.records import PLAIN
from tests.support.repository import commit, noted, taken

KEY_HINT = "git config --global --add safe.directory"


def another_owner(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder and its repository are somebody else's: git wants to be told that they can be trusted."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root can give a folder away")
    for path in (root, root / ".git"):
        os.chown(path, 61001, -1)


def broken_configuration(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line in .git/config that is none."""
    with (root / ".git/config").open("a", encoding="utf-8") as file:
        file.write("[core\n")


def no_git(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The repository is there, the program is not."""
    empty = root.parent / "nothing"
    empty.mkdir()
    monkeypatch.setenv("PATH", str(empty))


REFUSALS = {"another owner": another_owner, "broken configuration": broken_configuration, "no git": no_git}
WORDS = {
    "another owner": "仓库属于另一个用户",
    "broken configuration": "bad config",
    "no git": "没有安装 git",
}


@pytest.fixture(params=REFUSALS)
def refusing(request, repo: Path, monkeypatch) -> tuple[Path, str]:
    """(a ledger with a record, about which git says nothing; what is then told)."""
    noted(repo, taken(repo), "aaaa")
    commit(repo)
    REFUSALS[request.param](repo, monkeypatch)
    return repo, WORDS[request.param]


def test_check_names_it_and_goes_on(refusing, run) -> None:
    """One finding of its own, once, and all the others too."""
    root, words = refusing
    (path,) = root.glob("inquiries/*/*/*.yaml")
    path.write_text(path.read_text("utf-8").replace('channel: "来电"', "channel: 来电 # 手写"), "utf-8")
    items = json.loads(run("-L", root, "check", "--format", "json", code=1).out)["items"]
    said = [item for item in items if item["check"] == "git"]
    assert len(said) == 1 and words in said[0]["text"] and "没有查成" in said[0]["text"]
    assert "canonical" in {item["check"] for item in items}


@pytest.mark.parametrize(
    "words", [("sync",), ("heal",), ("check", "--since", "all"), ("check", "--staged"), ("git", "setup")], ids=" ".join
)  # fmt: skip
def test_what_needs_git_is_refused_with_its_reason(words, refusing, run) -> None:
    """None of them takes silence for 'no repository', 'nothing undecided' or 'nothing to do'."""
    root, reason = refusing
    before = sorted((p, p.read_bytes()) for p in root.rglob("*") if p.is_file() and ".git" not in p.parts)
    done = run("-L", root, *words, code=None)
    assert done.code in (3, 6) and reason in done.err and "Traceback" not in done.err
    after = sorted((p, p.read_bytes()) for p in root.rglob("*") if p.is_file() and ".git" not in p.parts)
    assert [pair for pair in after if pair not in before and pair[0].name != ".lock"] == []


@pytest.mark.parametrize(
    "words", [("overdue", "--format", "json"), ("overdue", "--format", "markdown"), ("list", "--format", "json"), ("evaluate", "2026", "--format", "json"),
              ("bulletin", "--from", "2026-11-01", "--to", "2026-11-30")], ids=" ".join,
)  # fmt: skip
def test_a_report_comes_all_the_same_and_says_that_it_has_no_version(words, refusing, run) -> None:
    """A reader of somebody else's repository gets his report; that no version stands in it is told once."""
    root, reason = refusing
    done = run("-L", root, *words, code=None, now="2026-12-20T09:00")
    assert done.code == 0 and done.out
    assert done.err.count("git 没有回答") == 1 and reason in done.err


def test_who_acts_is_not_asked_of_a_git_that_does_not_answer(repo: Path, run, monkeypatch) -> None:
    """The reason stands beside what to do."""
    no_git(repo, monkeypatch)
    monkeypatch.delenv("SHOUWEN_AS", raising=False)
    said = run(
        "-L",
        repo,
        *PLAIN,
        code=2,
    ).err
    assert "git 没有回答：没有安装 git" in said and "--as" in said


def test_outside_a_repository_nothing_is_asked_of_git(ledger: Path, run, monkeypatch) -> None:
    """No git and no repository: nothing to tell."""
    no_git(ledger, monkeypatch)
    for words in (("check",), ("overdue", "--format", "json"), ("heal",)):
        assert "git" not in run("-L", ledger, *words).err


def test_silence_about_ignoring_is_not_yes(repo: Path, monkeypatch) -> None:
    """Whatever git says instead of yes or no about private/."""
    import shouwen.store.exposure as place

    def asked(root, *words, **more):
        if words[0] == "check-ignore":
            raise GitError("fatal: something new", 128)
        return call(root, *words, **more)

    monkeypatch.setattr(place, "call", asked)
    assert [p.check for p in exposed(str(repo))] == ["git"]


def test_the_owner_may_be_trusted(repo: Path, run, monkeypatch) -> None:
    """What the message says to run is what helps."""
    another_owner(repo, monkeypatch)
    said = run("-L", repo, "check", code=1).out
    command = said[said.index(KEY_HINT) :].partition("）")[0]
    subprocess.run(command.split(), check=True)
    assert run("-L", repo, "check").out == ""


def lend(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half of the objects lie in another store."""
    elsewhere = root.parent / "elsewhere"
    (root / ".git/objects").rename(elsewhere)
    (root / ".git/objects/info").mkdir(parents=True)
    (root / ".git/objects/info/alternates").write_text(f"{elsewhere}\n", "utf-8")


HONEST: dict[str, Callable] = {"its own": lambda *_: None, "lent": lend}


@pytest.mark.parametrize("how", HONEST)
def test_objects_from_elsewhere_are_named(how, repo: Path, run, monkeypatch) -> None:
    """Whoever can change the other store can change this history; put right as the hint says it is over."""
    noted(repo, taken(repo), "aaaa")
    commit(repo)
    HONEST[how](repo, monkeypatch)
    done = run("-L", repo, "check", "--since", "all", code=None)
    assert ("借自" in done.out, done.code) == (how == "lent", how == "lent")
    subprocess.run(["git", "-C", repo, "repack", "-q", "-a", "-d"], check=True)
    (repo / ".git/objects/info/alternates").unlink(missing_ok=True)
    assert run("-L", repo, "check", "--since", "all").out == ""


def test_a_git_that_dies_without_a_word(tmp_path, repo, monkeypatch) -> None:
    """What is told then says so: never a message with nothing in it."""
    dumb = tmp_path / "bin"
    dumb.mkdir()
    (dumb / "git").write_text("#!/bin/sh\nexit 128\n", "utf-8")
    (dumb / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{dumb}:{os.environ['PATH']}")
    with pytest.raises(GitError, match="没有说明原因"):
        call(str(repo), "status")


def test_where_no_repository_is_git_is_not_asked(ledger, monkeypatch) -> None:
    """The disk says it: a ledger that lies in none needs no git, and heeds no fault of it."""
    monkeypatch.setattr(git, "call", lambda *words, **more: pytest.fail(f"git was asked {words}"))
    assert not git.inside(str(ledger))
