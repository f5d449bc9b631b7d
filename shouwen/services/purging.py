"""Identity and content of confidential inquiries past their retention: deleted, and a trace left that they were."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from shouwen.core.errors import Problem, Refused
from shouwen.core.inquiry.confidential import PURGED, PURGED_SINCE, secret, withheld
from shouwen.core.inquiry.events import Note
from shouwen.core.inquiry.lifecycle import State, replay
from shouwen.render.acknowledgement import Outcome
from shouwen.services.desk import Desk
from shouwen.services.reading import readable
from shouwen.services.record_act import act, judge
from shouwen.services.recusal import Sight
from shouwen.store import atomic_files, memo_files, private_parts
from shouwen.store.ids import ARCHIVE, LIVE
from shouwen.store.record import Record


def purged(
    desk: Desk, names: Sequence[str], days: int, problems: list[Problem], write: bool = True
) -> Iterator[tuple[str, Outcome | None]]:
    """Yield (id, the act that tells of it) of each inquiry whose private part is deleted, as it is.

    Of those named, or of all that were closed ``days`` ago. The act is None without ``write``, and where an earlier
    purge that was cut short had already told of it. Problems of files are added to ``problems``.

    Raises:
        NotFound: no inquiry, or several, of a name.
        Refused: one that was named is open, or concerns whoever acts; or this machine has nothing of it.
        Conflict: the disk failed, or a record changed at each of five attempts.
    """
    ledger = desk.ledger
    kept = private_parts.begun(ledger.root).union(private_parts.names(ledger.root))
    if names:
        records = [ledger.read(ledger.find(name)) for name in names]
    else:
        records = list(readable(desk, problems, LIVE, ARCHIVE, as_written=True))
    before, sight = desk.now - timedelta(days=days), Sight(desk)
    for record in records:
        inquiry, state = record.content, replay(record.content)
        if why := _spared(record, state, kept, sight):
            if names:
                sight.demand(inquiry, ledger.policy(inquiry.policy))
                raise Refused(f"{inquiry.id}: {why}")
            continue
        if names or not state.closed or state.closed.at <= before:
            yield inquiry.id, _purge(desk, record) if write else None


def _purge(desk: Desk, record: Record) -> Outcome | None:
    """Delete one private part, then say so in its record: nothing is said that is not done.

    Cut short between the two, the next purge writes what is missing.
    """
    name, ledger, trace = record.content.id, desk.ledger, None
    said = PURGED if withheld(record.content) else PURGED_SINCE
    last = record.content.events[-1]
    told = isinstance(last, Note) and last.text == said
    with atomic_files.lock(ledger.root):
        if not told:
            judge(ledger, record.content, Note("", desk.now, desk.actor, said), desk.now)
        private_parts.purge(ledger.root, name)
        memo_files.forget(ledger.root)
        if not told:
            trace = act(desk, name, desk.now, lambda key, when, by: Note(key, when, by, said))
        private_parts.traced(ledger.root, name)
    return trace


def _spared(record: Record, state: State, kept: set[str], sight: Sight) -> str:
    """Return why the private part of a record stays, in words; '' if it may go."""
    if record.content.id not in kept or not secret(record.content):
        return "这台机器上没有它的保密内容"
    if not state.closed:
        return "还没有办结，不能清除"
    return "应当回避" if sight.blocked(record.content) else ""
