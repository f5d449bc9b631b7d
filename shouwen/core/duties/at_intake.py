"""Duties at intake: what must be written down, and who takes a matter up."""

from shouwen.core.duties.context import Found, Held
from shouwen.core.inquiry.confidential import withheld
from shouwen.core.inquiry.events import Close, Escalate, Note, Progress
from shouwen.core.inquiry.header import Inquiry


def header_words(inquiry: Inquiry) -> dict[str, object]:
    """The things that a register may ask for, by their names in a regulation."""
    person = inquiry.inquirer
    return {
        "姓名": person.name, "电话": person.phone, "单位": person.organisation,
        "内容": inquiry.detail or inquiry.subject, "要求": inquiry.detail,
        "期限": inquiry.promised, "事项": inquiry.matter, "被反映人": inquiry.about,
    }  # fmt: skip


def register(held: Held) -> Found:
    """What must be written down of the inquirer (``items``); 匿名 may be exempt."""
    if held.inquiry.inquirer.anonymous and "匿名" in held.duty.exempt or withheld(held.inquiry):
        return  # of a confidential one it was asked at intake, and lies apart
    if missing := held.missing(header_words(held.inquiry)):
        yield "", f"登记缺少{missing}"


def task_deadline(held: Held) -> Found:
    """A task from above has a time by which it must be done."""
    if not held.inquiry.promised:
        yield "", "交办事项没有写明完成期限（承诺时间）"


def complaint(held: Held) -> Found:
    """A complaint is looked at as a violation of whoever it is about."""
    about = "、".join(map(held.rules.office.name, held.inquiry.about))
    yield "", f"有投诉{f'，涉及{about}' if about else ''}，应核实是否违反制度"


def finder_traces(held: Held) -> Found:
    """Whoever finds an error looks for its cause himself; the inquirer is not sent to search."""
    first = held.inquiry.first_responder
    acts = (Note, Progress, Escalate, Close)
    if not held.at_once and not any(e.by == first and isinstance(e, acts) for e in held.state.events):
        yield "", "发现问题的人没有查询处理的记录（记事、反馈、请示或办结）"
