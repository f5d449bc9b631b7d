"""Answer a TAB: the candidates for the word at the cursor, as the scripts of the shells expect them.

Nothing is ever said on a fault: a completer must not speak into somebody's prompt.
"""

import os
import re
import sys
from typing import Any

import typer

from shouwen.terminal.completion_scripts import SCRIPTS

PATH_WANTED = 3  # exit code: the shell is to offer paths
CALLED = 4  # exit code: the candidates do not begin with what was typed (20261123-K7Q4QX for q4qx)


def answer(command: Any, asked: str) -> int:
    """Answer a TAB (``complete_SHELL``) or print a script (``source_SHELL``); the exit code."""
    try:
        what, _, shell = asked.partition("_")
        shell = {"pwsh": "powershell"}.get(shell, shell)
        if what == "source":
            text, code = SCRIPTS[shell][0], 0
        else:
            text, code = _candidates(command, shell)
        sys.stdout.write(text)
        sys.stdout.flush()
        return code
    except Exception:  # noqa: BLE001 - nothing may be said into the user's prompt
        return 1


def _candidates(command: Any, shell: str) -> tuple[str, int]:
    """Return the lines for the shell, and the exit code."""
    from typer._click.shell_completion import _resolve_context, _resolve_incomplete, split_arg_string

    from shouwen.render.values import safe

    # With one more letter the last word is there, be it empty or inside open quotation marks.
    _, *args, last = split_arg_string(os.environ["_SHOUWEN_LINE"] + "x")
    context = _resolve_context(command, {}, "shouwen", args)
    if isinstance(context.command, typer.core.TyperGroup) and (context._protected_args or context.args):  # noqa: SLF001 - no public way tells it
        return "", 0  # a command that there is not
    wanted, begun = _resolve_incomplete(context, args, last[:-1])
    items = wanted.shell_complete(context, begun)
    called = False
    if not items and begun and wanted is not context.command:
        items = _called(wanted.shell_complete(context, ""), begun)
        called = bool(items)
    if not items and wanted is context.command and not begun:
        items = wanted.shell_complete(context, "-")
    if not items and getattr(wanted, "metavar", None) in ("目录", "文件"):
        return "", PATH_WANTED
    word = os.environ.get("_SHOUWEN_WORD", "")
    joined = re.match(r"--[\w-]+=", word)
    lines = []
    for item in items:
        value = safe((joined.group() if joined and wanted is not context.command else "") + item.value)
        about = " ".join(safe(item.help or "", lines=True).split())
        lines.append(f"{_quoted(value, word, shell)}\t{about}".rstrip("\t") + "\n")
    return "".join(lines), CALLED if called else 0


def _called(items: list[Any], begun: str) -> list[Any]:
    """Keep, of all candidates, those that are called so otherwise.

    An id is by any part of it, as commands take it; a person (also after the department) or a thing
    by the beginning of the word about it.
    """
    from shouwen.store.ids import LIVE, SANCTIONS, meant, pattern

    ids = [
        item.value for item in items if any(pattern(kind).fullmatch(item.value) for kind in (LIVE, SANCTIONS))
    ]
    parts = set(meant(ids, begun))
    room, slash, name = begun.rpartition("/")
    return [
        item
        for item in items
        if item.value in parts
        or item.value not in ids
        and name
        and item.value.startswith(room + slash)
        and (item.help or "").startswith(name)
    ]


def _quoted(value: str, word: str, shell: str) -> str:
    """Return the value so that the shell takes it for one word; zsh and fish see to it themselves."""
    if word[:1] in ("'", '"'):
        return value
    if shell == "bash":
        return re.sub(r"([\s\\\"'`$&|;<>()*?\[\]#!{}])", r"\\\1", value)
    if shell == "powershell" and re.search(r"[\s\"'`$&|;<>(){},#]", value):
        return "'" + value.replace("'", "''") + "'"
    return value
