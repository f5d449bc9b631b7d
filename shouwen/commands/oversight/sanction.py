"""sanction 问责: report, verify, decide, serve, file, appeal, uphold, modify, revoke, list, show."""

from datetime import datetime, time
from typing import Annotated

import typer

from shouwen.core.accountability.case import (
    Appeal,
    Case,
    Decide,
    File,
    Modify,
    Publish,
    Revoke,
    Serve,
    Uphold,
    Verify,
)
from shouwen.core.accountability.lifecycle import replay_case
from shouwen.core.accountability.proposals import authority_problem, case_findings, propose, unfiled
from shouwen.core.errors import Refused, Usage
from shouwen.core.office.lookup import find_department, find_staff
from shouwen.core.regulation.citation import cite
from shouwen.core.regulation.schema import Policy
from shouwen.core.vocabulary import choose, clean, nearest
from shouwen.render.case import case_data, case_story
from shouwen.render.drafts import draft_text
from shouwen.render.problems import unreadable_data, unreadable_text
from shouwen.render.table import FORMATS, json_text, listing
from shouwen.services.case_act import FOLDER, act, open_case, proposed, states
from shouwen.services.leads import drafts
from shouwen.terminal import completers
from shouwen.terminal.acknowledgement import acknowledge_case
from shouwen.terminal.context import Context, article_of, past_day
from shouwen.terminal.ending import finish
from shouwen.terminal.lists import fit_screen
from shouwen.terminal.options import At, Wide, format_option, only

CaseId = Annotated[
    str,
    typer.Argument(
        metavar="案号", help="如 S20261203-9DTM2A，或字母段的一部分", autocompletion=completers.cases
    ),
]
CaseFormat = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="格式",
        help="json：输出整个案件",
        autocompletion=completers.of("json"),
        callback=only("json"),
    ),
]
Text = Annotated[str | None, typer.Option("--text", metavar="文字", help="说明")]
Authority = Annotated[
    str | None,
    typer.Option("--authority", metavar="机关", help="决定机关", autocompletion=completers.authorities),
]

app = typer.Typer(help="问责：受理举报、核实、决定、送达、归档、申诉、撤销。只提建议，不作决定。")


def _violation(context: Context, policy: Policy, article: str | None, name: str) -> str:
    """The violation that an article (or its name) means."""
    if name:
        return choose(name, policy.violations, "违规行为")
    known = list(dict.fromkeys(v.article for v in policy.violations.values()))
    wanted = article_of(context.ui.ask(article, "--article", "违反哪一条", known), known)
    fitting = [n for n, v in policy.violations.items() if v.article == wanted]
    if len(fitting) > 1:
        return context.ui.ask(None, "--violation", f"{cite(policy, wanted)}有几种行为", fitting)
    return fitting[0]


@app.command("report", short_help="立案：谁、违反哪一条、何时何事")
def report(
    ctx: typer.Context,
    staff: Annotated[str, typer.Option(metavar="人员", help="被反映的人", autocompletion=completers.staff)] = "",
    department: Annotated[str, typer.Option(metavar="部门", help="责任在部门时", autocompletion=completers.departments)] = "",
    article: Annotated[str | None, typer.Option(metavar="条款", help="违反哪一条", autocompletion=completers.articles)] = None,
    violation: Annotated[str, typer.Option(metavar="行为", help="同一条有几种行为时写明", autocompletion=completers.violations)] = "",
    summary: Annotated[str | None, typer.Option(metavar="文字", help="发生了什么")] = None,
    occurred: Annotated[str | None, typer.Option(metavar="日期", help="哪一天发生的")] = None,
    inquiry: Annotated[str, typer.Option(metavar="编号", help="涉及的受理记录", autocompletion=completers.every)] = "",
    source: Annotated[str, typer.Option(metavar="来源", help="投诉、检查、超期、自查等")] = "",
    from_overdue: Annotated[bool, typer.Option("--from-overdue", help="列出超期报告里可以立案的线索，不立案")] = False,
    at: At = "",
    format: CaseFormat = None,
) -> None:  # fmt: skip
    """立案：记下对谁、依哪一条的反映；没有核实以前不算数。

    \b
    例：shouwen sanction report --staff wangfang --article 四 --summary 推说不归本科管 --occurred 2026-11-20 --inquiry K7Q4
        shouwen sanction report --from-overdue
    """
    context: Context = ctx.obj
    ledger, office = context.ledger, context.ledger.office
    if from_overdue:
        _drafts(context)
        return
    if bool(staff) == bool(department):
        if staff or not context.ui.interactive:
            raise Usage("--staff（人员）和 --department（部门）写一个")
        staff = context.ui.ask(None, "--staff", "被反映的人", office.staff)
    when = context.moment(at, "--at ")
    day = context.ui.read(
        occurred, "--occurred", "哪一天发生的", lambda t: past_day(context, t, "--occurred ")
    )
    path = ledger.find(inquiry) if inquiry else ""
    # An act is judged by the regulation of its own day, or of the inquiry in which it happened.
    then = datetime.combine(day, time(12), ledger.zone)
    policy = context.policy_of(inquiry) if inquiry else context.policy_on(then)
    name = _violation(context, policy, article, violation)
    case = Case(
        id="", reported=when, by=context.actor, staff=find_staff(office, staff) if staff else "",
        department=find_department(office, department) if department else "",
        violation=name, article=policy.violations[name].article,
        inquiry=path.rsplit("/", 1)[-1][:-5], occurred=day,
        summary=clean(context.ui.ask(summary, "--summary", "发生了什么")), source=clean(source),
        policy=policy.id,
    )  # fmt: skip
    acknowledge_case(context, open_case(context, case), format)


def _drafts(context: Context) -> None:
    """Print, for each lead for which no case is open yet, where it stands and the command to report it."""
    problems: list = []
    for d in drafts(context, problems):
        place, lead = f"{d.path}:{d.line}", d.lead
        context.ui.out(
            draft_text(
                place, d.policy, lead.article, lead.text, lead.violation, lead.who, d.occurred, d.inquiry
            )
        )
    if problems:
        context.ui.say(unreadable_text(problems))
    finish(problems)


@app.command("verify", short_help="核实：查实或不成立")
def verify(
    ctx: typer.Context, name: CaseId,
    finding: Annotated[str | None, typer.Option(metavar="结论", help="查实 或 不成立", autocompletion=completers.of("查实", "不成立"))] = None,
    text: Text = None, at: At = "", format: CaseFormat = None,
) -> None:  # fmt: skip
    """核实：写明查实还是不成立。

    \b
    例：shouwen sanction verify 9DTM --finding 查实 --text 录音与当事人陈述一致
    """
    context: Context = ctx.obj
    words = ("查实", "不成立")
    word = choose(context.ui.ask(finding, "--finding", "结论", words), words, "结论")
    done = act(context, name, context.when(at), lambda k, w, by: Verify(k, w, by, word, clean(text or "")))
    acknowledge_case(context, done, format)


@app.command("decide", short_help="决定：机关、措施、文号")
def decide(
    ctx: typer.Context, name: CaseId,
    measure: Annotated[list[str] | None, typer.Option(metavar="措施", help="不写则照建议；可写多次", autocompletion=completers.measures)] = None,
    reason: Annotated[str, typer.Option(metavar="理由", help="与规定不同时必须写明")] = "",
    authority: Authority = None,
    number: Annotated[str, typer.Option("--doc-no", metavar="文号", help="决定书文号")] = "",
    published: Annotated[str, typer.Option(metavar="文字", help="公布的会议和日期")] = "",
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
    moment = context.moment(at, "--at ")
    when = moment.astimezone(ledger.zone).date()
    others = [s for _, s in states(context) if s.counts and s.decision.at < moment]
    proposal = propose(policy, state.case, others, when, ledger.zone)
    chosen = tuple(clean(x) for x in measure or ())
    if not chosen:
        chosen = proposal.measures
        if proposal.one_of:
            one = context.ui.ask(None, "--measure", f"规定为 {proposal}，择一", proposal.one_of)
            chosen = (*proposal.measures, one)
    if not chosen:
        raise Usage("写明措施（--measure）；制度没有规定")
    known = {x for v in policy.violations.values() for s in (*v.ladder, v) for x in (*s.measures, *s.one_of)}
    known |= {x for v in policy.violations.values() for x in v.also}
    for word in chosen:
        if word not in known and not reason and not proposal.unregulated:
            near = nearest(word, sorted(known))
            raise Refused(
                f"《{policy.name}》没有措施“{word}”（有：{'、'.join(near)}）；确要如此请写 --reason"
            )
    if not proposal.accepts(chosen) and not reason:
        raise Refused(f"{cite(policy, proposal.article)}规定：{proposal}；决定与此不同，须写 --reason")
    named = [n for rule in policy.authorities for n in rule.names]
    body = clean(context.ui.ask(authority, "--authority", "决定机关", named, default=None))
    _, problem = authority_problem(policy, chosen, body)
    if problem:
        raise Refused(problem)
    done = act(context, name, context.when(at), lambda k, w, by: Decide(
        k, w, by, chosen, body, clean(number), clean(reason), clean(published)))  # fmt: skip
    acknowledge_case(context, done, format)


@app.command("serve", short_help="送达本人")
def serve(
    ctx: typer.Context, name: CaseId, text: Text = None, at: At = "", format: CaseFormat = None
) -> None:
    """送达：决定已送达本人。

    \b
    例：shouwen sanction serve 9DTM
    """
    context: Context = ctx.obj
    done = act(context, name, context.when(at), lambda k, w, by: Serve(k, w, by, clean(text or "")))
    acknowledge_case(context, done, format)


@app.command("publish", short_help="公布：会议和日期")
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


@app.command("file", short_help="存入人事档案")
def file(ctx: typer.Context, name: CaseId, text: Text = None, at: At = "", format: CaseFormat = None) -> None:
    """归档：决定已存入本人人事档案。

    \b
    例：shouwen sanction file 9DTM --text "卷宗 2026-17"
    """
    context: Context = ctx.obj
    done = act(context, name, context.when(at), lambda k, w, by: File(k, w, by, clean(text or "")))
    acknowledge_case(context, done, format)


@app.command("appeal", short_help="本人申诉")
def appeal(
    ctx: typer.Context, name: CaseId, text: Text = None, at: At = "", format: CaseFormat = None
) -> None:
    """申诉：本人不服；申诉期间不停止执行。

    \b
    例：shouwen sanction appeal 9DTM --text 当日不在岗，有请假单
    """
    context: Context = ctx.obj
    said = clean(context.ui.ask(text, "--text", "申诉理由"))
    done = act(context, name, context.when(at), lambda k, w, by: Appeal(k, w, by, said))
    acknowledge_case(context, done, format)


@app.command("uphold", short_help="维持原决定")
def uphold(ctx: typer.Context, name: CaseId, authority: Authority = None, text: Text = None, at: At = "", format: CaseFormat = None) -> None:  # fmt: skip
    """维持：申诉后维持原决定。

    \b
    例：shouwen sanction uphold 9DTM --authority 团党委
    """
    context: Context = ctx.obj
    body = clean(context.ui.ask(authority, "--authority", "复核机关"))
    done = act(context, name, context.when(at), lambda k, w, by: Uphold(k, w, by, body, clean(text or "")))
    acknowledge_case(context, done, format)


@app.command("modify", short_help="变更措施")
def modify(
    ctx: typer.Context, name: CaseId,
    measure: Annotated[list[str] | None, typer.Option(metavar="措施", help="变更后的措施，可写多次", autocompletion=completers.measures)] = None,
    authority: Authority = None,
    reason: Annotated[str | None, typer.Option(metavar="理由", help="为什么变更")] = None,
    at: At = "", format: CaseFormat = None,
) -> None:  # fmt: skip
    """变更：申诉后变更措施；不得因申诉加重。

    \b
    例：shouwen sanction modify 9DTM --measure 诫勉教育 --authority 团党委 --reason 情节轻微
    """
    context: Context = ctx.obj
    body = clean(context.ui.ask(authority, "--authority", "复核机关"))
    why = clean(context.ui.ask(reason, "--reason", "为什么变更"))
    chosen = tuple(clean(x) for x in measure or context.ui.ask(None, "--measure", "变更后的措施").split("、"))
    ledger = context.ledger
    policy = ledger.policy(ledger.read(ledger.find(name, FOLDER)).content.policy)
    _, problem = authority_problem(policy, chosen, body)
    if problem:
        raise Refused(problem)
    done = act(context, name, context.when(at), lambda k, w, by: Modify(k, w, by, chosen, body, why))
    acknowledge_case(context, done, format)


@app.command("revoke", short_help="撤销决定")
def revoke(
    ctx: typer.Context, name: CaseId,
    reason: Annotated[str | None, typer.Option(metavar="理由", help="为什么撤销")] = None,
    authority: Annotated[str, typer.Option(metavar="机关", help="撤销机关；不写即原决定机关", autocompletion=completers.authorities)] = "",
    at: At = "", format: CaseFormat = None,
) -> None:  # fmt: skip
    """撤销：决定不再有效，不再计数；要有决定那一级的机关，本人不能撤销自己的。

    \b
    例：shouwen sanction revoke 9DTM --reason 事实不清
    """
    context: Context = ctx.obj
    why = clean(context.ui.ask(reason, "--reason", "为什么撤销"))
    done = act(context, name, context.when(at), lambda k, w, by: Revoke(k, w, by, why, clean(authority)))
    acknowledge_case(context, done, format)


COLUMNS = (
    ("id", "案号"), ("subject", "被反映"), ("violation", "行为"), ("cited", "条款"), ("occurred", "发生"),
    ("status", "状态"), ("measures", "措施"), ("decided", "决定日"), ("filed", "归档"), ("inquiry", "受理编号"),
)  # fmt: skip


@app.command("list", short_help="列出案件")
def list_(
    ctx: typer.Context,
    staff: Annotated[
        str, typer.Option(metavar="人员", help="只看这个人", autocompletion=completers.staff)
    ] = "",
    year: Annotated[int, typer.Option(metavar="年", help="只看这一年决定或立案的")] = 0,
    unfiled_only: Annotated[bool, typer.Option("--unfiled", help="只看已决定、应归档而未归档的")] = False,
    wide: Wide = False,
    format: format_option(*FORMATS) = "table",
) -> None:
    """列出案件。

    \b
    例：shouwen sanction list --year 2026
        shouwen sanction list --unfiled
    """
    context: Context = ctx.obj
    office, zone = context.ledger.office, context.ledger.zone
    person = find_staff(office, staff) if staff else ""
    problems: list = []
    rows = []
    for record, state in states(context, problems):
        case, policy = state.case, context.ledger.policy(state.case.policy)
        decided = state.decided_on(zone) if state.decision else None
        if person and case.staff != person or unfiled_only and not unfiled(policy, state):
            continue
        if year and year not in (case.reported.astimezone(zone).year, decided and decided.year):
            continue
        rows.append({
            "id": case.id, "subject": office.name(case.staff) if case.staff else case.department,
            "violation": case.violation, "cited": cite(policy, case.article), "occurred": case.occurred,
            "status": state.status, "measures": list(state.measures), "decided": decided,
            "filed": "" if not state.decision else "已归档" if state.filed else "未归档" if unfiled(policy, state) else "不需",
            "inquiry": case.inquiry, "path": record.path,
        })  # fmt: skip
    envelope = {"as_of": context.now, "revision": context.revision,
                "unreadable": unreadable_data(problems)} if format == "json" else {}  # fmt: skip
    rows, kept, note = fit_screen(context.ui, rows, COLUMNS, format, wide)
    context.ui.out(listing("sanctions", rows, kept, format, **envelope))
    if note:
        context.ui.say(note)
    if problems:
        context.ui.say(unreadable_text(problems))
    finish(problems)


@app.command("show", short_help="查看一个案件")
def show(ctx: typer.Context, name: CaseId, format: format_option("text", "json") = "text") -> None:
    """查看一个案件：反映、核实、决定和依据。

    \b
    例：shouwen sanction show 9DTM
    """
    context: Context = ctx.obj
    ledger = context.ledger
    record = ledger.read(ledger.find(name, FOLDER))
    state = replay_case(record.content)
    policy = ledger.policy(state.case.policy)
    proposal = proposed(context, policy, state)
    found = case_findings(policy, [s for _, s in states(context)], ledger.zone)[state.case.id]
    if format == "json":
        context.ui.out(json_text(case_data(state, record.path, proposal, found)))
        return
    context.ui.out(case_story(state, record.path, proposal, found, policy, ledger.office, ledger.zone))
