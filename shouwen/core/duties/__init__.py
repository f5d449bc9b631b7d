"""Duties of a regulation, held against a record: what is missing, under which article.

One function per duty, of the same name as the duty's key in the regulation; it yields
(event id or '', what is wrong). ``DUTIES`` is the closed list: title in reports, function, and
which keys of ``policy.Duty`` it understands beside the conditions that all share. Conduct that
no record shows (tone, gestures) is not here: people report it under its article.
"""

from collections.abc import Callable

from msgspec import Struct

from shouwen.core.duties import passing, registering, telling


class Kind(Struct, frozen=True):
    """A duty that regulations may lay down; ``accused``: its breach is that of those complained of."""

    title: str
    find: Callable | None
    keys: tuple[str, ...] = ()
    accused: bool = False


DUTIES = {
    # at intake
    "register": Kind("登记", registering.register, ("items", "exempt")),
    "task_deadline": Kind("交办限期", registering.task_deadline),
    "complaint": Kind("引起投诉", registering.complaint, accused=True),
    "finder_traces": Kind("发现者查询", registering.finder_traces),
    # passing on
    "escort": Kind("引领", passing.escort, ("modes", "exempt")),
    "contact_for": Kind("联系经办", passing.contact_for, ("modes", "exempt")),
    "absent_contact": Kind("无人告知", passing.absent_contact, ("items",)),
    "absence_told": Kind("无人说明", passing.absence_told),
    "absence_record": Kind("代为记录", passing.absence_record, ("items",)),
    "handoff_person": Kind("交接到人", passing.handoff_person),
    "handoff_words": Kind("转办说明", passing.handoff_words, ("items", "modes")),
    "handoff_approval": Kind("移交批准", passing.handoff_approval, ("leader", "modes")),
    "handoff_form": Kind("工作交接", passing.handoff_form, ("items",)),
    "joint_lead": Kind("牵头", passing.joint_lead, ("leader",)),
    "joint_person": Kind("专人", passing.joint_person),
    "joint_order": Kind("先后顺序", passing.joint_order),
    "joint_report": Kind("汇报", passing.joint_report, ("leader",)),
    "route_to": Kind("归口", passing.route_to, ("departments",)),
    "report_to": Kind("举报转办", passing.route_to, ("departments",)),
    "by_table": Kind("分流", passing.by_table),
    "designated": Kind("指定承办", passing.designated),
    "tracking": Kind("跟踪", passing.tracking),
    "contact_choice": Kind("联系选择", passing.contact_choice),
    # telling
    "explain_delay": Kind("说明并请示", telling.explain_delay, ("items",)),
    "settle_once": Kind("一次办结", telling.settle_once),
    "tell_deadline": Kind("告知期限", telling.tell_deadline),
    "another_time": Kind("另约时间", telling.another_time),
    "explain_refusal": Kind("解释说明", telling.explain_refusal, ("outcomes", "items")),
    "refusal_grounds": Kind("拒绝理由", telling.refusal_grounds, ("outcomes", "phrases")),
    "refusal_report": Kind("否定报备", telling.refusal_report, ("outcomes", "items", "leader")),
    "follow_up": Kind("事后联系", telling.follow_up, ("outcomes",)),
    "tell_result": Kind("告知结果", telling.tell_result, ("exempt",)),
    "one_notice": Kind("一次告知", telling.one_notice, ("items",)),
    "notice_form": Kind("出具一览表", telling.notice_form, ("items",)),
    "receipt": Kind("出具回执", telling.receipt, ("items",)),
    "confirm": Kind("反馈确认", telling.confirm),
    "forbidden_words": Kind("禁用语", telling.forbidden_words, ("phrases",)),
    # going up
    "complex_up": Kind("复杂事项", telling.complex_up, ("leader",)),
    "unclear": Kind("不明请示", telling.unclear, ("items",)),
    "urgent_up": Kind("紧急事项", telling.urgent_up),
    "dissatisfied_up": Kind("不满意上报", telling.dissatisfied_up),
    "superior": Kind("报上级", telling.superior, ("outcomes",)),
    # read elsewhere: what a call-back may omit, what intake must be told
    "callback": Kind("回访", None, ("exempt", "departments")),
    "state_received": Kind("首次接待时间", None),
}
