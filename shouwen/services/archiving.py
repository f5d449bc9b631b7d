"""Settled records, out of the nightly way into ``archive/``."""

from collections.abc import Iterator
from datetime import timedelta

from shouwen.core.deadlines.clock_table import clocks
from shouwen.core.deadlines.overdue import running
from shouwen.core.errors import Problem
from shouwen.core.inquiry.lifecycle import replay
from shouwen.services.desk import Desk
from shouwen.services.reading import readable
from shouwen.store.ids import ARCHIVE, LIVE


def archived(
    desk: Desk, days: int | None, problems: list[Problem], write: bool = True
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield (id, paths touched) of each record closed for so many days, moved as it is yielded.

    None means the days that ledger.yaml sets. Nothing stays open behind it: a record in dispute, or with
    a limit still running (a call-back), is left. Problems of files are added to ``problems``.

    Raises:
        Conflict: the disk failed, or something stands in the record's new place.
    """
    ledger = desk.ledger
    before = desk.now - timedelta(days=ledger.config.archive_after if days is None else days)
    for record in list(readable(desk, problems, LIVE, as_written=True)):
        state = replay(record.content)
        if not state.closed or state.disputes or state.closed.at > before:
            continue
        if running(clocks(ledger.rules(record.content.policy), state, desk.now)):
            continue
        yield record.content.id, (record.path, ledger.move(record.path, ARCHIVE)) if write else ()
