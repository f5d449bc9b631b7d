"""How a change of the roster ends: what was changed, and what a check of the ledger then finds."""

from collections.abc import Callable, Iterable
from typing import Any, NoReturn

import typer

from shouwen.core.errors import Conflict, Problem
from shouwen.store.refusals import reason
from shouwen.store.roster_file import PATH
from shouwen.terminal.context import Context


def ended(
    context: Context, changed: str, what: str, check: Callable[[Context], tuple[Iterable[Problem], *tuple[Any, ...]]]
) -> NoReturn:  # fmt: skip
    """Print what was changed, commit it where the ledger says so, and check the ledger as it then stands.

    Raises:
        typer.Exit: as a rule; 1 if the check found something.
        Conflict: the disk failed while checking.
    """
    context.ui.out(changed + "\n")
    context.committed([PATH], what)
    try:
        found, *_ = check(Context((context.ledger.root,), ui=context.ui))
        problems = list(found)
    except OSError as error:  # what was changed stands, whatever the disk does now
        raise Conflict(f"名册已经改好；检查没有做成（{reason(error)}），稍后再 shouwen check") from None
    for problem in problems:
        context.ui.say(str(problem))
    raise typer.Exit(1 if problems else 0)
