"""Reading many records for a report: what cannot be read is shown, and sets the exit code."""

import sys
import time
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import NoReturn

import typer

from shouwen.core.errors import Problem
from shouwen.core.inquiry.lifecycle import State, replay
from shouwen.store.record import Record
from shouwen.terminal.context import Context

UNREADABLE = 5
PATIENCE = 1.0  # seconds until a terminal is told how far it is
STEP = 64  # records between two looks at the clock


def _watched(records: Iterable[Record | list]) -> Iterator[Record | list]:
    """The same; on a terminal, what takes over a second says how far it is, and wipes that away."""
    if not (sys.stderr and sys.stderr.isatty()):
        yield from records
        return
    said, next_word = "", time.monotonic() + PATIENCE
    try:
        for n, found in enumerate(records, 1):
            if not n % STEP and time.monotonic() >= next_word:
                said, next_word = f"\r已读 {n} 条…", time.monotonic() + PATIENCE / 5
                sys.stderr.write(said)
                sys.stderr.flush()
            yield found
    finally:
        if said:
            sys.stderr.write("\r" + " " * (2 * len(said)) + "\r")
            sys.stderr.flush()


def readable(context: Context, problems: list[Problem], *folders: str, **only) -> Iterator[Record]:
    """The records of the folders; the problems of the others are added to ``problems``."""
    yield from sound(context.ledger.records(*folders, **only), problems)


def sound(records: Iterable[Record | list], problems: list[Problem]) -> Iterator[Record]:
    """The records among them; the problems of the others are added to ``problems``."""
    for found in _watched(records):
        if isinstance(found, list):
            problems += found
        else:
            yield found


def taken(
    context: Context, problems: list[Problem], first: date, last: date, now: datetime, past: bool
) -> Iterator[tuple[Record, State]]:
    """Inquiries, live and archived, taken in from one day to another, each as it stood at ``now``.

    With ``past`` that moment lies in the past, and what came later is left out.
    """
    for record in readable(context, problems, "inquiries", "archive"):
        if record.content.received > now:
            continue
        state = replay(record.content, until=now if past else None)
        if first <= state.inquiry.received.astimezone(context.ledger.zone).date() <= last:
            yield record, state


def unreadable_data(problems: list[Problem]) -> list[dict]:
    """The problems as JSON has them."""
    return [
        {"path": p.path, "line": p.line, "check": p.check, "text": p.text, "hint": p.hint} for p in problems
    ]


def unreadable_text(problems: list[Problem]) -> str:
    """The block of its own that a report shows for what it could not read; '' for none."""
    if not problems:
        return ""
    lines = "".join(f"  {p}\n" for p in problems)
    return (
        f"\n读不出的文件 {len({p.path for p in problems})} 个（其余已照常报告，修好后请重新运行）：\n{lines}"
    )


def finish(problems: list[Problem], code: int = 0) -> NoReturn:
    """End with 5 when something could not be read, else with the code given."""
    raise typer.Exit(UNREADABLE if problems else code)
