"""Duties of a regulation, judged on a record: what is missing, under which article.

One function per duty, of the same name as the duty's key in the regulation; it yields
(event id or '', what is wrong). ``DUTIES`` is the closed list: title in reports, function, and
which keys of ``policy.Duty`` it understands beside the conditions that all share. Conduct that
no record shows (tone, gestures) is not here: people report it under its article.
"""

from collections.abc import Callable

from msgspec import Struct

from shouwen.core.duties import at_intake, doing_nothing, handoff, informing, upward
from shouwen.core.duties.context import Found

REGISTERED = ("姓名", "电话", "单位", "内容", "详细", "要求", "期限", "事项", "被反映人", "紧要程度")
REASONS = ("理由", "依据", "签字领导", "告知", "说明")
CONTACT = ("姓名", "电话", "地点")
FORMS = (
    "回执单",
    "受理登记表",
    "交接表",
    "部门协调工单",
    "提供材料一览表",
    "否定报备表",
    "督办单",
    "收件回执",
    "立卷审批表",
)


class DutyKind(Struct, frozen=True):
    """A duty that regulations may lay down.

    ``accused``: its breach is that of those complained of. ``look``: what is found is something to
    look at, and by itself no lead. ``words`` are what its ``items`` may name; empty is any.
    ``required`` are the keys without which it finds nothing, or everything.
    """

    title: str
    find: Callable[..., Found] | None
    keys: tuple[str, ...] = ()
    accused: bool = False
    look: bool = False
    words: tuple[str, ...] = ()
    required: tuple[str, ...] = ()


DUTIES = {
    # at intake
    "register": DutyKind(
        "登记", at_intake.register, ("items", "exempt"), words=REGISTERED, required=("items",)
    ),
    "task_deadline": DutyKind("交办限期", at_intake.task_deadline),
    "complaint": DutyKind("引起投诉", at_intake.complaint, accused=True),
    "task_from": DutyKind("交办领导", at_intake.task_from),
    "promise_kept": DutyKind("承诺期限", at_intake.promise_kept),
    "finder_traces": DutyKind("发现者查询", at_intake.finder_traces),
    # passing on
    "sent_away": DutyKind(
        "打发走",
        doing_nothing.sent_away,
        ("phrases", "unless", "items", "exempt"),
        words=("部门", "地点", "电话", "联系方式", "理由"),
    ),
    "until_received": DutyKind("直到有人接待", doing_nothing.until_received),
    "escort": DutyKind("引领", handoff.escort, ("modes", "exempt"), required=("modes",)),
    "contact_for": DutyKind("联系经办", handoff.contact_for, ("modes", "exempt"), required=("modes",)),
    "absent_contact": DutyKind(
        "无人告知", handoff.absent_contact, ("items",), words=CONTACT, required=("items",)
    ),
    "absence_told": DutyKind("无人说明", handoff.absence_told),
    "absence_record": DutyKind(
        "代为记录", handoff.absence_record, ("items",), words=REGISTERED, required=("items",)
    ),
    "handoff_person": DutyKind("交接到人", handoff.handoff_person),
    "handoff_words": DutyKind(
        "转办说明", handoff.handoff_words, ("items", "modes"), words=("理由", *CONTACT), required=("items",)
    ),
    "handoff_approval": DutyKind(
        "移交批准",
        handoff.handoff_approval,
        ("leader", "modes", "departments", "items"),
        words=("承办",),
    ),
    "handoff_form": DutyKind("工作交接", handoff.handoff_form, ("items",), words=FORMS, required=("items",)),
    "joint_lead": DutyKind("牵头", handoff.joint_lead, ("leader",)),
    "joint_person": DutyKind("专人", handoff.joint_person),
    "joint_order": DutyKind("先后顺序", handoff.joint_order),
    "joint_report": DutyKind("汇报", handoff.joint_report, ("leader",)),
    "route_to": DutyKind("归口", handoff.route_to, ("departments",)),
    "report_to": DutyKind("举报转办", handoff.route_to, ("departments",)),
    "to_complained": DutyKind("转被投诉部门", handoff.to_complained),
    "by_table": DutyKind("分流", handoff.by_table),
    "designated": DutyKind("指定承办", handoff.designated),
    "tracking": DutyKind("跟踪", handoff.tracking, ("departments",)),
    "contact_choice": DutyKind("联系选择", handoff.contact_choice),
    "passed_around": DutyKind("来回转办", handoff.passed_around, ("times",)),
    # telling
    "answer": DutyKind("首问必答", doing_nothing.answer),
    "explain_delay": DutyKind("说明并请示", upward.explain_delay, ("items",), words=("说明", "请示")),
    "settle_once": DutyKind("一次办结", informing.settle_once),
    "tell_deadline": DutyKind("告知期限", informing.tell_deadline),
    "another_time": DutyKind("另约时间", informing.another_time),
    "explain_refusal": DutyKind(
        "解释说明", informing.explain_refusal, ("outcomes", "items"), words=REASONS, required=("outcomes",)
    ),
    "refusal_grounds": DutyKind(
        "拒绝理由",
        informing.refusal_grounds,
        ("outcomes", "phrases", "unless"),
        required=("outcomes", "phrases"),
    ),
    "refusal_report": DutyKind(
        "否定报备",
        informing.refusal_report,
        ("outcomes", "items", "leader"),
        words=REASONS,
        required=("outcomes",),
    ),
    "elsewhere": DutyKind(
        "告知去处",
        informing.elsewhere,
        ("outcomes", "items"),
        words=("单位", "地点", "电话"),
        required=("outcomes",),
    ),
    "follow_up": DutyKind("事后联系", informing.follow_up, ("outcomes",), required=("outcomes",)),
    "tell_result": DutyKind("告知结果", informing.tell_result, ("exempt",)),
    "one_notice": DutyKind(
        "一次告知", informing.one_notice, ("items",), words=("材料", "程序", "时限", "收费", "依据", "书面")
    ),
    "notice_form": DutyKind(
        "出具一览表", informing.notice_form, ("items",), words=FORMS, required=("items",)
    ),
    "receipt": DutyKind("出具回执", informing.receipt, ("items",), words=FORMS, required=("items",)),
    "material_receipt": DutyKind(
        "收件回执", informing.material_receipt, ("items",), words=FORMS, required=("items",)
    ),
    "consulted": DutyKind("咨询告知", informing.consulted),
    "confirm": DutyKind("反馈确认", informing.confirm),
    "forbidden_words": DutyKind(
        "禁用语",
        informing.forbidden_words,
        ("phrases", "variants", "unless"),
        look=True,
        required=("phrases",),
    ),
    # going up
    "complex_up": DutyKind("复杂事项", upward.complex_up, ("leader",)),
    "unclear": DutyKind("不明请示", upward.unclear, ("items",), words=("转办", "请示")),
    "urgent_up": DutyKind("紧急事项", upward.urgent_up),
    "dissatisfied_up": DutyKind("不满意上报", upward.dissatisfied_up, ("items",), words=("差评", "异议")),
    "urged_up": DutyKind("催办升级", upward.urged_up, ("times", "leader")),
    "superior": DutyKind("报上级", upward.superior, ("outcomes",)),
    # read elsewhere: what a call-back may omit, what intake must be told
    "callback": DutyKind("回访", None, ("exempt", "departments")),
    "state_received": DutyKind("首次接待时间", None),
}
# Those with a time until which they are to be done: done after it they are found as late.
TIMED = frozenset({
    "register", "task_deadline", "finder_traces", "sent_away", "until_received", "absence_told",
    "handoff_person", "handoff_form", "joint_report", "route_to", "report_to", "to_complained", "by_table",
    "designated", "tracking", "answer", "explain_delay", "settle_once", "tell_deadline", "another_time",
    "follow_up", "tell_result", "notice_form", "receipt", "material_receipt", "confirm", "complex_up",
    "unclear", "urgent_up", "dissatisfied_up", "urged_up", "superior",
})  # fmt: skip
