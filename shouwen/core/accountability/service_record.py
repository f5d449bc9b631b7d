"""Figures of service by person: first-asked, handled, on time, overdue while held, ratings."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from shouwen.core.deadlines.clock import SOURCES, Clock
from shouwen.core.inquiry.confidential import HIDDEN, secret
from shouwen.core.inquiry.events import Callback
from shouwen.core.inquiry.lifecycle import State

LATE = "late"  # handled, and not on time


class Service(Struct):
    """One person's year in figures; ``ratings`` counts the call-backs by rating.

    ``inquiries`` has the ids behind each figure (保密件 for a confidential one); ``late`` are those
    handled and not on time.
    """

    first_asked: int = 0
    handled: int = 0
    on_time: int = 0
    overdue_held: int = 0
    returned: int = 0
    ratings: dict[str, int] = field(default_factory=dict)
    overdue_by_source: dict[str, int] = field(default_factory=dict)
    changed: dict[str, str] = field(default_factory=dict)
    inquiries: dict[str, list[str]] = field(default_factory=dict)

    def add(self, figure: str, inquiry: str) -> None:
        """Count an inquiry in a figure and keep which it was."""
        if figure != LATE:
            setattr(self, figure, getattr(self, figure) + 1)
        self.inquiries.setdefault(figure, []).append(inquiry)


def summed(parts: Iterable[dict[str, Service]]) -> dict[str, Service]:
    """The figures of several lots of inquiries as those of all of them."""
    whole: dict[str, Service] = {}
    for part in parts:
        for staff, each in part.items():
            mine = whole.setdefault(staff, Service())
            for name in ("first_asked", "handled", "on_time", "overdue_held", "returned"):
                setattr(mine, name, getattr(mine, name) + getattr(each, name))
            for rating, count in each.ratings.items():
                mine.ratings[rating] = mine.ratings.get(rating, 0) + count
            for source, count in each.overdue_by_source.items():
                mine.overdue_by_source[source] = mine.overdue_by_source.get(source, 0) + count
            mine.changed |= each.changed
            for figure, ids in each.inquiries.items():
                mine.inquiries.setdefault(figure, []).extend(ids)
    for one in whole.values():  # the order of the parts is no order
        for ids in one.inquiries.values():
            ids.sort()
    return whole


def satisfied(ratings: dict[str, int], scale: tuple[str, ...]) -> tuple[int, int]:
    """(satisfied, rated) of ratings counted; the two lowest of the scale are bad ratings (好差评)."""
    bad = sum(ratings.get(word, 0) for word in scale[-2:])
    rated = sum(ratings.values())
    return rated - bad, rated


def add_service(
    figures: dict[str, Service], state: State, clocks: list[Clock], year: int, zone: ZoneInfo
) -> None:
    """Add one inquiry to the figures of those who had a part in it during the year."""

    def of(staff: str) -> Service:
        return figures.setdefault(staff, Service())

    def this_year(moment: datetime) -> bool:
        return moment.astimezone(zone).year == year

    # A confidential one is behind a figure as one of its kind: which it is stands in no list.
    name = HIDDEN if secret(state.inquiry) else state.inquiry.id
    if state.inquiry.first_responder and this_year(state.inquiry.received):
        of(state.inquiry.first_responder).add("first_asked", name)
    close = state.closes[-1] if state.closes else None
    if close and state.closed and state.holder.staff and this_year(close.at):
        handler = of(state.holder.staff)
        handler.add("handled", name)
        late = any(c.late for c in clocks if c.of_work)
        handler.add(LATE if late else "on_time", name)
        for event in state.events:
            if isinstance(event, Callback) and event.rating:
                handler.ratings[event.rating] = handler.ratings.get(event.rating, 0) + 1
    # A matter counts once for each who held it when a limit ran out, however many limits did.
    run_out = [c for c in clocks if c.due and c.late and this_year(c.due)]
    # One that was joined to another counts with that one, where it ran out too.
    for staff in {c.whose.staff for c in run_out if c.whose.staff and not state.joined}:
        mine, sources = of(staff), {c.source for c in run_out if c.whose.staff == staff}
        source = next(s for s in SOURCES if s in sources)
        mine.add("overdue_held", name)
        mine.overdue_by_source[source] = mine.overdue_by_source.get(source, 0) + 1
    for clock in clocks:
        if clock.first and clock.whose.staff and this_year(clock.first.at):
            was = f"超{clock.first.overdue_workdays}个工作日" if clock.first.late else "按时"
            day = clock.first.at.astimezone(zone).date()
            mine = of(clock.whose.staff)
            mine.changed[name if name != HIDDEN else f"{HIDDEN}{len(mine.changed) + 1}"] = (
                f"{clock.name}原为{was}，{day}经批准更正"
            )
    for each in state.passes:
        if each.returned and each.sender.staff and this_year(each.returned.at):
            of(each.sender.staff).add("returned", name)
