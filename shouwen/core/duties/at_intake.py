"""Duties at intake: what must be written down, and who takes a matter up."""

from shouwen.core.duties.context import Found, Judged, done_by
from shouwen.core.inquiry.confidential import withheld
from shouwen.core.inquiry.events import Close, Escalate, Note, Progress
from shouwen.core.inquiry.header import USUAL, Inquiry


def header_words(inquiry: Inquiry) -> dict[str, object]:
    """Return the things that a register may ask for, by their names in a regulation.

    A subject that only repeats the category or the matter says nothing of the 内容; 详细 is more
    than a subject.
    """
    q = inquiry
    empty = q.subject in (q.category, q.matter) or len(q.subject) < 2
    return {
        "姓名": q.inquirer.name, "电话": q.inquirer.phone, "单位": q.inquirer.organisation,
        "内容": q.detail or not empty, "详细": q.detail, "要求": q.detail,
        "期限": q.promised, "事项": q.matter, "被反映人": q.about,
        "紧要程度": q.urgency_stated or q.urgency != USUAL,
    }  # fmt: skip


def register(judged: Judged) -> Found:
    """Check that what must be known of the inquirer (``items``) is written down; 匿名 may be exempt."""
    if judged.inquiry.inquirer.anonymous and "匿名" in judged.duty.exempt or withheld(judged.inquiry):
        return  # of a confidential one it was asked at intake, and lies apart
    missing = judged.missing(header_words(judged.inquiry))
    whole = judged.put_right(lambda q: not judged.missing(header_words(q)))
    yield from judged.owed_at_intake(whole, "登记不全", "补上", ("", f"登记缺少{missing}"))


def task_deadline(judged: Judged) -> Found:
    """Check that a task from above has a time by which it must be done."""
    missing = ("", "交办事项没有写明完成期限（承诺时间）")
    yield from judged.owed_at_intake(judged.promised, "交办事项", "写明完成期限", missing)


def task_from(judged: Judged) -> Found:
    """Check that a task from above names the leader who gave it."""
    missing = ("", "交办事项没有写明由谁交办（--assigned-by）")
    named = judged.put_right(lambda q: bool(q.assigned_by))
    yield from judged.owed_at_intake(named, "交办事项", "写明由谁交办", missing)


def promise_kept(judged: Judged) -> Found:
    """Check that what was promised, or published for the matter, is done by then."""
    for clock in judged.clocks:
        published = clock.name == "办结" and clock.article == "事项规定"
        if clock.late and (clock.name == "承诺" or published):
            what = "公开承诺的时限" if published else "承诺（交办）的期限"
            yield clock.event, f"超过{what}{clock.overdue_workdays}个工作日"


def complaint(judged: Judged) -> Found:
    """Report a complaint, to be looked at as a violation of whoever it is about."""
    about = "、".join(map(judged.rules.office.name, judged.inquiry.about))
    yield "", f"有投诉{f'，涉及{about}' if about else ''}，应核实是否违反制度"


def finder_traces(judged: Judged) -> Found:
    """Check that whoever finds an error looks for its cause himself; the inquirer is not sent to search."""
    first = judged.inquiry.first_responder
    acts = (Note, Progress, Escalate, Close)
    if not judged.at_once:
        own = next((e for e in judged.state.events if e.by == first and isinstance(e, acts)), None)
        missing = ("", "发现问题的人没有查询处理的记录（记事、反馈、请示或办结）")
        yield from judged.owed_at_intake(done_by(own), "发现问题的人", "查询处理", missing)
