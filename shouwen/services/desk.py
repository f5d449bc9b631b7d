"""The desk at which a use case is done: which ledger, what time it is, who acts."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, TypeVar

from shouwen.store.ledger import Ledger

if TYPE_CHECKING:
    from shouwen.store.memo import Memo

T = TypeVar("T")


class Desk(Protocol):
    """What a use case needs to know; each is looked up when first asked for, and may fail then."""

    @property
    def ledger(self) -> Ledger:
        """The ledger that is read and written.

        Raises:
            NotFound: there is none where one was looked for.
        """

    @property
    def now(self) -> datetime:
        """The present, in the ledger's zone."""

    @property
    def actor(self) -> str:
        """The staff id of whoever acts.

        Raises:
            Usage: nobody was named.
        """

    @property
    def called(self) -> str:
        """What reports of several ledgers call this one: no two have the same name."""

    def memo(self, now: datetime, *job: object, settled: str = "") -> "Memo | None":
        """Return what earlier runs found out for a job, by its name and options; None where nothing is remembered.

        ``settled`` names the rule by which the job passes over records; '' if it passes over none.
        """

    def sure(self, what: str) -> None:
        """Let whoever was asked at a terminal see what will be written, before it is.

        Raises:
            ShouwenError: it is not to be written.
        """

    def watched(self, items: Iterable[T]) -> Iterator[T]:
        """Return the items as they come, in view of whoever waits for a long reading."""
