"""Tampering shows: every kind at twenty places is found, and no honest history raises an alarm."""

import os
import random
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from shouwen.core.errors import NotFound
from shouwen.core.inquiry.events import Note
from shouwen.core.inquiry.header import Inquirer, Inquiry
from shouwen.core.integrity.append_only import grown, merged
from shouwen.store.ledger import Ledger
from shouwen.store.record import encode, event_line
from tests.support.repository import START, clone, commit, git, head, noted, path_of, taken

RECORDS, PLACES = 20, 20
EVENTS = 5


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory, request) -> Path:
    """Twenty records that grew over five rounds of commits, pushed to a hub after each."""
    base = tmp_path_factory.mktemp("honest")
    root = base / "ledger"
    from shouwen import cli

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(base))
        (base / ".gitconfig").write_text("[user]\n name = w\n email = w@e\n[init]\n defaultBranch = main\n")
        assert cli.run(["init", str(root), "--policy", "bumen", "--name", "某局"]) == 0
        git(root, "init", "-q")
        names = [taken(root, n) for n in range(RECORDS)]
        commit(root)
        for turn in range(EVENTS):
            for n, name in enumerate(names):
                noted(root, name, f"e{turn}{n:02}", 60 + turn * 30)
            commit(root, f"第{turn}轮")
        git(base, "clone", "-q", "--bare", str(root), str(base / "hub.git"))
        git(root, "remote", "add", "origin", str(base / "hub.git"))
        git(root, "fetch", "-q")
        git(root, "branch", "-q", "-u", "origin/main")
    return base


@pytest.fixture
def copy(honest: Path, tmp_path: Path) -> Path:
    """A copy of the honest clone, its upstream the honest hub, to be tampered with."""
    shutil.copytree(honest / "ledger", tmp_path / "copy")
    return tmp_path / "copy"


def victims(root: Path) -> list[Path]:
    """The twenty files, by name."""
    return [path_of(root, name) for name, _ in sorted(Ledger(str(root)).ids("inquiries"))]


def lines_of(path: Path) -> tuple[list[str], int]:
    """(the lines, where the events begin)."""
    lines = path.read_text("utf-8").splitlines(keepends=True)
    return lines, lines.index("events:\n") + 1


def changed(change: Callable[[list[str], int, int], None]) -> Callable[[Path, int], None]:
    """A tampering that rewrites the lines of one file."""

    def done(path: Path, n: int) -> None:
        lines, start = lines_of(path)
        change(lines, start, n)
        path.write_text("".join(lines), "utf-8")

    return done


def _edit(lines: list[str], start: int, n: int) -> None:
    lines[start + n % EVENTS] = lines[start + n % EVENTS].replace("记 ", "另记 ")


def _middle(lines: list[str], start: int, n: int) -> None:
    del lines[start + n % (EVENTS - 1)]


def _swap(lines: list[str], start: int, n: int) -> None:
    at = start + n % (EVENTS - 1)
    lines[at], lines[at + 1] = lines[at + 1], lines[at]


def _insert(lines: list[str], start: int, n: int) -> None:
    late = Note("zzzz", START + timedelta(minutes=61), "wangfang", "补写")
    lines.insert(start + n % EVENTS, event_line(late) + "\n")


def _head(lines: list[str], start: int, n: int) -> None:
    lines[n % 2 + 1] = lines[n % 2 + 1].replace("2026-11-02", "2026-11-01").replace("来电", "来访")


edited, headed = changed(_edit), changed(_head)
LYING = {
    "edit": edited,
    "edit the header": headed,
    "drop the last": changed(lambda lines, start, n: lines.pop()),
    "drop one in the middle": changed(_middle),
    "reorder": changed(_swap),
    "back-date": changed(_insert),
    "delete": lambda path, n: path.unlink(),
}


def found(root: Path, since: str) -> list:
    """What ``check --since`` finds beyond reading the records."""
    from shouwen.services.check import history_problems

    return list(history_problems(Ledger(str(root)), since))


@pytest.mark.parametrize("kind", LYING)
def test_uncommitted(kind: str, copy: Path) -> None:
    """Every change of a file as it lies is found, at each of the twenty places."""
    paths = victims(copy)
    for n, path in enumerate(paths):
        LYING[kind](path, n)
    assert {p.path for p in found(copy, "auto")} == {str(p.relative_to(copy)) for p in paths}


@pytest.mark.parametrize("upstream", [True, False], ids=["upstream", "alone"])
@pytest.mark.parametrize("kind", LYING)
def test_committed(kind: str, upstream: bool, copy: Path) -> None:
    """The same, each in a commit of its own, also where no upstream branch is there to compare with."""
    if not upstream:
        git(copy, "remote", "remove", "origin")
    expected = set()
    for n, path in enumerate(victims(copy)):
        LYING[kind](path, n)
        git(copy, "commit", "-q", "-a", "-m", "整理")
        expected.add((head(copy)[:10], str(path.relative_to(copy))))
    assert {(p.text[3:13], p.path) for p in found(copy, "auto")} == expected


def anchor(root: Path) -> str:
    """The mark that a report of this moment bears in its footer."""
    from shouwen.terminal.context import Context

    context = Context((str(root),))
    tally = context.ledger.tally()
    list(context.ledger.records("inquiries", tally=tally))
    return context.anchor(tally).partition("：")[2].partition("（")[0]


def _amend(root: Path, path: Path, n: int) -> None:
    edited(path, EVENTS - 1)
    git(root, "commit", "-q", "-a", "--amend", "-m", "第4轮")


def _reset(root: Path, path: Path, n: int) -> None:
    git(root, "reset", "-q", "--hard", f"HEAD~{n % EVENTS + 1}")


def _rewritten(root: Path, path: Path, n: int) -> None:
    """The whole history anew, with one word different from the first commit on."""
    export = subprocess.run(
        ["git", "-C", root, "fast-export", "main"], capture_output=True, check=True
    ).stdout
    word = f'subject: "事由{n}"'.encode()
    other = export.replace(word, word.replace("事由".encode(), "缘由".encode()))
    assert other != export
    other = other.replace(b"refs/heads/main", b"refs/heads/anew")
    subprocess.run(["git", "-C", root, "fast-import", "--quiet", "--force"], input=other, check=True)
    git(root, "reset", "-q", "--hard", "anew")


@pytest.mark.parametrize("how", [_amend, _reset, _rewritten])
def test_history_rewritten(how: Callable, copy: Path) -> None:
    """A mark kept elsewhere finds every rewriting, and so does the clone's own upstream branch."""
    mark, start, missed = anchor(copy), head(copy), []
    assert found(copy, mark) == []
    for n in range(PLACES):
        how(copy, victims(copy)[n], n)
        for since in (mark, "auto") if n < 5 else (mark,):
            if not any(p.check == "history-rewritten" for p in found(copy, since)):
                missed.append((n, since))
        git(copy, "reset", "-q", "--hard", start)
    assert missed == []


@pytest.mark.parametrize("how", [("-X", "ours"), ("-s", "ours")], ids=["X ours", "s ours"])
def test_a_merge_that_drops_the_other_side(how: tuple[str, str], copy: Path, tmp_path: Path) -> None:
    """Events of the other side that a merge left out are found, at every place."""
    (copy / ".gitattributes").write_text("", "utf-8")
    start, paths = commit(copy, "无合并规则"), victims(copy)
    git(copy, "checkout", "-q", "-b", "other")
    for n, path in enumerate(paths):
        noted(copy, path.stem, f"left{n}", 300)
    commit(copy)
    git(copy, "checkout", "-q", "main")
    for n, path in enumerate(paths):
        noted(copy, path.stem, f"mine{n}", 301)
    commit(copy)
    git(copy, "merge", "-q", "--no-edit", *how, "other")
    assert {(p.path, p.check) for p in found(copy, start)} == {
        (str(p.relative_to(copy)), "history-deleted") for p in paths
    }


def test_a_line_that_came_in_with_a_merge(copy: Path) -> None:
    """What no parent had and a merge brings along is found."""
    path = victims(copy)[0]
    start = head(copy)
    git(copy, "checkout", "-q", "-b", "b")
    noted(copy, path.stem, "left", 300)
    commit(copy)
    git(copy, "checkout", "-q", "main")
    noted(copy, path.stem, "mine", 301)
    commit(copy)
    git(copy, "merge", "-q", "--no-commit", "b")
    changed(_insert)(path, 1)
    commit(copy, "Merge")
    assert [p.check for p in found(copy, start)] == ["history-inserted"]


def test_what_an_uncommitted_report_counted_cannot_vanish(copy: Path) -> None:
    """The anchor counts records that were never committed: fewer now is found, more is not."""
    name = taken(copy, 40)
    mark = anchor(copy)
    assert found(copy, mark) == []
    path = path_of(copy, name)
    raw = path.read_bytes()
    path.unlink()
    assert [p.check for p in found(copy, mark)] == ["anchor"]
    path.write_bytes(raw)
    noted(copy, name, "more")
    commit(copy)
    Ledger(str(copy)).move(str(path.relative_to(copy)), "archive")
    assert found(copy, mark) == []


def test_a_link_or_a_pipe_in_a_records_place_is_found_at_once(copy: Path) -> None:
    """Neither is followed nor waited for."""
    one, two = victims(copy)[:2]
    for path in (one, two):
        path.unlink()
    one.symlink_to("/etc/passwd")
    os.mkfifo(two)
    from shouwen.services.check import problems_of
    from shouwen.terminal.context import Context

    problems = [*problems_of(Context((str(copy),)))[0], *found(copy, "auto")]
    assert {p.path for p in problems if p.check == "readable"} == {
        str(one.relative_to(copy)),
        str(two.relative_to(copy)),
    }


def test_names_with_dashes_are_versions(copy: Path) -> None:
    """A tag like v2026-12 is taken as it is, not as an anchor; one that there is not accuses nobody."""
    git(copy, "tag", "v2026-12", "HEAD~2")
    assert found(copy, "v2026-12") == []
    with pytest.raises(NotFound, match="v2026"):
        found(copy, "v2026")


# No false alarm


def test_a_fetch_that_was_not_merged_is_no_rewriting(honest: Path, copy: Path, tmp_path: Path) -> None:
    """The upstream may be ahead or apart: nothing was lost here."""
    other = clone(copy, tmp_path / "other")
    noted(other, victims(other)[0].stem, "more", 400)
    commit(other)
    git(copy, "remote", "set-url", "origin", str(other))
    git(copy, "fetch", "-q")
    assert found(copy, "auto") == []
    noted(copy, victims(copy)[1].stem, "mine", 400)
    commit(copy)
    assert found(copy, "auto") == []


def test_formatting_is_no_tampering(copy: Path, run) -> None:
    """A hand-made comment and spacing, then fmt: the same facts in another form."""
    path = victims(copy)[0]
    lines, start = lines_of(path)
    lines[start] = lines[start].replace('"at": ', '"at":   ').rstrip("\n") + "   # 电话补记\n"
    lines[3] = lines[3].replace("category: ", "category:    ")
    path.write_text("".join(lines), "utf-8")
    commit(copy, "手工")
    run("-L", copy, "fmt")
    commit(copy, "整理")
    assert found(copy, "auto") == []


def histories(count: int, seed: int) -> Iterator[tuple[list[bytes], bytes, str]]:
    """Honest steps in memory: (earlier versions, the next one, how it came about)."""
    rng = random.Random(seed)
    for n in range(count):
        inquiry = Inquiry(
            id="20261102-AAAAAA", received=START, channel="来电", category="咨询", subject=f"事由{n}",
            inquirer=Inquirer(), scope="本人", first_responder="wangfang", department="审批科", policy="bumen",
        )  # fmt: skip
        versions = [encode(inquiry)]

        def line(rng=rng, n=n) -> bytes:
            text = rng.choice(["记", "含“引号”和\u2028分行", "a\\b", '{"id": "x"}', "<<<<<<<"])
            key = f"{rng.randrange(36**4):04x}"
            note = Note(key, START + timedelta(minutes=rng.randrange(999)), "wangfang", text)
            return event_line(note).encode() + b"\n"

        for _ in range(rng.randrange(1, 5)):
            old = versions[-1]
            kind = rng.choice(["append", "append", "merge", "same", "tidied"])
            if kind == "append":
                new = old + b"".join(line() for _ in range(rng.randrange(1, 4)))
                yield [old], new, kind
            elif kind == "same":
                new = old
                yield [old], new, kind
            elif kind == "merge":
                both, mine, theirs = ([line() for _ in range(rng.randrange(0, 3))] for _ in range(3))
                shared = b"".join(both)
                left, right = old + shared + b"".join(mine), old + b"".join(theirs) + shared
                new = left + b"".join(x for x in theirs + (both if rng.random() < 0.5 else []))
                yield [left, right], new, kind
            else:  # an event came in twice and fmt took one away
                first = line()
                twice = old + first + line() + first
                new = b"".join(dict.fromkeys(twice.splitlines(keepends=True)))
                yield [twice], new, kind
            versions.append(new)


def test_no_false_alarm_in_memory() -> None:
    """Ten thousand honest steps of growing, merging and tidying break no rule."""
    alarms, count = [], 0
    for olds, new, kind in histories(4500, 20261102):
        count += 1
        problems = list((merged if len(olds) > 1 else grown)(olds, new))
        if problems:
            alarms.append((kind, problems))
    assert count >= 10_000 and alarms == []


@pytest.mark.parametrize("seed", range(3))
def test_no_false_alarm_with_git(seed: int, copy: Path) -> None:
    """Branches that grow, are merged, rebased, cherry-picked, archived and tidied: nothing to find."""
    rng, count = random.Random(seed), 0
    start = head(copy)
    names = [p.stem for p in victims(copy)[:4]]
    git(copy, "branch", "other")
    for _ in range(10):
        for branch in ("other", "main"):
            git(copy, "checkout", "-q", branch)
            for _ in range(rng.randrange(1, 3)):
                count += 1
                noted(copy, rng.choice(names), f"s{count:03}", 500 + rng.randrange(400))
            if rng.random() < 0.3:
                count += 1
                taken(copy, 100 + count)
            commit(copy)
        how = rng.choice(["merge", "merge", "rebase", "pick", "archive"])
        if how == "merge":
            git(copy, "merge", "-q", "--no-edit", "other")
        elif how == "rebase":
            git(copy, "rebase", "-q", "other")
        elif how == "pick":
            git(copy, "cherry-pick", "other", code=None)
            git(copy, "cherry-pick", "--skip", code=None)
        else:
            ledger = Ledger(str(copy))
            path = ledger.find(rng.choice(names))
            ledger.move(path, "archive" if path.startswith("inquiries") else "inquiries")
            commit(copy, "归档")
            git(copy, "merge", "-q", "--no-edit", "other")
        assert git(copy, "status", "--porcelain") == ""
    assert [str(p) for p in found(copy, start)] == []
    assert len(git(copy, "rev-list", f"{start}..HEAD").split()) >= 20
