"""How a report ends: with the code that says whether everything could be read."""

from typing import NoReturn

import typer

from shouwen.core.errors import Problem

UNREADABLE = 5


def finish(problems: list[Problem], code: int = 0) -> NoReturn:
    """End with 5 when something could not be read, else with the code given."""
    raise typer.Exit(UNREADABLE if problems else code)
