"""What stands on each single form: its rows of boxes, from the record and the office.

A box whose value the record does not have stays empty, with room to write in. Every function
takes the rules, the state, and the event that the form is about (None where there is none
yet), and gives rows of one box (the full width) or two.
"""

from datetime import datetime

from shouwen.core.deadlines.clock import main_clock
from shouwen.core.deadlines.clock_table import clocks
from shouwen.core.inquiry.events import (
    Accept,
    Callback,
    Close,
    Contact,
    Event,
    GiveBack,
    Handoff,
    Instruct,
    Notify,
    Progress,
    Receive,
    Reopen,
    Return,
    Supervise,
    Suspend,
    Target,
    act_of,
)
from shouwen.core.inquiry.lifecycle import State, replay
from shouwen.core.office.powers import word_of
from shouwen.core.office.responsibility import degrees
from shouwen.core.rulebook import Rules
from shouwen.render.forms.layout import (
    DATE,
    SIGNED,
    Box,
    Rows,
    day_of,
    first_asked,
    inquirer,
    matter,
    person,
    phone,
    place,
    promised,
    who,
    written,
)


def receipt(rules: Rules, state: State, event: Event | None, now: datetime) -> Rows:
    """Fill in 回执单: whom to ask, until when, where to complain."""
    q = state.inquiry
    to = state.passes[-1].to if state.pending else state.holder
    return (
        *inquirer(state),
        (Box("受理时间", written(q.received, rules)), Box("业务类型", q.category)),
        (Box("事项内容", q.subject, 2),),
        (Box("收到材料\n（名称份数）", lines=2),),
        (Box("承诺办理或\n答复时间", promised(rules, state, now)),),
        first_asked(rules, state),
        (Box("所在部门", q.department), Box("办公地点", place(rules, q.department))),
        (Box("承办部门\n和承办人", who(rules, to)),
         Box("联系电话", phone(rules, to.department, to.staff))),
        (Box("监督投诉电话", rules.office.config.supervision_phone),),
        (Box("首问责任人\n签名", lines=2, foot=DATE), Box("服务对象\n签收", lines=2, foot=DATE)),
    )  # fmt: skip


def _steps(rules: Rules, state: State) -> str:
    """Return what was done with it, a line a step."""
    lines = []
    for e in state.events:
        if isinstance(e, Handoff):
            said = f"转{who(rules, e.to)}（{e.mode}）" + (f"，{e.reason}" if e.reason else "")
        elif isinstance(e, Instruct):
            named = f"，指定{who(rules, e.designate)}承办" if e.designate else ""
            said = f"{rules.office.name(word_of(e))}批示：{e.text}{named}"
        elif isinstance(e, Notify):
            said = f"一次性告知补正：{'、'.join(e.material)}"
        elif isinstance(e, Return | Suspend | Reopen):
            said = f"{act_of(type(e))}：{e.reason}"
        elif isinstance(e, Accept):
            said = f"{rules.office.name(e.by)}签收"
        elif isinstance(e, Close):
            said = f"办结（{e.outcome}）：{e.result}"
        else:
            continue
        lines.append(f"{written(e.at, rules)}　{said}")
    return "\n".join(lines)


def registration(rules: Rules, state: State, event: Event | None, now: datetime) -> Rows:
    """Fill in 受理登记表: who came with what, when, and what was done with it."""
    q = state.inquiry
    leader = rules.office.leader(q.department, q.received.astimezone(rules.calendar.zone).date())
    return (
        (Box("受理时间", written(q.received, rules)), Box("受理方式", q.channel)),
        *inquirer(state),
        (Box("业务类型", q.category), Box("紧要程度", q.urgency)),
        (Box("办理事项", q.matter), Box("职责范围", q.scope)),
        (Box("事项内容", matter(state), 4),),
        (Box("收到材料\n（名称份数）", lines=2),),
        first_asked(rules, state),
        *(((Box("首问责任人\n认定", q.first_reason),),) if q.first_reason else ()),
        *((Box(title, person(rules, staff, q.received)),) for title, staff in degrees(rules, state)),
        (Box("承诺时间", promised(rules, state, now)), Box("登记人", person(rules, q.recorded_by or q.first_responder, q.received))),
        (Box("处理情况", _steps(rules, state), 5),),
        (Box("首问责任人\n签名", lines=2, foot=DATE),
         Box("部门负责人\n签名", person(rules, leader, q.received), lines=2, foot=DATE)),
    )  # fmt: skip


def _given_word(rules: Rules, state: State, event: Event) -> str:
    """Return what the inquirer heard of a handoff: by which way, whom to ask, what was said."""
    contact = getattr(event, "contact", Contact())
    said = next((e for e in state.of(Progress) if e.at >= event.at), None)
    whom = " ".join(filter(None, (contact.name, contact.phone, contact.place)))
    lines = (
        f"方式：{getattr(event, 'mode', '领导指定')}",
        whom and f"联系人：{whom}",
        said and f"{written(said.at, rules)}　{said.text}",
    )
    return "\n".join(line for line in lines if line)


def handoff(rules: Rules, state: State, event: Event | None, now: datetime) -> Rows:
    """Fill in 交接表: from whom to whom, why, with what, and who took it."""
    then = event.at if event else now
    q = state.inquiry
    passed = next((p for p in state.passes if p.event == event), None)
    sender = passed.sender if passed else state.holder
    to = passed.to if passed else Target("")
    accepted, returned = (passed.accepted, passed.returned) if passed else (None, None)
    reason = getattr(event, "reason", "") or getattr(event, "text", "")
    approver = getattr(event, "approved_by", "") or (word_of(event) if isinstance(event, Instruct) else "")
    return (
        *inquirer(state),
        (Box("移交部门", sender.department), Box("移交人", person(rules, sender.staff, then))),
        (Box("接收部门", to.department), Box("接收人", person(rules, accepted.by if accepted else to.staff, then))),
        (Box("移交时间", written(event.at if event else None, rules)),
         Box("签收时间", written(accepted.at if accepted else None, rules))),
        (Box("移交原因", reason, 2),),
        (Box("移交事项", matter(state), 4),),
        (Box("移交材料\n（名称份数）", lines=3),),
        (Box("告知服务\n对象情况", _given_word(rules, state, event) if event else "", 2),),
        *(((Box("退回情况", f"{written(returned.at, rules)}　{returned.reason}"),),) if returned else ()),
        (Box("首问责任人", first_asked(rules, state)[0].value), Box("受理时间", written(q.received, rules))),
        (Box("领导审批\n意见", f"批准人：{person(rules, approver, then)}" if approver else "", 3, SIGNED),),
        (Box("移交人签名", lines=2, foot=DATE), Box("接收人签名", lines=2, foot=DATE)),
    )  # fmt: skip


def file_opening(rules: Rules, state: State, event: Handoff | None, now: datetime) -> Rows:
    """Fill in 立卷审批表: what the visitor asks to have reviewed, why a file is opened, who approves."""
    then = event.at if event else now
    q = state.inquiry
    closed = q.case_closed
    reason = event.reason if event else ""
    approver = event.approved_by if event else ""
    return (
        *inquirer(state, "来访人"),
        (Box("来访时间", written(q.received, rules)), Box("问题类型", q.category)),
        (Box("原案办结日期", str(closed or "")), Box("接待人", first_asked(rules, state)[0].value)),
        (Box("反映的问题", matter(state), 4),),
        (Box("立卷理由", reason, 4),),
        (Box("拟转部门", event.to.department if event else ""), Box("承办人", person(rules, event.to.staff if event else "", then))),
        (Box("庭长审批\n意见", f"批准人：{person(rules, approver, then)}" if approver else "", 4, SIGNED),),
        (Box("调卷情况", lines=2), Box("内勤签名", lines=2, foot=DATE)),
    )  # fmt: skip


def coordination(rules: Rules, state: State, event: Handoff | None, now: datetime) -> Rows:
    """Fill in 部门协调工单: what a customer wants, of whom, who was not there, until when."""
    then = event.at if event else now
    q = state.inquiry
    to = event.to if event else Target("")
    away = event.absent if event else ""
    done = state.closes[-1] if state.closes else None
    call = next(reversed(state.of(Callback)), None)
    rating = "，".join(filter(None, (call.rating, call.comment))) if call else ""
    return (
        *inquirer(state, "客户姓名"),
        (Box("受理时间", written(q.received, rules)), Box("受理方式", q.channel)),
        (Box("紧要程度", q.urgency), Box("答复期限", promised(rules, state, now))),
        (Box("拟办事项", matter(state), 4),),
        first_asked(rules, state),
        (Box("转往部门", to.department), Box("承办人", person(rules, to.staff, then))),
        (Box("不在岗人员", (person(rules, to.staff, then) or event.contact.name) if event and away else ""),
         Box("不在岗原因", away)),
        (Box("协办部门\n（按先后）", " → ".join(event.joint) if event else ""),),
        (Box("转办原因", event.reason if event else "", 2),),
        (Box("办理结果", f"{done.outcome}：{done.result}" if done else "", 4),),
        (Box("告知客户\n时间", written(done.told if done else None, rules)), Box("回访情况", rating)),
        (Box("首问责任人\n签名", lines=2, foot=DATE), Box("承办部门\n负责人签名", lines=2, foot=DATE)),
    )  # fmt: skip


def materials(rules: Rules, state: State, event: Notify | None, now: datetime) -> Rows:
    """Fill in 提供材料一览表: the five things told at once; what the notice left out, from matters.yaml."""
    then = event.at if event else now
    q = state.inquiry
    known = rules.office.matters.get(q.matter)
    listed = (event.material if event else ()) or (known.materials if known else ())
    limit = f"{known.workdays}个工作日" if known and known.workdays else ""

    def noticed(field: str, otherwise: str) -> str:
        return (getattr(event, field) if event else "") or otherwise

    by = event.by if event else ""
    own = (event and rules.office.department_of(by, day_of(event.at, rules))) or state.holder.department
    return (
        (Box("咨询事项", q.matter or q.subject),),
        *inquirer(state),
        (Box("需提供的\n材料", "\n".join(f"{n}. {name}" for n, name in enumerate(listed, 1)), 6),),
        (Box("办理程序", noticed("procedure", known.procedure if known else ""), 3),),
        (Box("承诺时限", noticed("limit", limit)),),
        (Box("收费标准", noticed("fee", known.fee if known else "")),),
        (Box("办事依据", noticed("basis", known.basis if known else ""), 2),),
        (Box("告知人", person(rules, by, then)), Box("联系电话", phone(rules, own, by))),
        (Box("办理部门", own), Box("办公地点", place(rules, own))),
        (Box("告知时间", written(event.at if event else None, rules)), Box("监督投诉电话", rules.office.config.supervision_phone)),
        (Box("告知人签名", lines=2, foot=DATE), Box("服务对象\n签收", lines=2, foot=DATE)),
    )  # fmt: skip


def papers(rules: Rules, state: State, event: Receive | None, now: datetime) -> Rows:
    """Fill in 收件回执: which papers were taken in, by whom, and which were given back."""
    then = event.at if event else now
    by = event.by if event else ""
    own = (by and rules.office.department_of(by, day_of(then, rules))) or state.holder.department
    back = [f"{written(e.at, rules)}　{'、'.join(e.material)}　{e.text}" for e in state.of(GiveBack)]
    return (
        *inquirer(state),
        (Box("办理事项", state.inquiry.matter or state.inquiry.subject),),
        (Box("收到材料\n（名称份数）", "\n".join(f"{n}. {each}" for n, each in enumerate(event.material if event else (), 1)), 6),),
        (Box("说明", event.text if event else "", 2),),
        (Box("退还情况", "\n".join(back), 2),),
        (Box("收件人", person(rules, by, then)), Box("联系电话", phone(rules, own, by))),
        (Box("收件部门", own), Box("收件时间", written(event.at if event else None, rules))),
        (Box("收件人签名", lines=2, foot=DATE), Box("服务对象\n签名", lines=2, foot=DATE)),
    )  # fmt: skip


def refusal(rules: Rules, state: State, event: Close | None, now: datetime) -> Rows:
    """Fill in 否定报备表: facts, reason and legal basis, before the leader who signs."""
    then = event.at if event else now
    handler = state.holder if not event else state.holder_at(event.at)
    day = day_of(then, rules)
    missing = [name for e in state.of(Notify) for name in e.material]
    signer = event.signed_by if event else ""
    return (
        (Box("经办人", rules.office.name(handler.staff)), Box("职务", rules.office.title_of(handler.staff, day))),
        (Box("经办部门", handler.department), Box("受理时间", written(state.inquiry.received, rules))),
        *inquirer(state),
        (Box("地址"),),
        (Box("申请事项", state.inquiry.subject),),
        (Box("基本事实", state.inquiry.detail, 3),),
        (Box("不予办理\n理由", event.reason if event else "", 3),),
        (Box("法律政策\n依据", event.basis if event else "", 3),),
        (Box("需补充\n的材料", "、".join(dict.fromkeys(missing)), 2),),
        (Box("主管领导\n意见", f"签字领导：{person(rules, signer, then)}" if signer else "", 3, SIGNED),),
        (Box("经办人签名", lines=2, foot=DATE), Box("服务对象\n签收", lines=2, foot=DATE)),
    )  # fmt: skip


def supervision(rules: Rules, state: State, event: Supervise | None, now: datetime) -> Rows:
    """Fill in 督办单: who must answer what until when, how late it was when the notice went out."""
    q, at = state.inquiry, event.at if event else now
    then = replay(q, until=at)
    main = main_clock(clocks(rules, then, at))
    overdue = ""
    if main and main.due:
        overdue = "未超期" if not main.late else "不足1个工作日"
        overdue = f"{main.overdue_workdays}个工作日" if main.overdue_workdays else overdue
    whose = then.holder
    above = rules.office.in_charge(whose.department, at.astimezone(rules.calendar.zone).date())
    copy_to = above if event and above != event.by else ""
    answers = [e for e in state.events if event and isinstance(e, Progress | Close) and e.at >= at]
    answer = answers[0] if answers else None
    words = answer and (answer.text if isinstance(answer, Progress) else f"{answer.outcome}：{answer.result}")
    return (
        (Box("被督办部门", whose.department), Box("承办人", person(rules, whose.staff, at))),
        (Box("受理时间", written(q.received, rules)), Box("办理期限", written(main.due if main else None, rules))),
        (Box("超期情况", overdue), Box("督办时间", written(event.at if event else None, rules))),
        (Box("督办事项", matter(state), 3),),
        (Box("督办要求", event.text if event else "", 3),),
        (Box("答复期限", written(event.due if event else None, rules)), Box("督办人", person(rules, event.by, at) if event else "")),
        (Box("抄送", person(rules, copy_to, at)),),
        (Box("办理情况\n回复", f"{written(answer.at, rules)}　{words}" if answer else "", 6,
             f"承办人{SIGNED}"),),
        (Box("督办人签名", lines=2, foot=DATE), Box("被督办人\n签收", lines=2, foot=DATE)),
    )  # fmt: skip
