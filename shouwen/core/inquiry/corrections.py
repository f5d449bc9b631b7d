"""Corrections (更正) of the header: which values may be put right, and the header with one put right."""

from datetime import datetime

from msgspec import ValidationError, convert, structs

from shouwen.core.errors import Refused, Usage
from shouwen.core.inquiry.events import Correct
from shouwen.core.inquiry.header import USUAL, Agent, Inquiry
from shouwen.core.vocabulary import half_width

# What may be put right, by what people call it: the first word is the one shown.
FIELDS: dict[str, tuple[str, ...]] = {
    "received": (
        "受理时间",
        "接待时间",
        "首次接待时间",
        "首次接待的时间",
        "登记时间",
        "来访时间",
        "来电时间",
    ),
    "channel": ("渠道", "来源", "受理方式"),
    "category": ("类别", "业务属性", "分类"),
    "subject": ("事由", "事项内容", "标题"),
    "detail": ("详细内容", "内容", "详情"),
    "scope": ("职责范围", "范围", "职责", "属谁的职责"),
    "matter": ("事项", "办理事项"),
    "urgency": ("紧要程度", "紧急程度", "程度"),
    "promised": ("承诺时间", "承诺"),
    "confidential": ("保密", "需要保密", "另存"),
    "inquirer.name": ("姓名", "服务对象姓名", "服务对象", "name"),
    "inquirer.phone": ("电话", "联系电话", "联系方式", "手机", "服务对象电话", "phone"),
    "inquirer.organisation": ("单位", "服务对象单位", "工作单位", "organisation"),
    "about": ("被反映人", "被反映的人"),
    "agent.name": ("代理人", "代理人姓名", "agent"),
    "agent.phone": ("代理人电话",),
    "agent.relation": ("代理人关系", "与服务对象的关系", "关系"),
    "agent.staff": ("代理人编号", "代理人是本单位的"),
}
CORRECTABLE = tuple(FIELDS)
YES = "是"  # the one value of 保密
LABELS = {name: words[0] for name, words in FIELDS.items()}
_MEANT = {word: name for name, words in FIELDS.items() for word in (name, *words)}


def field_of(text: str) -> str:
    """Return the name of the field that a Chinese or English word means.

    Raises:
        Refused: there is such a field, and it is never corrected.
        Usage: there is none.
    """
    said = half_width(text).strip().lower()
    if said in _MEANT:
        return _MEANT[said]
    fitting = {name for word, name in _MEANT.items() if said and word.startswith(said)}
    if len(fitting) == 1:
        return fitting.pop()
    unchanging = said in Inquiry.__struct_fields__ or said.startswith(("inquirer.", "agent."))
    raise (Refused if unchanging else Usage)(f"“{text}”不能更正；可更正：{'、'.join(LABELS.values())}")


def corrected(inquiry: Inquiry, event: Correct) -> Inquiry:
    """Return the header with one value put right; ValueError says why it cannot be.

    Raises:
        ValueError: a field cannot be corrected to that value; why.
    """
    if event.field not in CORRECTABLE:
        raise ValueError(f"“{event.field}”不能更正；可更正：{'、'.join(LABELS.values())}")
    name, _, inner = event.field.partition(".")
    try:
        if name == "agent":
            agent = structs.replace(inquiry.agent or Agent(), **{inner: event.value})
            return structs.replace(inquiry, agent=agent if agent != Agent() else None)
        if inner:
            person = structs.replace(inquiry.inquirer, **{inner: event.value})
            return structs.replace(inquiry, inquirer=person)
        if name == "about":  # whoever is found to be concerned is added; nobody is freed by a correction
            named = filter(None, event.value.split("、"))
            return structs.replace(inquiry, about=tuple(dict.fromkeys((*inquiry.about, *named))))
        if name == "confidential":
            if event.value != YES:
                raise ValueError(f"保密只能改为“{YES}”：保过密的，一直保密")
            return structs.replace(inquiry, confidential=True)
        kind = datetime if name in ("received", "promised") else str
        value = convert(event.value, kind)
    except ValidationError:
        raise ValueError(f"“{event.value}”不是合法的时间") from None
    if isinstance(value, datetime) and value.tzinfo is None:
        raise ValueError(f"“{event.value}”缺少时区")
    # Once a 举报, always kept as one.
    kept = inquiry.confidential or name == "category" and inquiry.category == "举报"
    stated = {"urgency_stated": value == USUAL} if name == "urgency" else {}
    return structs.replace(inquiry, **{name: value, "confidential": kept}, **stated)
