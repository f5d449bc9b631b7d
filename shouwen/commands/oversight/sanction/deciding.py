"""sanction decide, serve, publish, file: the decision and what is done with it."""

from datetime import date, datetime
from typing import Annotated

import typer

from shouwen.core.accountability.case import (
    Complete,
    Decide,
    File,
    Lift,
    Publish,
    Serve,
)
from shouwen.core.accountability.lifecycle import EXEMPT, replay_case
from shouwen.core.accountability.objections import months_after
from shouwen.core.accountability.proposals import rung_text
from shouwen.core.dates import parse_day
from shouwen.core.errors import Usage
from shouwen.core.regulation.citation import cite
from shouwen.core.vocabulary import clean
from shouwen.services.case_act import (
    FOLDER,
    act,
    proposed,
)
from shouwen.terminal import completers
from shouwen.terminal.acknowledgement import acknowledge_case
from shouwen.terminal.case_options import (
    Authority,
    CaseFormat,
    CaseId,
    Months,
    Sums,
    Text,
    UnitMeasures,
    amount_of,
)
from shouwen.terminal.context import Context
from shouwen.terminal.options import At

CompleteBy = Annotated[
    str, typer.Option("--complete-by", metavar="日期", help="限哪一天以前（含）改正、整改完")
]


def _by_day(context: Context, text: str, when: datetime) -> date | None:
    """Return until when what is ordered is to be done; not before the act that sets it."""
    day = parse_day(text, context.now.date(), "--complete-by ") if text else None
    if day and day < when.date():
        raise Usage(f"--complete-by {day}早于{when.date()}")
    return day


def decide(
    ctx: typer.Context, name: CaseId,
    measure: Annotated[list[str] | None, typer.Option(metavar="措施", help="不写则照建议；可写多次", autocompletion=completers.measures)] = None,
    reason: Annotated[str, typer.Option(metavar="理由", help="与规定不同时必须写明")] = "",
    authority: Authority = None,
    number: Annotated[str, typer.Option("--doc-no", metavar="文号", help="决定书文号")] = "",
    published: Annotated[str, typer.Option(metavar="文字", help="公布的会议和日期")] = "",
    complete_by: CompleteBy = "",
    months: Months = 0, amount: Sums = None, unit_measure: UnitMeasures = None,
    at: At = "", format: CaseFormat = None,
) -> None:  # fmt: skip
    """决定：记下有权机关作出的决定；机关不对的不收，与规定不同的要写理由。

    \b
    例：shouwen sanction decide 9DTM --authority 团党委 --doc-no 团党〔2026〕12号
        shouwen sanction decide 9DTM --measure 效能告诫 --measure 大会通报批评 --authority 团党委
    """
    context: Context = ctx.obj
    ledger = context.ledger
    record = ledger.read(ledger.find(name, FOLDER))
    state, policy = replay_case(record.content), ledger.policy(record.content.policy)
    proposal = proposed(context, policy, state, context.read_time(at, "--at "))
    chosen = tuple(clean(x) for x in measure or ())
    if not chosen:
        chosen = proposal.fixed
        if proposal.choice:
            one = context.ui.ask(None, "--measure", f"规定为 {proposal}，择一", proposal.choice)
            chosen = (*chosen, one)
    if not chosen:
        raise Usage(f"写明措施（--measure）；{cite(policy, proposal.article)}：{proposal}")
    named = [n for rule in policy.authorities for n in rule.names]
    body = clean(context.ui.ask(authority, "--authority", "决定机关", named, default=None))
    when = context.when(at)
    by_day = _by_day(context, complete_by, when)
    until = months_after(when.date(), months) if months else None
    sums, units = tuple(map(amount_of, amount or ())), tuple(clean(x) for x in unit_measure or ())
    if not units and proposal.unit and chosen != (EXEMPT,):
        units = proposal.unit.measures
        if proposal.unit.one_of and context.ui.interactive:
            question = f"对部门规定为 {rung_text(proposal.unit)}，择一"
            units = (*units, context.ui.ask(None, "--unit-measure", question, proposal.unit.one_of))
    done = act(context, name, when, lambda k, w, by: Decide(
        k, w, by, chosen, body, clean(number), clean(reason), clean(published), by_day, until, sums, units))  # fmt: skip
    acknowledge_case(context, done, format)


def complete(
    ctx: typer.Context, name: CaseId, text: Text = None, at: At = "", format: CaseFormat = None
) -> None:
    """整改：责令改正、整改的已经做到，或者按要求报告了结果。

    \b
    例：shouwen sanction complete 9DTM --text 已向服务对象道歉并补办
    """
    context: Context = ctx.obj
    said = clean(context.ui.ask(text, "--text", "怎样改正、报告了什么"))
    done = act(context, name, context.when(at), lambda k, w, by: Complete(k, w, by, said))
    acknowledge_case(context, done, format)


def lift(
    ctx: typer.Context, name: CaseId, authority: Authority = None, text: Text = None, at: At = "",
    format: CaseFormat = None,
) -> None:  # fmt: skip
    """解除：有期限的措施（如告诫期）期满解除；决定须由谁作的，解除也须由谁作。

    \b
    例：shouwen sanction lift 9DTM --authority 团党委
    """
    context: Context = ctx.obj
    body = clean(context.ui.ask(authority, "--authority", "解除机关"))
    done = act(context, name, context.when(at), lambda k, w, by: Lift(k, w, by, body, clean(text or "")))
    acknowledge_case(context, done, format)


def serve(
    ctx: typer.Context, name: CaseId, text: Text = None, complete_by: CompleteBy = "", at: At = "",
    format: CaseFormat = None,
) -> None:  # fmt: skip
    """送达：决定已送达本人；决定时没有写明限到哪一天、送达的通知书写明了的，用 --complete-by 补记。

    \b
    例：shouwen sanction serve 9DTM
        shouwen sanction serve 9DTM --complete-by 2026-12-10
    """
    context: Context = ctx.obj
    when = context.when(at)
    by_day = _by_day(context, complete_by, when)
    done = act(context, name, when, lambda k, w, by: Serve(k, w, by, clean(text or ""), by_day))
    acknowledge_case(context, done, format)


def publish(
    ctx: typer.Context, name: CaseId, text: Text = None, at: At = "", format: CaseFormat = None
) -> None:
    """公布：写明在哪次会议上、哪一天公布的。

    \b
    例：shouwen sanction publish 9DTM --text 12月5日全团干部职工大会
    """
    context: Context = ctx.obj
    said = clean(context.ui.ask(text, "--text", "在哪次会议上、哪一天公布"))
    done = act(context, name, context.when(at), lambda k, w, by: Publish(k, w, by, said))
    acknowledge_case(context, done, format)


def file(ctx: typer.Context, name: CaseId, text: Text = None, at: At = "", format: CaseFormat = None) -> None:
    """归档：决定已存入本人人事档案。

    \b
    例：shouwen sanction file 9DTM --text "卷宗 2026-17"
    """
    context: Context = ctx.obj
    done = act(context, name, context.when(at), lambda k, w, by: File(k, w, by, clean(text or "")))
    acknowledge_case(context, done, format)
