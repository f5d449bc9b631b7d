"""Duties of a regulation, held against a record: what is missing, under which article.

One function per duty, of the same name as the duty's key in the regulation; it yields
(event id or '', what is wrong). ``DUTIES`` is the closed list: title in reports, function, and
which keys of ``policy.Duty`` it understands beside the conditions that all share. Conduct that
no record shows (tone, gestures) is not here: people report it under its article.
"""

from collections.abc import Callable, Iterator

from msgspec import Struct

from shouwen.core.duties import at_intake, handoff, informing, upward


class Kind(Struct, frozen=True):
    """A duty that regulations may lay down; ``accused``: its breach is that of those complained of."""

    title: str
    find: Callable[..., Iterator[tuple[str, str]]] | None
    keys: tuple[str, ...] = ()
    accused: bool = False


DUTIES = {
    # at intake
    "register": Kind("登记", at_intake.register, ("items", "exempt")),
    "task_deadline": Kind("交办限期", at_intake.task_deadline),
    "complaint": Kind("引起投诉", at_intake.complaint, accused=True),
    "finder_traces": Kind("发现者查询", at_intake.finder_traces),
    # passing on
    "escort": Kind("引领", handoff.escort, ("modes", "exempt")),
    "contact_for": Kind("联系经办", handoff.contact_for, ("modes", "exempt")),
    "absent_contact": Kind("无人告知", handoff.absent_contact, ("items",)),
    "absence_told": Kind("无人说明", handoff.absence_told),
    "absence_record": Kind("代为记录", handoff.absence_record, ("items",)),
    "handoff_person": Kind("交接到人", handoff.handoff_person),
    "handoff_words": Kind("转办说明", handoff.handoff_words, ("items", "modes")),
    "handoff_approval": Kind("移交批准", handoff.handoff_approval, ("leader", "modes")),
    "handoff_form": Kind("工作交接", handoff.handoff_form, ("items",)),
    "joint_lead": Kind("牵头", handoff.joint_lead, ("leader",)),
    "joint_person": Kind("专人", handoff.joint_person),
    "joint_order": Kind("先后顺序", handoff.joint_order),
    "joint_report": Kind("汇报", handoff.joint_report, ("leader",)),
    "route_to": Kind("归口", handoff.route_to, ("departments",)),
    "report_to": Kind("举报转办", handoff.route_to, ("departments",)),
    "by_table": Kind("分流", handoff.by_table),
    "designated": Kind("指定承办", handoff.designated),
    "tracking": Kind("跟踪", handoff.tracking),
    "contact_choice": Kind("联系选择", handoff.contact_choice),
    # telling
    "explain_delay": Kind("说明并请示", upward.explain_delay, ("items",)),
    "settle_once": Kind("一次办结", informing.settle_once),
    "tell_deadline": Kind("告知期限", informing.tell_deadline),
    "another_time": Kind("另约时间", informing.another_time),
    "explain_refusal": Kind("解释说明", informing.explain_refusal, ("outcomes", "items")),
    "refusal_grounds": Kind("拒绝理由", informing.refusal_grounds, ("outcomes", "phrases")),
    "refusal_report": Kind("否定报备", informing.refusal_report, ("outcomes", "items", "leader")),
    "follow_up": Kind("事后联系", informing.follow_up, ("outcomes",)),
    "tell_result": Kind("告知结果", informing.tell_result, ("exempt",)),
    "one_notice": Kind("一次告知", informing.one_notice, ("items",)),
    "notice_form": Kind("出具一览表", informing.notice_form, ("items",)),
    "receipt": Kind("出具回执", informing.receipt, ("items",)),
    "confirm": Kind("反馈确认", informing.confirm),
    "forbidden_words": Kind("禁用语", informing.forbidden_words, ("phrases",)),
    # going up
    "complex_up": Kind("复杂事项", upward.complex_up, ("leader",)),
    "unclear": Kind("不明请示", upward.unclear, ("items",)),
    "urgent_up": Kind("紧急事项", upward.urgent_up),
    "dissatisfied_up": Kind("不满意上报", upward.dissatisfied_up),
    "superior": Kind("报上级", upward.superior, ("outcomes",)),
    # read elsewhere: what a call-back may omit, what intake must be told
    "callback": Kind("回访", None, ("exempt", "departments")),
    "state_received": Kind("首次接待时间", None),
}
