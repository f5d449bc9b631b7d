"""Duties of going up: what cannot be settled at once is put to a leader or a superior body."""

from bisect import bisect_left, bisect_right
from operator import attrgetter

from shouwen.core.duties.context import TOLD, Done, Found, Judged, done_by, informs
from shouwen.core.inquiry.events import Callback, Close, Escalate, Instruct, Objection, Supervise, Urge


def explain_delay(judged: Judged) -> Found:
    """Check, where it is not settled at once, that it is explained to the inquirer and (unless ``items`` says only 说明)
    put to a leader, on the day of intake; what was done later is found as late."""
    if judged.at_once:
        return
    items = judged.duty.items or ("说明", "请示")
    told = next((e for e in judged.state.events if informs(e)), None)
    asked = judged.first((Escalate,))
    for item, done, what, act in (
        ("说明", done_by(told), "向服务对象说明原因", "反馈"), ("请示", asked, "请示领导", "请示"),
    ):  # fmt: skip
        if item in items:
            missing = ("", f"未当场办结，没有{what}的记录（{act}）")
            yield from judged.owed_at_intake(done, "未当场办结", what, missing)


def complex_up(judged: Judged) -> Found:
    """Check that a complex matter is put to the ``leader``, who coordinates."""
    kind = judged.duty.leader or "分管领导"
    if not judged.at_once:
        missing = ("", f"问题复杂，没有请{kind}协调的记录（请示）")
        yield from judged.owed_at_intake(judged.reported_to(kind), "问题复杂", f"请{kind}协调", missing)


def unclear(judged: Judged) -> Found:
    """Check that what nobody is sure of is passed on or put to a leader: one of ``items`` (转办, 请示)."""
    passed = done_by(judged.passes[0].event) if judged.passes else None
    done = {"转办": passed, "请示": judged.first((Escalate,))}
    ways = judged.duty.items or tuple(done)
    first = min(filter(None, (done.get(w) for w in ways)), default=None)
    if judged.state.closes or not judged.at_once:
        what = "或".join(ways)
        missing = ("", f"不清楚、没有把握的问题，没有{what}的记录")
        yield from judged.owed_at_intake(first, "不清楚、没有把握的问题", what, missing)


def urgent_up(judged: Judged) -> Found:
    """Check that what is urgent, with nobody to be reached, goes up level by level and is confirmed afterwards."""
    for event in judged.handoffs:
        if not event.absent:
            continue
        asked = judged.first((Escalate,), event.at)
        before = f"紧急事项联系不上分管人（{event.absent}）"
        missing = (event.id, f"{before}，没有逐级向上请示")
        yield from judged.owed(
            event.at, asked, before, "逐级向上请示", missing=missing, owed_from=event.id
        )  # fmt: skip
        if asked:
            again = judged.first((*TOLD, Close), asked.at)
            missing = (asked.act, "紧急事项请示后，没有再向服务对象确认（反馈）")
            yield from judged.owed(
                asked.at, again, "紧急事项请示后", "再向服务对象确认", owed_from=event.id,
                missing=None if judged.at_once else missing,
            )  # fmt: skip


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
        done = done_by(up[place] if place < len(up) else None)
        before, whom = f"期限内第{times}次催办", kind or "领导"
        over = judged.day(judged.now) > judged.day(event.at)
        missing = (event.id, f"{before}，没有请示{whom}，也没有督办") if over else None
        yield from judged.owed(
            event.at, done, before, f"请示{whom}或督办", missing=missing, owed_from=event.id
        )  # fmt: skip


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
        if why:
            before, asked = f"服务对象{why}", judged.first((Escalate,), event.at)
            missing = (event.id, f"{before}，没有逐级向上反映（请示）")
            yield from judged.owed(
                event.at, asked, before, "逐级向上反映", missing=missing, owed_from=event.id
            )  # fmt: skip


def superior(judged: Judged) -> Found:
    """Check that what the unit may not or cannot settle goes to a body (``bodies``); its answer comes back.

    With ``outcomes`` only what was closed so had to go there. Whatever went has the body's
    answer (批示) before it is closed, and the unit tells the inquirer.
    """
    bodies = judged.rules.policy.above
    asked = next((e for e in judged.state.of(Escalate) if e.to in bodies), None)
    above, outcomes = "、".join(bodies) or "上级", judged.duty.outcomes
    closes = [c for c in judged.state.closes if c.outcome in outcomes or not outcomes]
    close = closes[0] if closes else None
    if close if outcomes else not judged.at_once:
        since = Done(close.at, close.id) if close and outcomes else Done(judged.inquiry.received, "")
        missing = (close.id if close else "", f"没有报{above}的记录（请示）")
        yield from judged.owed(
            since.at, done_by(asked), "不能自行办结", f"报{above}", missing=missing, owed_from=since.act
        )  # fmt: skip
    after = next((c for c in judged.state.closes if asked and c.at >= asked.at), None)
    if not asked or not after:
        return
    if not any(asked.at <= e.at <= after.at for e in judged.state.of(Instruct)):
        yield after.id, f"已报{asked.to}，办结时没有记下其处理结果（批示）"
    told = next((Done(c.told, c.id) for c in judged.state.closes if c.told and c.at >= after.at), None)
    missing = (after.id, f"{asked.to}的处理结果没有由本单位通知服务对象")
    yield from judged.owed(
        after.at, told, f"{asked.to}的处理结果", "由本单位通知服务对象", missing=missing, owed_from=after.id
    )  # fmt: skip
