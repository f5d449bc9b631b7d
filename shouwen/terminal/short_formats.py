"""--json and --csv: short for --format json and --format csv, wherever --format takes that word."""

from typing import Any

import typer

from shouwen.core.errors import Usage


class Formats(str):
    """The metavar of a --format option, which knows the formats: --json and --csv are made of it."""

    __slots__ = ("words",)
    words: tuple[str, ...]

    def __new__(cls, *words: str) -> "Formats":
        made = super().__new__(cls, "格式")
        made.words = words
        return made


SHORT = ("json", "csv")


def with_short_formats(params: list[Any]) -> list[Any]:
    """Return the parameters of a command, with the short forms behind its --format."""
    found = []
    for param in params:
        found.append(param)
        if isinstance(param.metavar, Formats):
            for word in SHORT:
                if word in param.metavar.words:
                    found.append(_short(word))
    return found


def _short(word: str) -> Any:
    return typer.core.TyperOption(
        param_decls=[f"--{word}"], is_flag=True, default=False, help=f"同 --format {word}"
    )


def _given(ctx: typer.Context, name: str) -> bool:
    """Return whether a parameter stands on the command line."""
    source = ctx.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


def settle(ctx: typer.Context) -> None:
    """Put what --json or --csv says in the place of --format.

    Raises:
        Usage: two of them contradict each other.
    """
    asked = [word for word in SHORT if ctx.params.pop(word, False)]
    if not asked or ctx.resilient_parsing:
        return
    said = ctx.params["format"] if _given(ctx, "format") else asked[0]
    wrong = [word for word in asked if word != said]
    if wrong:
        other = f"--format {said}" if said not in asked else f"--{said}"
        raise Usage(f"--{wrong[0]} 与 {other} 互相矛盾；只写一个")
    ctx.params["format"] = said
