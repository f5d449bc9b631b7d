"""Which clocks have run out on open inquiries, and which are about to."""

from datetime import datetime

from msgspec import Struct

from shouwen.core.clocks import RED, YELLOW, Clock, Rules, clocks
from shouwen.core.model import Target
from shouwen.core.replay import State


class Late(Struct, frozen=True, kw_only=True):
    """One clock that ran out (红牌) or is about to (黄牌) on one inquiry."""

    state: State
    clock: Clock
    path: str
    line: int
    left: int


def running(found: list[Clock]) -> list[Clock]:
    """The clocks that still run."""
    return [c for c in found if c.stopped is None and c.due is not None]


def late(rules: Rules, state: State, now: datetime, soon: int | None = None) -> list[tuple[Clock, int]]:
    """Clocks run out, and with ``soon`` those with at most so many working days left.

    The number is the working days left (0 on the day itself; 0 once run out).
    """
    calendar = rules.calendar
    today = now.astimezone(calendar.zone).date()
    found = []
    for clock in running(clocks(rules, state, now)):
        left = calendar.between(today, clock.due.date())
        if clock.level == RED:
            found.append((clock, 0))
        elif soon is not None and left <= soon:
            found.append((clock, left))
    return found


def level_of(found: list[Clock]) -> str:
    """The worst level among running clocks."""
    levels = {c.level for c in running(found)}
    return RED if RED in levels else YELLOW if YELLOW in levels else "正常"


def who(target: Target, names) -> str:
    """A holder in words: 规划科 李洁, or the department alone until somebody signed."""
    name = names(target.staff) if target.staff else ""
    return f"{target.department} {name}".strip()
