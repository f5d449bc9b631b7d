"""The acts of an inquiry by their kind and time: what came first after a moment, asked any number of times."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter

from shouwen.core.inquiry.events import Event

_AT = attrgetter("at")


class Acts:
    """Acts in order of time; each kind is looked for once, each moment by halving."""

    def __init__(self, events: Sequence[Event]):
        self._events = events
        self._kinds: dict[tuple[type, ...], list[Event]] = {}

    def of(self, kinds: tuple[type, ...]) -> list[Event]:
        """Return the acts of these kinds, in order of time."""
        if kinds not in self._kinds:
            self._kinds[kinds] = [e for e in self._events if isinstance(e, kinds)]
        return self._kinds[kinds]

    def first(self, kinds: tuple[type, ...], since: datetime, strictly: bool = False) -> Event | None:
        """Return which of these acts came first at (unless ``strictly``) or after a moment."""
        found = self.of(kinds)
        place = (bisect_right if strictly else bisect_left)(found, since, key=_AT)
        return found[place] if place < len(found) else None
