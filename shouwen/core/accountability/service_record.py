"""Figures of service by person: first-asked, handled, on time, overdue while held, ratings."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from shouwen.core.deadlines.clock import SOURCES, Clock, retried, verdict_text
from shouwen.core.inquiry.confidential import HIDDEN, secret
from shouwen.core.inquiry.events import Callback, Target
from shouwen.core.inquiry.lifecycle import State
from shouwen.core.regulation.schema import DEFAULT

LATE = "late"  # handled, and not on time
DEFAULT_TOO = "_default"  # the figure of limits that only this program proposes, beside that of limits set
_COUNTS = (
    "first_asked", "handled", "on_time", "overdue_held", "returned", "on_time_default", "overdue_held_default",
    "duties_late", "duties_late_default",
)  # fmt: skip

# Of one matter: which figure it adds to, whose limit that rests on, and what it is called.
Verdict = tuple[str, str, str]


class Service(Struct):
    """One person's year in figures; ``ratings`` counts the call-backs by rating.

    ``inquiries`` has the ids behind each figure (保密件 for a confidential one); ``late`` are those
    handled and not on time. ``on_time`` and ``overdue_held`` rest on limits that somebody has set;
    those that only this program proposes have figures of their own; so with ``duties_late``, the
    inquiries on which a duty that the person bore was done too late. ``matters`` keeps what each
    matter was judged, ``into`` which was joined into which, so that several joined into one count
    once, by the worst. ``not_judged`` counts by clock the imported
    inquiries whose register did not state it (不计).
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
    on_time_default: int = 0
    overdue_held_default: int = 0
    duties_late: int = 0
    duties_late_default: int = 0
    on_time_by_source: dict[str, int] = field(default_factory=dict)
    late_by_source: dict[str, int] = field(default_factory=dict)
    matters: dict[tuple[str, str], Verdict] = field(default_factory=dict)
    into: dict[str, str] = field(default_factory=dict)
    not_judged: dict[str, int] = field(default_factory=dict)

    def add(self, figure: str, inquiry: str, n: int = 1) -> None:
        """Count an inquiry in a figure and keep which it was; with ``n`` -1 take it out again."""
        if figure in _COUNTS:
            setattr(self, figure, getattr(self, figure) + n)
        behind = self.inquiries.setdefault(figure, [])
        if n > 0:
            behind.append(inquiry)
        else:
            behind.remove(inquiry)
            if not behind:
                del self.inquiries[figure]

    def change(self, inquiry: str, text: str) -> None:
        """Keep how a verdict read before it was put right; confidential inquiries get a number each."""
        hidden = inquiry.startswith(HIDDEN)
        name = f"{HIDDEN}{len(self.changed) + 1}" if hidden else inquiry
        self.changed[name] = f"{self.changed[name]}；{text}" if name in self.changed else text

    def judge(self, what: str, matter: str, verdict: Verdict) -> None:
        """Judge a matter: of several inquiries that were joined into it the worst counts, and once."""
        before = self.matters.get((what, matter))
        if before is None or _badness(verdict) > _badness(before):
            if before:
                self._count(before, -1)
            self.matters[what, matter] = verdict
            self._count(verdict, 1)

    def _count(self, verdict: Verdict, n: int) -> None:
        figure, source, name = verdict
        self.add(figure + (DEFAULT_TOO if source == DEFAULT else ""), name, n)
        by_source = getattr(self, _BY_SOURCE[figure])
        by_source[source] = by_source.get(source, 0) + n
        if not by_source[source]:
            del by_source[source]


_BY_SOURCE = {
    "on_time": "on_time_by_source",
    LATE: "late_by_source",
    "overdue_held": "overdue_by_source",
}


def _badness(verdict: Verdict) -> tuple[bool, int]:
    """Rank a limit: late is worse than on time; of two that are late, that by a limit of more weight."""
    figure, source, _ = verdict
    return figure != "on_time", -SOURCES.index(source)


def summed(parts: Iterable[dict[str, Service]]) -> dict[str, Service]:
    """Return the figures of several lots of inquiries as those of all of them."""
    whole: dict[str, Service] = {}
    lots = list(parts)
    into = {one: main for part in lots for each in part.values() for one, main in each.into.items()}
    for part in lots:
        for staff, each in part.items():
            mine = whole.setdefault(staff, Service())
            for figure in ("first_asked", "handled", "returned", "duties_late", "duties_late_default"):
                setattr(mine, figure, getattr(mine, figure) + getattr(each, figure))
                mine.inquiries.setdefault(figure, []).extend(each.inquiries.get(figure, ()))
            for rating, count in each.ratings.items():
                mine.ratings[rating] = mine.ratings.get(rating, 0) + count
            for (what, matter), verdict in each.matters.items():
                mine.judge(what, joined_into(matter, into), verdict)
            for clock, count in each.not_judged.items():
                mine.not_judged[clock] = mine.not_judged.get(clock, 0) + count
            for name, text in each.changed.items():
                mine.change(name, text)
    for one in whole.values():  # the order of the parts is no order
        one.inquiries = {figure: sorted(ids) for figure, ids in one.inquiries.items() if ids}
    return whole


def joined_into(matter: str, into: dict[str, str]) -> str:
    """Return the inquiry that everything was joined into, step by step; of a circle its least id."""
    seen = [matter]
    while (matter := into.get(matter, "")) and matter not in seen:
        seen.append(matter)
    return min(seen[seen.index(matter) :]) if matter else seen[-1]


def satisfied(ratings: dict[str, int], scale: tuple[str, ...]) -> tuple[int, int]:
    """Return (satisfied, rated) of ratings counted; the two lowest of the scale are bad ratings (好差评)."""
    bad = sum(ratings.get(word, 0) for word in scale[-2:])
    rated = sum(ratings.values())
    return rated - bad, rated


def add_service(
    figures: dict[str, Service], state: State, clocks: list[Clock], year: int, zone: ZoneInfo,
    done_late: Iterable[tuple[str, datetime, str]] = (),
) -> None:  # fmt: skip
    """Add one inquiry to the figures of those who had a part in it during the year.

    ``done_late`` are the duties done too late: who bore each, when it was done, whose rule it is.
    """

    def of(staff: str) -> Service:
        return figures.setdefault(staff, Service())

    def this_year(moment: datetime) -> bool:
        return moment.astimezone(zone).year == year

    # A confidential one is behind a figure as one of its kind: which it is stands in no list.
    name = HIDDEN if secret(state.inquiry) else state.inquiry.id
    matter = state.inquiry.id
    if state.inquiry.first_responder and this_year(state.inquiry.received):
        of(state.inquiry.first_responder).add("first_asked", name)
    close = state.closes[-1] if state.closes else None
    if close and state.closed and state.holder.staff and this_year(close.at):
        handler = of(state.holder.staff)
        handler.add("handled", name)
        judged = [c for c in clocks if c.of_work]
        late = next((c for c in judged if c.late), None)
        rests = late or (judged[-1] if judged else None)
        source = rests.source if rests else DEFAULT
        handler.judge("handled", matter, (LATE if late else "on_time", source, name))
        for event in state.events:
            if isinstance(event, Callback) and event.rating:
                handler.ratings[event.rating] = handler.ratings.get(event.rating, 0) + 1
    _add_held(figures, state, [c for c in clocks if c.due and c.late and this_year(c.due)], name)
    _count_unjudged(figures, [c for c in clocks if this_year(c.started)])
    figure = {True: "duties_late" + DEFAULT_TOO, False: "duties_late"}
    for who, default in sorted({(p, s == DEFAULT) for p, at, s in done_late if p and this_year(at)}):
        of(who).add(figure[default], name)
    _add_changed(figures, clocks, name, zone, year)
    for each in state.passes:
        if each.returned and each.sender.staff and this_year(each.returned.at):
            of(each.sender.staff).add("returned", name)


def _add_changed(
    figures: dict[str, Service], clocks: list[Clock], name: str, zone: ZoneInfo, year: int
) -> None:
    """Keep both verdicts where a correction, a redo or a later calendar gave another than the first."""

    def change(whose: Target, moment: datetime, text: str) -> None:
        day = moment.astimezone(zone).date()
        if whose.staff and day.year == year:
            figures.setdefault(whose.staff, Service()).change(name, text.replace("{day}", f"{day}"))

    for clock in clocks:
        if first := clock.first:
            was = verdict_text(first.late, first.overdue_workdays)
            change(clock.whose, first.at, f"{clock.name}原为{was}，{{day}}经批准更正")
        other = clock.recounted
        if other and other.late != clock.late:
            would = verdict_text(other.late, other.overdue_workdays)
            change(clock.whose, other.at, f"{clock.name}照{{day}}才公布的日历为{would}，公布在后，判定不变")
    for one, redone in retried(clocks):
        was, now = (verdict_text(c.late, c.overdue_workdays) for c in (one, redone))
        change(redone.whose, redone.started, f"{one.name}{was}，{{day}}重办，重办{now}")


def _add_held(figures: dict[str, Service], state: State, run_out: list[Clock], name: str) -> None:
    """Count a matter once for each who held it when a limit ran out, however many limits did."""
    for staff in {c.whose.staff for c in run_out if c.whose.staff}:
        sources = {c.source for c in run_out if c.whose.staff == staff}
        source = next(s for s in SOURCES if s in sources)
        mine = figures.setdefault(staff, Service())
        mine.judge("held", state.inquiry.id, ("overdue_held", source, name))
    if state.joined and figures:  # whoever has it: all are put together when the lots are summed
        next(iter(figures.values())).into[state.inquiry.id] = state.joined


def _count_unjudged(figures: dict[str, Service], clocks: list[Clock]) -> None:
    """Count the clocks of an inquiry that are not judged (不计), each once for whoever it was on."""
    for staff, name in {(c.whose.staff, c.name) for c in clocks if not c.judged and c.whose.staff}:
        mine = figures.setdefault(staff, Service()).not_judged
        mine[name] = mine.get(name, 0) + 1
