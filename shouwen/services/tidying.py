"""Put records back into the common layout, without losing a comment."""

import difflib
from collections.abc import Callable, Iterator

from shouwen.store.canonical import tidied
from shouwen.store.ledger import Ledger
from shouwen.store.record import Record


def difference(path: str, old: str, new: str, around: int) -> Iterator[str]:
    """Yield the lines by which a file differs, as ``diff -u`` has them, with so many lines ``around`` each."""
    return difflib.unified_diff(old.splitlines(), new.splitlines(), path, path, lineterm="", n=around)


def tidy(
    ledger: Ledger, record: Record, show: Callable[[str], None], write: bool = True, keep: bool = False
) -> bool:
    """Give each line of the difference that the common layout makes to ``show``, then write it.

    Returns whether anything differs. With ``keep`` the original is laid beside it first.

    Raises:
        BadData: the record would not say the same in the common layout.
        Changed: the file is no longer the record.
    """
    new = tidied(record)
    if new == record.raw:
        return False
    before, after = (raw.decode("utf-8-sig") for raw in (record.raw, new))
    for line in difference(record.path, before, after, around=1):
        show(line)
    if keep:
        ledger.keep(record.path, record.raw)
    if write:
        ledger.rewrite(record, new)
    return True
