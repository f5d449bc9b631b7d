"""A desk without a terminal: a ledger, a present, somebody who acts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from shouwen.store.ledger import Ledger
from shouwen.store.memo import Memo
from tests.support.clock import at

T = TypeVar("T")


@dataclass
class At:
    """What a use case asks for; ``seen`` counts the items that went by whoever watches."""

    ledger: Ledger
    now: datetime = field(default_factory=lambda: at("23 09:15"))
    actor: str = "wangfang"
    called: str = "某局"
    seen: int = 0

    def memo(self, now: datetime, *job: object, settled: str = "") -> Memo | None:
        """Nothing is remembered from one use to the next, unless the ledger does."""
        return self.ledger.memo(now, " ".join(map(repr, job)), settled)

    def sure(self, what: str) -> None:
        """Nobody sits at a terminal: nothing is asked."""

    def watched(self, items: Iterable[T]) -> Iterator[T]:
        """The items, counted."""
        for item in items:
            self.seen += 1
            yield item
