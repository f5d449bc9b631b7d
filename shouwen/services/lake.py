"""Reports from a lake: the same as from the ledgers themselves, whatever engine adds up."""

import os
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from shouwen.core.date_range import DateRange
from shouwen.core.errors import BadData, NotFound, Problem, Usage
from shouwen.core.statistics.bulletin import Bulletin
from shouwen.core.statistics.figures import RATES, Figures
from shouwen.core.vocabulary import half_width, nearest
from shouwen.services.overdue import Gathered, Wanted
from shouwen.store.lake import Book, books
from shouwen.store.lake_query import ask

Rows = list[dict[str, Any]]
Ask = Callable[..., Rows]
FIGURES, RUNNING, BESIDE = ("figures",), ("running",), ("beside",)


class Summed(Figures):
    """Figures that were added up elsewhere, with the hours that half and nine in ten results took."""

    median: float | None = None
    p90: float | None = None

    @property
    def median_hours(self) -> float | None:
        """Half of the results took no longer; None without results."""
        return self.median

    @property
    def p90_hours(self) -> float | None:
        """Nine in ten results took no longer; None without results."""
        return self.p90


class Named(Struct):
    """The people of an office, as far as a report names them."""

    people: dict[str, str]

    def name(self, staff: str) -> str:
        """Return the name that reports show; the id of somebody unknown."""
        return self.people.get(staff, staff)

    def called(self, department: str, day: date) -> str:
        """Return a department's name, which is the present one."""
        return department


class Lake:
    """A lake that was looked through: its offices, and what of it is missing, torn or newer."""

    def __init__(self, root: str, ask: Ask = ask):
        """Look through the lake at ``root``; ``ask`` is the engine.

        Raises:
            BadData: it holds no office whole; what is amiss.
            Usage: it is no lake.
        """
        self.root, self._ask = root, ask
        self.books, found = books(root)
        self.problems = [Problem(os.path.join(root, p.path), p.line, p.check, p.text, p.hint) for p in found]
        for book in self.books:
            for p in book.unreadable:
                path = f"{book.office}:{p['path']}"
                self.problems.append(Problem(path, p["line"], p["check"], p["text"], p["hint"]))
        if not self.books:
            raise BadData(
                self.problems
                or [Problem(root, 0, "lake", "一个单位也没有", "先用 shouwen export --format parquet 导出")]
            )

    @property
    def now(self) -> datetime:
        """When the office that was exported last was looked at, in its zone."""
        newest = max(self.books, key=lambda book: book.as_of)
        return newest.as_of.astimezone(ZoneInfo(newest.zone))

    def older(self) -> list[str]:
        """Return the offices that were exported earlier than the others, with their moment."""
        newest = max(b.as_of for b in self.books)
        return [f"{b.office} {b.as_of:%Y-%m-%d %H:%M}" for b in self.books if b.as_of != newest]

    def footers(self) -> list[str]:
        """Return for each office what it has put in, and as of when."""
        return [
            f"{b.office}：截至 {b.as_of:%Y-%m-%d %H:%M}，{b.records} 件，版本 {(b.revision or '无')[:12]}"
            for b in self.books
        ]

    def bulletin(self, made: dict[str, Bulletin]) -> None:
        """Add up the figures of every period.

        Raises:
            Usage: one is no whole month and no whole year.
        """
        asked = [(which, _key(each.period)) for which, each in made.items()]
        rows = self._ask(
            self.root, self.books, "bulletin", FIGURES, asked=("which VARCHAR, period VARCHAR", asked)
        )
        for row in rows:
            each, n, of = made[row["which"]], row["n"], int(row["of_count"])
            name = row["figure"]
            if name.startswith("beside:"):
                _beside(each, name.removeprefix("beside:"), int(n))
            elif row["grp"] == "total":
                each.total = _put(each.total, name, n, of)
            else:
                place, members = (row["ledger"], row["member"]), each.groups[row["grp"]]
                members[place] = _put(members.get(place, Summed()), name, n, of)

    def overdue(self, wanted: Wanted) -> tuple[Gathered, list[tuple[str, str]]]:
        """Return what is late, as of when each office was exported, and the follow-ups that were missed.

        Whose a case is stands in no lake: asked for a person or a department there are no follow-ups.

        Raises:
            NotFound: no office knows the person, or the department.
        """
        found = Gathered()
        soon = -1 if wanted.soon is None else wanted.soon
        asked = _Asked(self.books, wanted)
        for row in self._ask(self.root, self.books, "overdue", RUNNING, wanted=("soon BIGINT", [(soon,)])):
            book = asked.books[row["office"]]
            row["due"] = row["due"].astimezone(ZoneInfo(book.zone))
            if asked.fits(book, [(row["section"], row["whose"]), (row["department"], row["holder"])]):
                path = os.path.join(book.ledger, row["path"])
                found.rows.append(row | {"ledger": book.office, "path": path})
        shown = {(row["ledger"], row["id"]) for row in found.rows}
        for row in self._ask(self.root, self.books, "beside", BESIDE):
            book = asked.books[row["office"]]
            if row["kind"] == "done_late":  # of what is listed, whoever bore it
                asked_for = (book.office, row["text"]) in shown
            else:
                asked_for = asked.fits(book, msgspec.json.decode(row["concerned"]))
            if asked_for:
                _stands_beside(found, book, row)
        found.problems += self.problems
        return found, [] if wanted.person or wanted.section else self.follow_ups()

    def follow_ups(self) -> list[tuple[str, str]]:
        """Return (case, what was missed in words) of every office."""
        return [(case, text) for book in self.books for case, text in book.follow_ups]


def _key(period: DateRange) -> str:
    if period.months == 1:
        return f"{period.first:%Y-%m}"
    if period.months == 12 and period.first.month == 1:
        return f"{period.first:%Y}"
    raise Usage("--lake 只有整月和整年的数字：写 --month 或 --year")


def _put(figures: Figures, name: str, n: float, of: int) -> Figures:
    whole = figures if isinstance(figures, Summed) else Summed()
    if name == "median_hours":
        whole.median = n
    elif name == "p90_hours":
        whole.p90 = n
    elif name in RATES:
        whole.rates[name].n, whole.rates[name].of = int(n), of
    else:
        whole.counts[name] = int(n)
    return whole


def _beside(bulletin: Bulletin, name: str, n: int) -> None:
    if name == "confidential":
        bulletin.confidential = n
    else:
        bulletin.not_judged[name] = n


def _stands_beside(found: Gathered, book: Book, row: dict[str, Any]) -> None:
    """Add what a row of the table ``beside`` says."""
    data, kind = msgspec.json.decode(row["data"]), row["kind"]
    if kind == "not_judged":
        found.not_judged[row["text"]] = found.not_judged.get(row["text"], 0) + row["n"]
        return
    if "path" in data:
        data["path"] = os.path.join(book.ledger, data["path"])
    lists = {"hidden": found.hidden, "dispute": found.disputes, "standing": found.standing}
    lists.get(kind, found.done_late).append(data)


class _Asked:
    """Whom a report is asked for, as each office knows them."""

    def __init__(self, books: list[Book], wanted: Wanted):
        """Look both up in every office; NotFound where none knows one."""
        self.books = {book.office: book for book in books}
        self._wanted = wanted
        self._people = _meant(books, wanted.person, "人员", _people)
        self._sections = _meant(books, wanted.section, "部门", lambda book: book.sections)

    def fits(self, book: Book, targets: list[tuple[str, str]]) -> bool:
        """Return whether one of (department, staff) is the person and one the department asked for."""
        units = [book.sections.get(unit, unit) for unit, _ in targets]
        return (not self._wanted.person or self._people.get(book.office) in [who for _, who in targets]) and (
            not self._wanted.section or self._sections.get(book.office) in units
        )


def _people(book: Book) -> dict[str, str]:
    """Return every word that means one person of an office → staff id."""
    names = Counter(name.partition("（")[0] for name in book.people.values())
    plain = {name: key for key, shown in book.people.items() if names[name := shown.partition("（")[0]] == 1}
    return plain | {name: key for key, name in book.people.items()} | {key: key for key in book.people}


def _meant(
    books: list[Book], word: str, what: str, known: Callable[[Book], dict[str, str]]
) -> dict[str, str]:
    """Return office → what the word means there, of the offices that know it.

    Raises:
        NotFound: none of them knows it.
    """
    if not word:
        return {}
    said = "".join(half_width(word).split())
    found = {}
    for book in books:
        words = {"".join(half_width(name).split()): key for name, key in known(book).items()}
        if said in words:
            found[book.office] = words[said]
    if not found:
        near = nearest(word, {name for book in books for name in known(book)})
        raise NotFound(f"数据湖里没有{what}“{word}”（同名的写编号）；相近的有：{'、'.join(near) or '（空）'}")
    return found
