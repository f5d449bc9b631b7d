"""What is private of typer and used here is still there: it must break in this test, not at a prompt."""

import inspect

import pytest
import typer
from typer._click import shell_completion

from shouwen import cli

PRIVATE = {
    "_resolve_context": ["cli", "ctx_args", "prog_name", "args"],
    "_resolve_incomplete": ["ctx", "args", "incomplete"],
    "split_arg_string": ["string"],
}


@pytest.mark.parametrize("name", PRIVATE)
def test_the_resolver_takes_what_we_give(name):
    """Each function of typer's vendored click that a TAB needs, with its parameters (docs/decisions/0024)."""
    assert list(inspect.signature(getattr(shell_completion, name)).parameters) == PRIVATE[name]


def test_the_context_tells_an_unknown_command():
    """A word after a group that is none of its commands stays in the context: nothing is offered for it."""
    command = typer.main.get_command(cli.app)
    context = shell_completion._resolve_context(command, {}, "shouwen", ["nosuch"])
    assert context._protected_args or context.args
    assert not shell_completion._resolve_context(command, {}, "shouwen", [])._protected_args


def test_a_parameter_tells_its_metavar():
    """By 文件 and 目录 a path is left to the shell."""
    command = typer.main.get_command(cli.app)
    context = shell_completion._resolve_context(command, {}, "shouwen", [])
    wanted, begun = shell_completion._resolve_incomplete(context, ["--ledger"], "ta")
    assert (wanted.metavar, begun) == ("目录", "ta")
