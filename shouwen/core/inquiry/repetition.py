"""An act done twice: what would change nothing is refused before it is written.

Two rules for every kind of act. What the last act said word for word, by the same person within
the same minute, was entered twice. And an act that *sets* something (``SETS``) is refused where that
is set so already, however long ago; one that says something beside it (a new approval, when somebody
was told, another day) adds that. What merely *happened* again at another time (told, urged, asked,
noted) is another fact. Nothing here is asked about what stands in files: there it does no harm.
"""

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import structs

from shouwen.core.inquiry.corrections import corrected
from shouwen.core.inquiry.events import (
    Appoint,
    Contact,
    Correct,
    Escalate,
    Event,
    Extend,
    Handoff,
    Instruct,
    Join,
    Progress,
    Supervise,
    act_of,
)
from shouwen.core.inquiry.lifecycle import State, stays

_WORDS = ("id", "at", "by", "text", "reason")


def entered_twice(events: Sequence[Event], event: Event) -> str:
    """Return why an act repeats the one before it, in words; '' if it does not.

    ``events`` are those that took effect, by time.
    """
    last = next((e for e in reversed(events) if e.at <= event.at), None)
    if last is None or type(last) is not type(event):
        return ""
    same = structs.replace(event, id=last.id, at=last.at) == last
    if not same or _minute(last) != _minute(event):
        return ""
    return f"与刚记的{act_of(type(event))}（{last.id}）一字不差，确是又一次的，用 --at 写明时间"


def _minute(event: Event) -> Any:
    return event.at.replace(second=0, microsecond=0)


def _adds(event: Event, standing: Event) -> bool:
    """Return whether an act says something, its words aside, that the one standing does not."""
    stated = ((name, getattr(event, name)) for name in event.__struct_fields__ if name not in _WORDS)
    return any(value and value != Contact() and value != getattr(standing, name) for name, value in stated)


def _joined(state: State, event: Join) -> str:
    return f"已经并入 {event.into}" if state.joined == event.into else ""


def _corrected(state: State, event: Correct) -> str:
    try:
        same = corrected(state.inquiry, event) == state.inquiry
    except ValueError:
        return ""  # what it may not be is said where it is judged
    last = [e for e in state.of(Correct) if e.field == event.field][-1:]
    return f"{event.field} 现在就是“{event.value}”" if same and not (last and _adds(event, last[0])) else ""


def _appointed(state: State, event: Appoint) -> str:
    last = state.of(Appoint)[-1:]
    since = state.closes[-1].at if state.closes else None
    same = [
        a for a in last if (a.when, a.place) == (event.when, event.place) and not (since and a.at < since)
    ]
    return "已经约在这个时间和地点" if same else ""


def _promised(state: State, event: Progress) -> str:
    given = [(e.promised, e.approved_by) for e in state.of(Progress) if e.promised]
    now, approved = given[-1] if given else (state.inquiry.promised, state.inquiry.promise_approved_by)
    if event.promised and event.promised == now and event.approved_by in ("", approved):
        return "已经承诺到这个时间；只是又告知一次的，不写 --promise"
    return ""


def _extended(state: State, event: Extend) -> str:
    last = state.of(Extend)[-1:]
    same = event.until and last and last[0].until == event.until and not _adds(event, last[0])
    return "已经延期到这个时间" if same else ""


def _designated(state: State, event: Instruct) -> str:
    waiting = state.pending
    if waiting and waiting.designated and event.designate and waiting.to == event.designate:
        return f"已经指定{event.designate.department}承办，等签收；只是再批一次的，不写 --designate"
    return ""


def _helped(state: State, event: Handoff) -> str:
    last = state.of(Handoff)[-1:]
    if stays(state, event) and last and last[0].joint == event.joint and not _adds(event, last[0]):
        return f"已经请{'、'.join(event.joint)}协办"
    return ""


def _supervised(state: State, event: Supervise) -> str:
    used = [e for e in state.of(Supervise) if event.number and e.number == event.number][-1:]
    return f"文号“{event.number}”的督办已经发过" if used and not _adds(event, used[0]) else ""


def _asked_above(state: State, event: Escalate) -> str:
    """Return the same question put to the next level within the same minute: entered twice, not waited for in vain."""
    last = state.events[-1] if state.events else None
    twice = type(last) is Escalate and (last.by, last.text) == (event.by, event.text)
    if last and twice and _minute(last) == _minute(event):
        return f"刚请示过同一件事（{last.id}）；没有答复要再上一级的，用 --at 写明时间"
    return ""


SETS: dict[type[Event], Callable[[State, Any], str]] = {
    Join: _joined, Correct: _corrected, Appoint: _appointed, Progress: _promised, Extend: _extended,
    Instruct: _designated, Handoff: _helped, Supervise: _supervised, Escalate: _asked_above,
}  # fmt: skip


def unchanged(state: State, event: Event) -> str:
    """Return why an act would leave an inquiry as it is, in words; '' if it would not."""
    rule = SETS.get(type(event))
    why = (rule(state, event) if rule else "") or entered_twice(state.events, event)
    return f"{why}，没有再记" if why else ""
