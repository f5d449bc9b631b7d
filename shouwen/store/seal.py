"""A seal: what a ledger held on a day, kept by whoever wants to prove it later, with git or without.

One line of JSON for the whole, with its digest, then one for each record: a digest of each of its
lines in the common form. A record may grow, be put away or be tidied; no line may be missing,
changed or stand before an earlier one.
"""

import json
from collections.abc import Iterator
from hashlib import blake2b

from shouwen.core.errors import BadData, Problem
from shouwen.store.ids import ARCHIVE, LIVE, SANCTIONS
from shouwen.store.ledger import Ledger
from shouwen.store.record import Record, encode

SCHEMA = "shouwen.seal/1"
FOLDERS = (LIVE, ARCHIVE, SANCTIONS)


def _lines(record: Record) -> list[str]:
    layout = encode(record.content).split(b"\n")
    return [blake2b(line, digest_size=10).hexdigest() for line in layout if line]


def _records(ledger: Ledger) -> Iterator[Record]:
    for record in ledger.records(*FOLDERS):
        if isinstance(record, list):
            raise BadData(record)
        yield record


def sealed(ledger: Ledger) -> tuple[bytes, str]:
    """Return (the seal, what to note down of it). BadData if a record cannot be read: it would be missing.

    Raises:
        BadData: a record cannot be read.
    """
    rows, events = [], 0
    for record in _records(ledger):
        events += len(record.content.events)
        rows.append(json.dumps({"id": record.content.id, "lines": _lines(record)}))
    body = "".join(f"{row}\n" for row in rows).encode()
    digest = blake2b(body, digest_size=16).hexdigest()
    head = {"schema": SCHEMA, "as_of": ledger.now().isoformat(), "records": len(rows), "events": events}
    said = f"{len(rows)} 条记录、{events} 个事件，摘要 {digest}"
    return json.dumps(head | {"digest": digest}).encode() + b"\n" + body, said


def is_seal(raw: bytes) -> bool:
    """Return whether a file begins as a seal does."""
    return raw.startswith(b'{"schema": "' + SCHEMA.encode() + b'"')


def broken(ledger: Ledger, raw: bytes, shown: str) -> Iterator[Problem]:
    """Yield what of a seal the ledger no longer holds.

    Raises:
        BadData: the seal itself was changed.
    """
    first, _, body = raw.partition(b"\n")
    try:
        head = json.loads(first)
        rows = [json.loads(line) for line in body.splitlines()]
        before = {row["id"]: row["lines"] for row in rows}
    except (ValueError, KeyError, TypeError):
        head, before = {}, {}
    if head.get("digest") != blake2b(body, digest_size=16).hexdigest():
        hint = "用当时留下的那一份；摘要与记下的对照"
        raise BadData([Problem(shown, 0, "parseable", "封存文件不完整，或被改过", hint)])
    for record in ledger.records(*FOLDERS):
        if isinstance(record, list):
            yield from record
        elif lines := before.pop(record.content.id, None):
            yield from _missing(record, lines)
    for name in before:
        yield Problem(ledger.path(name), 0, "record-deleted", "封存时有的整条记录没有了", "从备份取回")


def _missing(record: Record, before: list[str]) -> Iterator[Problem]:
    now = {line: n for n, line in reversed(list(enumerate(_lines(record))))}
    place = -1
    for n, line in enumerate(dict.fromkeys(before), 1):
        if line not in now:
            text = f"封存时的第 {n} 行（共 {len(before)} 行）被改动或删去"
            yield Problem(record.path, 0, "history-edited", text, "从备份取回原来的行，用更正事件说明")
            return
        if now[line] < place:
            text = f"封存时的第 {n} 行被调换了先后"
            yield Problem(record.path, now[line] + 1, "history-reordered", text, "恢复原来的先后")
            return
        place = now[line]
