"""Which keys a place in a settings file may have, and what people call them in Chinese."""

import types
import typing
from difflib import get_close_matches
from typing import Any

# What people write as a key, and the key that is meant where the place has it.
_CALLED = {
    "name": ("姓名", "名字", "名称", "单位", "单位名称"), "department": ("部门", "科室", "所属部门", "所在部门"),
    "title": ("职务", "职称", "岗位"), "rank": ("级别", "职级", "排序"), "joined": ("入职", "入职日期", "参加工作"),
    "phone": ("电话", "手机", "联系电话", "办公电话"), "email": ("邮箱", "邮件", "电子邮箱"), "scale": ("编制", "身份"),
    "evaluated": ("参加考核", "考核"), "from": ("起", "开始", "任职日期"), "until": ("止", "离任", "离任日期", "截止"),
    "leader": ("负责人", "科长", "主任", "领导"), "deputy": ("副职", "代理人", "副科长"), "place": ("地点", "地址", "办公地点"),
    "departments": ("部门表", "部门", "科室"), "staff": ("人员", "人员表", "职工"), "contact": ("联系人", "承办人"),
    "words": ("关键词", "词"), "materials": ("材料", "所需材料"), "workdays": ("工作日", "时限", "办理时限"),
    "policy": ("制度",), "timezone": ("时区",), "hours": ("上班时间", "办公时间", "小时"), "supervision_phone": ("监督电话",),
    "leaders": ("领导", "负责人"), "basis": ("依据",), "procedure": ("程序", "流程"), "fee": ("费用", "收费"),
    "channel": ("渠道", "来源"), "category": ("类别", "类型"), "subject": ("事由", "主题", "标题"), "detail": ("详情", "内容"),
    "inquirer": ("服务对象", "来访人", "来电人"), "agent": ("代理人",), "scope": ("范围", "职责范围"), "matter": ("事项",),
    "urgency": ("紧要程度", "紧急程度"), "received": ("受理时间", "受理日期"), "promised": ("承诺", "承诺时间"), "about": ("被反映人",),
    "first_responder": ("首问责任人", "首问"), "confidential": ("保密",), "events": ("经过",), "organisation": ("单位", "工作单位"),
    "anonymous": ("匿名",), "at": ("时间",), "by": ("经办人", "谁"), "do": ("动作", "做什么"), "reason": ("理由", "原因"),
    "text": ("内容", "说明"), "to": ("转给",), "mode": ("方式",), "outcome": ("结果",), "result": ("办理结果", "答复"),
    "year": ("年", "年份"), "off": ("放假", "休息"), "work": ("补班", "调休上班", "上班"), "source": ("来源", "文件"),
    "id": ("编号",), "document": ("来源", "文号", "文件"), "extends": ("底本", "依照"), "articles": ("条款", "条文"),
    "limits": ("时限", "期限"), "duties": ("职责",), "violations": ("违反", "违规"), "article": ("条款", "依据"),
    "measures": ("措施",), "thresholds": ("累计",), "days": ("天", "天数"), "channels": ("渠道",),
    "aliases": ("别名", "简称"), "posts": ("任职", "职务"), "away": ("离岗", "请假"), "formerly": ("曾用名", "原名"),
}  # fmt: skip
_SHOWN = 14  # keys of a place that are told one by one


def keys_at(kind: Any, steps: tuple[Any, ...]) -> list[str]:
    """Return the keys of the struct found at ``steps`` below ``kind``; [] where any key may stand."""
    for step in steps:
        kind = _below(kind, step)
    struct = _struct(kind)
    return list(struct.__struct_encode_fields__) if struct else []


def words_at(kind: Any, steps: tuple[Any, ...]) -> list[str]:
    """Return the words of which one may stand at ``steps`` below ``kind``; [] where any may."""
    for step in steps:
        kind = _below(kind, step)
    parts = [kind, *typing.get_args(kind)]
    literals = (part for part in parts if typing.get_origin(part) is typing.Literal)
    words = (word for part in literals for word in typing.get_args(part))
    return [word for word in words if isinstance(word, str) and word]


def hint_for(name: str, keys: list[str]) -> str:
    """Return how to mend a key that a place does not have: the one meant, those near it, or all there are."""
    meant = [key for key in keys if name.strip() in _CALLED.get(key, ())]
    if meant:
        return f"写 {meant[0]}；可用的键：{'、'.join(keys[:_SHOWN])}"
    if near := get_close_matches(name, keys, 3, 0.5):
        return f"相近的键：{'、'.join(near)}"
    return f"可用的键：{'、'.join(keys)}" if keys else ""


def _struct(kind: Any) -> Any:
    """Return the struct that a type is or allows; None for any other."""
    if hasattr(kind, "__struct_fields__"):
        return kind
    union = typing.get_origin(kind) in (typing.Union, types.UnionType)
    parts = typing.get_args(kind) if union else ()
    return next((part for part in parts if hasattr(part, "__struct_fields__")), None)


def _below(kind: Any, step: Any) -> Any:
    """Return the type of what stands under a key (or, for a number, of an item)."""
    if struct := _struct(kind):
        names = dict(zip(struct.__struct_encode_fields__, struct.__struct_fields__, strict=True))
        if struct is kind or isinstance(step, str) and step in names:
            return typing.get_type_hints(struct).get(names.get(step, ""), Any)
    for part in (kind, *typing.get_args(kind)):
        arguments = typing.get_args(part)
        origin = typing.get_origin(part)
        if origin is dict and isinstance(step, str) or origin in (tuple, list) and isinstance(step, int):
            return arguments[1] if origin is dict else arguments[0]
    return Any
