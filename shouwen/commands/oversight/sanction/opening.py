"""sanction report, verify: what is alleged, and what the examination found."""

from datetime import datetime, time
from typing import Annotated, Any

import typer

from shouwen.core.accountability.case import (
    Case,
    Verify,
)
from shouwen.core.accountability.charge import violations_of
from shouwen.core.errors import Usage
from shouwen.core.office.lookup import find_department, find_staff
from shouwen.core.regulation.citation import cite
from shouwen.core.regulation.schema import Policy
from shouwen.core.vocabulary import choose, clean
from shouwen.render.drafts import draft_text
from shouwen.render.problems import unreadable_text
from shouwen.services.case_act import (
    act,
    article_cited,
    chargeable,
    jointly_liable,
    open_case,
    policy_of,
    same_case,
)
from shouwen.services.leads import drafts
from shouwen.terminal import completers
from shouwen.terminal.acknowledgement import acknowledge_case
from shouwen.terminal.case_options import CaseFormat, CaseId, Text
from shouwen.terminal.context import Context, article_of, past_day
from shouwen.terminal.ending import finish
from shouwen.terminal.options import At


def _charge(context: Context, policy: Policy, article: str | None, name: str) -> tuple[str, str]:
    """Return (article broken, violation or ''): any article of the regulation can be charged."""
    named = choose(name, policy.violations, "违规行为") if name else ""
    if named and not article:
        return policy.violations[named].article, named
    known = chargeable(policy)
    said = context.ui.ask(article, "--article", "违反哪一条", known)
    broken = article_cited(policy, said) or article_of(said, known)
    fitting = violations_of(policy, broken)
    if named or not fitting:
        return broken, named
    if len(fitting) == 1:
        return broken, fitting[0]
    question = f"{cite(policy, broken)}有几种行为；说不准的直接回车，核实时再写明"
    return broken, context.ui.ask(None, "--violation", question, fitting, default="")


def _drafts(context: Context) -> None:
    """Print, for each lead for which no case is open yet, where it stands and the command to report it."""
    problems: list[Any] = []
    for d in drafts(context, problems):
        place, lead = f"{d.path}:{d.line}", d.lead
        context.ui.text(
            draft_text(
                place, d.policy, lead.article, lead.text, lead.violation, lead.who, d.occurred, d.inquiry
            )
        )
    if problems:
        context.ui.say(unreadable_text(problems))
    finish(problems)


def report(
    ctx: typer.Context,
    staff: Annotated[str, typer.Option(metavar="人员", help="被反映的人", autocompletion=completers.staff)] = "",
    department: Annotated[str, typer.Option(metavar="部门", help="责任在部门时；可与人员同时写", autocompletion=completers.departments)] = "",
    article: Annotated[str | None, typer.Option(metavar="条款", help="违反哪一条", autocompletion=completers.articles)] = None,
    violation: Annotated[str, typer.Option(metavar="行为", help="依哪种行为处理；不写则是这一条自己的", autocompletion=completers.violations)] = "",
    summary: Annotated[str | None, typer.Option(metavar="文字", help="发生了什么")] = None,
    occurred: Annotated[str | None, typer.Option(metavar="日期", help="哪一天发生的")] = None,
    inquiry: Annotated[str, typer.Option(metavar="编号", help="涉及的受理记录", autocompletion=completers.every)] = "",
    source: Annotated[str, typer.Option(metavar="来源", help="投诉、检查、超期、自查等")] = "",
    joint: Annotated[str, typer.Option("--joint", metavar="案号", help="对这一案的同责领导立案；人、条款、日期照那一案", autocompletion=completers.cases)] = "",
    from_overdue: Annotated[bool, typer.Option("--from-overdue", help="列出超期报告里可以立案的线索，不立案")] = False,
    at: At = "",
    format: CaseFormat = None,
) -> None:  # fmt: skip
    """立案：记下对谁、依哪一条的反映；没有核实以前不算数。

    \b
    例：shouwen sanction report --staff wangfang --article 四 --summary 推说不归本科管 --occurred 2026-11-20 --inquiry K7Q4
        shouwen sanction report --joint 9DTM
        shouwen sanction report --from-overdue
    """
    context: Context = ctx.obj
    ledger, office = context.ledger, context.ledger.office
    if from_overdue:
        _drafts(context)
        return
    if joint:
        if staff or department or article or violation or occurred or inquiry:
            raise Usage("--joint 的人、条款、日期、受理记录照那一案，不另写")
        when = context.read_time(at, "--at ")
        case = jointly_liable(context, joint, when, clean(summary or ""), clean(source))
        acknowledge_case(context, open_case(context, case), format)
        return
    if not staff and not department:
        if not context.ui.interactive:
            raise Usage("写明 --staff（人员）或 --department（部门），两样都有责任的都写")
        staff = context.person(None, "--staff", "被反映的人", context.day(at))
    when = context.read_time(at, "--at ")
    day = context.ui.read(
        occurred, "--occurred", "哪一天发生的", lambda t: past_day(context, t, "--occurred ")
    )
    path = ledger.find(inquiry) if inquiry else ""
    # An act is judged by the regulation of its own day, or of the inquiry in which it happened.
    then = datetime.combine(day, time(12), ledger.zone)
    policy = context.policy_of(inquiry) if inquiry else context.policy_on(then)
    broken, name = _charge(context, policy, article, violation)
    case = Case(
        id="", reported=when, by=context.actor, staff=find_staff(office, staff, day) if staff else "",
        department=find_department(office, department, day) if department else "",
        violation=name, article=broken,
        inquiry=path.rsplit("/", 1)[-1][:-5], occurred=day,
        summary=clean(context.ui.ask(summary, "--summary", "发生了什么")), source=clean(source),
        policy=policy.id,
    )  # fmt: skip
    done = open_case(context, case)
    acknowledge_case(context, done, format)
    new = done.state.case
    for other, status in same_case(context, new):
        context.ui.say(f"注意：对同一个人（部门）、同一天、同一条已有 {other}（{status}）；是同一件事的，这一件核实为不成立："
                       f"shouwen sanction verify {new.id} --finding 不成立 --text 与{other}重复")  # fmt: skip


def verify(
    ctx: typer.Context, name: CaseId,
    finding: Annotated[str | None, typer.Option(metavar="结论", help="查实 或 不成立", autocompletion=completers.of("查实", "不成立"))] = None,
    needs: Annotated[list[str] | None, typer.Option(metavar="情节", help="查明了条款要求的哪项情节；可写多次", autocompletion=completers.needs)] = None,
    violation: Annotated[str, typer.Option(metavar="行为", help="同一条有几种行为时，查明是哪一种", autocompletion=completers.violations)] = "",
    tier: Annotated[str, typer.Option(metavar="轻重", help="情节轻重，条款分了几等时写明", autocompletion=completers.tiers)] = "",
    ground: Annotated[list[str] | None, typer.Option(metavar="情形", help="免责、从轻、从重的情形；可写多次", autocompletion=completers.grounds)] = None,
    text: Text = None, at: At = "", format: CaseFormat = None,
) -> None:  # fmt: skip
    """核实：写明查实还是不成立；条款另要求的情节（如造成不良影响）查明了的一并写。

    查实以后又查明情节的，可以再写一次；没有查明的不能依那一条决定。

    \b
    例：shouwen sanction verify 9DTM --finding 查实 --text 录音与当事人陈述一致
        shouwen sanction verify 9DTM --finding 查实 --needs 引起争吵
    """
    context: Context = ctx.obj
    words = ("查实", "不成立")
    word = choose(context.ui.ask(finding, "--finding", "结论", words), words, "结论")
    policy = policy_of(context, name)
    named = choose(violation, policy.violations, "违规行为") if violation else ""
    found, weighed = tuple(clean(x) for x in needs or ()), tuple(clean(x) for x in ground or ())
    done = act(
        context,
        name,
        context.when(at),
        lambda k, w, by: Verify(k, w, by, word, clean(text or ""), found, named, clean(tier), weighed),
    )
    acknowledge_case(context, done, format)
