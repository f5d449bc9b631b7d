"""Who and what has figures in a bulletin, named for people, and what stands beside the figures."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Protocol

from shouwen.core.deadlines.clock import unjudged_text
from shouwen.core.errors import Problem
from shouwen.core.statistics.bulletin import Bulletin
from shouwen.core.statistics.figures import GROUPS, Figures
from shouwen.render.bulletin.text import NAMES, PERIOD_NAMES, Member

EVERY_GROUP = (*GROUPS, "ledger")


class Naming(Protocol):
    """Whoever knows the names of an office's people."""

    def name(self, staff: str) -> str:
        """Return the name that reports show."""

    def called(self, department: str, day: date) -> str:
        """Return what a department was called on a day."""


def members(made: dict[str, Bulletin], offices: Mapping[str, Naming]) -> list[Member]:
    """Return everybody and everything that has figures in any of the periods; ``offices`` by ledger."""
    last = max(each.period.last for each in made.values())
    whole = {which: each.total for which, each in made.items()}
    found = [Member("total", "", "", NAMES["total"], whole)]
    for group in EVERY_GROUP:
        places = sorted({place for each in made.values() for place in each.groups[group]})
        names = Counter((at, offices[at].name(k)) for at, k in places) if group == "staff" else Counter()
        for ledger, key in places:
            figures = {p: each.groups[group].get((ledger, key), Figures()) for p, each in made.items()}
            name = key
            if group == "department":
                name = offices[ledger].called(key, last)
            if group == "staff":
                name = offices[ledger].name(key)
                name += f"（{key}）" if names[ledger, name] > 1 else ""
            if ledger and len(offices) > 1:
                name = f"{ledger} {name}"
            found.append(Member(group, ledger, key, name, figures))
    return found


def blocks(made: dict[str, Bulletin], problems: list[Problem]) -> list[tuple[str, list[str]]]:
    """Return what stands beside the figures: secret inquiries counted, unreadable files listed."""
    found: list[tuple[str, list[str]]] = []
    if any(each.confidential for each in made.values()):
        counts = "，".join(f"{PERIOD_NAMES[p]} {each.confidential} 件" for p, each in made.items())
        found.append((f"涉密件（举报等）期内受理、办结或期末在办：{counts}，不计入以上各项", []))
    if any(each.not_judged for each in made.values()):
        counts = "；".join(
            f"{PERIOD_NAMES[p]} {unjudged_text(each.not_judged)}"
            for p, each in made.items()
            if each.not_judged
        )
        found.append((f"导入的旧件，原台账没有写明起止而不计的时限：{counts}", []))
    if problems:
        files = len({p.path for p in problems})
        head = f"读不出的文件 {files} 个（没有计入，修好后请重新运行）："
        found.append((head, [str(p) for p in problems]))
    return found
