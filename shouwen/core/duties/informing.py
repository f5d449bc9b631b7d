"""Duties of telling: the inquirer what to expect and why; a leader what cannot be settled."""

from shouwen.core.duties.context import TOLD, Done, Found, Judged
from shouwen.core.duties.phrases import hit, hits
from shouwen.core.duties.pointers import whereabouts
from shouwen.core.inquiry.events import (
    Appoint,
    Callback,
    Close,
    Escalate,
    Event,
    Handoff,
    Instruct,
    Issue,
    Notify,
    Progress,
    Receive,
    Suspend,
)
from shouwen.core.rulebook import Rules


def settle_once(judged: Judged) -> Found:
    """Check that what one's own post can settle is settled at once; what cannot shows why in the record."""
    why = (Notify, Suspend, Escalate, Appoint, Handoff, Instruct)
    if not judged.at_once:
        before = "本人职责内没有一次办结"
        missing = ("", f"{before}，也没有为什么不能的记录（一次性告知、请示、预约、转办或中止）")
        yield from judged.owed_at_intake(judged.first(why), before, "记下为什么不能", missing)
    for event in judged.state.reopens:
        yield event.id, "重办，说明前一次没有一次办结"


def tell_deadline(judged: Judged) -> Found:
    """Check, where it is not settled at once, that the inquirer is told by when it will be."""
    if not judged.at_once:
        missing = ("", "未当场办结，没有先说明完成期限（受理时的承诺时间，或预约）")
        told = _earliest(judged.promised, judged.first((Appoint,)))
        yield from judged.owed_at_intake(told, "未当场办结", "说明完成期限", missing)


def another_time(judged: Judged) -> Found:
    """Check that for what needs study the inquirer is told so, and another time agreed.

    Papers asked for, a matter passed on or a deadline told say already what comes next.
    """
    if not judged.at_once:
        arranged = _earliest(judged.promised, judged.first((Appoint, Notify, Handoff)))
        missing = ("", "未能当场答复，没有另约时间的记录（预约）")
        yield from judged.owed_at_intake(arranged, "未能当场答复", "另约时间", missing)


def _earliest(*done: Done | None) -> Done | None:
    return min(filter(None, done), default=None)


# Words by which a result says why: without one of them it names an outcome and explains nothing.
GROUNDS = (
    "因",
    "由于",
    "属",
    "归",
    "不符",
    "未",
    "没有",
    "无",
    "不在",
    "须",
    "应",
    "需",
    "规定",
    "依",
    "已",
    "缺",
    "超过",
)


def close_words(close: Close) -> dict[str, object]:
    """Return what a result may have to rest on, by the names in a regulation."""
    why = close.reason or any(word in close.result for word in GROUNDS)
    return {"理由": close.reason, "依据": close.basis, "签字领导": close.signed_by,
            "告知": close.told, "说明": why}  # fmt: skip


def explain_refusal(judged: Judged) -> Found:
    """Check that what cannot be done (``outcomes``) is explained: ``items``, or just that it was told."""
    for close in judged.state.closes:
        if close.outcome in judged.duty.outcomes:
            missing = judged.missing(close_words(close)) or ("" if close.told else "告知时间")
            if missing:
                yield close.id, f"以“{close.outcome}”办结，没有向服务对象解释说明的记录（{missing}）"


def refusal_grounds(judged: Judged) -> Found:
    """Find grounds (``phrases``) on which nobody may be turned away (``outcomes``)."""
    for close in judged.state.closes:
        ground = hit(judged.duty.phrases, judged.duty.unless, f"{close.reason}；{close.result}")
        if ground and close.outcome in judged.duty.outcomes:
            yield close.id, f"不得以“{ground}”为由{close.outcome}"


def refusal_report(judged: Judged) -> Found:
    """Check that a refusal (``outcomes``) rests on ``items``: 理由, 依据, 签字领导, in writing.

    With ``leader`` the signature must be that leader's, of the department that refuses.
    """
    for close in judged.state.closes:
        if close.outcome not in judged.duty.outcomes:
            continue
        if missing := judged.missing(close_words(close)):
            yield close.id, f"以“{close.outcome}”办结，缺少{missing}"
        elif judged.duty.leader:
            department = judged.state.holder_at(close.at).department
            leader = judged.leader(judged.duty.leader, department, judged.day(close.at))
            if not leader or close.signed_by != leader:
                name = judged.rules.office.name
                must = f"{judged.duty.leader}{name(leader) or '（未设）'}"
                yield close.id, f"由{name(close.signed_by) or '（无人）'}签字，应由{must}签字"


def follow_up(judged: Judged) -> Found:
    """Check that who could not be given a reason (closed with ``outcomes`` and none) is contacted again afterwards."""
    for close in judged.state.closes:
        if close.outcome in judged.duty.outcomes and not (close.reason and close.told):
            later = judged.first((*TOLD, Callback), close.at, strictly=True)
            before = f"以“{close.outcome}”办结而没有写明理由"
            missing = (close.id, f"{before}，没有再与服务对象联系的记录（反馈或回访）")
            yield from judged.owed(
                close.at, later, before, "再与服务对象联系", owed_from=close.id,
                missing=missing if judged.day(judged.now) > judged.day(close.at) else None,
            )  # fmt: skip


def elsewhere(judged: Judged) -> Found:
    """Check, for what belongs elsewhere (``outcomes``), that the inquirer hears which unit, where, by which phone.

    ``items`` of 单位, 地点, 电话 are looked for in the result.
    """
    for close in judged.state.closes:
        if close.outcome not in judged.duty.outcomes:
            continue
        if missing := judged.missing(whereabouts(f"{close.result} {close.reason}")):
            yield close.id, f"以“{close.outcome}”办结，没有告知经办单位的{missing}"


def tell_result(judged: Judged) -> Found:
    """Check that the inquirer hears the result, or the record says why not.

    ``exempt``: 匿名 frees from telling; where it names other words (无理取闹), a reason must
    hold one of them, else any reason recorded will do.
    """
    reasons = [word for word in judged.duty.exempt if word != "匿名"]
    for close in judged.state.closes:
        if judged.inquiry.inquirer.anonymous and "匿名" in judged.duty.exempt:
            continue
        if close.told:
            told = Done(close.told, close.id)
            yield from judged.owed(
                close.at, told, f"以“{close.outcome}”办结后", "告知服务对象结果", owed_from=close.id
            )  # fmt: skip
        elif not close.not_told:
            yield close.id, "没有告知服务对象结果的时间，也没有未告知的原因"
        elif reasons and not any(word in close.not_told for word in reasons):
            yield (
                close.id,
                f"没有告知服务对象结果，“{close.not_told}”不在除外之列（{'、'.join(judged.duty.exempt)}）",
            )


def one_notice(judged: Judged) -> Found:
    """Check that all that is missing is told once, with ``items``; a second notice shows the first was not whole."""
    notices = judged.state.of(Notify)
    for e in notices:
        words = {"材料": e.material, "程序": e.procedure, "时限": e.limit,
                 "收费": e.fee, "依据": e.basis, "书面": e.written}  # fmt: skip
        if missing := judged.missing(words):
            yield e.id, f"一次性告知缺少{missing}"
    for e in notices[1:]:
        yield e.id, "再次告知补充材料，说明前一次没有一次告全"


def notice_form(judged: Judged) -> Found:
    """Check that with the notice goes a form (``items``, 提供材料一览表)."""
    for notice in judged.state.of(Notify)[:1]:
        for form in judged.duty.items:
            missing = (notice.id, f"一次性告知时，没有出具{form}（form {form} --issue）")
            yield from judged.owed(
                notice.at, judged.issued(form, notice.at), "一次性告知时", f"出具{form}", missing=missing,
                owed_from=notice.id,
            )  # fmt: skip


def receipt(judged: Judged) -> Found:
    """Check, for what is not settled the same day, that a form (``items``, 回执单) is given that day, and complete."""
    if judged.at_once:
        return
    for form in judged.duty.items:
        missing = ("", f"未当场办结，没有出具{form}（form {form} --issue）")
        yield from judged.owed_at_intake(judged.issued(form), "未当场办结", f"出具{form}", missing)
    first = next((e for e in judged.state.of(Issue) if e.form in judged.duty.items), None)
    if first and first.missing:
        yield first.id, f"{first.form}缺少{'、'.join(first.missing)}"


def material_receipt(judged: Judged) -> Found:
    """Check that whoever leaves papers gets a form (``items``, 收件回执) for them."""
    for event in judged.state.of(Receive):
        for form in judged.duty.items:
            before = f"收了{'、'.join(event.material)}"
            missing = (event.id, f"{before}，没有出具{form}（form {form} --issue）")
            yield from judged.owed(
                event.at, judged.issued(form, event.at), before, f"出具{form}", missing=missing,
                owed_from=event.id,
            )  # fmt: skip


def consulted(judged: Judged) -> Found:
    """Check that who consults about a known matter is told at once what it takes (一次性告知), before it is closed."""
    for close in judged.state.closes[:1]:
        if judged.inquiry.matter and not any(e.at <= close.at for e in judged.state.of(Notify)):
            yield close.id, f"咨询{judged.inquiry.matter}，没有一次性告知就办结"


def confirm(judged: Judged) -> Found:
    """Check that what was passed on is told back to the inquirer and confirmed, be it with the result."""
    taken = next((p for p in judged.state.passes if p.accepted), None)
    if not taken or not taken.accepted or judged.at_once:
        return
    result = next((Done(c.told, c.id) for c in judged.state.closes if c.told), None)
    told = _earliest(judged.first(TOLD, taken.event.at), result)
    missing = (taken.event.id, "转办后没有向服务对象反馈和确认的记录（反馈）")
    yield from judged.owed(
        taken.accepted.at, told, "转办后", "向服务对象反馈和确认", missing=missing, owed_from=taken.event.id
    )  # fmt: skip


def said_in(event: Event) -> str:
    """Return what an act records as said to the inquirer: internal reasons and remarks are not."""
    if isinstance(event, Progress):
        return event.text
    if isinstance(event, Handoff):
        return event.said
    return f"{event.result}；{event.reason}" if isinstance(event, Close) and event.told else ""


def forbidden_words(judged: Judged) -> Found:
    """Find ``phrases`` that send people away, or ``variants`` of them, in what was said to the inquirer.

    Something to look at: who said it and what; the record alone cannot tell what was meant.
    """
    for event in judged.state.events:
        found = hits((*judged.duty.phrases, *judged.duty.variants), judged.duty.unless, said_in(event))
        if found:
            first = event.by == judged.inquiry.first_responder
            words = "".join(f"“{word}”" for word in found)
            role = "首问责任人" if first else "承办人"
            yield (
                event.id,
                f"{role}{judged.rules.office.name(event.by)}对服务对象说的话里有{words}，请看上下文",
            )


def refusals(rules: Rules) -> tuple[str, ...]:
    """Return the outcomes that must be reported with reasons before they are given (否定报备)."""
    named = (word for duty in rules.policy.laid_down("refusal_report") for word in duty.outcomes)
    return tuple(dict.fromkeys(named)) or ("不予办理",)
