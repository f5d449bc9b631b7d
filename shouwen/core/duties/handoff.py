"""Duties of whoever passes a matter on: how, with what said, to whom, with whose consent."""

from shouwen.core.duties.at_intake import header_words
from shouwen.core.duties.context import FACE_TO_FACE, Done, Found, Judged, done_by
from shouwen.core.inquiry.events import Appoint, Close, Escalate, Event, Handoff, Notify, Progress
from shouwen.core.inquiry.lifecycle import Pass
from shouwen.core.office.powers import concern
from shouwen.core.office.routing import places, table_routes


def _excused(judged: Judged, event: Handoff) -> bool:
    """Tell whether nobody was there and the contact is told, or the post may not be left and the way is told."""
    contact = event.contact
    if event.absent:
        return bool(contact.name and contact.phone)
    title = judged.rules.office.title_of(event.by, judged.day(event.at))
    bound = any(exempt in title for exempt in judged.duty.exempt)
    return bool(bound and contact.phone and (contact.place or contact.name))


def escort(judged: Judged) -> Found:
    """Check that the person is brought to the other section (``modes``), not sent.

    ``exempt`` are titles (parts of them) of those who cannot leave their post; they tell place
    and phone instead.
    """
    for event in judged.handoffs:
        if event.mode not in judged.duty.modes and not _excused(judged, event):
            allowed = "、".join(judged.duty.modes)
            yield event.id, f"以“{event.mode}”转办，规定的方式是{allowed}；经办处无人时须告知联系人姓名和电话"


def contact_for(judged: Judged) -> Found:
    """Check that contact with the other section is made for an inquirer who is not there in person."""
    yield from escort(judged)


def absent_contact(judged: Judged) -> Found:
    """Check, where nobody was there, that the inquirer gets what ``items`` lists of 姓名, 电话, 地点."""
    for event in judged.handoffs:
        if event.absent:
            c = event.contact
            if missing := judged.missing({"姓名": c.name, "电话": c.phone, "地点": c.place}):
                yield event.id, f"经办处无人（{event.absent}），未告知联系人的{missing}"


def absence_record(judged: Judged) -> Found:
    """Check, where nobody was there, that unit, name, phone and matter (``items``) are taken down and passed on."""
    for event in judged.handoffs:
        if event.absent and (missing := judged.missing(header_words(judged.inquiry))):
            yield event.id, f"责任人不在（{event.absent}），没有记下服务对象的{missing}"


def absence_told(judged: Judged) -> Found:
    """Check, where nobody was there, that the inquirer is told why, and hears again (反馈, 预约 or the result)."""
    for event in judged.handoffs:
        if event.absent:
            told = judged.first((Progress, Notify, Appoint, Close), event.at)
            before = f"联系不上经办的人（{event.absent}）"
            missing = (event.id, f"{before}，没有向服务对象说明原因的记录（反馈或预约）")
            yield from judged.owed(
                event.at, told, before, "向服务对象说明原因", missing=missing, owed_from=event.id
            )  # fmt: skip


def handoff_person(judged: Judged) -> Found:
    """Check that a matter is handed to the person in charge, not left at a department's door."""
    for each in judged.passes:
        if not each.to.staff:
            before = f"转给{each.to.department}，没有写明责任人"
            missing = (each.event.id, f"{before}（--to 部门/人员），也还没有人签收")
            yield from judged.owed(
                each.event.at, done_by(each.accepted), before, "有人签收", missing=missing,
                owed_from=each.event.id,
            )  # fmt: skip


def handoff_words(judged: Judged) -> Found:
    """Check what the inquirer is told on being passed on (``modes``): ``items`` of 理由, 姓名, 电话, 地点.

    What was told stands in the record; who was brought there needs neither name nor phone.
    """
    for event in judged.handoffs:
        if judged.duty.modes and event.mode not in judged.duty.modes:
            continue
        there = event.mode in FACE_TO_FACE
        words = {
            "理由": event.said or event.reason, "姓名": event.contact.name or event.to.staff or there,
            "电话": event.contact.phone or there, "地点": event.contact.place or there,
        }  # fmt: skip
        if missing := judged.missing(words):
            yield event.id, f"转给{event.to.department}，没有说明{missing}"


def _had(judged: Judged, given: Pass) -> bool:
    """Tell whether who gives a matter away had it to deal with: signed for it, or it was his own from the start."""
    before = [p for p in judged.state.passes if p.accepted and p.accepted.at <= given.event.at]
    if before:
        return before[-1].to.department == given.sender.department
    return judged.inquiry.scope == "本人"


def handoff_approval(judged: Judged) -> Found:
    """Check that a transfer has the consent of the ``leader`` of the section that gives it away.

    Bound are the ``modes``, whatever goes to ``departments``, and (``items`` 承办) whatever is given
    away by whoever had it to deal with, however it is called.
    """
    every = not judged.duty.modes and not judged.duty.items
    for each in judged.passes:
        event = each.event
        if not isinstance(event, Handoff):
            continue
        bound = every or event.mode in judged.duty.modes
        bound = bound or judged.among(each.to.department, judged.duty.departments, event.at)
        if not bound and not ("承办" in judged.duty.items and _had(judged, each)):
            continue
        leader = judged.leader(judged.duty.leader or "负责人", each.sender.department, judged.day(event.at))
        if not event.approved_by:
            yield event.id, f"移交没有经{judged.duty.leader or '负责人'}同意（--approved-by）"
        elif event.approved_by != leader:
            name = judged.rules.office.name
            yield event.id, f"移交由{name(event.approved_by)}同意，应经{name(leader) or '（未设）'}"


def handoff_form(judged: Judged) -> Found:
    """Check that a handoff to another window is made with a form (``items``, 交接表)."""
    for each in judged.passes:
        for form in judged.duty.items:
            before = f"转给{each.to.department}"
            missing = (each.event.id, f"{before}，没有填{form}")
            yield from judged.owed(
                each.event.at, judged.issued(form, each.event.at), before, f"填{form}", missing=missing,
                owed_from=each.event.id,
            )  # fmt: skip


def _joint(judged: Judged) -> list[Handoff]:
    return [e for e in judged.handoffs if e.joint]


def joint_lead(judged: Judged) -> Found:
    """Check that of several departments the first-asked's leads; with ``leader`` its head in person."""
    own = judged.inquiry.department
    for event in _joint(judged):
        if not judged.same(event.to.department, own, event.at):
            yield event.id, f"涉及多个部门，应由首问部门{own}牵头，不是{event.to.department}"
        elif (kind := judged.duty.leader) and not judged.leads(
            event.to.staff, kind, own, judged.day(event.at)
        ):
            yield event.id, f"涉及多个部门，应由{own}的{kind}牵头"


def joint_person(judged: Judged) -> Found:
    """Check that of several departments the first one names a person who sees it through.

    Passed on from one to the next it is as much a matter of several as when they work together.
    """
    joint = _joint(judged)
    for event in joint:
        if not event.to.staff:
            yield event.id, "涉及多个部门，没有确定专人（--to 部门/人员）"
    been: set[str] = set()
    for each in judged.passes:
        if each.returned or judged.same(each.to.department, judged.inquiry.department, each.event.at):
            continue
        been.add(judged.rules.office.successor(each.to.department, judged.day(each.event.at)))
        if len(been) > 1 and not (joint and joint[0].at <= each.event.at):
            yield each.event.id, f"先后转{len(been)}个部门，事先没有确定专人（--with 部门,… --to 部门/人员）"
            return


def joint_order(judged: Judged) -> Found:
    """Check that several departments work in the order that the inquirer was told (转办 --with)."""
    office = judged.rules.office
    for event in _joint(judged)[:1]:
        day = judged.day(event.at)
        order = [office.successor(d, day) for d in (event.to.department, *event.joint)]
        done = {office.successor(judged.inquiry.department, day), order[0]}
        for each in judged.passes:
            now = office.successor(each.to.department, day)
            if each.event.at <= event.at or now not in order:
                continue
            if skipped := [d for d in order[: order.index(now)] if d not in done]:
                yield each.event.id, f"先后顺序是{'、'.join(order)}，越过了{'、'.join(skipped)}"
            done.add(now)


def joint_report(judged: Judged) -> Found:
    """Check that a matter of several departments is put to the ``leader``."""
    for event in _joint(judged)[:1]:
        kind = judged.duty.leader or "分管领导"
        missing = (event.id, f"涉及多个部门，没有向{kind}汇报的记录（请示）")
        yield from judged.owed(
            event.at, judged.reported_to(kind), "涉及多个部门", f"向{kind}汇报", missing=missing,
            owed_from=event.id,
        )  # fmt: skip


def to_complained(judged: Judged) -> Found:
    """Check that a complaint is handed to the department complained of, where the regulation orders it.

    Never to one that the person complained of leads: of that nothing is asked.
    """
    q, office = judged.inquiry, judged.rules.office
    day = judged.day(q.received)
    led = concern(office, q.about, day).units
    wanted = {d for one in q.about for d in office.units_of(one, day)} - led
    had = [(q.department, Done(q.received, ""))]
    had += [(d, Done(e.at, e.id)) for e in judged.handoffs for d in (e.to.department, *e.joint)]
    reached = min((done for d, done in had if judged.among(d, wanted, done.at)), default=None)
    last, where = judged.next_close(q.received), f"被投诉的部门（{'、'.join(sorted(wanted))}）"
    if wanted:
        missing = ("", f"投诉没有转给{where}") if judged.state.closes or judged.now > last else None
        yield from judged.owed(
            q.received, reached, "投诉", f"转给{where}", missing=missing, due=last, spare=0
        )  # fmt: skip


def route_to(judged: Judged) -> Found:
    """Check that such inquiries go to one of ``departments``, or else to the coordinating office.

    To ask that office's head, who then names a department, is as good as handing it over.
    """
    office = judged.rules.office
    right = judged.duty.departments or tuple(filter(None, (office.config.office,)))
    been = [(judged.inquiry.department, Done(judged.inquiry.received, ""))]
    been += [(p.to.department, Done(p.event.at, p.event.id)) for p in judged.passes]
    reached = [done for d, done in been if judged.among(d, right, done.at)]
    reached += [
        Done(e.at, e.id)
        for e in judged.state.of(Escalate)
        if any(e.to == judged.leader("负责人", place, judged.day(e.at)) for place in right)
    ]
    due = judged.passes or judged.state.closes or not judged.at_once
    if right and due:
        event, where = judged.passes[0].event.id if judged.passes else "", "或".join(right)
        yield from judged.owed_at_intake(
            min(reached, default=None),
            f"应转{where}办理",
            "转去或与其联系",
            (event, f"应转{where}办理，或与其联系"),
        )


def by_table(judged: Judged) -> Found:
    """Check that every handoff, and what nobody hands on, goes where the regulation's routing table says."""
    day = judged.day(judged.inquiry.received)
    routes = table_routes(judged.rules.policy, judged.inquiry.category, judged.inquiry.case_closed, day)
    office = judged.rules.office
    right = [r.department for r in routes]
    if not right:
        return
    if judged.among(judged.inquiry.department, right, judged.inquiry.received):
        return
    shown = [office.called(k, day) for name in right for k in places(office, name, day)] or right
    before, reached = f"按分工应转{'或'.join(shown)}", None
    for each in judged.passes:
        if judged.among(each.to.department, right, each.event.at):
            reached = done_by(each.event)
            break
        if not each.returned:
            yield each.event.id, f"{before}，转给了{each.to.department}"
            return
    if not judged.at_once:
        yield from judged.owed_at_intake(reached, before, "转去", ("", f"{before}，没有转去"))


def designated(judged: Judged) -> Found:
    """Check that for what is nobody's plain duty a leader names the department."""
    if not judged.at_once:
        named = next((p.event for p in judged.state.passes if p.designated), None)
        missing = ("", "职责不明确，没有领导指定承办部门的记录（批示 --designate）")
        yield from judged.owed_at_intake(done_by(named), "职责不明确", "由领导指定承办部门", missing)


def tracking(judged: Judged) -> Found:
    """Check that the first-asked (or one of ``departments``) follows what was passed on and taken over."""
    first, office = judged.inquiry.first_responder, judged.rules.office
    bound = judged.duty.departments

    def follows(event: Event) -> bool:
        if not bound:
            return bool(first) and event.by == first
        units = office.units_of(event.by, judged.day(event.at))
        return any(judged.among(unit, bound, event.at) for unit in units)

    for each in judged.state.passes:
        own = (
            judged.among(each.sender.department, bound, each.event.at)
            if bound
            else each.sender.staff == first and first
        )
        if own and each.accepted:
            since = each.accepted.at
            later = next((e for e in judged.state.events if follows(e) and e.at > since), None)
            end = judged.state.closes[0].at if judged.state.closes else judged.now
            who = "、".join(bound) or "首问责任人"
            missing = (each.event.id, f"转出后{who}没有跟踪的记录（记事、催办或反馈）")
            yield from judged.owed(
                since, done_by(later), "转出后", f"由{who}跟踪", owed_from=each.event.id,
                missing=missing if judged.day(end) > judged.day(since) else None,
            )  # fmt: skip
            return


def passed_around(judged: Judged) -> Found:
    """Check that a matter is not handed back and forth: fewer than so many ``times`` back to who had it before.

    Sent back counts, and so does a handoff to a department that has had it; a slip does not, nor
    what a leader designates. Three times where the regulation does not say.
    """
    times, counted = judged.duty.times or 3, {e.id for e in judged.handoffs}
    office, back = judged.rules.office, 0
    been = {office.successor(judged.inquiry.department, judged.day(judged.inquiry.received))}
    for each in judged.state.passes:
        to = office.successor(each.to.department, judged.day(each.event.at))
        moves = [each.event.id] if to in been else []
        moves += [each.returned.id] if each.returned else []
        been.add(to)
        for event in moves if each.event.id in counted else []:
            back += 1
            if back == times:
                yield event, f"已经{back}次回到经手过的部门"


def contact_choice(judged: Judged) -> Found:
    """Check that the inquirer chooses whether to make contact himself or have it made for him.

    Asked when the first-asked passes it on; colleagues who pass it on among themselves ask nobody.
    """
    for event in judged.handoffs:
        if not event.contact_by and event.by == judged.inquiry.first_responder:
            yield event.id, "没有记下由谁联系（--contact-by 自行联系 或 代为联系）"
