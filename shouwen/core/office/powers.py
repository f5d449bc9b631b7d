"""Who may do what: one table for every act on an inquiry and every step of a case.

``POWERS`` is asked before an act is written, and again by ``check`` on what stands in files. An
act names people in roles (``ROLES``: who acts, who approves, to whom it goes …); each must hold
a post on the day of the act and not be away, an approval is a leader's and never one's own, and
nobody who is concerned takes part. Every refusal carries the article it rests on: the one that
the regulation names in ``powers``, which the base regulation fills in.
"""

from collections.abc import Iterable, Iterator
from datetime import date, tzinfo
from typing import Any

from msgspec import Struct

from shouwen.core.inquiry.events import Accept, Contact, Event, Handoff, Return, Target, act_of
from shouwen.core.inquiry.header import Inquiry
from shouwen.core.inquiry.lifecycle import State, stays
from shouwen.core.office.roster import Office
from shouwen.core.regulation.citation import cite
from shouwen.core.regulation.schema import Policy

IN_POST, OWN, LEADING, RECUSED, OWN_CASE = "在岗", "本人不批", "领导", "回避", "案件回避"
DESIGNATED = "指定"  # the mode of a handoff by which a leader names who deals with it
STATEMENT = "申辩"  # a note in which somebody concerned speaks for himself


class Role(Struct, frozen=True):
    """A part that an act gives to somebody: what it is called, and what it takes.

    ``leads``: a leader of the chart of that day, or a body that the regulation names;
    ``other``: neither who acts nor who holds the matter.
    """

    word: str
    leads: bool = False
    body: bool = False
    other: bool = False


# By the field of an event in which the name stands.
ROLES: dict[str, Role] = {
    "by": Role("经办人"),
    "on_behalf_of": Role("作指示的领导", leads=True, body=True),
    "approved_by": Role("批准人", leads=True, body=True, other=True),
    "signed_by": Role("签字领导", leads=True, body=True, other=True),
    "asked": Role("请示对象", leads=True, body=True),
    "to": Role("承办人"),
    "designate": Role("被指定的人"),
    "contact": Role("联系人"),
    "joint": Role("协办部门"),
    "lead": Role("负责答复的人"),
}


class Power(Struct, frozen=True):
    """Who may do an act: whether somebody concerned, away or gone may; whether a leader must."""

    concerned: bool = False
    absent: bool = False
    leads: bool = False


# By the word of the act (``do``); 受理 and 立案 are the making of a record itself.
POWERS: dict[str, Power] = {
    **dict.fromkeys(
        ("受理", "转办", "签收", "退回", "反馈", "记事", "一次性告知", "补正", "中止", "恢复", "请示", "延期", "预约",
         "催办", "督办", "出具", "办结", "回访", "重办", "更正", "撤回", "并案"), Power(),
    ),
    "批示": Power(leads=True),
    **dict.fromkeys(("立案", "核实", "决定", "送达", "公布", "整改", "解除", "归档", "维持", "变更", "撤销"), Power()),
    "申诉": Power(concerned=True, absent=True),
}  # fmt: skip
_SPEAKING = Power(concerned=True, absent=True)  # a statement of one's own, whoever one is


class Breach(Struct, frozen=True):
    """A power that somebody did not have: the rule's name, and why, in words with the article."""

    rule: str
    text: str


class Concern(Struct, frozen=True):
    """Whom a complaint (or a case) concerns, and the departments they lead."""

    people: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()

    def touches(self, office: Office, staff: str, day: date) -> bool:
        """Whether somebody is concerned, or works in a department that somebody concerned leads."""
        return bool(self.people) and (
            staff in self.people or bool(self.units and self.units & office.units_of(staff, day))
        )


NOBODY = Concern()


def concern(office: Office, people: Iterable[str], *days: date) -> Concern:
    """Whom something concerns, by the chart of each of some days."""
    named = frozenset(p for p in people if p)
    if not named:
        return NOBODY
    led = (key for day in days for key in office.departments
           if named & {office.leader(key, day), office.deputy(key, day)})  # fmt: skip
    return Concern(named, frozenset(led))


def power_of(event: Any) -> Power:
    """The row of the table for an act; a statement of one's own is open to everybody."""
    if getattr(event, "kind", "") == STATEMENT:
        return _SPEAKING
    return POWERS[act_of(type(event))]


def word_of(event: Any) -> str:
    """Whose word an act is: the leader's for whom a clerk wrote it down, else who did it."""
    return getattr(event, "on_behalf_of", "") or event.by


def roles(event: Any) -> Iterator[tuple[str, str]]:
    """(role, staff id or body) of everybody whom an act names, who acts first."""
    yield "by", event.by
    for field in event.__struct_fields__[3:]:
        value = getattr(event, field)
        if isinstance(value, Target):
            if value.staff:
                yield field, value.staff
        elif field == "to" and value and act_of(type(event)) == "请示":
            yield "asked", value
        elif field in ("on_behalf_of", "approved_by", "signed_by") and value:
            yield field, value


def absent_from_office(office: Office, staff: str, day: date) -> str:
    """Why a person cannot act on a day (not yet, or no longer, in post, or on leave), or ''."""
    name = f"{office.plain_name(staff)}（{staff}）" if staff in office.staff else f"“{staff}”"
    if not office.holds(staff, day):
        return f"{name}{day}不在岗（{office.tenure_text(staff)}）"
    if absence := office.absence(staff, day):
        until = f"至{absence.until}" if absence.until else ""
        return f"{name}{day}不在岗（{absence.why or '离岗'}{until}）"
    return ""


def who_could(office: Office, people: Iterable[str], day: date, touched: Concern = NOBODY) -> str:
    """Those of some people who are there and not concerned, with their days in office, in words."""
    fit = [p for p in dict.fromkeys(people)
           if p and office.is_here(p, day) and not touched.touches(office, p, day)]  # fmt: skip
    named = [f"{office.plain_name(p)}（{p}，{office.tenure_text(p)}）" for p in fit[:4]]
    return (
        f"；可由{'、'.join(named).replace('，任职 —', '')}" if named else f"；{day}名册上没有可以这样做的人"
    )


class Asked(Struct, frozen=True, kw_only=True):
    """What the powers are asked about: the office and its regulation, who holds the matter, whom it concerns."""

    office: Office
    policy: Policy
    holder: Target
    touched: Concern
    day: date

    def breach(self, rule: str, text: str, *could: str) -> Breach:
        """A breach of a rule, with its article and those who could instead."""
        article = self.policy.powers.get(rule, "默认")
        return Breach(rule, f"{text}（{cite(self.policy, article)}）"
                      + who_could(self.office, could or self.above(), self.day, self.touched))  # fmt: skip

    def above(self) -> list[str]:
        """The leaders to whom a matter can be taken: of the department first, then all others."""
        department = self.holder.department
        own = self.office.chain(department, self.day) if department else []
        return [*own, *self.office.leaders(self.day)]


def ask(
    office: Office, policy: Policy, state: State, event: Any, zone: tzinfo | None, also: Iterable[str] = ()
) -> Iterator[Breach]:
    """Every power that an act on an inquiry lacks, by the chart of its day.

    ``state`` is what the inquiry's events replay to, with or without the act; ``also`` are those
    whom it concerns beside the ones that its header names.
    """
    day = event.at.astimezone(zone).date()
    q = state.inquiry
    people = {*q.about, *also}
    touched = concern(office, people, q.received.astimezone(zone).date(), day) if people else NOBODY
    asked = Asked(office=office, policy=policy, holder=state.holder_at(event.at), touched=touched, day=day)
    return breaches(asked, event)


def breaches(asked: Asked, event: Any) -> Iterator[Breach]:
    """Every power that an act lacks, those of who acts first."""
    power, office = power_of(event), asked.office
    act = act_of(type(event))
    bodies = asked.policy.bodies.values if asked.policy.bodies else ()
    for field, person in roles(event):
        role = ROLES[field]
        if role.body and person in bodies:
            continue
        acting = field == "by"
        if person not in office.staff:
            yield asked.breach(IN_POST, f"{role.word}“{person}”不在名册")
            continue
        if not (acting and power.absent) and (why := absent_from_office(office, person, asked.day)):
            stand_in = office.stands_in(person, asked.day, asked.holder.department)
            yield asked.breach(IN_POST, f"{role.word}{why}", stand_in, *asked.above())
            continue
        if not (acting and power.concerned) and asked.touched.touches(office, person, asked.day):
            whose = "是被反映的人" if person in asked.touched.people else "所在部门的负责人是被反映的人"
            yield asked.breach(RECUSED, f"{office.name(person)}{whose}，应当回避，不得作{act}的{role.word}")
            continue
        if role.other and person in {event.by, asked.holder.staff}:
            yield asked.breach(
                OWN, f"{role.word}{office.name(person)}就是{'经办人' if person == event.by else '负责办理的人'}本人，不能自己批自己"
            )  # fmt: skip
            continue
        if role.leads and office.leaders(asked.day) and person not in office.leaders(asked.day):
            yield asked.breach(LEADING, f"{role.word}{office.name(person)}{asked.day}不是领导")
    yield from _leading(asked, event, bodies)
    yield from _places(asked, event)


def _leading(asked: Asked, event: Any, bodies: Iterable[str]) -> Iterator[Breach]:
    """批示 and 指定 are a leader's, or a body's that the regulation names; nobody designates himself."""
    office = asked.office
    designating = isinstance(event, Handoff) and event.mode == DESIGNATED
    if not (power_of(event).leads or designating):
        return
    words = [word_of(event), *([event.approved_by] if designating and event.approved_by else [])]
    if not any(w in bodies or w in office.leaders(asked.day) for w in words):
        what = f"{DESIGNATED}承办" if designating else act_of(type(event))
        name = office.name(words[0])
        yield asked.breach(LEADING, f"{what}须是领导：{name}{asked.day}不是；代领导记下的，用 --for 写明是谁")
    to = event.to if designating else getattr(event, "designate", None)
    if to and to.staff and to.staff == word_of(event):
        yield asked.breach(OWN, f"{office.name(to.staff)}不能指定自己承办")


def _places(asked: Asked, event: Any) -> Iterator[Breach]:
    """Departments named by an act: there are on that day, and are not those of somebody concerned."""
    office, day = asked.office, asked.day
    target = getattr(event, "to", None) if isinstance(event, Handoff) else getattr(event, "designate", None)
    places = [("to", target.department)] if isinstance(target, Target) else []
    places += [("joint", d) for d in getattr(event, "joint", ())]
    contact = getattr(event, "contact", Contact())
    named = [contact.name] if contact.name in office.staff else office.ids_of(contact.name)
    if target and len(named) > 1:
        named = [k for k in named if office.works_for(k, target.department, day)]
    if len(named) == 1:
        if why := absent_from_office(office, named[0], day):
            yield asked.breach(IN_POST, f"联系人{why}", office.stands_in(named[0], day))
        elif asked.touched.touches(office, named[0], day):
            yield asked.breach(RECUSED, f"联系人{office.name(named[0])}应当回避")
    for field, department in places:
        role = "承办部门" if field == "to" else "协办部门"
        key = office.unit(department, day)
        if key in office.departments and office.ended(key, day):
            into = office.successor(key, day)
            hint = f"已并入{into}" if into != key else f"已撤销，由{office.name(office.leader(key, day))}接手"
            yield asked.breach(IN_POST, f"{role}{department}{day}已不存在：{hint}", office.leader(into, day))
        elif any(office.works_for(one, department, day) for one in asked.touched.people):
            text = f"{role}{department}：不得把投诉、举报转给被反映的人或其所在部门"
            yield asked.breach(RECUSED, text)


def intake_breaches(asked: Asked, people: Iterable[str]) -> Iterator[Breach]:
    """Why some people may not take in an inquiry: not in office, or it is about them."""
    for person in people:
        if why := absent_from_office(asked.office, person, asked.day):
            yield asked.breach(IN_POST, why)
        elif asked.touched.touches(asked.office, person, asked.day):
            text = f"{asked.office.name(person)}是被反映的人，或在其负责的部门，应当回避，不得受理"
            yield asked.breach(RECUSED, text)


def intake_refusal(office: Office, policy: Policy, inquiry: Inquiry, zone: tzinfo | None) -> str:
    """Why whoever takes an inquiry in may not, by the chart of that day; '' if nothing stands against it."""
    day = inquiry.received.astimezone(zone).date()
    asked = Asked(
        office=office, policy=policy, holder=Target(inquiry.department),
        touched=concern(office, inquiry.about, day), day=day,
    )  # fmt: skip
    takers = dict.fromkeys(p for p in (inquiry.first_responder, inquiry.recorded_by) if p in office.staff)
    return next((breach.text for breach in intake_breaches(asked, takers)), "")


def step_breaches(asked: Asked, act: str, by: str) -> Iterator[Breach]:
    """Why a person may not take a step (``act``) of an accountability case."""
    power = POWERS[act]
    if not power.absent and (why := absent_from_office(asked.office, by, asked.day)):
        yield asked.breach(IN_POST, f"经办人{why}")
    elif not power.concerned and asked.touched.touches(asked.office, by, asked.day):
        text = f"{asked.office.name(by)}是本案当事人，或在其负责的部门，应当回避，不得{act}；不服可以申诉"
        yield asked.breach(OWN_CASE, text)


def refusal(office: Office, state: State, event: Event, day: date) -> str:
    """Why a move makes no sense for who makes it, in words; '' if nothing stands against it."""
    if isinstance(event, Accept | Return) and (waiting := state.pending):
        if isinstance(event, Return) and event.by == waiting.sender.staff:
            return ""
        if not office.works_for(event.by, waiting.to.department, day):
            act = act_of(type(event))
            mine = office.department_of(event.by, day)
            return (
                f"这件转给了{waiting.to.department}，{office.name(event.by)}在{mine or '名册之外'}，不能{act}"
            )
    target = event.to if isinstance(event, Handoff) else getattr(event, "designate", None)
    if not isinstance(target, Target) or isinstance(event, Handoff) and stays(state, event):
        return ""
    if target == state.holder or target.staff and target.staff == state.holder.staff:
        holder = office.name(state.holder.staff) or state.holder.department
        return f"现在就由{holder}负责，不必转办"
    same = office.unit(target.department, day) == office.unit(state.holder.department, day)
    if not target.staff and same:
        return f"现在就在{target.department}；转给本部门的人请写明是谁（--to 部门/人员）"
    return ""
