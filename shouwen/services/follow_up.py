"""What decided cases still ask for and did not get in time."""

from datetime import datetime

from shouwen.core.errors import Problem
from shouwen.services.desk import Desk
from shouwen.services.reading import sound
from shouwen.store.ids import SANCTIONS


def missed(desk: Desk, now: datetime, problems: list[Problem]) -> list[tuple[str, str]]:
    """Return (case, what was missed in words) of everything that at ``now`` is late and still not done.

    Problems of the cases that cannot be read are added to ``problems``. Asked for on every day's
    page: an office without cases pays for the look into the folder alone.
    """
    first = next(desk.ledger.files(SANCTIONS), None)
    if not first:
        return []
    from shouwen.core.accountability.follow_up import follow_ups
    from shouwen.core.accountability.lifecycle import replay_case

    found, today = [], now.date()
    for record in sound(desk, desk.ledger.records(SANCTIONS), problems):
        state = replay_case(record.content, until=now)
        policy = desk.ledger.policy(state.case.policy)
        late = [f for f in follow_ups(policy, state, desk.ledger.calendar) if f.open_missed(today)]
        found += [(state.case.id, f.text(today)) for f in late]
    return found
