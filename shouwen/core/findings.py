"""Duties of the regulation held against a record: what is missing, under which article.

One function per duty, of the same name as the duty's key in the regulation. Each yields what
it finds; the level of the duty decides whether the act that causes it is refused or only
shown. Conduct that no record shows (tone, gestures) is not here: it is reported by people.
"""

import re
from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from shouwen.core import model as m
from shouwen.core.clocks import Clock, Rules
from shouwen.core.policy import DEFAULT, Duty, fits
from shouwen.core.replay import DECIDES, State


class Finding(Struct, frozen=True):
    """A breach or a contradiction: its name, article, words, and the event that shows it."""

    name: str
    article: str
    text: str
    event: str = ""
    refuse: bool = False
    violation: str = ""


class Case(Struct, frozen=True):
    """What a duty is held against."""

    rules: Rules
    state: State
    now: datetime
    duty: Duty


Found = Iterator[tuple[str, str]]


def _away(event: m.Handoff) -> bool:
    return bool(event.absent and event.contact.name and event.contact.phone)


def escort(case: Case) -> Found:
    """Another section's matter: the person is brought there, not just told where to go."""
    for event in case.state.of(m.Handoff):
        if event.mode not in case.duty.modes and not _away(event):
            allowed = "、".join(case.duty.modes)
            yield event.id, f"以“{event.mode}”转办，规定的方式是{allowed}；经办处无人时须告知联系人姓名和电话"


def absent_contact(case: Case) -> Found:
    """Nobody there: the inquirer gets the name and the phone of whom to ask."""
    for event in case.state.of(m.Handoff):
        if event.absent:
            words = {"姓名": event.contact.name, "电话": event.contact.phone,
                     "地点": event.contact.place}  # fmt: skip
            missing = [i for i in case.duty.items if not words.get(i)]
            if missing:
                yield event.id, f"经办处无人（{event.absent}），未告知联系人的{'、'.join(missing)}"


def explain_delay(case: Case) -> Found:
    """An own matter not settled at once: explained to the inquirer and put to a leader."""
    state, zone = case.state, case.rules.calendar.zone
    start = state.inquiry.received.astimezone(zone).date()
    end = state.closes[0].at if state.closes else case.now
    if end.astimezone(zone).date() <= start:
        return
    if not any(isinstance(e, m.Progress | m.Notify | m.Appoint) for e in state.events):
        yield "", "未当场办结，没有向服务对象说明原因的记录（反馈）"
    if not any(isinstance(e, m.Escalate) for e in state.events):
        yield "", "未当场办结，没有请示领导的记录（请示）"


def explain_refusal(case: Case) -> Found:
    """What cannot be done is explained to the inquirer."""
    for close in case.state.closes:
        if close.outcome in case.duty.outcomes and not close.told:
            yield close.id, f"以“{close.outcome}”办结，没有向服务对象解释说明的记录（告知时间）"


def refusal_report(case: Case) -> Found:
    """A refusal rests on reasons, a basis and the leader's signature, in writing."""
    for close in case.state.closes:
        if close.outcome in case.duty.outcomes:
            words = {"理由": close.reason, "依据": close.basis, "签字领导": close.signed_by}
            missing = [i for i in case.duty.items if not words.get(i)]
            if missing:
                yield close.id, f"以“{close.outcome}”办结，缺少{'、'.join(missing)}"


def tell_result(case: Case) -> Found:
    """The inquirer hears the result; or the record says why not."""
    anonymous = case.state.inquiry.inquirer.anonymous
    for close in case.state.closes:
        if close.told or anonymous and "匿名" in case.duty.exempt:
            continue
        if not close.not_told:
            yield close.id, "没有告知服务对象结果的时间，也没有未告知的原因"


def one_notice(case: Case) -> Found:
    """All that is missing is told once; a second notice means the first was not complete."""
    notices = case.state.of(m.Notify)
    for notice in notices:
        words = {"材料": notice.material, "程序": notice.procedure, "时限": notice.limit,
                 "收费": notice.fee, "依据": notice.basis, "书面": notice.written}  # fmt: skip
        missing = [i for i in case.duty.items if not words.get(i)]
        if missing:
            yield notice.id, f"一次性告知缺少{'、'.join(missing)}"
    for notice in notices[1:]:
        yield notice.id, "再次告知补充材料，说明前一次没有一次告全"


def forbidden_words(case: Case) -> Found:
    """Words that send people away, found in what was recorded as said."""
    patterns = [re.compile(p) for p in case.duty.phrases]
    for event in case.state.events:
        said = (
            event.text if isinstance(event, m.Progress)
            else f"{event.result} {event.reason}" if isinstance(event, m.Close)
            else event.reason if isinstance(event, m.Handoff)
            else ""
        )  # fmt: skip
        for pattern in patterns:
            if hit := pattern.search(said):
                yield event.id, f"记录的答复中有禁用语“{hit.group()}”"


def register(case: Case) -> Found:
    """What must be written down of the inquirer at intake."""
    inquiry = case.state.inquiry
    person = inquiry.inquirer
    if person.anonymous and "匿名" in case.duty.exempt:
        return
    words = {"姓名": person.name, "电话": person.phone, "单位": person.organisation,
             "内容": inquiry.detail or inquiry.subject}  # fmt: skip
    missing = [i for i in case.duty.items if not words.get(i)]
    if missing:
        yield "", f"登记缺少{'、'.join(missing)}"


# The duties a regulation may lay down: key, title in reports, function.
DUTIES = {
    "escort": ("引领", escort),
    "contact_for": ("联系经办", escort),
    "absent_contact": ("无人告知", absent_contact),
    "explain_delay": ("说明并请示", explain_delay),
    "explain_refusal": ("不办说明", explain_refusal),
    "refusal_report": ("否定报备", refusal_report),
    "tell_result": ("告知结果", tell_result),
    "one_notice": ("一次告知", one_notice),
    "forbidden_words": ("禁语", forbidden_words),
    "register": ("登记", register),
}
# Keys under ``duties`` that another part of the program reads.
PARAMETERS = {"callback": "回访"}


def findings(rules: Rules, state: State, clocks: list[Clock], now: datetime) -> list[Finding]:
    """Everything in the record that breaks a duty, contradicts itself or was out of time."""
    found = [
        Finding("争议", DEFAULT, f"{m.act_of(type(d.event))}未生效：{d.text}。{DECIDES}", d.event.id, True)
        for d in state.disputes
    ]
    extension = rules.policy.extension
    for clock in clocks:
        for event, why in clock.refused:
            article = extension.article if extension else DEFAULT
            found.append(Finding("延期无效", article, why, event, True))
    for name, duty in rules.policy.duties.items():
        if name in DUTIES and fits(duty, state.inquiry):
            title, find = DUTIES[name]
            case = Case(rules, state, now, duty)
            found += [
                Finding(title, duty.article, text, event, duty.level == "拒绝", duty.violation)
                for event, text in find(case)
            ]
    return found
