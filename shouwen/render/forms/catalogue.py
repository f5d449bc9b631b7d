"""The forms that an office gives out, and which of them a record is ripe for.

What stands in each is in ``render/forms/contents`` (forms of one inquiry) and ``render/forms/registers`` (lists
of a period); the fields follow the regulations named beside each kind.
"""

from collections.abc import Callable
from datetime import datetime
from types import UnionType

from msgspec import Struct

from shouwen.core.duties.informing import refusals
from shouwen.core.errors import NotFound, Usage
from shouwen.core.inquiry.events import Close, Event, Handoff, Instruct, Issue, Notify, Receive, Supervise
from shouwen.core.inquiry.lifecycle import State
from shouwen.core.rulebook import Rules
from shouwen.core.vocabulary import nearest
from shouwen.render.forms import contents
from shouwen.render.forms.layout import DATE, Rows, written


class Form(Struct, frozen=True, kw_only=True):
    """One form of one inquiry, filled in as far as the record goes.

    ``id`` is the inquiry's and the serial number, ``number`` the office's own number of the
    sheet, ``dated`` the day on which it was given out (blanks to write in before that).
    """

    office: str
    title: str
    id: str
    number: str
    rows: Rows
    notes: tuple[str, ...] = ()
    dated: str = DATE


class FormKind(Struct, frozen=True, kw_only=True):
    """One kind of form: its heading, what it is for, which events it may be about.

    ``about`` is the sort of event whose values it shows; ``needs`` says what is missing when
    there is none and the form is to be given out. A kind without ``rows`` is a list.
    """

    title: str
    english: str
    use: str
    about: type[Event] | UnionType | None = None
    needs: str = ""
    rows: Callable[..., Rows] | None = None
    notes: tuple[str, ...] = ()


KINDS: dict[str, FormKind] = {
    # 六项制度（一）6；自我介绍姓名、职务：九江市办公厅（三）1
    "回执单": FormKind(
        title="首问负责制回执单", english="receipt", rows=contents.receipt,
        use="不能当场办结时交服务对象：找谁、何时答复、向哪里监督投诉",
        notes=("请妥善保管本单，凭编号可向首问责任人查询办理情况。",),
    ),
    # 六项制度（一）4、5；审批大厅五（三）
    "受理登记表": FormKind(
        title="首问受理登记表", english="register", rows=contents.registration,
        use="存档：谁来问、问什么、谁首问、怎样处理",
    ),
    # 六项制度（一）4；审批大厅六
    "交接表": FormKind(
        title="工作交接表", english="handoff", rows=contents.handoff, about=Handoff | Instruct,
        needs="还没有转办的记录；先转办：shouwen handoff",
        use="转给另一窗口或部门时随件移交，双方签名",
    ),
    # 公司首问责任制度五（一）（四）；诚成商贸4.3
    "部门协调工单": FormKind(
        title="部门协调工单", english="coordination", rows=contents.coordination, about=Handoff,
        use="请别的部门协助，或承办人不在岗时记下交办",
    ),
    # 审批大厅一次性告知第一条
    "提供材料一览表": FormKind(
        title="提供材料一览表", english="materials", rows=contents.materials, about=Notify,
        needs="还没有一次性告知的记录，分工表里也没有这一事项的材料；先告知：shouwen notify",
        use="一次性告知：材料、程序、时限、收费、依据",
        notes=("以上材料请一次备齐；不明之处请与告知人联系。",),
    ),
    # 人事局否定报备制度
    "否定报备表": FormKind(
        title="否定报备表", english="refusal", rows=contents.refusal, about=Close,
        use="不予办理之前，写明理由和依据，报主管领导签字",
        notes=("本表一式三份：存档一份，服务对象一份，主管领导一份；领导签字后方可答复不予办理。",),
    ),
    # 销售部（三）
    "督办单": FormKind(
        title="督办通知单", english="supervision", rows=contents.supervision, about=Supervise,
        needs="还没有督办的记录；先督办：shouwen supervise",
        use="督促承办部门限期办理并书面回复",
    ),
    # 人民法院六（二）1
    "立卷审批表": FormKind(
        title="立卷审批表", english="file-opening", rows=contents.file_opening, about=Handoff,
        use="申诉来访符合立卷条件的，填写后交庭长审批，再调卷进入复查",
    ),
    # 六项制度（一）5
    "台账": FormKind(title="首问负责制受理台账", english="ledger", use="一段时间受理的全部事项，逐件一行"),
    # 人民法院六
    "来访台账": FormKind(title="来访登记台账", english="visitors", use="一段时间的来访：来访人、类型、要求、去向，逐件一行"),
    # 六项制度（一）4
    "收件回执": FormKind(
        title="收件回执", english="papers", rows=contents.papers, about=Receive,
        needs="还没有收件的记录；先收件：shouwen receive", use="收下材料时交服务对象：收了什么、几份、谁收的",
        notes=("凭本回执领回原件。",),
    ),
    # 人事局局长办公会制度一、二
    "请示议题": FormKind(title="待议请示事项", english="agenda", use="一段时间受理、请示后还没有批示的，供会前汇总"),
    # 公司首问责任制度五（八）
    "汇总表": FormKind(title="客户疑问、投诉汇总表", english="summary", use="一段时间的办理结果、告知、回访和满意度"),
}  # fmt: skip


def find_kind(text: str) -> str:
    """Return the kind that a name, its unique beginning or its English name means; Usage otherwise."""
    for name, kind in KINDS.items():
        if text in (name, kind.title) or text.lower() == kind.english:
            return name
    fitting = [name for name in KINDS if text and name.startswith(text)]
    if len(fitting) == 1:
        return fitting[0]
    raise Usage(f"没有表单“{text}”；可用：{'、'.join(fitting or nearest(text, KINDS, len(KINDS)))}")


def subject_of(name: str, rules: Rules, state: State, event: str = "") -> Event | None:
    """Return the event that a form is about: the one of that id, else the last of its sort.

    NotFound if ``event`` is given and is none that this form can be about.
    """
    about = KINDS[name].about
    fitting = [e for e in state.events if about and isinstance(e, about) and _concerns(name, rules, e)]
    if event:
        fitting = [e for e in fitting if e.id == event]
        if not fitting:
            raise NotFound(f"{state.inquiry.id}: 没有编号为 {event}、可填{name}的事件；用 shouwen show 查看")
    return fitting[-1] if fitting else None


def _concerns(name: str, rules: Rules, event: Event) -> bool:
    if name == "否定报备表":
        return isinstance(event, Close) and event.outcome in refusals(rules)
    return not isinstance(event, Instruct) or event.designate is not None


def unripe(name: str, rules: Rules, state: State, event: Event | None) -> str:
    """Return why the form cannot be given out as the record stands, or ''."""
    if name == "回执单" and state.closed:
        return f"已{state.phase}（{state.closed.outcome}），不再出具回执单"
    if name == "否定报备表" and state.closed and not event:
        return f"已按“{state.closed.outcome}”办结，不是{'、'.join(refusals(rules))}，不用否定报备"
    if event or not KINDS[name].needs:
        return ""
    known = rules.office.matters.get(state.inquiry.matter)
    if name == "提供材料一览表" and known and known.materials:
        return ""
    return KINDS[name].needs


def wanting(name: str, rules: Rules, state: State) -> tuple[str, ...]:
    """Return what a form given out now would leave empty of what its regulation lists (回执单 alone)."""
    if name != "回执单":
        return ()
    q, office = state.inquiry, rules.office
    words = {
        "首问责任人电话": office.phone(q.department, q.first_responder),
        "监督投诉电话": office.config.supervision_phone,
        "承诺时间": q.promised or q.matter in office.matters,
    }  # fmt: skip
    return tuple(word for word, value in words.items() if not value)


def filled(
    name: str, rules: Rules, state: State, event: Event | None, now: datetime, number: str = ""
) -> Form:
    """Return the form as of ``now``. Once given out (出具) it bears that day and that number."""
    kind = KINDS[name]
    assert kind.rows  # a list is filled by `registers`
    given = [e for e in state.of(Issue) if e.form == name and (not event or e.at >= event.at)]
    numbers = [number, *(e.number for e in reversed(given)), getattr(event, "number", "")]
    return Form(
        office=rules.office.config.name, title=kind.title, id=state.inquiry.id,
        number=next(filter(None, numbers), ""),
        rows=kind.rows(rules, state, event, now), notes=kind.notes,
        dated=written(given[-1].at, rules).split()[0] if given else DATE,
    )  # fmt: skip
