"""The offence at the heart of every such regulation: somebody is sent away and nothing is done."""

from shouwen.core.duties.context import Found, Judged
from shouwen.core.duties.phrases import hit
from shouwen.core.inquiry.events import Appoint, Close, Escalate, Instruct, Suspend
from shouwen.core.inquiry.lifecycle import Pass

ANSWERED = ("已解决", "已答复")
BEYOND = "超出职责"


def _passed(judged: Judged, close: Close) -> list[Pass]:
    """Return the handoffs that somebody had, or was waiting to take, when it was closed."""
    return [
        p
        for p in judged.state.passes
        if p.event.at <= close.at and not (p.returned and p.returned.at <= close.at)
    ]


def sent_away(judged: Judged) -> Found:
    """Check that another department's matter is passed on: neither closed with a pointer nor left lying.

    To answer it oneself is no breach; an answer that only points elsewhere (``phrases``) is. What
    came back is to be passed on again, or put to a leader.
    """
    state, joint = judged.state, any(e.joint for e in judged.handoffs)
    for close in state.closes:
        passed = _passed(judged, close)
        pointer = hit(judged.duty.phrases, judged.duty.unless, f"{close.result} {close.reason}")
        if passed and not (close.outcome == BEYOND and pointer) or joint:
            continue
        if close.outcome == BEYOND:
            yield close.id, f"属其他部门的事，没有转办，就以“{BEYOND}”办结"
        elif close.outcome in ANSWERED and pointer:
            yield close.id, f"属其他部门的事，没有转办，只说“{pointer}”，就以“{close.outcome}”办结"
    yield from _left(judged)


def _left(judged: Judged) -> Found:
    """Find what was left until the close of the next working day: since intake, or since it came back."""
    state, calendar = judged.state, judged.rules.calendar
    moves = (Escalate, Instruct, Appoint, Suspend)
    acts = [(e.at, e.id) for e in judged.handoffs]
    acts += [(e.at, "") for e in state.events if isinstance(e, (*moves, Close))]
    closed = {e.at for e in state.closes}  # an answer of one's own has its own limit
    starts = [(judged.inquiry.received, "")]
    starts += [(p.returned.at, p.returned.id) for p in state.passes if p.returned]
    for since, start in starts:
        if start and state.closes and state.closes[0].at <= since:
            continue
        last = calendar.close_of(calendar.after(judged.day(since), 1))
        done = min((a for a in acts if a[0] >= since), default=None)
        what = "退回以后" if start else "受理以后"
        if not done and judged.now > last:
            yield start, f"属其他部门的事，{what}到次一工作日下班还没有转办、联系或请示"
        elif done and done[0] > last and done[0] not in closed:
            days = calendar.between(judged.day(last), judged.day(done[0])) or 1
            yield done[1] or start, f"属其他部门的事，{what}迟{days}个工作日才转办或请示"
