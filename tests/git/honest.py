"""Honest histories: what offices do with a ledger in git, at random; none of it may be taken for tampering.

    python -m tests.git.honest [--histories 1000] [--first 1]

Prints the histories by what happened in them and each alarm; exits 1 if there was one.
"""

import argparse
import os
import random
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

from shouwen import cli
from shouwen.store.ledger import Ledger
from tests.support.repository import commit, git
from tests.support.roster import MATTERS, STAFF

ALARMS = ("history-", "record-deleted", "anchor")  # checks that accuse somebody
PLAIN = ("intake", "--channel", "来电", "--scope", "本人", "--name", "张某", "--subject")
ROUNDS = 7
# The two ways in which git has conflicts of records merged, of which heal makes whole ones.
MERGE = ("-c", "merge.renames=false", "-c", "pull.twohead=recursive")


def base(folder: Path) -> Path:
    """A ledger of three inquiries in a repository, which each history begins with a copy of."""
    os.environ.update(
        HOME=str(folder), XDG_CONFIG_HOME=str(folder), XDG_CACHE_HOME=str(folder), COLUMNS="100", NO_COLOR="1"
    )
    (folder / ".gitconfig").write_text(
        "[user]\n name = w\n email = w@e\n[init]\n defaultBranch = main\n", "utf-8"
    )
    root = folder / "base"
    assert said(root, "2026-11-02T09:00", "init", str(root), "--policy", "bumen", "--name", "某局")[0] == 0
    (root / "staff.yaml").write_text(STAFF, "utf-8")
    (root / "matters.yaml").write_text(MATTERS, "utf-8")
    for n in range(3):
        said(root, f"2026-11-02T09:0{n}", *PLAIN, f"事由{n}", "--category", "咨询")
    git(root, "init", "-q", "--template=")
    commit(root, "建账")
    git(root, "branch", "other")
    return root


def said(root: Path, now: str, *words: str) -> tuple[int, str]:
    """(exit code, stdout) of a command as 何平."""
    out = StringIO()
    os.environ["SHOUWEN_NOW"] = now
    with redirect_stdout(out), redirect_stderr(StringIO()):
        try:
            code = cli.run(["-L", str(root), "--as", "heping", *words])
        except SystemExit as stop:
            code = int(stop.code or 0)
    return code, out.getvalue()


class History:
    """One history, drawn from a seed: what is done, the marks that reports bore, what happened how often."""

    def __init__(self, seed: int, root: Path):
        self.rng, self.root, self.minutes = random.Random(seed), root, 0
        self.marks: list[str] = []
        self.count: Counter[str] = Counter()

    def do(self, *words: str) -> bool:
        """Give a command at the next moment; whether it was done."""
        self.minutes += self.rng.randrange(1, 200)
        day, minute = divmod(self.minutes, 1440)
        now = f"2026-11-{3 + day:02}T{minute // 60:02}:{minute % 60:02}"
        self.now = now
        code, out = said(self.root, now, *words)
        self.out = out
        done = code in (0, 1)
        self.count[words[0]] += done
        return done

    def one(self, *folders: str) -> str:
        """The id of some inquiry."""
        return self.rng.choice(sorted({name for name, _ in Ledger(str(self.root)).ids(*folders)} or {"K7Q4"}))

    def act(self) -> None:
        """Something that happens in an office."""
        name = self.one("inquiries", "archive")
        text = f"第{self.minutes}分"
        self.rng.choice(ACTS)(self, name, text)

    def report(self) -> None:
        """A bulletin or a list of what is late, whose footer somebody keeps."""
        words = self.rng.choice([("overdue",), ("bulletin", "--from", "2026-11-01", "--to", "2026-11-30")])
        self.do(*words, "--format", "markdown")
        if found := re.search(r"台账锚：([0-9a-f无]+-\d+-\d+-[0-9a-f]{16})", self.out.replace("\\", "")):
            self.marks.append(found[1])
            self.count["mark"] += 1

    def join(self) -> None:
        """The two branches come together in one of git's ways; what git leaves undecided is healed."""
        how = self.rng.choice(["merge", "merge", "rebase", "pick"])
        self.count[how] += 1
        words = {
            "merge": ("merge", "-q", "--no-edit", "other"),
            "rebase": ("rebase", "-q", "main", "other"),  # never the branch of which reports have spoken
            "pick": ("cherry-pick", "other"),
        }
        git(self.root, *MERGE, *words[how], code=None)
        for _ in range(30):
            if not any(
                (self.root / ".git" / name).exists()
                for name in ("MERGE_HEAD", "CHERRY_PICK_HEAD", "rebase-merge")
            ):
                break
            self.do("heal")
            empty = not git(self.root, "diff", "--cached", "--name-only", "HEAD")
            ending = {"merge": ("commit", "-q", "--no-edit"), "rebase": ("rebase", "--skip" if empty else "--continue"),
                      "pick": ("cherry-pick", "--skip" if empty else "--continue")}[how]  # fmt: skip
            git(self.root, *MERGE, *ending, code=None, env={**os.environ, "GIT_EDITOR": "true"})
        else:
            raise AssertionError(f"{how} never ended: {git(self.root, 'status')}")
        if how == "rebase":
            git(self.root, "checkout", "-q", "main")
            git(self.root, "merge", "-q", "other")

    def alarms(self) -> list[str]:
        """What is found though nobody did anything wrong."""
        found = []
        for since in ("all", *self.marks):
            _, out = said(self.root, self.now, "check", "--since", since)
            found += [f"{since}: {line}" for line in out.splitlines() if any(f"[{a}" in line for a in ALARMS)]
        return found


def _archive(history: History, name: str, text: str) -> None:
    """Put away what is settled; sometimes what is done next takes one out again."""
    history.do("archive", "--days", "0")


def _by_hand(history: History, name: str, text: str) -> None:
    """Somebody adds a remark with an editor, and tidies."""
    path = history.root / Ledger(str(history.root)).find(name)
    path.write_text(
        path.read_text("utf-8").replace('channel: "来电"', "channel: 来电   # 核对过", 1), "utf-8"
    )
    history.do("fmt")


def _taken_back(history: History, name: str, text: str) -> None:
    """A slip, and its withdrawal."""
    if history.do("note", name, "--text", text):
        history.do("withdraw", name, "--reason", "记错了件")


ACTS: list[Callable[[History, str, str], object]] = [
    lambda h, name, text: h.do("note", name, "--text", text),
    lambda h, name, text: h.do("note", name, "--text", text),
    lambda h, name, text: h.do(*PLAIN, text, "--category", "咨询"),
    lambda h, name, text: h.do(*PLAIN, text, "--category", "举报"),
    lambda h, name, text: h.do("close", name, "--outcome", "已答复", "--result", text, "--told", "刚才"),
    lambda h, name, text: h.do("close", name, "--outcome", "已答复", "--result", text, "--told", "刚才"),
    lambda h, name, text: h.do("reopen", name, "--reason", text),
    lambda h, name, text: h.do("correct", name, "--field", "subject", "--value", text, "--reason", "听错"),
    lambda h, name, text: h.do("sanction", "report", "--staff", "lijie", "--article", "四", "--summary", text, "--occurred", "2026-11-01"),
    lambda h, name, text: h.do("heal"),
    lambda h, name, text: h.do("purge", "--days", "1"),
    _archive, _archive, _by_hand, _taken_back, _taken_back,
]  # fmt: skip


def history(seed: int, source: Path, folder: Path) -> History:
    """One honest history in a folder of its own."""
    root = folder / f"h{seed}"
    shutil.copytree(source, root)
    one = History(seed, root)
    for _ in range(ROUNDS):
        branch = one.rng.choice(["main", "other"])
        git(root, "checkout", "-q", branch)
        for _ in range(one.rng.randrange(1, 4)):
            one.act()
        if branch == "main" and one.rng.random() < 0.4:
            one.report()  # before what it counted is committed
        commit(root)
        if branch == "main" and one.rng.random() < 0.4:
            one.report()
        if branch == "main" and one.rng.random() < 0.5:
            one.join()
    git(root, "checkout", "-q", "main")
    one.join()
    return one


def main() -> int:
    """Run the histories one after the other."""
    parser = argparse.ArgumentParser(prog="python -m tests.git.honest", description=__doc__.split("\n")[0])
    parser.add_argument("--histories", type=int, default=1000)
    parser.add_argument("--first", type=int, default=1, help="the first seed")
    options = parser.parse_args()
    total: Counter[str] = Counter()
    bad = 0
    shared = "/dev/shm" if os.path.isdir("/dev/shm") else None
    with tempfile.TemporaryDirectory(prefix="honest-", dir=shared) as place:
        folder = Path(place)
        source = base(folder)
        for seed in range(options.first, options.first + options.histories):
            one = history(seed, source, folder)
            found = one.alarms()
            for line in found:
                print(f"history {seed}: {line}", flush=True)
            bad, total = bad + bool(found), total + one.count
            shutil.rmtree(one.root)
            if not seed % 50:
                print(f"{seed}: {bad} with an alarm", flush=True)
    print(
        f"{options.histories} histories ({', '.join(f'{n} {what}' for what, n in total.most_common())}), {bad} with an alarm"
    )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
