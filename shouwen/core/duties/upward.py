"""Duties of going up: what cannot be settled at once is put to a leader or a superior body."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter

from shouwen.core.duties.context import TOLD, Found, Judged, informs
from shouwen.core.inquiry.events import (
    Callback,
    Close,
    Escalate,
    Event,
    Handoff,
    Instruct,
    Objection,
    Supervise,
    Urge,
)


def explain_delay(judged: Judged) -> Found:
    """Check, where it is not settled at once, that it is explained to the inquirer and (unless ``items`` says only 说明)
    put to a leader, on the day of intake; what was done later is found as late."""
    if judged.at_once:
        return
    items = judged.duty.items or ("说明", "请示")
    if "说明" in items:
        yield from _on_the_day(
            judged, [e for e in judged.state.events if informs(e)], "向服务对象说明原因", "反馈"
        )
    if "请示" in items:
        yield from _on_the_day(judged, judged.state.of(Escalate), "请示领导", "请示")


def _on_the_day(judged: Judged, done: Sequence[Event], what: str, act: str) -> Found:
    """Report what had to be done on the day of intake as missing, or as so many working days late."""
    if not done:
        yield "", f"未当场办结，没有{what}的记录（{act}）"
    elif days := judged.late_by(judged.inquiry.received, done[0].at):
        yield done[0].id, f"未当场办结，迟{days}个工作日才{what}"


def complex_up(judged: Judged) -> Found:
    """Check that a complex matter is put to the ``leader``, who coordinates."""
    kind = judged.duty.leader or "分管领导"
    if not judged.at_once and not judged.reported_to(kind):
        yield "", f"问题复杂，没有请{kind}协调的记录（请示）"


def unclear(judged: Judged) -> Found:
    """Check that what nobody is sure of is passed on or put to a leader: one of ``items`` (转办, 请示)."""
    done = {"转办": judged.state.passes, "请示": judged.state.of(Escalate)}
    ways = judged.duty.items or tuple(done)
    if (judged.state.closes or not judged.at_once) and not any(done.get(w) for w in ways):
        yield "", f"不清楚、没有把握的问题，没有{'或'.join(ways)}的记录"


def urgent_up(judged: Judged) -> Found:
    """Check that what is urgent, with nobody to be reached, goes up level by level and is confirmed afterwards."""
    for event in judged.state.of(Handoff):
        if not event.absent:
            continue
        asked = judged.acts.first((Escalate,), event.at)
        if not asked:
            yield event.id, f"紧急事项联系不上分管人（{event.absent}），没有逐级向上请示"
        elif not judged.at_once and not judged.acts.first((*TOLD, Close), asked.at):
            yield asked.id, "紧急事项请示后，没有再向服务对象确认（反馈）"


def urged_up(judged: Judged) -> Found:
    """Check that what was urged so many ``times`` within one limit is put to the ``leader``, or supervised (督办).

    A redo is another limit: it is counted anew. Three times where the regulation does not say.
    """
    times, kind = judged.duty.times or 3, judged.duty.leader
    starts = [event.at for event in judged.state.reopens]
    nth: dict[int, int] = {}
    up = [e for e in judged.state.events if isinstance(e, Escalate | Supervise) and _reaches(judged, e)]
    for event in judged.state.of(Urge):
        run = bisect_right(starts, event.at)
        nth[run] = nth.get(run, 0) + 1
        if nth[run] != times:
            continue
        place = bisect_left(up, event.at, key=attrgetter("at"))
        done = up[place] if place < len(up) else None
        if done and (days := judged.late_by(event.at, done.at)):
            yield done.id, f"期限内第{times}次催办，迟{days}个工作日才请示{kind or '领导'}或督办"
        elif not done and judged.day(judged.now) > judged.day(event.at):
            yield event.id, f"期限内第{times}次催办，没有请示{kind or '领导'}，也没有督办"


def _reaches(judged: Judged, event: Escalate | Supervise) -> bool:
    """Say whether an act takes the matter up: a notice of supervision does, a request if the leader is the one."""
    kind = judged.duty.leader
    if isinstance(event, Supervise) or not kind:
        return True
    return judged.leads(event.to, kind, judged.state.holder_at(event.at).department, judged.day(event.at))


def dissatisfied_up(judged: Judged) -> Found:
    """Check that a bad rating and an objection (``items``, else both) go up, level by level."""
    bad = judged.rules.policy.ratings.values[-2:]
    items = judged.duty.items or ("差评", "异议")
    for event in judged.state.events:
        why = ""
        if (
            isinstance(event, Callback)
            and "差评" in items
            and (event.rating in bad or event.resolved is False)
        ):
            why = event.rating or "认为未解决"
        elif isinstance(event, Objection) and "异议" in items:
            why = "提出异议"
        if why and not judged.acts.first((Escalate,), event.at):
            yield event.id, f"服务对象{why}，没有逐级向上反映（请示）"


def superior(judged: Judged) -> Found:
    """Check that what the unit may not or cannot settle goes to a body (``bodies``); its answer comes back.

    With ``outcomes`` only what was closed so had to go there. Whatever went has the body's
    answer (批示) before it is closed, and the unit tells the inquirer.
    """
    bodies = judged.rules.policy.above
    asked = next((e for e in judged.state.of(Escalate) if e.to in bodies), None)
    close = judged.state.closes[-1] if judged.state.closes else None
    if not asked:
        bound = (
            close and close.outcome in judged.duty.outcomes if judged.duty.outcomes else not judged.at_once
        )
        if bound:
            yield close.id if close else "", f"没有报{'、'.join(bodies) or '上级'}的记录（请示）"
        return
    if close and not any(asked.at <= e.at <= close.at for e in judged.state.of(Instruct)):
        yield close.id, f"已报{asked.to}，办结时没有记下其处理结果（批示）"
    if close and not close.told:
        yield close.id, f"{asked.to}的处理结果没有由本单位通知服务对象"
