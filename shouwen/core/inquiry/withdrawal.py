"""撤回: a slip taken back by who made it, as long as nobody has built on it.

On the day it was made nobody is asked; afterwards a leader's approval is. Of a withdrawal and
what somebody else did on the same act in another clone, the earlier stands: an acceptance made
before it leaves the withdrawal without effect, one made after it finds nothing to accept.
"""

from collections.abc import Sequence

from shouwen.core.inquiry.events import Correct, Event, Note, Progress, Supervise, Urge, Withdraw, act_of

# Acts that build on no other: what they say stays true whatever is taken back.
_BESIDE = (Note, Urge, Supervise, Correct, Withdraw)


def withdrawals(events: Sequence[Event], seen: dict[str, Event]) -> tuple[dict[str, str], set[str]]:
    """Return (withdrawals without effect and why, ids of the acts taken back) among events in their order.

    ``seen`` has the first event of each id. One pass: each act is looked at once.
    """
    void: dict[str, str] = {}
    taken: set[str] = set()
    if not any(type(e) is Withdraw for e in events):
        return void, taken
    places = {id(e): n for n, e in enumerate(events)}
    others = _next_by_others(events)
    for place, event in enumerate(events):
        if type(event) is not Withdraw or seen[event.id] is not event:
            continue
        slip = seen.get(event.event)
        why = _own(event, slip)
        if slip is None or why or slip.id in taken:
            void[event.id] = why or "已经撤回过"
            continue
        later = place if _bears_nothing(slip) else others[places[id(slip)]]
        while later < place and (events[later].id in taken or events[later].id in void):
            later = _next_other(events, slip.by, later)
        if later < place:
            void[event.id] = f"其后已有他人在此基础上{act_of(type(events[later]))}，不能撤回"
        else:
            taken.add(slip.id)
    return void, taken


def _own(event: Withdraw, slip: Event | None) -> str:
    """Return why an act is not this person's to take back now, or ''."""
    if slip is None:
        return f"这件里没有事件“{event.event}”（受理不能撤回）"
    if isinstance(slip, Withdraw):
        return "撤回本身不能再撤回，照实另记即可"
    if slip.by != event.by:
        return "只能撤回自己记的"
    if event.at < slip.at:
        return "撤回早于所撤的事件"
    # An act is written with the ledger's offset; a slip brought in from elsewhere may have another.
    same_day = event.at.date() == slip.at.astimezone(event.at.tzinfo).date()
    if not same_day and event.approved_by in ("", event.by):
        return "当日以后撤回须经领导批准（--approved-by），且不能由本人批准"
    return ""


def _bears_nothing(slip: Event) -> bool:
    """Return whether no act can rest on this one: a note, an urging, a feedback that promises no time.

    Written in the wrong matter, such a one is taken back also when somebody else went on meanwhile.
    """
    return (
        isinstance(slip, Urge)
        or (isinstance(slip, Note) and not slip.kind)
        or (isinstance(slip, Progress) and not slip.promised)
    )


def _next_by_others(events: Sequence[Event]) -> list[int]:
    """Return, for each act, the place of the next that somebody else did and that may build on it."""
    none = len(events)
    found = [none] * none
    near, nearer_by, far = none, "", none  # the next act, whose it is, the next of anybody else
    for place in range(none - 1, -1, -1):
        event = events[place]
        found[place] = near if nearer_by != event.by else far
        if not isinstance(event, _BESIDE):
            if event.by != nearer_by:
                far = near
            near, nearer_by = place, event.by
    return found


def _next_other(events: Sequence[Event], by: str, after: int) -> int:
    places = range(after + 1, len(events))
    return next((n for n in places if events[n].by != by and not isinstance(events[n], _BESIDE)), len(events))
