"""Duties of whoever passes a matter on: how, with what said, to whom, with whose consent."""

from shouwen.core.duties.at_intake import header_words
from shouwen.core.duties.context import FACE_TO_FACE, Found, Held
from shouwen.core.inquiry.events import Appoint, Close, Escalate, Event, Handoff, Issue, Notify, Progress
from shouwen.core.office.routing import places, table_routes


def _excused(held: Held, event: Handoff) -> bool:
    """Nobody there and the contact told; or a post that may not be left, and the way told."""
    told = event.contact
    if event.absent:
        return bool(told.name and told.phone)
    title = held.rules.office.title_of(event.by, held.day(event.at))
    bound = any(exempt in title for exempt in held.duty.exempt)
    return bool(bound and told.phone and (told.place or told.name))


def escort(held: Held) -> Found:
    """The person is brought to the other section (``modes``), not sent.

    ``exempt`` are titles (parts of them) of those who cannot leave their post; they tell place
    and phone instead.
    """
    for event in held.handoffs:
        if event.mode not in held.duty.modes and not _excused(held, event):
            allowed = "、".join(held.duty.modes)
            yield event.id, f"以“{event.mode}”转办，规定的方式是{allowed}；经办处无人时须告知联系人姓名和电话"


def contact_for(held: Held) -> Found:
    """Contact with the other section is made for an inquirer who is not there in person."""
    yield from escort(held)


def absent_contact(held: Held) -> Found:
    """Nobody there: the inquirer gets what ``items`` lists of 姓名, 电话, 地点."""
    for event in held.handoffs:
        if event.absent:
            c = event.contact
            if missing := held.missing({"姓名": c.name, "电话": c.phone, "地点": c.place}):
                yield event.id, f"经办处无人（{event.absent}），未告知联系人的{missing}"


def absence_record(held: Held) -> Found:
    """Nobody there: unit, name, phone and matter (``items``) are taken down and passed on."""
    for event in held.handoffs:
        if event.absent and (missing := held.missing(header_words(held.inquiry))):
            yield event.id, f"责任人不在（{event.absent}），没有记下服务对象的{missing}"


def absence_told(held: Held) -> Found:
    """Nobody there: the inquirer is told why, and hears again (反馈, 预约 or the result)."""
    for event in held.handoffs:
        told = (Progress, Notify, Appoint, Close)
        if event.absent and not any(isinstance(e, told) and e.at >= event.at for e in held.state.events):
            yield event.id, f"联系不上经办的人（{event.absent}），没有向服务对象说明原因的记录（反馈或预约）"


def handoff_person(held: Held) -> Found:
    """A matter is handed to the person in charge, not left at a department's door."""
    for each in held.state.passes:
        if not each.to.staff and not each.accepted:
            yield each.event.id, f"转给{each.to.department}，没有写明责任人（--to 部门/人员），也还没有人签收"


def handoff_words(held: Held) -> Found:
    """What the inquirer is told on being passed on (``modes``): ``items`` of 理由, 姓名, 电话, 地点.

    What was told stands in the record; who was brought there needs neither name nor phone.
    """
    for event in held.handoffs:
        if held.duty.modes and event.mode not in held.duty.modes:
            continue
        there = event.mode in FACE_TO_FACE
        words = {
            "理由": event.said or event.reason, "姓名": event.contact.name or event.to.staff or there,
            "电话": event.contact.phone or there, "地点": event.contact.place or there,
        }  # fmt: skip
        if missing := held.missing(words):
            yield event.id, f"转给{event.to.department}，没有说明{missing}"


def handoff_approval(held: Held) -> Found:
    """A transfer needs the consent of the ``leader`` of the section that gives it away.

    Bound are the ``modes``, and whatever goes to ``departments``, however it is called.
    """
    for each in held.state.passes:
        event = each.event
        bound = not held.duty.modes or isinstance(event, Handoff) and event.mode in held.duty.modes
        if not isinstance(event, Handoff):
            continue
        if not bound and each.to.department not in held.duty.departments:
            continue
        leader = held.leader(held.duty.leader or "负责人", each.sender.department, held.day(event.at))
        if not event.approved_by:
            yield event.id, f"移交没有经{held.duty.leader or '负责人'}同意（--approved-by）"
        elif event.approved_by != leader:
            name = held.rules.office.name
            yield event.id, f"移交由{name(event.approved_by)}同意，应经{name(leader) or '（未设）'}"


def handoff_form(held: Held) -> Found:
    """A handoff to another window is made with a form (``items``, 交接表)."""
    issued = held.state.of(Issue)
    for each in held.state.passes:
        for form in held.duty.items:
            if not any(e.form == form and e.at >= each.event.at for e in issued):
                yield each.event.id, f"转给{each.to.department}，没有填{form}"


def _joint(held: Held) -> list[Handoff]:
    return [e for e in held.handoffs if e.joint]


def joint_lead(held: Held) -> Found:
    """Of several departments the first-asked's leads; with ``leader`` its head in person."""
    own = held.inquiry.department
    for event in _joint(held):
        if event.to.department != own:
            yield event.id, f"涉及多个部门，应由首问部门{own}牵头，不是{event.to.department}"
        elif (kind := held.duty.leader) and not held.leads(event.to.staff, kind, own, held.day(event.at)):
            yield event.id, f"涉及多个部门，应由{own}的{kind}牵头"


def joint_person(held: Held) -> Found:
    """Of several departments the first one names a person who sees it through.

    Passed on from one to the next it is as much a matter of several as when they work together.
    """
    joint = _joint(held)
    for event in joint:
        if not event.to.staff:
            yield event.id, "涉及多个部门，没有确定专人（--to 部门/人员）"
    been: set[str] = set()
    for each in held.state.passes:
        if each.returned or each.to.department == held.inquiry.department:
            continue
        been.add(each.to.department)
        if len(been) > 1 and not any(e.at <= each.event.at for e in joint):
            yield each.event.id, f"先后转{len(been)}个部门，事先没有确定专人（--with 部门,… --to 部门/人员）"
            return


def joint_order(held: Held) -> Found:
    """Several departments work in the order that the inquirer was told (转办 --with)."""
    for event in _joint(held)[:1]:
        order = [event.to.department, *event.joint]
        done = {held.inquiry.department, event.to.department}
        for each in held.state.passes:
            now = each.to.department
            if each.event.at <= event.at or now not in order:
                continue
            if skipped := [d for d in order[: order.index(now)] if d not in done]:
                yield each.event.id, f"先后顺序是{'、'.join(order)}，越过了{'、'.join(skipped)}"
            done.add(now)


def joint_report(held: Held) -> Found:
    """A matter of several departments is put to the ``leader``."""
    for event in _joint(held)[:1]:
        kind = held.duty.leader or "分管领导"
        if not held.reported_to(kind):
            yield event.id, f"涉及多个部门，没有向{kind}汇报的记录（请示）"


def route_to(held: Held) -> Found:
    """Such inquiries go to one of ``departments``, or else to the coordinating office.

    To ask that office's head, who then names a department, is as good as handing it over.
    """
    office = held.rules.office
    places = held.duty.departments or tuple(filter(None, (office.config.office,)))
    been = {held.inquiry.department, *(p.to.department for p in held.state.passes)}
    asked = any(
        e.to == held.leader("负责人", place, held.day(e.at))
        for e in held.state.of(Escalate)
        for place in places
    )
    due = held.state.passes or held.state.closes or not held.at_once
    if places and not been & set(places) and not asked and due:
        event = held.state.passes[0].event.id if held.state.passes else ""
        yield event, f"应转{'或'.join(places)}办理，或与其联系"


def by_table(held: Held) -> Found:
    """Every handoff, and what is handed on by nobody, goes where the regulation's routing table says."""
    day = held.day(held.inquiry.received)
    routes = table_routes(held.rules.policy, held.inquiry.category, held.inquiry.case_closed, day)
    right = [name for r in routes for name in places(held.rules.office, r) or [r.department]]
    if not right:
        return
    reached = held.inquiry.department in right
    for each in held.state.passes:
        reached = reached or each.to.department in right
        if not each.returned and not reached:
            yield each.event.id, f"按分工应转{'或'.join(right)}，转给了{each.to.department}"
            return
    if not reached and not held.at_once:
        yield "", f"按分工应转{'或'.join(right)}，没有转去"


def designated(held: Held) -> Found:
    """Nobody's plain duty: a leader names the department."""
    if not any(p.designated for p in held.state.passes) and not held.at_once:
        yield "", "职责不明确，没有领导指定承办部门的记录（批示 --designate）"


def tracking(held: Held) -> Found:
    """The first-asked (or one of ``departments``) follows what was passed on and taken over."""
    first, office = held.inquiry.first_responder, held.rules.office
    bound = held.duty.departments

    def follows(event: Event) -> bool:
        if not bound:
            return bool(first) and event.by == first
        return any(office.works_for(event.by, unit, held.day(event.at)) for unit in bound)

    for each in held.state.passes:
        own = each.sender.department in bound if bound else each.sender.staff == first and first
        if own and each.accepted:
            later = [e for e in held.state.events if follows(e) and e.at > each.accepted.at]
            end = held.state.closes[0].at if held.state.closes else held.now
            if not later and held.day(end) > held.day(each.accepted.at):
                who = "、".join(bound) or "首问责任人"
                yield each.event.id, f"转出后{who}没有跟踪的记录（记事、催办或反馈）"
            return


def contact_choice(held: Held) -> Found:
    """The inquirer chooses whether to make contact himself or have it made for him.

    Asked when the first-asked passes it on; colleagues who pass it on among themselves ask nobody.
    """
    for event in held.handoffs:
        if not event.contact_by and event.by == held.inquiry.first_responder:
            yield event.id, "没有记下由谁联系（--contact-by 自行联系 或 代为联系）"
