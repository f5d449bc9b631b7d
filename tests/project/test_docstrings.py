"""Docstrings of core, services and store: what a caller must know stands in them."""

import ast
from pathlib import Path

import pytest

from tests.support.places import ROOT

PACKAGE = ROOT / "shouwen"
MODULES = sorted(p for layer in ("core", "services", "store") for p in (PACKAGE / layer).rglob("*.py"))


def errors() -> set[str]:
    """The names of every error that the program tells a user, wherever it is defined."""
    known = {"ShouwenError"}
    classes = [
        n
        for p in PACKAGE.rglob("*.py")
        for n in ast.walk(ast.parse(p.read_text("utf-8")))
        if isinstance(n, ast.ClassDef)
    ]
    for _ in range(4):
        known |= {
            c.name for c in classes if {getattr(b, "id", getattr(b, "attr", "")) for b in c.bases} & known
        }
    return known


ERRORS = errors()


def raised(function: ast.FunctionDef) -> set[str]:
    """The errors that a function raises by name."""
    found = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Raise) and node.exc is not None:
            what = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
            found.add(getattr(what, "attr", getattr(what, "id", "")))
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_what_is_raised_is_named(path: Path) -> None:
    """Whoever calls a public function learns from its ``Raises:`` what to be ready for."""
    module = ast.parse(path.read_text("utf-8"))
    classes = [n for n in module.body if isinstance(n, ast.ClassDef)]
    functions = [f for scope in (module, *classes) for f in scope.body if isinstance(f, ast.FunctionDef)]
    silent = []
    for function in functions:
        said = (ast.get_docstring(function) or "").partition("Raises:\n")[2]
        for error in raised(function) & ERRORS:
            if f"{error}:" not in said and not function.name.startswith("_"):
                silent.append(f"{function.lineno}: {function.name} raises {error}")
    assert silent == []
