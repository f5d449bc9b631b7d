"""Read many records for a use case: what cannot be read is collected, never skipped."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from msgspec import structs

from shouwen.core.errors import Problem
from shouwen.core.inquiry.lifecycle import State, replay
from shouwen.core.office.namesakes import shared_names, told_apart
from shouwen.services.desk import Desk
from shouwen.store.record import Record


def readable(
    desk: Desk, problems: list[Problem], *folders: str, as_written: bool = False, **only: Any
) -> Iterator[Record]:
    """Yield the records of the folders; add the problems of the others to ``problems``.

    ``as_written`` for who compares or writes them: departments of one name are not told apart.
    """
    yield from sound(desk, desk.ledger.records(*folders, **only), problems, as_written)


def sound(
    desk: Desk, records: Iterable[Any], problems: list[Problem], as_written: bool = False
) -> Iterator[Any]:
    """Yield the records among them, and what is recalled in the place of one; add the problems of the others to ``problems``."""
    office, zone = desk.ledger.office, desk.ledger.zone
    apart = not as_written and bool(shared_names(office))
    for found in desk.watched(records):
        if isinstance(found, list):
            problems += found
        elif apart and isinstance(found, Record):
            yield structs.replace(found, content=told_apart(office, found.content, zone))
        else:
            yield found


def taken(
    desk: Desk, problems: list[Problem], first: date, last: date, now: datetime, past: bool
) -> Iterator[tuple[Record, State]]:
    """Yield inquiries, live and archived, taken in from one day to another, as each stood at ``now``.

    With ``past`` that moment lies in the past, and what came later is left out.
    """
    for record in readable(desk, problems, "inquiries", "archive"):
        if record.content.received > now:
            continue
        state = replay(record.content, until=now if past else None)
        if first <= state.inquiry.received.astimezone(desk.ledger.zone).date() <= last:
            yield record, state
