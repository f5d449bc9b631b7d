"""A mapping proposed for a sheet that nobody has described yet, with what is unsure marked.

Nothing is imported by a guess: it is a file for a person to read and complete.
"""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from msgspec import Struct, field

from shouwen.core.errors import NotFound
from shouwen.core.office.lookup import find_department, find_person
from shouwen.core.office.roster import Office
from shouwen.core.regulation.schema import Policy
from shouwen.core.transfer.cells import ASKED, DITTO, placeholder
from shouwen.core.transfer.days import Unreadable, read_moment
from shouwen.core.transfer.importing import TOTALS
from shouwen.core.transfer.mapping import FIELDS, TIMES, Grid, Mapping, find_header, text_at, titles_of
from shouwen.core.transfer.titles import WORDS

_CLOSED = {"channel": "channels", "category": "categories", "scope": "scopes", "urgency": "urgencies",
           "outcome": "outcomes", "rating": "ratings", "mode": "modes"}  # fmt: skip
_MAY_LACK = ("rating", "urgency")  # of these a stroke is no word but a blank
_PEOPLE = ("first_responder", "handler", "signed_by", "extended_by", "designated_by")
_PLACES = ("department", "handler_department")
_HEADLINE = "标题|主题"  # the short one of two columns that say what it is about
_HOUR = "时间|时刻|钟点|时分"  # a title of what o'clock it was
_OCLOCK = r"\d{1,2} ?[:：时点] ?\d{0,2}.*"
_OWN_ID = r"\d{8}-[0-9A-Z]{6}"
_LONG = 8  # signs of a word, words of a list: what is longer is told in sentences
_MOST = 500  # rows looked at: what a register does not show in these it shows nowhere


class Guess(Struct):
    """What a sheet seems to hold; ``unsure`` says of a field (or of a part of the mapping) why.

    ``oclock`` is the second column of a moment, ``unknown`` are words that mean nothing here and
    ``strangers`` names that no roster has, by field.
    """

    header: int
    header_rows: int = 1
    columns: dict[str, str] = field(default_factory=dict)
    unsure: dict[str, str] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    unknown: dict[str, list[str]] = field(default_factory=dict)
    strangers: dict[str, list[str]] = field(default_factory=dict)
    oclock: dict[str, str] = field(default_factory=dict)
    bare: list[str] = field(default_factory=list)
    skip: list[str] = field(default_factory=list)
    fill_down: list[str] = field(default_factory=list)
    yearless: bool = False

    def mapping(self, opens: str, closes: str, year: int, defaults: dict[str, str | int]) -> Mapping:
        """Return the mapping proposed; ``opens`` and ``closes`` (08:30) are what a day alone may mean."""
        return Mapping(
            header=self.header + 1,
            header_rows=self.header_rows,
            columns={k: (t, self.oclock[k]) if k in self.oclock else t for k, t in self.columns.items()},
            values={k: dict(v) for k, v in self.values.items()},
            defaults=defaults, times={key: opens if key == "received" else closes for key in self.bare},
            year=year if self.yearless else 0, skip=tuple(self.skip), fill_down=tuple(self.fill_down),
        )  # fmt: skip


def plain(title: str) -> str:
    """Return a title without brackets, stars, blanks and colons: 联系电话（必填）* → 联系电话."""
    return re.sub(r"[（(\[【].*?[）)\]】]|[\s*＊:：、/]", "", title)


def guess(grid: Grid, policy: Policy, now: datetime, office: Office) -> Guess:
    """Return the mapping that a sheet's titles and cells suggest under a regulation, in an office."""
    known = [name for names in FIELDS.values() for name in names]
    row, deep = _deep(grid, _header(grid, known), set(known))
    found = Guess(row, deep)
    titles = titles_of(grid, row, deep)
    once = [t for t in titles if t and titles.count(t) == 1]
    _columns(found, once, {t: text_at(grid, row, titles.index(t)) for t in once if deep > 1})
    rows = [
        r
        for r in range(row + 1, min(len(grid.rows), row + 1 + _MOST))
        if any(v not in (None, "") for v in grid.rows[r])
    ]
    _skipped(found, grid, rows, [titles_of(grid, n) for n in range(row - deep + 1, row + 1) if grid.rows])
    rows = [r for r in rows if not any(_first(grid, r).startswith(word) for word in found.skip)]
    cells = {t: [grid.rows[r][at] for r in rows if (at := titles.index(t)) < len(grid.rows[r])] for t in once}
    _told_by_cells(found, once, cells, policy)
    used = {*found.columns.values(), *found.oclock.values()}
    found.left = [t for t in dict.fromkeys(filter(None, titles)) if t not in used]
    for key, title in found.columns.items():
        _look(found, key, cells[title], policy, now)
    for keys, find in ((_PEOPLE, _person), (_PLACES, find_department)):
        for key in keys:
            if key in found.columns:
                _strangers(found, key, _texts(cells[found.columns[key]]), office, find)
    return found


def _texts(values: list[Any]) -> list[str]:
    """Return the different texts of a column, in their order."""
    texts = (str(v).strip() for v in values if isinstance(v, str | int | float))
    return list(dict.fromkeys(filter(None, texts)))


def _word(key: str, text: str, policy: Policy) -> str | None:
    """Return what a word means in a field of a closed list, '' for a blank; None where it means nothing."""
    known = getattr(policy, _CLOSED[key]).values
    if text in known:
        return text
    word = WORDS.get(key, {}).get(text)
    if word is None and key in _MAY_LACK and placeholder("name", text):
        return ""
    return word if word is not None and (word in known or not word) else None


def _told_by_cells(found: Guess, titles: list[str], cells: dict[str, list[Any]], policy: Policy) -> None:
    """Put right what the titles alone get wrong: a result told in sentences, a headline, a day apart from its hour."""
    free = [t for t in titles if t not in found.columns.values()]

    def speaks(title: str) -> bool:
        return any(_word("outcome", text, policy) is not None for text in _texts(cells[title]))

    said = found.columns.get("outcome", "")
    if said and (told := _texts(cells[said])) and not speaks(said):
        other = next((t for t in free if plain(t) in FIELDS["outcome"] and speaks(t)), "")
        if other or "result" not in found.columns and _sentences(told):
            found.columns.setdefault("result", said)
            del found.columns["outcome"]
            found.unsure.pop("outcome", None)
        if other:
            found.columns["outcome"] = other
    about = found.columns.get("subject", "")
    if about and "detail" not in found.columns:
        again = [t for t in free if plain(t) in FIELDS["subject"]]
        if short := next((t for t in again if re.search(_HEADLINE, t)), ""):
            found.columns |= {"subject": short, "detail": about}
        elif again and re.search(_HEADLINE, about):
            found.columns["detail"] = again[0]
    number = found.columns.get("number", "")
    ids = _texts(cells[number]) if number else []
    if ids and all(re.fullmatch(_OWN_ID, text) for text in ids):
        del found.columns["number"]  # our own export: what comes in gets an id here
    for key in [k for k in found.columns if k in TIMES]:
        _hour_apart(found, key, titles, cells)


def _sentences(texts: list[str]) -> bool:
    """Return whether a column tells what was done rather than name one of a few results."""
    return max(map(len, texts)) > _LONG or len(texts) > _LONG


def _hour_apart(found: Guess, key: str, titles: list[str], cells: dict[str, list[Any]]) -> None:
    """Unite a column of days with the next one to the right, where that holds nothing but what o'clock it was."""
    title = found.columns[key]
    beside = titles[titles.index(title) + 1 : titles.index(title) + 2]
    if not beside or beside[0] in found.columns.values() or not re.search(_HOUR, plain(beside[0])):
        return
    hours = [v for v in cells[beside[0]] if v not in (None, "")]
    clock = [isinstance(v, float) and 0 < v < 1 or bool(re.fullmatch(_OCLOCK, str(v))) for v in hours]
    days = [v for v in cells[title] if isinstance(v, str) and re.search("[:：时点]", v)]
    if clock and 2 * sum(clock) > len(clock) and 2 * len(days) < len(cells[title]):
        found.oclock[key] = beside[0]


def _person(office: Office, text: str) -> str:
    return find_person(office, text, lambda _: True)


def _strangers(
    found: Guess, key: str, texts: list[str], office: Office, find: Callable[[Office, str], str]
) -> None:
    """Note the names of a column that the roster does not have; several of one name are told by the day later."""
    for text in texts:
        if text in found.values.get(key, {}) or text in DITTO:
            continue
        try:
            find(office, text)
        except NotFound as error:
            if "请写编号" not in str(error):
                found.strangers.setdefault(key, []).append(text)


def _header(grid: Grid, known: list[str]) -> int:
    """Return the row of the titles: by their names, else by those names within longer ones."""
    row = find_header(grid, known)
    bare = set(known)

    def hits(n: int) -> int:
        return sum(plain(text_at(grid, n, c)) in bare for c in range(len(grid.rows[n])))

    first = range(min(len(grid.rows), 20))
    return max(first, key=lambda n: (hits(n), n == row), default=0)


def _deep(grid: Grid, row: int, known: set[str]) -> tuple[int, int]:
    """Return the last row of the titles and how many rows of them there are: two where that tells more columns."""

    def told(last: int, deep: int) -> int:
        titles = titles_of(grid, last, deep)
        tails = [text_at(grid, last, c) if deep > 1 else "" for c in range(len(titles))]
        once = [(t, tail) for t, tail in zip(titles, tails, strict=True) if t and titles.count(t) == 1]
        return sum(plain(t) in known or plain(tail) in known for t, tail in once)

    if not grid.rows:
        return row, 1
    deeper = [(row + 1, 2)] if row + 1 < len(grid.rows) else []
    deeper += [(row, 2)] if row else []
    best = max(deeper, key=lambda at: told(*at), default=(row, 1))
    return best if told(*best) > told(row, 1) else (row, 1)


def _columns(found: Guess, titles: list[str], tails: dict[str, str]) -> None:
    """Find a title for each field: exactly, without its ornaments, by its lower row, then one that contains a name.

    ``tails`` are the lower rows of titles that are two rows deep.
    """
    taken: set[str] = set()

    def take(key: str, title: str, why: str = "") -> None:
        found.columns[key] = title
        taken.add(title)
        if why:
            found.unsure[key] = why

    for key, names in FIELDS.items():
        if fitting := [t for name in names for t in titles if t not in taken and t == name]:
            take(key, fitting[0])
    for key, names in FIELDS.items():
        if key not in found.columns and (
            fitting := [t for name in names for t in titles if t not in taken and plain(t) == name]
        ):
            take(key, fitting[0])
    for key, names in FIELDS.items():
        if key not in found.columns and (
            fitting := [
                t for name in names for t in titles if t not in taken and plain(tails.get(t, "")) == name
            ]
        ):
            take(key, fitting[0])
    for key, names in FIELDS.items():
        if key in found.columns:
            continue
        longest = sorted((n for n in names if len(n) > 2), key=len, reverse=True)
        if fitting := [t for name in longest for t in titles if t not in taken and name in plain(t)]:
            take(key, fitting[0], "列名只是相近")


def _first(grid: Grid, row: int) -> str:
    return next((t for c in range(len(grid.rows[row])) if (t := text_at(grid, row, c))), "")


def _skipped(found: Guess, grid: Grid, rows: list[int], titles: list[list[str]]) -> None:
    """Note rows that are no inquiries: totals, one of the rows of titles once more."""
    for row in rows:
        first = _first(grid, row)
        again = any(
            sum(text_at(grid, row, c) == t for c, t in enumerate(line) if t)
            >= max(2, len([*filter(None, line)]) // 2)
            for line in titles
        )
        word = first if again else (hit[0] if (hit := re.match(TOTALS, first)) else "")
        if word and word not in found.skip:
            found.skip.append(word)


def _look(found: Guess, key: str, values: list[Any], policy: Policy, now: datetime) -> None:
    """Note what the cells of a column say of it: days alone, words to translate, blanks that somebody filled in."""
    texts = _texts(values)
    if any(text in DITTO for text in texts) and key not in found.fill_down:
        found.fill_down.append(key)
    texts = [text for text in texts if text not in DITTO]
    if key in TIMES:
        _look_at_days(found, key, values, now)
    elif key in _CLOSED:
        for text in texts:
            word = _word(key, text, policy)
            if word is None:
                found.unknown.setdefault(key, []).append(text)
            elif word != text:
                found.values.setdefault(key, {})[text] = word
    elif key in ASKED:
        for text in texts:
            if placeholder(key, text):
                found.values.setdefault(key, {})[text] = ""


def _look_at_days(found: Guess, key: str, values: list[Any], now: datetime) -> None:
    read = 0
    for value in values:
        if isinstance(value, datetime):
            read, alone = read + 1, not (value.hour or value.minute)
        elif isinstance(value, str) and value.strip():
            try:
                alone = read_moment(value, now)[1] is None
            except Unreadable as error:
                if error.text != "没有年份":
                    continue
                found.yearless = True
                alone = not re.search("[:时点]", value)
            read += 1
        else:
            continue
        if alone and key not in found.bare:
            found.bare.append(key)
    if values and not read and any(v not in (None, "") for v in values):
        found.unsure[key] = "这一列读不出日期"
