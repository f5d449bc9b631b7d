"""evaluate: the year's appraisal against the sanction thresholds, with the evidence."""

from typing import Annotated

import typer

from shouwen.commands import complete
from shouwen.commands.check import problems_of
from shouwen.commands.options import AsOf, form
from shouwen.commands.output import write_private
from shouwen.commands.reading import checked_form, readable, unreadable_data
from shouwen.commands.session import Session
from shouwen.core.checks import may_change_counts
from shouwen.core.clocks import clocks
from shouwen.core.errors import BadData, Usage
from shouwen.core.evaluation import appraise, evaluated, leaders_to_review, window_notes
from shouwen.core.moment import parse
from shouwen.core.moves import find_department, find_staff
from shouwen.core.replay import replay
from shouwen.core.sanctions import replay_case
from shouwen.core.statistics import Service, add_service
from shouwen.store.git import revision
from shouwen.text.appraisal import COLUMNS, appraisal_data, appraisal_row, appraisal_text
from shouwen.text.table import FORMATS, listing


def evaluate(
    ctx: typer.Context,
    year: Annotated[int, typer.Argument(metavar="年", help="考核年度", min=1900, max=2199)],
    staff: Annotated[str, typer.Option(metavar="人员", help="只看这个人", autocompletion=complete.staff)] = "",
    department: Annotated[str, typer.Option(metavar="部门", help="只看这个部门", autocompletion=complete.departments)] = "",
    output: Annotated[str, typer.Option("--output", "-o", metavar="文件", help="写进文件（只本人可读），不覆盖已有的")] = "",
    as_of: AsOf = "",
    form: form(*FORMATS, "text") = "text",
) -> None:  # fmt: skip
    """年度考核：已决定且未撤销的问责对等次的限制，逐项列出条款和计入的案件。

    只给出上限或应定等次及其依据，不评定等次。
    问责案件、名册有问题或记录读不出时拒绝；不影响计数的问题（如争议）照列在后。

    \b
    例：shouwen evaluate 2026
        shouwen evaluate 2026 --staff wangfang
        shouwen evaluate 2026 --format csv --output 2026.csv
    """
    session: Session = ctx.obj
    ledger, office = session.ledger, session.ledger.office
    checked_form(form, (*FORMATS, "text"))
    now = session.as_of(as_of)
    if year > now.year:
        raise Usage(f"{year} 年还没有开始")
    found, _ = problems_of(session, form_too=False)
    if bad := [p for p in found if may_change_counts(p)]:
        session.say(f"台账有 {len(bad)} 个会影响计数的问题，修好后再考核（其余见 shouwen check）")
        raise BadData(bad)
    people = evaluated(office, year)
    if staff:
        person = find_staff(office, staff)
        if person not in people:
            raise Usage(f"{office.name(person)}不在 {year} 年的考核范围（evaluated: false，或当年不在岗）")
        people = [person]
    if department:
        section = find_department(office, department)
        people = [p for p in people if office.staff[p].department == section]
    policy = session.policy_on(min(now, parse(f"{year}-12-31 12:00", now)))
    cases = [(r, replay_case(r.content, until=now)) for r in readable(session, [], "sanctions")]
    cases = [(r, s) for r, s in cases if s.case.reported <= now]
    figures: dict[str, Service] = {}
    for record in readable(session, [], "inquiries", "archive"):
        if record.content.received <= now:
            state = replay(record.content, until=now if as_of else None)
            add_service(
                figures, state, clocks(ledger.rules(record.content.policy), state, now), year, ledger.zone
            )
    states = [s for _, s in cases]
    records = {s.case.id: r for r, s in cases}
    results = [appraise(policy, office, p, states, year, ledger.zone) for p in people]
    review = [
        (leader, s) for leader, s in leaders_to_review(policy, office, states, year, ledger.zone)
        if not staff or leader in people
    ]  # fmt: skip
    if form == "json":
        items = [appraisal_data(a, figures.get(a.id, Service()), policy, records, year) for a in results]
        text = listing(
            "evaluation", items, COLUMNS, form, year=year, policy=policy.id, as_of=now,
            window=window_notes(policy), revision=revision(ledger.root), unreadable=[],
            problems=unreadable_data(found),
            review=[{"leader": leader, "sanction": s.case.id} for leader, s in review],
        ).replace('"items":', '"staff":', 1)  # fmt: skip
    elif form == "text":
        text = appraisal_text(results, figures, policy, office, records, year, now, review)
        if found:
            text += f"\n台账另有 {len(found)} 个不影响计数的问题：\n" + "".join(f"  {p}\n" for p in found)
    else:
        rows = [appraisal_row(a, figures.get(a.id, Service())) for a in results]
        text = listing("evaluation", rows, COLUMNS, form)
    if not output:
        session.out(text)
        return
    write_private(session, output, text)
