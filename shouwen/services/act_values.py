"""What an act says that follows from the inquiry, where whoever acts does not say it."""

from collections.abc import Collection, Mapping
from datetime import date

from shouwen.core.errors import NotFound, Refused
from shouwen.core.inquiry.confidential import complained_of, protected, secret
from shouwen.core.inquiry.events import Escalate, Withdraw
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.inquiry.papers import to_give_back
from shouwen.core.office.powers import concern
from shouwen.core.regulation.schema import Policy
from shouwen.services.desk import Desk
from shouwen.services.recusal import Sight


def leader_above(desk: Desk, name: str, day: date) -> str:
    """Return who is asked next on a day: the first above the holder's department, or who stands in for them.

    Passed over is whoever was asked already, acts, is away with nobody in their place, or is concerned.

    Raises:
        NotFound: no inquiry, or several, of that name; or nobody is left to be asked.
        BadData: the record cannot be read.
    """
    office, zone = desk.ledger.office, desk.ledger.zone
    state = replay(desk.ledger.read(desk.ledger.find(name)).content)
    asked = {e.to for e in state.of(Escalate)} | {desk.actor}
    then = state.inquiry.received.astimezone(zone).date()
    touched = concern(office, state.inquiry.about, then, day)
    section = state.holder.department
    for leader in office.chain(section, day):
        there = office.answers(leader, section, day)
        if there and there not in asked and not touched.touches(office, there, day):
            return there
    raise NotFound(f"{section}之上没有可请示的领导；用 --to 写明，或在 staff.yaml 补上负责人")


def own_last(desk: Desk, name: str) -> str:
    """Return the id of the last act of whoever acts on an inquiry, which is the one to be taken back.

    Raises:
        NotFound: no inquiry, or several, of that name.
        Refused: there is none, or it was itself taking something back.
        BadData: the record cannot be read.
    """
    state = replay(desk.ledger.read(desk.ledger.find(name)).content)
    mine = [e for e in state.events if e.by == desk.actor]
    if mine and isinstance(mine[-1], Withdraw):
        raise Refused(f"{state.inquiry.id}: 刚撤回过 {mine[-1].event}；还要撤回别的一笔，写明它的编号")
    if not mine:
        raise Refused(f"{state.inquiry.id}: 没有自己记的事可以撤回（受理不能撤回）")
    return mine[-1].id


def papers_given_back(desk: Desk, name: str, named: Collection[str]) -> tuple[str, ...]:
    """Return the papers that an inquiry's inquirer gets back: those named, else all that are here.

    Raises:
        NotFound: no inquiry, or several, of that name.
        Refused: there is none, or one is named that is not here, or oftener than it is.
        BadData: the record cannot be read.
    """
    return to_give_back(replay(desk.ledger.read(desk.ledger.find(name)).content), named)


def main_inquiry(desk: Desk, name: str, path: str) -> str:
    """Return the id of the inquiry that lies at a path, into which another is joined.

    Raises:
        NotFound: no inquiry, or several, of that name.
        Refused: it is the same one, was itself joined to a third, concerns whoever joins them, or does
            not name whom the other is about.
        BadData: a record cannot be read.
    """
    ledger = desk.ledger
    main = ledger.read(path).content
    if further := replay(main).joined:
        raise Refused(f"{main.id} 已并入 {further}，请写 --into {further}")
    own = ledger.read(ledger.find(name)).content
    if main.id == own.id:
        raise Refused("不能并入自己")
    for one in (own, main):
        Sight(desk).demand(one, ledger.policy(one.policy))
    if unnamed := [p for p in complained_of(own) if p not in complained_of(main)]:
        who = "、".join(map(ledger.office.name, unnamed))
        raise Refused(
            f"{own.id}反映的是{who}，并入的{main.id}没有写明，回避就落空：先 shouwen correct {main.id} "
            f"--field 被反映人 --value {'、'.join(unnamed)} --reason …"
        )
    found: str = main.id
    return found


def hidden_too(desk: Desk, policy: Policy, name: str, right: Mapping[str, str]) -> bool:
    """Return whether the values put ``right`` (by field) move an inquiry under what the regulation keeps apart.

    False where it is kept apart already, or whoever corrects says so themselves.

    Raises:
        NotFound: no inquiry, or several, of that name.
        BadData: the record cannot be read.
    """
    inquiry = desk.ledger.read(desk.ledger.find(name)).content
    if secret(inquiry) or "confidential" in right or not {"category", "about"} & set(right):
        return False
    about = (*complained_of(inquiry), *filter(None, right.get("about", "").split("、")))
    return protected(policy, right.get("category", inquiry.category), about)
