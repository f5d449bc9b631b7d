"""The count of what a report read, by which it can later be compared with the ledger."""

from shouwen.store.ids import ARCHIVE, LIVE


def distinct(raw: bytes) -> int:
    """Return how many events stand in a record's bytes, one that a merge left twice counted once."""
    return len({line for line in raw.split(b"\n") if line.startswith(b"- {")})


class Tally:
    """How much was read, and its digest: by this a report can be compared with the ledger.

    What a merge left twice until it is tidied counts once: a record in two folders, an event in a live record.
    """

    def __init__(self) -> None:
        from hashlib import sha256

        self.records = self.events = 0
        self._digest = sha256()
        self._live: dict[str, int] = {}  # events of each record that may lie in the archive too

    def add(self, path: str, raw: bytes) -> None:
        """Count the bytes of the record at a path; those of the live ones come first."""
        folder, _, rest = path.partition("/")
        events = raw.count(b"\n- {")
        self._digest.update(raw)
        if folder == LIVE:
            self._live[rest] = events = distinct(raw)
        elif folder == ARCHIVE and (before := self._live.get(rest)) is not None:
            self.events += max(events - before, 0)
            return
        self.records += 1
        self.events += events

    def __str__(self) -> str:
        return f"{self.records}-{self.events}-{self._digest.hexdigest()[:16]}"
