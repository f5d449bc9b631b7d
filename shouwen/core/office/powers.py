"""Who may do what: one table for every act on an inquiry and every step of a case.

``POWERS`` is asked before an act is written, and again by ``check`` on what stands in files. An
act names people in roles (``ROLES``: who acts, who approves, to whom it goes …); each must hold
a post on the day of the act and not be away, an approval is a leader's and never one's own, and
nobody who is concerned takes part. Every refusal carries the article it rests on: the one that
the regulation names in ``powers``, which the base regulation fills in.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, tzinfo
from typing import Any

from msgspec import Struct, structs

from shouwen.core.inquiry.confidential import protected, secret
from shouwen.core.inquiry.events import Accept, Contact, Correct, Event, Handoff, Return, Target, act_of
from shouwen.core.inquiry.header import Inquiry
from shouwen.core.inquiry.lifecycle import Pass, State, stays
from shouwen.core.office.presence import absent_from_office, no_department
from shouwen.core.office.roster import Office
from shouwen.core.regulation.citation import cite
from shouwen.core.regulation.schema import Policy, fits

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
         "催办", "督办", "出具", "办结", "回访", "重办", "更正", "撤回", "并案", "收件", "退件", "异议"), Power(),
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
    field: str = ""  # of the act or header in which the name stands
    unknown: bool = False  # the roster has nobody of that id: told of by a check of its own


class Concern(Struct, frozen=True):
    """Whom a complaint (or a case) concerns, and the departments they lead; whose own matter it is.

    ``parties`` (an agent or an asker who works here) know what is asked and may see it; they do
    nothing in it.
    """

    people: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()

    def touches(self, office: Office, staff: str, day: date) -> bool:
        """Return whether somebody is concerned, or works in a department that somebody concerned leads."""
        if staff in self.people or staff in self.parties:
            return True
        return bool(self.units and self.units & office.units_of(staff, day))


NOBODY = Concern()


def concern(office: Office, people: Iterable[str], *days: date) -> Concern:
    """Return whom something concerns, by the chart of each of some days."""
    named = frozenset(p for p in people if p)
    if not named:
        return NOBODY
    led = (key for day in days for key in office.departments
           if office.unit(key, day) == key and named & {office.leader(key, day), office.deputy(key, day)})  # fmt: skip
    return Concern(named, frozenset(led))


def parties(inquiry: Inquiry) -> frozenset[str]:
    """Return staff ids of those whose own matter an inquiry is: the colleague who asks, the agent who works here."""
    agent = inquiry.agent.staff if inquiry.agent else ""
    return frozenset(filter(None, (inquiry.inquirer.staff, agent)))


def power_of(event: Any) -> Power:
    """Return the row of the table for an act; a statement of one's own is open to everybody."""
    if getattr(event, "kind", "") == STATEMENT:
        return _SPEAKING
    return POWERS[act_of(type(event))]


def word_of(event: Any) -> str:
    """Return whose word an act is: the leader's for whom a clerk wrote it down, else who did it."""
    return getattr(event, "on_behalf_of", "") or event.by


def roles(event: Any) -> Iterator[tuple[str, str]]:
    """Yield (role, staff id or body) of everybody whom an act names, who acts first."""
    yield "by", event.by
    for field in event.__struct_fields__[3:]:
        value = getattr(event, field)
        if isinstance(value, Target):
            if value.staff:
                yield field, value.staff
        elif field == "to" and value and act_of(type(event)) == "请示":
            yield "asked", value
        elif field in ("on_behalf_of", "approved_by", "signed_by", "lead") and value:
            yield field, value


def who_could(office: Office, people: Iterable[str], day: date, touched: Concern = NOBODY) -> str:
    """Return those of some people who are there and not concerned, with their days in office, in words."""
    fit = [p for p in dict.fromkeys(people)
           if p and office.is_here(p, day) and not touched.touches(office, p, day)]  # fmt: skip
    named = [f"{office.plain_name(p)}（{p}，{office.tenure_text(p)}）" for p in fit[:4]]
    return (
        f"；可由{'、'.join(named).replace('，任职 —', '')}" if named else f"；{day}名册上没有可以这样做的人"
    )


class Asked(Struct, frozen=True, kw_only=True):
    """What the powers are asked about: the office and its regulation, who holds the matter, whom it concerns.

    ``inquiry`` is the matter handed on; None where nothing is.
    """

    office: Office
    policy: Policy
    holder: Target
    touched: Concern
    day: date
    inquiry: Inquiry | None = None

    def breach(self, rule: str, text: str, *could: str) -> Breach:
        """Return a breach of a rule, with its article and those who could instead."""
        article = self.policy.powers.get(rule, "默认")
        return Breach(rule, f"{text}（{cite(self.policy, article)}）"
                      + who_could(self.office, could or self.above(), self.day, self.touched))  # fmt: skip

    def recused(self, person: str) -> str:
        """Return why somebody is concerned, in words; '' for who is not."""
        if not self.touched.touches(self.office, person, self.day):
            return ""
        if person in self.touched.people:
            return "是被反映的人"
        if person in self.touched.parties:
            return "是服务对象本人或其代理人"
        return "所在部门的负责人是被反映的人"

    def ordered_back(self) -> bool:
        """Return whether the regulation orders the complaint to the department complained of; never a secret one."""
        duties, inquiry = self.policy.laid_down("to_complained"), self.inquiry
        if inquiry is None or not any(fits(duty, inquiry) for duty in duties):
            return False
        return not secret(inquiry) and not protected(self.policy, inquiry.category, ())

    def above(self) -> list[str]:
        """Return the leaders to whom a matter can be taken: of the department first, then all others."""
        department = self.holder.department
        own = self.office.chain(department, self.day) if department else []
        return [*own, *self.office.leaders(self.day)]


def ask(
    office: Office, policy: Policy, state: State, event: Any, zone: tzinfo | None, also: Iterable[str] = ()
) -> Iterator[Breach]:
    """Return every power that an act on an inquiry lacks, by the chart of its day.

    ``state`` is what the inquiry's events replay to, with or without the act; ``also`` are those
    whom it concerns beside the ones that its header names.
    """
    day = event.at.astimezone(zone).date()
    q = state.inquiry
    # Who was found to be concerned later has done nothing wrong before; who acts now is judged by what is known.
    known = (v.inquiry.about for v in state.headers if v.at <= event.at)
    people = {*(one for about in known for one in about), *also} if q.about else {*also}
    touched = concern(office, people, q.received.astimezone(zone).date(), day) if people else NOBODY
    if own := parties(q):
        touched = structs.replace(touched, parties=own)
    asked = Asked(
        office=office, policy=policy, holder=state.holder_at(event.at), touched=touched, day=day, inquiry=q,
    )  # fmt: skip
    return breaches(asked, event)


def breaches(asked: Asked, event: Any) -> Iterator[Breach]:
    """Yield every power that an act lacks, those of who acts first."""
    power, act = power_of(event), act_of(type(event))
    bodies = asked.policy.above
    own = {event.by, asked.holder.staff}
    for field, person in roles(event):
        found = _named(asked, act, ROLES[field], person, power if field == "by" else Power(), own)
        yield from (structs.replace(breach, field=field) for breach in found)
    if isinstance(event, Correct) and event.field == "agent.staff":
        yield from _both_sides(asked, event.value)
    yield from _leading(asked, event, bodies)
    yield from _places(asked, event)


def _named(
    asked: Asked, act: str, role: Role, person: str, power: Power, own: Collection[str]
) -> Iterator[Breach]:
    """Yield what stands against somebody in a role of an act; ``own`` are those who may not judge there."""
    office, word = asked.office, role.word
    if role.body and person in asked.policy.above:
        return
    if person not in office.staff:
        yield structs.replace(asked.breach(IN_POST, f"{word}“{person}”不在名册"), unknown=True)
    elif not power.absent and (why := absent_from_office(office, person, asked.day)):
        stand_in = office.stands_in(person, asked.day, asked.holder.department)
        yield asked.breach(IN_POST, f"{word}{why}", stand_in, *asked.above())
    elif not power.concerned and (why := asked.recused(person)):
        rule = OWN if person in asked.touched.parties - asked.touched.people else RECUSED
        yield asked.breach(rule, f"{office.name(person)}{why}，应当回避，不得作{act}的{word}")
    elif role.other and person in own:
        who = "负责办理的人" if person == asked.holder.staff else "经办人"
        others = [p for p in asked.above() if p not in own]
        yield asked.breach(OWN, f"{word}{office.name(person)}就是{who}本人，不能自己批自己", *others or [""])
    elif role.leads and office.leaders(asked.day) and person not in office.leaders(asked.day):
        yield asked.breach(LEADING, f"{word}{office.name(person)}{asked.day}不是领导")


def _both_sides(asked: Asked, agent: str) -> Iterator[Breach]:
    """Yield whoever is complained of does not come for the one who complains."""
    if agent in asked.touched.people:
        text = f"代理人{asked.office.name(agent)}就是被反映的人，不能替服务对象来反映"
        yield asked.breach(RECUSED, text)


def _leading(asked: Asked, event: Any, bodies: Iterable[str]) -> Iterator[Breach]:
    """Check that 批示 and 指定 are a leader's, or a body's that the regulation names; nobody designates himself."""
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
    """Check that departments named by an act are there on that day, and are not those of somebody concerned."""
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
        stays = field == "to" and bool(getattr(event, "joint", ())) and department == asked.holder.department
        if (gone := no_department(office, department, day)) and not stays:
            heads = (office.leader(key, day), office.deputy(key, day)) if office.ended(key, day) else ()
            yield asked.breach(IN_POST, f"{role}{gone}", *filter(None, heads))
        elif any(office.works_for(one, department, day) for one in asked.touched.people):
            if key not in asked.touched.units and asked.ordered_back():
                continue
            text = f"{role}{department}：不得把投诉、举报转给被反映的人或其所在部门"
            elsewhere = [one for one in asked.above() if not office.works_for(one, department, day)]
            yield asked.breach(RECUSED, text, *elsewhere or [""])


# By the key of a header in which the name stands.
HEADER_ROLES: dict[str, Role] = {
    "first_responder": Role("首问责任人"),
    "recorded_by": Role("登记人"),
    "promise_approved_by": Role("承诺的批准人", leads=True, body=True, other=True),
    "assigned_by": Role("交办的领导", leads=True, body=True),
}


def intake_breaches(asked: Asked, inquiry: Inquiry) -> Iterator[tuple[str, Breach]]:
    """Yield (key of the header, what stands against it) of everybody whom an intake names, by the chart of its day.

    It may be written down later than it was received: whoever records may have come since, or have
    been away. Whose agent is the one complained of: nobody can be on both sides.
    """
    office = asked.office
    own = {inquiry.first_responder, inquiry.recorded_by}
    for key, role in HEADER_ROLES.items():
        person = getattr(inquiry, key)
        late = key == "recorded_by" and not office.left(person, asked.day)
        if person and (person in office.staff or role.leads):
            yield from ((key, b) for b in _named(asked, "受理", role, person, Power(absent=late), own))
    if inquiry.agent:
        yield from (("agent", b) for b in _both_sides(asked, inquiry.agent.staff))


def asked_at_intake(office: Office, policy: Policy, inquiry: Inquiry, zone: tzinfo | None) -> Asked:
    """Return the question of who may take an inquiry in: whom it concerns, by the chart of its day."""
    day = inquiry.received.astimezone(zone).date()
    touched = structs.replace(concern(office, inquiry.about, day), parties=parties(inquiry))
    return Asked(office=office, policy=policy, holder=Target(inquiry.department), touched=touched, day=day)


def intake_refusal(office: Office, policy: Policy, inquiry: Inquiry, zone: tzinfo | None) -> str:
    """Return why an inquiry may not be taken in as it stands, in words; '' if nothing stands against it."""
    found = intake_breaches(asked_at_intake(office, policy, inquiry, zone), inquiry)
    return next((breach.text for _, breach in found), "")


def step_breaches(asked: Asked, act: str, by: str) -> Iterator[Breach]:
    """Yield why a person may not take a step (``act``) of an accountability case."""
    power = POWERS[act]
    if not power.absent and (why := absent_from_office(asked.office, by, asked.day)):
        yield asked.breach(IN_POST, f"经办人{why}")
    elif not power.concerned and asked.touched.touches(asked.office, by, asked.day):
        text = f"{asked.office.name(by)}是本案当事人，或在其负责的部门，应当回避，不得{act}；不服可以申诉"
        yield asked.breach(OWN_CASE, text)


def not_theirs(office: Office, waiting: Pass, answer: Accept | Return, day: date) -> str:
    """Return why whoever signs for what was handed on, or sends it back, could not on that day; '' if nothing does.

    Those of the department may, and who takes back what he handed on himself.
    """
    if isinstance(answer, Return) and answer.by == waiting.sender.staff:
        return ""
    if office.works_for(answer.by, waiting.to.department, day):
        return ""
    mine = office.department_of(answer.by, day)
    gone = no_department(office, waiting.to.department, day)
    given = f"这件转给的{gone}" if gone else f"这件转给了{waiting.to.department}"
    return f"{given}，{office.name(answer.by)}在{mine or '名册之外'}，不能{act_of(type(answer))}"


def refusal(office: Office, state: State, event: Event, day: date) -> str:
    """Return why a move makes no sense for who makes it, in words; '' if nothing stands against it."""
    if isinstance(event, Accept | Return):
        return not_theirs(office, state.pending, event, day) if state.pending else ""
    target = event.to if isinstance(event, Handoff) else getattr(event, "designate", None)
    if not isinstance(target, Target) or isinstance(event, Handoff) and stays(state, event):
        return ""
    if target == state.holder or target.staff and target.staff == state.holder.staff:
        holder = office.name(state.holder.staff) or state.holder.department
        return f"现在就由{holder}负责，不必转办"
    same = office.successor(target.department, day) == office.successor(state.holder.department, day)
    if not target.staff and same:
        return f"现在就在{target.department}；转给本部门的人请写明是谁（--to 部门/人员）"
    return ""
