"""What today's page shows: what is mine, how the whole office stands."""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct, field, msgpack

from shouwen.core.deadlines.clock import RED
from shouwen.core.deadlines.clock_table import clocks
from shouwen.core.deadlines.my_tasks import task
from shouwen.core.deadlines.overdue import long_standing, pressing, unchanged_until
from shouwen.core.errors import Problem
from shouwen.core.inquiry.confidential import confined, secret
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.inquiry.masking import mask_text
from shouwen.core.portion import Portion
from shouwen.render.values import shown_minute
from shouwen.services.desk import Desk
from shouwen.services.reading import sound
from shouwen.services.recusal import Sight
from shouwen.store.memo import Recalled
from shouwen.store.record import Record


class TodayPart(Struct, array_like=True):
    """What one inquiry adds to the page: whether a limit ran out, whether it stands still for long, my row.

    ``due`` sorts the rows: microseconds since 1970, or more than any.
    """

    late: bool = False
    still: bool = False
    mine: bool = False
    red: bool = False
    hidden: bool = False
    due: float = float("inf")
    row: dict[str, str] = {}


class Page(Portion):
    """The page: my rows with what sorts them, counts, what could not be read."""

    rows: list[tuple[float, str, dict[str, str]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    overdue: int = 0
    still: int = 0
    kept: int = 0
    red: int = 0

    def add(self, part: TodayPart) -> None:
        """Count what one inquiry adds."""
        self.overdue += part.late
        self.still += part.still
        if part.mine:
            self.red += part.red
            self.kept += part.hidden
            if not part.hidden:
                self.rows.append((part.due, part.row["id"], part.row))


_DECODER = msgpack.Decoder(TodayPart)


def page_of(desk: Desk, staff: str) -> Page:
    """Return the page of a member of staff; of nobody in particular where ``staff`` is ''."""
    sight, memo = Sight(desk), desk.memo(desk.now, "today", staff, settled="closed")

    def look(records: Iterable[Record | Recalled | list[Problem]]) -> Page:
        page = Page()
        for record in sound(desk, records, page.problems):
            if isinstance(record, Recalled):
                page.add(_DECODER.decode(record.value))
                continue
            part, until = _part(desk, sight, record, staff)
            if memo and until:
                memo.keep(record.path, record.raw, msgpack.encode(part), until)
            page.add(part)
        return page

    whole = Page()
    for each in desk.ledger.parts(look, "inquiries", open_only=True, memo=memo):
        whole.join(each)
    return whole


def _part(desk: Desk, sight: Sight, record: Record, staff: str) -> tuple[TodayPart, datetime | None]:
    """Return what one inquiry adds, and until when that stays so; None if it may be kept nowhere."""
    now, zone, written = desk.now, desk.ledger.zone, record.content
    rules, state = desk.ledger.rules(written.policy), replay(written)
    found, q = clocks(rules, state, now), state.inquiry
    part = TodayPart(
        late=any(c.level == RED for c, _ in pressing(rules, state, now, found=found)),
        still=long_standing(rules, state, now) is not None,
    )
    if mine := task(rules, state, staff, now, found) if staff else None:
        clock, part.mine = mine.clock, True
        part.red = clock is not None and clock.level == RED
        part.hidden = secret(q) or sight.blocked(q)
        if not part.hidden:
            if clock and clock.due:
                part.due = clock.due.timestamp()
            part.row = {
                "id": q.id, "subject": mask_text(q.subject, *state.people), "part": mine.part,
                "due": shown_minute(clock.due if clock else None, zone) or "暂停中", "level": clock.level if clock else "",
                "step": mine.step,
            }  # fmt: skip
    return part, None if confined(written, q) else unchanged_until(written, found, now, zone)
