"""show: one inquiry told whole, with its clocks, articles and findings."""

from typing import Annotated

import typer

from shouwen.core.deadlines.clock_table import clocks
from shouwen.core.duties.findings import findings
from shouwen.core.inquiry.lifecycle import replay
from shouwen.core.office.namesakes import told_apart
from shouwen.core.office.standing import as_held_on
from shouwen.render.story import story, story_data
from shouwen.render.table import json_text
from shouwen.services.recusal import Sight
from shouwen.terminal import completers
from shouwen.terminal.context import Context
from shouwen.terminal.options import AsOf, format_option


def show(
    ctx: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="编号", help="全称，或字母段的一部分", autocompletion=completers.every)
    ],
    why_due: Annotated[bool, typer.Option("--why-due", help="逐步说明期限怎样算出")] = False,
    as_of: AsOf = "",
    format: Annotated[str, format_option("text", "json", "html")] = "text",
) -> None:
    """查看一件：经过、时限、条款、提示。

    \b
    例：shouwen show K7Q4
        shouwen show K7Q4 --why-due
        shouwen show K7Q4 --format json
        shouwen show K7Q4 --format html > K7Q4.html
    """
    context: Context = ctx.obj
    ledger = context.ledger
    now = context.as_of(as_of)
    record = ledger.read(ledger.find(name))
    content = told_apart(ledger.office, ledger.whole(record.content), ledger.zone)
    rules = ledger.rules(content.policy)
    Sight(context).demand(content, rules.policy)
    state = replay(content, until=now if as_of else None)
    found = clocks(rules, state, now)
    notes = findings(rules, state, found, now)
    state = as_held_on(rules.office, state, now.date())
    if format == "json":
        context.ui.show(json_text(story_data(state, found, notes, rules, record.path)))
    elif format == "html":
        from shouwen.render.story_page import story_page

        context.ui.show(story_page(state, found, notes, rules, record.path, now))
    else:
        context.ui.show(story(state, found, notes, rules, record.path, explain=why_due), by_eye=True)
