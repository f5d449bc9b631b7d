"""Three clones, random acts on the same records, random merges: nothing lost, one state for all.

The suite runs a part; ``SHOUWEN_MERGES=1000 pytest tests/git/test_converge.py`` runs the whole.
"""

import os
import random
from datetime import timedelta
from itertools import permutations
from pathlib import Path

import pytest

from shouwen.core.deadlines.clock_table import clocks
from shouwen.core.inquiry.events import (
    Accept,
    Close,
    Correct,
    Handoff,
    Note,
    Notify,
    Progress,
    Reopen,
    Return,
    Supplement,
    Target,
)
from shouwen.core.inquiry.lifecycle import replay
from shouwen.store.history import History
from shouwen.store.ledger import Ledger
from tests.support.repository import START, append, clone, commit, git, taken

MERGES = int(os.environ.get("SHOUWEN_MERGES", "150"))
SEEDS = 3
PEOPLE = ("wangfang", "lijie", "zhaojun", "sunmei")
DEPARTMENTS = ("规划科", "办公室", "审批科")


class Clones:
    """Three clones and everything that was written in any of them."""

    def __init__(self, root: Path, base: Path, seed: int):
        self.rng = random.Random(seed)
        self.names = [taken(root, n) for n in range(6)]
        git(root, "init", "-q")
        commit(root)
        self.roots = [root, *(clone(root, base / f"clone{n}") for n in (1, 2))]
        self.written: set[tuple[str, str]] = set()
        self.merges = {"merge": 0, "rebase": 0, "pick": 0}
        # A commit is known as replayed by its two dates, which have seconds and no finer.
        self.later = {**os.environ, "GIT_COMMITTER_DATE": "2031-01-01T00:00:00+08:00"}
        self.start = git(root, "rev-parse", "HEAD")

    def act(self, n: int) -> None:
        """An event that the clone's office may well have made not knowing of the others."""
        rng, key = self.rng, f"{len(self.written):04x}"
        at = START + timedelta(minutes=rng.randrange(60, 3000), microseconds=rng.randrange(2))
        by, to = rng.choice(PEOPLE), Target(rng.choice(DEPARTMENTS))
        event = rng.choice([
            Note(key, at, by, f"记 {key}"), Progress(key, at, by, "告知进度"), Accept(key, at, by),
            Handoff(key, at, by, to, "引领"), Return(key, at, by, "不属本科"), Reopen(key, at, by, "又来问"),
            Close(key, at, by, "已答复", "告知", at), Notify(key, at, by, ("申请表",)), Supplement(key, at, by),
            Correct(key, at, by, "subject", f"更正{key}", "登记有误"),
        ])  # fmt: skip
        ledger = Ledger(str(self.roots[n]))
        here = [name for name in self.names if os.path.exists(f"{self.roots[n]}/{ledger.path(name)}")]
        name = rng.choice(here)
        append(self.roots[n], name, event)
        self.written.add((name, key))

    def take_in(self, n: int) -> None:
        """A new inquiry that only this clone has."""
        letters = "".join(self.rng.choice("0123456789ABCDEFGHJK") for _ in range(6))
        self.names.append(taken(self.roots[n], len(self.names), id=f"20261102-{letters}"))

    def pickable(self, root: Path) -> bool:
        """Whether the other's last commit is one of its own and stands on records that are here."""
        changes = git(root, "diff-tree", "-r", "--name-status", "--no-commit-id", "FETCH_HEAD").splitlines()
        known = all((root / path).exists() for kind, path in map(str.split, changes) if kind == "M")
        return known and len(git(root, "rev-list", "--parents", "-n1", "FETCH_HEAD").split()) == 2

    def join(self, n: int, other: int) -> None:
        """Bring the other clone's work into this one; git must manage alone."""
        root = self.roots[n]
        git(root, "fetch", "-q", str(self.roots[other]), "main")
        how = self.rng.choice(["merge"] * 6 + ["rebase", "pick", "pick"])
        if how == "merge":
            git(root, "merge", "-q", "--no-edit", "FETCH_HEAD")
        elif how == "rebase":
            git(root, "rebase", "-q", "FETCH_HEAD", env=self.later)
        elif self.pickable(root):
            git(
                root, "cherry-pick", "--allow-empty", "--keep-redundant-commits", "FETCH_HEAD", env=self.later
            )
        else:
            git(root, "merge", "-q", "--no-edit", "FETCH_HEAD")
            how = "merge"
        self.merges[how] += 1


def state(root: Path) -> dict:
    """What a clone makes of every record: phase, holder, order of events, disputes, limits."""
    ledger, found = Ledger(str(root)), {}
    now = START + timedelta(days=10)
    for record in ledger.records("inquiries", "archive"):
        assert not isinstance(record, list), record
        got = replay(record.content)
        limits = [(c.name, c.due, c.level) for c in clocks(ledger.rules("bumen"), got, now)]
        disputes = [(d.event.id, d.text) for d in got.disputes]
        found[record.content.id] = (
            got.inquiry.subject, got.phase, got.holder, [e.id for e in got.events], disputes, limits
        )  # fmt: skip
    return found


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(SEEDS))
def test_clones_converge_whatever_the_order(seed: int, ledger: Path, tmp_path: Path) -> None:
    """No conflict, no event lost or doubled, the same state by every order of merging."""
    clones = Clones(ledger, tmp_path, seed)
    rng = clones.rng
    while sum(clones.merges.values()) < MERGES // SEEDS:
        n = rng.randrange(3)
        for each in {n, rng.randrange(3)}:
            for _ in range(rng.randrange(1, 3)):
                clones.act(each)
            if rng.random() < 0.05:
                clones.take_in(each)
            git(clones.roots[each], "add", "inquiries")
            git(clones.roots[each], "commit", "-q", "-m", "记")
        clones.join(n, (n + rng.randrange(1, 3)) % 3)
    assert min(clones.merges.values()) > 0
    tips = [git(root, "rev-parse", "HEAD") for root in clones.roots]
    merged = []
    for n, order in enumerate(permutations(range(3))):
        root = clone(clones.roots[order[0]], tmp_path / f"end{n}")
        for other in order[1:]:
            git(root, "pull", "-q", "--no-rebase", "--no-edit", str(clones.roots[other]), "main")
        merged.append(state(root))
    assert len(set(tips)) == 3 and all(each == merged[0] for each in merged)
    seen = [(name, key) for name, (*_, events, disputes, _) in merged[0].items()
            for key in (*events, *(d[0] for d in disputes))]  # fmt: skip
    assert len(seen) == len(set(seen)) and set(seen) == clones.written
    assert set(merged[0]) == set(clones.names)
    assert any(disputes for *_, disputes, _ in merged[0].values())
    for root in (*clones.roots, tmp_path / "end0", tmp_path / "end5"):
        history = History(str(root))
        assert list(history.check(clones.start)) == [] == list(history.check_work_tree())


def test_contradicting_acts_are_shown_with_the_rule(ledger: Path, tmp_path: Path, run) -> None:
    """Handed to two departments in two clones: both kept, decided by time, then id, and said so."""
    name = taken(ledger)
    git(ledger, "init", "-q")
    commit(ledger)
    other = clone(ledger, tmp_path / "other")
    for root, key, department in ((ledger, "bbbb", "办公室"), (other, "aaaa", "规划科")):
        at = START + timedelta(minutes=30)
        append(root, name, Handoff(key, at, "wangfang", Target(department), "电话联系"))
        commit(root)
    git(other, "pull", "-q", "--no-rebase", "--no-edit")
    git(ledger, "pull", "-q", "--no-rebase", "--no-edit", str(other), "main")
    said = []
    for root in (ledger, other):
        shown = run("-L", root, "show", name).out
        assert "争议" in shown and "时间在先者有效，时间相同的按事件编号先后" in shown
        assert "规划科" in shown.split("争议")[0]
        late = run("-L", root, "overdue").out
        assert "争议 1 项（时间在先者有效，时间相同的按事件编号先后）" in late and "[bbbb]" in late
        found = run("-L", root, "check", code=1).out
        assert "转办未生效" in found and "[legal-order]" in found
        said.append(shown)
    assert said[0] == said[1]
