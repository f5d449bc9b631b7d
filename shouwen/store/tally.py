"""The count of what a report read, by which it can later be compared with the ledger."""


class Tally:
    """How much was read, and its digest: by this a report can be compared with the ledger."""

    def __init__(self) -> None:
        from hashlib import sha256

        self.records = self.events = 0
        self._digest = sha256()

    def add(self, raw: bytes) -> None:
        """Count one record's bytes."""
        self.records += 1
        self.events += raw.count(b"\n- {")
        self._digest.update(raw)

    def __str__(self) -> str:
        return f"{self.records}-{self.events}-{self._digest.hexdigest()[:16]}"
