"""evaluate: the year's appraisal against the sanction thresholds, with the evidence."""

from typing import Annotated, Any

import typer

from shouwen.core.accountability.appraisal import (
    window_notes,
)
from shouwen.render.appraisal.text import (
    COLUMNS,
    appraisal_data,
    appraisal_row,
    appraisal_text,
    left_open,
    unit_data,
    unit_row,
)
from shouwen.render.fit import table_or_items
from shouwen.render.problems import unreadable_data
from shouwen.render.table import FORMATS, listing
from shouwen.services.appraisal import Unsound, Year, year_of
from shouwen.terminal import completers
from shouwen.terminal.context import Context
from shouwen.terminal.options import AsOf, AtRevision, format_option
from shouwen.terminal.output import write_private


def evaluate(
    ctx: typer.Context,
    year: Annotated[int, typer.Argument(metavar="年", help="考核年度", min=1900, max=2199)],
    staff: Annotated[str, typer.Option(metavar="人员", help="只看这个人", autocompletion=completers.staff)] = "",
    department: Annotated[str, typer.Option(metavar="部门", help="只看这个部门", autocompletion=completers.departments)] = "",
    output: Annotated[str, typer.Option("--output", "-o", metavar="文件", help="写进文件（只本人可读），不覆盖已有的")] = "",
    as_of: AsOf = "",
    revision: AtRevision = "",
    format: Annotated[str, format_option(*FORMATS, "text")] = "text",
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
        try:
            years.append(year_of(one, year, one.as_of(as_of), bool(as_of or revision), staff, department))
        except Unsound as error:
            context.ui.say(
                f"台账有 {len(error.problems)} 个会影响计数的问题，修好后再考核（其余见 shouwen check）"
            )
            raise
    if format == "text":
        text = "\n".join(_page(y, year) for y in years)
    elif format == "json":
        text = _json(years, year, context.each()[0].revision)
    elif format in ("html", "markdown"):
        text = _sheets(years, year, format)
    else:
        rows = [appraisal_row(a, y.service(a.id), y.policy) | _whose(y) for y in years for a in y.results]
        rows += [unit_row(u, y.policy) | _whose(y) for y in years for u in y.departments]
        columns = (("ledger", "单位"), *COLUMNS) if context.several else COLUMNS
        narrow = format == "table" and not output
        text = (
            table_or_items(rows, columns, context.ui.columns)
            if narrow
            else listing("evaluation", rows, columns, format)
        )
        _say_left_open(context, years)
    if output:
        write_private(context, output, text)
    else:
        context.ui.show(text, by_eye=format in ("text", "table", "plain"))


def _say_left_open(context: Context, years: list[Year]) -> None:
    """Say beside a table, which has no place for it, what each ledger's document leaves open."""
    for of in years:
        for line in left_open(of.policy):
            context.ui.say(
                f"{of.desk.called}：文件没有规定的：{line}" if context.several else f"文件没有规定的：{line}"
            )


def _whose(of: Year) -> dict[str, Any]:
    return {"ledger": of.desk.called}


def _page(of: Year, year: int) -> str:
    office = of.desk.ledger.office
    text = appraisal_text(
        of.results,
        of.figures,
        of.policy,
        office,
        of.records,
        year,
        of.now,
        of.review,
        of.places,
        of.departments,
    )
    if of.problems:
        text += f"\n台账另有 {len(of.problems)} 个不影响计数的问题：\n"
        text += "".join(f"  {p}\n" for p in of.problems)
    return text


def _sheets(years: list[Year], year: int, format: str) -> str:
    """Return the office's table and a sheet for everybody, to be printed and signed."""
    from shouwen.render.appraisal.html import markdown, page
    from shouwen.render.appraisal.sheets import folder

    folders = [
        folder(y.results, y.figures, y.policy, y.desk.ledger.office, y.records, year, y.now, y.review,
               [str(p) for p in y.problems], y.desk.ledger.calendar, y.places, y.departments, y.revoked)
        for y in years
    ]  # fmt: skip
    return page(folders) if format == "html" else markdown(folders)


def _json(years: list[Year], year: int, revision: str | None) -> str:
    """Return ``shouwen.evaluation/1``, dated in the first ledger's zone; with several each person says which."""
    first, several = years[0], len(years) > 1
    items = [
        appraisal_data(a, y.service(a.id), y.policy, y.records, year) | (_whose(y) if several else {})
        for y in years
        for a in y.results
    ]
    return listing(
        "evaluation", items, COLUMNS, "json", key="staff", year=year, policy=first.policy.id, as_of=first.now,
        window=window_notes(first.policy), revision=revision, unreadable=[],
        problems=unreadable_data([p for y in years for p in y.problems]),
        departments=[
            unit_data(u, y.policy, y.records) | (_whose(y) if several else {})
            for y in years
            for u in y.departments
        ],
        excellent_cap=[y.places for y in years],
        review=[{"leader": r.leader, "post": r.post, "sanction": r.state.case.id} for y in years for r in y.review],
        undefined=first.policy.undefined,
    )  # fmt: skip
