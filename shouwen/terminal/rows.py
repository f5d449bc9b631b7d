"""Inquiries as a list on the terminal: sorted, written, what was hidden or unreadable said."""

from datetime import datetime
from typing import Any

from shouwen.core.errors import Usage
from shouwen.render.fit import NEEDED
from shouwen.render.inquiries import COLUMNS, LEDGER, USUAL, Rows
from shouwen.render.problems import unreadable_data, unreadable_text
from shouwen.render.table import listing
from shouwen.terminal.context import Context
from shouwen.terminal.ending import finish
from shouwen.terminal.lists import fit_screen


def may_reveal(context: Context, reveal: bool) -> None:
    """Refuse to show names unmasked anywhere but on a screen.

    Raises:
        Usage: they would go to a file or a pipe.
    """
    if reveal and not context.ui.terminal:
        raise Usage("--reveal 只用于终端，不能写进文件或管道")


def show_rows(
    context: Context, name: str, found: Rows, chosen: list[str], sort: str, format: str, now: datetime,
    null: bool = False, wide: bool = False,
) -> None:  # fmt: skip
    """Show the rows sorted, say what was hidden or unreadable, and end the command.

    ``null`` prints the ids alone, each followed by a null character. Of several ledgers each row says which.
    """
    rows, problems, hidden = found.rows, found.problems, found.hidden
    rows.sort(key=lambda r: (r[sort.lstrip("-")], r["id"], r.get("ledger", "")), reverse=sort.startswith("-"))
    if null:
        context.ui.out("".join(r["id"] + "\0" for r in rows))
        if problems:
            context.ui.say(unreadable_text(problems))
        finish(problems)
    columns = [*([LEDGER] if context.several else []), *((c, COLUMNS[c]) for c in chosen)]
    shown = [{c: row[c] for c, _ in columns} for row in rows] if format in ("json", "jsonl") else rows
    envelope: dict[str, Any] = {"as_of": now, "revision": context.each()[0].revision, "unreadable": unreadable_data(problems),
                "confidential": hidden} if format == "json" else {}  # fmt: skip
    needed = NEEDED if chosen == USUAL.split(",") else chosen
    shown, kept, note = fit_screen(context.ui, shown, columns, format, wide, needed)
    context.ui.show(
        listing(name, shown, kept, format, **envelope), by_eye=format in ("table", "plain"), wide=wide
    )
    if note:
        context.ui.say(note)
    if hidden:
        context.ui.say(f"另有保密件（举报等）{hidden} 件，不在列表中显示")
    if not rows and format in ("table", "plain", "markdown"):
        context.ui.say("没有符合条件的记录")
    if problems:
        context.ui.say(unreadable_text(problems))
    finish(problems)
