"""What may be wrong with a record that reads well: people, words, order, time, form.

Every check has a stable name; ``EXPLANATIONS`` says what each means and how to mend it.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache

from shouwen.core.accountability.lifecycle import CaseState
from shouwen.core.accountability.powers import case_breaches
from shouwen.core.errors import Problem
from shouwen.core.inquiry.confidential import protected, secret
from shouwen.core.inquiry.events import (
    Callback,
    Close,
    Escalate,
    Event,
    Handoff,
    Instruct,
    Suspend,
    Target,
    act_of,
)
from shouwen.core.inquiry.header import Inquiry
from shouwen.core.inquiry.lifecycle import LEGAL_ORDER, State
from shouwen.core.office.powers import ask, asked_at_intake, intake_breaches, not_theirs
from shouwen.core.office.roster import Office
from shouwen.core.regulation.schema import Policy
from shouwen.core.vocabulary import nearest

EXPLANATIONS = {
    "readable": "文件读不出来：权限、链接、管道、磁盘错误或过大。",
    "parseable": "不是合法的 YAML。",
    "keys": "键不认识、缺少，或值的类型不对。",
    "conflict-markers": "git 合并冲突没有处理完；两边的事件都要保留，只删标记行。",
    "file-name": "目录里有不是记录的文件，例如网盘的冲突副本。",
    "id-matches-path": "文件名、所在目录与编号不一致。",
    "archived-open": "归档了的记录又有了未了的事（合并所致）；夜间报告不读归档，要移回来。",
    "canonical": "手工改过，不再是一行一事的形式；能读，用 shouwen fmt 整理。",
    "known-people": "记录里的人员编号不在 staff.yaml。",
    "known-departments": "记录里的部门不在 staff.yaml。",
    "known-words": "渠道、类别、范围等不在制度的词表里。",
    "known-policy": "记录所依的制度找不到或读不通。",
    "policy": "本单位写的制度或 overrides 有词表里没有的词、没有的条款、自相矛盾或永远用不到的规则。",
    "protected": "制度要求身份和内容另存的，记录没有标为保密。",
    "powers": "做的人当时没有这项权力：不在岗、不是领导、自己批自己，或应当回避。",
    "legal-order": "事件的先后不合规定，未生效（争议）。",
    "event-ids": "同一条记录里两个不同的事件用了同一个编号。",
    "future-events": "事件时间晚于现在。",
    "before-intake": "事件时间早于受理。",
    "duplicate-events": "同一个事件出现两次（合并所致），只算一次。",
    "evidence": "案件引用的受理记录找不到。",
    "decision": "决定与制度不符：机关、措施或重复问责。",
    "appeal": "申诉后的处理不合规定：维持、撤销没有写明有权的机关，或者变更加重了。",
    "elements": "决定所依的条款要求的情节（如造成不良影响），核实时没有确认。",
    "roster": "staff.yaml、matters.yaml 互相对不上。",
    "history-edited": "历史里的一行被改动；记录只能增加，更正要用更正事件。",
    "history-deleted": "历史里的一行不见了。",
    "history-reordered": "行的先后被调换。",
    "history-inserted": "在已有的行之间插入了一行，或合并时加进了各方都没有的一行。",
    "record-deleted": "整条记录被删去。",
    "history-rewritten": "给出的版本不在现在的历史里：历史被改写或回退。",
    "who": "经办人与带它进来的提交的作者、提交人或签名对不上（check --who）。",
    "private": "private/ 里的保密内容没有对应的记录、格式不对、清除做到一半，或 git 会把它收走。",
    "merge-rules": "记录的目录里，或这个克隆里，另有 git 属性文件：合并时可能只留一边。",
    "git": "台账在 git 仓库里，而 git 没有回答，或历史的一部分借自别处：不能当作没有问题。",
    "anchor": "现在的记录或事件比报告的台账锚写的少。",
    "calendar": "日历文件与内容对不上。",
    "calendar-since": "日历文件改了已公布的年份，没有写明何时公布；期满的时限会跟着改判。",
}

HINT = "请有权的人核实后另记一笔，不要删改"

# On an inquiry these leave every count as it is: a move that took no effect, a line written
# twice, a word, a form. Anything else may change who is counted, when, or for what.
_BESIDE_THE_COUNT = frozenset(
    {"powers", "legal-order", "duplicate-events", "canonical", "known-words", "known-departments"}
)
# In a case these: a line written twice is one; what has to be looked at counts as it was decided.
_BESIDE_A_CASE = frozenset({"duplicate-events", "appeal", "elements"})


def may_change_counts(problem: Problem) -> bool:
    """Return whether a problem can change a person's count: in settings any, in records most; not what git says."""
    if problem.check == "git":
        return False
    if problem.path.startswith("sanctions/"):
        return problem.check not in _BESIDE_A_CASE
    of_inquiry = problem.path.startswith(("inquiries/", "archive/"))
    if problem.check == "calendar-since":
        return False
    return not of_inquiry or problem.check not in _BESIDE_THE_COUNT


# Acts with a word of the regulation: which of their values, and the list of the regulation.
_WORDS = {
    Handoff: ("mode", "modes"), Suspend: ("reason", "suspend"), Close: ("outcome", "outcomes"),
    Callback: ("rating", "ratings"),
}  # fmt: skip


@cache
def _signatures(kind: type[Event]) -> tuple[str, ...]:
    """Return the attributes by which an event of this kind names people."""
    names = ("by", "approved_by", "signed_by", *(("to",) if kind is Escalate else ()))
    return tuple(name for name in names if name in kind.__struct_fields__)


def _target(event: Event) -> Target | None:
    """Return the department or person to which an act gives the matter; None where it gives it to nobody."""
    if isinstance(event, Handoff):
        return event.to
    return event.designate if isinstance(event, Instruct) else None


def _people(head: Inquiry, events: tuple[Event, ...]) -> Iterator[tuple[str, str]]:
    """Yield everybody named, with the header key or event id where."""
    yield "first_responder", head.first_responder
    yield "recorded_by", head.recorded_by
    for person in head.about:
        yield "about", person
    for event in events:
        for name in _signatures(type(event)):
            yield event.id, getattr(event, name)
        if target := _target(event):
            yield event.id, target.staff


def _departments(head: Inquiry, events: tuple[Event, ...]) -> Iterator[tuple[str, str]]:
    """Yield every department named, with the header key or event id where."""
    yield "department", head.department
    for event in events:
        if target := _target(event):
            yield event.id, target.department
            for department in getattr(event, "joint", ()):
                yield event.id, department


def check_inquiry(  # noqa: C901 - one branch for each check
    state: State, raw: Inquiry, policy: Policy, office: Office, now: datetime
) -> Iterator[tuple[str, str, str, str]]:
    """Yield (check, event id or header key, text, hint) for everything wrong with an inquiry's content.

    ``raw`` is the inquiry as written, ``state`` what it replays to.
    """
    head = state.inquiry
    words = (
        ("channel", policy.channels.values), ("category", policy.categories.values),
        ("scope", policy.scopes.values), ("urgency", policy.urgencies.values),
    )  # fmt: skip
    for name, values in words:
        value = getattr(head, name)
        if value not in values:
            yield "known-words", name, f"{name}“{value}”不在《{policy.name}》的词表里", near(value, values)
    if head.matter and head.matter not in office.matters:
        yield (
            "known-words",
            "matter",
            f"事项“{head.matter}”不在 matters.yaml",
            near(head.matter, office.matters),
        )
    bodies = policy.above
    strangers = [
        named for named in _people(head, raw.events)
        if named[1] not in office.staff and named[1] and named[1] not in bodies
    ]  # fmt: skip
    for place, person in dict.fromkeys(strangers):
        yield "known-people", place, f"人员“{person}”不在 staff.yaml", near(person, office.staff)
    missing = [
        named for named in _departments(head, raw.events) if office.unit(named[1]) not in office.departments
    ]
    for place, department in dict.fromkeys(missing):
        text = f"部门“{department}”不在 staff.yaml"
        yield "known-departments", place, text, near(department, office.departments)
    for event in raw.events:
        if event.at > now and event.at.replace(microsecond=0) > now:
            yield "future-events", event.id, f"{act_of(type(event))}的时间晚于现在", "核对时间"
        if event.at < head.received:
            yield "before-intake", event.id, f"{act_of(type(event))}的时间早于受理", "核对时间"
        if type(event) in _WORDS:
            yield from _event_word(event, policy)
    if head.received > now:
        yield "future-events", "received", "受理时间晚于现在", "核对时间"
    if protected(policy, head.category, head.about) and not secret(raw):
        text = f"《{policy.name}》的“{head.category}”应当另存，记录没有标为保密"
        yield (
            "protected",
            "category",
            text,
            "shouwen correct 编号 --field 保密 --value 是；已写进共用记录的另作处理",
        )
    yield from _powers(state, raw, policy, office, now)
    yield from _repeats(raw.events)
    for dispute in state.disputes:
        if dispute.check == LEGAL_ORDER:  # the others were told as what they are
            text = f"{act_of(type(dispute.event))}未生效：{dispute.text}"
            yield "legal-order", dispute.event.id, text, "核实后另记一个事件说明，不要删改"


def _powers(
    state: State, raw: Inquiry, policy: Policy, office: Office, now: datetime
) -> Iterator[tuple[str, str, str, str]]:
    """Yield acts by, or naming, somebody who had not the power; people that are unknown are told apart."""
    zone, head = now.tzinfo, state.inquiry
    for key, breach in intake_breaches(asked_at_intake(office, policy, head, zone), head):
        if not breach.unknown:
            yield "powers", key, f"受理：{breach.text}", HINT
    for event in state.events:
        for breach in ask(office, policy, state, event, zone, raw.about):
            if not breach.unknown:
                yield "powers", event.id, f"{act_of(type(event))}：{breach.text}", HINT
    for waiting in state.passes:  # two clones may have answered what each knew of
        answer = waiting.accepted or waiting.returned
        if not answer or answer.by not in office.staff:
            continue
        if why := not_theirs(office, waiting, answer, answer.at.astimezone(zone).date()):
            yield "powers", answer.id, f"{act_of(type(answer))}：{why}", HINT


def _event_word(event: Event, policy: Policy) -> Iterator[tuple[str, str, str, str]]:
    name, words = _WORDS[type(event)]
    value, values = getattr(event, name), getattr(policy, words).values
    if value not in values and not (value == "" and type(event) is Callback):
        text = f"{act_of(type(event))}的 {name}“{value}”不在《{policy.name}》的词表里"
        yield "known-words", event.id, text, near(value, values)


def _repeats(events: tuple[Event, ...]) -> Iterator[tuple[str, str, str, str]]:
    if len({event.id for event in events}) == len(events):
        return
    seen: dict[str, Event] = {}
    for event in events:
        if event.id in seen:
            if seen[event.id] == event:
                yield "duplicate-events", event.id, "同一事件写了两遍", "shouwen fmt 可去掉一遍"
            else:
                yield "event-ids", event.id, f"编号“{event.id}”用于两个不同的事件", "核实哪一个为真"
        seen[event.id] = event


def _charged(state: CaseState, office: Office, policy: Policy) -> Iterator[tuple[str, str, str, str]]:
    """Yield who and what a case names that the roster or the regulation does not have."""
    case = state.case
    if case.staff and case.staff not in office.staff:
        yield "known-people", "staff", f"人员“{case.staff}”不在 staff.yaml", near(case.staff, office.staff)
    if case.department and office.unit(case.department) not in office.departments:
        text = f"部门“{case.department}”不在 staff.yaml"
        yield "known-departments", "department", text, near(case.department, office.departments)
    if case.violation and case.violation not in policy.violations:
        text = f"违规行为“{case.violation}”不在《{policy.name}》"
        yield "known-words", "violation", text, near(case.violation, policy.violations)
    if not case.violation and case.article not in policy.articles:
        text = f"条款“{case.article}”不在《{policy.name}》"
        yield "known-words", "article", text, near(case.article, policy.articles)
    if not case.staff and not case.department:
        yield "known-people", "staff", "没有写被反映的人或部门", "核对案件"


def check_case(
    state: CaseState, office: Office, policy: Policy, now: datetime, inquiries: set[str]
) -> Iterator[tuple[str, str, str, str]]:
    """Yield (check, event id or header key, text, hint) for everything wrong with an accountability case."""
    yield from _charged(state, office, policy)
    case = state.case
    for place, why in case_breaches(office, policy, case, now.tzinfo):
        yield "powers", place, why, HINT
    if case.inquiry and case.inquiry not in inquiries:
        yield "evidence", "inquiry", f"引用的受理记录 {case.inquiry} 不存在", "核对编号"
    for event in case.events:
        if event.at.replace(microsecond=0) > now:
            yield "future-events", event.id, f"{act_of(type(event))}的时间晚于现在", "核对时间"
        if event.at < case.reported:
            yield "before-intake", event.id, f"{act_of(type(event))}的时间早于立案", "核对时间"
        if event.by not in office.staff:
            yield "known-people", event.id, f"人员“{event.by}”不在 staff.yaml", near(event.by, office.staff)
    yield from _repeats(case.events)
    for dispute in state.disputes:
        if dispute.check == LEGAL_ORDER:
            text = f"{act_of(type(dispute.event))}未生效：{dispute.text}"
            yield "legal-order", dispute.event.id, text, "核实后另记一个事件说明，不要删改"


def near(text: str, values: Iterable[str]) -> str:
    """Return the known values nearest to a text, as a hint; '' where there is none."""
    known = [v for v in values if v]
    return f"相近的有：{'、'.join(nearest(text, known, 3))}" if known else ""
