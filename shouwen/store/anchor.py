"""The mark in a report's footer, and whether a ledger still holds what it counted, with git or without."""

import os
import re
from collections.abc import Iterator

from shouwen.core.errors import BadData, Problem
from shouwen.store import atomic_files
from shouwen.store.ids import ARCHIVE, LIVE, SANCTIONS
from shouwen.store.scan import CASE_ID, INQUIRY_ID
from shouwen.store.tally import distinct

ANCHOR = re.compile(r"([0-9a-f]{7,64}|无)-(\d+)-(\d+)-([0-9a-f]{16})")
# What a report may have counted: the nightly one the live records, the bulletin all of them.
COUNTED = ((LIVE,), (LIVE, ARCHIVE, SANCTIONS), (LIVE, ARCHIVE))

_AROUND = " \t\r\n\u3000（）()【】“”\"'，。；、,;:："  # what a mark is copied out of a sentence with


def as_copied(since: str) -> str:
    """Return a revision or an anchor without what stood around it in the sentence that it was copied from."""
    return since.strip(_AROUND)


def record_of(path: str) -> str:
    """Return the id of the record whose file this is, or ''."""
    stem, _, ending = os.path.basename(path).rpartition(".")
    return stem if ending == "yaml" and (INQUIRY_ID.fullmatch(stem) or CASE_ID.fullmatch(stem)) else ""


def lying(root: str) -> Iterator[str]:
    """Yield paths of the records as they lie, readable or not."""
    for folder in (LIVE, ARCHIVE, SANCTIONS):
        for here, below, names in os.walk(os.path.join(root, folder)):
            below.sort()
            yield from (
                os.path.relpath(os.path.join(here, name), root) for name in sorted(names) if record_of(name)
            )


def fewer(root: str, mark: str) -> Iterator[Problem]:
    """Report that there are fewer records or events now than a report counted.

    A report does not say whether it counted the cases too: it is held against either.
    """
    counted = ANCHOR.fullmatch(mark)
    assert counted
    _, records, events, _ = counted.groups()
    inquiries: dict[str, int] = {}
    cases: dict[str, int] = {}
    for path in lying(root):
        if os.path.islink(full := os.path.join(root, path)):
            continue
        try:
            count = distinct(atomic_files.read(full, path))
        except (BadData, FileNotFoundError):
            continue
        kind = cases if path.startswith(SANCTIONS) else inquiries
        kind[record_of(path)] = max(count, kind.get(record_of(path), 0))
    for now in (inquiries, inquiries | cases):
        if len(now) >= int(records) and sum(now.values()) >= int(events):
            return
    everything = inquiries | cases
    text = (
        f"台账锚记有 {records} 条记录、{events} 个事件，现在只有 {len(everything)} 条、"
        f"{sum(everything.values())} 个"
    )
    yield Problem(LIVE, 0, "anchor", text, "出报告以后少了记录；与收到报告时的其他克隆或备份核对")
