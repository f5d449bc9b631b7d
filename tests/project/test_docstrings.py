"""Docstrings: an imperative first line everywhere; in core, services and store what a caller must be ready for."""

import ast
import builtins
import re

import pytest

from tests.support.docstrings import classes, functions, kinds, modules, named, raised

LAYERS = ("shouwen.core.", "shouwen.services.", "shouwen.store.")
MODULES = sorted(m for m in modules() if m.startswith(LAYERS))
IMPERATIVES = {
    "Add", "Answer", "Append", "Ask", "Bring", "Call", "Change", "Check", "Commit", "Complete", "Convert",
    "Count", "Create", "Decide", "Delete", "Do", "Draw", "End", "Enter", "Explain", "Fetch", "Fill", "Find",
    "Forget", "Gather", "Give", "Hold", "Judge", "Keep", "Lay", "Let", "List", "Load", "Look", "Make",
    "Mark", "Mask", "Match", "Merge", "Move", "Name", "Note", "Offer", "Open", "Print", "Put", "Rank",
    "Read", "Record", "Refuse", "Remember", "Remove", "Report", "Return", "Run", "Say", "Send", "Show",
    "Split", "Stop", "Take", "Talk", "Tell", "Turn", "Unite", "Walk", "Write", "Yield",
}  # grows by whatever verb a function needs  # fmt: skip


def methods(module: str) -> list[ast.FunctionDef]:
    """The methods of a module's classes."""
    classes = [n for n in modules()[module].body if isinstance(n, ast.ClassDef)]
    return [f for c in classes for f in c.body if isinstance(f, ast.FunctionDef)]


def said(function: ast.FunctionDef) -> str:
    """What stands under ``Raises:``."""
    return (ast.get_docstring(function) or "").partition("Raises:\n")[2]


@pytest.mark.parametrize("module", MODULES)
def test_what_is_raised_is_named(module: str) -> None:
    """Whoever calls a public function learns from its ``Raises:`` what to be ready for, however deep it is raised.

    Followed are the functions that are called by name; an error is named by itself or as the kind that it is of.
    """
    silent = [
        f"{function.lineno}: {name} raises {error}"
        for (place, name), function in functions().items() if place == module and not name.startswith("_")
        for error in raised()[place, name] if not any(f"{kind}:" in said(function) for kind in kinds(error))
    ]  # fmt: skip
    for method in methods(module):
        direct = {named(n.exc) for n in ast.walk(method) if isinstance(n, ast.Raise) and n.exc is not None}
        for error in sorted(e for e in direct if e[:1].isupper() and not method.name.startswith("_")):
            if not any(f"{kind}:" in said(method) for kind in kinds(error)):
                silent.append(f"{method.lineno}: {method.name} raises {error}")
    assert silent == []


@pytest.mark.parametrize("module", MODULES)
def test_what_is_named_can_be_raised(module: str) -> None:
    """An entry under ``Raises:`` is the name of an exception, so that a spelling mistake is no promise."""
    odd = [
        f"{function.name}: {error}"
        for function in [f for (place, _), f in functions().items() if place == module] + methods(module)
        for error in re.findall(r"^ +(\w+): ", said(function), re.M)
        if error not in classes() and not hasattr(builtins, error)
    ]
    assert odd == []


@pytest.mark.parametrize("module", sorted(modules()))
def test_a_docstring_begins_with_an_imperative(module: str) -> None:
    """What a function does stands first, as a command; a property says what it is, a command speaks Chinese to its user."""
    odd = []
    for node in ast.walk(modules()[module]):
        if not isinstance(node, ast.FunctionDef) or not (text := ast.get_docstring(node)):
            continue
        if {named(d) for d in node.decorator_list} & {"property", "cached_property"}:
            continue
        if re.match("[\u4e00-\u9fff]", text) and module.startswith(("shouwen.commands.", "shouwen.cli")):
            continue
        if re.split(r"[\s,.:;]", text)[0] not in IMPERATIVES:
            odd.append(f"{node.lineno}: {node.name}: {text.splitlines()[0]}")
    assert odd == []
