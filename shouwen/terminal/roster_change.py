"""How a change of the roster ends: what was changed, and what a check of the ledger then finds."""

from collections.abc import Iterable
from typing import NoReturn

import typer

from shouwen.core.errors import Problem
from shouwen.terminal.context import Context


def ended(context: Context, changed: str, what: str, path: str, problems: Iterable[Problem]) -> NoReturn:
    """Print what was changed, commit it where the ledger says so; 1 if the check found something."""
    context.ui.out(changed + "\n")
    context.committed([path], what)
    found = list(problems)
    for problem in found:
        context.ui.say(str(problem))
    raise typer.Exit(1 if found else 0)
