"""correct 更正: header values were wrong: the right ones, and why."""

from typing import Annotated

import typer

from shouwen.core.dates import minute
from shouwen.core.errors import Usage
from shouwen.core.inquiry.corrections import LABELS, YES, field_of
from shouwen.core.inquiry.events import Correct
from shouwen.core.office.lookup import find_staff, several
from shouwen.core.regulation.schema import Policy
from shouwen.core.vocabulary import choose, clean, phone_of
from shouwen.services.act_values import hidden_too
from shouwen.services.record_act import act
from shouwen.terminal import completers
from shouwen.terminal.acknowledgement import acknowledge
from shouwen.terminal.context import Context
from shouwen.terminal.options import ActFormat, ApprovedBy, At, Id

_TIMES = ("received", "promised")
_PHONES = ("inquirer.phone", "agent.phone")
_MAY_BE_EMPTY = ("detail", "matter")  # and what is known of the persons


def correct(
    ctx: typer.Context,
    name: Id,
    field: Annotated[
        list[str] | None,
        typer.Option(metavar="项目", help="哪一项；可写多次", autocompletion=completers.of(*LABELS.values())),
    ] = None,
    value: Annotated[list[str] | None, typer.Option(metavar="值", help="正确的值，与项目一一对应")] = None,
    reason: Annotated[str | None, typer.Option(metavar="理由", help="理由")] = None,
    approved_by: ApprovedBy = None,
    at: At = "",
    format: ActFormat = None,
) -> None:
    """更正：登记时写错的一项或几项，写明正确的值和原因；原来的一行不动。

    项目写中文或英文名；几项一起更正的，有一项不对就都不写。
    期满或办结以后更正受理时间、类别、范围、紧要程度、事项、承诺的，要由办件人以外的领导批准；
    原来的判定和更正后的判定都留着。

    \b
    例：shouwen correct K7Q4 --field 电话 --value 0631-5550124 --reason 号码听错
        shouwen correct K7Q4 --field 姓名 --value 章某 --field 事由 --value 路灯不亮 --reason 听错
    """
    context: Context = ctx.obj
    policy = context.policy_of(name)
    given = "、".join(field) if field else None
    asked = context.ui.ask(given, "--field", "哪几项", LABELS.values(), check=_items)
    items = [field_of(word) for word in several(_items(asked))]
    values: list[str | None] = [*(value or ())]
    if len(values) > len(items):
        raise Usage(f"--field 有 {len(items)} 项，--value 有 {len(values)} 个；一项一个")
    values += [None] * (len(items) - len(values))
    right = [_right(context, policy, item, told, at) for item, told in zip(items, values, strict=True)]
    if hidden_too(context, policy, name, dict(zip(items, right, strict=True))):
        items, right = [*items, "confidential"], [*right, YES]
    why = clean(context.ui.ask(reason, "--reason", "更正的原因"))
    leader = context.leader_of(name, approved_by, at)
    done = act(context, name, context.when(at), *(
        lambda key, when, by, item=item, told=told: Correct(key, when, by, item, told, why, leader)
        for item, told in zip(items, right, strict=True)
    ))  # fmt: skip
    acknowledge(context, done, format)


def _items(text: str) -> str:
    """Return the fields that words or numbers of the list shown mean, by their Chinese names."""
    listed = list(LABELS)
    found = []
    for word in several(text.replace(" ", "、")):
        number = word.rstrip(".")
        named = (
            listed[int(number) - 1]
            if number.isdecimal() and 0 < int(number) <= len(listed)
            else field_of(word)
        )
        if named in found:
            raise Usage(f"“{LABELS[named]}”写了两次")
        found.append(named)
    if not found:
        raise Usage(f"写明哪一项：{'、'.join(LABELS.values())}")
    return "、".join(LABELS[name] for name in found)


def _right(context: Context, policy: Policy, item: str, given: str | None, at: str) -> str:
    """Return the right value of a field, as a record has it; what is typed wrongly is asked again."""
    label, may_be_empty = LABELS[item], item in _MAY_BE_EMPTY or "." in item
    words = {"channel": policy.channels, "category": policy.categories, "scope": policy.scopes,
             "urgency": policy.urgencies}  # fmt: skip
    choices = words[item].values if item in words else ()

    def meaning(text: str) -> str:
        said = clean(text)
        if not said and not may_be_empty:
            raise Usage(f"{label}不能为空")
        if choices:
            return choose(said, choices, label)
        if item == "confidential":
            return choose(said, (YES,), label)
        if item in _TIMES:
            found = context.read_time(
                said, f"{label}（--value）", future=item == "promised", early=item == "received"
            )
            return minute(found)
        if said and item in _PHONES:
            return phone_of(said)
        if said and item == "agent.staff":
            return find_staff(context.ledger.office, said, context.day(at))
        if item == "about":
            return "、".join(find_staff(context.ledger.office, one, context.day(at)) for one in several(said))
        if said and item == "matter":
            return choose(said, context.ledger.office.matters, label)
        return said

    default = "" if may_be_empty else None
    told = context.ui.ask(given, f"--value {label}", f"正确的{label}", choices, default, meaning)
    said = meaning(told)
    return context.read_time(said, f"{label}（--value）", future=True).isoformat() if item in _TIMES else said
