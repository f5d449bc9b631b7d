"""Duties of telling: the inquirer what to expect and why; a leader what cannot be settled."""

import re

from shouwen.core.duties.context import Found, Held
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
    Suspend,
)
from shouwen.core.rulebook import Rules

TOLD = (Progress, Notify, Appoint)


def settle_once(held: Held) -> Found:
    """What one's own post can settle is settled at once; what cannot shows why in the record."""
    why = (Notify, Suspend, Escalate, Appoint, Handoff, Instruct)
    if not held.at_once and not any(isinstance(e, why) for e in held.state.events):
        yield "", "本人职责内没有一次办结，也没有为什么不能的记录（一次性告知、请示、预约、转办或中止）"
    for event in held.state.reopens:
        yield event.id, "重办，说明前一次没有一次办结"


def tell_deadline(held: Held) -> Found:
    """Not settled at once: the inquirer is told by when it will be."""
    if not held.at_once and not held.inquiry.promised and not held.state.of(Appoint):
        yield "", "未当场办结，没有先说明完成期限（受理时的承诺时间，或预约）"


def another_time(held: Held) -> Found:
    """What needs study: told so, and another time agreed."""
    if not held.at_once and not held.state.of(Appoint):
        yield "", "未能当场答复，没有另约时间的记录（预约）"


def close_words(close: Close) -> dict[str, object]:
    """What a result may have to rest on, by the names in a regulation."""
    return {"理由": close.reason, "依据": close.basis, "签字领导": close.signed_by,
            "告知": close.told, "说明": close.reason or close.result}  # fmt: skip


def explain_refusal(held: Held) -> Found:
    """What cannot be done (``outcomes``) is explained: ``items``, or just that it was told."""
    for close in held.state.closes:
        if close.outcome in held.duty.outcomes:
            missing = held.missing(close_words(close)) or ("" if close.told else "告知时间")
            if missing:
                yield close.id, f"以“{close.outcome}”办结，没有向服务对象解释说明的记录（{missing}）"


def refusal_grounds(held: Held) -> Found:
    """Grounds (``phrases``) on which nobody may be turned away (``outcomes``)."""
    for close in held.state.closes:
        said = f"{close.reason} {close.result}"
        hit = next((h for p in held.duty.phrases if (h := re.search(p, said))), None)
        if hit and close.outcome in held.duty.outcomes:
            yield close.id, f"不得以“{hit.group()}”为由{close.outcome}"


def refusal_report(held: Held) -> Found:
    """A refusal (``outcomes``) rests on ``items``: 理由, 依据, 签字领导, in writing.

    With ``leader`` the signature must be that leader's, of the department that refuses.
    """
    for close in held.state.closes:
        if close.outcome not in held.duty.outcomes:
            continue
        if missing := held.missing(close_words(close)):
            yield close.id, f"以“{close.outcome}”办结，缺少{missing}"
        elif held.duty.leader:
            department = held.state.holder_at(close.at).department
            leader = held.leader(held.duty.leader, department, held.day(close.at))
            if not leader or close.signed_by != leader:
                name = held.rules.office.name
                must = f"{held.duty.leader}{name(leader) or '（未设）'}"
                yield close.id, f"由{name(close.signed_by) or '（无人）'}签字，应由{must}签字"


def follow_up(held: Held) -> Found:
    """What could not be explained (closed with ``outcomes``): the inquirer is contacted again."""
    for close in held.state.closes:
        later = [e for e in held.state.events if isinstance(e, (*TOLD, Callback)) and e.at > close.at]
        if close.outcome in held.duty.outcomes and not later and held.day(held.now) > held.day(close.at):
            yield close.id, f"以“{close.outcome}”办结后没有再与服务对象联系的记录（反馈或回访）"


def tell_result(held: Held) -> Found:
    """The inquirer hears the result, or the record says why not.

    ``exempt``: 匿名 frees from telling; where it names other words (无理取闹), a reason must
    hold one of them, else any reason recorded will do.
    """
    reasons = [word for word in held.duty.exempt if word != "匿名"]
    for close in held.state.closes:
        if close.told or held.inquiry.inquirer.anonymous and "匿名" in held.duty.exempt:
            continue
        if not close.not_told:
            yield close.id, "没有告知服务对象结果的时间，也没有未告知的原因"
        elif reasons and not any(word in close.not_told for word in reasons):
            yield (
                close.id,
                f"没有告知服务对象结果，“{close.not_told}”不在除外之列（{'、'.join(held.duty.exempt)}）",
            )


def one_notice(held: Held) -> Found:
    """All that is missing is told once, with ``items``; a second notice shows the first was not whole."""
    notices = held.state.of(Notify)
    for e in notices:
        words = {"材料": e.material, "程序": e.procedure, "时限": e.limit,
                 "收费": e.fee, "依据": e.basis, "书面": e.written}  # fmt: skip
        if missing := held.missing(words):
            yield e.id, f"一次性告知缺少{missing}"
    for e in notices[1:]:
        yield e.id, "再次告知补充材料，说明前一次没有一次告全"


def _issued(held: Held, event: Event | None, what: str) -> Found:
    forms = held.state.of(Issue)
    for form in held.duty.items:
        if not any(e.form == form and (not event or e.at >= event.at) for e in forms):
            yield event.id if event else "", f"{what}，没有出具{form}（form {form} --issue）"


def notice_form(held: Held) -> Found:
    """With the notice goes a form (``items``, 提供材料一览表)."""
    for notice in held.state.of(Notify)[:1]:
        yield from _issued(held, notice, "一次性告知时")


def receipt(held: Held) -> Found:
    """Not settled the same day: the inquirer gets a form (``items``, 回执单)."""
    if not held.at_once:
        yield from _issued(held, None, "未当场办结")


def confirm(held: Held) -> Found:
    """What was passed on is told back to the inquirer and confirmed."""
    taken = next((p for p in held.state.passes if p.accepted), None)
    if not taken or held.at_once or held.state.closes and held.state.closes[0].told:
        return
    if not any(isinstance(e, TOLD) and e.at >= taken.event.at for e in held.state.events):
        yield taken.event.id, "转办后没有向服务对象反馈和确认的记录（反馈）"


def forbidden_words(held: Held) -> Found:
    """``phrases`` (patterns) that send people away, in what was recorded as said to them."""
    for event in held.state.events:
        said = (
            event.text if isinstance(event, Progress)
            else f"{event.result} {event.reason}" if isinstance(event, Close)
            else event.reason if isinstance(event, Handoff)
            else ""
        )  # fmt: skip
        for pattern in held.duty.phrases if said else ():
            if hit := re.search(pattern, said):
                yield event.id, f"记录的答复中有禁用语“{hit.group()}”"


def refusals(rules: Rules) -> tuple[str, ...]:
    """The outcomes that must be reported with reasons before they are given (否定报备)."""
    duty = rules.policy.duties.get("refusal_report")
    return duty.outcomes if duty and duty.outcomes else ("不予办理",)
