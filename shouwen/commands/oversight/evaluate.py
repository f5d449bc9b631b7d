"""evaluate: the year's appraisal against the sanction thresholds, with the evidence."""

from datetime import datetime
from typing import Annotated

import typer
from msgspec import Struct

from shouwen.commands.ledger.check import problems_of
from shouwen.core.accountability.appraisal import (
    Appraisal,
    Places,
    appraise,
    evaluated,
    excellent_places,
    leaders_to_review,
    window_notes,
)
from shouwen.core.accountability.lifecycle import CaseState, replay_case
from shouwen.core.accountability.service_record import Service, add_service, together
from shouwen.core.dates import parse
from shouwen.core.deadlines.clock_table import clocks
from shouwen.core.errors import BadData, Problem, Usage
from shouwen.core.inquiry.lifecycle import State, replay
from shouwen.core.integrity.checks import may_change_counts
from shouwen.core.office.lookup import find_department, find_staff
from shouwen.core.regulation.schema import Policy
from shouwen.render.appraisal.text import COLUMNS, appraisal_data, appraisal_row, appraisal_text
from shouwen.render.table import FORMATS, listing
from shouwen.store.record import Record
from shouwen.terminal import completers
from shouwen.terminal.context import Context
from shouwen.terminal.options import AsOf, AtRevision, format_option
from shouwen.terminal.output import write_private
from shouwen.terminal.reading import readable, unreadable_data


class Year(Struct):
    """One ledger's year: everybody's appraisal, figures, and what they rest on."""

    context: Context
    policy: Policy
    results: list[Appraisal]
    figures: dict[str, Service]
    records: dict
    review: list[tuple[str, CaseState]]
    problems: list[Problem]
    places: Places | None

    def service(self, staff: str) -> Service:
        """A person's figures; all nought for who had no part in anything."""
        return self.figures.get(staff, Service())


def evaluate(
    ctx: typer.Context,
    year: Annotated[int, typer.Argument(metavar="年", help="考核年度", min=1900, max=2199)],
    staff: Annotated[str, typer.Option(metavar="人员", help="只看这个人", autocompletion=completers.staff)] = "",
    department: Annotated[str, typer.Option(metavar="部门", help="只看这个部门", autocompletion=completers.departments)] = "",
    output: Annotated[str, typer.Option("--output", "-o", metavar="文件", help="写进文件（只本人可读），不覆盖已有的")] = "",
    as_of: AsOf = "",
    revision: AtRevision = "",
    format: format_option(*FORMATS, "text") = "text",
) -> None:  # fmt: skip
    """年度考核：已决定且未撤销的问责对等次的限制，逐项列出条款和计入的案件。

    只给出上限或应定等次及其依据，不评定等次。
    html、markdown 为可打印的全单位一览和每人一页的依据表，留出签字处。
    问责案件、名册有问题或记录读不出时拒绝；不影响计数的问题（如争议）照列在后。

    \b
    例：shouwen evaluate 2026
        shouwen evaluate 2026 --staff wangfang
        shouwen evaluate 2026 --format csv --output 2026.csv
        shouwen evaluate 2026 --format html --output 2026.html
        shouwen evaluate 2026 --at v2026-12 --as-of 2026-12-31
    """
    context: Context = ctx.obj
    years = []
    for one in context.each():
        if revision:
            one.go_to(revision)
        now = one.as_of(as_of)
        if year > now.year:
            raise Usage(f"{year} 年还没有开始")
        years.append(_year(one, year, now, bool(as_of or revision), staff, department))
    if format == "text":
        text = "\n".join(_page(y, year, now) for y in years)
    elif format == "json":
        text = _json(years, year, now)
    elif format in ("html", "markdown"):
        text = _sheets(years, year, now, format)
    else:
        rows = [appraisal_row(a, y.service(a.id)) | _whose(y) for y in years for a in y.results]
        columns = (("ledger", "单位"), *COLUMNS) if context.several else COLUMNS
        text = listing("evaluation", rows, columns, format)
    if output:
        write_private(context, output, text)
    else:
        context.ui.out(text)


def _whose(of: Year) -> dict:
    return {"ledger": of.context.called}


def _year(context: Context, year: int, now: datetime, past: bool, staff: str, department: str) -> Year:
    """The appraisals of one ledger; BadData where a problem might change somebody's count."""
    ledger, office = context.ledger, context.ledger.office

    def count(record: Record, state: State, figures: dict[str, Service]) -> None:
        if record.content.received <= now:
            then = replay(record.content, until=now) if past else state
            found = clocks(ledger.rules(record.content.policy), then, now)
            add_service(figures, then, found, year, ledger.zone)

    problems, _, kept = problems_of(context, layout_too=False, visit=count)
    if bad := [p for p in problems if may_change_counts(p)]:
        context.ui.say(f"台账有 {len(bad)} 个会影响计数的问题，修好后再考核（其余见 shouwen check）")
        raise BadData(bad)
    people = evaluated(office, year)
    policy = context.policy_on(min(now, parse(f"{year}-12-31 12:00", now)))
    places = excellent_places(policy, len(people))
    if staff:
        person = find_staff(office, staff)
        if person not in people:
            raise Usage(f"{office.name(person)}不在 {year} 年的考核范围（evaluated: false，或当年不在岗）")
        people = [person]
    if department:
        section = find_department(office, department)
        people = [p for p in people if office.unit(office.appraised_in(p, year)) == section]
    cases = [(r, replay_case(r.content, until=now)) for r in readable(context, [], "sanctions")]
    cases = [(r, s) for r, s in cases if s.case.reported <= now]
    states = [s for _, s in cases]
    return Year(
        context, policy, [appraise(policy, office, p, states, year, ledger.zone, ledger.policy) for p in people], together(kept),
        {s.case.id: r for r, s in cases},
        [pair for pair in leaders_to_review(ledger.policy, office, states, year, ledger.zone)
         if not staff or pair[0] in people],
        problems, places,
    )  # fmt: skip


def _page(of: Year, year: int, now: datetime) -> str:
    office = of.context.ledger.office
    text = appraisal_text(
        of.results, of.figures, of.policy, office, of.records, year, now, of.review, of.places
    )
    if of.problems:
        text += f"\n台账另有 {len(of.problems)} 个不影响计数的问题：\n"
        text += "".join(f"  {p}\n" for p in of.problems)
    return text


def _sheets(years: list[Year], year: int, now: datetime, format: str) -> str:
    """The office's table and a sheet for everybody, to be printed and signed."""
    from shouwen.render.appraisal.html import markdown, page
    from shouwen.render.appraisal.sheets import folder

    folders = [
        folder(y.results, y.figures, y.policy, y.context.ledger.office, y.records, year, now, y.review,
               [str(p) for p in y.problems], y.places)
        for y in years
    ]  # fmt: skip
    return page(folders) if format == "html" else markdown(folders)


def _json(years: list[Year], year: int, now: datetime) -> str:
    """``shouwen.evaluation/1``; with several ledgers each person says which."""
    first, several = years[0], len(years) > 1
    items = [
        appraisal_data(a, y.service(a.id), y.policy, y.records, year) | (_whose(y) if several else {})
        for y in years
        for a in y.results
    ]
    return listing(
        "evaluation", items, COLUMNS, "json", key="staff", year=year, policy=first.policy.id, as_of=now,
        window=window_notes(first.policy), revision=first.context.revision, unreadable=[],
        problems=unreadable_data([p for y in years for p in y.problems]),
        excellent_cap=[y.places for y in years],
        review=[{"leader": leader, "sanction": s.case.id} for y in years for leader, s in y.review],
    )  # fmt: skip
