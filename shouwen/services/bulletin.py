"""The figures of a period (通报) of one ledger or several, beside those they are compared with.

What the inquiries of one folder add is worked out by itself and put together at the end, so that a month
that has not changed need not be judged again (docs/decisions/0025).
"""

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from struct import Struct as Layout

from msgspec import Struct, msgpack

from shouwen.core import date_range
from shouwen.core.accountability.lifecycle import replay_case
from shouwen.core.accountability.service_record import joined_into
from shouwen.core.date_range import DateRange
from shouwen.core.deadlines.clock import Clock
from shouwen.core.deadlines.clock_table import clocks
from shouwen.core.deadlines.overdue import FOR_GOOD, still_until
from shouwen.core.errors import BadData, NotFound, Problem
from shouwen.core.inquiry.events import Target
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.statistics.bulletin import Bulletin, late_duties, put_right
from shouwen.render.bulletin.text import PERIODS
from shouwen.services.desk import Desk
from shouwen.services.reading import readable, sound
from shouwen.store.ids import ARCHIVE, LIVE
from shouwen.store.lots import lots, worked
from shouwen.store.memo_files import keyed
from shouwen.store.record import Record
from shouwen.store.tally import Tally

_ANSWERED = Layout("<12sd")  # who had a result, and when
_ASKED = Layout("<12sdI")  # who asked, when, and where in a table stands what it counts for
Veil = Callable[[tuple[str, ...]], bytes]  # a person as a mark that says nothing of who it is


def empty(current: DateRange) -> dict[str, Bulletin]:
    """Return a bulletin without figures for the period and for each that it is compared with."""
    days = (current, date_range.before(current), date_range.year_earlier(current))
    return {name: Bulletin(period) for name, period in zip(PERIODS, days, strict=True)}


class Share(Struct, array_like=True):
    """What some inquiries add to each bulletin.

    Who asked, and who had a result, stand beside: as marks and numbers, ``answered`` for all bulletins
    alike, ``asked`` for each, with the index in ``counts`` of what it counts for.
    """

    made: list[Bulletin]
    answered: bytes
    asked: list[bytes]
    counts: list[tuple[dict[str, str], Target]]


class Worked(Struct):
    """A share, until when it stays just that, and what could not be read."""

    share: Share
    until: datetime
    problems: list[Problem]


_DECODER = msgpack.Decoder(list[Share])


class _Gathering:
    """The bulletins of one ledger while its folders are put together."""

    def __init__(self, desk: Desk, made: dict[str, Bulletin], now: datetime):
        self.desk, self.now, self.made = desk, now, list(made.values())
        self.periods = [each.period for each in self.made]
        self.memo = desk.memo(now, "bulletin", *map(str, self.periods), desk.called)
        self.key = self.memo.secret(b"person") if self.memo else os.urandom(32)
        self.shares: list[Share] = []

    def veil(self, person: tuple[str, ...]) -> bytes:
        """Return a mark of the person, which only this user's memos have."""
        return keyed(self.key, *(word.encode() for word in person), length=12)

    def work(self, records: Iterator[Record | list[Problem]]) -> Worked:
        """Return what some records add."""
        made, until, problems = _counted(self.desk, records, self.periods, self.now)
        return Worked(_packed(made, self.veil), until, problems)

    def add(self, problems: list[Problem], tally: Tally) -> None:
        """Put together what all inquiries add, by the memo or anew."""
        some = lots(self.desk.ledger, (LIVE, ARCHIVE), tally)
        for lot, found in worked(self.desk.ledger, self.work, some, self.memo):
            if isinstance(found, bytes):
                self.shares += _DECODER.decode(found)
                continue
            shares = [part.share for part in found]
            for part in found:
                problems += part.problems
            self.shares += shares
            if self.memo and not any(part.problems for part in found):
                until = min((part.until for part in found), default=FOR_GOOD)
                self.memo.keep(lot.folder, lot.digest, msgpack.encode(shares), until)
        if self.memo:
            self.memo.save([self.memo.noted()])
        for share in self.shares:
            for mine, theirs in zip(self.made, share.made, strict=True):
                _join(mine, theirs)
        self._repeated()
        self._joined()
        for each in self.made:
            each.settle(self.desk.called)
            each.answered.clear()

    def _repeated(self) -> None:
        """Find who asked in a period, and of those who had a result before."""
        label = self.desk.called
        for n, each in enumerate(self.made):
            people = set()
            for share in self.shares:
                for mark, at, place in _ASKED.iter_unpack(share.asked[n]):
                    each.asked.append(((mark.hex(),), at, *share.counts[place]))
                    people.add(mark)
            for share in self.shares if people else ():
                for mark, at in _ANSWERED.iter_unpack(share.answered):
                    if mark in people:
                        place = (label, mark.hex())
                        each.answered[place] = min(each.answered.get(place, at), at)

    def _joined(self) -> None:
        """Add what inquiries count for into which others were joined."""
        into = {one: main for each in self.made for one, main in each.into.items()}
        for main in sorted({joined_into(one, into) for one in into} - set(into)):
            for folder in (LIVE, ARCHIVE):
                try:
                    record = self.desk.ledger.read(self.desk.ledger.path(main, folder))
                except (NotFound, BadData, ValueError):
                    continue
                made, _, _ = _counted(self.desk, iter([record]), self.periods, self.now)
                for mine, theirs in zip(self.made, made, strict=True):
                    mine.counted |= theirs.counted
        for each in self.made:
            each.counted = dict(sorted(each.counted.items(), key=lambda item: item[0][0]))


def gather(
    desk: Desk, made: dict[str, Bulletin], now: datetime, problems: list[Problem], tally: Tally
) -> None:
    """Add one ledger's inquiries and cases to every bulletin, each as it stood at its period's end.

    Problems of files are added to ``problems``; ``tally`` counts what was read.
    """
    _Gathering(desk, made, now).add(problems, tally)
    ledger = desk.ledger
    ends = [(each, each.period.end(now)) for each in made.values()]
    for record in readable(desk, problems, "sanctions", tally=tally):
        for each, end in ends:
            if record.content.reported <= end:
                case = replay_case(record.content, until=end)
                each.add_case(desk.called, ledger.rules(record.content.policy), case, end)


def _counted(
    desk: Desk, records: Iterator[Record | list[Problem]], periods: list[DateRange], now: datetime
) -> tuple[list[Bulletin], datetime, list[Problem]]:
    """Return (bulletins of the periods, until when they stay so, problems) of some records."""
    ledger, label, until, problems = desk.ledger, desk.called, FOR_GOOD, list[Problem]()
    made = [Bulletin(period) for period in periods]
    for record in sound(desk, records, problems):
        inquiry = put_right(record.content, now)
        rules = ledger.rules(inquiry.policy)
        latest = replay(inquiry, until=now)
        running: list[Clock] = []
        for each in made:
            end = each.period.end(now)
            each.met(label, inquiry, latest)
            if inquiry.received <= end and not each.over(rules, latest):
                state = replay(inquiry, until=end)
                found = clocks(rules, state, end)
                late = late_duties(rules, record.content, state, found, end)
                each.add(label, rules, state, found, end, late)
                running = found if end == now else running
        until = min(until, still_until(record.content, latest, running, now, ledger.zone))
    return made, until, problems


def _join(mine: Bulletin, theirs: Bulletin) -> None:
    """Count the inquiries of another bulletin of the same ledger and period too, before it is settled."""
    mine.put(theirs)
    mine.counted |= theirs.counted
    mine.into |= theirs.into


def _packed(made: list[Bulletin], veil: Veil) -> Share:
    """Return bulletins as a share: people as marks, and of what may count once that of joined inquiries alone."""
    places: dict[tuple[str, ...], int] = {}
    counts: list[tuple[dict[str, str], Target]] = []
    marks: dict[tuple[str, ...], bytes] = {}

    def mark(person: tuple[str, ...]) -> bytes:
        return marks.get(person) or marks.setdefault(person, veil(person))

    known = made[0].answered if made else {}  # every bulletin knows the same
    answered = b"".join(_ANSWERED.pack(mark(place[1:]), at) for place, at in known.items())
    asked = []
    for each in made:
        rows = []
        for person, at, keys, first in each.asked:
            what = (*keys.values(), first.department, first.staff)
            if what not in places:
                places[what] = len(counts)
                counts.append((keys, first))
            rows.append(_ASKED.pack(mark(person), at, places[what]))
        asked.append(b"".join(rows))
        each.answered, each.asked = {}, []
        each.counted = {
            place: (fact._replace(n=float(fact.n)), keys)
            for place, (fact, keys) in each.counted.items() if place[0] in each.into
        }  # fmt: skip
    return Share(made, answered, asked, counts)
