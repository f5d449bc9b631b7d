"""What the many hands do: every command that writes, with whatever records are there."""

import itertools
import random
from collections.abc import Callable, Iterator
from pathlib import Path

from shouwen.core.errors import ShouwenError
from shouwen.core.inquiry.lifecycle import replay
from shouwen.store.ledger import Ledger
from tests.faults.stories import MAPPING, PLAIN, STORIES

# Values of these options are texts: each bears the mark of its turn, so that none repeats another.
TEXTS = ("--text", "--reason", "--result", "--subject", "--summary", "--comment", "--material", "--name")
# Not done here: one makes a ledger, the others need a file or a state of their own, see ``MADE``.
ELSEWHERE = {
    "init",
    "note archived",
    "git note",
    "git intake",
    "import",
    "purge",
    "heal",
    "check fix",
    "archive",
} | {name for name, story in STORIES.items() if story.words[0] in ("staff", "department")}
OFTEN = {
    "intake": 8,
    "note": 10,
    "progress": 4,
    "handoff": 3,
    "accept": 3,
    "close": 3,
    "sync": 3,
    "intake confidential": 2,
}
PHASES = {"accept": "待签收", "return": "待签收", "resume": "中止", "callback": "办结", "reopen": "办结"}
WHO = ("wangfang", "lijie", "heping", "zhaojun")

Words = tuple[str, list[str]]  # who acts, the command line


def _people(mark: str, folder: Path) -> list[list[str]]:
    """The roster by its commands; each turn has people and departments of its own."""
    one, room = f"p{mark}", f"科{mark}"
    return [
        ["staff", "add", one, "--name", f"人{mark}", "--department", "办公室"],
        ["staff", "move", one, "--to", "审批科", "--from", "2026-12-01"],
        ["staff", "leave", one, "--from", "2026-12-07", "--until", "2026-12-09", "--why", "学习"],
        ["department", "add", room, "--leader", "heping"],
        ["department", "rename", room, f"新{room}", "--from", "2026-12-01"],
        ["department", "merge", f"新{room}", "--into", "审批科", "--last-day", "2026-12-31"],
    ]


def _imported(mark: str, folder: Path) -> list[str]:
    """Two rows nobody has imported before."""
    sheet, mapping = folder / f"{mark}.csv", folder / "mapping.yaml"
    rows = "".join(f"2026-11-0{n} 09:1{n},甲某,问{mark}第{n},咨询,王芳\n" for n in (2, 3))
    sheet.write_text(f"日期,姓名,事由,类别,受理人\n{rows}", "utf-8")
    mapping.write_text(MAPPING, "utf-8")
    return ["import", str(sheet), "--mapping", str(mapping), "--rest"]


def _many(mark: str, folder: Path) -> list[str]:
    """Somebody new, from a sheet."""
    sheet = folder / f"p{mark}.csv"
    sheet.write_text(f"编号,姓名,部门,职务\ns{mark},来{mark},审批科,科员\n", "utf-8")
    return ["staff", "import", str(sheet)]


MADE: dict[str, Callable[[str, Path], list[str]]] = {
    "archive": lambda mark, folder: ["archive", "--days", "0"],
    "purge": lambda mark, folder: ["purge", "--days", "1"],
    "heal": lambda mark, folder: ["heal"],
    "check fix": lambda mark, folder: ["check", "--fix"],
    "import": _imported,
    "staff import": _many,
}
KINDS = (*(name for name in STORIES if name not in ELSEWHERE), *MADE, "roster")


class Hand:
    """One of those who act: draws what to do next on a clone."""

    def __init__(self, number: int, seed: int, folder: Path):
        self.number, self.folder = number, folder
        self.rng = random.Random(f"{seed} {number}")
        self._turns = itertools.count()
        self._roster: list[list[str]] = []

    def next(self, root: Path) -> tuple[str, Words]:
        """(the kind of act, who does it in which words)."""
        mark = f"{self.number}x{next(self._turns)}"
        kind = self.rng.choices(KINDS, [OFTEN.get(name, 1) for name in KINDS])[0]
        if kind == "roster":
            self._roster = self._roster or _people(mark, self.folder)
            return kind, ("heping", self._roster.pop(0))
        if kind in MADE:
            return kind, ("heping", MADE[kind](mark, self.folder))
        story = STORIES[kind]
        ledger = Ledger(str(root))
        one, holder = self._fitting(ledger, kind)
        known = {
            "ID": one,
            "SECOND": self._one(ledger, "inquiries"),
            "CASE": self._one(ledger, "sanctions"),
            "now": "刚才",
        }
        who = holder if holder and story.who == "wangfang" else story.who
        if not who or self.rng.random() < 0.2:
            who = self.rng.choice(WHO)
        return kind, (who, list(self._filled(story.words, mark, known)))

    def _fitting(self, ledger: Ledger, kind: str) -> tuple[str, str]:
        """(a record on which such an act is likely to be lawful, who has it); any where none is found soon."""
        wanted, name, holder = PHASES.get(kind, "在办"), "", ""
        for _ in range(8):
            name = self._one(ledger, "archive" if self.rng.random() < 0.02 else "inquiries")
            try:
                state = replay(ledger.read(ledger.find(name)).content)
            except ShouwenError:  # moved or merged at this moment
                continue
            holder = (state.pending.to if state.pending else state.holder).staff or ""
            if state.phase == wanted:
                break
        return name, holder

    def _filled(self, words: tuple[str, ...], mark: str, known: dict[str, str]) -> Iterator[str]:
        for before, word in zip(("", *words), words, strict=False):
            if before in TEXTS and word != "特别程序":
                yield f"{word}{mark}。"
            elif before == "--when":
                yield "2026-12-30 09:30"
            else:
                yield known.get(word, word)

    def _one(self, ledger: Ledger, folder: str) -> str:
        """The id of a record, one of a few oftener: there many meet."""
        ids = sorted(name for name, _ in ledger.ids(folder))
        return ids[int(len(ids) * self.rng.random() ** 3)] if ids else "K7Q4"


def opening(root: Path, do: Callable[[str, tuple[str, ...]], None]) -> None:
    """Some records and a case for the first acts to meet."""
    for n in range(6):
        do("wangfang", (*PLAIN[:6], f"第{n}件", *PLAIN[7:], "--name", f"张{n}某"))
